//! Presence, client events and sign-in, as components see them.

use pusher_channels::yew::{
    use_channel, use_client_event, use_presence, use_sign_in, use_trigger, use_user_event, use_watchlist,
};
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

use super::stage::{Stage, Told, name};

/// Who is in the room; notes who types, and types when rendered with a word.
#[component]
fn Room(told: &Told) -> Html {
    let room = use_channel(&name("presence-room"));
    let members = use_presence(&room);
    let trigger = use_trigger(&room);
    let log = told.log.clone();
    use_client_event(&room, "client-typing", move |text: String, by| {
        log.note(format!("{} types {text}", by.unwrap_or("somebody")));
    });
    let log = told.log.clone();
    use_effect_with(told.word.clone(), move |word| {
        if let Err(error) = trigger.trigger("client-typing", &word.as_str()) {
            log.note(error.to_string());
        }
    });
    let ids: Vec<&str> = members.iter().map(|member| member.user_id.as_str()).collect();
    html! { format!("{} of {}", members.my_id().unwrap_or("nobody"), ids.join(" ")) }
}

#[wasm_bindgen_test]
async fn members_come_and_go() {
    let mut stage = Stage::<Room>::new("first").await;
    stage.log.take();
    stage
        .page
        .answer_fetch(200, r#"{"auth":"k:s","channel_data":"{\"user_id\":\"7\"}"}"#);
    // The first try failed: the page answered with nothing.
    stage
        .page
        .until(|| stage.page.sent().iter().any(|frame| frame.contains("presence-room")))
        .await;
    stage.page.say(
        r#"{"event":"pusher_internal:subscription_succeeded","channel":"presence-room","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}"#,
    );
    stage.settle().await;
    assert_eq!(stage.text(), "7 of 7");
    stage.say_event("presence-room", "pusher_internal:member_added", r#"{"user_id":"8"}"#);
    stage.settle().await;
    assert_eq!(stage.text(), "7 of 7 8");
    stage
        .page
        .say(r#"{"event":"client-typing","channel":"presence-room","data":"a","user_id":"8"}"#);
    assert_eq!(stage.log.take(), ["8 types a"]);
    stage.tell("hello").await;
    assert_eq!(
        stage.page.sent().last().unwrap(),
        r#"{"event":"client-typing","channel":"presence-room","data":"hello"}"#
    );
    stage.say_event("presence-room", "pusher_internal:member_removed", r#"{"user_id":"8"}"#);
    stage.settle().await;
    assert_eq!(stage.text(), "7 of 7");
    stage.page.close(1006, "");
    stage.settle().await;
    assert_eq!(stage.text(), "nobody of ");
    stage.tell("too late").await;
    assert_eq!(stage.log.take().len(), 1);
    stage.leave().await;
}

/// Who is signed in; notes what they are told.
#[component]
fn Greets(told: &Told) -> Html {
    let user = use_sign_in();
    let (log, friends) = (told.log.clone(), told.log.clone());
    use_user_event("paid", move |cents: u32| log.note(format!("paid {cents}")));
    use_watchlist(move |event| friends.note(format!("{} {}", event.name, event.user_ids.join(" "))));
    html! { user.map_or("nobody".to_owned(), |user| user.id) }
}

#[wasm_bindgen_test]
async fn the_user_is_shown() {
    let stage = Stage::<Greets>::new("").await;
    assert_eq!(stage.text(), "nobody");
    stage
        .page
        .answer_fetch(200, r#"{"auth":"k:s","user_data":"{\"id\":\"7\"}"}"#);
    stage
        .page
        .until(|| stage.page.sent().iter().any(|frame| frame.contains("pusher:signin")))
        .await;
    stage
        .page
        .say(r#"{"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}"#);
    stage.settle().await;
    assert_eq!(stage.text(), "7");
    stage.page.say(
        r#"{"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"8\"]}]}"}"#,
    );
    stage.say_event("#server-to-user-7", "paid", "950");
    assert_eq!(stage.log.take(), ["online 8", "paid 950"]);
    stage.leave().await;
}
