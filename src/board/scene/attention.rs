//! The tray of what needs a person, as values.

use backlog::{Mid, Millis};
use std::rc::Rc;

/// The open tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tray {
    /// What needs a person, oldest first.
    pub entries: Rc<Vec<Entry>>,
}

/// An own command that was refused, or that the server lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The command.
    pub mid: Mid,
    /// What one wished for.
    pub wish: String,
    /// Why it is not so, in a sentence.
    pub why: String,
    /// What to do about it, in a sentence; empty where there is nothing to do.
    pub advice: &'static str,
    /// When the command was given.
    pub at: Millis,
    /// What was typed, whole: each field's name and its text.
    pub typed: Vec<(&'static str, String)>,
    /// How it is given once more.
    pub way: Way,
    /// What came of the last attempt.
    pub answer: Option<String>,
}

/// How a command is given once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As it is.
    TryAgain,
    /// After its story was brought back.
    RestoreAndApply,
    /// As it is, to a server that lost it.
    ApplyAgain,
    /// As a story of its own: the one that it is about is not there.
    AddAnew,
    /// Not at all: it is so already.
    Fulfilled,
    /// Not at all: nothing that a person can do would let it through.
    Closed,
}
