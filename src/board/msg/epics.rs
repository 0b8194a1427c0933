//! What happens on the sheet of epics.

use backlog::EpicId;

/// What happened on the sheet of epics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EpicsMsg {
    /// An epic was opened for change, or closed; what was typed stays with it.
    Clicked(EpicId),
    /// The form of an epic to be was opened or closed; what was typed stays in it.
    AddClicked,
    /// The name was typed, in the form of this epic or in that of one to be.
    NameTyped(Option<EpicId>, String),
    /// The label was typed.
    LabelTyped(Option<EpicId>, String),
    /// The description was typed.
    DescriptionTyped(Option<EpicId>, String),
    /// The form was saved.
    Saved(Option<EpicId>),
    /// What was typed was thrown away.
    Dropped(Option<EpicId>),
    /// The stories of an epic were to be seen.
    StoriesClicked(EpicId),
    /// An epic was moved up by one.
    MovedUp(EpicId),
    /// An epic was moved down by one.
    MovedDown(EpicId),
    /// An epic was removed.
    Removed(EpicId),
}
