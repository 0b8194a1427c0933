//! The base and the view: what the server is known to have had, and what one sees. Knows nothing of requests.

use crate::own::{Held, Kept};
use crate::saved::Saved;
use backlog::api::SyncAnswer;
use backlog::project::Unfit;
use backlog::{Digest, Epoch, Mid, Project, Recorded, Rejection, Role, Snapshot, Version};
use std::collections::VecDeque;

/// How many of the last changes a base remembers by mutation id and version.
const REMEMBERED: usize = 1_024;

/// A base and the view over it.
#[derive(Debug)]
pub(crate) struct Copy {
    epoch: Epoch,
    version: Version,
    base: Project,
    // The base with the overlay replayed on it. It shares the base's stories, so that it costs little memory.
    view: Project,
    // How many commands are laid over the base to make the view.
    laid: usize,
    // Whether this program reckons digests as the server does. Where not, one of the two is of another release, and
    // asking for everything again and again would not make them agree.
    comparable: bool,
    // The last changes that led here. Every change after `known_from` is among them.
    held: VecDeque<(Mid, Version)>,
    known_from: Version,
}

impl Copy {
    /// A copy of a whole project that the server sent.
    pub(crate) fn of_answer(answer: &SyncAnswer, snapshot: Snapshot) -> Copy {
        let base = Project::read(snapshot);
        Copy {
            epoch: answer.epoch,
            version: answer.version(),
            comparable: base.digest() == answer.digest,
            view: base.clone(),
            base,
            laid: 0,
            held: VecDeque::new(),
            known_from: answer.version(),
        }
    }

    /// A copy of a base that the device kept. None where it is damaged.
    pub(crate) fn of_saved(saved: Saved) -> Option<Copy> {
        let base = Project::read(saved.snapshot);
        (base.digest() == saved.digest).then(|| Copy {
            epoch: saved.epoch,
            version: saved.version,
            comparable: true,
            view: base.clone(),
            base,
            laid: 0,
            held: saved.held.into(),
            known_from: saved.known_from,
        })
    }

    /// The copy written out, for someone in that role.
    pub(crate) fn save(&self, role: Option<Role>) -> Saved {
        Saved {
            epoch: self.epoch,
            version: self.version,
            digest: self.base.digest(),
            known_from: self.known_from,
            held: self.held.iter().copied().collect(),
            role,
            snapshot: self.base.snapshot(),
        }
    }

    pub(crate) fn epoch(&self) -> Epoch {
        self.epoch
    }

    pub(crate) fn version(&self) -> Version {
        self.version
    }

    pub(crate) fn base(&self) -> &Project {
        &self.base
    }

    pub(crate) fn view(&self) -> &Project {
        &self.view
    }

    /// Whether nothing is laid over the base.
    pub(crate) fn is_bare(&self) -> bool {
        self.laid == 0
    }

    /// Whether the base is not what the server has at this version.
    pub(crate) fn differs(&self, digest: Digest) -> bool {
        self.comparable && self.base.digest() != digest
    }

    /// Whether a version is this one or one of the last before it.
    pub(crate) fn has_passed(&self, version: Version) -> bool {
        let is_end = version == self.version || version == self.known_from;
        is_end || self.held.iter().any(|(_, passed)| *passed == version)
    }

    /// The revision at which the base took a mutation, if it was among the last.
    pub(crate) fn holds(&self, mid: Mid) -> Option<u64> {
        self.held
            .iter()
            .rev()
            .find(|(held, _)| *held == mid)
            .map(|(_, at)| at.rev)
    }

    /// Whether the base holds a command, as far as the copy can tell by itself. Revisions of two histories cannot be compared,
    /// and a server that lost its last revisions has two, so that only a version that was passed proves anything.
    pub(crate) fn judge(&self, kept: &Kept) -> Held {
        if self.holds(kept.mid).is_some() {
            Held::Yes
        } else if kept.on.is_some_and(|on| self.has_passed(on)) {
            Held::No
        } else {
            Held::Unknown
        }
    }

    /// Takes the change that follows on the base. The view stays behind until `follow` or `replay`.
    pub(crate) fn advance(&mut self, recorded: &Recorded) -> Result<(), Unfit> {
        self.base.apply(&recorded.change, recorded.hand())?;
        self.version = recorded.version();
        self.held.push_back((recorded.mid, self.version));
        if self.held.len() > REMEMBERED
            && let Some((_, oldest)) = self.held.pop_front()
        {
            self.known_from = oldest;
        }
        Ok(())
    }

    /// Brings a view without an overlay up to the base, at the cost of the changes alone.
    pub(crate) fn follow(&mut self, taken: &[Recorded]) -> Result<(), Unfit> {
        taken
            .iter()
            .try_for_each(|recorded| self.view.apply(&recorded.change, recorded.hand()))
    }

    /// Makes the view anew. A command that does not go on this base stays unseen until the server has said what became
    /// of it.
    pub(crate) fn replay<'a>(&mut self, overlay: impl Iterator<Item = &'a Kept>) {
        self.view = self.base.clone();
        self.laid = 0;
        for kept in overlay {
            self.lay_over(kept);
        }
    }

    /// Shows the effect of a command.
    pub(crate) fn lay_over(&mut self, kept: &Kept) {
        self.laid += 1;
        let _unseen = carry_out(&mut self.view, kept);
    }
}

/// Carries an own command out on a project, as the server would.
pub(crate) fn carry_out(project: &mut Project, kept: &Kept) -> Result<(), Rejection> {
    let change = project.decide(&kept.command, kept.hand())?;
    project.apply(&change, kept.hand()).map_err(|Unfit| Rejection::Other)
}
