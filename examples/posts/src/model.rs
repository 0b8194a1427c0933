//! What the page knows: the posts, whether they must be fetched, and what is new. A pure value. Knows no browser and no network.

use std::collections::{BTreeMap, BTreeSet};

use crate::wire::{Change, Post, Snapshot, What};

/// The posts as far as they are known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The revision of `posts`; none before the first answer.
    rev: Option<u64>,
    /// The latest revision that was heard of.
    newest: u64,
    posts: BTreeMap<u32, Post>,
    /// Which posts were here already, or were written here: the others are news.
    known: BTreeSet<u32>,
    news: Vec<String>,
    fetching: Fetching,
    /// There may be a revision of which nothing was heard.
    doubted: bool,
    heard: u32,
    requests: u32,
}

/// How far the request for the posts is. There is one at a time, however many changes are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fetching {
    Idle,
    Asked,
    /// Not asked again before something happens: a server in trouble is left in peace.
    Failed,
}

/// What happened.
#[derive(Debug)]
pub enum Msg {
    /// Something may have been missed: the subscription is new, or time has passed without a connection.
    Doubted,
    /// The posts were asked for.
    Asked,
    /// They came.
    Fetched(Snapshot),
    /// They did not come.
    FetchFailed,
    /// An event came.
    Heard(Change),
    /// The server answered to what was asked here.
    Answered(Change),
    /// The person has read the news.
    NewsRead,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            rev: None,
            newest: 0,
            posts: BTreeMap::new(),
            known: BTreeSet::new(),
            news: Vec::new(),
            fetching: Fetching::Idle,
            doubted: true,
            heard: 0,
            requests: 0,
        }
    }
}

impl Model {
    /// Takes in what happened.
    pub fn update(&mut self, msg: Msg) {
        match msg {
            Msg::Doubted => {
                self.doubted = true;
                self.try_again();
            }
            Msg::Asked => {
                self.fetching = Fetching::Asked;
                self.doubted = false;
                self.requests += 1;
            }
            Msg::Fetched(snapshot) => {
                self.fetching = Fetching::Idle;
                self.take_snapshot(snapshot);
            }
            Msg::FetchFailed => {
                self.fetching = Fetching::Failed;
                self.doubted = true;
            }
            Msg::Heard(change) => {
                self.heard += 1;
                self.try_again();
                self.take_change(change);
            }
            Msg::Answered(change) => {
                if let Some(What::Posted(post)) = &change.what {
                    self.known.insert(post.id);
                }
                self.take_change(change);
            }
            Msg::NewsRead => self.news.clear(),
        }
    }

    /// Whether the posts are to be fetched now.
    pub fn wants_posts(&self) -> bool {
        self.fetching == Fetching::Idle && (self.doubted || self.rev < Some(self.newest))
    }

    /// The posts, latest first; none before the first answer.
    pub fn posts(&self) -> Option<impl Iterator<Item = &Post>> {
        self.rev.map(|_| self.posts.values().rev())
    }

    /// The titles of what others posted and the person has not read.
    pub fn news(&self) -> &[String] {
        &self.news
    }

    /// How many events were heard.
    pub fn heard(&self) -> u32 {
        self.heard
    }

    /// How many times the posts were asked for.
    pub fn requests(&self) -> u32 {
        self.requests
    }

    fn try_again(&mut self) {
        if self.fetching == Fetching::Failed {
            self.fetching = Fetching::Idle;
        }
    }

    /// A snapshot that is older than the posts, because changes overtook it, is no news.
    fn take_snapshot(&mut self, snapshot: Snapshot) {
        if self.rev > Some(snapshot.rev) {
            return;
        }
        let is_first = self.rev.is_none();
        self.newest = self.newest.max(snapshot.rev);
        self.rev = Some(snapshot.rev);
        self.posts = snapshot.posts.into_iter().map(|post| (post.id, post)).collect();
        if is_first {
            self.known.extend(self.posts.keys());
        }
        self.find_news();
    }

    /// Applies a change that says what it is and follows what is known; all else means that something is to be fetched.
    fn take_change(&mut self, change: Change) {
        self.newest = self.newest.max(change.rev);
        let follows = self.rev.is_some_and(|rev| rev + 1 == change.rev);
        let Some(what) = change.what.filter(|_| follows) else {
            return;
        };
        self.rev = Some(change.rev);
        match what {
            What::Posted(post) => drop(self.posts.insert(post.id, post)),
            What::Removed(id) => drop(self.posts.remove(&id)),
        }
        self.find_news();
    }

    fn find_news(&mut self) {
        let unknown = self.posts.values().filter(|post| !self.known.contains(&post.id));
        self.news.extend(unknown.map(|post| post.content.title().to_owned()));
        self.known.extend(self.posts.keys());
    }
}

#[cfg(test)]
mod tests;
