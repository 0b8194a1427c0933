//! How texts are compared.

use crate::search::fold::fold;
use crate::search::sieve::{Sieve, marks};

#[test]
fn case_accents_and_spaces_make_no_difference() {
    for (text, expected) in [
        ("Pay by CARD", "pay by card"),
        ("  two\n\tlines ", "two lines"),
        ("Crème Brûlée", "creme brulee"),
        // The same with accents as characters of their own.
        ("Cre\u{300}me", "creme"),
        ("Ångström Øre Łódź", "angstrom ore lodz"),
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("Æsop Œuvre", "aesop oeuvre"),
        ("İstanbul ılık", "istanbul ilik"),
        ("ΟΔΟΣ οδός", "οδοσ οδόσ"),
        ("ПРИВЕТ", "привет"),
        ("日本語", "日本語"),
        ("Þór × ð", "þor × ð"),
        ("", ""),
    ] {
        assert_eq!(fold(text), expected, "{text}");
    }
}

#[test]
fn each_plain_letter_is_the_one_that_the_accented_is_made_of() {
    // A few from either end of each row of the table.
    for (accented, plain) in "ÀÁÿĀąĆčĎđĒěĜģĤħĨıĴķĹłŃňŌőŔřŚšŢŧŨųŴŵŶŷŸŹžſ"
        .chars()
        .zip("aayaaccddeegghhiijkllnnoorrssttuuwwyyyzzs".chars())
    {
        assert_eq!(fold(&accented.to_string()), plain.to_string(), "{accented}");
    }
}

#[test]
fn a_sieve_spares_reading_most_texts() {
    let texts: Vec<String> = (0..100)
        .map(|n| format!("story {n} about cards and receipts").repeat(20))
        .collect();
    let read = |needle: &str| {
        texts
            .iter()
            .filter(|text| Sieve::of(text).may_hold(&marks(needle)))
            .count()
    };
    assert_eq!(read("receipt"), 100);
    assert_eq!(read("zebra"), 0);
    assert_eq!(read("zq"), 0);
    // A letter alone has no marks, and a text without them has none of two letters.
    assert_eq!(read("z"), 100);
    assert!(!Sieve::of("").may_hold(&marks("ab")));
}
