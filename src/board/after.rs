//! What follows a command once the device holds it: forms close, the focus goes on, what was done is said.

use super::Board;
use super::column::Column;
use super::drafts::Closed;
use super::msg::{Aside, Effect, Now};
use super::parts::moved_part;
use super::phrases;
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
    /// Stories were moved.
    Moved(Landing),
    /// What was done to several stories is said, in these words, and can be taken back.
    Several {
        /// The words.
        words: String,
        /// The story that takes the focus, where the one that had it is gone.
        focus: Option<StoryId>,
    },
    /// What was done is said, in these words, and can be taken back.
    Told(String),
    /// A text that was begun beside a form went, which is said in these words.
    Sent {
        /// The story.
        story: StoryId,
        /// Where it was begun.
        aside: Aside,
        /// The words.
        words: String,
    },
    /// What was taken back is said, in these words; the story gets the focus.
    Undone {
        /// The words.
        words: String,
        /// The story.
        story: Option<StoryId>,
    },
}

/// Stories that were moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// The stories.
    pub stories: Vec<StoryId>,
    /// The column that they come from; none where nothing is said of it.
    pub from: Option<Column>,
    /// What is said of those that stay.
    pub rest: Option<String>,
    /// The story that takes the focus.
    pub focus: Option<StoryId>,
}

/// What follows once the page is laid out with the command.
pub(super) enum Next {
    Nothing,
    Focus(StoryId),
    GoOnIn(StoryId),
    TellWhere(StoryId, Column),
    TellDeleted { title: String, neighbour: Option<StoryId> },
    TellMoved(Landing),
    TellSeveral { words: String, focus: Option<StoryId> },
    Tell(String),
    TellSent { words: String, aside: Aside },
    TellUnsent(StoryId),
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
                    (Closed::LeftBeside, _) => Next::TellUnsent(story),
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
            Then::Moved(landing) => Next::TellMoved(landing),
            Then::Several { words, focus } => Next::TellSeveral { words, focus },
            Then::Told(words) => Next::Tell(words),
            Then::Sent { story, aside, words } => {
                self.aside_kept(story, aside);
                Next::TellSent { words, aside }
            }
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
            Next::TellMoved(landing) => self.tell_moved(landing, undo, out),
            Next::TellSeveral { words, focus } => {
                self.tell_toast(words, undo, out);
                if let Some(story) = focus {
                    self.focus_on(story, out);
                }
            }
            Next::TellSent { words, aside } => {
                self.tell_toast(words, undo, out);
                out.extend(moved_part(aside).map(Effect::Focus));
            }
            Next::TellUnsent(story) => self.tell_unsent(story, out),
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

    fn tell_moved(&mut self, landing: Landing, undo: Option<ToastWay>, out: &mut Vec<Effect>) {
        let words = self.moved(&landing);
        let landed = landing.stories.first().and_then(|id| self.find(*id));
        let rest = landing
            .rest
            .clone()
            .map_or_else(String::new, |rest| format!(" {}", phrases::capital(&rest)));
        out.extend(landed.map(|(column, _)| Effect::Announce(format!("Moved to {}.{rest}", column.title()))));
        self.show_toast(words, undo);
        if let Some(story) = landing.focus {
            self.focus_on(story, out);
        }
        out.push(Effect::Render);
    }

    // Where stories land is the plan's affair and not always the column that they were dropped in.
    fn moved(&self, landing: &Landing) -> String {
        let which = self.titles(&[]).of_all(&landing.stories);
        let mut columns = landing
            .stories
            .iter()
            .map(|id| self.find(*id).map(|(column, _)| column));
        let first = columns.next().flatten();
        let together = columns.all(|column| column == first);
        let words = match first.filter(|column| together && landing.from != Some(*column)) {
            Some(column) => format!("Moved {which} to {}", column.title()),
            None => format!("Moved {which}"),
        };
        match &landing.rest {
            Some(rest) => format!("{words}. {rest}"),
            None => words,
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
