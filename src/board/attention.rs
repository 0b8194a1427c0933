//! The tray of what needs a person: own commands that were refused or that the server lost. The replica keeps them, whole and
//! durably; the tray shows them, and gives them once more or throws them away.

mod way;

use super::Board;
use super::after::{Order, Then};
use super::msg::{AttentionMsg, Effect, Now, Target};
use super::phrases::{self, Phrase, Titles};
use super::scene::ToastWay;
use super::scene::attention::{Entry, Tray, Way};
use backlog::{Command, Mid, Rejection, StoryId};
use replica::{Input, Kept, Stage};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What the tray knows beside what the replica keeps.
#[derive(Debug, Default)]
pub struct Attention {
    open: bool,
    // What came of giving a command once more, where it did not go.
    answers: BTreeMap<Mid, String>,
}

impl Attention {
    /// Whether the tray is open.
    pub fn is_open(&self) -> bool {
        self.open
    }
}

impl Board {
    pub(super) fn attention_changed(&mut self, msg: AttentionMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            AttentionMsg::LightClicked if self.attention.open => self.tray_closed(out),
            AttentionMsg::LightClicked => {
                self.attention.open = true;
                self.toast = self.toast.take().filter(|toast| toast.way != Some(ToastWay::Attention));
                out.extend([Effect::Render, Effect::Focus(Target::Tray)]);
            }
            AttentionMsg::Closed => self.tray_closed(out),
            AttentionMsg::TriedAgain(mid) => self.tried_again(mid, now, out),
            AttentionMsg::ThrownAway(mid) => self.thrown_away(mid, now, out),
        }
    }

    pub(super) fn tray_closed(&mut self, out: &mut Vec<Effect>) {
        self.attention.open = false;
        self.attention.answers.clear();
        out.push(Effect::Render);
        let has_light = self.replica.attention().next().is_some();
        let back = match (has_light, self.focus) {
            (true, _) => Some(Target::Light),
            (false, Some(story)) => Some(Target::Story(story)),
            (false, None) => None,
        };
        out.extend(back.map(Effect::Focus));
    }

    /// Something needs a person from now on.
    pub(super) fn tell_attention(&mut self, mid: Mid, out: &mut Vec<Effect>) {
        let Some(kept) = self.replica.kept(mid) else { return };
        let (why, _) = phrases::why(&kept.stage);
        let wish = self.phrase(&kept.command).wish;
        if !self.attention.open {
            let what = match kept.stage {
                Stage::Lost => "No longer at the server",
                Stage::Refused(_) | Stage::Pending | Stage::Confirmed { .. } => "Not done",
            };
            self.show_toast(format!("{what}: {wish}"), Some(ToastWay::Attention));
        }
        out.push(Effect::Announce(format!("Needs attention: {wish}. {why}")));
        out.push(Effect::Render);
    }

    /// A command in words, with the titles that stories have.
    pub(super) fn phrase(&self, command: &Command) -> Phrase {
        phrases::phrase(command, self.titles(&[]))
    }

    pub(super) fn titles<'a>(&'a self, before: &'a [Command]) -> Titles<'a> {
        Titles {
            view: self.replica.view(),
            before,
            me: self.account.zip(self.name.as_ref()),
        }
    }

    /// The tray, while it is open.
    pub(super) fn tray(&self) -> Option<Tray> {
        let entries = || self.replica.attention().map(|kept| self.entry(kept)).collect();
        self.attention.open.then(|| Tray {
            entries: Rc::new(entries()),
        })
    }

    fn entry(&self, kept: &Kept) -> Entry {
        let (way, rejection) = self.way(kept);
        let (why, advice) = told(kept, way, rejection.as_ref());
        Entry {
            mid: kept.mid,
            wish: self.phrase(&kept.command).wish,
            why,
            advice,
            at: kept.at,
            typed: phrases::typed(&kept.command),
            way,
            answer: self.attention.answers.get(&kept.mid).cloned(),
        }
    }

    fn way(&self, kept: &Kept) -> (Way, Option<Rejection>) {
        // A role can be given back, and the way is open then.
        if let Err(rejection) = self.replica.may(&kept.command, kept.by.id) {
            return (Way::Closed, Some(rejection));
        }
        let view = self.replica.view();
        view.map_or((Way::TryAgain, None), |view| way::way(kept, view))
    }

    /// The command that adds a story anew, out of what is kept of it.
    fn anew<'a>(&'a self, command: &Command) -> Option<Command> {
        let new = |kept: &'a Kept| {
            if let Command::CreateStory(new) = &kept.command {
                Some(new)
            } else {
                None
            }
        };
        let created = |id: StoryId| self.replica.attention().filter_map(new).find(|new| new.id == id);
        let created = if let Command::EditStory { id, .. } = command {
            created(*id)
        } else {
            None
        };
        way::anew(command, created, self.replica.view()?.settings()).map(Command::CreateStory)
    }

    /// The stories of a command that are deleted.
    fn deleted_in(&self, command: &Command) -> Vec<StoryId> {
        let stories = match command {
            // One that is not there yet is not deleted, and restoring is no change of what is.
            Command::CreateStory(_) | Command::RestoreStories { .. } | Command::ImportStories(_) => return Vec::new(),
            command => command.stories(),
        };
        let Some(view) = self.replica.view() else {
            return Vec::new();
        };
        let is_deleted = |id: &StoryId| view.slot(*id).is_some_and(|slot| view.at(slot).deleted);
        stories.into_iter().filter(is_deleted).collect()
    }

    fn tried_again(&mut self, mid: Mid, now: Now, out: &mut Vec<Effect>) {
        let Some(kept) = self
            .replica
            .kept(mid)
            .filter(|kept| kept.stage.needs_attention())
            .cloned()
        else {
            return;
        };
        let anew = match self.way(&kept) {
            (Way::AddAnew, _) => self.anew(&kept.command),
            _ => None,
        };
        let undoes = kept.undoes.filter(|_| anew.is_none());
        let command = anew.unwrap_or_else(|| kept.command.clone());
        let phrase = self.phrase(&command);
        let again = Order {
            command,
            undoes,
            replaces: Some(mid),
            then: Then::Told(phrase.done_capital()),
        };
        let stories = self.deleted_in(&kept.command);
        let given = match stories.is_empty() {
            true => self.give(again, now, out),
            false => {
                let restore = Order::new(Command::RestoreStories { stories }, Then::Nothing);
                self.give(restore, now, out)
                    .and_then(|()| self.give(again, now.after(1), out))
            }
        };
        match given {
            Ok(()) => out.push(Effect::Announce(format!("Given again: {}.", phrase.wish))),
            Err(refusal) => {
                let answer = match &kept.stage {
                    Stage::Refused(before) if *before == refusal => "Tried again; the answer is the same.".to_owned(),
                    _ => format!("Tried again: {refusal} {}", phrases::advice(&refusal)),
                };
                self.attention.answers.insert(mid, answer);
            }
        }
        out.extend([Effect::Render, Effect::Focus(Target::Tray)]);
    }

    fn thrown_away(&mut self, mid: Mid, now: Now, out: &mut Vec<Effect>) {
        let Some(kept) = self.replica.kept(mid) else { return };
        let wish = self.phrase(&kept.command).wish;
        let what = match self.way(kept) {
            (Way::Fulfilled, _) => "Seen to",
            _ => "Thrown away",
        };
        self.attention.answers.remove(&mid);
        self.tell(Input::Dismissed(mid), now, out);
        out.push(Effect::Announce(format!("{what}: {wish}.")));
        // The entry with its buttons is gone.
        out.extend([Effect::Render, Effect::Focus(Target::Tray)]);
    }
}

/// Why a command waits for a person, and what to do about it as the project stands.
fn told(kept: &Kept, way: Way, rejection: Option<&Rejection>) -> (String, &'static str) {
    let (why, advice) = phrases::why(&kept.stage);
    match (way, rejection) {
        (Way::Fulfilled, Some(Rejection::UnknownStory)) => ("The story is gone already.".to_owned(), ""),
        (Way::Fulfilled, _) => ("Someone did it meanwhile.".to_owned(), ""),
        (_, Some(rejection)) => {
            let why = match kept.stage {
                Stage::Lost => format!("{why} {rejection}"),
                Stage::Refused(_) | Stage::Pending | Stage::Confirmed { .. } => why,
            };
            (why, phrases::way_on(rejection, way))
        }
        (_, None) => (why, advice),
    }
}
