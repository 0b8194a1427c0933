//! What is noted of the connection beside its state.

use std::time::Duration;

use super::transcript::Play;
use crate::client::Vitals;

/// The play begins at this time.
const START: Duration = Duration::from_secs(1000);

#[track_caller]
fn check(play: &Play, expected: Vitals) {
    assert_eq!(play.client().vitals(), expected);
}

#[test]
fn nothing_is_known_at_first() {
    check(&Play::new(), Vitals::default());
}

#[test]
fn what_was_heard_when() {
    let mut play = Play::connected();
    let heard = Vitals {
        last_heard_at: Some(START),
        ..Vitals::default()
    };
    check(&play, heard);
    play.check(
        r#"> want o
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"o"}}
           > after 2
           > success o
           < subscribed o
           > after 1
           > frame {"event":"e","channel":"o","data":""}
           < event e on o:
           > after 1
           > frame {"event":"e","channel":"elsewhere","data":""}"#,
    );
    let event = Vitals {
        last_event_at: Some(START + Duration::from_secs(3)),
        last_heard_at: Some(START + Duration::from_secs(4)),
        ..Vitals::default()
    };
    check(&play, event);
}

#[test]
fn lag_is_the_way_there_and_back_of_the_last_ping() {
    let mut play = Play::connected();
    play.check(
        r#"> offline
           < send {"event":"pusher:ping","data":{}}
           > after 0.1
           > frame {"event":"pusher:ping"}
           < send {"event":"pusher:pong","data":{}}
           > after 0.2
           > frame {"event":"pusher:pong"}
           > after 1
           > frame {"event":"pusher:pong"}"#,
    );
    let lag = Vitals {
        last_heard_at: Some(START + Duration::from_millis(1300)),
        lag: Some(Duration::from_millis(300)),
        ..Vitals::default()
    };
    check(&play, lag);
    play.check(
        "> closed 1006
         < connected -> connecting
         < wait",
    );
    check(&play, Vitals { lag: None, ..lag });
}

#[test]
fn channels_that_catch_up_are_counted() {
    let mut play = Play::connected();
    play.check(
        r#"> want o
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"o"}}
           > resume o seq 0
           > success o
           < subscribed o
           < catching up o
           < fetch o after 0 @1"#,
    );
    assert_eq!(play.client().vitals().catching_up, 1);
    play.check("> unfetched o @1 no");
    assert_eq!(play.client().vitals().catching_up, 1);
    play.check("> timeout\n< fetch o after 0 @2\n> fetched o @2\n< caught up o");
    assert_eq!(play.client().vitals().catching_up, 0);
}
