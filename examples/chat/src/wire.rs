//! What page and server say to each other, with the limits that hold on both ends. Knows neither of them.

use serde::{Deserialize, Serialize};

/// The key of the hub's app. It stands in the page, so it is no secret.
pub const KEY: &str = "chat";
/// The channel that everybody hears. Being a presence channel, it tells who is here.
pub const CHANNEL: &str = "presence-chat";
/// The event of a [`Message`], triggered by the server.
pub const SAID: &str = "said";
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 30;
/// Longest text, in characters.
pub const LONGEST_TEXT: usize = 1_000;

/// What a person is called. One that exists is legal: `serde` makes it by [`Name::new`] too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// What a person says. One that exists is legal: `serde` makes it by [`Text::new`] too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(String);

/// A person, as the others see them. On the presence channel the name is the `user_info`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub user_id: String,
    pub name: Name,
}

/// What was said. Each number is the one before and one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub number: u64,
    pub by: Person,
    pub text: Text,
}

/// What was said after some number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The number of the last message, whether it is among them or not.
    pub last: u64,
    pub messages: Vec<Message>,
}

impl Name {
    /// Checks and keeps a name; the error is a sentence for the person.
    pub fn new(name: &str) -> Result<Self, String> {
        let name = name.trim();
        if name.is_empty() {
            return Err("Say what you are called.".to_owned());
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(format!("A name has at most {LONGEST_NAME} characters."));
        }
        Ok(Self(name.to_owned()))
    }
}

impl Text {
    /// Checks and keeps a text; the error is a sentence for the person.
    pub fn new(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Write something first.".to_owned());
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(format!("A message has at most {LONGEST_TEXT} characters."));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::new(&name)
    }
}

impl TryFrom<String> for Text {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
