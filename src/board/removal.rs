//! The visitor is not in the project any more, or the link that they came by is closed: nothing of it stays, neither on the page nor on
//! the device. What they typed or did that never reached the server is told once, to be copied.

use super::Board;
use super::draft::Draft;
use super::may::Deed;
use super::msg::{DeviceEffect, Effect};
use super::phrases;
use super::scene::{RemovedScene, Unsent};
use super::write::kept_text;
use backlog::api::SessionKind;
use backlog::{Role, StoryId};
use replica::Kept;
use std::rc::Rc;

/// What is left of a project that one is not in any more.
#[derive(Clone, Debug)]
pub(super) struct Removal {
    // Whether one was there by a public link.
    was_guest: bool,
    unsent: Rc<[Unsent]>,
}

impl Removal {
    /// Whether it holds what is nowhere else.
    pub(super) fn holds_text(&self) -> bool {
        !self.unsent.is_empty()
    }

    /// What the page says.
    pub(super) fn scene(&self) -> RemovedScene {
        let (what, then) = match self.was_guest {
            true => (
                "This link is closed",
                "Whoever shared the project took the link back. Nothing of it is kept on this device.",
            ),
            false => (
                "You are not in this project any more",
                "Nothing of it is kept on this device. Ask one of its owners if you should be.",
            ),
        };
        RemovedScene {
            what,
            then,
            unsent: self.unsent.clone(),
        }
    }
}

impl Board {
    /// Drops all of the project and has the device wiped, also of what other pages keep there.
    pub(super) fn removed(&mut self, out: &mut Vec<Effect>) {
        if self.removal.is_some() {
            return;
        }
        let unsent = self.unsent();
        self.drop_all();
        self.notices.clear();
        self.removal = Some(Removal {
            was_guest: self.is_guest(),
            unsent,
        });
        self.shown_title = None;
        self.sheet = None;
        self.search = Default::default();
        self.selection = Default::default();
        out.extend([DeviceEffect::WipeProject.into(), Effect::LeaveChannel]);
        out.extend([Effect::ShowTitle("Truestory".to_owned()), Effect::Render]);
    }

    /// Whether the visitor came by a public link.
    pub(super) fn is_guest(&self) -> bool {
        self.kind == Some(SessionKind::Guest)
    }

    /// What was typed and what was done, as far as the server does not have it.
    fn unsent(&self) -> Rc<[Unsent]> {
        let titles = self.titles(&[]);
        let typed = |(id, draft): (StoryId, &Draft)| Unsent {
            what: match draft.column() {
                Some(_) => "Typed as a new story".to_owned(),
                None => format!("Typed in {}", titles.of(id)),
            },
            text: Some(draft.words()),
        };
        let given = |kept: &Kept| Unsent {
            what: phrases::capital(&self.phrase(&kept.command).wish),
            text: kept_text(&kept.command),
        };
        let told = self.notices.iter().filter(|notice| notice.kept.is_some());
        let told = told.map(|notice| Unsent {
            what: notice.what.clone(),
            text: notice.kept.clone(),
        });
        let drafts = self.drafts.all().filter(|(_, draft)| draft.is_unsaved());
        let own = self.replica.pending().chain(self.replica.attention());
        drafts.map(typed).chain(own.map(given)).chain(told).collect()
    }

    /// The server said what the visitor is in the project; before, they were that.
    pub(super) fn role_follows(&mut self, before: Option<Role>, out: &mut Vec<Effect>) {
        let role = self.role();
        let Some(before) = before.filter(|before| *before != role) else {
            return;
        };
        let rights = self.rights();
        if !rights.may(Deed::Move) && self.motion.is_some() {
            self.cancel_motion(out);
        }
        if !rights.may_select() && self.selection.is_shown() {
            self.clear_selection(out);
        }
        if !rights.may(Deed::Iteration) {
            self.open_iteration = None;
        }
        let words = |role: Role| format!("You are {} {role} in this project now.", role.article());
        self.notices.retain(|notice| notice.what != words(before));
        self.notify(words(role), None, out);
        // There is no field for it any more.
        let typed = match rights.may(Deed::Settings) {
            true => Vec::new(),
            false => self.settings.give_up(),
        };
        for text in typed {
            self.notify(
                "A setting that you were changing is not saved.".to_owned(),
                Some(text),
                out,
            );
        }
    }
}
