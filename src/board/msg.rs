//! What happens to the board, and what the board wants done about it. Both are plain values: no callbacks, no browser.

mod attention;
mod left;
mod past;

use super::column::Column;
use super::sheet::{Panels, Sheet};
use backlog::api::{Beacon, Heard, Session, SyncAnswer, SyncRequest};
use backlog::{ActorId, Estimate, Mid, Millis, Name, StoryId, StoryType, Transition, Version};
use replica::{Kept, Saved, Write};

pub use attention::AttentionMsg;
pub use left::{Left, LeftMsg};
pub use past::PastMsg;

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
    /// A sheet was to be shown beside the columns, or was not to be any more.
    SheetToggled(Sheet),
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
    /// Something happened in the tray of what needs a person.
    Attention(AttentionMsg),
    /// Something happened to what an earlier visitor left on this device.
    Left(LeftMsg),
    /// Something happened to what was: a history, an overwritten or a kept text, an undo.
    Past(PastMsg),
    /// The toast was read.
    ToastDismissed,
    /// The list of keys was read.
    HelpClosed,
    /// A notice was read.
    NoticeDismissed,
}

/// What happened to what the device keeps.
#[derive(Clone, Debug)]
pub enum DeviceMsg {
    /// It told what it keeps.
    Read(Box<FromDevice>),
    /// It holds the command that it was told to keep.
    Kept(Mid),
    /// It holds a base of this version.
    BaseSaved(Version),
    /// It holds a draft in this edition.
    DraftWritten(DraftKey, u32),
    /// It cannot keep what it is told to, and this is why.
    Failed(String),
    /// Another page of this browser wrote to it.
    Changed,
    /// It told what it keeps for the other projects.
    Surveyed(Elsewhere),
}

/// What happened to who is here.
#[derive(Clone, Debug)]
pub enum AccountMsg {
    /// Another page of this browser has another visitor, or none.
    VisitorChanged,
    /// A person signed out on another page of this browser.
    SignedOutElsewhere(ActorId),
    /// The visitor chose whether the device keeps anything.
    KeepingChosen(Keeping),
    /// So it was chosen, perhaps on another page.
    KeepingHeard(Keeping),
    /// The visitor wants to sign out.
    SignOutClicked,
    /// The visitor was asked what is to become of what the server does not have.
    SignOutChosen(SignOut),
    /// The server ended the session.
    SessionEnded,
    /// The server did not end the session.
    SignOutFailed(Failure),
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
    /// The server could not make sense of it; the sentence is the server's.
    Refused(String),
    /// The server answered what this page is too old to read.
    Outdated,
}

/// What the device keeps of the project.
#[derive(Clone, Debug)]
pub struct FromDevice {
    /// For whom.
    pub account: ActorId,
    /// The base, and when the server last confirmed it.
    pub saved: Option<(Box<Saved>, Millis)>,
    /// The own commands.
    pub kept: Vec<Kept>,
    /// The drafts of this page and of pages that are gone, as text.
    pub drafts: Vec<(DraftKey, String)>,
    /// How many texts of own commands this page cannot read.
    pub unreadable: usize,
}

impl FromDevice {
    /// A device that keeps nothing.
    pub fn nothing(account: ActorId) -> FromDevice {
        FromDevice {
            account,
            saved: None,
            kept: Vec::new(),
            drafts: Vec::new(),
            unreadable: 0,
        }
    }
}

/// What the device keeps for the same person that the server does not have, beyond what this page knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Commands without the server's word, or that need attention.
    pub changes: usize,
    /// Drafts.
    pub drafts: usize,
    /// Drafts of this project that were typed on other pages.
    pub drafts_here: usize,
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

/// A page of this browser, from its loading to its end. 128 random bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageId(pub u128);

/// Names a draft on the device. Two pages that write in one story have a draft each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DraftKey {
    /// The story.
    pub story: StoryId,
    /// The page that it was typed on.
    pub page: PageId,
}

/// Whether the device may keep anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// It may.
    #[default]
    Device,
    /// It may not: all is on the page alone.
    Page,
}

/// What becomes of what the server does not have when one signs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOut {
    /// Sign out once the server has it.
    Wait,
    /// It is thrown away.
    ThrowAway,
    /// Stay signed in.
    Stay,
}

/// A key, named after what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Add a story.
    Add,
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// The column before.
    Left,
    /// The column after.
    Right,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Open, or drop what is carried.
    Enter,
    /// Pick up the row.
    PickUp,
    /// Close, or put back what is carried.
    Escape,
    /// Save the open form.
    Save,
    /// Take the last own command back.
    Undo,
    /// Show the list of keys, or put it away.
    Help,
}

/// What to do, in the imperative.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Draw the page now.
    Render,
    /// Say `FrameDue` before the next paint.
    AwaitFrame,
    /// Send this to the server.
    Sync(SyncRequest),
    /// Say `RetryDue` after so many milliseconds.
    RetryAfter(u32),
    /// Say `AnswerOverdue` with this number after three seconds.
    ExpectAnswer(u32),
    /// Doubt the realtime connection: the page has slept.
    CheckChannel,
    /// Ask the server who we are.
    OpenSession,
    /// Tell the server that the visitor leaves; say `SessionEnded`.
    EndSession,
    /// Have the device do this.
    Device(DeviceEffect),
    /// Say `TypingPaused` when a moment has gone by since this was last asked.
    AwaitPause,
    /// Tell the server the visitor's name.
    Rename(Name),
    /// Move the keyboard focus, once the page is drawn.
    Focus(Target),
    /// Scroll a column to this pixel, once the page is drawn.
    Scroll(Column, i32),
    /// Show this as the window's title.
    ShowTitle(String),
    /// Say it to those who do not see the page.
    Announce(String),
    /// Ask the server for the history of a story; say `HistoryAnswered`.
    FetchHistory(StoryId),
    /// Remember which columns are shown.
    RememberPanels(Panels),
    /// Put this on the clipboard.
    Copy(String),
}

/// What the device is to do, in the imperative.
#[derive(Clone, Debug, PartialEq)]
pub enum DeviceEffect {
    /// Remember who is here and read what the device keeps for them; say `DeviceRead`.
    Load(ActorId),
    /// Read the own commands again; say `DeviceRead`.
    ReadOwn,
    /// Write a command to the device; say `Kept` once it outlives a crash.
    Keep(Box<Kept>),
    /// Write these to the device.
    Write(Vec<Write>),
    /// Write a base, confirmed at that time, to the device; say `BaseSaved`.
    Save(Box<Saved>, Millis),
    /// Write a draft to the device; say `DraftWritten`.
    PutDraft {
        /// Whose.
        key: DraftKey,
        /// Which edition it is.
        edition: u32,
        /// Its text.
        text: String,
    },
    /// Let the device forget a draft.
    RemoveDraft(DraftKey),
    /// Ask the device what it keeps for other projects; say `Surveyed`.
    Survey,
    /// Write down what the visitor is called.
    Sign(Name),
    /// Ask the device what an earlier visitor left; say `Found`.
    FindLeft,
    /// Make what that visitor left the own; say `Read`, and `Found` of what there is besides.
    TakeOver(ActorId),
    /// Throw away what that visitor left; say `Found` of what there is besides.
    ThrowAway(ActorId),
    /// Remember whether the device may keep anything. Where it may not, wipe what it keeps.
    SetKeeping(Keeping),
    /// Wipe what the device keeps for whoever is here: they signed out on another page.
    Wipe,
    /// Forget who was here, wipe what the device keeps for them, and go to the list of projects.
    Forget,
}

impl From<DeviceEffect> for Effect {
    fn from(effect: DeviceEffect) -> Effect {
        Effect::Device(effect)
    }
}

/// Where the keyboard focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A story's row.
    Story(StoryId),
    /// The button that adds a story to a column.
    Add(Column),
    /// The title field of the open form.
    Title,
    /// The field of the own name.
    Name,
    /// The tray of what needs a person.
    Tray,
    /// The light, where it is a button.
    Light,
    /// The history of the open story.
    History,
    /// The button that opens it.
    HistoryButton,
}

/// The present, as the driver sees it when a message arrives.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The time.
    pub at: Millis,
    /// 128 fresh random bits, twice: enough for a story and a mutation id.
    pub random: [u128; 2],
}
