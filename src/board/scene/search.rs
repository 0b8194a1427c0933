//! The search as it is seen: its field, what may be meant, what was not understood, and the searches that are saved.

use backlog::SearchId;

/// The search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchScene {
    /// What is typed.
    pub text: String,
    /// How it stands.
    pub standing: Standing,
    /// What may be meant, where the list is open.
    pub offers: Vec<OfferLine>,
    /// The one that Enter takes.
    pub active: Option<usize>,
    /// What was not understood, while one writes.
    pub mistakes: Vec<MistakeLine>,
    /// The saved searches, while they are open.
    pub saved: Option<SavedScene>,
}

/// How a search stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is looked for.
    #[default]
    Idle,
    /// The stories are being read.
    Looking,
    /// So many stories were found.
    Found(usize),
    /// What is typed means nothing; what was looked for before stays.
    NotUnderstood,
}

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferLine {
    /// What it is called, or what is put in.
    pub words: String,
    /// What it is.
    pub detail: String,
}

/// A mistake in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MistakeLine {
    /// What stands before it.
    pub before: String,
    /// What means nothing.
    pub wrong: String,
    /// What stands after it.
    pub after: String,
    /// What is wrong, and what would be right.
    pub words: String,
}

/// The saved searches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedScene {
    /// Whether they can be changed.
    pub edits: bool,
    /// What is looked for now, and how it can be saved.
    pub present: Present,
    /// Those that are saved, oldest first.
    pub searches: Vec<SavedLine>,
}

/// What is looked for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Present {
    /// Nothing.
    Nothing,
    /// It is not understood, so it is not saved.
    NotUnderstood,
    /// It is saved under this name.
    Saved(String),
    /// It can be saved.
    New {
        /// What is looked for.
        query: String,
        /// The name as typed.
        name: NameField,
        /// Whether a search of that name is there, which it would take the place of.
        replaces: bool,
    },
}

/// A name while it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameField {
    /// The text.
    pub text: String,
    /// Why it cannot be saved.
    pub problem: Option<String>,
}

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedLine {
    /// Its identity.
    pub id: SearchId,
    /// What it is called.
    pub name: String,
    /// What it looks for.
    pub query: String,
    /// Whether it is what is looked for now.
    pub is_present: bool,
    /// Its name while it is changed.
    pub renaming: Option<NameField>,
    /// Whether someone removed it while its name is changed: saving brings it back.
    pub is_gone: bool,
}
