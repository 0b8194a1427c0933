//! Numbered events, as components see them.

use pusher_channels::{
    browser::Resume,
    client::{MissedEvent, MissedFailure},
    yew::{Resumption, use_channel, use_raw_event, use_resume},
};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::stage::{Stage, Told, name};

/// Notes numbered events; what is missed is in the word, as the answer of a server.
#[component]
fn Numbered(told: &Told) -> Html {
    let orders = use_channel(&name("orders"));
    let log = told.log.clone();
    use_raw_event(&orders, "e", move |data| log.note(data));
    let (word, log) = (told.word.clone(), told.log.clone());
    let resumption = use_resume(&orders, move || {
        let fetch = move |after| {
            log.note(format!("fetch after {after}"));
            let answer = match word.as_str() {
                "gone" => Err(MissedFailure::Gone("too old".to_owned())),
                word => MissedEvent::parse_all(word).map_err(MissedFailure::Unanswered),
            };
            async move { answer }
        };
        Resume::new(fetch).after(0)
    });
    match resumption {
        Resumption::Level => html! { "level" },
        Resumption::CatchingUp => html! { "catching up" },
        Resumption::NotResumable(reason) => html! { reason },
    }
}

#[wasm_bindgen_test]
async fn what_was_missed_comes_first() {
    let stage = Stage::<Numbered>::new(r#"[{"event":"e","data":{"seq":1}},{"event":"e","data":"{\"seq\":2}"}]"#).await;
    assert_eq!(stage.text(), "level");
    stage.page.say_success("orders");
    stage.say_event("orders", "e", r#"{"seq":3}"#);
    stage.page.until(|| stage.log.len() == 4).await;
    stage.settle().await;
    assert_eq!(
        stage.log.take(),
        ["fetch after 0", r#"{"seq":1}"#, r#"{"seq":2}"#, r#"{"seq":3}"#]
    );
    assert_eq!(stage.text(), "level");
    stage.leave().await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_fetched_is_shown() {
    let stage = Stage::<Numbered>::new("gone").await;
    stage.page.say_success("orders");
    stage.page.until(|| stage.text() == "too old").await;
    assert_eq!(stage.log.take(), ["fetch after 0"]);
    stage.leave().await;
}
