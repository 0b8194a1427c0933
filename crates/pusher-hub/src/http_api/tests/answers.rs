//! What calls do to a hub, and what they answer to the byte.

use super::*;
use crate::{ConnId, Hub, HubConfig, Input, Output};

/// A hub on which connections 1, 2, … have subscribed to these channels.
fn hub(subscribed: &[&[&str]]) -> Hub {
    let mut hub = Hub::new(HubConfig::new(vec![app()]));
    for (number, channels) in (1..).zip(subscribed) {
        let conn = ConnId(number);
        let opened = Input::Opened {
            conn,
            key: KEY,
            protocol: Some("7"),
            nonce: (number << 32) | number,
        };
        hub.handle(opened, Duration::ZERO);
        for channel in *channels {
            let text = format!(r#"{{"event":"pusher:subscribe","data":{{"channel":"{channel}"}}}}"#);
            hub.handle(Input::FrameReceived { conn, text: &text }, Duration::ZERO);
        }
    }
    while hub.poll_output().is_some() {}
    hub
}

fn call(asked: &str) -> Call {
    let (path, body) = asked.split_once(' ').unwrap_or((asked, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let query = Query::parse(query).unwrap();
    let question = call::Question {
        method: if body.is_empty() { "GET" } else { "POST" },
        path,
        query: &query,
        body: body.as_bytes(),
    };
    Call::read(&question).unwrap()
}

/// `expected` is the reply; what the hub sends is `sent`, as `CONN,CONN < FRAME`.
#[track_caller]
fn check_answer(hub: &mut Hub, asked: &str, expected: &str, sent: &[&str]) {
    let reply = carry_out(hub, app().id(), call(asked), Duration::ZERO);
    assert_eq!(reply, expected);
    let outputs = std::iter::from_fn(|| hub.poll_output()).map(|output| match output {
        Output::Send { mut to, frame } => {
            to.sort();
            let to: Vec<String> = to.iter().map(|conn| conn.0.to_string()).collect();
            format!("{} < {frame}", to.join(","))
        }
        other => panic!("{other:?}"),
    });
    assert_eq!(outputs.collect::<Vec<_>>(), sent);
}

#[test]
fn events() {
    let mut hub = hub(&[&["a", "b"], &["a"]]);
    check_answer(
        &mut hub,
        r#"/events {"name":"m","channels":["a","nobody"],"data":"1","socket_id":"1.1"}"#,
        "{}",
        &[r#"2 < {"event":"m","channel":"a","data":"1"}"#],
    );
    check_answer(
        &mut hub,
        r#"/events {"name":"m","channels":["b","a","nobody"],"data":"1","info":"subscription_count,user_count"}"#,
        r#"{"channels":{"a":{"subscription_count":2},"b":{"subscription_count":1},"nobody":{"subscription_count":0}}}"#,
        &[
            r#"1 < {"event":"m","channel":"b","data":"1"}"#,
            r#"1,2 < {"event":"m","channel":"a","data":"1"}"#,
        ],
    );
}

#[test]
fn batches() {
    let mut hub = hub(&[&["a", "b"]]);
    let sent = [
        r#"1 < {"event":"m","channel":"a","data":"1"}"#,
        r#"1 < {"event":"n","channel":"b","data":"2"}"#,
    ];
    check_answer(
        &mut hub,
        r#"/batch_events {"batch":[{"name":"m","channel":"a","data":"1"},{"name":"n","channel":"b","data":"2"}]}"#,
        "{}",
        &sent,
    );
    check_answer(
        &mut hub,
        r#"/batch_events {"batch":[{"name":"m","channel":"a","data":"1"},{"name":"n","channel":"b","data":"2","info":"subscription_count"}]}"#,
        r#"{"batch":[{},{"subscription_count":1}]}"#,
        &sent,
    );
}

#[test]
fn channels() {
    let mut hub = hub(&[&["a", "project-1"], &["project-2", "project-1"]]);
    check_answer(
        &mut hub,
        "/channels",
        r#"{"channels":{"a":{},"project-1":{},"project-2":{}}}"#,
        &[],
    );
    check_answer(
        &mut hub,
        "/channels?filter_by_prefix=project-&info=subscription_count",
        r#"{"channels":{"project-1":{"subscription_count":2},"project-2":{"subscription_count":1}}}"#,
        &[],
    );
    check_answer(
        &mut hub,
        "/channels?filter_by_prefix=presence-&info=user_count",
        r#"{"channels":{}}"#,
        &[],
    );
    check_answer(
        &mut hub,
        "/channels/project-1?info=subscription_count",
        r#"{"occupied":true,"subscription_count":2}"#,
        &[],
    );
    check_answer(&mut hub, "/channels/a", r#"{"occupied":true}"#, &[]);
    check_answer(
        &mut hub,
        "/channels/nobody?info=subscription_count",
        r#"{"occupied":false,"subscription_count":0}"#,
        &[],
    );
}

#[test]
fn users() {
    let mut hub = hub(&[&["a"]]);
    check_answer(&mut hub, "/channels/presence-a/users", r#"{"users":[]}"#, &[]);
    check_answer(&mut hub, "/users/7/terminate_connections {}", "{}", &[]);
}
