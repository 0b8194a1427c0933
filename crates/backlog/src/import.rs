//! Imports: what another program kept, as this one keeps it. Taken over whole or not at all.

use crate::id::Bits128;
use crate::{ActorId, Epic, EpicId, Millis, Name, PointScale, Story};
use serde::{Deserialize, Serialize};

/// Names an import. 128 random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ImportId(pub Bits128);

/// What is taken over. In a command the numbers of stories and epics are not looked at: the project gives each the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// Its identity.
    pub id: ImportId,
    /// People who are named in it and are no members. Each has an id of its own making.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// The scale that the project estimates in from now on; the one that it has where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<PointScale>,
    /// Epics, in order; they stand below those that are there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub epics: Vec<Epic>,
    /// Stories, in order; in each panel they stand below those that are there, as far as the order of the backlog allows.
    pub stories: Vec<Story>,
}

/// Someone who is named in a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Who.
    pub id: ActorId,
    /// What they are called.
    pub name: Name,
}

/// An import that was made, as the project remembers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Imported {
    /// Its identity.
    pub id: ImportId,
    /// Who made it.
    pub by: ActorId,
    /// When.
    pub at: Millis,
    /// How many stories it brought.
    pub stories: u32,
    /// The epics that it brought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub epics: Vec<EpicId>,
}

impl Import {
    /// The most stories of one import.
    pub const MAX_STORIES: usize = 100_000;
    /// The most epics of one import.
    pub const MAX_EPICS: usize = 1_000;
    /// The most people of one import.
    pub const MAX_PEOPLE: usize = 2_000;
}
