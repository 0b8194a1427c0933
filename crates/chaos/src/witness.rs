//! Who sees everything and takes no part: what each client was given, kept and told, so that afterwards it can be said what became
//! of every command. Knows clients and the server from the outside only.

use crate::clock;
use backlog::{Command, Digest, Epoch, Mid, Version};
use replica::{Kept, Stage};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// A witness, shared by all clones.
#[derive(Clone, Debug)]
pub struct Witness(Arc<Mutex<Seen>>);

/// What was seen.
#[derive(Debug)]
pub struct Seen {
    began: Instant,
    /// Every command that was given.
    pub commands: HashMap<Mid, Story>,
    /// Every base that a client was seen to have.
    pub bases: HashSet<Base>,
    /// How often what happened.
    pub counts: BTreeMap<Count, u64>,
    /// Milliseconds from the server's stamp on a change to another client's view, where an event brought it.
    pub heard: Vec<i64>,
    /// What happened, a line each.
    pub log: Vec<String>,
}

/// A base, as a client had it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Base {
    /// The client.
    pub client: usize,
    /// The life of the database that it is of.
    pub epoch: Epoch,
    /// Its version.
    pub version: Version,
    /// The digest of its content.
    pub digest: Digest,
}

/// What was seen of one command.
#[derive(Clone, Debug)]
pub struct Story {
    /// The client that gave it.
    pub client: usize,
    /// The command.
    pub command: Command,
    /// The device held it and the client showed it.
    pub kept: bool,
    /// In which lives of the database its client held it for confirmed, and at which revision.
    pub confirmed: Vec<(Epoch, u64)>,
    /// It was refused and its client was told.
    pub refused: bool,
    /// The server was put back to a time before it, and its client was offered to give it again.
    pub offered: bool,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Commands that a device kept.
    Commands,
    /// Commands that the client itself refused.
    RefusedHere,
    /// Commands given again after a restore.
    GivenAgain,
    /// Commands taken back.
    TakenBack,
    /// Requests to sync that were answered.
    Syncs,
    /// Requests that came to nothing.
    FailedRequests,
    /// Subscriptions after a connection was made anew.
    Subscriptions,
    /// Changes that an event brought.
    ChangesHeard,
    /// Clients told that another set the same field unseen.
    Overwritten,
    /// kill -9 of the server.
    Kills,
    /// The server stopped and went on.
    Freezes,
    /// Backups made.
    Backups,
    /// The database put back to an older copy without a word.
    Losses,
    /// Backups restored.
    Restores,
    /// Clients dropped and started again.
    Crashes,
    /// Connections slow for a while.
    Slow,
    /// Connections sliced for a while.
    Sliced,
    /// Connections half open for a while.
    HalfOpen,
    /// Connections refused for a while.
    Refused,
    /// Connections reset.
    Resets,
    /// Connections cut.
    Cuts,
    /// Connections closed slowly.
    SlowCloses,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Count::Commands => "commands",
            Count::RefusedHere => "refused at once",
            Count::GivenAgain => "given again",
            Count::TakenBack => "taken back",
            Count::Syncs => "syncs",
            Count::FailedRequests => "failed requests",
            Count::Subscriptions => "subscriptions",
            Count::ChangesHeard => "changes heard",
            Count::Overwritten => "told of an overwrite",
            Count::Kills => "kill -9",
            Count::Freezes => "SIGSTOP",
            Count::Backups => "backups",
            Count::Losses => "lost disks",
            Count::Restores => "restores",
            Count::Crashes => "clients dropped",
            Count::Slow => "slow",
            Count::Sliced => "sliced",
            Count::HalfOpen => "half open",
            Count::Refused => "refusing",
            Count::Resets => "resets",
            Count::Cuts => "cuts",
            Count::SlowCloses => "slow closes",
        })
    }
}

impl Default for Witness {
    fn default() -> Self {
        Witness(Arc::new(Mutex::new(Seen {
            began: clock::instant(),
            commands: HashMap::new(),
            bases: HashSet::new(),
            counts: BTreeMap::new(),
            heard: Vec::new(),
            log: Vec::new(),
        })))
    }
}

impl Witness {
    /// What was seen so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something happened once more.
    pub fn count(&self, what: Count) {
        *self.seen().counts.entry(what).or_default() += 1;
    }

    /// Something worth a line in the log happened.
    pub fn note(&self, what: impl fmt::Display) {
        let mut seen = self.seen();
        let at = seen.began.elapsed().as_secs_f32();
        seen.log.push(format!("{at:>8.3} {what}"));
    }

    /// A client was given a command.
    pub fn given(&self, client: usize, mid: Mid, command: &Command) {
        let story = Story {
            client,
            command: command.clone(),
            kept: false,
            confirmed: Vec::new(),
            refused: false,
            offered: false,
        };
        self.seen().commands.insert(mid, story);
    }

    /// The client shows a command, so that it is owed from now on.
    pub fn kept(&self, mid: Mid) {
        self.count(Count::Commands);
        if let Some(story) = self.seen().commands.get_mut(&mid) {
            story.kept = true;
        }
    }

    /// A client's device holds this of a command.
    pub fn found(&self, kept: &Kept) {
        if let Some(story) = self.seen().commands.get_mut(&kept.mid) {
            story.kept = true;
            match &kept.stage {
                Stage::Pending => {}
                Stage::Confirmed { rev, epoch } => {
                    if !story.confirmed.contains(&(*epoch, *rev)) {
                        story.confirmed.push((*epoch, *rev));
                    }
                }
                Stage::Refused(_) => story.refused = true,
                Stage::Lost => story.offered = true,
            }
        }
    }
}
