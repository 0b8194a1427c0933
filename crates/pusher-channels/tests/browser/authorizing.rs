//! Who asks for authorisations, how, and of whom.

use std::cell::Cell;

use pusher_channels::{
    Address, AuthorizationFailure, ChannelAuthorization, Config, UserAuthentication,
    browser::{Authenticator, Authorizer, Channel, Channels, Endpoint, Extras, Options},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Log, Page, name};

const A: &str = r#"{"event":"pusher:subscribe","data":{"auth":"k:a","channel":"private-a"}}"#;
const B: &str = r#"{"event":"pusher:subscribe","data":{"auth":"k:b","channel":"private-b"}}"#;
const FORM: &str = "application/x-www-form-urlencoded";
const BOTH: &str = "socket_id=1.2&channel_name%5B0%5D=private-a&channel_name%5B1%5D=private-b";
const ONLY_A: &str = "socket_id=1.2&channel_name=private-a";
const ONLY_B: &str = "socket_id=1.2&channel_name=private-b";

fn options() -> Options {
    Options::new(Config::new("host", "key"))
}

fn connected(options: Options) -> (Page, Channels) {
    let page = Page::new();
    let channels = Channels::connect(options);
    page.say_hello("1.2");
    (page, channels)
}

fn batched() -> (Page, Channels) {
    connected(options().authorized_by(Authorizer::endpoint(Endpoint::new("/auth").batched())))
}

/// Notes each failed subscription of a channel.
fn note_failures(channel: &Channel, log: &Log) -> pusher_channels::browser::Binding {
    let (log, name) = (log.clone(), channel.name().clone());
    channel.on_subscription_failed(move |failure| log.note(format!("{name}: {failure}")))
}

fn posted(body: &str) -> String {
    format!("POST /auth same-origin {FORM} {body}")
}

#[wasm_bindgen_test]
async fn parameters_and_headers_are_sent_along() {
    let count = Cell::new(0);
    let endpoint = Endpoint::new("/auth?a=1")
        .with_param("team", "a&b")
        .with_header("x-app", "mine")
        .with_fresh(move || {
            count.set(count.get() + 1);
            Extras {
                params: vec![("turn".into(), count.get().to_string())],
                headers: vec![("x-token".into(), format!("t{}", count.get()))],
            }
        });
    let (page, channels) = connected(options().authorized_by(Authorizer::endpoint(endpoint)));
    page.answer_fetch(200, r#"{"auth":"k:a"}"#);
    let _a = channels.subscribe(&name("private-a"));
    let _b = channels.subscribe(&name("private-b"));
    page.until(|| page.sent().len() == 2).await;
    assert_eq!(
        page.fetched(),
        [
            posted(&format!("{ONLY_A}&team=a%26b&turn=1 x-app: mine x-token: t1")),
            posted(&format!("{ONLY_B}&team=a%26b&turn=2 x-app: mine x-token: t2")),
        ]
    );
}

#[wasm_bindgen_test]
async fn cookies_go_to_another_origin_if_told_so() {
    let endpoint = Endpoint::new("https://elsewhere.test/auth").with_cookies();
    let (page, channels) = connected(options().authorized_by(Authorizer::endpoint(endpoint)));
    page.answer_fetch(200, r#"{"auth":"k:a"}"#);
    let _a = channels.subscribe(&name("private-a"));
    page.until(|| !page.sent().is_empty()).await;
    assert_eq!(page.fetched(), [format!("POST /auth include {FORM} {ONLY_A}")]);
}

#[wasm_bindgen_test]
async fn a_header_that_is_none_fails() {
    let endpoint = Endpoint::new("/auth").with_header("no header", "x");
    let (page, channels) = connected(options().authorized_by(Authorizer::endpoint(endpoint)));
    let log = Log::default();
    let channel = channels.subscribe(&name("private-a"));
    let _binding = note_failures(&channel, &log);
    page.until(|| !log.0.borrow().is_empty()).await;
    assert!(log.take()[0].starts_with("private-a: the authorisation endpoint was not reached"));
    assert_eq!(page.fetched(), [""; 0]);
}

#[wasm_bindgen_test]
async fn all_channels_of_one_turn_in_one_request() {
    let (page, channels) = batched();
    page.answer_next(&[(
        200,
        r#"{"private-a":{"status":200,"data":{"auth":"k:a"}},"private-b":{"data":{"auth":"k:b"}}}"#,
    )]);
    let _a = channels.subscribe(&name("private-a"));
    let _b = channels.subscribe(&name("private-b"));
    page.until(|| page.sent().len() == 2).await;
    assert_eq!(page.fetched(), [posted(BOTH)]);
    assert_eq!(page.sent(), [A, B]);
}

#[wasm_bindgen_test]
async fn an_endpoint_for_one_channel_is_asked_for_one_from_then_on() {
    let (page, channels) = batched();
    page.answer_next(&[
        (400, "which channel?"),
        (200, r#"{"auth":"k:a"}"#),
        (200, r#"{"auth":"k:b"}"#),
        (200, r#"{"auth":"k:c"}"#),
        (200, r#"{"auth":"k:d"}"#),
    ]);
    let _a = channels.subscribe(&name("private-a"));
    let _b = channels.subscribe(&name("private-b"));
    page.until(|| page.sent().len() == 2).await;
    let _c = channels.subscribe(&name("private-c"));
    let _d = channels.subscribe(&name("private-d"));
    page.until(|| page.sent().len() == 4).await;
    assert_eq!(
        page.fetched(),
        [
            posted(BOTH),
            posted(ONLY_A),
            posted(ONLY_B),
            posted("socket_id=1.2&channel_name=private-c"),
            posted("socket_id=1.2&channel_name=private-d"),
        ]
    );
}

#[wasm_bindgen_test]
async fn an_endpoint_that_refuses_each_channel_proves_nothing() {
    let (page, channels) = batched();
    page.answer_fetch(403, "");
    let log = Log::default();
    let (a, b) = (
        channels.subscribe(&name("private-a")),
        channels.subscribe(&name("private-b")),
    );
    let _bindings = [note_failures(&a, &log), note_failures(&b, &log)];
    page.until(|| log.0.borrow().len() == 2).await;
    assert_eq!(
        log.take(),
        [
            "private-a: the authorisation endpoint answered 403: not allowed",
            "private-b: the authorisation endpoint answered 403: not allowed"
        ]
    );
    let _c = channels.subscribe(&name("private-c"));
    page.until(|| page.fetched().len() > 3).await;
    assert_eq!(
        page.fetched()[..4],
        [
            posted(BOTH),
            posted(ONLY_A),
            posted(ONLY_B),
            posted("socket_id=1.2&channel_name%5B0%5D=private-c")
        ]
    );
}

#[wasm_bindgen_test]
async fn a_server_in_need_is_not_asked_for_each_channel() {
    let (page, channels) = batched();
    page.answer_fetch(503, "");
    let log = Log::default();
    let (a, b) = (
        channels.subscribe(&name("private-a")),
        channels.subscribe(&name("private-b")),
    );
    let _bindings = [note_failures(&a, &log), note_failures(&b, &log)];
    page.until(|| log.0.borrow().len() == 2).await;
    assert_eq!(page.fetched(), [posted(BOTH)]);
}

#[wasm_bindgen_test]
async fn an_answer_that_is_too_long_is_refused() {
    let (page, channels) = connected(options());
    page.answer_fetch(200, &format!(r#"{{"auth":"{}"}}"#, "k".repeat(64 * 1024)));
    let log = Log::default();
    let channel = channels.subscribe(&name("private-a"));
    let _binding = note_failures(&channel, &log);
    page.until(|| !log.0.borrow().is_empty()).await;
    assert_eq!(
        log.take(),
        ["private-a: the authorisation endpoint's answer is longer than 64 KB"]
    );
}

#[wasm_bindgen_test]
async fn a_function_for_all_channels_of_one_turn() {
    let authorizer = Authorizer::batch_handler(|request| async move {
        let a_and_form = ChannelAuthorization::new(request.form());
        vec![(name("private-a"), Ok(a_and_form))]
    });
    let (page, channels) = connected(options().authorized_by(authorizer));
    let log = Log::default();
    let _a = channels.subscribe(&name("private-a"));
    let b = channels.subscribe(&name("private-b"));
    let _binding = note_failures(&b, &log);
    page.until(|| !log.0.borrow().is_empty()).await;
    assert_eq!(log.take(), ["private-b: the authoriser left this channel out"]);
    assert_eq!(page.sent(), [A.replace("k:a", BOTH)]);
}

#[wasm_bindgen_test]
async fn the_user_is_authenticated_by_form_post() {
    let (page, channels) = connected(options());
    page.answer_fetch(200, r#"{"auth":"k:u","user_data":"{\"id\":\"7\"}"}"#);
    channels.sign_in();
    page.until(|| !page.sent().is_empty()).await;
    assert_eq!(
        page.fetched(),
        [format!("POST /pusher/user-auth same-origin {FORM} socket_id=1.2")]
    );
    assert_eq!(
        page.sent(),
        [r#"{"event":"pusher:signin","data":{"auth":"k:u","user_data":"{\"id\":\"7\"}"}}"#]
    );
}

#[wasm_bindgen_test]
async fn the_user_is_authenticated_by_a_function() {
    let authenticator = Authenticator::handler(|request| async move {
        match request.socket_id.as_str() {
            "1.2" => Ok(UserAuthentication::new("k:u", "{}")),
            _ => Err(AuthorizationFailure::unanswered("who are you?")),
        }
    });
    let (page, channels) = connected(options().authenticated_by(authenticator));
    channels.sign_in();
    page.until(|| !page.sent().is_empty()).await;
    assert_eq!(
        page.sent(),
        [r#"{"event":"pusher:signin","data":{"auth":"k:u","user_data":"{}"}}"#]
    );
}

#[wasm_bindgen_test]
fn another_cluster_and_another_address() {
    let (page, channels) = connected(Options::cluster("mt1", "key"));
    assert!(page.url().starts_with("wss://ws-mt1.pusher.com/app/key?"));
    channels.switch_cluster("key2", "eu");
    assert!(
        page.url().starts_with("wss://ws-eu.pusher.com/app/key2?"),
        "{}",
        page.url()
    );
    channels.switch_address(Address::new("host", "key3").with_ports(81, 444).with_path("rt"));
    assert!(page.url().starts_with("ws://host:81/rt/app/key3?"), "{}", page.url());
    assert_eq!(page.opened(), 3);
}

#[cfg(feature = "encrypted")]
#[wasm_bindgen_test]
async fn encrypted_events_are_opened() {
    let (page, channels) = connected(options());
    page.answer_fetch(
        200,
        r#"{"auth":"k:x","shared_secret":"yg0RrojlChIBGKYDax2K5oqaMIaBtMi7HK+TiLLndM0="}"#,
    );
    let log = Log::default();
    let channel = channels.subscribe(&name("private-encrypted-x"));
    let (events, failures) = (log.clone(), log.clone());
    let _bindings = [
        channel.bind_all(move |event, data| events.note(format!("{event} {data}"))),
        channel.on_decryption_failed(move |event, error| failures.note(format!("{event}: {error}"))),
    ];
    page.until(|| !page.sent().is_empty()).await;
    page.say_success("private-encrypted-x");
    page.say(r#"{"event":"e","channel":"private-encrypted-x","data":"{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\",\"ciphertext\":\"4KLh/8JMKksAWCm9OX9sTJZk0Q9Y0LEu\"}"}"#);
    page.say(r#"{"event":"f","channel":"private-encrypted-x","data":"plain"}"#);
    assert_eq!(
        log.take(),
        [
            r#"e {"id":1}"#,
            "f: an event of an encrypted channel has no usable `nonce` and `ciphertext`"
        ]
    );
}
