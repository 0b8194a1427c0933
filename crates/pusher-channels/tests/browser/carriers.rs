//! Connections over HTTP, as a page makes them.

use pusher_channels::{
    Carrier, Config, State,
    browser::{Channels, Options},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Log, ORDERS, PING, name, page::Page};

const SESSION: &str = r#"{"session":"5e55"}"#;
const HELLO: &str =
    r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\",\"activity_timeout\":120}"}"#;
const HEARD: &str = r#"{"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}"#;
const MOVED: &str = r#"{"event":"moved","channel":"orders","data":"1"}"#;

/// A page whose frames may come by these carriers.
fn connect(carriers: &[Carrier]) -> (Page, Channels) {
    let page = Page::new();
    let mut config = Config::new("host", "key");
    config.carriers = carriers.to_vec();
    let channels = Channels::connect(Options::new(config));
    (page, channels)
}

/// Waits for the n-th request that carries frames.
async fn asked(page: &Page, number: usize) -> String {
    page.until(|| page.carried().len() >= number).await;
    page.carried()[number - 1].clone()
}

/// A session of which the first frame is asked for by request 2.
async fn open(page: &Page) {
    let first = asked(page, 1).await;
    assert!(
        first.starts_with("POST /app/key/session?protocol=7&client=pusher-channels-rs"),
        "{first}"
    );
    page.answer_carried(1, 200, SESSION);
}

/// Lets go of a connection over HTTP, so that its last request does not come by when another test looks.
async fn leave(page: &Page, channels: Channels) {
    drop(channels);
    page.until(|| page.carried().iter().any(|asked| asked.starts_with("DELETE ")))
        .await;
}

#[wasm_bindgen_test]
async fn a_stream_brings_events_as_a_websocket_does() {
    let (page, channels) = connect(&[Carrier::ServerSentEvents]);
    open(&page).await;
    assert_eq!(asked(&page, 2).await, "GET /app/key/events?after=0 5e55");
    page.begin_carried(2);
    page.tell_carried(2, &format!(":\n\nid: 1\ndata: {HELLO}\n\n"));
    page.until(|| channels.state() == State::Connected).await;
    assert_eq!(channels.socket_id().as_deref(), Some("1.2"));
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    let events = log.clone();
    let binding = channel.bind_all(move |event, data| events.note(format!("{event} {data}")));
    assert_eq!(
        asked(&page, 3).await,
        format!("POST /app/key/frames?number=1 5e55 [{ORDERS}]")
    );
    page.answer_carried(3, 204, "");
    let (first, second) = MOVED.split_at(20);
    page.tell_carried(2, &format!("id: 2\ndata: {HEARD}\n\nid: 3\ndata: {first}"));
    page.tell_carried(2, &format!("{second}\n\n"));
    page.until(|| !log.0.borrow().is_empty()).await;
    assert_eq!(log.take(), ["moved 1"]);
    drop((binding, channel));
    leave(&page, channels).await;
}

#[wasm_bindgen_test]
async fn polls_follow_each_other_though_one_is_lost() {
    let (page, channels) = connect(&[Carrier::LongPolling]);
    open(&page).await;
    assert_eq!(asked(&page, 2).await, "GET /app/key/poll?after=0 5e55");
    page.answer_carried(2, 200, &format!("[{HELLO}]"));
    assert_eq!(asked(&page, 3).await, "GET /app/key/poll?after=1 5e55");
    assert_eq!(channels.state(), State::Connected);
    page.fail_carried(3);
    assert_eq!(asked(&page, 4).await, "GET /app/key/poll?after=1 5e55");
    let close = r#"{"event":"pusher_internal:close","data":{"code":4001,"reason":"no such app"}}"#;
    let log = Log::default();
    let errors = log.clone();
    let _binding = channels.bind_error(move |code, reason| errors.note(format!("{code:?} {reason}")));
    page.answer_carried(4, 200, &format!("[{close}]"));
    page.until(|| channels.state() == State::Failed).await;
    assert_eq!(log.take(), ["Some(CloseCode(4001)) no such app"]);
    assert_eq!(page.timers(), 0);
}

#[wasm_bindgen_test]
async fn polling_names_what_it_has() {
    let (page, channels) = connect(&[Carrier::Polling]);
    open(&page).await;
    assert_eq!(asked(&page, 2).await, "GET /app/key/poll?after=0 5e55");
    page.answer_carried(2, 200, &format!("[{HELLO}]"));
    assert_eq!(asked(&page, 3).await, "GET /app/key/poll?after=1 5e55 \"1\"");
    page.answer_carried(3, 304, "");
    channels.check();
    assert_eq!(
        asked(&page, 4).await,
        format!("POST /app/key/frames?number=1 5e55 [{PING}]")
    );
    page.answer_carried(4, 204, "");
    assert_eq!(asked(&page, 5).await, "GET /app/key/poll?after=1 5e55 \"1\"");
    leave(&page, channels).await;
}

#[wasm_bindgen_test]
async fn down_where_no_websocket_passes_and_up_again() {
    let (page, channels) = connect(&Carrier::ALL);
    let log = Log::default();
    let (carriers, states) = (log.clone(), log.clone());
    let _bindings = [
        channels.bind_carrier(move |carrier| carriers.note(carrier.as_str())),
        channels.bind_state(move |state| states.note(state.as_str())),
    ];
    page.close(1006, "");
    page.until(|| page.opened() == 2).await;
    page.close(1006, "");
    open(&page).await;
    asked(&page, 2).await;
    page.begin_carried(2);
    page.tell_carried(2, &format!("id: 1\ndata: {HELLO}\n\n"));
    page.until(|| channels.state() == State::Connected).await;
    assert_eq!(channels.carrier(), Carrier::ServerSentEvents);
    // The first look at the WebSocket comes within two seconds.
    page.until(|| page.opened() == 3).await;
    page.say_hello("3.4");
    assert_eq!(log.take(), ["server-sent-events", "connected", "websocket"]);
    assert_eq!(
        (channels.state(), channels.carrier()),
        (State::Connected, Carrier::WebSocket)
    );
    assert_eq!(channels.socket_id().as_deref(), Some("3.4"));
    assert_eq!(asked(&page, 3).await, "DELETE /app/key/session 5e55");
    assert!(page.is_aborted(2));
}

#[wasm_bindgen_test]
async fn everything_of_a_connection_over_http_is_released() {
    let (page, channels) = connect(&[Carrier::LongPolling]);
    open(&page).await;
    asked(&page, 2).await;
    page.answer_carried(2, 200, &format!("[{HELLO}]"));
    asked(&page, 3).await;
    assert!(page.listeners() > 0 && page.timers() > 0);
    drop(channels);
    assert_eq!((page.listeners(), page.timers()), (0, 0));
    assert!(page.is_aborted(3));
    assert_eq!(asked(&page, 4).await, "DELETE /app/key/session 5e55");
}

#[wasm_bindgen_test]
async fn a_server_without_other_carriers_is_asked_for_its_websocket() {
    let (page, channels) = connect(&Carrier::ALL);
    page.close(1006, "");
    page.until(|| page.opened() == 2).await;
    page.close(1006, "");
    for number in 1..=3 {
        asked(&page, number).await;
        page.answer_carried(number as u32, 404, "no such page");
    }
    page.until(|| page.opened() == 3).await;
    page.say_hello("1.2");
    assert_eq!(
        (channels.state(), channels.carrier()),
        (State::Connected, Carrier::WebSocket)
    );
}
