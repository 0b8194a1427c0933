//! What a story carries besides the fields of its form: each gesture is a command of its own, with a toast that takes it back.
//! Texts are begun in a place of their own beside the form and go with Enter or a button.

mod command;
mod described;
mod mention;

pub use described::{epic_labels, story_line};

use super::Board;
use super::after::{Order, Then};
use super::draft::{Draft, standing};
use super::msg::{Aside, Effect, Now, PartsMsg, Target};
use super::scene::parts::DescriptionView;
use backlog::id::Bits128;
use backlog::{Blocker, Command, Edit, Line, Obstacle, PartId, Review, Story, StoryId, Verdict};
use std::sync::Arc;

impl Board {
    pub(super) fn parts_changed(&mut self, msg: PartsMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            PartsMsg::Edited(story, edit) => self.part_edited((story, edit), now, out),
            PartsMsg::Opened(story, aside) => self.aside_opened(story, aside, out),
            PartsMsg::Typed(story, aside, text) => self.aside_typed(story, (aside, text), out),
            PartsMsg::Dropped(story, aside) => self.aside_dropped(story, aside, out),
            PartsMsg::Sent(story, aside) => self.aside_sent((story, aside), now, out),
            PartsMsg::ReviewAsked(story, kind) => self.review_asked((story, kind), now, out),
            PartsMsg::BlockerChosen(story, on) => self.blocker_chosen((story, on), now, out),
            PartsMsg::DescriptionTurned(story) => self.description_turned(story, out),
            PartsMsg::NumberFollowed(number) => self.number_followed(number, now, out),
        }
    }

    fn part_edited(&mut self, (story, edit): (StoryId, Edit), now: Now, out: &mut Vec<Effect>) {
        let heir = heir_of_focus(story, &edit);
        match edit {
            // Its row is taken out and put in elsewhere, which takes the focus from it.
            Edit::TaskMoved { id, .. } => {
                let command = edit_story(story, edit);
                let words = self.phrase(&command).done_capital();
                let aside = Aside::TaskReworded(id);
                self.give_or_notify(Order::new(command, Then::Sent { story, aside, words }), now, out);
            }
            edit => self.tell_after(edit_story(story, edit), now, out),
        }
        out.extend(heir.map(Effect::Focus));
    }

    fn living(&self, story: StoryId) -> Option<Arc<Story>> {
        self.replica.view()?.story(story).cloned()
    }

    /// Opens a place for a text and leads there.
    pub(super) fn aside_opened(&mut self, story: StoryId, aside: Aside, out: &mut Vec<Effect>) {
        let Some(story) = self.living(story) else { return };
        let Some(from) = standing(&story, aside) else { return };
        let id = story.id;
        self.drafts.of_mut(&story).asides.open(aside, &from);
        out.extend([Effect::Render, Effect::Focus(Target::Aside(id, aside))]);
    }

    fn aside_typed(&mut self, story: StoryId, (aside, text): (Aside, String), out: &mut Vec<Effect>) {
        let Some(story) = self.living(story) else { return };
        let Some(from) = standing(&story, aside) else { return };
        let draft = self.drafts.of_mut(&story);
        draft.asides.type_in((aside, &from), text);
        draft.edition += 1;
        out.extend([Effect::Render, Effect::AwaitPause]);
    }

    fn aside_dropped(&mut self, story: StoryId, aside: Aside, out: &mut Vec<Effect>) {
        self.on_asides(story, |draft| {
            sent_with(aside).for_each(|aside| draft.asides.drop(aside))
        });
        self.drafts.tidy(story);
        self.lead_from(story, aside, out);
    }

    fn on_asides(&mut self, story: StoryId, change: impl FnOnce(&mut Draft)) {
        let draft = self.drafts.all_mut().find(|(id, _)| *id == story);
        if let Some((_, draft)) = draft {
            change(draft);
            draft.edition += 1;
        }
    }

    /// Where the focus goes from a place that closes.
    fn lead_from(&mut self, story: StoryId, aside: Aside, out: &mut Vec<Effect>) {
        let is_open = self.drafts.open().is_some_and(|(open, _)| open == story);
        let target = match aside {
            Aside::Reworded(part) | Aside::TaskReworded(part) => Some(Target::Part(part)),
            Aside::Reason if is_open => Some(Target::Title),
            Aside::Reason => Some(Target::Story(story)),
            aside => lasting(story, aside),
        };
        out.push(Effect::Render);
        out.extend(target.map(Effect::Focus));
    }

    fn aside_sent(&mut self, (story, aside): (StoryId, Aside), now: Now, out: &mut Vec<Effect>) {
        let Some(living) = self.living(story) else { return };
        match self.command_of(&living, aside, now) {
            Ok(Some(command)) => self.send_aside((story, aside, command), now, out),
            Ok(None) => self.aside_dropped(story, aside, out),
            Err(problem) => self.aside_fails((story, aside), problem, out),
        }
    }

    /// Gives the command that a text became. The text is on the device until the command is.
    fn send_aside(&mut self, (story, aside, command): (StoryId, Aside, Command), now: Now, out: &mut Vec<Effect>) {
        let words = self.phrase(&command).done_capital();
        self.on_asides(story, |draft| {
            sent_with(aside).for_each(|aside| draft.asides.send(aside))
        });
        let then = Then::Sent { story, aside, words };
        match self.give(Order::new(command, then), now, out) {
            Ok(()) => self.lead_from(story, aside, out),
            Err(refusal) => {
                self.on_asides(story, |draft| {
                    sent_with(aside).for_each(|aside| draft.asides.take_back(aside));
                });
                self.aside_fails((story, aside), refusal.to_string(), out);
            }
        }
    }

    fn aside_fails(&mut self, (story, aside): (StoryId, Aside), problem: String, out: &mut Vec<Effect>) {
        let Some(story) = self.living(story) else { return };
        let id = story.id;
        self.drafts.of_mut(&story).asides.problem = Some((aside, problem));
        out.push(Effect::Render);
        out.extend(lasting(id, aside).map(Effect::Focus));
    }

    /// The device holds the command that a text became.
    pub(super) fn aside_kept(&mut self, story: StoryId, aside: Aside) {
        self.on_asides(story, |draft| {
            sent_with(aside).for_each(|aside| draft.asides.kept(aside))
        });
        self.drafts.tidy(story);
    }

    /// A form was saved, and a text beside its fields is not sent: whoever saves the one may think that the other went too.
    pub(super) fn tell_unsent(&mut self, story: StoryId, out: &mut Vec<Effect>) {
        let first = self.drafts.get(story).and_then(|draft| draft.asides.unsaved().next());
        let Some(aside) = first.map(|(aside, _)| aside) else {
            return;
        };
        let problem = "The story is saved. This text is not sent yet.".to_owned();
        self.aside_fails((story, aside), problem, out);
    }

    fn review_asked(&mut self, (story, kind): (StoryId, &str), now: Now, out: &mut Vec<Effect>) {
        let Ok(kind) = Line::new(kind) else { return };
        self.tell_after(edit_story(story, Edit::ReviewPut(review(kind, now))), now, out);
    }

    fn blocker_chosen(&mut self, (story, on): (StoryId, StoryId), now: Now, out: &mut Vec<Effect>) {
        let edit = Edit::BlockerPut(blocker(Obstacle::Story(on), now));
        self.send_aside((story, Aside::Blocker, edit_story(story, edit)), now, out);
    }

    fn description_turned(&mut self, story: StoryId, out: &mut Vec<Effect>) {
        let mut target = None;
        if let Some(draft) = self.drafts.open_mut().filter(|draft| draft.is_of(story)) {
            (draft.view, target) = match draft.view {
                DescriptionView::Rendered => (DescriptionView::Source, Some(Target::Description)),
                DescriptionView::Source => (DescriptionView::Rendered, Some(Target::DescriptionButton)),
            };
        }
        out.push(Effect::Render);
        out.extend(target.map(Effect::Focus));
    }

    /// A number in a text leads to its story.
    fn number_followed(&mut self, number: u32, now: Now, out: &mut Vec<Effect>) {
        let story = self.numbered(number).map(|story| (story.id, story.title.clone()));
        if self.layout.is_none() || (story.is_none() && !self.connection.has_answered()) {
            self.pointed_at = Some(number);
            return;
        }
        let Some((id, title)) = story else {
            return self.tell_toast(format!("This project has no story #{number}"), None, out);
        };
        if self.find(id).is_none() && self.search.is_on() {
            // It need not be what one searches for.
            self.search.hold([id]);
            self.lay_out(now, out);
        }
        if self.find(id).is_none() {
            let title = title.as_str();
            let words = format!("#{number} “{title}” stands in a column that is not shown now");
            return self.tell_toast(words, None, out);
        }
        self.story_opened(id, now, out);
        if let Some((column, _)) = self.find(id) {
            self.shown = column;
        }
    }

    /// What the address names may be there by now.
    pub(super) fn pointed_follows(&mut self, now: Now, out: &mut Vec<Effect>) {
        if let Some(number) = self.pointed_at.take() {
            self.number_followed(number, now, out);
        }
    }

    /// The story of a number, as this project or the program that it was imported from counts.
    fn numbered(&self, number: u32) -> Option<&Arc<Story>> {
        let view = self.replica.view()?;
        let panels = [backlog::Panel::Backlog, backlog::Panel::Icebox];
        let stories = || {
            let slots = panels.into_iter().flat_map(|panel| view.order(panel));
            slots.map(|slot| view.at(slot))
        };
        let own = stories().find(|story| story.number == number);
        own.or_else(|| stories().find(|story| story.origin == Some(number)))
    }
}

/// The place itself, for the next text. Where leaving the field is what sent it, the focus stays where it went.
fn lasting(story: StoryId, aside: Aside) -> Option<Target> {
    (aside != Aside::Deadline).then_some(Target::Aside(story, aside))
}

/// The task that a text or a move was about: it has the focus again once its row stands.
pub(super) fn moved_part(aside: Aside) -> Option<Target> {
    match aside {
        Aside::TaskReworded(part) | Aside::Reworded(part) => Some(Target::Part(part)),
        Aside::Comment
        | Aside::Task
        | Aside::Blocker
        | Aside::Review
        | Aside::LinkKind
        | Aside::Link
        | Aside::LinkName
        | Aside::Reason
        | Aside::Deadline => None,
    }
}

/// What takes the focus from a button that goes with what it takes away.
fn heir_of_focus(story: StoryId, edit: &Edit) -> Option<Target> {
    match edit {
        Edit::TaskRemoved(_) => Some(Target::Aside(story, Aside::Task)),
        Edit::CommentRemoved(_) => Some(Target::Aside(story, Aside::Comment)),
        Edit::BlockerRemoved(_) => Some(Target::Aside(story, Aside::Blocker)),
        Edit::ReviewRemoved(_) => Some(Target::Aside(story, Aside::Review)),
        Edit::LinkRemoved(_) => Some(Target::Aside(story, Aside::Link)),
        Edit::OwnerRemoved(_) => Some(Target::Adder(story, "owner")),
        Edit::Requester(None) => Some(Target::Adder(story, "requester")),
        _ => None,
    }
}

/// The texts that go together.
fn sent_with(aside: Aside) -> impl Iterator<Item = Aside> {
    let others: &[Aside] = match aside {
        Aside::Link => &[Aside::LinkName],
        _ => &[],
    };
    std::iter::once(aside).chain(others.iter().copied())
}

fn edit_story(id: StoryId, edit: Edit) -> Command {
    Command::EditStory { id, edits: vec![edit] }
}

/// The identity of a part that comes about now.
fn part_id(now: Now) -> PartId {
    PartId(Bits128(now.random[0]))
}

fn blocker(what: Obstacle, now: Now) -> Blocker {
    Blocker {
        id: part_id(now),
        what,
        resolved: false,
    }
}

fn review(kind: Line, now: Now) -> Review {
    Review {
        id: part_id(now),
        kind,
        reviewer: None,
        verdict: Verdict::Unstarted,
    }
}
