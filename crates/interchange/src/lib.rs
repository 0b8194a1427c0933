//! Projects as files: Tracker's CSV in and out, and everything as JSON. Bytes go in and values come out; time, zone and identities
//! are arguments, so that the preview of an import and the import itself are one computation.
//!
//! | module | holds |
//! |---|---|
//! | `decode`, `table`, `columns` | from bytes to text, to rows, to cells with a meaning |
//! | `date`, `remark`, `guard` | how single cells are spelled, in both directions |
//! | [`reading`] | what a file says, whatever project it is for; what of it cannot be kept |
//! | [`prepare`](mod@prepare) | what it would bring to one project: the import, and the report that people read before |
//! | [`writing`] | a project as Tracker's CSV |
//! | [`export`] | a project as JSON |
//!
//! Two things are lost on the way through CSV and back: what has no column (attachments, followers, saved searches, settings, texts
//! in conflict), and times of day. JSON has them.
#![forbid(unsafe_code)]

mod bad;
mod columns;
mod date;
mod decode;
pub mod export;
mod guard;
mod notes;
pub mod prepare;
pub mod reading;
mod remark;
mod table;
pub mod writing;

pub use backlog::api::import::MAX_FILE;
pub use bad::BadFile;
pub use prepare::{Choices, Place, Prepared, UnknownMember, prepare};
pub use reading::{File, read};

/// The most columns of a file: with room for the busiest story there can be.
pub const MAX_COLUMNS: usize = 10_000;
/// The most rows of a file, stories and epics together.
pub const MAX_ROWS: usize = backlog::Import::MAX_STORIES;
/// The most tasks, comments, labels, owners and other things of which a story can have many, in all stories of a file together.
/// Each takes a hundred bytes and more in memory and in the history, and only a few in the file.
pub const MAX_PARTS: usize = 300_000;
