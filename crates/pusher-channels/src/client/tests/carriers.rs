//! Transcripts of the ladder: down where a carrier does not pass, up again when a better one does, and the switch.

use super::transcript::{Play, check};
use crate::{
    client::{Carrier, Config, State, Subscription},
    protocol::ChannelName,
};

/// A play whose client may use every carrier.
fn ladder() -> Play {
    let mut config = Config::new("host", "key");
    config.carriers = Carrier::ALL.to_vec();
    Play::of(config)
}

/// A play whose client is connected by server-sent events, as 1.2 by attempt 3, with an activity timeout of 30 s.
pub(super) fn fallen() -> Play {
    let mut play = ladder();
    play.check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #2
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #3
         > handshake 1.2 30
         < carrier websocket -> server-sent-events
         < connecting -> connected",
    );
    play
}

#[test]
fn one_carrier_has_no_ladder() {
    check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #2
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #3",
    );
}

#[test]
fn down_to_the_last_and_from_the_first_again() {
    ladder().check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #2
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #3
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by long-polling #4
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by polling #5
         > closed 1006
         < error: no handshake after several tries: is there a server, is the key right, is this origin let in?
         < wait
         > timeout
         < open ws://host/app/key #6",
    );
}

#[test]
fn a_carrier_that_hangs_is_left_sooner_and_at_once() {
    ladder().check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > after 3.9
         > after 0.1
         < close #1
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #2
         > after 4
         < close #2
         < wait
         > timeout
         < open http://host/app/key by long-polling #3
         > handshake 1.2 30
         < carrier websocket -> long-polling
         < connecting -> connected",
    );
}

#[test]
fn a_refusal_is_no_matter_of_carriers() {
    ladder().check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > closed 4100 full
         < error 4100: full
         < wait
         > timeout
         < open ws://host/app/key #2
         > closed 4100 full
         < error 4100: full
         < wait
         > timeout
         < open ws://host/app/key #3
         > closed 4001 no such app
         < error 4001: no such app
         < connecting -> failed",
    );
}

#[test]
fn without_a_network_nothing_is_learnt() {
    ladder().check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > offline
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #2
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #3
         > closed 1006
         < wait
         > online
         < open ws://host/app/key #4
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #5",
    );
}

#[test]
fn a_connection_that_is_cut_at_once_counts_as_none() {
    let mut play = ladder();
    play.check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > handshake 1.2 30
         < connecting -> connected
         > after 1.9
         > closed 1006
         < connected -> connecting
         < wait
         > timeout
         < open ws://host/app/key #2
         > handshake 3.4 30
         < connecting -> connected
         > after 2
         > closed 1006
         < connected -> connecting
         < wait
         > timeout
         < open ws://host/app/key #3
         > handshake 5.6 30
         < connecting -> connected
         > closed 1006
         < connected -> connecting
         < wait
         > timeout
         < open ws://host/app/key #4
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #5",
    );
}

#[test]
fn a_carrier_that_is_not_there_is_passed_over_for_good() {
    ladder().check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > unsupported no WebSocket here
         < open http://host/app/key by server-sent-events #2
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #3
         > unsupported 404
         < open http://host/app/key by long-polling #4
         > unsupported 404
         < open http://host/app/key by polling #5
         > unsupported 404
         < error: 404
         < connecting -> failed
         > connect
         < failed -> connecting
         < open http://host/app/key by polling #6",
    );
}

#[test]
fn other_servers_keep_their_websocket() {
    ladder().check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > closed 1006
         < wait
         > timeout
         < open ws://host/app/key #2
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #3
         > unsupported 404
         < open http://host/app/key by long-polling #4
         > unsupported 404
         < open http://host/app/key by polling #5
         > unsupported 404
         < open ws://host/app/key #6
         > handshake 1.2 30
         < connecting -> connected",
    );
}

#[test]
fn frames_go_the_way_they_came() {
    fallen().check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}} #3
           > success orders
           < subscribed orders
           > frame {"event":"moved","channel":"orders","data":"1"}
           < event moved on orders: 1"#,
    );
}

#[test]
fn back_up_while_connected() {
    let mut play = fallen();
    play.check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}} #3
           > success orders
           < subscribed orders
           > timeout
           < open ws://host/app/key #4
           > frame {"event":"moved","channel":"orders","data":"1"}
           < event moved on orders: 1
           > handshake 3.4 30 #4
           < carrier server-sent-events -> websocket
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}} #4
           > frame {"event":"moved","channel":"orders","data":"2"} #3
           < event moved on orders: 2
           > frame {"event":"pusher:ping"} #3
           > success orders #4
           < subscribed orders
           < close #3
           > frame {"event":"moved","channel":"orders","data":"3"} #3
           > frame {"event":"moved","channel":"orders","data":"3"} #4
           < event moved on orders: 3
           > closed 1000 #3"#,
    );
    assert_eq!(play.client().state(), State::Connected);
    assert_eq!(play.client().socket_id().map(|id| id.as_str()), Some("3.4"));
    assert_eq!(play.client().carrier(), Carrier::WebSocket);
}

#[test]
fn the_old_connection_is_not_kept_for_ever() {
    let mut play = fallen();
    play.check(
        r#"> want private-x
           < authorize private-x for 1.2 #3
           > authorized private-x key:sig
           < send {"event":"pusher:subscribe","data":{"auth":"key:sig","channel":"private-x"}} #3
           > success private-x
           < subscribed private-x
           > timeout
           < open ws://host/app/key #4
           > handshake 3.4 30 #4
           < carrier server-sent-events -> websocket
           < authorize private-x for 3.4 #4
           > authorized private-x key:old #3
           > unauthorized private-x no #4
           < failed private-x: no
           > sleep 4.9
           > frame {"event":"moved","channel":"private-x","data":"1"} #3
           < event moved on private-x: 1
           < authorize private-x for 3.4 #4
           > after 0.1
           < close #3"#,
    );
    let channel = ChannelName::new("private-x").unwrap();
    assert_eq!(play.client().subscription(&channel), Some(Subscription::Authorizing));
}

#[test]
fn a_look_that_fails_leaves_all_as_it_is() {
    fallen().check(
        "> timeout
         < open ws://host/app/key #4
         > closed 1006 #4
         > after 1
         > handshake 5.6 30 #4
         > timeout
         < send {\"event\":\"pusher:ping\",\"data\":{}} #3
         > frame {\"event\":\"pusher:pong\"}
         > timeout
         < open ws://host/app/key #5
         > frame {\"event\":\"pusher:error\",\"data\":{\"code\":4100,\"message\":\"full\"}} #5
         < close #5
         > online
         < open ws://host/app/key #6
         < send {\"event\":\"pusher:ping\",\"data\":{}} #3
         > frame {\"event\":\"pusher:pong\"}
         > after 10
         < close #6
         > woke
         < open ws://host/app/key #7
         < send {\"event\":\"pusher:ping\",\"data\":{}} #3",
    );
}

#[test]
fn a_loss_ends_the_look_and_remembers_the_carrier() {
    fallen().check(
        "> timeout
         < open ws://host/app/key #4
         > after 3
         > closed 1006 #3
         < close #4
         < connected -> connecting
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #5
         > handshake 3.4 30
         < connecting -> connected",
    );
}

#[test]
fn disconnecting_closes_both() {
    fallen().check(
        "> timeout
         < open ws://host/app/key #4
         > disconnect
         < close #3
         < close #4
         < connected -> disconnected
         > connect
         < disconnected -> connecting
         < open http://host/app/key by server-sent-events #5",
    );
}

#[test]
fn all_better_carriers_are_looked_at() {
    let mut play = ladder();
    play.check(
        "> connect
         < initialized -> connecting
         < open ws://host/app/key #1
         > after 4
         < close #1
         < wait
         > timeout
         < open http://host/app/key by server-sent-events #2
         > closed 1006
         < wait
         > timeout
         < open http://host/app/key by long-polling #3
         > handshake 1.2 120
         < carrier websocket -> long-polling
         < connecting -> connected
         > timeout
         < open ws://host/app/key #4
         > closed 1006 #4
         > timeout
         < open http://host/app/key by server-sent-events #5
         > handshake 3.4 120 #5
         < carrier long-polling -> server-sent-events
         < close #3
         > timeout
         < open ws://host/app/key #6
         > unsupported gone #6
         > timeout
         < send {\"event\":\"pusher:ping\",\"data\":{}} #5",
    );
}
