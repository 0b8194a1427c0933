//! Commands: what a member asks of a project. Unknown fields are refused, so that a slip is an error and not a silence.

use crate::{
    ActorId, Blocker, Day, Description, EpicId, EpicWords, Estimate, Import, ImportId, Label, Line, Link, Mid, Name,
    PartId, Priority, Query, Review, Role, SearchId, SettingEdit, State, StoryId, StoryType, Task, Title, Transition,
    Words,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a member asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Change fields of several stories, as one step.
    EditStories {
        /// The stories, each once, and the fields of each.
        stories: Vec<StoryEdits>,
    },
    /// Move a story on in its life.
    TransitionStory {
        /// The story.
        id: StoryId,
        /// The step.
        transition: Transition,
        /// What is said about it, and kept as a comment: why it was sent back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<Remark>,
    },
    /// Move several stories on in their lives, as one step. Those from whose state the transition is not open stay as they are.
    TransitionStories {
        /// The stories.
        stories: Vec<StoryId>,
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
        /// Whether they stand in the current iteration from now on, where the project plans by hand. Left as it is where nothing
        /// is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        current: Option<bool>,
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
    /// Change how the project plans.
    EditSettings {
        /// What, each setting for itself.
        edits: Vec<SettingEdit>,
    },
    /// Add an epic, below the others, or say something else about one that is there.
    PutEpic {
        /// Its identity.
        id: EpicId,
        /// What is said about it.
        words: EpicWords,
    },
    /// Put an epic after another one.
    MoveEpic {
        /// The epic.
        id: EpicId,
        /// The epic that it follows; none for the top.
        after: Option<EpicId>,
    },
    /// Let an epic go. Its stories keep their label.
    RemoveEpic {
        /// The epic.
        id: EpicId,
    },
    /// Save a search for everyone, or change one that is there.
    SaveSearch {
        /// Its identity.
        id: SearchId,
        /// What it is called.
        name: Line,
        /// What it looks for.
        query: Query,
    },
    /// Let a saved search go.
    RemoveSearch {
        /// The search.
        id: SearchId,
    },
    /// Take stories over from another program, all or none.
    ImportStories(Box<Import>),
    /// Delete what an import brought.
    DeleteImport {
        /// The import.
        id: ImportId,
    },
    /// Bring back what an import brought.
    RestoreImport {
        /// The import.
        id: ImportId,
    },
    /// Be in the project from now on, or once more. Whoever joins is whoever gives it. The server alone gives it.
    Join {
        /// As what.
        role: Role,
    },
    /// Be in the project no longer, or have someone else be so. The server alone gives it.
    Leave {
        /// Who leaves.
        id: ActorId,
    },
}

impl Command {
    /// The most stories in one command.
    pub const MAX_STORIES: usize = 1_000;
    /// The most edits in one command.
    pub const MAX_EDITS: usize = 100;

    /// The stories that it names, in its order.
    pub fn stories(&self) -> Vec<StoryId> {
        match self {
            Command::CreateStory(new) => vec![new.id],
            Command::EditStory { id, .. } | Command::TransitionStory { id, .. } => vec![*id],
            Command::EditStories { stories } => stories.iter().map(|story| story.id).collect(),
            Command::TransitionStories { stories, .. }
            | Command::MoveStories { stories, .. }
            | Command::DeleteStories { stories }
            | Command::RestoreStories { stories } => stories.clone(),
            Command::ReturnStories { stories } => stories.iter().map(|story| story.id).collect(),
            Command::ImportStories(import) => import.stories.iter().map(|story| story.id).collect(),
            Command::RenameProject { .. }
            | Command::EditSettings { .. }
            | Command::PutEpic { .. }
            | Command::MoveEpic { .. }
            | Command::RemoveEpic { .. }
            | Command::SaveSearch { .. }
            | Command::RemoveSearch { .. }
            | Command::DeleteImport { .. }
            | Command::RestoreImport { .. }
            | Command::Join { .. }
            | Command::Leave { .. } => Vec::new(),
        }
    }
}

/// A command on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Whether it was put into the current iteration by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub current: bool,
}

/// Fields of one story among several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StoryEdits {
    /// The story.
    pub id: StoryId,
    /// The fields.
    pub edits: Vec<Edit>,
}

/// A comment to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Its identity: 128 random bits of the client's.
    pub id: PartId,
    /// In Markdown.
    pub text: Words,
}

/// One field set, or one label or kept text more or less. Labels commute, which is why they are never set as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// How urgent it is said to be.
    Priority(Option<Priority>),
    /// Who asked for it.
    Requester(Option<ActorId>),
    /// The last day on which it may be completed.
    Deadline(Option<Day>),
    /// Whether it stands in the current iteration, where the project plans by hand.
    Current(bool),
    /// An owner more.
    OwnerAdded(ActorId),
    /// An owner less.
    OwnerRemoved(ActorId),
    /// A follower more.
    FollowerAdded(ActorId),
    /// A follower less.
    FollowerRemoved(ActorId),
    /// A task more.
    TaskAdded {
        /// The task.
        task: Task,
        /// The task that it follows. Where there is no such task it comes last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<PartId>,
    },
    /// A task says something else.
    TaskReworded {
        /// The task.
        id: PartId,
        /// What it says.
        text: Line,
    },
    /// A task is done, or is not.
    TaskTicked {
        /// The task.
        id: PartId,
        /// Whether it is done.
        done: bool,
    },
    /// A task stands elsewhere in the checklist.
    TaskMoved {
        /// The task.
        id: PartId,
        /// The task that it follows; none for the top.
        after: Option<PartId>,
    },
    /// A task less.
    TaskRemoved(PartId),
    /// Something was said. By whom and when is that of the change.
    CommentAdded(Remark),
    /// Something was said differently.
    CommentReworded(Remark),
    /// Something was taken back.
    CommentRemoved(PartId),
    /// Something that was taken back stands again.
    CommentRestored(PartId),
    /// A blocker more, or one that is there as it is now.
    BlockerPut(Blocker),
    /// A blocker less.
    BlockerRemoved(PartId),
    /// A review more, or one that is there as it is now.
    ReviewPut(Review),
    /// A review less.
    ReviewRemoved(PartId),
    /// A link more, or one that is there as it is now.
    LinkPut(Link),
    /// A link less.
    LinkRemoved(PartId),
}

/// Where stories stand in order. What the page shows as "Current" is the upper part of the backlog, cut off by the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Panel {
    /// One strict order of priority.
    Backlog,
    /// Ideas.
    Icebox,
}
