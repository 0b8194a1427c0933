//! What one is told of a file before it is imported, and what one asks for and gets when it is.
//!
//! An import is asked for as `multipart/form-data` with two parts: `import`, which holds an [`ImportRequest`] in JSON, and `file`.

use crate::api::Fate;
use crate::{ActorId, Day, ImportId, Mid, Name, PointScale, State, StoryType};
use serde::{Deserialize, Serialize};

/// The largest file that is imported, in bytes.
pub const MAX_FILE: usize = 32 * 1024 * 1024;
/// The most notes of a kind that are told; how many there are is always told.
pub const MAX_NOTES: usize = 1_000;

/// What an import of a file would bring, or has brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// How many rows stand under the header.
    pub rows: u32,
    /// The stories that it brings, by type and state.
    pub stories: Vec<Tally>,
    /// How many epics it brings.
    pub epics: u32,
    /// The accepted stories that it brings; none where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
    /// The velocity of the project before and after.
    pub velocity: Velocities,
    /// The people whom the file names, by name.
    pub people: Vec<Found>,
    /// What is to be said of the estimates, where the project's scale does not hold them all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Rescaling>,
    /// Rows that are left out since they cannot be read.
    pub left_out: Notes,
    /// Rows that are left out since their story is here already.
    pub here: Notes,
    /// What cannot be kept of rows that are not left out.
    pub losses: Notes,
}

impl Report {
    /// How many stories it brings.
    pub fn story_count(&self) -> u32 {
        self.stories.iter().map(|tally| tally.count).sum()
    }
}

/// How many stories there are of one type in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tally {
    /// The type.
    #[serde(rename = "type")]
    pub story_type: StoryType,
    /// The state.
    pub state: State,
    /// How many.
    pub count: u32,
}

/// Accepted stories, from which velocity comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// The day of the first acceptance.
    pub first: Day,
    /// The day of the last one.
    pub last: Day,
    /// The points of all of them.
    pub points: u32,
}

/// Points per iteration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Velocities {
    /// As it is.
    pub before: u32,
    /// As it is with what the file brings.
    pub after: u32,
}

/// Someone whom the file names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Found {
    /// The name.
    pub name: Name,
    /// How many stories name them.
    pub stories: u32,
    /// Someone in the project who goes by that name, whatever its capitals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<ActorId>,
}

/// Estimates that the project's scale does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rescaling {
    /// The points that it does not hold, rising.
    pub points: Vec<u16>,
    /// How many stories have them.
    pub stories: u32,
    /// A scale that holds them, and all that the project has; none where no scale has so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<PointScale>,
}

/// What is told of single lines of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Notes {
    /// How many notes there are.
    pub count: u32,
    /// The first of them, by line; at most [`MAX_NOTES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<Note>,
}

/// Something about a line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// The line on which the row begins, from 1.
    pub line: u32,
    /// A sentence.
    pub says: String,
}

/// An import to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// Its identity: 128 random bits of the client's.
    pub id: ImportId,
    /// The client's own id for the command. Asked for twice under one id, it is made once.
    pub mid: Mid,
    /// The revision that the client saw.
    pub base: u64,
    /// Whose request this is, as in [`crate::api::SyncRequest`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ActorId>,
    /// Who is meant by a name. Names that are left out are kept as they are, as people without an account.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Meant>,
    /// What becomes of estimates that the project's scale does not hold.
    #[serde(default)]
    pub estimates: Estimates,
}

/// Who is meant by a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meant {
    /// The name, as the file has it.
    pub name: Name,
    /// The person.
    pub member: ActorId,
}

/// What becomes of estimates that the project's scale does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Estimates {
    /// They stay, and the project takes the scale that the report offers. Where there is none they become the nearest.
    #[default]
    Kept,
    /// They become the nearest that the scale holds.
    Nearest,
}

/// What became of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportAnswer {
    /// What became of the command.
    pub fate: Fate,
    /// What it brought; none where it was made before, since the file was not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}
