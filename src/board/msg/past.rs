//! What happens to the history of a story, and to what others did to one's own text.

use super::Failure;
use backlog::api::StoryHistory;
use backlog::{Description, Edit, Mid, StoryId};

/// What happened, in the past tense.
#[derive(Clone, Debug)]
pub enum PastMsg {
    /// The history of a story was asked for; the story is opened where it is closed.
    HistoryOpened(StoryId),
    /// The history was closed.
    HistoryClosed,
    /// The server told the history of a story, or did not.
    HistoryAnswered(StoryId, Result<Box<StoryHistory>, Failure>),
    /// A value of the history is to be set once more.
    ValueRestored(StoryId, Edit),
    /// The note that someone overwrote one's own text was put away.
    NoteDismissed(StoryId),
    /// A kept text is to be the description.
    ConflictUsed(StoryId, Description),
    /// A kept text is needed no more.
    ConflictDropped(StoryId, Description),
    /// The last own command is to be taken back.
    UndoPressed,
    /// An own command is to be taken back.
    UndoClicked(Mid),
    /// The deleted story that a notice tells of is to come back.
    DeletedRestored(StoryId),
    /// A text is wanted on the clipboard.
    CopyClicked(String),
}
