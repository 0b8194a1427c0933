//! The stage: a page without a server. Its ledger answers every request at once.

use backlog::api::{Fate, Heard, Outcome, Session, SessionKind, StoryHistory, SyncAnswer, SyncRequest};
use backlog::command::NewStory;
use backlog::history::history;
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Command, Description, Edit, Epoch, Estimate, Ledger, Mid, Name, Panel, Project, ProjectId,
    Recorded, Sent, StoryId, StoryType, Title, Version,
};
use gloo_events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use truestory_app::app::hands::{self, Hands};
use truestory_app::board::Board;
use truestory_app::board::column::Column;
use truestory_app::board::msg::{
    DeviceEffect, DeviceMsg, Effect, Elsewhere, FromDevice, Msg, Now, PastMsg, Remembered, SettingsMsg,
};
use truestory_app::components::BoardPage;
use truestory_app::services::{clock, dom, leaving, zone};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};
use yew::prelude::*;

const STYLES: &str = concat!(
    include_str!("../../styles/tokens.css"),
    include_str!("../../styles/page.css"),
    include_str!("../../styles/panel.css"),
    include_str!("../../styles/story.css"),
    include_str!("../../styles/form.css"),
    include_str!("../../styles/past.css"),
    include_str!("../../styles/selection.css"),
);

/// How many stories the stage begins with in the backlog and in the icebox.
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    pub backlog: usize,
    pub icebox: usize,
}

pub enum StageMsg {
    /// As on the page.
    Board(Msg),
    /// Someone else does something.
    OthersDo(Command),
    /// Someone else does something, and nobody is told yet.
    OthersDoUnheard(Command),
}

pub struct Stage {
    board: Board,
    ledger: Ledger,
    history: Vec<Recorded>,
    dispatch: Callback<Msg>,
    after_render: Vec<Effect>,
    caret: Option<dom::Caret>,
    unsaved: Rc<Cell<bool>>,
    _leaving: EventListener,
    _hands: Hands,
}

impl Component for Stage {
    type Message = StageMsg;
    type Properties = StageProps;

    fn create(ctx: &Context<Self>) -> Stage {
        let props = ctx.props();
        let mut ledger = Ledger::new(ProjectId(Bits128(1)), Project::new(name("Stage"), clock::now()));
        let mut history = Vec::new();
        for (panel, first, count) in [
            (Panel::Backlog, 1, props.backlog),
            (Panel::Icebox, 100_001, props.icebox),
        ] {
            for n in (first..first + count as u128).rev() {
                let command = create(n, &format!("story {n}"), panel);
                history.push(enter(&mut ledger, Mid(Bits128(n)), &command, "Bob"));
            }
        }
        let dispatch = ctx.link().callback(StageMsg::Board);
        ctx.link().send_message(StageMsg::Board(Msg::SessionOpened(Session {
            actor: person("Ann"),
            named: true,
            kind: SessionKind::Open,
            realtime_key: String::new(),
        })));
        ctx.link().send_message(StageMsg::Board(Msg::ChannelSubscribed));
        let unsaved = Rc::new(Cell::new(false));
        Stage {
            board: Board::new(ledger.id(), Remembered::default()),
            ledger,
            history,
            after_render: Vec::new(),
            caret: None,
            _leaving: leaving::listen(unsaved.clone()),
            unsaved,
            _hands: Hands::new(&dispatch),
            dispatch,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: StageMsg) -> bool {
        let msg = match msg {
            StageMsg::Board(msg) => msg,
            StageMsg::OthersDo(command) => {
                let recorded = enter(&mut self.ledger, Mid(Bits128(clock::random())), &command, "Bob");
                self.history.push(recorded.clone());
                Msg::ChangeHeard(Heard::Change(Box::new(recorded)))
            }
            StageMsg::OthersDoUnheard(command) => {
                let recorded = enter(&mut self.ledger, Mid(Bits128(clock::random())), &command, "Bob");
                self.history.push(recorded);
                return false;
            }
        };
        let now = Now {
            at: clock::now(),
            random: [clock::random(), clock::random()],
        };
        let mut drawn = false;
        for effect in self.board.update(msg, now) {
            match effect {
                Effect::Render => drawn = true,
                Effect::Focus(_) | Effect::Scroll(..) | Effect::PutCaret(_) => self.after_render.push(effect),
                Effect::AwaitFrame => ctx.link().send_message(StageMsg::Board(Msg::FrameDue)),
                Effect::Sync(request) => {
                    let answer = self.answer(&request);
                    ctx.link()
                        .send_message(StageMsg::Board(Msg::SyncAnswered(Box::new(answer))));
                }
                Effect::FetchHistory(story) => {
                    let told = Box::new(self.history_of(story));
                    let told = PastMsg::HistoryAnswered(story, Ok(told));
                    ctx.link().send_message(StageMsg::Board(Msg::Past(told)));
                }
                Effect::Copy(text) => dom::copy(&text),
                Effect::Device(effect) => {
                    if let Some(msg) = answer_of_device(effect) {
                        ctx.link().send_message(StageMsg::Board(Msg::Device(msg)));
                    }
                }
                Effect::FindZone(name) => {
                    let zone = zone::find(&name);
                    ctx.link().send_message(StageMsg::Board(Msg::ZoneFound(name, zone)));
                }
                Effect::ListZones => {
                    let names = SettingsMsg::ZonesListed(zone::names());
                    ctx.link().send_message(StageMsg::Board(Msg::Settings(names)));
                }
                Effect::RetryAfter(_)
                | Effect::RenderTexts(_)
                | Effect::RememberPanels(_)
                | Effect::FetchCharts
                | Effect::Files(_)
                | Effect::ExpectAnswer(_)
                | Effect::CheckChannel
                | Effect::AwaitPause
                | Effect::EndSession
                | Effect::OpenSession
                | Effect::OpenDoor
                | Effect::LeaveChannel
                | Effect::Rename(_)
                | Effect::ShowTitle(_)
                | Effect::Announce(_) => {}
            }
        }
        self.unsaved.set(self.board.holds_unsaved());
        self.caret = dom::caret();
        drawn || !self.after_render.is_empty()
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! { <BoardPage scene={Rc::new(self.board.scene())} dispatch={self.dispatch.clone()} /> }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        hands::carry_out(std::mem::take(&mut self.after_render), self.caret.take());
    }
}

impl Stage {
    fn answer(&mut self, request: &SyncRequest) -> SyncAnswer {
        let mut outcomes = Vec::new();
        for sent in &request.commands {
            let fate = match self.ledger.enter(sent, &person("Ann"), clock::now()) {
                Ok(recorded) => {
                    let rev = recorded.rev;
                    self.history.push(recorded);
                    Fate::Applied(rev)
                }
                Err(reason) => Fate::Rejected(reason),
            };
            outcomes.push(Outcome { mid: sent.mid, fate });
        }
        let since = request.since.map_or(0, |version| version.rev as usize);
        let Version { rev, hash } = self.ledger.version();
        SyncAnswer {
            epoch: Epoch(Bits128(0)),
            rev,
            hash,
            digest: self.ledger.project().digest(),
            role: backlog::Role::Owner,
            changes: if request.full {
                Vec::new()
            } else {
                self.history[since..].to_vec()
            },
            outcomes,
            snapshot: request.full.then(|| Box::new(self.ledger.project().snapshot())),
            reset: false,
        }
    }
}

impl Stage {
    fn history_of(&self, story: StoryId) -> StoryHistory {
        let touches = |recorded: &&Recorded| recorded.change.stories().contains(&story);
        history(story, self.history.iter().filter(touches).cloned().collect())
    }
}

/// A device that does at once what it is told and keeps nothing.
fn answer_of_device(effect: DeviceEffect) -> Option<DeviceMsg> {
    match effect {
        DeviceEffect::Load(account) => Some(DeviceMsg::Read(Box::new(FromDevice::nothing(account)))),
        DeviceEffect::ReadOwn => Some(DeviceMsg::Read(Box::new(FromDevice::nothing(person("Ann").id)))),
        DeviceEffect::Keep(kept) => Some(DeviceMsg::Kept(kept.mid)),
        DeviceEffect::Save(saved, _) => Some(DeviceMsg::BaseSaved(saved.version)),
        DeviceEffect::PutDraft { key, edition, .. } => Some(DeviceMsg::DraftWritten(key, edition)),
        DeviceEffect::Survey => Some(DeviceMsg::Surveyed(Elsewhere::default())),
        DeviceEffect::Write(_)
        | DeviceEffect::Sign(_)
        | DeviceEffect::FindLeft
        | DeviceEffect::TakeOver(_)
        | DeviceEffect::ThrowAway(_)
        | DeviceEffect::RemoveDraft(_)
        | DeviceEffect::SetKeeping(_)
        | DeviceEffect::Wipe
        | DeviceEffect::WipeProject
        | DeviceEffect::Forget => None,
    }
}

fn enter(ledger: &mut Ledger, mid: Mid, command: &Command, by: &str) -> Recorded {
    let sent = Sent {
        mid,
        base: ledger.version().rev,
        command: command.clone(),
    };
    ledger
        .enter(&sent, &person(by), clock::now())
        .expect("the rules allow it")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn person(text: &str) -> Actor {
    Actor {
        id: ActorId(Bits128(text.len() as u128)),
        name: name(text),
    }
}

pub fn story_id(n: u128) -> StoryId {
    StoryId(Bits128(n))
}

pub fn create(n: u128, title: &str, panel: Panel) -> Command {
    Command::CreateStory(NewStory {
        id: story_id(n),
        title: Title::new(title).expect("a title"),
        story_type: StoryType::Feature,
        panel,
        after: None,
        estimate: Some(Estimate(3)),
        description: Description::default(),
        labels: Default::default(),
    })
}

pub fn retitle(n: u128, title: &str) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::Title(Title::new(title).expect("a title"))],
    }
}

/// Puts a story into the backlog, after another one.
pub fn put_after(n: u128, after: u128) -> Command {
    Command::MoveStories {
        stories: vec![story_id(n)],
        panel: Panel::Backlog,
        after: Some(story_id(after)),
        current: None,
    }
}

pub async fn next_frame() {
    let mut ask = |resolve: js_sys::Function, _reject| {
        gloo_utils::window()
            .request_animation_frame(&resolve)
            .expect("a function can be called");
    };
    wasm_bindgen_futures::JsFuture::from(js_sys::Promise::new(&mut ask))
        .await
        .expect("a frame comes");
}

/// A stage in the page, and hands to work on it.
pub struct Play {
    pub handle: yew::AppHandle<Stage>,
    root: Element,
}

impl Play {
    pub async fn begin(backlog: usize, icebox: usize) -> Play {
        let document = gloo_utils::document();
        // A test that failed cannot clear its stage any more.
        while let Some(left) = document.query_selector(".stage").expect("a selector") {
            left.remove();
        }
        let root = document.create_element("div").expect("an element");
        root.set_class_name("stage");
        // Fills the window, so that every point of the page can be pointed at.
        root.set_attribute("style", "position:fixed;inset:0;overflow:hidden")
            .expect("it can be set");
        let style = document.create_element("style").expect("an element");
        style.set_text_content(Some(STYLES));
        gloo_utils::body().append_child(&style).expect("it can be added");
        gloo_utils::body().append_child(&root).expect("it can be added");
        let props = StageProps { backlog, icebox };
        let handle = yew::Renderer::<Stage>::with_root_and_props(root.clone(), props).render();
        let play = Play { handle, root };
        play.settle().await;
        play
    }

    /// Lets everything that is under way come to its end: what is to be drawn is drawn, painted and measured.
    pub async fn settle(&self) {
        for _ in 0..2 {
            yew::scheduler::flush().await;
            next_frame().await;
        }
        yew::scheduler::flush().await;
    }

    pub async fn others(&self, command: Command) {
        self.handle.send_message(StageMsg::OthersDo(command));
        self.settle().await;
    }

    pub async fn others_unheard(&self, command: Command) {
        self.handle.send_message(StageMsg::OthersDoUnheard(command));
        self.settle().await;
    }

    /// Clicks what stands there.
    pub async fn click(&self, selector: &str) {
        self.get(selector).click();
        self.settle().await;
    }

    /// Presses a key on what has the focus.
    pub async fn press(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
        let focused = gloo_utils::document()
            .active_element()
            .expect("something has the focus");
        focused.dispatch_event(&event).expect("it is heard");
        self.settle().await;
    }

    /// Whether this has the focus.
    pub fn is_focused(&self, selector: &str) -> bool {
        gloo_utils::document().active_element().as_ref() == Some(self.get(selector).as_ref())
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root
            .query_selector(selector)
            .expect("a selector")
            .map(JsCast::unchecked_into)
    }

    pub fn get(&self, selector: &str) -> HtmlElement {
        let found = self.find(selector);
        assert!(found.is_some(), "{selector} is not in the page");
        found.expect("asserted just now")
    }

    pub fn row(&self, n: u128) -> HtmlElement {
        self.get(&format!("#story-{}", story_id(n)))
    }

    /// The titles of the rows in the page, in order.
    pub fn titles(&self, column: Column) -> Vec<String> {
        let rows = self
            .root
            .query_selector_all(&format!("[data-column={}] .card-title", column.key()))
            .expect("a selector");
        (0..rows.length())
            .filter_map(|n| rows.item(n)?.text_content())
            .collect()
    }

    pub async fn end(self) {
        self.handle.destroy();
        self.root.remove();
        yew::scheduler::flush().await;
    }
}
