//! Scripts: what happened, and what the page knows then.

use super::*;
use crate::wire::{Name, Person, Text};

fn message(number: u64, text: &str) -> Message {
    let by = Person {
        user_id: "2".to_owned(),
        name: Name::new("Ben").unwrap(),
    };
    let text = Text::new(text).unwrap();
    Message { number, by, text }
}

fn fetched(last: u64, messages: &[Message]) -> Msg {
    let messages = messages.to_vec();
    Msg::Fetched(History { last, messages })
}

/// After these messages the page reads so, and this number is missing.
fn check(msgs: impl IntoIterator<Item = Msg>, expected: &str, missing: Option<u64>) -> Model {
    let mut model = Model::default();
    for msg in msgs {
        model.update(msg);
    }
    let line = |message: &Message| format!("{} {}", message.number, message.text);
    let lines: Vec<String> = model.messages().into_iter().flatten().map(line).collect();
    assert_eq!((lines.join(", ").as_str(), model.missing()), (expected, missing));
    model
}

#[test]
fn what_is_said_is_shown_once_and_in_order() {
    let model = check(
        [
            fetched(40, &[message(40, "Hello")]),
            Msg::Said(message(41, "You too")),
            Msg::Said(message(41, "You too")),
        ],
        "40 Hello, 41 You too",
        None,
    );
    assert_eq!(model.complete(), 41);
}

#[test]
fn what_was_missed_is_asked_for() {
    let script = || [fetched(40, &[message(40, "Hello")]), Msg::Said(message(43, "Bye"))];
    let model = check(script(), "40 Hello, 43 Bye", Some(43));
    assert_eq!(model.complete(), 40);
    let answer = fetched(43, &[message(41, "One"), message(42, "Two"), message(43, "Bye")]);
    check(
        script().into_iter().chain([answer]),
        "40 Hello, 41 One, 42 Two, 43 Bye",
        None,
    );
    check([Msg::Said(message(41, "Hello"))], "", Some(41));
}

#[test]
fn a_late_answer_takes_nothing_back() {
    check(
        [fetched(40, &[]), Msg::Said(message(41, "One")), fetched(40, &[])],
        "41 One",
        None,
    );
}

#[test]
fn who_typed_counts_as_typing_for_a_while() {
    let check = |msgs: Vec<Msg>, expected: &[&str]| {
        let mut model = Model::default();
        for msg in msgs {
            model.update(msg);
        }
        assert_eq!(model.typing().collect::<Vec<_>>(), expected);
    };
    let typed = |id: &str, now| Msg::Typed(id.to_owned(), now);
    check(
        vec![typed("2", 0.0), typed("3", 3_000.0), Msg::TimePassed(3_999.0)],
        &["2", "3"],
    );
    check(
        vec![typed("2", 0.0), typed("3", 3_000.0), Msg::TimePassed(4_000.0)],
        &["3"],
    );
    check(
        vec![typed("2", 0.0), typed("2", 3_000.0), Msg::TimePassed(6_999.0)],
        &["2"],
    );
    check(vec![typed("2", 0.0), Msg::Said(message(1, "Done"))], &[]);
}
