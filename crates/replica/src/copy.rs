//! The base and the view: what the server is known to have had, and what one sees. Knows nothing of requests.

use crate::Pending;
use backlog::project::Unfit;
use backlog::{Digest, Project, Recorded, Rejection, Version};

/// A base and the view over it.
#[derive(Debug)]
pub(crate) struct Copy {
    version: Version,
    base: Project,
    // The base with the overlay replayed on it. It shares the base's stories, so that it costs little memory.
    view: Project,
    // Whether this program reckons digests as the server does. Where not, one of the two is of another release, and
    // asking for everything again and again would not make them agree.
    comparable: bool,
}

impl Copy {
    pub(crate) fn new(version: Version, base: Project, digest: Digest) -> Copy {
        let comparable = base.digest() == digest;
        Copy {
            version,
            view: base.clone(),
            base,
            comparable,
        }
    }

    pub(crate) fn version(&self) -> Version {
        self.version
    }

    pub(crate) fn view(&self) -> &Project {
        &self.view
    }

    /// Whether the base is not what the server has at this version.
    pub(crate) fn differs(&self, digest: Digest) -> bool {
        self.comparable && self.base.digest() != digest
    }

    /// Takes the change that follows on the base. The view stays behind until `follow` or `replay`.
    pub(crate) fn advance(&mut self, recorded: &Recorded) -> Result<(), Unfit> {
        self.base.apply(&recorded.change, recorded.at)?;
        self.version = recorded.version();
        Ok(())
    }

    /// Brings a view without an overlay up to the base, at the cost of the changes alone.
    pub(crate) fn follow(&mut self, taken: &[Recorded]) -> Result<(), Unfit> {
        taken
            .iter()
            .try_for_each(|recorded| self.view.apply(&recorded.change, recorded.at))
    }

    /// Makes the view anew. A command that does not go on this base stays unseen until the server has said what became
    /// of it.
    pub(crate) fn replay(&mut self, overlay: &[Pending]) {
        self.view = self.base.clone();
        for pending in overlay {
            let _unseen = self.lay_over(pending);
        }
    }

    /// Shows the effect of a command at once.
    pub(crate) fn lay_over(&mut self, pending: &Pending) -> Result<(), Rejection> {
        let change = self.view.decide(&pending.command, pending.at)?;
        self.view.apply(&change, pending.at).map_err(|Unfit| Rejection::Other)
    }
}
