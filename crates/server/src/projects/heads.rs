//! The present of every project in use, for readers: they take it without waiting for the writer.

use backlog::api::{Beacon, ProjectSummary};
use backlog::{Digest, Ledger, Project, ProjectId, Version};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A project at one moment. Never changes; the next moment is another head.
#[derive(Debug)]
pub struct Head {
    ledger: Ledger,
    // Hashing the order of 10,000 stories takes a while; most heads are replaced before anyone asks.
    digest: OnceLock<Digest>,
}

impl Head {
    /// The moment that a ledger stands at.
    pub fn new(ledger: Ledger) -> Head {
        Head {
            ledger,
            digest: OnceLock::new(),
        }
    }

    /// The ledger, to be carried on from here.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The project.
    pub fn project(&self) -> &Project {
        self.ledger.project()
    }

    /// The project's identity.
    pub fn id(&self) -> ProjectId {
        self.ledger.id()
    }

    /// The place in its history.
    pub fn version(&self) -> Version {
        self.ledger.version()
    }

    /// The digest of the project's content.
    pub fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| self.project().digest())
    }

    /// Where the project is, for subscribers.
    pub fn beacon(&self) -> Beacon {
        Beacon {
            rev: self.version().rev,
            hash: self.version().hash,
            digest: self.digest(),
        }
    }

    /// The project's line in a list.
    pub fn summary(&self) -> ProjectSummary {
        ProjectSummary {
            id: self.id(),
            name: self.project().name().clone(),
            rev: self.version().rev,
        }
    }
}

/// The heads of the projects in use. Cheap to clone; all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Heads(Arc<RwLock<HashMap<ProjectId, Arc<Head>>>>);

impl Heads {
    /// The head of a project, where it is in use.
    pub fn get(&self, id: ProjectId) -> Option<Arc<Head>> {
        // Nothing that holds the lock can panic half-way, so a poisoned lock still guards a whole map.
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Replaces heads and then does `then` before any reader sees them, so that what both of them tell comes in one order.
    pub fn replace(&self, heads: impl IntoIterator<Item = Arc<Head>>, then: impl FnOnce()) {
        let mut map = self.0.write().unwrap_or_else(PoisonError::into_inner);
        map.extend(heads.into_iter().map(|head| (head.id(), head)));
        then();
    }

    /// Shows a project's head while it cannot be replaced.
    pub fn while_current(&self, id: ProjectId, show: impl FnOnce(&Head)) {
        let map = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(head) = map.get(&id) {
            show(head);
        }
    }

    /// Forgets heads, so that they are read from the store again.
    pub fn forget(&self, ids: impl IntoIterator<Item = ProjectId>) {
        let mut map = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            map.remove(&id);
        }
    }
}
