//! From what is stored of a project to its present.

use crate::store::Stored;
use backlog::{Hash, Ledger, Project, ProjectId, Version};

/// A stored history that does not hold together. Nothing may be built on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The first revision that does not follow from the one before.
    pub rev: u64,
}

/// The project that a stored history leads to.
pub(super) fn replay(id: ProjectId, stored: Stored) -> Result<Ledger, Broken> {
    let Stored {
        from,
        snapshot,
        changes,
        head,
    } = stored;
    let hash = match from {
        0 => Hash::genesis(id),
        _ => changes.first().map_or(head.hash, |first| first.prev),
    };
    let mut ledger = Ledger::at(id, Project::read(snapshot), Version { rev: from, hash });
    for recorded in &changes {
        ledger.follow(recorded).map_err(|_| Broken { rev: recorded.rev })?;
    }
    if ledger.version() == head {
        Ok(ledger)
    } else {
        Err(Broken { rev: head.rev })
    }
}
