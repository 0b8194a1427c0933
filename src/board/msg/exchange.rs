//! What happens on the sheet of imports and exports, and what is done with files.

use super::Failure;
use backlog::api::import::{Estimates, ImportAnswer, ImportRequest, Report};
use backlog::{ActorId, ImportId, Name};

/// What happened on the sheet of imports and exports.
#[derive(Clone, Debug)]
pub enum ExchangeMsg {
    /// A file was chosen, or dropped on the page.
    FileChosen {
        /// Its name.
        name: String,
        /// Its bytes.
        size: u64,
    },
    /// So many per cent of the file are sent.
    Sent(u32),
    /// The server told what the file would bring, or did not.
    Previewed(Result<Box<Report>, Failure>),
    /// It was chosen who is meant by a name; no one keeps the name.
    PersonChosen(Name, Option<ActorId>),
    /// It was chosen what becomes of estimates off the scale.
    EstimatesChosen(Estimates),
    /// The import was asked for.
    ImportClicked,
    /// The server made the import, or did not.
    Imported(Result<Box<ImportAnswer>, Failure>),
    /// The sending was stopped.
    Stopped,
    /// The file, or what came of it, was done with.
    FileClosed,
    /// An import was to be taken back.
    ImportTakenBack(ImportId),
    /// An import that was taken back was to be there again.
    ImportBroughtBack(ImportId),
}

/// What to do with a file.
#[derive(Clone, Debug, PartialEq)]
pub enum FileEffect {
    /// Send the file that was chosen last, to be looked at; say `Sent` and `Previewed`.
    Preview,
    /// Send the file that was looked at, to be imported; say `Sent` and `Imported`.
    Import(Box<ImportRequest>),
    /// Send no more.
    Stop,
}
