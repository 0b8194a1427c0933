//! How a crowd of clients comes back after an outage: soon, and not all at once.

use std::time::Duration;

use crate::{
    client::{Attempt, Client, Config, Input, Output},
    protocol::CloseCode,
};

const CLIENTS: u64 = 50;

/// When one client has its connection back, counted from the server's return. Connecting takes no time; while the server is
/// down it is refused at once.
fn back_after(outage: Duration, seed: u64) -> Duration {
    let start = Duration::from_secs(100);
    let mut client = Client::new(Config::new("host", "key"), seed);
    client.handle(Input::ConnectRequested, Duration::ZERO);
    shake_hands(&mut client, Duration::ZERO);
    client.handle(closed(Attempt(1)), start);
    loop {
        while let Some(output) = client.poll_output() {
            assert!(!matches!(output, Output::Open { .. }), "tried again without waiting");
        }
        let now = client.poll_timeout().unwrap();
        client.handle(Input::TimePassed, now);
        let opened = std::iter::from_fn(|| client.poll_output()).find_map(|output| match output {
            Output::Open { attempt, .. } => Some(attempt),
            Output::Close { .. }
            | Output::Send { .. }
            | Output::Authorize { .. }
            | Output::AuthenticateUser { .. }
            | Output::FetchMissed { .. }
            | Output::Tell(_) => None,
        });
        let Some(attempt) = opened else { continue };
        if now >= start + outage {
            return now - start - outage;
        }
        client.handle(closed(attempt), now);
    }
}

fn shake_hands(client: &mut Client, now: Duration) {
    let text = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.2","activity_timeout":120}}"#;
    client.handle(
        Input::Received {
            attempt: Attempt(1),
            text: text.into(),
        },
        now,
    );
    while client.poll_output().is_some() {}
}

fn closed(attempt: Attempt) -> Input {
    Input::Closed {
        attempt,
        code: CloseCode::ABNORMAL,
        reason: String::new(),
    }
}

/// Many crowds, each of other seeds: nearly all of each crowd is back in time, and none comes as one.
fn check(outage: Duration, p95: Duration) {
    for crowd in 0..200 {
        let mut back: Vec<Duration> = (0..CLIENTS)
            .map(|client| back_after(outage, (crowd * CLIENTS + client) ^ 0x5eed))
            .collect();
        back.sort();
        assert!(back[47] < p95, "crowd {crowd}: p95 is {:?}", back[47]);
        assert!(
            back[49] - back[0] > Duration::from_millis(500),
            "crowd {crowd}: spread over {:?}",
            back[49] - back[0]
        );
    }
}

#[test]
fn short_outages() {
    check(Duration::from_millis(300), Duration::from_secs(2));
    check(Duration::from_secs(3), Duration::from_secs(2));
}

#[test]
fn long_outages() {
    check(Duration::from_secs(600), Duration::from_secs(30));
}

#[test]
fn tries_grow_rare() {
    let mut client = Client::new(Config::new("host", "key"), 7);
    client.handle(Input::ConnectRequested, Duration::ZERO);
    let (mut tries, mut now) = (0, Duration::ZERO);
    while now < Duration::from_secs(3600) {
        while let Some(output) = client.poll_output() {
            if let Output::Open { attempt, .. } = output {
                tries += 1;
                client.handle(closed(attempt), now);
            }
        }
        now = client.poll_timeout().unwrap();
        client.handle(Input::TimePassed, now);
    }
    // One every 15 s on average once the window is 30 s, and a few dozen before.
    assert!((200..320).contains(&tries), "{tries} tries in an hour");
}
