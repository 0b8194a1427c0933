//! Transcripts of subscribing, being refused, leaving, and hearing.

use super::transcript::{Play, check};
use crate::{ChannelName, Subscription};

#[test]
fn public_channels_need_no_authorisation() {
    Play::connected().check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > want orders
           > success orders
           < subscribed orders
           > success orders
           > want orders
           > frame {"event":"order.moved","channel":"orders","data":"{\"id\":1}"}
           < event order.moved on orders: {"id":1}
           > drop orders
           < send {"event":"pusher:unsubscribe","data":{"channel":"orders"}}
           > frame {"event":"order.moved","channel":"orders","data":"{\"id\":2}"}
           > drop orders"#,
    );
}

#[test]
fn private_channels_are_authorised() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > authorized private-x KEY:SIG
           < send {"event":"pusher:subscribe","data":{"auth":"KEY:SIG","channel":"private-x"}}
           > authorized private-x KEY:SIG
           > success private-x
           < subscribed private-x"#,
    );
}

#[test]
fn channel_data_is_sent_on() {
    Play::connected().check(
        r#"> want presence-x
           < authorize presence-x for 1.2 #1
           > authorized presence-x K:S {"user_id":"7"}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"user_id\":\"7\"}","channel":"presence-x"}}
           > success presence-x {"7":null}
           < subscribed presence-x"#,
    );
}

#[test]
fn wanted_before_connecting() {
    check(
        r#"> want orders
           > want private-x
           > want private-gone
           > drop private-gone
           > connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > handshake 1.2 30
           < connecting -> connected
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           < authorize private-x for 1.2 #1"#,
    );
}

#[test]
fn how_far_a_subscription_is_can_be_asked() {
    let private = ChannelName::new("private-x").unwrap();
    let mut play = Play::connected();
    assert_eq!(play.client().subscription(&private), None);
    play.check("> want private-x\n< authorize private-x for 1.2 #1");
    assert_eq!(play.client().subscription(&private), Some(Subscription::Authorizing));
    play.check(
        r#"> authorized private-x K:S
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-x"}}"#,
    );
    assert_eq!(play.client().subscription(&private), Some(Subscription::Pending));
    play.check("> success private-x\n< subscribed private-x");
    assert_eq!(play.client().subscription(&private), Some(Subscription::Subscribed));
    play.check("> closed 1006\n< connected -> connecting\n< wait");
    assert_eq!(play.client().subscription(&private), Some(Subscription::Unsent));
}

#[test]
fn everything_is_authorised_and_subscribed_again_after_a_reconnect() {
    Play::connected().check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > success orders
           < subscribed orders
           > want private-x
           < authorize private-x for 1.2 #1
           > authorized private-x K:OLD
           < send {"event":"pusher:subscribe","data":{"auth":"K:OLD","channel":"private-x"}}
           > closed 1006
           < connected -> connecting
           < wait
           > success private-x
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           < authorize private-x for 3.4 #2
           > authorized private-x K:NEW
           < send {"event":"pusher:subscribe","data":{"auth":"K:NEW","channel":"private-x"}}
           > success private-x
           < subscribed private-x
           > success orders
           < subscribed orders"#,
    );
}

#[test]
fn an_answer_for_an_old_socket_is_ignored() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > closed 1006
           < connected -> connecting
           < wait
           > authorized private-x K:OLD #1
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           < authorize private-x for 3.4 #2
           > authorized private-x K:OLD #1
           > unauthorized private-x late #1
           > frame {"event":"e","channel":"private-x","data":"late"} #1
           > authorized private-x K:NEW #2
           < send {"event":"pusher:subscribe","data":{"auth":"K:NEW","channel":"private-x"}}"#,
    );
}

#[test]
fn leaving_before_success_waits_for_it() {
    Play::connected().check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > drop orders
           > frame {"event":"e","channel":"orders","data":"x"}
           > success orders
           < send {"event":"pusher:unsubscribe","data":{"channel":"orders"}}
           > success orders"#,
    );
}

#[test]
fn wanting_again_takes_the_leaving_back() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > drop private-x
           > want private-x
           > authorized private-x K:S
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-x"}}
           > drop private-x
           > want private-x
           > success private-x
           < subscribed private-x"#,
    );
}

#[test]
fn what_was_left_does_not_come_back() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > drop private-x
           > authorized private-x K:S
           > want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > drop orders
           > closed 1006
           < connected -> connecting
           < wait
           > timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected"#,
    );
}

#[test]
fn a_refused_authorisation_is_told_and_asked_again() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > unauthorized private-x not yours
           < failed private-x: not yours
           > authorized private-x K:LATE
           > timeout
           < authorize private-x for 1.2 #1
           > unauthorized private-x not yours
           < failed private-x: not yours
           > timeout
           < authorize private-x for 1.2 #1
           > drop private-x
           > unauthorized private-x not yours"#,
    );
}

#[test]
fn a_refused_subscription_is_told_and_asked_again() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > authorized private-x K:S
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-x"}}
           > frame {"event":"pusher:subscription_error","channel":"private-x","data":{"type":"AuthError","error":"bad signature","status":401}}
           < failed private-x: bad signature
           > timeout
           < authorize private-x for 1.2 #1
           > frame {"event":"pusher:subscription_error","channel":"elsewhere","data":{}}"#,
    );
}

#[test]
fn silence_of_the_endpoint_and_of_the_server() {
    Play::connected().check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > after 15
           < failed private-x: the authorisation did not come in time
           > timeout
           < authorize private-x for 1.2 #1
           > authorized private-x K:S
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel":"private-x"}}
           > frame {"event":"pusher:error","data":{"code":null,"message":"no channel named"}}
           < error: no channel named
           > after 15
           < send {"event":"pusher:unsubscribe","data":{"channel":"private-x"}}
           < failed private-x: the server did not answer in time"#,
    );
}

#[test]
fn cache_miss_is_an_event() {
    Play::connected().check(
        r#"> want cache-x
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"cache-x"}}
           > success cache-x
           < subscribed cache-x
           > frame {"event":"pusher:cache_miss","channel":"cache-x"}
           < event pusher:cache_miss on cache-x: "#
            .trim_end(),
    );
}
