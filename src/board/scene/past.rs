//! What was, as values: the history of a story, and what others did to what one had written.

use backlog::{Description, Edit, Millis, Name};
use std::rc::Rc;

/// The history of an open story.
#[derive(Clone, Debug, PartialEq)]
pub enum History {
    /// It is being asked for.
    Asking,
    /// It is not to be had, and this sentence says why.
    Unavailable(String),
    /// All steps, newest first.
    Steps(Rc<Vec<Step>>),
}

/// What one person did at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The revision.
    pub rev: u64,
    /// Who.
    pub who: Name,
    /// When.
    pub at: Millis,
    /// What.
    pub lines: Vec<Line>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What, in words.
    pub what: String,
    /// What was there before, where a value was set.
    pub before: Option<String>,
    /// What was there after.
    pub after: Option<String>,
    /// What sets the value before once more.
    pub restore: Option<Edit>,
}

/// Someone set what one had set just before, without having seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overwritten {
    /// Who.
    pub by: Name,
    /// The fields, as people list them.
    pub fields: String,
}

/// A text that was kept where two people wrote in the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// The text.
    pub text: Description,
    /// Whose it is, once the history has told.
    pub by: Option<Name>,
    /// Whose the text is that came first, where the history tells.
    pub first: Option<Name>,
}
