//! What page and server say to each other, with the limits that hold on both ends. Knows neither of them.

use serde::{Deserialize, Serialize};

/// The key of the hub's app. It stands in the page, so it is no secret.
pub const KEY: &str = "items";
/// The channel on which changes are triggered.
pub const CHANNEL: &str = "items";
/// The event of a [`Change`].
pub const CHANGED: &str = "item:changed";
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 80;
/// Largest quantity.
pub const MOST: u32 = 1_000_000;

/// What a person writes about an item. One that exists is legal: `serde` makes it by [`Content::new`] too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Content {
    name: String,
    quantity: u32,
}

#[derive(Deserialize)]
struct Unchecked {
    name: String,
    quantity: u32,
}

/// An item, as of the revision of the table at which it was last saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub id: u32,
    pub rev: u64,
    pub content: Content,
}

/// What is asked for when an item is saved.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Save {
    pub content: Content,
    /// The revision of the item that the person saw. The server refuses if there is a later one.
    pub seen: u64,
}

/// One step of the table: what made revision `rev` out of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub rev: u64,
    pub what: What,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// An item was added or changed.
    Saved(Item),
    /// The item with this id was removed.
    Removed(u32),
}

/// The whole table at a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub rev: u64,
    pub items: Vec<Item>,
}

impl Content {
    /// Checks and keeps what was written; the error is a sentence for the person.
    pub fn new(name: &str, quantity: u32) -> Result<Self, String> {
        let name = name.trim();
        if name.is_empty() {
            return Err("Give the item a name.".to_owned());
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(format!("A name has at most {LONGEST_NAME} characters."));
        }
        if quantity > MOST {
            return Err(format!("The quantity is at most {MOST}."));
        }
        let name = name.to_owned();
        Ok(Self { name, quantity })
    }
}

/// The server passes on what it does not read.
#[cfg(any(test, target_arch = "wasm32"))]
impl Content {
    /// What the item is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many there are.
    pub fn quantity(&self) -> u32 {
        self.quantity
    }
}

impl TryFrom<Unchecked> for Content {
    type Error = String;

    fn try_from(content: Unchecked) -> Result<Self, String> {
        Self::new(&content.name, content.quantity)
    }
}
