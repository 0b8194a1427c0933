//! Changes: what a project accepted. A change says its outcome, so that carrying it out needs no rule and cannot fail
//! for a reason that the command could have failed for.

use crate::{ActorId, Edit, Hash, Mid, Millis, Name, Panel, State, Story, StoryId, Version};
use serde::{Deserialize, Serialize};

/// What happened to a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A story came into being.
    StoryCreated {
        /// The story as it is now.
        story: Box<Story>,
        /// The story that it follows; none for the top of its panel.
        after: Option<StoryId>,
    },
    /// Fields of a story were set. An empty list means that everything was so already.
    StoryEdited {
        /// The story.
        id: StoryId,
        /// The fields.
        edits: Vec<Edit>,
    },
    /// A story moved on in its life.
    StoryTransitioned {
        /// The story.
        id: StoryId,
        /// Its state now.
        state: State,
    },
    /// Stories were put, as one block, after another one.
    StoryMoved {
        /// The stories.
        stories: Vec<StoryId>,
        /// Where they are now.
        panel: Panel,
        /// The story that they follow; none for the top.
        after: Option<StoryId>,
    },
    /// Stories were deleted.
    StoryDeleted {
        /// The stories.
        stories: Vec<StoryId>,
    },
    /// Deleted stories came back to where they stood.
    StoryRestored {
        /// The stories.
        stories: Vec<StoryId>,
    },
    /// Stories were put back, one after the other, to a state and a place where they were.
    StoryReturned {
        /// The stories.
        stories: Vec<Returned>,
    },
    /// The project has another name.
    ProjectRenamed {
        /// The name.
        name: Name,
    },
}

impl Change {
    /// The names of all realtime events that carry changes.
    pub const EVENT_NAMES: [&str; 8] = [
        "story-created",
        "story-edited",
        "story-transitioned",
        "story-moved",
        "story-deleted",
        "story-restored",
        "story-returned",
        "project-renamed",
    ];

    /// The name of the realtime event that carries a change of this kind.
    pub fn event_name(&self) -> &'static str {
        match self {
            Change::StoryCreated { .. } => "story-created",
            Change::StoryEdited { .. } => "story-edited",
            Change::StoryTransitioned { .. } => "story-transitioned",
            Change::StoryMoved { .. } => "story-moved",
            Change::StoryDeleted { .. } => "story-deleted",
            Change::StoryRestored { .. } => "story-restored",
            Change::StoryReturned { .. } => "story-returned",
            Change::ProjectRenamed { .. } => "project-renamed",
        }
    }

    /// Whether order and plan are the same after it as before: it changed no more than words.
    pub fn keeps_plan(&self) -> bool {
        match self {
            Change::StoryEdited { edits, .. } => edits.iter().all(|edit| match edit {
                Edit::Title(_)
                | Edit::Description(_)
                | Edit::DescriptionRevised { .. }
                | Edit::ConflictKept(_)
                | Edit::ConflictDropped(_)
                | Edit::LabelAdded(_)
                | Edit::LabelRemoved(_) => true,
                Edit::Type(_) | Edit::Estimate(_) => false,
            }),
            Change::ProjectRenamed { .. } => true,
            Change::StoryCreated { .. }
            | Change::StoryTransitioned { .. }
            | Change::StoryMoved { .. }
            | Change::StoryDeleted { .. }
            | Change::StoryRestored { .. }
            | Change::StoryReturned { .. } => false,
        }
    }

    /// The stories that it touches.
    pub fn stories(&self) -> Vec<StoryId> {
        match self {
            Change::StoryCreated { story, .. } => vec![story.id],
            Change::StoryEdited { id, .. } | Change::StoryTransitioned { id, .. } => vec![*id],
            Change::StoryMoved { stories, .. }
            | Change::StoryDeleted { stories }
            | Change::StoryRestored { stories } => stories.clone(),
            Change::StoryReturned { stories } => stories.iter().map(|returned| returned.id).collect(),
            Change::ProjectRenamed { .. } => Vec::new(),
        }
    }
}

/// A story that was put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The story.
    pub id: StoryId,
    /// Its state now; the state says the panel.
    pub state: State,
    /// The story that it follows; none for the top.
    pub after: Option<StoryId>,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub id: ActorId,
    /// The person's name at that time.
    pub name: Name,
}

/// A change with its place in the project's history. Also the data of the realtime event that tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The revision that it led to, from 1.
    pub rev: u64,
    /// The hash of the revision before.
    pub prev: Hash,
    /// The hash of this revision.
    pub hash: Hash,
    /// The mutation id of the command that asked for it.
    pub mid: Mid,
    /// The revision that whoever asked saw when the command was given; always below `rev`. What happened in between they did
    /// not know. Advice for people, so that it is no part of the hash; 0 where it was not written down.
    #[serde(default)]
    pub base: u64,
    /// Who asked.
    pub actor: Actor,
    /// When the server accepted it.
    pub at: Millis,
    /// What happened.
    pub change: Change,
}

impl Recorded {
    /// The version that it led to.
    pub fn version(&self) -> Version {
        Version {
            rev: self.rev,
            hash: self.hash,
        }
    }
}
