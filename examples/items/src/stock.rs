//! The server's truth: the items and the revision of the table. Knows no network.

use std::collections::BTreeMap;

use crate::wire::{Change, Content, Item, Save, Snapshot, What};

/// Most items that are kept.
pub const MOST_ITEMS: usize = 200;

/// The items, and the revision that the last change made.
pub struct Stock {
    rev: u64,
    last_id: u32,
    items: BTreeMap<u32, Item>,
}

/// Why nothing was changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no room for another item.
    Full,
    /// There is no such item (any more).
    Gone,
    /// Somebody saved the item after the revision that was seen.
    Overtaken,
}

impl Stock {
    /// An empty table at this revision. It must be above all that an earlier run of the server gave out, so that pages which
    /// remember those take the new table for news.
    pub fn new(rev: u64) -> Self {
        Self {
            rev,
            last_id: 0,
            items: BTreeMap::new(),
        }
    }

    /// Everything, as of now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            rev: self.rev,
            items: self.items.values().cloned().collect(),
        }
    }

    /// Adds an item.
    pub fn add(&mut self, content: Content) -> Result<Change, Refusal> {
        if self.items.len() >= MOST_ITEMS {
            return Err(Refusal::Full);
        }
        self.last_id += 1;
        Ok(self.keep(self.last_id, content))
    }

    /// Saves an item, unless somebody did so after the revision that was seen: nobody overwrites what they have not read.
    pub fn save(&mut self, id: u32, save: Save) -> Result<Change, Refusal> {
        let item = self.items.get(&id).ok_or(Refusal::Gone)?;
        if item.rev != save.seen {
            return Err(Refusal::Overtaken);
        }
        Ok(self.keep(id, save.content))
    }

    /// Removes an item.
    pub fn remove(&mut self, id: u32) -> Result<Change, Refusal> {
        self.items.remove(&id).ok_or(Refusal::Gone)?;
        self.rev += 1;
        Ok(Change {
            rev: self.rev,
            what: What::Removed(id),
        })
    }

    fn keep(&mut self, id: u32, content: Content) -> Change {
        self.rev += 1;
        let rev = self.rev;
        let item = Item { id, rev, content };
        self.items.insert(id, item.clone());
        Change {
            rev,
            what: What::Saved(item),
        }
    }
}

#[cfg(test)]
mod tests;
