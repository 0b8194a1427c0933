//! Transcripts of other addresses, and of connections that die early.

use super::transcript::{Play, check};

#[test]
fn a_connection_moves_and_wishes_stay() {
    Play::connected().check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > success orders
           < subscribed orders
           > move elsewhere:6001
           < close
           < connected -> connecting
           < open ws://elsewhere:6001/app/key #2
           > frame {"event":"e","channel":"orders","data":"late"} #1
           > closed 1000 #1
           > handshake 3.4 30
           < connecting -> connected
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > move elsewhere:6001"#,
    );
}

#[test]
fn a_try_moves_too() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > move elsewhere
         < close
         < open ws://elsewhere/app/key #2
         > closed 1006
         < wait
         > move third
         < open ws://third/app/key #3
         > handshake 1.2 30
         < connecting -> connected",
    );
}

#[test]
fn who_is_not_connected_moves_when_connecting() {
    check(
        "> move elsewhere
         > connect
         < initialized -> connecting
         < open ws://elsewhere/app/key #1
         > closed 4001 gone
         < error 4001: gone
         < connecting -> failed
         > move third
         > connect
         < failed -> connecting
         < open ws://third/app/key #2",
    );
}

#[test]
fn who_waits_long_is_unavailable_until_the_new_server_answers() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > after 10
         < connecting -> unavailable
         < close
         < wait
         > move elsewhere
         < open ws://elsewhere/app/key #2
         > handshake 1.2 30
         < unavailable -> connected",
    );
}

#[test]
fn after_an_early_death_pings_come_twice_as_often() {
    // With 30 s from the server, the client's own 120 s decide what is early.
    Play::connected().check(
        r#"> after 29
           > frame {"event":"pusher:ping"}
           < send {"event":"pusher:pong","data":{}}
           > after 11
           > closed 1006
           < connected -> connecting
           < wait
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           > after 19.9
           > after 0.1
           < send {"event":"pusher:ping","data":{}}"#,
    );
}

#[test]
fn pings_come_every_ten_seconds_at_most() {
    Play::connected().check(
        r#"> after 5
           > closed 1006
           < connected -> connecting
           < wait
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           > after 9.9
           > after 0.1
           < send {"event":"pusher:ping","data":{}}"#,
    );
}

#[test]
fn a_clean_close_is_no_early_death() {
    Play::connected().check(
        r#"> after 5
           > closed 1001
           < connected -> connecting
           < wait
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           > after 29.9
           > after 0.1
           < send {"event":"pusher:ping","data":{}}"#,
    );
}
