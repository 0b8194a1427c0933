//! The sheet of epics, as it is seen.

use backlog::{Day, EpicId};

/// The project's epics.
#[derive(Clone, Debug, PartialEq)]
pub struct EpicsScene {
    /// In order.
    pub epics: Vec<EpicLine>,
    /// The form of one to be, while it is open.
    pub adding: Option<EpicForm>,
    /// Whether one to be was begun and waits to be gone on with.
    pub begun: bool,
    /// Whether they can be changed.
    pub edits: bool,
}

/// An epic.
#[derive(Clone, Debug, PartialEq)]
pub struct EpicLine {
    /// Its identity.
    pub id: EpicId,
    /// Its number.
    pub number: u32,
    /// What it is called.
    pub name: String,
    /// The label of its stories.
    pub label: String,
    /// More words.
    pub description: String,
    /// How far its stories are.
    pub progress: Progress,
    /// The last day of the last iteration that holds one of its stories.
    pub end: Option<Day>,
    /// Its form, while it is open.
    pub form: Option<EpicForm>,
    /// Whether something typed into it is not saved.
    pub unsaved: bool,
}

/// How far stories are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many there are.
    pub stories: usize,
    /// How many of them are accepted.
    pub accepted_stories: usize,
    /// Points of those that are accepted.
    pub accepted: u32,
    /// Points of those in progress.
    pub going: u32,
    /// Points of those that are not begun.
    pub left: u32,
    /// How many have no points.
    pub without: usize,
}

impl Progress {
    /// All points.
    pub fn points(self) -> u32 {
        self.accepted + self.going + self.left
    }
}

/// The form of an epic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpicForm {
    /// The name as typed.
    pub name: String,
    /// The label as typed, or as it follows from the name.
    pub label: String,
    /// The description as typed.
    pub description: String,
    /// Why it cannot be saved.
    pub problem: Option<String>,
    /// What another member made of the epic meanwhile.
    pub note: Option<String>,
}
