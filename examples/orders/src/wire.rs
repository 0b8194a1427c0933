//! What page and server say to each other, with the limits that hold on both ends. Knows neither of them.

use serde::{Deserialize, Serialize};

/// The key of the hub's app. It stands in the page, so it is no secret.
pub const KEY: &str = "orders";
/// The channel of all orders; `private-orders-7` is the one of order 7. Private, for only who is signed in may hear them.
pub const ALL: &str = "private-orders";
/// An [`Order`] was created; on the channel of all.
pub const CREATED: &str = "created";
/// An [`Order`] was changed; on its own channel and on that of all.
pub const UPDATED: &str = "updated";
/// An order was [`Deleted`]; on its own channel and on that of all.
pub const DELETED: &str = "deleted";
/// An order was [`Assigned`]; for its new owner alone, wherever in the page they are.
pub const ASSIGNED: &str = "assigned";
/// Who may sign in: id and name.
pub const CREW: [(&str, &str); 3] = [("ann", "Ann"), ("ben", "Ben"), ("zoe", "Zoë")];
/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 100;

/// What is ordered. One that exists is legal: `serde` makes it by [`Title::new`] too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Title(String);

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    New,
    Making,
    Done,
}

/// An order, as of the revision at which it was last changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: u32,
    /// Of all orders: each change of any of them is the next revision.
    pub rev: u64,
    pub title: Title,
    pub state: State,
    /// The id of one of the crew.
    pub owner: Option<String>,
}

/// What is asked for when an order is changed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub state: State,
    pub owner: Option<String>,
    /// The revision of the order that the person saw. The server refuses if there is a later one.
    pub seen: u64,
}

/// An order is no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    pub id: u32,
    pub rev: u64,
}

/// Somebody gave an order to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    pub order: Order,
    /// The name of who did.
    pub by: String,
}

/// All orders at a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub rev: u64,
    pub orders: Vec<Order>,
}

/// Who is signed in: the id of one of the crew, and the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    pub name: String,
}

/// The channel of one order.
pub fn channel_of(id: u32) -> String {
    format!("{ALL}-{id}")
}

/// The name of one of the crew.
pub fn name_of(id: &str) -> Option<&'static str> {
    CREW.iter().find(|(known, _)| *known == id).map(|(_, name)| *name)
}

impl Title {
    /// Checks and keeps a title; the error is a sentence for the person.
    pub fn new(title: &str) -> Result<Self, String> {
        let title = title.trim();
        if title.is_empty() {
            return Err("Say what is ordered.".to_owned());
        }
        if title.chars().count() > LONGEST_TITLE {
            return Err(format!("A title has at most {LONGEST_TITLE} characters."));
        }
        Ok(Self(title.to_owned()))
    }
}

impl TryFrom<String> for Title {
    type Error = String;

    fn try_from(title: String) -> Result<Self, String> {
        Self::new(&title)
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

impl std::fmt::Display for Title {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
