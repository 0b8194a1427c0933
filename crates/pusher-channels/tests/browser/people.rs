//! Members, client events and signing in, as a page sees them.

use pusher_channels::{
    ChannelAuthorization, Config, EventName, Member, RawJson, TriggerRefusal, User, UserAuthentication,
    browser::{Authenticator, Authorizer, Channel, Channels, Options},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Log, name, page::Page};

/// A page whose channels are authorised as user 7, and whose user is 7.
fn connected() -> (Page, Channels) {
    let page = Page::new();
    let authorizer =
        Authorizer::handler(|_| async { Ok(ChannelAuthorization::new("k:s").with_channel_data(r#"{"user_id":"7"}"#)) });
    let authenticator = Authenticator::handler(|request| async move {
        Ok(UserAuthentication::new(
            format!("k:{}", request.socket_id),
            r#"{"id":"7"}"#,
        ))
    });
    let options = Options::new(Config::new("host", "key"))
        .authorized_by(authorizer)
        .authenticated_by(authenticator);
    let channels = Channels::connect(options);
    page.say_hello("1.2");
    (page, channels)
}

/// On `presence-x`, with 8.
async fn joined() -> (Page, Channels, Channel) {
    let (page, channels) = connected();
    let channel = channels.subscribe(&name("presence-x"));
    page.until(|| !page.sent().is_empty()).await;
    (page, channels, channel)
}

fn say_roster(page: &Page) {
    page.say(
        r#"{"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\",\"8\"],\"hash\":{\"7\":{\"name\":\"Ann\"},\"8\":null},\"count\":2}}"}"#,
    );
}

fn ids(channel: &Channel) -> Vec<String> {
    let members = channel.members();
    members.iter().map(|member| member.user_id.clone()).collect()
}

#[wasm_bindgen_test]
async fn members_can_be_asked_and_are_told() {
    let (page, _channels, channel) = joined().await;
    assert_eq!(channel.members().count(), 0);
    let log = Log::default();
    let (subscribed, added, removed) = (log.clone(), log.clone(), log.clone());
    let others = channel.clone();
    let say = |log: &Log, word: &str, member: &Member| log.note(format!("{word} {}", member.encode()));
    let _bindings = [
        channel.on_subscribed(move || subscribed.note(format!("here {:?}", ids(&others)))),
        channel.bind_member_added(move |member| say(&added, "added", member)),
        channel.bind_member_removed(move |member| say(&removed, "removed", member)),
    ];
    say_roster(&page);
    page.say(r#"{"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"9\",\"user_info\":{\"name\":\"Bob\"}}"}"#);
    page.say(r#"{"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"8\"}"}"#);
    assert_eq!(
        log.take(),
        [
            r#"here ["7", "8"]"#,
            r#"added {"user_id":"9","user_info":{"name":"Bob"}}"#,
            r#"removed {"user_id":"8"}"#
        ]
    );
    assert_eq!(ids(&channel), ["7", "9"]);
    let members = channel.members();
    assert_eq!(
        members.me().unwrap().user_info.as_ref().unwrap().as_str(),
        r#"{"name":"Ann"}"#
    );
    page.close(1006, "");
    assert_eq!(channel.members().count(), 0);
}

#[wasm_bindgen_test]
fn counts_can_be_asked_and_are_told() {
    let (page, channels) = connected();
    let channel = channels.subscribe(&name("orders"));
    page.say_success("orders");
    let log = Log::default();
    let counts = log.clone();
    let _binding = channel.bind_subscription_count(move |count| counts.note(count.to_string()));
    assert_eq!(channel.subscription_count(), None);
    page.say(
        r#"{"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":3}"}"#,
    );
    assert_eq!(
        (log.take(), channel.subscription_count()),
        (vec!["3".to_owned()], Some(3))
    );
}

#[wasm_bindgen_test]
async fn events_of_clients_go_out_and_come_in() {
    let (page, channels, channel) = joined().await;
    let typing = EventName::new("client-typing").unwrap();
    let data = || RawJson::new(r#"{"a":1}"#).unwrap();
    assert_eq!(channel.trigger(&typing, data()), Err(TriggerRefusal::NotSubscribed));
    say_roster(&page);
    assert_eq!(channel.trigger(&typing, data()), Ok(()));
    assert_eq!(
        page.sent().last().unwrap(),
        r#"{"event":"client-typing","channel":"presence-x","data":{"a":1}}"#
    );
    let moved = EventName::new("moved").unwrap();
    assert_eq!(channel.trigger(&moved, data()), Err(TriggerRefusal::NoClientEvent));
    let orders = channels.subscribe(&name("orders"));
    assert_eq!(orders.trigger(&typing, data()), Err(TriggerRefusal::WrongChannel));
    let log = Log::default();
    let typed = log.clone();
    let _binding = channel.bind_client_event("client-typing", move |data, user_id| {
        typed.note(format!("{data} by {user_id:?}"));
    });
    page.say(r#"{"event":"client-typing","channel":"presence-x","data":{"b":2},"user_id":"8"}"#);
    page.say(r#"{"event":"client-typing","channel":"presence-x","data":{"b":3}}"#);
    page.say(r#"{"event":"client-other","channel":"presence-x","data":{}}"#);
    assert_eq!(log.take(), [r#"{"b":2} by Some("8")"#, r#"{"b":3} by None"#]);
}

#[wasm_bindgen_test]
async fn a_handler_may_answer_by_an_event() {
    let (page, _channels, channel) = joined().await;
    say_roster(&page);
    let others = channel.clone();
    let _binding = channel.bind_client_event("client-ping", move |_, _| {
        let pong = EventName::new("client-pong").unwrap();
        others.trigger(&pong, RawJson::new("1").unwrap()).unwrap();
    });
    page.say(r#"{"event":"client-ping","channel":"presence-x","data":{},"user_id":"8"}"#);
    assert_eq!(
        page.sent().last().unwrap(),
        r#"{"event":"client-pong","channel":"presence-x","data":1}"#
    );
}

#[wasm_bindgen_test]
async fn signing_in_and_events_for_the_user() {
    let (page, channels) = connected();
    let log = Log::default();
    let (signed_in, mail, watched) = (log.clone(), log.clone(), log.clone());
    let others = channels.clone();
    let _bindings = [
        channels.bind_signed_in(move |user: &User| {
            assert_eq!(others.user().as_ref(), Some(user));
            signed_in.note(format!("signed in {}", user.id));
        }),
        channels.bind_user_event("mail", move |data| mail.note(format!("mail {data}"))),
        channels.bind_watchlist(move |event| watched.note(format!("{} {:?}", event.name, event.user_ids))),
    ];
    assert_eq!(channels.user(), None);
    channels.sign_in();
    page.until(|| !page.sent().is_empty()).await;
    assert_eq!(
        page.sent(),
        [r#"{"event":"pusher:signin","data":{"auth":"k:1.2","user_data":"{\"id\":\"7\"}"}}"#]
    );
    page.say(r#"{"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}"#);
    assert_eq!(
        page.sent().last().unwrap(),
        r##"{"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}"##
    );
    page.say_success("#server-to-user-7");
    page.say(r##"{"event":"mail","channel":"#server-to-user-7","data":"{\"from\":\"8\"}"}"##);
    page.say(r##"{"event":"other","channel":"#server-to-user-7","data":"x"}"##);
    page.say(r#"{"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"8\"]}]}"}"#);
    assert_eq!(log.take(), ["signed in 7", r#"mail {"from":"8"}"#, r#"online ["8"]"#]);
}

#[wasm_bindgen_test]
async fn a_refused_sign_in_is_told() {
    let page = Page::new();
    page.answer_fetch(403, "no");
    let channels = Channels::connect(Options::new(Config::new("host", "key")));
    page.say_hello("1.2");
    let log = Log::default();
    let failures = log.clone();
    let _binding = channels.bind_sign_in_failed(move |failure| failures.note(format!("{:?}", failure.status)));
    channels.sign_in();
    page.until(|| !log.0.borrow().is_empty()).await;
    assert_eq!(log.take(), ["Some(403)"]);
    assert_eq!(
        page.fetched(),
        ["POST /pusher/user-auth same-origin application/x-www-form-urlencoded socket_id=1.2"]
    );
    assert_eq!(channels.user(), None);
}
