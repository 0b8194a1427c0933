//! Golden frames, names and codes of the protocol, each expectation written by hand.

use super::*;

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

/// The frame is written as this JSON, and this JSON is read as the frame.
#[track_caller]
fn check_server(json: &str, frame: ServerFrame) {
    assert_eq!(frame.encode(), json);
    assert_eq!(ServerFrame::parse(json), Ok(frame));
}

#[track_caller]
fn check_client(json: &str, frame: ClientFrame) {
    assert_eq!(frame.encode(), json);
    assert_eq!(ClientFrame::parse(json), Ok(frame));
}

fn event(name: &str, on: Option<&str>, data: &str) -> ServerFrame {
    ServerFrame::Event {
        event: name.into(),
        channel: on.map(channel),
        data: data.into(),
        user_id: None,
    }
}

#[test]
fn server_frames_of_the_connection() {
    check_server(
        r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"123.456\",\"activity_timeout\":120}"}"#,
        ServerFrame::ConnectionEstablished {
            socket_id: SocketId::from_parts(123, 456),
            activity_timeout: std::time::Duration::from_secs(120),
        },
    );
    check_server(r#"{"event":"pusher:pong","data":"{}"}"#, ServerFrame::Pong);
    check_server(r#"{"event":"pusher:ping","data":"{}"}"#, ServerFrame::Ping);
    check_server(
        r#"{"event":"pusher:error","data":{"code":4009,"message":"..."}}"#,
        ServerFrame::Error {
            code: Some(CloseCode::UNAUTHORIZED),
            message: "...".into(),
        },
    );
    check_server(
        r#"{"event":"pusher:error","data":{"code":null,"message":"a \"quoted\"\nreason"}}"#,
        ServerFrame::Error {
            code: None,
            message: "a \"quoted\"\nreason".into(),
        },
    );
}

#[test]
fn server_frames_of_channels() {
    check_server(
        r#"{"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}"#,
        ServerFrame::SubscriptionSucceeded {
            channel: channel("orders"),
            data: "{}".into(),
        },
    );
    check_server(
        r#"{"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":{\"name\":\"Ann\"}},\"count\":1}}"}"#,
        ServerFrame::SubscriptionSucceeded {
            channel: channel("presence-x"),
            data: r#"{"presence":{"ids":["7"],"hash":{"7":{"name":"Ann"}},"count":1}}"#.into(),
        },
    );
    check_server(
        r#"{"event":"pusher:subscription_error","channel":"private-x","data":{"type":"AuthError","error":"...","status":401}}"#,
        ServerFrame::SubscriptionError {
            channel: channel("private-x"),
            kind: "AuthError".into(),
            error: "...".into(),
            status: Some(401),
        },
    );
    check_server(
        r#"{"event":"pusher:cache_miss","channel":"cache-x"}"#,
        ServerFrame::CacheMiss {
            channel: channel("cache-x"),
        },
    );
}

#[test]
fn server_frames_of_events() {
    check_server(
        r#"{"event":"order.moved","channel":"orders","data":"{\"id\":1}"}"#,
        event("order.moved", Some("orders"), r#"{"id":1}"#),
    );
    check_server(
        r#"{"event":"client-typing","channel":"presence-x","data":{"a":1},"user_id":"7"}"#,
        ServerFrame::ClientEvent {
            event: "client-typing".into(),
            channel: channel("presence-x"),
            data: RawJson::new(r#"{"a":1}"#).unwrap(),
            user_id: Some("7".into()),
        },
    );
    check_server(
        r#"{"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":3}"}"#,
        ServerFrame::SubscriptionCount {
            channel: channel("orders"),
            count: 3,
        },
    );
}

#[test]
fn server_frames_of_members() {
    check_server(
        r#"{"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"8\",\"user_info\":{\"name\":\"Bo\"}}"}"#,
        ServerFrame::MemberAdded {
            channel: channel("presence-x"),
            member: Member {
                user_id: "8".into(),
                user_info: Some(RawJson::new(r#"{"name":"Bo"}"#).unwrap()),
            },
        },
    );
    check_server(
        r#"{"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"8\"}"}"#,
        ServerFrame::MemberRemoved {
            channel: channel("presence-x"),
            user_id: "8".into(),
        },
    );
    let bad = r#"{"event":"pusher_internal:member_added","channel":"presence-x","data":{"user_id":null}}"#;
    let reason = "user_id: expected a string or a number".into();
    let event = "pusher_internal:member_added".into();
    assert_eq!(ServerFrame::parse(bad), Err(FrameError::Data { event, reason }));
}

#[test]
fn members() {
    let roster = r#"{"presence":{"ids":["7","a\"b"],"hash":{"7":{"name":"Ann"},"a\"b":null},"count":2}}"#;
    let read = Roster::parse(roster).unwrap();
    assert_eq!(read.0["7"], Some(RawJson::new(r#"{"name":"Ann"}"#).unwrap()));
    assert_eq!(read.0["a\"b"], None);
    assert_eq!(read.encode(), roster);
    assert_eq!(
        Roster::default().encode(),
        r#"{"presence":{"ids":[],"hash":{},"count":0}}"#
    );
    assert_eq!(Roster::parse("{}"), Err("presence: missing".into()));
    let numbered = Member::parse(r#"{"user_id":10,"user_info":{"name":"Mr. Pusher"}}"#).unwrap();
    assert_eq!(numbered.user_id, "10");
    assert_eq!(
        numbered.encode(),
        r#"{"user_id":"10","user_info":{"name":"Mr. Pusher"}}"#
    );
}

#[test]
fn server_frames_of_users() {
    check_server(
        r#"{"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}"#,
        ServerFrame::SigninSuccess {
            user_data: r#"{"id":"7"}"#.into(),
        },
    );
    let event = |name: &str, id: &str| WatchlistEvent {
        name: name.into(),
        user_ids: vec![id.into()],
    };
    check_server(
        r#"{"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"8\"]},{\"name\":\"offline\",\"user_ids\":[\"9\"]}]}"}"#,
        ServerFrame::WatchlistEvents {
            events: vec![event("online", "8"), event("offline", "9")],
        },
    );
    let user = User::parse(r#"{"id":7,"user_info":{"a":1},"watchlist":["8",9],"more":0}"#).unwrap();
    assert_eq!(
        (user.id.as_str(), user.watchlist),
        ("7", vec!["8".to_owned(), "9".to_owned()])
    );
    assert_eq!(
        User::parse(r#"{"id":["7"]}"#),
        Err("id: expected a string or a number".into())
    );
}

#[test]
fn client_frames() {
    check_client(r#"{"event":"pusher:ping","data":{}}"#, ClientFrame::Ping);
    check_client(r#"{"event":"pusher:pong","data":{}}"#, ClientFrame::Pong);
    check_client(
        r#"{"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}"#,
        ClientFrame::Subscribe {
            channel: channel("orders"),
            auth: None,
            channel_data: None,
        },
    );
    check_client(
        r#"{"event":"pusher:subscribe","data":{"auth":"KEY:SIG","channel":"private-x"}}"#,
        ClientFrame::Subscribe {
            channel: channel("private-x"),
            auth: Some("KEY:SIG".into()),
            channel_data: None,
        },
    );
    check_client(
        r#"{"event":"pusher:subscribe","data":{"auth":"KEY:SIG","channel_data":"{\"user_id\":\"7\",\"user_info\":{\"name\":\"Ann\"}}","channel":"presence-x"}}"#,
        ClientFrame::Subscribe {
            channel: channel("presence-x"),
            auth: Some("KEY:SIG".into()),
            channel_data: Some(r#"{"user_id":"7","user_info":{"name":"Ann"}}"#.into()),
        },
    );
    check_client(
        r#"{"event":"pusher:unsubscribe","data":{"channel":"orders"}}"#,
        ClientFrame::Unsubscribe {
            channel: channel("orders"),
        },
    );
    check_client(
        r#"{"event":"pusher:signin","data":{"auth":"KEY:SIG","user_data":"{\"id\":\"7\"}"}}"#,
        ClientFrame::SignIn {
            auth: "KEY:SIG".into(),
            user_data: r#"{"id":"7"}"#.into(),
        },
    );
    check_client(
        r#"{"event":"client-typing","channel":"private-x","data":{"a":1}}"#,
        ClientFrame::ClientEvent {
            event: EventName::new("client-typing").unwrap(),
            channel: channel("private-x"),
            data: RawJson::new(r#"{"a":1}"#).unwrap(),
        },
    );
}

#[test]
fn other_encodings_of_data_are_read() {
    let read = |json: &str| ServerFrame::parse(json).unwrap();
    let established = ServerFrame::ConnectionEstablished {
        socket_id: SocketId::from_parts(1, 2),
        activity_timeout: std::time::Duration::from_secs(30),
    };
    let raw = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.2","activity_timeout":30,"more":1}}"#;
    assert_eq!(read(raw), established);
    assert_eq!(
        read(r#"{"event":"e","channel":"c","data":{"id":1}}"#),
        event("e", Some("c"), r#"{"id":1}"#)
    );
    assert_eq!(
        read(r#"{"event":"e","channel":"c","data":"plain"}"#),
        event("e", Some("c"), "plain")
    );
    assert_eq!(
        read(r#"{"event":"e","channel":null,"data":null,"time_ms":5}"#),
        event("e", None, "")
    );
    assert_eq!(read(r#"{"event":"pusher:ping"}"#), ServerFrame::Ping);
    assert_eq!(
        read(r#"{"event":"pusher:error","data":"{\"code\":4301,\"message\":\"slow\"}"}"#),
        ServerFrame::Error {
            code: Some(CloseCode::CLIENT_EVENT_RATE),
            message: "slow".into()
        }
    );
    assert_eq!(
        read(r#"{"event":"pusher:error","data":"busy"}"#),
        ServerFrame::Error {
            code: None,
            message: "busy".into()
        }
    );
    let numeric = r#"{"event":"e","channel":"presence-c","data":"d","user_id":7}"#;
    assert!(matches!(read(numeric), ServerFrame::Event { user_id: Some(id), .. } if id == "7"));
    assert_eq!(
        ClientFrame::parse(r#"{"event":"pusher:subscribe","data":"{\"channel\":\"orders\"}"}"#),
        Ok(ClientFrame::Subscribe {
            channel: channel("orders"),
            auth: None,
            channel_data: None
        })
    );
}

#[test]
fn raw_json_shows_a_string_by_its_content() {
    assert_eq!(RawJson::new(r#""a\nb""#).unwrap().to_data(), "a\nb");
    assert_eq!(RawJson::new(r#"{"a": 1}"#).unwrap().to_data(), r#"{"a": 1}"#);
    assert_eq!(
        RawJson::new(r#""\ud800""#).map(|json| json.to_data()),
        Ok(r#""\ud800""#.to_owned())
    );
    assert!(RawJson::new(r#"{"a":1},"user_id":"8""#).is_err());
}

#[track_caller]
fn check_bad(error: Result<impl std::fmt::Debug, FrameError>, expected: &str) {
    assert_eq!(error.unwrap_err().to_string(), expected);
}

#[test]
fn bad_frames_name_the_field() {
    check_bad(
        ServerFrame::parse("hello"),
        "not a frame: expected value at line 1 column 1",
    );
    check_bad(
        ServerFrame::parse("{}"),
        "not a frame: missing field `event` at line 1 column 2",
    );
    check_bad(
        ServerFrame::parse(r#"{"event":"pusher_internal:subscription_succeeded"}"#),
        "channel: pusher_internal:subscription_succeeded needs one",
    );
    check_bad(
        ServerFrame::parse(r#"{"event":"e","channel":"a b"}"#),
        "channel: a channel name cannot contain ' '",
    );
    check_bad(
        ServerFrame::parse(r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\"}"}"#),
        "handshake: missing field `activity_timeout` at line 1 column 19",
    );
    check_bad(
        ServerFrame::parse(
            r#"{"event":"pusher:connection_established","data":{"socket_id":"x","activity_timeout":1}}"#,
        ),
        "handshake: a socket id is two numbers with a dot between",
    );
    check_bad(
        ServerFrame::parse(
            r#"{"event":"pusher:connection_established","data":{"socket_id":"1.2","activity_timeout":0}}"#,
        ),
        "handshake: activity_timeout is zero",
    );
    check_bad(
        ClientFrame::parse(r#"{"event":"pusher:subscribe","data":{"auth":""}}"#),
        "data of pusher:subscribe: missing field `channel` at line 1 column 11",
    );
    check_bad(
        ClientFrame::parse(r##"{"event":"pusher:subscribe","data":{"channel":"#foo"}}"##),
        "channel: a channel name cannot contain '#'",
    );
    check_bad(
        ClientFrame::parse(r#"{"event":"pusher:nonsense"}"#),
        "event: \"pusher:nonsense\" is not one that a client may send",
    );
    check_bad(
        ClientFrame::parse(r#"{"event":"client-a","data":{}}"#),
        "channel: client-a needs one",
    );
    let long = format!(r#"{{"event":"client-{}","channel":"private-x"}}"#, "a".repeat(194));
    check_bad(
        ClientFrame::parse(&long),
        "event: an event name has at most 200 characters",
    );
}

#[test]
fn channel_names() {
    assert_eq!(ChannelName::new(""), Err(ChannelNameError::Empty));
    assert_eq!(ChannelName::new("#server-to-user-"), Err(ChannelNameError::Empty));
    assert_eq!(ChannelName::new("#foo"), Err(ChannelNameError::BadCharacter('#')));
    assert_eq!(ChannelName::new("é"), Err(ChannelNameError::BadCharacter('é')));
    assert_eq!(ChannelName::new(&"a".repeat(201)), Err(ChannelNameError::TooLong));
    assert_eq!(
        ChannelName::new(&"a".repeat(200)).map(|name| name.as_str().len()),
        Ok(200)
    );
    assert_eq!(
        ChannelName::new("aZ0_-=@,.;").map(|name| name.to_string()),
        Ok("aZ0_-=@,.;".into())
    );
}

#[test]
fn channel_kinds() {
    #[track_caller]
    fn check(name: &str, expected: (ChannelKind, bool)) {
        let name = channel(name);
        assert_eq!((name.kind(), name.is_cache()), expected, "{name}");
    }
    check("orders", (ChannelKind::Public, false));
    check("cache-orders", (ChannelKind::Public, true));
    check("my-cache-orders", (ChannelKind::Public, false));
    check("private-x", (ChannelKind::Private, false));
    check("private-cache-x", (ChannelKind::Private, true));
    check("private-x-cache-y", (ChannelKind::Private, false));
    check("presence-x", (ChannelKind::Presence, false));
    check("presence-cache-x", (ChannelKind::Presence, true));
    check("private-encrypted-x", (ChannelKind::Encrypted, false));
    check("private-encrypted-cache-x", (ChannelKind::Encrypted, true));
    check("#server-to-user-7", (ChannelKind::ServerToUser, false));
    check("privateer", (ChannelKind::Public, false));
}

#[test]
fn event_names() {
    assert_eq!(EventName::new(""), Err(EventNameError::Empty));
    assert_eq!(EventName::new("pusher:ping"), Err(EventNameError::Reserved));
    assert_eq!(EventName::new("pusher_internal:x"), Err(EventNameError::Reserved));
    assert_eq!(EventName::new(&"é".repeat(201)), Err(EventNameError::TooLong));
    assert!(EventName::new(&"é".repeat(200)).is_ok());
    assert!(EventName::new("client-typing").unwrap().is_client());
    assert!(!EventName::new("pusher-like").unwrap().is_client());
}

#[test]
fn socket_ids() {
    assert_eq!(
        SocketId::parse("1234.01").map(|id| id.to_string()),
        Ok("1234.01".into())
    );
    let bad = ["", ".", "1", "1.", ".1", "1.2.3", "a.1", "1.-2", " 1.2", "1.2\n", "١.٢"];
    for text in bad {
        assert_eq!(SocketId::parse(text), Err(SocketIdError), "{text:?}");
    }
    assert_eq!(SocketId::parse(&format!("1.{}", "2".repeat(63))), Err(SocketIdError));
}

#[test]
fn close_actions() {
    #[track_caller]
    fn check(codes: &[u16], action: CloseAction) {
        for &code in codes {
            assert_eq!(CloseCode(code).action(), action, "{code}");
        }
    }
    check(&[0, 1000, 1001, 1002, 1005, 1006, 1011, 3999], CloseAction::Backoff);
    check(&[4000], CloseAction::SwitchToTls);
    check(&[4001, 4003, 4007, 4009, 4099], CloseAction::Refused);
    check(&[4100, 4199], CloseAction::Backoff);
    check(&[4200, 4201, 4202, 4299], CloseAction::Retry);
    check(&[4300, 4301, 4999, 65535], CloseAction::Refused);
}
