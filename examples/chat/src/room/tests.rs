//! The room on the server: who comes in, what is said, what is remembered.

use super::*;

fn enter(room: &mut Room, token: &str, name: &str) -> Person {
    room.enter(token.to_owned(), Name::new(name).unwrap()).unwrap()
}

fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

fn said(history: &History) -> String {
    let line = |message: &Message| format!("{} {}: {}", message.number, message.by.name, message.text);
    history.messages.iter().map(line).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_token_is_a_person() {
    let mut room = Room::new(0);
    let (ann, ben) = (enter(&mut room, "a-token", "Ann"), enter(&mut room, "b-token", "Ann"));
    assert_eq!((ann.user_id.as_str(), ben.user_id.as_str()), ("1", "2"));
    assert_eq!(room.person("a-token"), Some(&ann));
    assert_eq!(room.person("c-token"), None);
}

#[test]
fn messages_are_numbered_and_asked_for_by_number() {
    let mut room = Room::new(40);
    let ann = enter(&mut room, "a-token", "Ann");
    assert_eq!(
        room.history(0),
        History {
            last: 40,
            messages: vec![]
        }
    );
    room.say(ann.clone(), text("Hello"));
    room.say(ann, text("Anybody here?"));
    assert_eq!(said(&room.history(0)), "41 Ann: Hello, 42 Ann: Anybody here?");
    assert_eq!(said(&room.history(41)), "42 Ann: Anybody here?");
    assert_eq!(
        room.history(42),
        History {
            last: 42,
            messages: vec![]
        }
    );
}

#[test]
fn there_is_an_end_to_memory() {
    let mut room = Room::new(0);
    let ann = enter(&mut room, "a-token", "Ann");
    for _ in 0..201 {
        room.say(ann.clone(), text("Hello"));
    }
    let history = room.history(0);
    assert_eq!(
        (history.messages.len(), history.messages[0].number, history.last),
        (200, 2, 201)
    );
    for number in 1..1_000 {
        enter(&mut room, &number.to_string(), "Ben");
    }
    assert_eq!(room.enter("late".to_owned(), Name::new("Zoë").unwrap()), None);
}

#[test]
fn what_is_written_has_limits() {
    assert_eq!(Name::new(" ").unwrap_err(), "Say what you are called.");
    assert_eq!(
        Name::new(&"x".repeat(31)).unwrap_err(),
        "A name has at most 30 characters."
    );
    assert_eq!(Text::new("\n").unwrap_err(), "Write something first.");
    assert_eq!(
        Text::new(&"x".repeat(1_001)).unwrap_err(),
        "A message has at most 1000 characters."
    );
    assert!(serde_json::from_str::<Text>("\"\"").is_err());
}
