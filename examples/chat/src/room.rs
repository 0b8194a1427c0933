//! The server's truth: who came in and what was said. Knows no network and no chance.

use std::collections::{HashMap, VecDeque};

use crate::wire::{History, Message, Name, Person, Text};

/// Most people that are remembered.
pub const MOST_PEOPLE: usize = 1_000;
/// Most messages that are remembered; an older one gives way.
pub const MOST_MESSAGES: usize = 200;

/// The people by their secret tokens, and the messages.
pub struct Room {
    people: HashMap<String, Person>,
    messages: VecDeque<Message>,
    last: u64,
}

impl Room {
    /// An empty room. Messages are numbered from here on; above all that an earlier run of the server gave out, so that pages which
    /// remember those take the new ones for news.
    pub fn new(last: u64) -> Self {
        Self {
            people: HashMap::new(),
            messages: VecDeque::new(),
            last,
        }
    }

    /// Lets a person in; whoever shows the token from now on is taken for them. None when there is no room.
    pub fn enter(&mut self, token: String, name: Name) -> Option<Person> {
        if self.people.len() >= MOST_PEOPLE {
            return None;
        }
        let user_id = format!("{}", self.people.len() + 1);
        let person = Person { user_id, name };
        self.people.insert(token, person.clone());
        Some(person)
    }

    /// The person with this token.
    pub fn person(&self, token: &str) -> Option<&Person> {
        self.people.get(token)
    }

    /// Takes in what somebody says.
    pub fn say(&mut self, by: Person, text: Text) -> Message {
        self.last += 1;
        let number = self.last;
        let message = Message { number, by, text };
        self.messages.push_back(message.clone());
        if self.messages.len() > MOST_MESSAGES {
            self.messages.pop_front();
        }
        message
    }

    /// What was said after this number and is remembered.
    pub fn history(&self, after: u64) -> History {
        let messages = self.messages.iter().filter(|message| message.number > after);
        History {
            last: self.last,
            messages: messages.cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
