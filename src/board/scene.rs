//! What the page shows, as values: the props of the components. Made by the board, drawn by the components; cheap to
//! compare, so that what is equal is not drawn again.

pub mod attention;
pub mod charts;
pub mod epics;
pub mod exchange;
pub mod forecast;
pub mod markdown;
pub mod parts;
pub mod past;
pub mod plan;
pub mod search;
pub mod selection;
pub mod settings;

use super::column::Column;
use super::may::Rights;
use super::msg::{DraftKey, Keeping};
use super::sheet::{Panels, Sheet, SheetScene};
use attention::Tray;
use backlog::api::SessionKind;
use backlog::{Estimate, Mid, Millis, Name, Role, Story, StoryId, StoryType};
use parts::{DescriptionView, Parts, Signs};
use past::{History, KeptText, Overwritten};
use plan::{Due, GapLine, IterationForm, IterationLine, VelocityScene};
use search::SearchScene;
use selection::SelectionScene;
use std::rc::Rc;
use std::sync::Arc;

/// The whole page.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The header.
    pub header: Header,
    /// The columns, or why there are none.
    pub body: Body,
    /// The column shown where there is room for one.
    pub shown: Column,
    /// The sheet beside the columns.
    pub sheet: Option<SheetScene>,
    /// What went wrong and needs a person, oldest first.
    pub notice: Option<Notice>,
    /// That one is signed out under an open page.
    pub signed_out: Option<SignedOut>,
    /// What an earlier visitor left on this device, until someone has seen to it.
    pub left: Option<LeftScene>,
    /// What was just done.
    pub toast: Option<Toast>,
    /// The keys that carry a story, while one is carried by them.
    pub hint: Option<&'static str>,
    /// Whether the list of keys is shown.
    pub help: bool,
    /// The search.
    pub search: SearchScene,
    /// What needs a person, while its tray is open.
    pub tray: Option<Tray>,
    /// What is selected, while anything is or is to be.
    pub selection: Option<SelectionScene>,
    /// Whether a story is being moved, by pointer or keys.
    pub moving: bool,
}

/// The header.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The project's name, once it is known.
    pub project: Option<Name>,
    /// Points per iteration, once the plan is known.
    pub velocity: Option<VelocityScene>,
    /// The connection.
    pub light: Light,
    /// What the visitor is in the project and may do there, once it is known.
    pub standing: Option<Standing>,
    /// As what they were let in, once it is known.
    pub kind: Option<SessionKind>,
    /// Where one sees who is in the project, where one may.
    pub people: Option<String>,
    /// The visitor's name, once it is known.
    pub name: Option<Name>,
    /// What is being typed as the visitor's name, while it is open for change.
    pub name_draft: Option<NameDraft>,
    /// Whether the device may keep anything.
    pub keeping: Keeping,
    /// What stands in the way of signing out, while the visitor wants to.
    pub parting: Option<Parting>,
    /// How many own commands need a person.
    pub attention: usize,
    /// Which columns are shown.
    pub panels: Panels,
    /// The sheet that is open.
    pub sheet: Option<Sheet>,
}

/// What someone is in the project and may do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What they are.
    pub role: Role,
    /// What they may do.
    pub rights: Rights,
}

/// Signing out while something is not at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// What is not at the server.
    pub words: String,
    /// What can be done about it.
    pub way: PartingWay,
}

/// What can be done about what is not at the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartingWay {
    /// Wait until it is there, or throw it away.
    WaitOrThrowAway,
    /// Throw it away: waiting does not send it.
    ThrowAway,
    /// Waiting already.
    Waiting,
}

/// What an earlier visitor left on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftScene {
    /// What it is.
    pub words: String,
    /// What can be done about it.
    pub way: LeftWay,
}

/// That one is signed out under an open page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedOut {
    /// What is so.
    pub what: &'static str,
    /// What to do, and what for.
    pub then: String,
    /// Where one signs in and comes back from.
    pub address: String,
    /// Where what one did is kept: what is on this page alone would go with it.
    pub keeping: Keeping,
}

/// A project that one is not in any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedScene {
    /// What is so.
    pub what: &'static str,
    /// What became of it, and what to do.
    pub then: &'static str,
    /// What the server never had.
    pub unsent: Rc<[Unsent]>,
}

/// Something typed or done that the server never had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// What it was.
    pub what: String,
    /// Its text, where it has one.
    pub text: Option<String>,
}

/// What can be done about what an earlier visitor left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftWay {
    /// Take it over, or throw it away.
    Offered,
    /// Throw it away for good, or not: one is asked.
    Asked,
}

/// The visitor's name while it is being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct NameDraft {
    /// The text.
    pub text: String,
    /// Why it cannot be saved.
    pub problem: Option<String>,
}

/// The state of the connection, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Light {
    /// Its colour and shape.
    pub kind: LightKind,
    /// Its words.
    pub words: String,
    /// How old what one sees may be, while it is not live.
    pub age: Option<Age>,
}

/// How old what one sees may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// When the server last confirmed it.
    pub at: Millis,
    /// The present.
    pub now: Millis,
}

/// How the connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LightKind {
    /// Not known yet.
    Connecting,
    /// Changes arrive as they happen.
    Live,
    /// Changes arrive, late.
    Polling,
    /// No connection.
    Offline,
    /// Changes arrive as they happen; an own one needs a person.
    Attention,
}

/// What stands below the header.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing is known yet: a skeleton.
    Loading,
    /// The server does not answer: the sentence says what to do.
    Unavailable,
    /// There is no such project.
    NoProject,
    /// The visitor is not in it any more.
    Removed(RemovedScene),
    /// The columns that are shown.
    Columns(Rc<Vec<ColumnScene>>),
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnScene {
    /// Which.
    pub column: Column,
    /// How many stories it shows.
    pub stories: usize,
    /// Their points.
    pub points: u32,
    /// Whether it shows only what was found.
    pub searching: bool,
    /// Whether what differs in an iteration can be set.
    pub sets_iterations: bool,
    /// Whether several stories can be selected.
    pub selects: bool,
    /// The line above all of Current.
    pub line: Option<IterationLine>,
    /// The iteration of it that is open for change.
    pub iteration: Option<IterationForm>,
    /// The rows in sight and the gaps between them, in order.
    pub rows: Rc<Vec<Row>>,
    /// Whether a story can be added here, or one was begun here and waits to be gone on with.
    pub adds: Adds,
    /// The height of all its rows, in sight or not, in pixels.
    pub height: i32,
    /// The pixel of the content at which a moved story would land.
    pub drop_at: Option<i32>,
    /// How many stories are being moved, from whatever column.
    pub carried: usize,
    /// Whether stories are selected, or are to be.
    pub selecting: bool,
}

/// What becomes of a new story in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adds {
    /// None is added here.
    No,
    /// One can be.
    Yes,
    /// One was begun and waits to be gone on with.
    Begun,
}

/// A row of a column, or the room of rows that are out of sight.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Rows out of sight.
    Gap {
        /// Tells gaps of a column apart.
        key: usize,
        /// Their height in pixels.
        height: i32,
    },
    /// The line above an iteration's stories.
    Iteration(IterationLine),
    /// The line that stands for iterations without a story.
    EmptyIterations(GapLine),
    /// A story, closed.
    Card(Card),
    /// A story, open; or one to be.
    Form(Box<Form>),
}

/// A closed story.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The story. Stays the same pointer while nothing in it changes.
    pub story: Arc<Story>,
    /// Its place in the column, from 1.
    pub place: u32,
    /// How many stories the column holds.
    pub of: u32,
    /// Whether the keyboard is on it.
    pub focused: bool,
    /// Whether it is the one row of its column that the Tab key stops at.
    pub tab_stop: bool,
    /// The points that the project estimates in.
    pub scale: Rc<[u16]>,
    /// What may be done to it.
    pub rights: Rights,
    /// What it carries that the story alone does not say.
    pub signs: Signs,
    /// Whether it is being moved.
    pub moving: bool,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether text typed into it is not saved.
    pub unsaved: bool,
    /// Who changed it, while that is news.
    pub changed_by: Option<Name>,
    /// Who set what one had set just before, without having seen it.
    pub overwritten_by: Option<Name>,
    /// When it is to be complete and when it will be: of releases that are planned, and of what has a deadline.
    pub due: Option<Due>,
}

/// An open story, or one to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The story as it is; none where it is to be.
    pub story: Option<Arc<Story>>,
    /// The id of the story, or of the one to be.
    pub id: StoryId,
    /// The title as typed.
    pub title: String,
    /// The type as chosen.
    pub story_type: StoryType,
    /// The estimate as chosen.
    pub estimate: Option<Estimate>,
    /// The points to choose from; none where stories of the type carry none.
    pub scale: Rc<[u16]>,
    /// What may be done to it.
    pub rights: Rights,
    /// What was typed and cannot be saved, because one may not any more.
    pub stranded: Option<String>,
    /// The description as typed.
    pub description: String,
    /// Whether the description is read or written in.
    pub view: DescriptionView,
    /// What it carries besides these fields, where it is there already.
    pub parts: Option<Parts>,
    /// The labels as typed, separated by commas.
    pub labels: String,
    /// Why it cannot be saved; names the field.
    pub problem: Option<String>,
    /// Whether anything differs from the story as it is.
    pub unsaved: bool,
    /// What others did meanwhile to fields that are being typed in.
    pub overtaken: Vec<Overtaken>,
    /// What others did to what one had set just before.
    pub overwritten: Option<Overwritten>,
    /// Texts that were kept where two people wrote in the same place, oldest first.
    pub kept_texts: Vec<KeptText>,
    /// Its history, while it is open.
    pub history: Option<History>,
}

/// A field that someone else changed while it was being typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overtaken {
    /// The field, as people call it.
    pub field: &'static str,
    /// Who.
    pub by: Option<Name>,
    /// What it says now.
    pub theirs: String,
}

/// Something that was just done here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What, in words.
    pub words: String,
    /// What one may want next.
    pub way: Option<ToastWay>,
}

/// What one may want after a toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastWay {
    /// Take the command back.
    Undo(Mid),
    /// See what happened to the story.
    History(StoryId),
    /// See what needs a person.
    Attention,
}

/// Something that went wrong and needs a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub what: String,
    /// What was typed, kept here.
    pub kept: Option<String>,
    /// The draft that it tells of: the device keeps it until the notice was read.
    pub draft: Option<DraftKey>,
    /// The story that it tells the deletion of, where that can come back.
    pub deleted: Option<StoryId>,
}
