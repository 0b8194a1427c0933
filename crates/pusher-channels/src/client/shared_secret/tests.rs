//! Base64 as RFC 4648 prints it, and what is none.

use super::{SharedSecret, SharedSecretError, decode_base64};

#[track_caller]
fn check(text: &str, expected: Option<&[u8]>) {
    assert_eq!(decode_base64(text).as_deref(), expected, "{text:?}");
}

#[test]
fn the_vectors_of_rfc_4648() {
    check("", Some(b""));
    check("Zg==", Some(b"f"));
    check("Zm8=", Some(b"fo"));
    check("Zm9v", Some(b"foo"));
    check("Zm9vYg==", Some(b"foob"));
    check("Zm9vYmE=", Some(b"fooba"));
    check("Zm9vYmFy", Some(b"foobar"));
    check("+/+/", Some(&[0xfb, 0xff, 0xbf]));
}

#[test]
fn what_is_no_base64() {
    for text in [
        "Z", "Zg", "Zg=", "Zm8", "====", "=", "Zg==Zg==", "Z===", "-_-_", "Zm9v\n", "Zm 9", "ÄÄÄÄ",
    ] {
        check(text, None);
    }
}

#[test]
fn a_secret_has_32_bytes() {
    let text = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let bytes: [u8; 32] = std::array::from_fn(|index| index as u8);
    assert_eq!(SharedSecret::from_base64(text), Ok(SharedSecret::new(bytes)));
    assert_eq!(SharedSecret::from_base64("Zm9v"), Err(SharedSecretError));
    assert_eq!(SharedSecret::from_base64("no"), Err(SharedSecretError));
}

#[test]
fn a_secret_is_not_printed() {
    assert_eq!(format!("{:?}", SharedSecret::new([7; 32])), "SharedSecret(..)");
}
