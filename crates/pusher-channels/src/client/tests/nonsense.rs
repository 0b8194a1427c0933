//! Random inputs in random order, at random times: no panic, no socket too many, no timer left in the past.

use std::{collections::BTreeSet, time::Duration};

use crate::{
    client::{
        Address, Attempt, AuthorizationFailure, Carrier, ChannelAuthorization, Client, ClientEvent, Config,
        FetchAttempt, Input, MissedEvent, MissedFailure, Output, SharedSecret, State, Subscription, UserAuthentication,
        backoff::Random,
    },
    protocol::{ChannelName, ClientFrame, CloseCode, EventName, RawJson, ServerFrame},
};

const FRAMES: [&str; 28] = [
    r#"{"event":"e","channel":"b","data":"{\"seq\":1}"}"#,
    r#"{"event":"e","channel":"b","data":{"seq":3}}"#,
    r#"{"event":"pusher_internal:subscription_succeeded","channel":"private-encrypted-d","data":"{}"}"#,
    r#"{"event":"e","channel":"private-encrypted-d","data":"{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\",\"ciphertext\":\"4KLh/8JMKksAWCm9OX9sTJZk0Q9Y0LEu\"}"}"#,
    r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\",\"activity_timeout\":30}"}"#,
    r#"{"event":"pusher:connection_established","data":{}}"#,
    r#"{"event":"pusher_internal:subscription_succeeded","channel":"private-a","data":"{}"}"#,
    r#"{"event":"pusher_internal:subscription_succeeded","channel":"b","data":"{}"}"#,
    r#"{"event":"pusher:subscription_error","channel":"private-a","data":{"status":401}}"#,
    r#"{"event":"pusher:error","data":{"code":4100,"message":"x"}}"#,
    r#"{"event":"pusher:error","data":{"code":99999,"message":7}}"#,
    r#"{"event":"pusher:ping"}"#,
    r#"{"event":"pusher:pong","data":[]}"#,
    r#"{"event":"e","channel":"b","data":{"deep":[[[{}]]]}}"#,
    r#"{"event":"client-e","channel":"private-a","data":"\ud800","user_id":{}}"#,
    r#"{"event":"pusher:cache_miss"}"#,
    r#"{"event":"pusher_internal:subscription_succeeded","channel":"presence-c","data":"{\"presence\":{\"hash\":{\"7\":null}}}"}"#,
    r##"{"event":"pusher_internal:subscription_succeeded","channel":"#server-to-user-7","data":"{}"}"##,
    r#"{"event":"pusher_internal:member_added","channel":"presence-c","data":"{\"user_id\":8,\"user_info\":[]}"}"#,
    r#"{"event":"pusher_internal:member_removed","channel":"presence-c","data":{"user_id":"7"}}"#,
    r#"{"event":"pusher_internal:subscription_count","channel":"b","data":{"subscription_count":3}}"#,
    r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"7\"}"}}"#,
    r#"{"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"a b\"}"}}"#,
    r#"{"event":"pusher_internal:watchlist_events","data":{"events":[{"name":"online","user_ids":[7]}]}}"#,
    r#"{"event":"offline","data":"{\"user_ids\":[\"7\"]}"}"#,
    r#"{"event":"pusher:error","data":{"code":4009,"message":"private-a"}}"#,
    r#"{"event":"pusher:subscribe","data":{"auth":"","channel":"b"}}"#,
    "",
];
const CODES: [u16; 8] = [1000, 1006, 3000, 4000, 4001, 4100, 4200, 4301];

fn one_of<T: Copy>(random: &mut Random, choices: &[T]) -> T {
    choices[(random.next() % choices.len() as u64) as usize]
}

/// A frame of the list, perhaps with some bytes changed.
fn frame(random: &mut Random) -> String {
    let mut bytes = one_of(random, &FRAMES).as_bytes().to_vec();
    for _ in 0..(random.next() % 4) {
        if !bytes.is_empty() && random.next() % 2 == 0 {
            let at = (random.next() % bytes.len() as u64) as usize;
            bytes[at] = one_of(random, b"\"\\{}[]:,x0#\xff");
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn about_numbers(random: &mut Random, channel: ChannelName) -> Input {
    let attempt = FetchAttempt(random.next() % 8);
    let data = one_of(random, &["", r#"{"seq":1}"#, r#"{"seq":18446744073709551615}"#]);
    let missed = MissedEvent {
        name: "e".into(),
        data: data.into(),
    };
    match random.next() % 16 {
        0..=4 => Input::ResumeRequested {
            channel,
            field: "seq".into(),
            after: one_of(random, &[None, Some(0), Some(u64::MAX)]),
        },
        5 => Input::ResumeEnded(channel),
        6..=10 => Input::MissedFetched {
            channel,
            attempt,
            events: vec![missed],
        },
        _ => Input::MissedFailed {
            channel,
            attempt,
            failure: one_of(random, &[MissedFailure::Unanswered, MissedFailure::Gone])("no".into()),
        },
    }
}

fn input(random: &mut Random, newest: u64) -> Input {
    let attempt = Attempt(newest.saturating_sub(u64::from(random.next() % 8 == 0)));
    let name = one_of(
        random,
        &[
            "private-a",
            "b",
            "presence-c",
            "private-encrypted-d",
            "#server-to-user-7",
        ],
    );
    let channel = ChannelName::new(name).unwrap();
    match random.next() % 24 {
        0 => Input::ConnectRequested,
        1 if random.next() % 4 == 0 => Input::DisconnectRequested,
        1 if random.next() % 4 == 0 => {
            Input::AddressChanged(Address::new(one_of(random, &["host", "elsewhere"]), "key"))
        }
        2 | 3 => Input::ChannelWanted(channel),
        4 => Input::ChannelDropped(channel),
        5 => Input::Closed {
            attempt,
            code: CloseCode(one_of(random, &CODES)),
            reason: String::new(),
        },
        6 => Input::Authorized {
            channel,
            attempt,
            authorization: ChannelAuthorization::new("k:s").with_shared_secret(SharedSecret::new([7; 32])),
        },
        7 => Input::AuthorizationFailed {
            channel,
            attempt,
            failure: AuthorizationFailure::unanswered("no"),
        },
        8 => Input::WentOnline,
        9 => Input::WentOffline,
        10 => Input::Woke,
        11 if random.next() % 16 == 0 => Input::SocketUnsupported {
            attempt,
            reason: "no".into(),
        },
        12 => Input::SignInRequested,
        13 => Input::UserAuthenticated {
            attempt,
            authentication: UserAuthentication::new("k:s", r#"{"id":"7"}"#),
        },
        14 if random.next() % 2 == 0 => Input::UserAuthenticationFailed {
            attempt,
            failure: AuthorizationFailure::unanswered("no"),
        },
        15..=18 => Input::Received {
            attempt,
            text: frame(random),
        },
        20..=23 => about_numbers(random, channel),
        _ => Input::TimePassed,
    }
}

/// Triggers on a channel whatever its subscription is, and checks that it goes out if and only if it may.
fn trigger_somewhere(client: &mut Client, random: &mut Random, now: Duration) {
    let channel = ChannelName::new(one_of(random, &["private-a", "b", "presence-c"])).unwrap();
    let may = channel.needs_authorization() && client.subscription(&channel) == Some(Subscription::Subscribed);
    let event = ClientEvent {
        channel,
        name: EventName::new("client-e").unwrap(),
        data: RawJson::new("{}").unwrap(),
    };
    assert_eq!(client.trigger(event, now).is_ok(), may);
}

/// Every second client may use every carrier, and then have three connections: one that was replaced, the present one, and one
/// that may replace it.
fn config(seed: u64) -> (Config, usize) {
    let mut config = Config::new("host", "key");
    if seed % 2 == 0 {
        return (config, 1);
    }
    config.carriers = Carrier::ALL.to_vec();
    (config, 3)
}

#[test]
fn random_inputs_never_panic() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let (config, most) = config(seed);
        let mut client = Client::new(config, seed);
        let (mut now, mut newest, mut open) = (Duration::ZERO, 0, BTreeSet::new());
        for _ in 0..500 {
            let longest = Duration::from_secs(1 << (random.next() % 8));
            now += random.up_to(longest);
            let input = input(&mut random, newest);
            if let Input::Closed { attempt, .. } | Input::SocketUnsupported { attempt, .. } = &input {
                open.remove(&attempt.0);
            }
            client.handle(input, now);
            trigger_somewhere(&mut client, &mut random, now);
            while let Some(output) = client.poll_output() {
                match output {
                    Output::Open { attempt, .. } => {
                        newest = attempt.0;
                        assert!(open.insert(newest), "seed {seed}: opened {attempt} twice");
                    }
                    Output::Close { attempt } => {
                        assert!(
                            open.remove(&attempt.0),
                            "seed {seed}: closed {attempt}, which is not open"
                        );
                    }
                    Output::Send { attempt, text: frame } => {
                        assert!(
                            open.contains(&attempt.0),
                            "seed {seed}: sent {frame} on {attempt}, which is not open"
                        );
                        assert!(ClientFrame::parse(&frame).is_ok(), "seed {seed}: sent {frame}");
                    }
                    Output::Authorize { .. }
                    | Output::AuthenticateUser { .. }
                    | Output::FetchMissed { .. }
                    | Output::Tell(_) => {}
                }
                assert!(open.len() <= most, "seed {seed}: {open:?} at once");
            }
            assert!(
                client.poll_timeout().is_none_or(|at| at > now),
                "seed {seed}: a timer was left in the past"
            );
            assert!(
                client.user().is_none() || client.state() == State::Connected,
                "seed {seed}: signed in without a connection"
            );
        }
    }
}

#[test]
fn random_frames_never_panic_and_come_back_the_same() {
    for seed in 0..20_000 {
        let text = frame(&mut Random::new(seed));
        if let Ok(frame) = ServerFrame::parse(&text) {
            assert_eq!(ServerFrame::parse(&frame.encode()), Ok(frame), "seed {seed}: {text}");
        }
        if let Ok(frame) = ClientFrame::parse(&text) {
            assert_eq!(ClientFrame::parse(&frame.encode()), Ok(frame), "seed {seed}: {text}");
        }
    }
}

#[test]
fn endless_times_never_come() {
    let mut config = Config::new("host", "key");
    config.activity_timeout = Duration::MAX;
    config.pong_timeout = Duration::MAX;
    let mut client = Client::new(config, 1);
    client.handle(Input::ConnectRequested, Duration::from_secs(1));
    let text = format!(
        r#"{{"event":"pusher:connection_established","data":{{"socket_id":"1.2","activity_timeout":{}}}}}"#,
        u64::MAX
    );
    client.handle(
        Input::Received {
            attempt: Attempt(1),
            text,
        },
        Duration::from_secs(1),
    );
    assert!(
        client
            .poll_timeout()
            .is_some_and(|at| at > Duration::from_secs(u64::MAX / 2))
    );
}

#[test]
fn deep_nesting_is_read_without_recursion() {
    let deep = "[".repeat(1_000_000);
    let closed = format!("{deep}{}", "]".repeat(1_000_000));
    assert!(ServerFrame::parse(&format!(r#"{{"event":"e","data":{deep}"#)).is_err());
    assert!(ServerFrame::parse(&format!(r#"{{"event":"e","data":{closed},"more":{closed}}}"#)).is_ok());
    assert!(ClientFrame::parse(&format!(r#"{{"event":"pusher:subscribe","data":{closed}}}"#)).is_err());
    let nested = format!(r#"{{"event":"pusher:subscribe","data":{{"channel":"c","more":{closed}}}}}"#);
    assert!(ClientFrame::parse(&nested).is_ok());
}
