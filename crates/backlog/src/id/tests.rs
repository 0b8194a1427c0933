//! One spelling per id.

use super::{Bits128, NotAnId, ProjectId, StoryId};
use proptest::prelude::*;

#[test]
fn an_id_is_32_lower_case_hex_digits() {
    let id: ProjectId = "00000000000000000000000000c0ffee".parse().unwrap();
    assert_eq!(id, ProjectId(Bits128(0xc0ffee)));
    assert_eq!(id.to_string(), "00000000000000000000000000c0ffee");
    assert_eq!(StoryId(Bits128(u128::MAX)).to_string(), "f".repeat(32));
    assert_eq!(StoryId(Bits128(0)).to_string(), "0".repeat(32));
}

#[test]
fn anything_else_is_none() {
    let other = [
        "",
        "c0ffee",
        "00000000000000000000000000C0FFEE",
        "0x000000000000000000000000c0ffee",
        "+0000000000000000000000000c0ffee",
        " 0000000000000000000000000c0ffee",
        "00000000000000000000000000c0ffee0",
        "00000000-0000-0000-0000-0000c0ffee",
        "0000000000000000000000000000000\u{0}",
        "000000000000000000000000000000é",
        "０0000000000000000000000000000",
    ];
    for text in other {
        assert_eq!(text.parse::<ProjectId>(), Err(NotAnId), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_and_bits_go_both_ways_and_sort_alike(a in any::<u128>(), b in any::<u128>()) {
        let (a, b) = (Bits128(a), Bits128(b));
        prop_assert_eq!(a.to_string().parse(), Ok(a));
        prop_assert_eq!(a.to_string().cmp(&b.to_string()), a.cmp(&b));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        prop_assert!(text.parse::<Bits128>().is_err());
    }
}
