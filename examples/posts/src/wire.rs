//! What page and server say to each other, with the limits that hold on both ends. Knows neither of them.

use serde::{Deserialize, Serialize};

/// The key of the hub's app. It stands in the page, so it is no secret.
pub const KEY: &str = "posts";
/// The channel whose events only tell that there was a change.
pub const BARE_CHANNEL: &str = "posts";
/// The channel whose events carry the change, where it fits.
pub const FULL_CHANNEL: &str = "posts-full";
/// The event of a [`Change`], on either channel.
pub const CHANGED: &str = "post:change";
/// Tells the server which connection is the asker's own: it is left out when the change is triggered.
pub const SOCKET_ID: &str = "x-socket-id";
/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 120;
/// Longest text, in characters. Twice of what fits into an event, on purpose: see `server::announce`.
pub const LONGEST_TEXT: usize = 20_000;

/// What a person writes. One that exists is legal: `serde` makes it by [`Content::new`] too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Content {
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Unchecked {
    title: String,
    text: String,
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub id: u32,
    pub content: Content,
}

/// What made revision `rev` of the posts out of the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub rev: u64,
    /// None in an event that only tells that there was a change: whoever hears it fetches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<What>,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// This was posted.
    Posted(Post),
    /// The post with this id was removed.
    Removed(u32),
}

/// All posts at a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub rev: u64,
    pub posts: Vec<Post>,
}

impl Content {
    /// Checks and keeps what was written; the error is a sentence for the person.
    pub fn new(title: &str, text: &str) -> Result<Self, String> {
        let (title, text) = (title.trim(), text.trim());
        if title.is_empty() {
            return Err("Give the post a title.".to_owned());
        }
        if title.chars().count() > LONGEST_TITLE {
            return Err(format!("A title has at most {LONGEST_TITLE} characters."));
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(format!("A text has at most {LONGEST_TEXT} characters."));
        }
        let (title, text) = (title.to_owned(), text.to_owned());
        Ok(Self { title, text })
    }
}

/// The server passes on what it does not read.
#[cfg(any(test, target_arch = "wasm32"))]
impl Content {
    /// What the post is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it says; may be empty.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl TryFrom<Unchecked> for Content {
    type Error = String;

    fn try_from(content: Unchecked) -> Result<Self, String> {
        Self::new(&content.title, &content.text)
    }
}
