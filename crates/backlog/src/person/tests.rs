//! What is taken for an address, a password, letters and a colour.

use super::*;
use crate::{ActorId, Name, id::Bits128};

#[test]
fn an_address_has_two_parts() {
    for (text, becomes) in [
        ("Ada@Example.com ", "ada@example.com"),
        ("a@b", "a@b"),
        ("ü@müller.de", "ü@müller.de"),
    ] {
        assert_eq!(Email::new(text).map(String::from), Ok(becomes.to_owned()));
    }
    for text in [
        "",
        "ada",
        "@example.com",
        "ada@",
        "a@b@c",
        "a b@c.de",
        "<a@b.de>",
        "a@b.de,c@d.de",
        "a@b\n.de",
    ] {
        assert!(Email::new(text).is_err(), "{text:?}");
    }
    assert!(Email::new(&format!("{}@b.de", "a".repeat(250))).is_err());
}

#[test]
fn a_password_has_eight_characters_to_256_and_hides() {
    for (text, fits) in [("1234567", false), ("12345678", true), ("пароль-длинный", true)] {
        assert_eq!(Password::new(text).is_ok(), fits, "{text:?}");
    }
    assert!(Password::new(&"a".repeat(256)).is_ok());
    assert!(Password::new(&"a".repeat(257)).is_err());
    let spaces = Password::new("  spaces stay  ").expect("long enough");
    assert_eq!(spaces.reveal(), "  spaces stay  ");
    assert_eq!(format!("{spaces:?}"), "Password(..)");
}

#[test]
fn letters_are_made_of_a_name() {
    for (name, letters) in [
        ("Ada Lovelace", "AL"),
        ("grace brewster murray hopper", "GH"),
        ("Plato", "P"),
        ("ßeta", "ß"),
        ("👩 x", "👩X"),
    ] {
        let name = Name::new(name).expect("a name");
        assert_eq!(Initials::of(&name).as_str(), letters);
    }
    assert!(Initials::new("ABCD").is_err());
    assert!(Initials::new(" ").is_err());
}

#[test]
fn there_are_twelve_colours() {
    assert_eq!(Colour::new(11).map(Colour::number), Ok(11));
    assert!(Colour::new(12).is_err());
    assert_eq!(Colour::of(ActorId(Bits128(25))).number(), 1);
}
