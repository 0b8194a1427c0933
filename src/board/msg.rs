//! What happens to the board, and what the board wants done about it. Both are plain values: no callbacks, no browser.

mod account;
mod attention;
mod charts;
mod device;
mod effect;
mod epics;
mod exchange;
mod key;
mod left;
mod parts;
mod past;
mod planning;
mod search;
mod selection;
mod settings;

use super::column::Column;
use super::sheet::{Panels, Sheet};
use backlog::api::{Beacon, Heard, Session, SyncAnswer};
use backlog::{ActorId, Estimate, Millis, Name, StoryId, StoryType, Transition, Zone, ZoneName};
use std::rc::Rc;

pub use account::{AccountMsg, Keeping, SignOut};
pub use attention::AttentionMsg;
pub use charts::ChartsMsg;
pub use device::{DeviceEffect, DeviceMsg, DraftKey, Elsewhere, FromDevice, PageId};
pub use effect::{Effect, Target};
pub use epics::EpicsMsg;
pub use exchange::{ExchangeMsg, FileEffect};
pub use key::Key;
pub use left::{Left, LeftMsg};
pub use parts::{Aside, PartsMsg};
pub use past::PastMsg;
pub use planning::PlanningMsg;
pub use search::{SearchKey, SearchMsg};
pub use selection::{Bulk, Click, Menu, SelectionMsg, Spot};
pub use settings::{Setting, SettingsMsg};

/// What happened, in the past tense.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The server said who we are.
    SessionOpened(Session),
    /// The server did not say who we are.
    SessionFailed(Failure),
    /// The server answered a sync.
    SyncAnswered(Box<SyncAnswer>),
    /// A request came to nothing.
    SyncFailed(Failure),
    /// The time to try again came.
    RetryDue,
    /// Some seconds went by.
    Ticked,
    /// The page may have missed something: it was asleep, hidden or offline.
    Woke,
    /// The realtime channel carries events from now on.
    ChannelSubscribed,
    /// The realtime channel carries nothing for now.
    ChannelLost,
    /// A realtime event told of a change.
    ChangeHeard(Heard),
    /// A realtime event told where the server is.
    BeaconHeard(Beacon),
    /// A request has gone unanswered for some seconds; it is the one of this number.
    AnswerOverdue(u32),
    /// The browser is about to paint.
    FrameDue,
    /// The browser said what the name of a time zone means.
    ZoneFound(ZoneName, Zone),

    /// Something happened to what the device keeps.
    Device(DeviceMsg),
    /// Something happened to who is here.
    Account(AccountMsg),
    /// Nothing was typed for a moment.
    TypingPaused,
    /// The page is hidden or left, perhaps for good.
    Hidden,

    /// Someone wants to write a new story at the top of a column.
    AddClicked(Column),
    /// A story was opened in place.
    StoryOpened(StoryId),
    /// The open form was closed; what was typed stays with it.
    FormClosed,
    /// What was typed in the open form was thrown away.
    DraftDiscarded,
    /// The open form was saved.
    DraftSaved,
    /// The title was typed.
    TitleTyped(String),
    /// The type was chosen.
    TypeChosen(StoryType),
    /// The estimate was chosen in the open form; none takes it away.
    EstimateChosen(Option<Estimate>),
    /// The description was typed.
    DescriptionTyped(String),
    /// The labels were typed, separated by commas.
    LabelsTyped(String),
    /// The open story was deleted.
    DeleteClicked,
    /// A step was clicked.
    TransitionClicked(StoryId, Transition),
    /// A closed story was estimated with one click.
    EstimateClicked(StoryId, Estimate),

    /// A story got the keyboard focus.
    StoryFocused(StoryId),
    /// A key was pressed outside of any field.
    KeyPressed(Key),
    /// A column was chosen, where the page shows one at a time.
    ColumnChosen(Column),
    /// A column was to be shown, or was not to be any more.
    PanelToggled(Column),
    /// Something happened to the plan as one looks at it.
    Planning(PlanningMsg),
    /// Something happened on the sheet of epics.
    Epics(EpicsMsg),
    /// Something happened on the sheet of the project's settings.
    Settings(SettingsMsg),
    /// A sheet was to be shown beside the columns, or was not to be any more.
    SheetToggled(Sheet),
    /// The address names a sheet that is to be open.
    SheetNamed(Sheet),
    /// A column was scrolled or changed its height, in pixels.
    Scrolled {
        /// Which.
        column: Column,
        /// The first pixel in sight.
        top: i32,
        /// The pixels in sight.
        height: i32,
    },
    /// The height of a closed row was measured, in pixels.
    RowMeasured(i32),
    /// The height of the open form was measured, in pixels.
    FormMeasured(i32),

    /// A story was pulled with the pointer.
    DragStarted(StoryId),
    /// The pulled story is over this pixel of a column's content, or over no column.
    DragMoved(Option<(Column, i32)>),
    /// The pulled story was let go.
    DragDropped,
    /// The pull was given up.
    DragCancelled,

    /// The own name was typed.
    NameTyped(String),
    /// The own name was opened for change.
    NameOpened,
    /// The change of the own name was given up.
    NameClosed,
    /// The own name was saved.
    NameSaved,
    /// The server did not take the own name.
    RenameFailed(Failure),
    /// The server rendered the texts that it was asked to, in their order, or did not.
    TextsRendered(Result<Vec<Rc<str>>, Failure>),
    /// Something happened to the charts.
    Charts(ChartsMsg),
    /// Something happened on the sheet of imports and exports.
    Exchange(ExchangeMsg),
    /// Something happened in the tray of what needs a person.
    Attention(AttentionMsg),
    /// Something happened to what an earlier visitor left on this device.
    Left(LeftMsg),
    /// Something happened to what was: a history, an overwritten or a kept text, an undo.
    Past(PastMsg),
    /// Something happened to what a story carries besides the fields of its form.
    Parts(PartsMsg),
    /// Something happened to the search.
    Search(SearchMsg),
    /// Something happened to the stories that are selected.
    Selection(SelectionMsg),
    /// The toast was read.
    ToastDismissed,
    /// The list of keys was read.
    HelpClosed,
    /// A notice was read.
    NoticeDismissed,
}

/// Why a request came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer.
    Unreachable,
    /// The server has no time, or asked for patience.
    Busy,
    /// The server failed at it.
    Broke,
    /// The server does not know us.
    NoSession,
    /// There is no such project.
    NoProject,
    /// The visitor is not in the project any more.
    Removed,
    /// The server could not make sense of it; the sentence is the server's.
    Refused(String),
    /// The server answered what this page is too old to read.
    Outdated,
}

/// What the browser remembers of earlier visits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// Who was here last.
    pub account: Option<ActorId>,
    /// What they are called.
    pub name: Option<Name>,
    /// Whether the device may keep anything.
    pub keeping: Keeping,
    /// The page that asks.
    pub page: PageId,
    /// Which columns are shown.
    pub panels: Panels,
}

/// The present, as the driver sees it when a message arrives.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The time.
    pub at: Millis,
    /// 128 fresh random bits, twice: enough for a story and a mutation id.
    pub random: [u128; 2],
}
