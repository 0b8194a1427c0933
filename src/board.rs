//! The board: what decides on the project's page. Messages come in, effects go out, and a scene says what is seen.
//!
//! It never sees the browser: the present and randomness come with each message, and what is to be done is answered.

mod account;
mod after;
mod attention;
mod back;
mod charts;
pub mod column;
mod connection;
pub mod dates;
mod days;
mod device;
mod draft;
mod drafts;
mod draw;
mod epics;
mod exchange;
mod forecast;
mod gone;
mod hands;
mod iteration;
pub mod keys;
mod layout;
mod left;
mod markdown;
pub mod may;
mod motion;
pub mod msg;
mod parts;
mod past;
pub mod phrases;
mod removal;
pub mod scene;
mod search;
mod selection;
mod settings;
pub mod sheet;
mod still;
mod talk;
mod unsaved;
mod velocity;
mod window;
mod write;

use account::Leave;
use after::{Order, Then};
use attention::Attention;
use backlog::api::{Session, SessionKind, SyncRequest};
use backlog::id::Bits128;
use backlog::{ActorId, Command, Edit, EpicId, Mid, Millis, Name, ProjectId, SearchId, StoryId, Transition};
use charts::ChartsState;
use column::Column;
use connection::{Channel, Connection};
use days::Days;
use device::Device;
use drafts::Drafts;
use epics::EpicsDesk;
use exchange::ExchangeDesk;
use iteration::OpenIteration;
use layout::{Layout, Look, RowKey};
use motion::Motion;
use msg::{Effect, Left, Msg, Now, Remembered};
use past::Past;
use removal::Removal;
use replica::Replica;
use scene::{LeftWay, NameDraft, Notice, Toast};
use search::SearchDesk;
use selection::Selection;
use settings::SettingsDesk;
use sheet::{Panels, Sheet};
use std::collections::{HashMap, VecDeque};
use still::Bearings;
use velocity::Trial;
use window::{Heights, Window};

/// A toast stays for so many ticks, about a minute: long enough to reach it by any means.
const TOAST_TICKS: u32 = 4;
/// The most notices kept; older ones fall away.
const MOST_NOTICES: usize = 50;
/// Used until the page has been measured, in pixels.
const FIRST_ROW_HEIGHT: i32 = 36;
/// Likewise, for the open form.
const FIRST_FORM_HEIGHT: i32 = 360;

/// How far the page is behind what the replica shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    Nothing,
    Words,
    Layout,
}

/// The state of a project's page.
#[derive(Debug)]
pub struct Board {
    project: ProjectId,
    replica: Replica,
    connection: Connection,
    session: Option<Session>,
    // As what the visitor was let in when there last was a session.
    kind: Option<SessionKind>,
    // Whether the server does not know them any more.
    signed_out: bool,
    // Whose copy this is. Known from an earlier visit before the server says so; nothing is sent until it does.
    account: Option<ActorId>,
    // What they are called; the server may know better.
    name: Option<Name>,
    // A request that waits for the session.
    held: Option<SyncRequest>,
    leave: Leave,
    device: Device,
    // When the server last confirmed the base.
    fresh_at: Option<Millis>,
    // The time of the last message.
    present: Millis,
    last_tick: Option<Millis>,
    missing: bool,
    removal: Option<Removal>,
    days: Days,
    layout: Option<Layout>,
    // How far the page is behind the replica until the next frame.
    behind: Behind,
    windows: [Window; 4],
    bearings: [Bearings; 4],
    row_height: i32,
    form_height: i32,
    drafts: Drafts,
    focus: Option<StoryId>,
    // The column shown where there is room for one.
    shown: Column,
    panels: Panels,
    sheet: Option<Sheet>,
    charts: ChartsState,
    search: SearchDesk,
    motion: Option<Motion>,
    selection: Selection,
    trial: Trial,
    settings: SettingsDesk,
    epics: EpicsDesk,
    exchange: ExchangeDesk,
    open_iteration: Option<OpenIteration>,
    name_draft: Option<NameDraft>,
    toast: Option<Toast>,
    help: bool,
    // Ticks that the toast has been there for.
    toast_ticks: u32,
    shown_title: Option<Name>,
    notices: VecDeque<Notice>,
    // Who changed a story, while that is news.
    news: HashMap<StoryId, Name>,
    attention: Attention,
    // What an earlier visitor left on this device, and whether it is to be thrown away.
    left: Option<(Left, LeftWay)>,
    past: Past,
    markdown: markdown::Markdown,
    // The number of a story that the address names, until the page knows whether there is one.
    pointed_at: Option<u32>,
}

impl Board {
    /// The page of a project, of which nothing is known yet but what the browser remembers.
    pub fn new(project: ProjectId, remembered: Remembered) -> Board {
        Board {
            project,
            replica: Replica::new(),
            connection: Connection::default(),
            session: None,
            kind: None,
            signed_out: false,
            account: remembered.account,
            name: remembered.name,
            held: None,
            leave: Leave::No,
            device: Device::new(remembered.keeping),
            fresh_at: None,
            present: Millis::default(),
            last_tick: None,
            missing: false,
            removal: None,
            days: Days::default(),
            layout: None,
            behind: Behind::Nothing,
            windows: Default::default(),
            bearings: Default::default(),
            row_height: FIRST_ROW_HEIGHT,
            form_height: FIRST_FORM_HEIGHT,
            drafts: Drafts::new(remembered.page),
            focus: None,
            shown: Column::Current,
            panels: remembered.panels,
            sheet: None,
            charts: ChartsState::default(),
            search: SearchDesk::default(),
            motion: None,
            selection: Selection::default(),
            trial: Trial::default(),
            settings: SettingsDesk::default(),
            epics: EpicsDesk::default(),
            exchange: ExchangeDesk::default(),
            open_iteration: None,
            name_draft: None,
            toast: None,
            help: false,
            toast_ticks: 0,
            shown_title: None,
            notices: VecDeque::new(),
            news: HashMap::new(),
            attention: Attention::default(),
            left: None,
            past: Past::default(),
            markdown: markdown::Markdown::default(),
            pointed_at: None,
        }
    }

    /// The project.
    pub fn project(&self) -> ProjectId {
        self.project
    }

    /// Takes what happened; says what to do, in order.
    #[expect(clippy::too_many_lines, reason = "a table with a line for each message")]
    pub fn update(&mut self, msg: Msg, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        let out = &mut effects;
        self.present = now.at;
        // Places on the page are places in the layout, so whoever points at one must mean the present one.
        if !matches!(msg, Msg::ChangeHeard(_) | Msg::BeaconHeard(_)) {
            self.catch_up(now, out);
        }
        match msg {
            Msg::SessionOpened(session) => self.session_opened(session, now, out),
            Msg::SessionFailed(failure) => self.session_failed(failure, now, out),
            Msg::SyncAnswered(answer) => self.sync_answered(answer, now, out),
            Msg::SyncFailed(failure) => self.sync_failed(failure, now, out),
            Msg::RetryDue => self.retry_due(now, out),
            Msg::Ticked => self.ticked(now, out),
            Msg::Woke => self.woke(now, out),
            Msg::ChannelSubscribed => self.channel_changed(Channel::Live, now, out),
            Msg::ChannelLost => self.channel_changed(Channel::Lost, now, out),
            Msg::ChangeHeard(heard) => self.change_heard(heard, now, out),
            Msg::BeaconHeard(beacon) => self.beacon_heard(beacon, now, out),
            Msg::AnswerOverdue(request) => self.answer_overdue(request, out),
            // What others changed was shown just now.
            Msg::FrameDue => self.search_goes_on(now, out),
            Msg::ZoneFound(name, zone) => self.zone_found((name, zone), now, out),

            Msg::Device(msg) => self.device_told(msg, now, out),
            Msg::Account(msg) => self.account_changed(msg, now, out),
            Msg::TypingPaused => self.typing_paused(now, out),
            Msg::Hidden => self.hidden(now, out),

            Msg::AddClicked(column) => self.add_clicked(column, now, out),
            Msg::StoryOpened(id) => self.story_opened(id, now, out),
            Msg::FormClosed => self.form_closed(now, out),
            Msg::DraftDiscarded => self.draft_discarded(now, out),
            Msg::DraftSaved => self.draft_saved(now, out),
            Msg::TitleTyped(text) => self.typed(out, |draft| draft.title = text),
            Msg::TypeChosen(story_type) => self.typed(out, |draft| draft.story_type = story_type),
            Msg::EstimateChosen(estimate) => self.typed(out, |draft| draft.estimate = estimate),
            Msg::DescriptionTyped(text) => self.typed(out, |draft| draft.description = text),
            Msg::LabelsTyped(text) => self.typed(out, |draft| draft.labels = text),
            Msg::DeleteClicked => self.delete_clicked(now, out),
            Msg::TransitionClicked(id, Transition::Reject) => self.aside_opened(id, msg::Aside::Reason, out),
            Msg::TransitionClicked(id, transition) => {
                self.tell_after(
                    Command::TransitionStory {
                        id,
                        transition,
                        comment: None,
                    },
                    now,
                    out,
                );
            }
            Msg::EstimateClicked(id, estimate) => {
                let edits = vec![Edit::Estimate(Some(estimate))];
                let order = Order::new(Command::EditStory { id, edits }, Then::Nothing);
                self.give_or_notify(order, now, out);
            }

            Msg::StoryFocused(id) => self.story_focused(id, out),
            Msg::KeyPressed(key) => self.key_pressed(key, now, out),
            Msg::ColumnChosen(column) => self.column_chosen(column, out),
            Msg::PanelToggled(column) => self.panel_toggled(column, now, out),
            Msg::Planning(msg) => self.planning_changed(msg, now, out),
            Msg::Epics(msg) => self.epics_changed(msg, now, out),
            Msg::Settings(msg) => self.settings_changed(msg, now, out),
            Msg::SheetToggled(sheet) => self.sheet_toggled(sheet, out),
            Msg::SheetNamed(sheet) => self.sheet_named(sheet, out),
            Msg::Scrolled { column, top, height } => self.scrolled(column, Window { top, height }, out),
            Msg::RowMeasured(height) => self.row_measured(height, out),
            Msg::FormMeasured(height) => self.form_measured(height, out),

            Msg::DragStarted(id) => self.drag_started(id, out),
            Msg::DragMoved(over) => self.drag_moved(over, out),
            Msg::DragDropped => self.drop_motion(now, out),
            Msg::DragCancelled => self.cancel_motion(out),

            Msg::NameOpened => self.name_opened(out),
            Msg::NameTyped(text) => self.name_typed(text, out),
            Msg::NameClosed => self.name_closed(out),
            Msg::NameSaved => self.name_saved(out),
            Msg::RenameFailed(failure) => self.rename_failed(&failure, out),
            Msg::Charts(msg) => self.charts_changed(msg, out),
            Msg::Exchange(msg) => self.exchange_changed(msg, now, out),
            Msg::Attention(msg) => self.attention_changed(msg, now, out),
            Msg::Left(msg) => self.left_changed(msg, out),
            Msg::Past(msg) => self.past_changed(msg, now, out),
            Msg::Parts(msg) => self.parts_changed(msg, now, out),
            Msg::TextsRendered(answer) => self.texts_rendered(answer, out),
            Msg::Selection(msg) => self.selection_changed(msg, now, out),
            Msg::Search(msg) => self.search_changed(msg, now, out),
            Msg::ToastDismissed => self.toast_dismissed(out),
            Msg::HelpClosed => self.help_closed(out),
            Msg::NoticeDismissed => self.notice_dismissed(out),
        }
        if effects.contains(&Effect::Render) {
            self.catch_up(now, &mut effects);
        }
        self.pointed_follows(now, &mut effects);
        self.follow(&mut effects);
        effects
    }

    /// Lets what hangs on open forms and drafts follow them.
    fn follow(&mut self, out: &mut Vec<Effect>) {
        self.history_follows(out);
        self.markdown_follows(out);
        self.days_follow(out);
        self.charts_follow(out);
        self.exchange_follow(out);
        self.settings_follow();
        self.epics_follow();
        out.extend(self.drafts.let_go().into_iter().map(Effect::Device));
    }

    /// Lays the page out anew and keeps what one reads where it is.
    fn lay_out(&mut self, now: Now, out: &mut Vec<Effect>) {
        self.behind = Behind::Nothing;
        let before = self.form_place();
        self.search_follows(out);
        let Some(view) = self.replica.view() else { return };
        let look = Look {
            today: self.today(now),
            zone: self.days.zone(),
            what_if: self.trial.what_if(),
            shown: &self.columns(),
            new_form: self.drafts.new_form(),
        };
        self.layout = Some(Layout::new(view, look, |plan| self.shown_stories(plan, now)));
        for column in Column::ALL {
            self.hold_still(column, out);
            self.take_bearings(column);
        }
        self.follow_form(before, out);
        out.push(Effect::Render);
    }

    /// Where one writes must not go out of sight because someone else's change sends the story to another column.
    fn follow_form(&mut self, before: Option<(Column, usize)>, out: &mut Vec<Effect>) {
        if let (Some((from, _)), Some((to, row))) = (before, self.form_place())
            && from != to
        {
            self.shown = to;
            self.reveal(to, row, out);
            self.take_bearings(to);
        }
    }

    /// The column and row of the open form.
    fn form_place(&self) -> Option<(Column, usize)> {
        let layout = self.layout.as_ref()?;
        let in_column = |column: Column| Some((column, self.form_row(layout, column)?));
        Column::ALL.into_iter().find_map(in_column)
    }

    fn heights(&self, layout: &Layout, column: Column) -> Heights {
        Heights {
            row: self.row_height,
            form: self.form_row(layout, column).map(|row| (row, self.form_height)),
        }
    }

    fn form_row(&self, layout: &Layout, column: Column) -> Option<usize> {
        let (id, draft) = self.drafts.open()?;
        let rows = layout.rows(column);
        match draft.subject {
            draft::Subject::New(place) if place == column => rows.keys.iter().position(|key| *key == RowKey::NewForm),
            draft::Subject::New(_) => None,
            draft::Subject::Story(_) => rows.row_of(self.replica.view()?.slot(id)?),
        }
    }

    /// The column and row of a story on the page.
    fn find(&self, id: StoryId) -> Option<(Column, usize)> {
        self.layout.as_ref()?.find(self.replica.view()?.slot(id)?)
    }

    fn notify(&mut self, what: String, kept: Option<String>, out: &mut Vec<Effect>) {
        let notice = Notice {
            what,
            kept,
            draft: None,
            deleted: None,
        };
        self.notify_of(notice, out);
    }

    fn notify_of(&mut self, notice: Notice, out: &mut Vec<Effect>) {
        if self.notices.len() == MOST_NOTICES {
            self.notices.pop_front();
        }
        self.notices.push_back(notice);
        out.push(Effect::Render);
    }

    fn notice_dismissed(&mut self, out: &mut Vec<Effect>) {
        if let Some(draft) = self.notices.pop_front().and_then(|notice| notice.draft) {
            self.drafts.orphan_read(draft);
        }
        out.push(Effect::Render);
    }
}

impl Now {
    fn story_id(&self) -> StoryId {
        StoryId(Bits128(self.random[0]))
    }

    fn epic_id(&self) -> EpicId {
        EpicId(Bits128(self.random[0]))
    }

    fn search_id(&self) -> SearchId {
        SearchId(Bits128(self.random[0]))
    }

    fn mid(&self) -> Mid {
        Mid(Bits128(self.random[1]))
    }

    /// The same moment for the command that is given after so many others: its mutation id is as fresh, and another one.
    fn after(&self, others: usize) -> Now {
        let [story, mid] = self.random;
        Now {
            at: self.at,
            random: [story, mid.wrapping_add(others as u128)],
        }
    }
}

#[cfg(test)]
mod tests;
