//! What happens to the search: its field, the list below it, and the searches that are saved.

use backlog::SearchId;

/// What happened, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchMsg {
    /// The field got the focus.
    Focused,
    /// The field lost it.
    Left,
    /// Its text was typed; with it where the caret stands, in the browser's units of text.
    Typed(String, u32),
    /// The caret was moved there.
    CaretMoved(u32),
    /// A key was pressed in the field.
    KeyPressed(SearchKey),
    /// Something in the list below the field was chosen, by its place.
    Picked(usize),
    /// Nothing is to be looked for any more.
    Cleared,
    /// Something else on the page wants this looked for.
    Asked(String),
    /// The saved searches were to be shown, or no longer.
    SavedToggled,
    /// A saved search was run.
    Run(SearchId),
    /// A name was typed: of this search, or of the one that is looked for now.
    NameTyped(Option<SearchId>, String),
    /// The name was saved, and with it the search.
    NameSaved(Option<SearchId>),
    /// The name of a saved search was opened for change, or closed.
    RenameToggled(SearchId),
    /// A saved search was removed.
    Removed(SearchId),
}

/// A key that means something in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchKey {
    /// To the choice above.
    Up,
    /// To the choice below, or to what was found.
    Down,
    /// Take the choice, or go to what was found.
    Enter,
    /// Take the choice.
    Tab,
    /// Close the list, then look for nothing, then leave.
    Escape,
}
