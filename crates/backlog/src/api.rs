//! The wire contract between server and browser: the bodies of each route, pinned by golden JSON in the tests.
//!
//! | route | body | answer |
//! |---|---|---|
//! | `GET /api/session` | | [`Session`] |
//! | `PUT /api/session` | [`Rename`] | [`Session`] |
//! | `DELETE /api/session` | | nothing, as 204 |
//! | `GET /api/projects` | | [`ProjectList`] |
//! | `POST /api/projects` | [`NewProject`] | [`ProjectSummary`] |
//! | `POST /api/projects/{id}/sync` | [`SyncRequest`] | [`SyncAnswer`] |
//! | `GET /api/projects/{id}/changes?since=` | | [`SyncAnswer`] |
//! | `GET /api/projects/{id}/stories/{story}/history` | | [`StoryHistory`] |
//! | `GET /api/projects/{id}/plan` | | [`plan::ProjectPlan`] |
//! | `POST /api/projects/{id}/import/preview` | the file | [`import::Report`] |
//! | `POST /api/projects/{id}/import` | [`import::ImportRequest`] and the file, as parts | [`import::ImportAnswer`] |
//! | `GET /api/projects/{id}/export.csv`, `export.json` | | a file |
//! | `GET /api/projects/{id}/charts` | | [`charts::Charts`] |
//! | `POST /api/projects/{id}/markdown` | [`markdown::Texts`] | [`markdown::Rendered`] |
//! | accounts, sessions, API tokens | | [`account`] |
//! | the people of a project, its links and webhooks | | [`members`] |
//! | anything refused | | [`ErrorAnswer`] |

use crate::{
    Actor, ActorId, Change, Digest, Epoch, Hash, Mid, Name, ProjectId, Recorded, Rejection, Role, Snapshot, Version,
};
use serde::{Deserialize, Serialize};

pub mod account;
pub mod charts;
pub mod import;
pub mod markdown;
pub mod members;
pub mod plan;

pub use crate::command::Sent;
pub use crate::history::StoryHistory;

/// The most commands in one request.
pub const MAX_COMMANDS: usize = 100;
/// The most mutation ids that one request may ask after: a queue and a journal together. In JSON they take 140 kB.
pub const MAX_ASKED: usize = 4_000;
/// The largest body that the server reads, in bytes.
pub const MAX_BODY: usize = 256 * 1024;
/// The most bytes of data in one realtime event (a limit of the Pusher Channels protocol).
pub const MAX_EVENT_DATA: usize = 10 * 1024;

/// The event that tells which version a project is at, without saying what changed.
pub const BEACON: &str = "beacon";
/// The event, with the data `{}`, that tells a page alone that its visitor's role in a project is another now, or ended. What it is
/// now, the next answer tells.
pub const ACCESS: &str = "access";
/// The header by which a client names its realtime connection, so that it is not told of its own change.
pub const SOCKET_ID_HEADER: &str = "x-socket-id";

/// The header of an answer 403 to someone who was in the project and is not any more: their copy is to go.
pub const GONE_HEADER: &str = "x-truestory-gone";

/// The realtime channel of a project.
pub fn channel_of(project: ProjectId) -> String {
    format!("{CHANNEL_PREFIX}{project}")
}

/// What every project's channel name begins with.
pub const CHANNEL_PREFIX: &str = "private-project-";

/// The presence channel of a project: its members who have it open.
pub fn presence_of(project: ProjectId) -> String {
    format!("{PRESENCE_PREFIX}{project}")
}

/// What every project's presence channel's name begins with.
pub const PRESENCE_PREFIX: &str = "presence-project-";

/// What the visitor is called, and how to reach the realtime service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// The visitor.
    pub actor: Actor,
    /// Whether the visitor chose the name, or still bears the one that was given.
    pub named: bool,
    /// As what the visitor was let in.
    pub kind: SessionKind,
    /// The key of the realtime application; public by design.
    pub realtime_key: String,
}

/// As what a visitor was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SessionKind {
    /// As everyone is, under a name of their choosing.
    Open,
    /// By their account.
    Account,
    /// By a public link, to read.
    Guest,
}

/// Another name for the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// The name.
    #[serde(deserialize_with = "crate::person::own_name")]
    pub name: Name,
}

/// The projects that the visitor can open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectList {
    /// By name.
    pub projects: Vec<ProjectSummary>,
}

/// A project in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectSummary {
    /// Its identity.
    pub id: ProjectId,
    /// Its name.
    pub name: Name,
    /// Its revision.
    pub rev: u64,
}

/// A project to be. The client makes the id, so that a request sent twice makes one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewProject {
    /// Its identity: 128 random bits of the client's.
    pub id: ProjectId,
    /// Its name.
    pub name: Name,
}

/// Commands to carry out, and from where to catch up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SyncRequest {
    /// Whose commands these are. A server that knows the sender as someone else refuses them, so that nothing goes out under
    /// another's name when the visitor changes under an open page. Not compared where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ActorId>,
    /// How far the client has read; none where it holds nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Version>,
    /// What it asks for, in its own order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<Sent>,
    /// Mutation ids whose outcome it wants to know.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ask: Vec<Mid>,
    /// Whether it wants the whole project instead of changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub full: bool,
}

/// What the server has, all of it seen at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncAnswer {
    /// Which life of the database this is.
    pub epoch: Epoch,
    /// The project's revision.
    pub rev: u64,
    /// Its hash.
    pub hash: Hash,
    /// The digest of its content.
    pub digest: Digest,
    /// What the sender is in the project now.
    pub role: Role,
    /// What happened after `since`, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Recorded>,
    /// What became of the commands sent and of the mutation ids asked after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// The whole project, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<Box<Snapshot>>,
    /// `since` is unknown here or too long ago: ask for everything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reset: bool,
}

impl SyncAnswer {
    /// The answer of whoever stands there and has no more to say, to someone in that role.
    pub fn at(epoch: Epoch, version: Version, digest: Digest, role: Role) -> SyncAnswer {
        SyncAnswer {
            epoch,
            rev: version.rev,
            hash: version.hash,
            digest,
            role,
            changes: Vec::new(),
            outcomes: Vec::new(),
            snapshot: None,
            reset: false,
        }
    }

    /// The version of the answer.
    pub fn version(&self) -> Version {
        Version {
            rev: self.rev,
            hash: self.hash,
        }
    }
}

/// What became of one mutation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Which.
    pub mid: Mid,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a mutation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in the history, at this revision.
    Applied(u64),
    /// It was refused, for good.
    Rejected(Rejection),
    /// The server has never seen it.
    Unknown,
}

/// The data of a realtime event on a project's channel, apart from the beacon's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The change itself.
    Change(Box<Recorded>),
    /// A change too large for an event: it is there, come and fetch it.
    Bare(Bare),
}

/// A change without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bare {
    /// The revision that it led to.
    pub rev: u64,
    /// The hash of the revision before.
    pub prev: Hash,
    /// The hash of this revision.
    pub hash: Hash,
}

/// The data of a [`BEACON`]: where the project is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Beacon {
    /// Its revision.
    pub rev: u64,
    /// Its hash.
    pub hash: Hash,
    /// The digest of its content.
    pub digest: Digest,
}

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorAnswer {
    /// A sentence that names the field.
    pub error: String,
}

/// The event's name and data for a recorded change.
pub fn event_of(recorded: &Recorded) -> (&'static str, String) {
    let name = recorded.change.event_name();
    let whole = to_json(recorded);
    if whole.len() <= MAX_EVENT_DATA {
        return (name, whole);
    }
    (
        name,
        to_json(&Bare {
            rev: recorded.rev,
            prev: recorded.prev,
            hash: recorded.hash,
        }),
    )
}

/// Reads an event of a project's channel. None where the name is not one of ours or the data is not what it should be.
pub fn heard(event: &str, data: &str) -> Option<Heard> {
    if !Change::EVENT_NAMES.contains(&event) {
        return None;
    }
    let heard = match serde_json::from_str::<Recorded>(data) {
        Ok(recorded) => Heard::Change(Box::new(recorded)),
        Err(_) => Heard::Bare(serde_json::from_str(data).ok()?),
    };
    match &heard {
        Heard::Change(recorded) if recorded.change.event_name() != event => None,
        Heard::Change(_) | Heard::Bare(_) => Some(heard),
    }
}

/// JSON of a value of this contract.
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .expect("the contract's values have string keys and no floats, so they always serialise")
}

#[cfg(test)]
mod tests;
