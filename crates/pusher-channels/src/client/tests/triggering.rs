//! Which events a client may trigger, where, and how many.

use super::transcript::Play;

/// A client on a channel of each kind that a client may trigger on, and on some where it may not.
fn on_channels() -> Play {
    let mut play = Play::connected();
    play.check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > authorized private-x K:S
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-x"}}
           > success private-x
           < subscribed private-x
           > want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > success orders
           < subscribed orders"#,
    );
    play
}

#[test]
fn an_event_goes_out_as_it_is() {
    on_channels().check(
        r#"> trigger private-x client-typing {"a": [1]}
           < send {"event":"client-typing","channel":"private-x","data":{"a": [1]}}
           > trigger private-x client-typing "text"
           < send {"event":"client-typing","channel":"private-x","data":"text"}"#,
    );
}

#[test]
fn on_presence_and_cache_channels_too() {
    Play::connected().check(
        r#"> want presence-cache-x
           < authorize presence-cache-x for 1.2 #1
           > authorized presence-cache-x K:S {"user_id":"7"}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"user_id\":\"7\"}","channel":"presence-cache-x"}}
           > success presence-cache-x {"7":null}
           < subscribed presence-cache-x
           > trigger presence-cache-x client-typing {}
           < send {"event":"client-typing","channel":"presence-cache-x","data":{}}"#,
    );
}

#[test]
fn what_a_server_would_refuse_is_not_sent() {
    on_channels().check(
        r#"> trigger private-x typing {}
           < refused: the name of an event that a client triggers starts with client-
           > trigger orders client-typing {}
           < refused: clients trigger events on private and presence channels only
           > trigger #server-to-user-7 client-typing {}
           < refused: clients trigger events on private and presence channels only
           > trigger private-encrypted-x client-typing {}
           < refused: clients trigger no events on encrypted channels
           > trigger private-elsewhere client-typing {}
           < refused: the channel is not subscribed to at this moment"#,
    );
}

#[test]
fn only_while_subscribed() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > trigger private-x client-typing {}
           < refused: the channel is not subscribed to at this moment
           > authorized private-x K:S
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-x"}}
           > trigger private-x client-typing {}
           < refused: the channel is not subscribed to at this moment
           > success private-x
           < subscribed private-x
           > closed 1006
           < connected -> connecting
           < wait
           > trigger private-x client-typing {}
           < refused: the channel is not subscribed to at this moment"#,
    );
}

#[test]
fn ten_kilobytes_and_no_more() {
    let mut play = on_channels();
    let largest = format!("\"{}\"", "x".repeat(10_238));
    play.check(&format!(
        r#"> trigger private-x client-typing {largest}
           < send {{"event":"client-typing","channel":"private-x","data":{largest}}}"#
    ));
    let larger = format!("\"{}\"", "x".repeat(10_239));
    play.check(&format!(
        "> trigger private-x client-typing {larger}
         < refused: the data of an event has at most 10240 bytes"
    ));
}

#[test]
fn ten_in_any_second() {
    let mut play = on_channels();
    let goes_out = r#"> trigger private-x client-typing 1
                      < send {"event":"client-typing","channel":"private-x","data":1}
                      "#;
    let refused = "> trigger private-x client-typing 1
                   < refused: a client triggers at most 10 events in a second
                   ";
    // Five at once, five more 0.6 s later.
    play.check(&goes_out.repeat(5));
    play.check(&format!("> sleep 0.6\n{}{refused}", goes_out.repeat(5)));
    // The first five are more than a second old: five may go. What was refused does not count.
    play.check(&format!("> sleep 0.5\n{}{refused}", goes_out.repeat(5)));
    play.check(&format!("> sleep 0.6\n{}{refused}", goes_out.repeat(5)));
    play.check(&format!("> sleep 1.1\n{}{refused}", goes_out.repeat(10)));
}

#[test]
fn the_server_may_refuse_nevertheless() {
    on_channels().check(
        r#"> trigger private-x client-typing {}
           < send {"event":"client-typing","channel":"private-x","data":{}}
           > frame {"event":"pusher:error","data":{"code":4301,"message":"the limit of client events per second"}}
           < error 4301: the limit of client events per second"#,
    );
}
