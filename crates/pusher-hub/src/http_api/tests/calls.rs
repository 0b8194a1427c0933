//! What a signed request asks for, and what is wrong with it. The signatures are made here; how they are checked stands in
//! `signatures`.

use super::*;
use crate::{Audience, Trigger};
use pusher_channels::protocol::{ChannelName, EventName, SocketId};

/// `GET /path?query` or `POST /path BODY`, asked by the app.
fn ask(asked: &str) -> Result<Call, String> {
    let (method, rest) = asked.split_once(' ').unwrap();
    let (target, body) = rest.split_once(' ').unwrap_or((rest, ""));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = format!("/apps/3{path}");
    let request = Request {
        method,
        path: &path,
        query,
        body: body.as_bytes(),
    };
    let query = sign(&app(), &request, Duration::from_secs(SIGNED_AT)).unwrap();
    let signed = Request {
        query: &query,
        ..request
    };
    outcome(&signed, SIGNED_AT)
}

#[track_caller]
fn check_call(asked: &str, expected: Call) {
    assert_eq!(ask(asked), Ok(expected));
}

#[track_caller]
fn check_refusal(asked: &str, expected: &str) {
    assert_eq!(ask(asked), Err(expected.to_owned()));
}

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

fn trigger(channels: &[&str], event: &str, data: &str) -> Trigger {
    let channels = channels.iter().map(|name| channel(name)).collect();
    Trigger::on_channels(channels, EventName::new(event).unwrap(), data).unwrap()
}

#[test]
fn one_event() {
    check_call(
        r#"POST /events {"name":"moved","channels":["b","a","b"],"data":"{\"id\":1}"}"#,
        Call::Trigger {
            trigger: trigger(&["b", "a"], "moved", r#"{"id":1}"#),
            info: vec![],
        },
    );
    check_call(
        r##"POST /events {"name":"m","channel":"#server-to-user-7","data":"","socket_id":"1.2","info":"user_count,subscription_count"}"##,
        Call::Trigger {
            trigger: trigger(&["#server-to-user-7"], "m", "").to(Audience::Except(SocketId::parse("1.2").unwrap())),
            info: vec![Attribute::UserCount, Attribute::SubscriptionCount],
        },
    );
    // Some programs say of everything that it is not there.
    check_call(
        r#"POST /events {"name":"m","channel":"a","channels":null,"data":"","socket_id":null,"info":"","tags":{}}"#,
        Call::Trigger {
            trigger: trigger(&["a"], "m", ""),
            info: vec![],
        },
    );
}

#[test]
fn bad_events() {
    for (body, expected) in [
        ("[", "400 body: EOF while parsing a list at line 1 column 1"),
        (
            r#"{"channel":"a","data":""}"#,
            "400 body: missing field `name` at line 1 column 25",
        ),
        (
            r#"{"name":"m","channel":"a","data":{"id":1}}"#,
            "400 body: invalid type: map, expected a string at line 1 column 33",
        ),
        (r#"{"name":"m","data":""}"#, "400 channels: missing"),
        (
            r#"{"name":"m","channels":[],"data":""}"#,
            "400 channels: at least one is needed",
        ),
        (
            r#"{"name":"m","channel":"a","channels":["b"],"data":""}"#,
            "400 channel: give either channel or channels",
        ),
        (
            r##"{"name":"m","channel":"#foo","data":""}"##,
            "400 channel \"#foo\": a channel name cannot contain '#'",
        ),
        (
            r#"{"name":"pusher:m","channel":"a","data":""}"#,
            "400 name: event names starting with pusher: or pusher_internal: are reserved",
        ),
        (
            r#"{"name":"pusher_internal:m","channel":"a","data":""}"#,
            "400 name: event names starting with pusher: or pusher_internal: are reserved",
        ),
        (
            r#"{"name":"m","channels":["private-encrypted-a","b"],"data":""}"#,
            "400 channels: an encrypted channel must be the only one, as each has its own key",
        ),
        (
            r#"{"name":"m","channel":"a","data":"","socket_id":"me"}"#,
            "400 socket_id: a socket id is two numbers with a dot between",
        ),
        (
            r#"{"name":"m","channel":"a","data":"","info":"members"}"#,
            "400 info: \"members\" is unknown; there are user_count, subscription_count and cache",
        ),
    ] {
        check_refusal(&format!("POST /events {body}"), expected);
    }
}

#[test]
fn limits() {
    let event = |data: usize| format!(r#"{{"name":"m","channel":"a","data":"{}"}}"#, "x".repeat(data));
    assert!(ask(&format!("POST /events {}", event(10_240))).is_ok());
    check_refusal(
        &format!("POST /events {}", event(10_241)),
        "413 data: 10241 bytes, at most 10240 are allowed",
    );
    let many = |count: usize| format!("[{}]", vec![r#""a""#; count].join(","));
    let event = |count: usize| format!(r#"POST /events {{"name":"m","channels":{},"data":""}}"#, many(count));
    assert!(ask(&event(100)).is_ok());
    check_refusal(&event(101), "400 channels: 101, at most 100 are allowed");
    let name = |length: usize| {
        let (name, channel) = ("n".repeat(length), "c".repeat(length));
        format!(r#"POST /events {{"name":"{name}","channel":"{channel}","data":""}}"#)
    };
    assert!(ask(&name(200)).is_ok());
    check_refusal(
        &name(201),
        &format!(
            "400 channel {:?}…: a channel name has at most 200 characters",
            "c".repeat(80)
        ),
    );
    let batch = |count: usize| {
        let events = vec![r#"{"name":"m","channel":"a","data":""}"#; count].join(",");
        format!(r#"POST /batch_events {{"batch":[{events}]}}"#)
    };
    assert!(ask(&batch(10)).is_ok());
    check_refusal(&batch(11), "400 batch: 11 events, at most 10 are allowed");
    let spaces = " ".repeat(MAX_BODY + 1);
    check_refusal(
        &format!("POST /events {spaces}"),
        "413 body: 1048577 bytes, at most 1048576 are read",
    );
}

#[test]
fn several_events() {
    let event = |channel, info: &[Attribute]| BatchedEvent {
        trigger: trigger(&[channel], "m", "1"),
        info: info.to_vec(),
    };
    check_call(
        r#"POST /batch_events {"batch":[{"name":"m","channel":"a","data":"1"},{"name":"m","channel":"presence-b","data":"1","info":"user_count"}]}"#,
        Call::TriggerBatch(vec![event("a", &[]), event("presence-b", &[Attribute::UserCount])]),
    );
    check_call(r#"POST /batch_events {"batch":[]}"#, Call::TriggerBatch(vec![]));
    check_refusal(
        r#"POST /batch_events {"batch":[{"name":"m","channels":["a"],"data":"1"}]}"#,
        "400 channel: missing from an event of the batch",
    );
    check_refusal(
        r#"POST /batch_events {"name":"m"}"#,
        "400 body: missing field `batch` at line 1 column 12",
    );
}

#[test]
fn channels() {
    check_call(
        "GET /channels",
        Call::Channels {
            prefix: String::new(),
            info: vec![],
        },
    );
    check_call(
        "GET /channels?filter_by_prefix=presence-&info=user_count",
        Call::Channels {
            prefix: "presence-".to_owned(),
            info: vec![Attribute::UserCount],
        },
    );
    check_refusal(
        "GET /channels?info=user_count",
        "400 info: user_count needs a filter_by_prefix that begins with presence-",
    );
    check_refusal(
        "GET /channels?info=user_count&filter_by_prefix=private-",
        "400 info: user_count needs a filter_by_prefix that begins with presence-",
    );
}

#[test]
fn one_channel() {
    check_call(
        "GET /channels/a,b;c%3Dd?info=subscription_count",
        Call::Channel {
            channel: channel("a,b;c=d"),
            info: vec![Attribute::SubscriptionCount],
        },
    );
    check_call(
        "GET /channels/private-cache-x?info=cache",
        Call::Channel {
            channel: channel("private-cache-x"),
            info: vec![Attribute::Cache],
        },
    );
    check_call(
        "GET /channels/presence-x/users",
        Call::Users {
            channel: channel("presence-x"),
        },
    );
    check_refusal(
        "GET /channels/a?info=user_count",
        "400 info: user_count is known on presence channels alone",
    );
    check_refusal(
        "GET /channels/a-cache-b?info=cache",
        "400 info: cache is known on cache channels alone",
    );
    check_refusal(
        "GET /channels/a/users",
        "400 users are known on presence channels alone",
    );
    check_refusal(
        "GET /channels/a/b",
        "400 channel \"a/b\": a channel name cannot contain '/'",
    );
    check_refusal("GET /channels/%ff", "400 path: \"%ff\" is not UTF-8");
}

#[test]
fn users() {
    let terminate = |user: &str| Call::TerminateConnections {
        user_id: user.to_owned(),
    };
    check_call("POST /users/7/terminate_connections {}", terminate("7"));
    check_call("POST /users/a%2Fb%20%C3%A9/terminate_connections", terminate("a/b é"));
    check_refusal("POST /users//terminate_connections {}", "400 user id: missing");
    check_refusal(
        &format!("POST /users/{}/terminate_connections", "u".repeat(129)),
        "400 user id: 129 characters, at most 128 are allowed",
    );
}

#[test]
fn what_there_is_not() {
    let expected = format!("404 {}", Refusal::NoSuchCall);
    for asked in [
        "GET /events",
        "POST /channels",
        "GET /",
        "POST /events/ {}",
        "DELETE /channels/a",
        "POST /users/7 {}",
    ] {
        check_refusal(asked, &expected);
    }
}
