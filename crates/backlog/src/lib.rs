//! The domain of Truestory: what a project is, what one may ask of it, what happens to it, and how its backlog is planned.
//!
//! It stands on the ground: no I/O, no clock, no randomness, no notion of who calls it. The server and every browser run
//! this same code, which is why they agree.
//!
//! | module | holds |
//! |---|---|
//! | [`id`], [`time`], [`zone`], [`text`], [`words`], [`estimate`] | values that cannot be illegal: their constructor is their check |
//! | [`person`], [`role`] | what is said of people who have an account; what they are in a project |
//! | [`story`], [`part`] | a story, its type, its state, the transitions between states; what it carries |
//! | [`settings`], [`epic`] | how a project plans; its epics and saved searches |
//! | [`import`](mod@import) | stories that come from another program |
//! | [`command`], [`change`], [`rejection`] | what one asks; what was accepted; why not |
//! | [`access`] | what a role may ask |
//! | [`project`] | `decide` turns a command into a change or a rejection, `apply` carries a change out |
//! | [`ledger`] | a project and its history's head: how a history grows |
//! | [`merge`](mod@merge) | one text out of two that two people made of the same one |
//! | [`digest`] | the hash chain and the digest by which a copy is verified |
//! | [`plan`](mod@plan) | iterations and velocity |
//! | [`search`] | what one types to find stories, and which it finds |
//! | [`charts`] | a history as figures, day by day |
//! | [`history`](mod@history) | what happened to a story, with the values before and after |
//! | [`undo`] | what takes a command back, and what others have changed since |
//! | [`service`] | how the server treats a request: what it carries out, what it tells |
//! | [`api`] | the wire contract between server and browser |
#![forbid(unsafe_code)]

pub mod access;
pub mod api;
pub mod change;
pub mod charts;
pub mod command;
pub mod digest;
pub mod epic;
pub mod estimate;
pub mod history;
pub mod id;
pub mod import;
pub mod ledger;
pub mod merge;
pub mod part;
pub mod person;
pub mod plan;
pub mod project;
pub mod rejection;
pub mod role;
#[cfg(feature = "schema")]
mod schema;
pub mod search;
pub mod service;
pub mod settings;
pub mod story;
pub mod text;
pub mod time;
pub mod undo;
pub mod words;
pub mod zone;

pub use change::{Actor, Change, Hand, Recorded, Returned, Transitioned};
pub use command::{Command, Edit, Panel, Remark, Return, Sent, StoryEdits};
pub use digest::{Digest, Hash, Version};
pub use epic::{Epic, EpicId, EpicWords, SavedSearch, SearchId};
pub use estimate::{CustomScale, Estimate, PointScale};
pub use id::{ActorId, Epoch, Mid, ProjectId, StoryId};
pub use import::{Import, ImportId, Imported, Person};
pub use ledger::Ledger;
pub use part::{Blocker, Comment, Destination, Link, Obstacle, PartId, Review, Task, Verdict};
pub use plan::{Plan, Terms, plan};
pub use project::{Project, Snapshot};
pub use rejection::{Limit, Rejection};
pub use role::Role;
pub use settings::{Override, Planning, Pointed, SettingEdit, Settings, ZoneName};
pub use story::{Priority, State, Story, StoryType, Transition};
pub use text::{Description, Label, Name, Problem, Title};
pub use time::{Day, Millis};
pub use words::{Line, Query, Web, Words};
pub use zone::Zone;
