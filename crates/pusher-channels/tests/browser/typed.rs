//! Events by type, events of every channel, and those that carry a number.

use pusher_channels::{
    browser::Resume,
    client::{MissedEvent, MissedFailure},
};
use serde::Deserialize;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Log, connected, name};

#[derive(Debug, Deserialize)]
struct Moved {
    id: u32,
}

#[wasm_bindgen_test]
fn data_is_read_as_a_type() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    let (moved, named, nothing) = (log.clone(), log.clone(), log.clone());
    let _bindings = [
        channel.bind("moved", move |Moved { id }| moved.note(format!("moved {id}"))),
        channel.bind("named", move |text: String| named.note(text)),
        channel.bind("nothing", move |()| nothing.note("nothing")),
    ];
    page.say_success("orders");
    page.say(r#"{"event":"moved","channel":"orders","data":"{\"id\":1}"}"#);
    page.say(r#"{"event":"moved","channel":"orders","data":{"id":2}}"#);
    page.say(r#"{"event":"named","channel":"orders","data":"plain words"}"#);
    page.say(r#"{"event":"nothing","channel":"orders"}"#);
    assert_eq!(log.take(), ["moved 1", "moved 2", "plain words", "nothing"]);
}

#[wasm_bindgen_test]
fn unreadable_data_is_told_after_the_event() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    let (errors, moved, all) = (log.clone(), log.clone(), log.clone());
    let _bindings = [
        channels.bind_error(move |code, message| errors.note(format!("{code:?} {message}"))),
        channel.bind("moved", move |moved_to: Moved| moved.note(format!("{moved_to:?}"))),
        channel.bind_all(move |event, data| all.note(format!("{event} {data}"))),
    ];
    page.say_success("orders");
    page.say(r#"{"event":"moved","channel":"orders","data":"{}"}"#);
    assert_eq!(
        log.take(),
        [
            "moved {}",
            "None orders: the data of moved cannot be read: missing field `id` at line 1 column 2"
        ]
    );
}

#[wasm_bindgen_test]
fn events_of_every_channel_come_after_the_channel_s_own() {
    let (page, channels) = connected();
    let log = Log::default();
    let (orders, stories) = (
        channels.subscribe(&name("orders")),
        channels.subscribe(&name("stories")),
    );
    let (everywhere, here) = (log.clone(), log.clone());
    let binding = channels.bind_all(move |channel, event, data| {
        let channel = channel.map_or("none", |channel| channel.as_str());
        everywhere.note(format!("{channel} {event} {data}"));
    });
    let _here = orders.bind_raw("e", move |data| here.note(data));
    page.say_success("orders");
    page.say_success("stories");
    page.say(r#"{"event":"e","channel":"orders","data":"1"}"#);
    page.say(r#"{"event":"e","channel":"stories","data":"2"}"#);
    page.say(r#"{"event":"e","channel":"elsewhere","data":"3"}"#);
    page.say(r#"{"event":"e","data":"4"}"#);
    drop(binding);
    page.say(r#"{"event":"e","channel":"stories","data":"5"}"#);
    drop(stories);
    assert_eq!(log.take(), ["1", "orders e 1", "stories e 2", "none e 4"]);
}

/// Answers each fetch with the next of these bodies; `gone` for none ever.
fn answering(log: &Log, bodies: &'static [&'static str]) -> Resume {
    let (log, asked) = (log.clone(), std::cell::Cell::new(0));
    Resume::new(move |after| {
        log.note(format!("fetch after {after}"));
        let body = bodies[asked.replace(asked.get() + 1)];
        async move {
            match body {
                "gone" => Err(MissedFailure::Gone("too old".to_owned())),
                body => MissedEvent::parse_all(body).map_err(MissedFailure::Unanswered),
            }
        }
    })
}

#[wasm_bindgen_test]
async fn a_gap_is_fetched() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    let (events, catching_up, caught_up) = (log.clone(), log.clone(), log.clone());
    let _bindings = [
        channel.bind_raw("e", move |data| events.note(data)),
        channel.bind_catching_up(move || catching_up.note("catching up")),
        channel.bind_caught_up(move || caught_up.note("caught up")),
    ];
    let resumed = channel.resume_with(answering(&log, &[r#"[{"event":"e","data":{"n":2}}]"#]).numbered_in("n"));
    page.say_success("orders");
    page.say(r#"{"event":"e","channel":"orders","data":{"n":1}}"#);
    page.say(r#"{"event":"e","channel":"orders","data":{"n":3}}"#);
    assert_eq!(channels.vitals().catching_up, 1);
    page.until(|| channels.vitals().catching_up == 0).await;
    assert_eq!(
        log.take(),
        [
            r#"{"n":1}"#,
            "catching up",
            "fetch after 1",
            r#"{"n":2}"#,
            r#"{"n":3}"#,
            "caught up"
        ]
    );
    drop(resumed);
    page.say(r#"{"event":"e","channel":"orders","data":{"n":9}}"#);
    assert_eq!(log.take(), [r#"{"n":9}"#]);
}

#[wasm_bindgen_test]
async fn what_is_gone_is_told_and_the_newest_function_fetches() {
    let (page, channels) = connected();
    let log = Log::default();
    let channel = channels.subscribe(&name("orders"));
    let lost = log.clone();
    let _binding = channel.bind_not_resumable(move |reason| lost.note(reason));
    page.say_success("orders");
    let first = channel.resume_with(answering(&log, &["gone"]).after(5));
    page.until(|| channels.vitals().catching_up == 0).await;
    assert_eq!(log.take(), ["fetch after 5", "too old"]);
    let second = channel.resume_with(answering(&log, &["[]"]).after(7));
    drop(first);
    page.until(|| channels.vitals().catching_up == 0).await;
    assert_eq!(log.take(), ["fetch after 7"]);
    drop((second, _binding, channel, channels));
    assert_eq!((page.is_closed(), page.listeners(), page.timers()), (true, 0, 0));
}

#[wasm_bindgen_test]
fn vitals_are_on_the_clock_of_the_page() {
    let (page, channels) = connected();
    let connected_at = channels.vitals().last_heard_at.unwrap();
    assert_eq!(channels.vitals().last_event_at, None);
    let _channel = channels.subscribe(&name("orders"));
    page.say_success("orders");
    page.say(r#"{"event":"e","channel":"orders","data":""}"#);
    assert!(channels.vitals().last_event_at.unwrap() >= connected_at);
    assert_eq!(channels.vitals().lag, None);
    channels.check();
    page.say(r#"{"event":"pusher:pong"}"#);
    assert!(channels.vitals().lag.unwrap().as_secs() < 60);
}
