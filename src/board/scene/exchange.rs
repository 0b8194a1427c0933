//! The sheet of imports and exports, as it is seen.

use backlog::api::import::{Accepted, Estimates, Notes, Tally, Velocities};
use backlog::{ActorId, ImportId, Millis, Name};
use std::rc::Rc;

/// The sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct ExchangeScene {
    /// Whether files can be imported.
    pub imports_files: bool,
    /// How far an import is.
    pub stage: StageScene,
    /// The imports that were made, the latest first.
    pub imports: Rc<[ImportLine]>,
    /// Where the project can be fetched as CSV.
    pub csv: String,
    /// Where the project can be fetched as JSON.
    pub json: String,
    /// The present.
    pub now: Millis,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq)]
pub enum StageScene {
    /// A file is to be chosen.
    Waiting {
        /// Why the last one came to nothing.
        trouble: Option<String>,
    },
    /// A file is on its way.
    Sending {
        /// What happens.
        words: String,
        /// How many per cent of it are sent.
        share: u32,
        /// Whether it can be stopped.
        can_stop: bool,
    },
    /// A file was looked at.
    Looked(Box<LookedScene>),
    /// A file was imported.
    Done {
        /// What came of it.
        words: String,
        /// The import.
        import: ImportId,
        /// Whether it was taken back.
        is_taken_back: bool,
    },
}

/// What a file would bring.
#[derive(Clone, Debug, PartialEq)]
pub struct LookedScene {
    /// The name of the file.
    pub file: String,
    /// What it brings, in a sentence.
    pub words: String,
    /// The stories, by type and state.
    pub tallies: Vec<Tally>,
    /// What was accepted.
    pub accepted: Option<Accepted>,
    /// The velocity before and after.
    pub velocity: Velocities,
    /// Who is named.
    pub people: Vec<PersonLine>,
    /// How many more are named.
    pub more_people: usize,
    /// Who can be meant.
    pub members: Rc<[(ActorId, Name)]>,
    /// What becomes of estimates off the scale.
    pub scale: Option<ScaleScene>,
    /// Rows that are left out.
    pub left_out: Notes,
    /// Rows whose story is here already.
    pub here: Notes,
    /// What cannot be kept.
    pub losses: Notes,
    /// Why the import was not made.
    pub trouble: Option<String>,
    /// What the button says; none where nothing can be imported.
    pub import: Option<String>,
}

/// Someone whom a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// The name.
    pub name: Name,
    /// In how many stories.
    pub stories: u32,
    /// Who is meant; no one keeps the name.
    pub meant: Option<ActorId>,
}

/// Estimates off the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleScene {
    /// What is wrong, in a sentence.
    pub words: String,
    /// The scale that would hold them all, as its points; none where there is none.
    pub offered: Option<String>,
    /// What is chosen.
    pub choice: Estimates,
}

/// An import that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Which.
    pub id: ImportId,
    /// What it brought.
    pub words: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Millis,
    /// Whether it was taken back.
    pub is_taken_back: bool,
}
