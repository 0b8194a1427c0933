//! What happens to the board, and what the board wants done about it. Both are plain values: no callbacks, no browser.

use super::column::Column;
use backlog::api::{Beacon, Heard, Session, SyncAnswer, SyncRequest};
use backlog::{Estimate, Millis, Name, StoryId, StoryType, Transition};

/// What happened, in the past tense.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The server said who we are.
    SessionOpened(Session),
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
    /// The browser is about to paint.
    FrameDue,

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
    /// The deletion that the toast tells of was taken back.
    UndoClicked,
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
    /// The server is in trouble, or asked for patience.
    Busy,
    /// The server does not know us.
    NoSession,
    /// There is no such project.
    NoProject,
    /// The server could not make sense of it; the sentence is the server's.
    Refused(String),
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
    /// Ask the server who we are.
    OpenSession,
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
}

/// The present, as the driver sees it when a message arrives.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The time.
    pub at: Millis,
    /// 128 fresh random bits, twice: enough for a story and a mutation id.
    pub random: [u128; 2],
}
