//! The driver of a project's page: holds the board, carries its effects out, turns what comes back into messages. The only
//! place that sees both what decides and what does.

mod files;
pub mod hands;
mod shelf;

use crate::board::Board;
use crate::board::msg::{AccountMsg, ChartsMsg, Effect, Failure, Msg, Now, PartsMsg, PastMsg, SettingsMsg};
use crate::board::sheet::Sheet;
use crate::components::BoardPage;
use crate::services::api::{self, ApiError};
use crate::services::channel::{News, Subscription};
use crate::services::wake::Moment;
use crate::services::{clock, dom, leaving, route, wake, zone};
use backlog::api::charts::Charts;
use backlog::api::markdown::Rendered;
use backlog::api::{Session, SyncAnswer, SyncRequest};
use backlog::{ActorId, ProjectId, StoryId, ZoneName};
use files::FileHand;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use hands::Hands;
use shelf::DeviceHand;
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use yew::prelude::*;

/// Without an answer for so long, in milliseconds, the page does not claim to be live: the server may hang.
const ANSWER_DUE: u32 = 3_000;
/// The pause in typing, in milliseconds, after which a draft is written to the device.
const PAUSE: u32 = 300;

/// Which project the page is of.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The project.
    pub project: ProjectId,
}

/// The page of a project.
pub struct App {
    board: Board,
    // Made once: a callback made in `view` would be a new one at each render, and every card would be drawn anew.
    dispatch: Callback<Msg>,
    // For whom it was authorized: another visitor needs one of their own.
    subscription: Option<(ActorId, Subscription)>,
    device: DeviceHand,
    files: FileHand,
    // Ends when one goes on typing.
    pause: Option<Timeout>,
    // Focus and scrolling wait until what they are about is drawn.
    after_render: Vec<Effect>,
    // Where one wrote when the page was last to be drawn.
    caret: Option<dom::Caret>,
    // What the browser is told when the page is to be left.
    unsaved: Rc<Cell<bool>>,
    _address: [EventListener; 2],
    _leaving: EventListener,
    _wake: wake::Wake,
    _hands: Hands,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> App {
        let dispatch = ctx.link().callback(|msg: Msg| msg);
        ctx.link().send_message(Msg::Woke);
        let unsaved = Rc::new(Cell::new(false));
        let (lived, named, forecast) = (dispatch.clone(), dispatch.clone(), dispatch.clone());
        App {
            board: Board::new(ctx.props().project, shelf::remembered()),
            subscription: None,
            device: DeviceHand::new(ctx.props().project, &dispatch),
            files: FileHand::new(ctx.props().project, &dispatch),
            pause: None,
            after_render: Vec::new(),
            caret: None,
            _address: [
                route::story_named(move |number| named.emit(Msg::Parts(PartsMsg::NumberFollowed(number)))),
                route::forecast_named(move || forecast.emit(Msg::SheetNamed(Sheet::Forecast))),
            ],
            _leaving: leaving::listen(unsaved.clone()),
            unsaved,
            _wake: wake::listen(move |moment| lived.emit(msg_of_moment(moment))),
            _hands: Hands::new(&dispatch),
            dispatch,
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        if let Msg::SessionOpened(session) = &msg {
            self.subscribe(session);
        }
        let now = Now {
            at: clock::now(),
            random: [clock::random(), clock::random()],
        };
        let mut drawn = false;
        for effect in self.board.update(msg, now) {
            match effect {
                Effect::Render => drawn = true,
                Effect::Focus(_) | Effect::Scroll(..) | Effect::PutCaret(_) => self.after_render.push(effect),
                Effect::AwaitFrame => self.await_frame(),
                Effect::Sync(request) => self.sync(request),
                Effect::RetryAfter(wait) => self.say_after(wait, Msg::RetryDue),
                Effect::ExpectAnswer(request) => self.say_after(ANSWER_DUE, Msg::AnswerOverdue(request)),
                Effect::CheckChannel => self.check_channel(),
                Effect::AwaitPause => self.await_pause(),
                Effect::Device(effect) => self.device.carry_out(effect),
                Effect::EndSession => self.send(api::end_session(), msg_of_end),
                Effect::FindZone(name) => self.find_zone(name),
                Effect::ListZones => self
                    .dispatch
                    .emit(Msg::Settings(SettingsMsg::ZonesListed(zone::names()))),
                Effect::OpenDoor => route::open_sign_in(),
                Effect::LeaveChannel => self.subscription = None,
                Effect::OpenSession => self.send(api::open_session(), msg_of_session),
                Effect::Rename(name) => self.send(api::rename(name), msg_of_rename),
                Effect::ShowTitle(title) => dom::show_title(&title),
                Effect::Announce(text) => dom::announce(&text),
                Effect::FetchHistory(story) => self.fetch_history(story),
                Effect::RenderTexts(texts) => self.render_texts(&texts),
                Effect::FetchCharts => self.send(api::charts(self.board.project()), msg_of_charts),
                Effect::Files(effect) => self.files.carry_out(effect),
                Effect::Copy(text) => dom::copy(&text),
                Effect::RememberPanels(panels) => shelf::remember(panels),
            }
        }
        self.unsaved.set(self.board.holds_unsaved());
        // What waits for a render must get one.
        let draws = drawn || !self.after_render.is_empty();
        if draws {
            self.caret = dom::caret();
        }
        draws
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        html! { <BoardPage scene={Rc::new(self.board.scene())} dispatch={self.dispatch.clone()} /> }
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first_render: bool) {
        hands::carry_out(std::mem::take(&mut self.after_render), self.caret.take());
    }
}

impl App {
    fn subscribe(&mut self, session: &Session) {
        let actor = session.actor.id;
        match &self.subscription {
            Some((of, _)) if *of == actor => return,
            Some(_) => self.dispatch.emit(Msg::ChannelLost),
            None => {}
        }
        // The old one ends before the new one begins.
        self.subscription = None;
        let dispatch = self.dispatch.clone();
        let told = move |news| dispatch.emit(msg_of_news(news));
        let subscription = Subscription::new(&session.realtime_key, self.board.project(), told);
        self.subscription = Some((actor, subscription));
    }

    fn find_zone(&self, name: ZoneName) {
        let zone = zone::find(&name);
        self.dispatch.emit(Msg::ZoneFound(name, zone));
    }

    fn send<T: 'static>(&self, answer: impl Future<Output = T> + 'static, msg: fn(T) -> Msg) {
        let dispatch = self.dispatch.clone();
        wasm_bindgen_futures::spawn_local(async move { dispatch.emit(msg(answer.await)) });
    }

    fn sync(&self, request: SyncRequest) {
        let socket = self
            .subscription
            .as_ref()
            .and_then(|(_, subscription)| subscription.socket_id());
        self.send(api::sync(self.board.project(), request, socket), msg_of_sync);
    }

    fn fetch_history(&self, story: StoryId) {
        let (dispatch, project) = (self.dispatch.clone(), self.board.project());
        wasm_bindgen_futures::spawn_local(async move {
            let answer = api::history(project, story).await;
            let told = answer.map(Box::new).map_err(failure);
            dispatch.emit(Msg::Past(PastMsg::HistoryAnswered(story, told)));
        });
    }

    fn render_texts(&self, texts: &[Rc<str>]) {
        let texts = texts.iter().map(ToString::to_string).collect();
        self.send(api::render(self.board.project(), texts), msg_of_rendered);
    }

    fn await_frame(&self) {
        let dispatch = self.dispatch.clone();
        clock::before_next_frame(move || dispatch.emit(Msg::FrameDue));
    }

    fn say_after(&self, wait: u32, msg: Msg) {
        let dispatch = self.dispatch.clone();
        Timeout::new(wait, move || dispatch.emit(msg)).forget();
    }

    fn await_pause(&mut self) {
        let dispatch = self.dispatch.clone();
        self.pause = Some(Timeout::new(PAUSE, move || dispatch.emit(Msg::TypingPaused)));
    }

    fn check_channel(&self) {
        if let Some((_, subscription)) = &self.subscription {
            subscription.check();
        }
    }
}

fn msg_of_moment(moment: Moment) -> Msg {
    match moment {
        Moment::Woke => Msg::Woke,
        Moment::Ticked => Msg::Ticked,
        Moment::Hidden => Msg::Hidden,
    }
}

fn msg_of_rendered(answer: Result<Rendered, ApiError>) -> Msg {
    let html = answer.map(|answer| answer.html.into_iter().map(Rc::from).collect());
    Msg::TextsRendered(html.map_err(failure))
}

fn msg_of_charts(answer: Result<Charts, ApiError>) -> Msg {
    Msg::Charts(ChartsMsg::Answered(answer.map(Box::new).map_err(failure)))
}

fn msg_of_end(answer: Result<(), ApiError>) -> Msg {
    Msg::Account(match answer {
        Ok(()) => AccountMsg::SessionEnded,
        Err(error) => AccountMsg::SignOutFailed(failure(error)),
    })
}

fn msg_of_session(answer: Result<Session, ApiError>) -> Msg {
    answer.map_or_else(|error| Msg::SessionFailed(failure(error)), Msg::SessionOpened)
}

fn msg_of_rename(answer: Result<Session, ApiError>) -> Msg {
    answer.map_or_else(|error| Msg::RenameFailed(failure(error)), Msg::SessionOpened)
}

fn msg_of_sync(answer: Result<SyncAnswer, ApiError>) -> Msg {
    answer.map_or_else(
        |error| Msg::SyncFailed(failure(error)),
        |answer| Msg::SyncAnswered(Box::new(answer)),
    )
}

fn msg_of_news(news: News) -> Msg {
    match news {
        News::Subscribed => Msg::ChannelSubscribed,
        News::Lost => Msg::ChannelLost,
        News::Change(heard) => Msg::ChangeHeard(heard),
        News::Beacon(beacon) => Msg::BeaconHeard(beacon),
        News::Access => Msg::Account(AccountMsg::AccessChanged),
    }
}

fn failure(error: ApiError) -> Failure {
    match error {
        ApiError::Unreachable => Failure::Unreachable,
        ApiError::Busy => Failure::Busy,
        ApiError::Broke => Failure::Broke,
        ApiError::NoSession => Failure::NoSession,
        ApiError::NotFound => Failure::NoProject,
        ApiError::Removed => Failure::Removed,
        ApiError::Refused(why) => Failure::Refused(why),
        ApiError::Outdated => Failure::Outdated,
    }
}
