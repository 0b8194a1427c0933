//! Offsets as browsers write them; tests/browser/zones.rs asks a browser.

use super::read_offset;

#[test]
fn offsets_are_read() {
    let read = [
        ("1/1/2026, GMT", 0),
        ("1/1/2026, GMT+01:00", 3_600),
        ("1/1/2026, GMT+05:30", 19_800),
        ("1/1/2026, GMT-03:30", -12_600),
        ("1/1/2026, GMT\u{2212}03:30", -12_600),
        ("1/1/1900, GMT-00:25:21", -1_521),
        ("1/1/2026, GMT+14", 50_400),
    ];
    for (text, seconds) in read {
        assert_eq!(read_offset(text), Some(seconds), "{text}");
    }
    for text in [
        "",
        "1/1/2026",
        "1/1/2026, UTC",
        "1/1/2026, GMT+x",
        "1/1/2026, GMT+01:0x",
    ] {
        assert_eq!(read_offset(text), None, "{text}");
    }
}
