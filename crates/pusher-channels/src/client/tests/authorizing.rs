//! Transcripts of what is asked together.

use std::time::Duration;

use super::transcript::{Play, check};
use crate::{
    ChannelName, Config,
    client::{Client, Input, Output},
};

#[test]
fn all_channels_are_authorised_together_after_a_connection() {
    check(
        r#"> want private-a
           > want orders
           > want presence-b
           > connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > handshake 1.2 30
           < connecting -> connected
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           < authorize presence-b private-a for 1.2 #1
           > authorized private-a K:A
           < send {"event":"pusher:subscribe","data":{"auth":"K:A","channel":"private-a"}}
           > unauthorized presence-b not yours
           < failed presence-b: not yours
           > closed 1006
           < connected -> connecting
           < wait
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           < authorize presence-b private-a for 3.4 #2"#,
    );
}

#[test]
fn what_is_wanted_later_is_asked_later() {
    Play::connected().check(
        r#"> want private-a
           < authorize private-a for 1.2 #1
           > want private-b
           < authorize private-b for 1.2 #1"#,
    );
}

#[test]
fn what_is_wanted_can_be_asked() {
    let mut play = Play::new();
    play.check("> want private-b\n> want orders\n> want left\n> drop left");
    let wanted: Vec<&str> = play.client().channels().map(ChannelName::as_str).collect();
    assert_eq!(wanted, ["orders", "private-b"]);
}

/// The channels of each request, for a client that wants many before its outputs are taken.
fn requests(wanted: usize) -> Vec<usize> {
    let mut client = Client::new(Config::new("host", "key"), 1);
    client.handle(Input::ConnectRequested, Duration::ZERO);
    let Some(attempt) = std::iter::from_fn(|| client.poll_output()).find_map(|output| match output {
        Output::Open { attempt, .. } => Some(attempt),
        _ => None,
    }) else {
        panic!("it does not open");
    };
    let text = r#"{"event":"pusher:connection_established","data":{"socket_id":"1.2","activity_timeout":30}}"#.into();
    client.handle(Input::Received { attempt, text }, Duration::ZERO);
    for number in 0..wanted {
        let channel = ChannelName::new(&format!("private-{number}")).unwrap();
        client.handle(Input::ChannelWanted(channel), Duration::ZERO);
    }
    let outputs = std::iter::from_fn(|| client.poll_output());
    outputs
        .filter_map(|output| match output {
            Output::Authorize { channels, .. } => Some(channels.len()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_request_has_50_channels_at_most() {
    assert_eq!(requests(3), [3]);
    assert_eq!(requests(50), [50]);
    assert_eq!(requests(120), [50, 50, 20]);
}
