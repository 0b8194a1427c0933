//! The driver for a page, in a real browser: `cargo test -p pusher-channels --features browser --target
//! wasm32-unknown-unknown --test browser`. Its sockets are played by `page`; what real ones do is the end-to-end tests' matter.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{cell::RefCell, rc::Rc};

use pusher_channels::{
    AuthorizationFailure, ChannelAuthorization, ChannelName, Config, State, Subscription,
    browser::{Authorizer, Binding, Channels, Options},
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

mod authorizing;
#[cfg(feature = "http-carriers")]
mod carriers;
mod page;
mod people;
mod typed;

use page::Page;

wasm_bindgen_test_configure!(run_in_browser);

const ORDERS: &str = r#"{"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}"#;
const PING: &str = r#"{"event":"pusher:ping","data":{}}"#;

/// What handlers were told, in order.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn note(&self, text: impl Into<String>) {
        self.0.borrow_mut().push(text.into());
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

fn name(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

fn connect() -> (Page, Channels) {
    let page = Page::new();
    let channels = Channels::connect(Options::new(Config::new("host", "key")));
    (page, channels)
}

fn connected() -> (Page, Channels) {
    let (page, channels) = connect();
    page.say_hello("1.2");
    (page, channels)
}

#[wasm_bindgen_test]
fn connects_to_where_the_page_came_from() {
    let page = Page::new();
    let _channels = Channels::connect(Options::same_origin("key"));
    let host = web_sys::window().unwrap().location().host().unwrap();
    assert!(
        page.url().starts_with(&format!("ws://{host}/app/key?protocol=7&")),
        "{}",
        page.url()
    );
}

#[wasm_bindgen_test]
fn tells_states_and_the_socket_id() {
    let (page, channels) = connect();
    let log = Log::default();
    let (states, others) = (log.clone(), channels.clone());
    let _binding = channels.bind_state(move |state| states.note(format!("{state} {:?}", others.socket_id())));
    page.say_hello("1.2");
    page.close(1006, "");
    page.fire("online");
    page.say_hello("3.4");
    assert_eq!(
        log.take(),
        ["connected Some(\"1.2\")", "connecting None", "connected Some(\"3.4\")"]
    );
    assert_eq!(channels.state(), State::Connected);
}

#[wasm_bindgen_test]
fn events_come_in_order_by_name_and_all() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    let (all, moved, subscribed) = (log.clone(), log.clone(), log.clone());
    let _bindings = [
        channel.bind_all(move |event, data| all.note(format!("all {event} {data}"))),
        channel.bind_raw("moved", move |data| moved.note(format!("moved {data}"))),
        channel.on_subscribed(move || subscribed.note("subscribed")),
    ];
    assert_eq!(channel.subscription(), Subscription::Pending);
    page.say_success("orders");
    assert_eq!(channel.subscription(), Subscription::Subscribed);
    page.say(r#"{"event":"moved","channel":"orders","data":"{\"id\":1}"}"#);
    page.say(r#"{"event":"other","channel":"orders","data":"x"}"#);
    page.say(r#"{"event":"moved","channel":"elsewhere","data":"y"}"#);
    assert_eq!(
        log.take(),
        [
            "subscribed",
            r#"all moved {"id":1}"#,
            r#"moved {"id":1}"#,
            "all other x"
        ]
    );
}

#[wasm_bindgen_test]
fn a_burst_reaches_the_handler_whole() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    page.say_success("orders");
    let events = log.clone();
    let _binding = channel.bind_raw("e", move |data| events.note(data));
    for number in 0..1000 {
        page.say(&format!(r#"{{"event":"e","channel":"orders","data":"{number}"}}"#));
    }
    let expected: Vec<String> = (0..1000).map(|number| number.to_string()).collect();
    assert_eq!(log.take(), expected);
}

#[wasm_bindgen_test]
fn handlers_may_call_back() {
    let (page, channels) = connect();
    let log = Log::default();
    let kept = Rc::new(RefCell::new(Vec::<Binding>::new()));
    let (others, notes, bindings) = (channels.clone(), log.clone(), kept.clone());
    let _state = channels.bind_state(move |state| {
        let notes = notes.clone();
        notes.note(format!("{state} and {}", others.state()));
        if state == State::Connected {
            let channel = others.subscribe(&name("orders"));
            bindings
                .borrow_mut()
                .push(channel.bind_all(move |event, _| notes.note(event)));
            others.check();
            others.disconnect();
            others.reconnect();
        }
    });
    page.say_hello("1.2");
    assert_eq!(
        log.take(),
        [
            "connected and connected",
            "disconnected and connecting",
            "connecting and connecting"
        ]
    );
    kept.borrow_mut().clear();
}

#[wasm_bindgen_test]
fn a_handler_unbound_by_another_is_not_called() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    page.say_success("orders");
    let second = Rc::new(RefCell::new(None::<Binding>));
    let (first_log, to_unbind) = (log.clone(), second.clone());
    let _first = channel.bind_raw("e", move |_| {
        first_log.note("first");
        to_unbind.borrow_mut().take();
    });
    let second_log = log.clone();
    *second.borrow_mut() = Some(channel.bind_raw("e", move |_| second_log.note("second")));
    page.say(r#"{"event":"e","channel":"orders","data":""}"#);
    assert_eq!(log.take(), ["first"]);
}

#[wasm_bindgen_test]
fn the_last_handle_unsubscribes() {
    let (page, channels) = connected();
    let first = channels.subscribe(&name("orders"));
    let second = channels.subscribe(&name("orders"));
    assert_eq!(first, second);
    assert_eq!(channels.all_channels(), [name("orders")]);
    page.say_success("orders");
    let binding = second.bind_all(|_, _| {});
    drop(first);
    drop(second);
    assert_eq!(page.sent(), [ORDERS]);
    drop(binding);
    assert_eq!(
        page.sent(),
        [ORDERS, r#"{"event":"pusher:unsubscribe","data":{"channel":"orders"}}"#]
    );
}

#[wasm_bindgen_test]
fn everything_is_released_with_the_last_handle() {
    let (page, channels) = connected();
    let channel = channels.subscribe(&name("orders"));
    page.say_success("orders");
    let binding = channel.bind_all(|_, _| {});
    assert!(page.listeners() > 0 && page.timers() == 1);
    drop(channels);
    drop(channel);
    assert!(!page.is_closed());
    drop(binding);
    assert!(page.is_closed());
    assert_eq!((page.listeners(), page.timers()), (0, 0));
}

#[wasm_bindgen_test]
fn a_handle_dropped_by_a_handler_is_released_too() {
    let (page, channels) = connected();
    let slot = Rc::new(RefCell::new(None));
    let held = slot.clone();
    let binding = channels.bind_state(move |_| drop(held.borrow_mut().take()));
    *slot.borrow_mut() = Some((channels, binding));
    page.close(1006, "");
    assert_eq!((page.listeners(), page.timers()), (0, 0));
}

#[wasm_bindgen_test]
fn the_page_s_events_make_the_socket_prove_itself() {
    let (page, _channels) = connected();
    page.fire("offline");
    assert_eq!(page.sent(), [PING]);
    page.say(r#"{"event":"pusher:pong"}"#);
    page.fire_on_document("visibilitychange");
    assert_eq!(page.sent(), [PING, PING]);
    page.say(r#"{"event":"pusher:pong"}"#);
    page.fire("pageshow");
    assert_eq!(page.sent(), [PING, PING]);
}

#[wasm_bindgen_test]
fn a_refusal_is_told_and_can_be_undone() {
    let (page, channels) = connect();
    let log = Log::default();
    let errors = log.clone();
    let _binding = channels.bind_error(move |code, reason| errors.note(format!("{code:?} {reason}")));
    page.close(4001, "no such app");
    assert_eq!(log.take(), ["Some(CloseCode(4001)) no such app"]);
    assert_eq!((channels.state(), page.timers()), (State::Failed, 0));
    channels.reconnect();
    page.say_hello("1.2");
    assert_eq!(channels.state(), State::Connected);
}

#[wasm_bindgen_test]
async fn a_lost_connection_comes_back_by_itself() {
    let (page, channels) = connected();
    page.close(1006, "");
    page.until(|| page.opened() == 2).await;
    page.say_hello("3.4");
    assert_eq!(channels.socket_id().as_deref(), Some("3.4"));
}

#[wasm_bindgen_test]
async fn private_channels_are_authorised_by_form_post() {
    let (page, channels) = connected();
    page.answer_fetch(200, r#"{"auth":"key:sig"}"#);
    let _channel = channels.subscribe(&name("private-x"));
    page.until(|| !page.sent().is_empty()).await;
    assert_eq!(
        page.fetched(),
        ["POST /pusher/auth same-origin application/x-www-form-urlencoded socket_id=1.2&channel_name=private-x"]
    );
    assert_eq!(
        page.sent(),
        [r#"{"event":"pusher:subscribe","data":{"auth":"key:sig","channel":"private-x"}}"#]
    );
}

#[wasm_bindgen_test]
async fn a_refused_authorisation_is_told() {
    let (page, channels) = connected();
    page.answer_fetch(403, "no");
    let log = Log::default();
    let channel = channels.subscribe(&name("private-x"));
    let failures = log.clone();
    let _binding = channel.on_subscription_failed(move |failure| failures.note(format!("{:?}", failure.status)));
    page.until(|| !log.0.borrow().is_empty()).await;
    assert_eq!(log.take(), ["Some(403)"]);
    assert_eq!(channel.subscription(), Subscription::Unsent);
}

#[wasm_bindgen_test]
async fn an_authoriser_of_the_application() {
    let page = Page::new();
    let authorizer = Authorizer::handler(|request| async move {
        match request.channel.as_str() {
            "private-mine" => Ok(ChannelAuthorization::new(request.form())),
            _ => Err(AuthorizationFailure::unanswered("not yours")),
        }
    });
    let channels = Channels::connect(Options::new(Config::new("host", "key")).authorized_by(authorizer));
    page.say_hello("1.2");
    let log = Log::default();
    let theirs = channels.subscribe(&name("private-theirs"));
    let failures = log.clone();
    let _binding = theirs.on_subscription_failed(move |failure| failures.note(failure.to_string()));
    let _mine = channels.subscribe(&name("private-mine"));
    page.until(|| !page.sent().is_empty()).await;
    assert_eq!(
        page.sent(),
        [
            r#"{"event":"pusher:subscribe","data":{"auth":"socket_id=1.2&channel_name=private-mine","channel":"private-mine"}}"#
        ]
    );
    assert_eq!(log.take(), ["not yours"]);
}
