//! The server's truth: the posts and their revision. Knows no network.

use std::collections::BTreeMap;

use crate::wire::{Change, Content, Post, Snapshot, What};

/// Most posts that are kept.
pub const MOST_POSTS: usize = 100;

/// The posts, and the revision that the last change made.
pub struct Blog {
    rev: u64,
    last_id: u32,
    posts: BTreeMap<u32, Post>,
}

/// Why nothing was changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no room for another post.
    Full,
    /// There is no such post (any more).
    Gone,
}

impl Blog {
    /// No posts, at this revision. It must be above all that an earlier run of the server gave out, so that pages which remember
    /// those take the new posts for news.
    pub fn new(rev: u64) -> Self {
        Self {
            rev,
            last_id: 0,
            posts: BTreeMap::new(),
        }
    }

    /// Everything, as of now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            rev: self.rev,
            posts: self.posts.values().cloned().collect(),
        }
    }

    /// Adds a post.
    pub fn post(&mut self, content: Content) -> Result<Change, Refusal> {
        if self.posts.len() >= MOST_POSTS {
            return Err(Refusal::Full);
        }
        self.last_id += 1;
        let id = self.last_id;
        let post = Post { id, content };
        self.posts.insert(id, post.clone());
        Ok(self.changed(What::Posted(post)))
    }

    /// Removes a post.
    pub fn remove(&mut self, id: u32) -> Result<Change, Refusal> {
        self.posts.remove(&id).ok_or(Refusal::Gone)?;
        Ok(self.changed(What::Removed(id)))
    }

    fn changed(&mut self, what: What) -> Change {
        self.rev += 1;
        Change {
            rev: self.rev,
            what: Some(what),
        }
    }
}

#[cfg(test)]
mod tests;
