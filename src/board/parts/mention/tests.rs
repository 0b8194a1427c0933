//! Texts in, the people that they name out.

use super::mentioned;
use backlog::id::Bits128;
use backlog::{ActorId, Name};

fn check(text: &str, expected: &[&str]) {
    let names = ["Ann", "Ann Lee", "Ben", "Zoë"];
    let id = |place: usize| ActorId(Bits128(place as u128 + 1));
    let people = names.iter().enumerate();
    let people = people
        .map(|(place, name)| (id(place), Name::new(name).unwrap()))
        .collect();
    let named: Vec<&str> = mentioned(text, &people)
        .into_iter()
        .map(|who| names[who.0.0 as usize - 1])
        .collect();
    assert_eq!(named, expected, "{text}");
}

#[test]
fn a_name_after_an_at_is_a_person() {
    check("@Ann look", &["Ann"]);
    check("look, @Zoë!", &["Zoë"]);
    check("@Ann Lee and @Ben", &["Ann Lee", "Ben"]);
    check("@Ben and @Ben", &["Ben"]);
    check("(@Ann)", &["Ann"]);
}

#[test]
fn nothing_else_is() {
    check("Ann", &[]);
    check("@Annabel", &[]);
    check("post@Ann", &[]);
    check("@ Ann", &[]);
    check("@", &[]);
}
