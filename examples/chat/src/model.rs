//! What the page knows: what was said, and who is typing. A pure value; times are milliseconds since the page began. Knows no
//! browser and no network.

use std::collections::BTreeMap;

use crate::wire::{History, Message};

/// For so long after a sign of typing a person counts as typing, in milliseconds.
pub const TYPING_LASTS: f64 = 4_000.0;

/// The conversation as far as it is known here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    messages: BTreeMap<u64, Message>,
    /// Up to this number nothing is missing but what the server has forgotten; none before the first answer.
    complete: Option<u64>,
    /// The highest number that was heard of.
    newest: u64,
    /// Who is typing (by user id), and until when they count as such.
    typing: BTreeMap<String, f64>,
}

/// What happened.
#[derive(Debug)]
pub enum Msg {
    /// The server answered what was said after the number that was asked for.
    Fetched(History),
    /// Something was said.
    Said(Message),
    /// The person with this user id is typing, at this time.
    Typed(String, f64),
    /// It is this time.
    TimePassed(f64),
}

impl Model {
    /// Takes in what happened.
    pub fn update(&mut self, msg: Msg) {
        match msg {
            Msg::Fetched(history) => {
                for message in history.messages {
                    self.messages.insert(message.number, message);
                }
                self.newest = self.newest.max(history.last);
                self.complete = self.complete.max(Some(history.last));
            }
            Msg::Said(message) => {
                self.newest = self.newest.max(message.number);
                // One that does not follow is shown too; what lies between is fetched.
                if self.complete.is_some_and(|complete| complete + 1 == message.number) {
                    self.complete = Some(message.number);
                }
                self.typing.remove(&message.by.user_id);
                self.messages.insert(message.number, message);
            }
            Msg::Typed(user_id, now) => drop(self.typing.insert(user_id, now + TYPING_LASTS)),
            Msg::TimePassed(now) => self.typing.retain(|_, until| *until > now),
        }
    }

    /// What was said, in its order; none before the first answer.
    pub fn messages(&self) -> Option<impl Iterator<Item = &Message>> {
        self.complete.map(|_| self.messages.values())
    }

    /// The number after which to ask.
    pub fn complete(&self) -> u64 {
        self.complete.unwrap_or(0)
    }

    /// The number of a message that was heard of, if some up to it are missing.
    pub fn missing(&self) -> Option<u64> {
        (self.complete < Some(self.newest)).then_some(self.newest)
    }

    /// Who is typing, by user id.
    pub fn typing(&self) -> impl Iterator<Item = &str> {
        self.typing.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
