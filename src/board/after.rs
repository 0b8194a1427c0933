//! What follows a command once the device holds it: forms close, the focus goes on, what was done is said.

use super::Board;
use super::column::Column;
use super::drafts::Closed;
use super::msg::{Effect, Now};
use super::scene::ToastWay;
use backlog::{Command, Mid, StoryId};

/// A command as the board gives it.
#[derive(Clone, Debug)]
pub struct Order {
    /// The command.
    pub command: Command,
    /// The own command that it takes back.
    pub undoes: Option<Mid>,
    /// The command needing attention that it takes the place of.
    pub replaces: Option<Mid>,
    /// What follows.
    pub then: Then,
}

impl Order {
    /// A command that stands for itself.
    pub fn new(command: Command, then: Then) -> Order {
        Order {
            command,
            undoes: None,
            replaces: None,
            then,
        }
    }
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nothing but that it shows.
    Nothing,
    /// The form of a story closes.
    Saved {
        /// The story.
        story: StoryId,
        /// Where it was written, if it is a new one.
        written_in: Option<Column>,
    },
    /// An open story is gone.
    Deleted {
        /// The story.
        story: StoryId,
        /// What it was called.
        title: String,
        /// The story that takes the focus.
        neighbour: Option<StoryId>,
    },
    /// A deleted story is there again; what was typed into it goes back into its form.
    CameBack(StoryId),
    /// A story was moved from a column.
    Moved(StoryId, Option<Column>),
    /// What was done is said, in these words, and can be taken back.
    Told(String),
    /// What was taken back is said, in these words; the story gets the focus.
    Undone {
        /// The words.
        words: String,
        /// The story.
        story: Option<StoryId>,
    },
}

/// What follows once the page is laid out with the command.
pub(super) enum Next {
    Nothing,
    Focus(StoryId),
    GoOnIn(StoryId),
    TellWhere(StoryId, Column),
    TellDeleted { title: String, neighbour: Option<StoryId> },
    TellMoved(StoryId, Option<Column>),
    Tell(String),
    TellUndone { words: String, story: Option<StoryId> },
}

impl Board {
    /// Closes the forms that the command was given with, before the page is laid out.
    pub(super) fn close_for(&mut self, then: Then) -> Next {
        match then {
            Then::Nothing => Next::Nothing,
            Then::Saved { story, written_in } => {
                let seen = self.replica.view().and_then(|view| view.story(story)).cloned();
                match (self.drafts.saved(story, seen.as_ref()), written_in) {
                    (Closed::Elsewhere, _) => Next::Nothing,
                    (Closed::Open, None) => Next::Focus(story),
                    (Closed::Open, Some(column)) => Next::TellWhere(story, column),
                }
            }
            Then::Deleted {
                story,
                title,
                neighbour,
            } => {
                self.drafts.forget(story);
                Next::TellDeleted { title, neighbour }
            }
            Then::CameBack(story) => {
                self.drafts.bring_back(story);
                Next::GoOnIn(story)
            }
            Then::Moved(story, from) => Next::TellMoved(story, from),
            Then::Told(words) => Next::Tell(words),
            Then::Undone { words, story } => Next::TellUndone { words, story },
        }
    }

    /// Goes on, after the page was laid out.
    pub(super) fn go_on(&mut self, (mid, next): (Mid, Next), now: Now, out: &mut Vec<Effect>) {
        // A command that was given since is the one to take back first.
        let undo = self.device.waiting.is_empty().then_some(ToastWay::Undo(mid));
        match next {
            Next::Nothing => {}
            Next::Focus(story) => self.focus_on(story, out),
            Next::GoOnIn(story) => self.came_back(story, now, out),
            Next::TellWhere(story, written_in) => {
                self.focus_on(story, out);
                self.tell_where(story, written_in, out);
            }
            Next::TellDeleted { title, neighbour } => {
                out.push(Effect::Announce(format!(
                    "{title}: deleted. Undo is at the end of the page."
                )));
                self.show_toast(format!("Deleted “{title}”"), undo);
                if let Some(id) = neighbour {
                    self.focus_on(id, out);
                }
            }
            Next::TellMoved(story, from) => {
                let words = self.moved(story, from);
                self.show_toast(words, undo);
                let landed = self.find(story).map(|(column, _)| column);
                out.extend(landed.map(|column| Effect::Announce(format!("Moved to {}.", column.title()))));
                self.focus_on(story, out);
            }
            Next::Tell(words) => self.tell_toast(words, undo, out),
            Next::TellUndone { words, story } => {
                self.tell_toast(words, None, out);
                // Where one writes, the focus stays.
                if let Some(story) = story.filter(|_| self.drafts.open().is_none()) {
                    self.focus_on(story, out);
                }
            }
        }
    }

    // Where a story lands is the plan's affair and not always the column that it was dropped in.
    fn moved(&self, story: StoryId, from: Option<Column>) -> String {
        let title = self.titles(&[]).of(story);
        match self.find(story) {
            Some((column, _)) if from != Some(column) => format!("Moved {title} to {}", column.title()),
            Some(_) | None => format!("Moved {title}"),
        }
    }

    // Where a new story lands is the plan's affair and not always the column that it was written in.
    fn tell_where(&mut self, id: StoryId, written_in: Column, out: &mut Vec<Effect>) {
        let Some((column, _)) = self.find(id) else { return };
        self.shown = column;
        out.push(Effect::Announce(format!("Added to {}.", column.title())));
        match (written_in, column) {
            (Column::Backlog, Column::Current) => {
                self.show_toast("Added to Current: it still fits into this iteration".to_owned(), None);
            }
            (Column::Current, Column::Backlog) => {
                self.show_toast("Added to Backlog: Current is full".to_owned(), None);
            }
            (Column::Done | Column::Current | Column::Backlog | Column::Icebox, _) => {}
        }
    }
}
