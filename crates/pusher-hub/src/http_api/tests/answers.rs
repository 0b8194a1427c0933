//! What calls do to a hub, and what they answer to the byte.

use super::*;
use crate::{Authorization, ConnId, Hub, HubConfig, Input, Output, SubscriptionCounts, UserAuthorization};
use pusher_channels::protocol::{ChannelName, ClientFrame, SocketId};

/// A hub on which connections 1, 2, … have subscribed to these channels.
fn hub(subscribed: &[&[&str]]) -> Hub {
    let mut hub = Hub::new(HubConfig {
        subscription_counts: SubscriptionCounts::Silent,
        ..HubConfig::new(vec![app()])
    });
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

/// Connections 1 and 2 are Ann's, 3 is Bob's; all are signed in and on a presence channel.
fn signed_in() -> Hub {
    let mut hub = hub(&[&[], &[], &[]]);
    for (number, user) in [(1, "ann"), (2, "ann"), (3, "bob")] {
        let conn = ConnId(number);
        let socket_id = SocketId::from_parts(number, number);
        let UserAuthorization { auth, user_data } = app().sign_user(&socket_id, &format!(r#"{{"id":"{user}"}}"#));
        let sign_in = ClientFrame::SignIn { auth, user_data }.encode();
        hub.handle(Input::FrameReceived { conn, text: &sign_in }, Duration::ZERO);
        let channel = ChannelName::new("presence-a").unwrap();
        let channel_data = format!(r#"{{"user_id":"{user}"}}"#);
        let Authorization { auth, channel_data, .. } = app().sign_presence(&socket_id, &channel, &channel_data);
        let subscribe = ClientFrame::Subscribe {
            channel,
            auth: Some(auth),
            channel_data,
        }
        .encode();
        hub.handle(Input::FrameReceived { conn, text: &subscribe }, Duration::ZERO);
    }
    while hub.poll_output().is_some() {}
    hub
}

#[test]
fn users() {
    let mut hub = signed_in();
    check_answer(
        &mut hub,
        "/channels/presence-a/users",
        r#"{"users":[{"id":"ann"},{"id":"bob"}]}"#,
        &[],
    );
    check_answer(&mut hub, "/channels/presence-b/users", r#"{"users":[]}"#, &[]);
    check_answer(
        &mut hub,
        "/channels/presence-a?info=user_count,subscription_count",
        r#"{"occupied":true,"user_count":2,"subscription_count":3}"#,
        &[],
    );
    check_answer(
        &mut hub,
        "/channels?filter_by_prefix=presence-&info=user_count",
        r#"{"channels":{"presence-a":{"user_count":2}}}"#,
        &[],
    );
    check_answer(
        &mut hub,
        r#"/events {"name":"m","channels":["a","presence-a"],"data":"","info":"user_count"}"#,
        r#"{"channels":{"a":{},"presence-a":{"user_count":2}}}"#,
        &[r#"1,2,3 < {"event":"m","channel":"presence-a","data":""}"#],
    );
}

#[test]
fn a_user_whose_connections_are_terminated() {
    let mut hub = signed_in();
    assert_eq!(
        carry_out(
            &mut hub,
            app().id(),
            call("/users/ann/terminate_connections {}"),
            Duration::ZERO
        ),
        "{}"
    );
    let mut closed: Vec<(u64, u16)> = std::iter::from_fn(|| hub.poll_output())
        .filter_map(|output| match output {
            Output::Close { conn, code, .. } => Some((conn.0, code.0)),
            _ => None,
        })
        .collect();
    closed.sort_unstable();
    assert_eq!(closed, [(1, 4009), (2, 4009)]);
    assert_eq!(
        hub.user_ids(app().id(), &ChannelName::new("presence-a").unwrap()),
        ["bob"]
    );
}

#[test]
fn what_is_cached() {
    let mut hub = hub(&[]);
    check_answer(
        &mut hub,
        "/channels/cache-a?info=cache,subscription_count",
        r#"{"occupied":false,"subscription_count":0,"cache":null}"#,
        &[],
    );
    check_answer(
        &mut hub,
        r#"/events {"name":"m","channel":"cache-a","data":"{\"id\":1}"}"#,
        "{}",
        &[],
    );
    check_answer(
        &mut hub,
        "/channels/cache-a?info=cache",
        r#"{"occupied":false,"cache":{"data":"{\"id\":1}","ttl":1800}}"#,
        &[],
    );
}
