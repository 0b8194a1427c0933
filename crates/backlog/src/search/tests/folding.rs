//! How texts are compared.

use crate::search::fold::fold;

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
