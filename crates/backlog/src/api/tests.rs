//! The wire contract, pinned: the exact text of every kind of body, in both directions, and what is refused.
//!
//! Texts are written over several lines for the reader; the wire has none of their line breaks and indents.

mod answers;
mod commands;
mod events;
mod framing;
mod import;
mod markdown;
mod parts;
mod plan;
mod refused;
mod rejections;

use crate::id::Bits128;
use crate::{Actor, ActorId, Change, Digest, Hash, Mid, Millis, Name, Recorded, StoryId, Title};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Holds a value to its text: it is written exactly so, and read from it again.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, text: &str) {
    let text = flat(text);
    assert_eq!(super::to_json(value), text);
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), *value);
}

/// Holds a text that is another spelling of a value: it is read, but not written.
fn reads<T: DeserializeOwned + PartialEq + Debug>(text: &str, value: &T) {
    assert_eq!(serde_json::from_str::<T>(&flat(text)).unwrap(), *value);
}

/// Holds a text that is refused to the reason why, without serde's place in the text.
fn refused<T: DeserializeOwned + Debug>(text: &str, why: &str) {
    let error = serde_json::from_str::<T>(&flat(text)).unwrap_err().to_string();
    let (reason, _) = error.rsplit_once(" at line ").unwrap_or((&error, ""));
    assert_eq!(reason, why, "for {text}");
}

fn flat(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

fn story_id(bits: u128) -> StoryId {
    StoryId(Bits128(bits))
}

fn title(text: &str) -> Title {
    Title::new(text).unwrap()
}

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(0xad_a0)),
        name: Name::new("Ada").unwrap(),
    }
}

fn hash(bits: u128) -> Hash {
    Hash(Bits128(bits))
}

fn digest(bits: u128) -> Digest {
    Digest(Bits128(bits))
}

fn mid(bits: u128) -> Mid {
    Mid(Bits128(bits))
}

/// The change as the second of its project.
fn recorded(change: Change) -> Recorded {
    let at = Millis(1_700_000_000_000);
    Recorded {
        rev: 2,
        prev: hash(0x11),
        hash: hash(0x22),
        mid: mid(0x33),
        base: 1,
        actor: ada(),
        at,
        change,
    }
}
