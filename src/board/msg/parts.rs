//! What happens to what a story carries besides the fields of its form. Each of these is saved at once, as a command of its own.

use backlog::{Edit, PartId, StoryId};
use serde::{Deserialize, Serialize};

/// What happened, in the past tense.
#[derive(Clone, Debug, PartialEq)]
pub enum PartsMsg {
    /// One gesture said what a story is to carry.
    Edited(StoryId, Edit),
    /// A place for a text was opened.
    Opened(StoryId, Aside),
    /// A text was typed there.
    Typed(StoryId, Aside, String),
    /// What was typed there was given up.
    Dropped(StoryId, Aside),
    /// What was typed there is to be saved.
    Sent(StoryId, Aside),
    /// A review of that kind was asked for.
    ReviewAsked(StoryId, &'static str),
    /// The second story was chosen as what keeps the first from going on.
    BlockerChosen(StoryId, StoryId),
    /// The description is to be read, or to be written in.
    DescriptionTurned(StoryId),
    /// A story was pointed at by its number.
    NumberFollowed(u32),
}

/// A place for a text beside the fields of the form: what is begun there is kept until it is sent or given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    /// A comment to be.
    Comment,
    /// A comment that is being said differently.
    Reworded(PartId),
    /// A task to be.
    Task,
    /// A task that is being said differently.
    TaskReworded(PartId),
    /// A blocker to be, in words or as a story's number.
    Blocker,
    /// The kind of a review to be.
    Review,
    /// What a link to be leads to: a pull request, a branch, an attachment.
    LinkKind,
    /// The address of a link to be.
    Link,
    /// The name of a link to be.
    LinkName,
    /// Why the story is sent back.
    Reason,
    /// The deadline, as a date.
    Deadline,
}

impl Aside {
    /// Its name in the page's markup.
    pub fn key(self) -> String {
        match self {
            Aside::Comment => "comment".to_owned(),
            Aside::Reworded(PartId(id)) => format!("comment-{id}"),
            Aside::Task => "task".to_owned(),
            Aside::TaskReworded(PartId(id)) => format!("task-{id}"),
            Aside::Blocker => "blocker".to_owned(),
            Aside::Review => "review".to_owned(),
            Aside::LinkKind => "link-kind".to_owned(),
            Aside::Link => "link".to_owned(),
            Aside::LinkName => "link-name".to_owned(),
            Aside::Reason => "reason".to_owned(),
            Aside::Deadline => "deadline".to_owned(),
        }
    }
}
