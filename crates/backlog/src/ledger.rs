//! A project and its place in its history: the rule by which a history grows.
//!
//! The server's writer holds one per project and stores what it enters; tests hold one to play the server.

use crate::{Actor, Change, Hand, Hash, Millis, Project, ProjectId, Recorded, Rejection, Sent, Version};

/// A project at one revision.
#[derive(Clone, Debug)]
pub struct Ledger {
    id: ProjectId,
    project: Project,
    version: Version,
}

/// A change that does not follow on this revision, or that cannot have happened to this project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlinked;

impl Ledger {
    /// A project without a history.
    pub fn new(id: ProjectId, project: Project) -> Ledger {
        Ledger::at(
            id,
            project,
            Version {
                rev: 0,
                hash: Hash::genesis(id),
            },
        )
    }

    /// A project that a history has led to.
    pub fn at(id: ProjectId, project: Project, version: Version) -> Ledger {
        Ledger { id, project, version }
    }

    /// Carries out a command that someone sent, or says why not.
    pub fn enter(&mut self, sent: &Sent, by: &Actor, at: Millis) -> Result<Recorded, Rejection> {
        let hand = Hand { by, at };
        let change = self.project.decide(&sent.command, hand)?;
        let recorded = self.record(sent, change, hand);
        // The rules allowed it, so that it fits; were it otherwise, refusing it would keep other commands moving.
        self.follow(&recorded).map_err(|Unlinked| Rejection::Other)?;
        Ok(recorded)
    }

    fn record(&self, sent: &Sent, change: Change, hand: Hand) -> Recorded {
        let prev = self.version.hash;
        let hash = prev.next(sent.mid, hand, &change);
        Recorded {
            rev: self.version.rev + 1,
            prev,
            hash,
            mid: sent.mid,
            // Who writes on a copy of another life of the database may have seen a later revision of that one.
            base: sent.base.min(self.version.rev),
            actor: hand.by.clone(),
            at: hand.at,
            change,
        }
    }

    /// Takes the change that follows on this revision.
    pub fn follow(&mut self, recorded: &Recorded) -> Result<(), Unlinked> {
        if recorded.prev != self.version.hash || recorded.rev != self.version.rev + 1 {
            return Err(Unlinked);
        }
        self.project
            .apply(&recorded.change, recorded.hand())
            .map_err(|_| Unlinked)?;
        self.version = recorded.version();
        Ok(())
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
}

#[cfg(test)]
mod tests;
