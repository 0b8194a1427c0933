//! Encodings: what is read, and where it is told that something is not.

use super::decode;
use crate::BadFile;

fn check(bytes: &[u8], expected: Result<&str, u32>) {
    let read = decode(bytes);
    let expected = expected.map_err(|line| BadFile::NotText { line });
    assert_eq!(read.as_deref(), expected.as_ref().map(|text| *text), "{bytes:?}");
}

#[test]
fn the_same_text_is_read_from_every_encoding() {
    check("Id,Title\n1,Übung 🚲".as_bytes(), Ok("Id,Title\n1,Übung 🚲"));
    check("\u{feff}Id".as_bytes(), Ok("Id"));
    check(b"\xff\xfeI\0d\0\n\0\x3d\xd8\xb2\xde", Ok("Id\n🚲"));
    check(b"\xfe\xff\0I\0d\0\n\xd8\x3d\xde\xb2", Ok("Id\n🚲"));
    check(b"", Ok(""));
    check(b"\xff\xfe", Ok(""));
}

#[test]
fn what_is_no_text_is_told_by_its_line() {
    // Latin-1, as spreadsheets write it.
    check(b"Id,Title\n1,ok\n2,\xdcbung\n", Err(3));
    check(b"Id,\xc3", Err(1));
    // Half of a pair of UTF-16, and half of a unit.
    check(b"\xff\xfeI\0\n\0\x3d\xd8A\0", Err(2));
    check(b"\xfe\xff\0I\0\n\0", Err(2));
    // UTF-16 without its mark.
    check(b"I\0d\0", Err(1));
    // The beginning of a picture.
    check(b"\x89PNG\r\n\x1a\n\0\0", Err(1));
    check(b"Id,Title\n\0", Err(2));
}
