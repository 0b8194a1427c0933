//! Transcripts of connecting, silence, loss and return.

use std::time::Duration;

use super::transcript::{Play, check};
use crate::client::{Client, Config, Input, Output, State};

#[test]
fn connects_once_and_disconnects() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > connect
         > handshake 123.456 30
         < connecting -> connected
         > connect
         > disconnect
         < close
         < connected -> disconnected
         > closed 1000
         > disconnect
         > online
         > woke
         > connect
         < disconnected -> connecting
         < open ws://host/app/key #2",
    );
}

#[test]
fn socket_id_is_known_while_connected() {
    let mut play = Play::connected();
    assert_eq!(play.client().socket_id().map(|id| id.as_str()), Some("1.2"));
    assert_eq!(play.client().state(), State::Connected);
    play.check(
        "> closed 1006
         < connected -> connecting
         < wait",
    );
    assert_eq!(play.client().socket_id(), None);
}

#[test]
fn handshake_without_activity_timeout_is_an_error() {
    check(
        r#"> connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > frame {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\"}"}
           < bad frame: handshake: missing field `activity_timeout` at line 1 column 19
           < close
           < wait
           > timeout
           < open ws://host/app/key #2"#,
    );
}

#[test]
fn second_handshake_changes_nothing() {
    let mut play = Play::connected();
    play.check("> handshake 3.4 30");
    assert_eq!(play.client().socket_id().map(|id| id.as_str()), Some("1.2"));
}

#[test]
fn a_try_that_hangs_is_given_up() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > after 9.9
         > after 0.1
         < connecting -> unavailable
         < close
         < wait
         > timeout
         < open ws://host/app/key #2
         > handshake 1.2 30 #1
         > closed 1006 #1
         > handshake 3.4 30
         < unavailable -> connected",
    );
}

#[test]
fn unavailable_after_ten_seconds_and_until_connected() {
    let mut play = Play::connected();
    play.check(
        "> after 20
         > closed 1006
         < connected -> connecting
         < wait
         > timeout
         < open ws://host/app/key #2
         > after 5
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #3
         > timeout
         < connecting -> unavailable
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #4
         > handshake 5.6 30
         < unavailable -> connected",
    );
}

#[test]
fn silence_is_broken_by_a_ping() {
    Play::connected().check(
        r#"> after 29.9
           > after 0.1
           < send {"event":"pusher:ping","data":{}}
           > after 29.9
           > frame {"event":"pusher:pong","data":"{}"}
           > after 29.9
           > frame {"event":"anything","channel":"elsewhere","data":"x"}
           > after 29.9
           > after 0.1
           < send {"event":"pusher:ping","data":{}}
           > after 30
           < close
           < connected -> connecting
           < open ws://host/app/key #2"#,
    );
}

#[test]
fn the_shorter_activity_timeout_counts() {
    let mut play = Play::new();
    play.check(
        r#"> connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > handshake 1.2 100000
           < connecting -> connected
           > after 119
           > after 1
           < send {"event":"pusher:ping","data":{}}"#,
    );
}

#[test]
fn pings_are_answered() {
    Play::connected().check(
        r#"> frame {"event":"pusher:ping","data":"{}"}
           < send {"event":"pusher:pong","data":{}}"#,
    );
}

#[test]
fn close_codes() {
    let refused = "connected -> failed";
    for (code, outcome) in [
        (4001, refused),
        (4009, refused),
        (4099, refused),
        (4300, refused),
        (4999, refused),
    ] {
        Play::connected().check(&format!(
            "> closed {code} because
             < error {code}: because
             < {outcome}
             > online
             > woke
             > after 100
             > connect
             < failed -> connecting
             < open ws://host/app/key #2"
        ));
    }
    for code in [4200, 4201, 4202, 4299] {
        Play::connected().check(&format!(
            "> after 20
             > closed {code}
             < error {code}: the server closed with {code}
             < connected -> connecting
             < open ws://host/app/key #2"
        ));
    }
    for code in [1000, 1001, 1002, 1005, 1006, 1011] {
        Play::connected().check(&format!(
            "> closed {code}
             < connected -> connecting
             < wait
             > timeout
             < open ws://host/app/key #2"
        ));
    }
    Play::connected().check(
        "> closed 4100 full
         < error 4100: full
         < connected -> connecting
         < wait",
    );
}

#[test]
fn tls_is_switched_on_once() {
    Play::connected().check(
        "> closed 4000 TLS only
         < error 4000: TLS only
         < connected -> connecting
         < open wss://host/app/key #2
         > closed 4000 TLS only
         < error 4000: TLS only
         < wait
         > timeout
         < open wss://host/app/key #3",
    );
}

#[test]
fn a_server_that_always_says_retry_is_not_hammered() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > handshake 1.2 30
         < connecting -> connected
         > closed 4200
         < error 4200: the server closed with 4200
         < connected -> connecting
         < open ws://host/app/key #2
         > handshake 3.4 30
         < connecting -> connected
         > closed 4200
         < error 4200: the server closed with 4200
         < connected -> connecting
         < wait",
    );
}

#[test]
fn error_before_the_handshake_refuses() {
    check(
        r#"> connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > frame {"event":"pusher:error","data":{"code":4001,"message":"no such app"}}
           < error 4001: no such app
           < close
           < connecting -> failed
           > closed 4001"#,
    );
}

#[test]
fn error_after_the_handshake_is_told() {
    Play::connected().check(
        r#"> frame {"event":"pusher:error","data":{"code":4301,"message":"too fast"}}
           < error 4301: too fast
           > frame {"event":"pusher:error","data":{"code":null,"message":"hm"}}
           < error: hm"#,
    );
}

#[test]
fn hanging_up_on_every_try_is_told_in_the_end() {
    let mut play = Play::new();
    play.check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1",
    );
    for attempt in 2..=5 {
        play.check(&format!(
            "> closed 1006
             < wait
             > timeout
             < open ws://host/app/key #{attempt}"
        ));
    }
    play.check(
        "> closed 1006
         < error: no handshake after several tries: is there a server, is the key right, is this origin let in?
         < wait
         > timeout
         < open ws://host/app/key #6
         > closed 1006
         < wait",
    );
}

#[test]
fn no_sockets_here() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > unsupported no WebSocket
         < error: no WebSocket
         < connecting -> failed",
    );
}

#[test]
fn online_tries_at_once() {
    Play::connected().check(
        r#"> closed 1006
           < connected -> connecting
           < wait
           > online
           < open ws://host/app/key #2
           > online
           > handshake 3.4 30
           < connecting -> connected
           > online
           < send {"event":"pusher:ping","data":{}}"#,
    );
}

#[test]
fn offline_checks_with_little_patience() {
    Play::connected().check(
        r#"> offline
           < send {"event":"pusher:ping","data":{}}
           > after 2.9
           > after 0.1
           < close
           < connected -> connecting
           < open ws://host/app/key #2
           > offline"#,
    );
}

#[test]
fn after_sleep_the_socket_must_prove_itself() {
    Play::connected().check(
        r#"> sleep 3600
           > woke
           < send {"event":"pusher:ping","data":{}}
           > woke
           > after 1
           > woke
           > after 1.9
           > frame {"event":"pusher:pong","data":"{}"}
           > after 3
           > woke
           < send {"event":"pusher:ping","data":{}}
           > after 3
           < close
           < connected -> connecting
           < open ws://host/app/key #2
           > woke
           > after 3
           < close
           < wait
           > woke
           < open ws://host/app/key #3"#,
    );
}

#[test]
fn waking_shortens_a_ping_that_waits() {
    Play::connected().check(
        r#"> after 30
           < send {"event":"pusher:ping","data":{}}
           > woke
           < send {"event":"pusher:ping","data":{}}
           > after 3
           < close
           < connected -> connecting
           < open ws://host/app/key #2"#,
    );
}

#[test]
fn an_answer_that_slept_with_the_program_counts() {
    Play::connected().check(
        r#"> after 30
           < send {"event":"pusher:ping","data":{}}
           > sleep 40
           > frame {"event":"pusher:pong","data":"{}"}
           > after 29.9"#,
    );
}

#[test]
fn bad_frames_are_told_and_dropped() {
    Play::connected().check(
        r#"> frame nonsense
           < bad frame: not a frame: expected ident at line 1 column 2
           > frame {"event":7}
           < bad frame: not a frame: invalid type: integer `7`, expected a string at line 1 column 10
           > frame {"event":"pusher:ping"}
           < send {"event":"pusher:pong","data":{}}"#,
    );
}

#[test]
fn events_of_the_connection_are_told() {
    Play::connected().check(
        r#"> frame {"event":"maintenance","data":"{}"}
           < event maintenance: {}
           > frame {"event":"pusher_internal:unheard_of","data":"{}"}"#,
    );
}

#[test]
fn time_that_runs_backwards_stands_still() {
    let mut client = Client::new(Config::new("host", "key"), 1);
    client.handle(Input::ConnectRequested, Duration::from_secs(100));
    client.handle(Input::TimePassed, Duration::from_secs(1));
    assert_eq!(client.poll_timeout(), Some(Duration::from_secs(110)));
    let opens = std::iter::from_fn(|| client.poll_output()).filter(|output| matches!(output, Output::Open { .. }));
    assert_eq!(opens.count(), 1);
}
