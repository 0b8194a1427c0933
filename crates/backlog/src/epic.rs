//! What a project has beside its stories: epics, which are labels with a name of their own, and saved searches.

use crate::id::Bits128;
use crate::{Description, Label, Line, Millis, Query, Title};
use serde::{Deserialize, Serialize};

/// An epic. Made by the client that creates it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct EpicId(pub Bits128);

/// Stories that belong together: those that carry its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Epic {
    /// Its identity.
    pub id: EpicId,
    /// Its number, from the same row as the stories'.
    pub number: u32,
    /// Its number in the program that it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<u32>,
    /// What people say about it.
    #[serde(flatten)]
    pub words: EpicWords,
    /// When it was created.
    pub created_at: Millis,
}

/// What people say about an epic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EpicWords {
    /// What it is called.
    pub name: Title,
    /// The label of its stories. No two epics of a project have the same one.
    pub label: Label,
    /// More words, in Markdown.
    #[serde(default)]
    pub description: Description,
}

/// Names a saved search. 128 random bits of the client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SearchId(pub Bits128);

/// A search that everyone can run by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SavedSearch {
    /// Its identity.
    pub id: SearchId,
    /// What it is called.
    pub name: Line,
    /// What it looks for.
    pub query: Query,
}
