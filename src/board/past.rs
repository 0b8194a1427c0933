//! What was: the history of the open story, who overwrote what one had written, and texts that were kept where two people wrote
//! in the same place.

mod authors;
mod lines;

use super::Board;
use super::after::{Order, Then};
use super::draft::Subject;
use super::msg::{Effect, Failure, Now, PastMsg, Target};
use super::phrases;
use super::scene::past::{History, KeptText, Overwritten as Note};
use authors::Authors;
use backlog::api::StoryHistory;
use backlog::history::{HistoryStep, steps};
use backlog::{Command, Edit, Name, Recorded, Story, StoryId};
use replica::{Field, Overwritten};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

/// What the page knows of what was.
#[derive(Debug, Default)]
pub struct Past {
    open: Option<Opened>,
    notes: BTreeMap<StoryId, (Name, BTreeSet<&'static str>)>,
    authors: Authors,
}

/// The history that is open.
#[derive(Debug)]
struct Opened {
    story: StoryId,
    known: History,
    // What the server had told when it was last asked: a later state asks again.
    asked_of: Asked,
}

/// What a story's history must hold, as far as this page knows.
#[derive(Clone, Debug, Default)]
struct Asked {
    seen: Option<Arc<Story>>,
    own: usize,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Asked) -> bool {
        let same = match (&self.seen, &other.seen) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        same && self.own == other.own
    }
}

impl Past {
    /// The note on a story that someone overwrote.
    pub fn note(&self, story: StoryId) -> Option<Note> {
        let (by, fields) = self.notes.get(&story)?;
        Some(Note {
            by: by.clone(),
            fields: phrases::listed(fields.iter().copied()),
        })
    }

    /// The texts that were kept beside the description of a story.
    pub fn kept_texts(&self, subject: &Subject) -> Vec<KeptText> {
        match subject {
            Subject::New(_) => Vec::new(),
            Subject::Story(story) => self.authors.of(story),
        }
    }

    /// The history of a story, where it is open.
    pub fn history(&self, story: StoryId) -> Option<History> {
        let opened = self.open.as_ref().filter(|opened| opened.story == story)?;
        Some(opened.known.clone())
    }
}

impl Board {
    pub(super) fn past_changed(&mut self, msg: PastMsg, now: Now, out: &mut Vec<Effect>) {
        match msg {
            PastMsg::HistoryOpened(story) => self.history_opened(story, now, out),
            PastMsg::HistoryClosed => self.history_closed(out),
            PastMsg::HistoryAnswered(story, answer) => self.history_answered(story, answer, out),
            PastMsg::ValueRestored(story, edit) => self.tell_after(edits(story, vec![edit]), now, out),
            PastMsg::NoteDismissed(story) => {
                self.past.notes.remove(&story);
                out.extend([Effect::Render, Effect::Focus(Target::Title)]);
            }
            PastMsg::ConflictUsed(story, text) => {
                let both = vec![Edit::Description(text.clone()), Edit::ConflictDropped(text)];
                self.tell_after(edits(story, both), now, out);
                out.push(Effect::Focus(Target::Title));
            }
            PastMsg::ConflictDropped(story, text) => {
                let words = "Dropped; the history still has the text".to_owned();
                let then = Then::Undone { words, story: None };
                let command = edits(story, vec![Edit::ConflictDropped(text)]);
                self.give_or_notify(Order::new(command, then), now, out);
                out.push(Effect::Focus(Target::Title));
            }
            PastMsg::UndoPressed => self.undo_pressed(now, out),
            PastMsg::UndoClicked(mid) => self.undo_clicked(mid, now, out),
            PastMsg::DeletedRestored(story) => self.deleted_restored(story, now, out),
            PastMsg::CopyClicked(text) => out.push(Effect::Copy(text)),
        }
    }

    fn history_opened(&mut self, story: StoryId, now: Now, out: &mut Vec<Effect>) {
        self.story_opened(story, now, out);
        if self.drafts.open().is_none_or(|(open, _)| open != story) {
            // A deleted story has no form to show it in.
            return;
        }
        // Whoever opens the history has read the note, which stands in it as two steps.
        self.past.notes.remove(&story);
        self.past.open = Some(Opened {
            story,
            known: History::Asking,
            asked_of: Asked::default(),
        });
        self.ask_for_history(out);
        out.retain(|effect| *effect != Effect::Focus(Target::Title));
        out.extend([Effect::Render, Effect::Focus(Target::History)]);
    }

    fn ask_for_history(&mut self, out: &mut Vec<Effect>) {
        let Some(story) = self.past.open.as_ref().map(|opened| opened.story) else {
            return;
        };
        let asked_of = self.known_of(story);
        if let Some(opened) = &mut self.past.open {
            opened.asked_of = asked_of;
            out.push(Effect::FetchHistory(story));
        }
    }

    fn known_of(&self, story: StoryId) -> Asked {
        // An own command is no part of the history until the server has it.
        let concerns = |command: &Command| command.stories().contains(&story);
        let own = self.replica.pending().filter(|kept| concerns(&kept.command)).count();
        let seen = self.replica.view().and_then(|view| view.story(story)).cloned();
        Asked { seen, own }
    }

    /// The history that is open follows the story.
    pub(super) fn history_follows(&mut self, out: &mut Vec<Effect>) {
        let open = self.drafts.open().map(|(id, _)| id);
        let view = self.replica.view();
        let story = open.zip(view).and_then(|(id, view)| view.story(id));
        let asks = self.past.authors.asks(story.map(|story| &**story));
        let asked = asks.map(Effect::FetchHistory).filter(|ask| !out.contains(ask));
        out.extend(asked);
        let Some((story, asked_of)) = self.past.open.as_ref().map(|it| (it.story, it.asked_of.clone())) else {
            return;
        };
        if self.drafts.open().is_none_or(|(open, _)| open != story) {
            self.past.open = None;
        } else if self.known_of(story) != asked_of {
            self.ask_for_history(out);
        }
    }

    /// Someone else did something. A move leaves a story's fields as they are, yet it is a step in its history.
    pub(super) fn history_hears(&mut self, recorded: &Recorded) {
        if let Some(opened) = &mut self.past.open
            && recorded.change.stories().contains(&opened.story)
        {
            opened.asked_of = Asked::default();
        }
    }

    fn history_closed(&mut self, out: &mut Vec<Effect>) {
        self.past.open = None;
        out.extend([Effect::Render, Effect::Focus(Target::HistoryButton)]);
    }

    fn history_answered(&mut self, story: StoryId, answer: Result<Box<StoryHistory>, Failure>, out: &mut Vec<Effect>) {
        let known = match answer {
            Ok(history) => {
                let steps = steps(story, &history);
                if self.past.authors.told(story, &steps) {
                    out.push(Effect::Render);
                }
                self.steps_of(&steps)
            }
            Err(Failure::Unreachable) => History::Unavailable(
                "The history is kept by the server, which cannot be reached. Open it again once it can.".to_owned(),
            ),
            Err(Failure::NoProject) => {
                History::Unavailable("The server has no history of this story yet: the story is not there.".to_owned())
            }
            Err(failure) => History::Unavailable(failure.sentence()),
        };
        if let Some(opened) = self.past.open.as_mut().filter(|opened| opened.story == story) {
            // Steps that are shown stay, where a later question finds no answer.
            if !matches!((&opened.known, &known), (History::Steps(_), History::Unavailable(_))) {
                opened.known = known;
            }
            out.push(Effect::Render);
        }
    }

    fn steps_of(&self, steps: &[HistoryStep]) -> History {
        let titles = self.titles(&[]);
        History::Steps(Rc::new(
            steps.iter().rev().map(|step| lines::step(step, titles)).collect(),
        ))
    }

    /// Gives a command; a toast says what was done, and offers the way back.
    pub(super) fn tell_after(&mut self, command: Command, now: Now, out: &mut Vec<Effect>) {
        let then = Then::Told(self.phrase(&command).done_capital());
        self.give_or_notify(Order::new(command, then), now, out);
    }

    /// Someone set what one had set just before, without having seen it.
    pub(super) fn tell_overwritten(&mut self, overwritten: &Overwritten, out: &mut Vec<Effect>) {
        let by = overwritten.by.name.clone();
        let field = match overwritten.field {
            Field::Title => "title",
            Field::Type => "type",
            Field::Estimate => "estimate",
            Field::Description => "description",
            Field::Priority => "priority",
            Field::Requester => "requester",
            Field::Deadline => "deadline",
            Field::Existence => return self.tell_deleted_unseen(overwritten.story, &by, out),
        };
        let words = format!(
            "{} changed the {field} of {} too, without having seen yours.",
            by.as_str(),
            self.titles(&[]).of(overwritten.story)
        );
        let note = self
            .past
            .notes
            .entry(overwritten.story)
            .or_insert((by.clone(), BTreeSet::new()));
        note.0 = by;
        note.1.insert(field);
        out.extend([Effect::Announce(words), Effect::Render]);
    }
}

fn edits(id: StoryId, edits: Vec<Edit>) -> Command {
    Command::EditStory { id, edits }
}
