//! Commands: what a member asks of a project. Unknown fields are refused, so that a slip is an error and not a silence.

use crate::{Description, Estimate, Label, Mid, Name, State, StoryId, StoryType, Title, Transition};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a member asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Add a story.
    CreateStory(NewStory),
    /// Change fields of a story.
    EditStory {
        /// The story.
        id: StoryId,
        /// The fields, each for itself: of two people who set the same field the later one wins.
        edits: Vec<Edit>,
    },
    /// Move a story on in its life.
    TransitionStory {
        /// The story.
        id: StoryId,
        /// The step.
        transition: Transition,
    },
    /// Put stories, as one block in this order, after another one.
    MoveStories {
        /// The stories.
        stories: Vec<StoryId>,
        /// Where to.
        panel: Panel,
        /// The story that they follow; none for the top.
        after: Option<StoryId>,
    },
    /// Delete stories.
    DeleteStories {
        /// The stories.
        stories: Vec<StoryId>,
    },
    /// Bring deleted stories back to where they stood.
    RestoreStories {
        /// The stories.
        stories: Vec<StoryId>,
    },
    /// Put stories back, one after the other, to a state and a place where they were: what takes a transition or a move back.
    ReturnStories {
        /// The stories, from the top down, so that each finds the one that it follows in its place.
        stories: Vec<Return>,
    },
    /// Call the project something else.
    RenameProject {
        /// The new name.
        name: Name,
    },
}

impl Command {
    /// The most stories in one command.
    pub const MAX_STORIES: usize = 1_000;
    /// The most edits in one command.
    pub const MAX_EDITS: usize = 100;
}

/// A command on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The client's own id for it.
    pub mid: Mid,
    /// The revision that the client saw when it was given.
    pub base: u64,
    /// The command.
    pub command: Command,
}

/// A story to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewStory {
    /// Its identity: 128 random bits of the client's.
    pub id: StoryId,
    /// Its title.
    pub title: Title,
    /// Its type.
    #[serde(rename = "type")]
    pub story_type: StoryType,
    /// Where it goes.
    pub panel: Panel,
    /// The story that it follows; none for the top of the panel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<StoryId>,
    /// Its size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// More words.
    #[serde(default)]
    pub description: Description,
    /// Its labels.
    #[serde(default)]
    pub labels: BTreeSet<Label>,
}

/// A story to put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The story.
    pub id: StoryId,
    /// The state that it is expected in; in any other one somebody went on with it, and it stays.
    pub seen: State,
    /// The state to put it back to.
    pub state: State,
    /// The panel that holds stories in that state.
    pub panel: Panel,
    /// The story that it follows; none for the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<StoryId>,
}

/// One field set, or one label or kept text more or less. Labels commute, which is why they are never set as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// The title.
    Title(Title),
    /// The type.
    Type(StoryType),
    /// The size; none takes the estimate away.
    Estimate(Option<Estimate>),
    /// The description, whatever it is at the time.
    Description(Description),
    /// The description, as changed by someone who had that text in front of them. What others changed meanwhile is merged with
    /// it. Stands in commands only: the change says what came of it.
    DescriptionRevised {
        /// The text that was in front of them.
        from: Description,
        /// What they made of it.
        to: Description,
    },
    /// A description that overlaps with someone else's is kept beside it. Stands in changes only.
    ConflictKept(Description),
    /// A description that was kept beside is needed no more.
    ConflictDropped(Description),
    /// A label more.
    LabelAdded(Label),
    /// A label less.
    LabelRemoved(Label),
}

/// Where stories stand in order. What the page shows as "Current" is the upper part of the backlog, cut off by the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Panel {
    /// One strict order of priority.
    Backlog,
    /// Ideas.
    Icebox,
}
