//! What is refused, and what is not.

use super::*;

#[track_caller]
fn check(password: &str, verdict: Result<(), Guessable>) {
    let password = Password::new(password).expect("a password");
    let name = Name::new("Ada Lovelace").expect("a name");
    let email = Email::new("countess1815@analytical.example").expect("an address");
    assert_eq!(super::check(&password, &name, &email), verdict);
}

#[test]
fn what_many_have_is_refused_however_it_is_written() {
    for password in [
        "password",
        "Password1",
        "PASSWORD123",
        "12345678",
        "qwertyuiop",
        "1q2w3e4r",
        "iloveyou",
        "Football1",
        "dragon123",
        "Sunshine!",
        "Dragon2026",
        "letmein!!!!",
    ] {
        check(password, Err(Guessable::Common));
    }
    for password in ["aaaaaaaa", "11111111111", "AAAAaaaa", "ßßßßßßßß"] {
        check(password, Err(Guessable::OneCharacter));
    }
}

#[test]
fn the_own_name_and_address_are_refused_and_little_more() {
    for password in [
        "Ada Lovelace",
        "adalovelace",
        "AdaLovelace1815!",
        "countess1815",
        "countess99",
        "countess1815@analytical.example",
    ] {
        check(password, Err(Guessable::Own));
    }
    for password in ["truestory", "TrueStory", "True Story 2026!"] {
        check(password, Err(Guessable::Here));
    }
}

#[test]
fn others_are_taken() {
    for password in [
        "correct horse battery staple",
        "lovelace engine notes",
        "a truestory of mine",
        "x7$Qp!2v",
        "dragon84729",
        "пароль который длинный",
        "        x",
    ] {
        check(password, Ok(()));
    }
}

#[test]
fn the_list_is_long_and_holds_each_once() {
    let lines: Vec<&str> = LIST.lines().collect();
    let whole = lines.iter().filter(|line| Password::new(line).is_ok()).count();
    assert!(whole >= 1_000, "{whole} of them could be a password as they are");
    assert!(lines.is_sorted_by(|one, next| one < next), "in order, each once");
    for line in lines {
        assert_eq!(line, line.to_lowercase());
    }
}
