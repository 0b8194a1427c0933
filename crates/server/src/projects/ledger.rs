//! A project and its place in its history: what the writer changes, and the rule by which a history grows.
//!
//! Knows no database, no clock and no caller.

use crate::store::Stored;
use backlog::api::Sent;
use backlog::{Actor, Hash, Millis, Project, ProjectId, Recorded, Rejection, Version};

/// A project at one revision.
#[derive(Clone, Debug)]
pub struct Ledger {
    id: ProjectId,
    project: Project,
    version: Version,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// It is the next revision.
    Accepted(Box<Recorded>),
    /// The project's rules refuse it.
    Refused(Rejection),
}

/// A stored history that does not hold together. Nothing may be built on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The first revision that does not follow from the one before.
    pub rev: u64,
}

impl Ledger {
    /// A project without a history.
    pub fn new(id: ProjectId, project: Project) -> Ledger {
        Ledger {
            id,
            project,
            version: Version {
                rev: 0,
                hash: Hash::genesis(id),
            },
        }
    }

    /// The project that a stored history leads to.
    pub fn replay(id: ProjectId, stored: Stored) -> Result<Ledger, Broken> {
        let Stored {
            from,
            snapshot,
            changes,
            head,
        } = stored;
        let hash = changes.first().map_or(head.hash, |first| first.prev);
        let mut ledger = Ledger {
            id,
            project: Project::read(snapshot),
            version: Version { rev: from, hash },
        };
        for recorded in &changes {
            ledger
                .follow(recorded)
                .map_err(|Unlinked| Broken { rev: recorded.rev })?;
        }
        if ledger.version == head {
            Ok(ledger)
        } else {
            Err(Broken { rev: head.rev })
        }
    }

    /// Carries out a command, or says why not.
    pub fn enter(&mut self, sent: &Sent, actor: &Actor, at: Millis) -> Entry {
        let change = match self.project.decide(&sent.command, at) {
            Ok(change) => change,
            Err(reason) => return Entry::Refused(reason),
        };
        let prev = self.version.hash;
        let (rev, hash) = (self.version.rev + 1, prev.next(sent.mid, actor, at, &change));
        let recorded = Recorded {
            rev,
            prev,
            hash,
            mid: sent.mid,
            actor: actor.clone(),
            at,
            change,
        };
        match self.follow(&recorded) {
            Ok(()) => Entry::Accepted(Box::new(recorded)),
            Err(Unlinked) => {
                // The rules allowed what cannot be carried out: a defect. Refusing it keeps the author's other commands moving.
                tracing::error!(project = %self.id, change = ?recorded.change, "decided on a change that does not fit");
                Entry::Refused(Rejection::Other)
            }
        }
    }

    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Its identity.
    pub fn id(&self) -> ProjectId {
        self.id
    }

    /// Its place in its history.
    pub fn version(&self) -> Version {
        self.version
    }

    fn follow(&mut self, recorded: &Recorded) -> Result<(), Unlinked> {
        if recorded.prev != self.version.hash || recorded.rev != self.version.rev + 1 {
            return Err(Unlinked);
        }
        self.project
            .apply(&recorded.change, recorded.at)
            .map_err(|_| Unlinked)?;
        self.version = recorded.version();
        Ok(())
    }
}

struct Unlinked;
