//! What a story carries besides its fields: tasks, comments, blockers, reviews, links. Each part has an identity of its own, so
//! that people who add, change and take away different ones do not meet.

use crate::id::Bits128;
use crate::{ActorId, Line, Millis, StoryId, Web, Words};
use serde::{Deserialize, Serialize};

/// Names a part within its story. 128 random bits of the client's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PartId(pub Bits128);

/// A line of a story's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Its identity.
    pub id: PartId,
    /// What is to be done.
    pub text: Line,
    /// Whether it is done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

/// What someone said about a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comment {
    /// Its identity.
    pub id: PartId,
    /// Who said it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<ActorId>,
    /// When.
    pub at: Millis,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Millis>,
    /// In Markdown.
    pub text: Words,
    /// One that was taken back keeps its place and its text, so that it can come back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// What keeps a story from going on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Blocker {
    /// Its identity.
    pub id: PartId,
    /// What it is.
    pub what: Obstacle,
    /// Whether someone said that it is out of the way. A story that blocks is also out of the way once it is accepted or deleted;
    /// [`crate::Project::is_resolved`] knows.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resolved: bool,
}

/// What a blocker is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Obstacle {
    /// Something in words.
    Text(Line),
    /// Another story.
    Story(StoryId),
}

/// Someone's look at a story's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Its identity.
    pub id: PartId,
    /// What is looked at: code, design, security or whatever the team says.
    pub kind: Line,
    /// Who looks, once that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<ActorId>,
    /// How far it is.
    pub verdict: Verdict,
}

/// How far a review is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nobody has begun.
    #[default]
    Unstarted,
    /// Someone looks.
    InReview,
    /// Good as it is.
    Pass,
    /// To be worked on again.
    Revise,
}

impl Verdict {
    /// All verdicts, in the order in which they are offered.
    pub const ALL: [Verdict; 4] = [Verdict::Unstarted, Verdict::InReview, Verdict::Pass, Verdict::Revise];
}

/// Something elsewhere that belongs to a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Its identity.
    pub id: PartId,
    /// What it leads to.
    pub to: Destination,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Destination {
    /// A pull request, by its address.
    PullRequest(Web),
    /// A branch, by its name or its address.
    Branch(Line),
    /// A file or a page, by its address and what it is called.
    Attachment {
        /// Its address.
        url: Web,
        /// What it is called; empty where the address is name enough.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Line>,
    },
}
