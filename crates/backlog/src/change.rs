//! Changes: what a project accepted. A change says its outcome, so that carrying it out needs no rule and cannot fail
//! for a reason that the command could have failed for.

use crate::{
    ActorId, Edit, Epic, EpicId, Hash, Import, ImportId, Mid, Millis, Name, Panel, Role, SavedSearch, SearchId,
    SettingEdit, State, Story, StoryEdits, StoryId, Version,
};
use serde::{Deserialize, Serialize};

/// What happened to a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Fields of several stories were set.
    StoriesEdited {
        /// The stories and the fields of each.
        stories: Vec<StoryEdits>,
    },
    /// A story moved on in its life.
    StoryTransitioned {
        /// The story.
        id: StoryId,
        /// Its state now.
        state: State,
        /// What follows from it: an owner more, a comment.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        edits: Vec<Edit>,
    },
    /// Several stories moved on in their lives.
    StoriesTransitioned {
        /// The stories.
        stories: Vec<Transitioned>,
    },
    /// Stories were put, as one block, after another one.
    StoryMoved {
        /// The stories.
        stories: Vec<StoryId>,
        /// Where they are now.
        panel: Panel,
        /// The story that they follow; none for the top.
        after: Option<StoryId>,
        /// Whether they stand in the current iteration now, where the project plans by hand; as before where nothing is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        current: Option<bool>,
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
    /// The project plans differently.
    SettingsEdited {
        /// The settings.
        edits: Vec<SettingEdit>,
    },
    /// An epic is there, or says something else.
    EpicPut {
        /// The epic as it is now. A new one stands below the others.
        epic: Box<Epic>,
    },
    /// An epic was put after another one.
    EpicMoved {
        /// The epic.
        id: EpicId,
        /// The epic that it follows; none for the top.
        after: Option<EpicId>,
    },
    /// An epic went.
    EpicRemoved {
        /// The epic.
        id: EpicId,
    },
    /// A search is saved for everyone.
    SearchSaved {
        /// The search as it is now.
        search: SavedSearch,
    },
    /// A saved search went.
    SearchRemoved {
        /// The search.
        id: SearchId,
    },
    /// Stories came from another program.
    StoriesImported(Box<Import>),
    /// What an import brought was deleted.
    ImportDeleted {
        /// The import.
        id: ImportId,
    },
    /// What an import brought is back.
    ImportRestored {
        /// The import.
        id: ImportId,
    },
    /// Someone is in the project, or is so again: whoever did it.
    PersonJoined {
        /// As what, at that time.
        role: Role,
    },
    /// Someone is in the project no longer: whoever did it, or someone whom they removed. Their name stays known.
    PersonLeft {
        /// Who.
        id: ActorId,
    },
}

impl Change {
    /// The names of all realtime events that carry changes.
    pub const EVENT_NAMES: [&str; 21] = [
        "story-created",
        "story-edited",
        "stories-edited",
        "story-transitioned",
        "stories-transitioned",
        "story-moved",
        "story-deleted",
        "story-restored",
        "story-returned",
        "project-renamed",
        "settings-edited",
        "epic-put",
        "epic-moved",
        "epic-removed",
        "search-saved",
        "search-removed",
        "stories-imported",
        "import-deleted",
        "import-restored",
        "person-joined",
        "person-left",
    ];

    /// The name of the realtime event that carries a change of this kind.
    pub fn event_name(&self) -> &'static str {
        match self {
            Change::StoryCreated { .. } => "story-created",
            Change::StoryEdited { .. } => "story-edited",
            Change::StoriesEdited { .. } => "stories-edited",
            Change::StoryTransitioned { .. } => "story-transitioned",
            Change::StoriesTransitioned { .. } => "stories-transitioned",
            Change::StoryMoved { .. } => "story-moved",
            Change::StoryDeleted { .. } => "story-deleted",
            Change::StoryRestored { .. } => "story-restored",
            Change::StoryReturned { .. } => "story-returned",
            Change::ProjectRenamed { .. } => "project-renamed",
            Change::SettingsEdited { .. } => "settings-edited",
            Change::EpicPut { .. } => "epic-put",
            Change::EpicMoved { .. } => "epic-moved",
            Change::EpicRemoved { .. } => "epic-removed",
            Change::SearchSaved { .. } => "search-saved",
            Change::SearchRemoved { .. } => "search-removed",
            Change::StoriesImported(_) => "stories-imported",
            Change::ImportDeleted { .. } => "import-deleted",
            Change::ImportRestored { .. } => "import-restored",
            Change::PersonJoined { .. } => "person-joined",
            Change::PersonLeft { .. } => "person-left",
        }
    }

    /// Whether order and plan are the same after it as before: it changed no more than words.
    pub fn keeps_plan(&self) -> bool {
        match self {
            Change::StoryEdited { edits, .. } => edits.iter().all(Edit::keeps_plan),
            Change::StoriesEdited { stories } => stories.iter().all(|story| story.edits.iter().all(Edit::keeps_plan)),
            Change::ProjectRenamed { .. }
            | Change::EpicPut { .. }
            | Change::EpicMoved { .. }
            | Change::EpicRemoved { .. }
            | Change::SearchSaved { .. }
            | Change::SearchRemoved { .. }
            | Change::PersonJoined { .. }
            | Change::PersonLeft { .. } => true,
            Change::StoryCreated { .. }
            | Change::StoryTransitioned { .. }
            | Change::StoriesTransitioned { .. }
            | Change::StoryMoved { .. }
            | Change::StoryDeleted { .. }
            | Change::StoryRestored { .. }
            | Change::StoryReturned { .. }
            | Change::SettingsEdited { .. }
            | Change::StoriesImported(_)
            | Change::ImportDeleted { .. }
            | Change::ImportRestored { .. } => false,
        }
    }

    /// The stories that it names. What an import brought and what goes with one is not listed; nor is a story whose estimate
    /// follows another scale.
    pub fn stories(&self) -> Vec<StoryId> {
        match self {
            Change::StoryCreated { story, .. } => vec![story.id],
            Change::StoryEdited { id, .. } | Change::StoryTransitioned { id, .. } => vec![*id],
            Change::StoriesEdited { stories } => stories.iter().map(|edited| edited.id).collect(),
            Change::StoriesTransitioned { stories } => stories.iter().map(|stepped| stepped.id).collect(),
            Change::StoryMoved { stories, .. }
            | Change::StoryDeleted { stories }
            | Change::StoryRestored { stories } => stories.clone(),
            Change::StoryReturned { stories } => stories.iter().map(|returned| returned.id).collect(),
            Change::StoriesImported(import) => import.stories.iter().map(|story| story.id).collect(),
            Change::ProjectRenamed { .. }
            | Change::SettingsEdited { .. }
            | Change::EpicPut { .. }
            | Change::EpicMoved { .. }
            | Change::EpicRemoved { .. }
            | Change::SearchSaved { .. }
            | Change::SearchRemoved { .. }
            | Change::ImportDeleted { .. }
            | Change::ImportRestored { .. }
            | Change::PersonJoined { .. }
            | Change::PersonLeft { .. } => Vec::new(),
        }
    }
}

impl Edit {
    /// Whether order and plan are the same after it as before.
    fn keeps_plan(&self) -> bool {
        // A deadline decides whether a release is late.
        !matches!(
            self,
            Edit::Type(_) | Edit::Estimate(_) | Edit::Current(_) | Edit::Deadline(_)
        )
    }
}

/// A story that moved on in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Transitioned {
    /// The story.
    pub id: StoryId,
    /// Its state now.
    pub state: State,
    /// What follows from it: an owner more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
}

/// A story that was put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Returned {
    /// The story.
    pub id: StoryId,
    /// Its state now; the state says the panel.
    pub state: State,
    /// The story that it follows; none for the top.
    pub after: Option<StoryId>,
    /// Whether it stands in the current iteration by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub current: bool,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Actor {
    /// The person.
    pub id: ActorId,
    /// The person's name at that time.
    pub name: Name,
}

/// Who does something, and when.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Who.
    pub by: &'a Actor,
    /// When.
    pub at: Millis,
}

/// A change with its place in the project's history. Also the data of the realtime event that tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Who asked for it, and when it was accepted.
    pub fn hand(&self) -> Hand<'_> {
        Hand {
            by: &self.actor,
            at: self.at,
        }
    }

    /// The version that it led to.
    pub fn version(&self) -> Version {
        Version {
            rev: self.rev,
            hash: self.hash,
        }
    }
}
