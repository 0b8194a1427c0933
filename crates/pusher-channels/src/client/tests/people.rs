//! Transcripts of presence channels and of counted ones: who is there, who comes, who goes, and who this client is.

use super::{carriers::fallen, transcript::Play};
use crate::{ChannelName, Members};

/// Ann, user 7, is on `presence-x`, where 8 was before her.
fn ann_on_x() -> Play {
    let mut play = Play::connected();
    play.check(
        r#"> want presence-x
           < authorize presence-x for 1.2 #1
           > authorized presence-x K:S {"user_id":"7","user_info":{"name":"Ann"}}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"user_id\":\"7\",\"user_info\":{\"name\":\"Ann\"}}","channel":"presence-x"}}
           > success presence-x {"7":{"name":"Ann"},"8":null}
           < subscribed presence-x"#,
    );
    play
}

fn x() -> ChannelName {
    ChannelName::new("presence-x").unwrap()
}

fn ids(members: Option<&Members>) -> String {
    let ids = members
        .into_iter()
        .flat_map(Members::iter)
        .map(|member| &*member.user_id);
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_roster_and_oneself() {
    let play = ann_on_x();
    let members = play.client().members(&x()).unwrap();
    assert_eq!((members.count(), members.my_id()), (2, Some("7")));
    let info = |id| Some(members.get(id)?.user_info.as_ref()?.as_str().to_owned());
    assert_eq!(members.me(), members.get("7"));
    assert_eq!(info("7").as_deref(), Some(r#"{"name":"Ann"}"#));
    assert_eq!((info("8"), members.get("9")), (None, None));
    assert_eq!(ids(Some(members)), "7 8");
}

#[test]
fn who_comes_and_who_goes() {
    let mut play = ann_on_x();
    play.check(
        r#"> frame {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"9\",\"user_info\":{\"name\":\"Bob\"}}"}
           < added to presence-x: {"user_id":"9","user_info":{"name":"Bob"}}
           > frame {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"8\"}"}
           < removed from presence-x: {"user_id":"8"}"#,
    );
    assert_eq!(ids(play.client().members(&x())), "7 9");
    // Whoever goes is told as they were known; one who was not known is not told.
    play.check(
        r#"> frame {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"9\"}"}
           < removed from presence-x: {"user_id":"9","user_info":{"name":"Bob"}}
           > frame {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"9\"}"}"#,
    );
    assert_eq!(ids(play.client().members(&x())), "7");
}

#[test]
fn numeric_ids_and_bare_objects_are_read() {
    let mut play = ann_on_x();
    play.check(
        r#"> frame {"event":"pusher_internal:member_added","channel":"presence-x","data":{"user_id":9}}
           < added to presence-x: {"user_id":"9"}
           > frame {"event":"pusher_internal:member_removed","channel":"presence-x","data":{"user_id":9}}
           < removed from presence-x: {"user_id":"9"}
           > frame {"event":"pusher_internal:member_added","channel":"presence-x","data":"{}"}
           < bad frame: data of pusher_internal:member_added: missing field `user_id` at line 1 column 2"#,
    );
}

#[test]
fn the_roster_is_forgotten_with_the_connection_and_replaced() {
    let mut play = ann_on_x();
    play.check(
        "> closed 1006
         < connected -> connecting
         < wait",
    );
    assert_eq!(play.client().members(&x()), None);
    play.check(
        r#"> timeout
           < open ws://host/app/key #2
           > handshake 3.4 30
           < connecting -> connected
           < authorize presence-x for 3.4 #2
           > frame {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"9\"}"}
           > authorized presence-x K:S {"user_id":7}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"user_id\":7}","channel":"presence-x"}}"#,
    );
    assert_eq!(ids(play.client().members(&x())), "");
    play.check(
        r#"> success presence-x {"7":null,"9":null}
           < subscribed presence-x"#,
    );
    assert_eq!(ids(play.client().members(&x())), "7 9");
}

#[test]
fn the_roster_stays_while_another_carrier_takes_over() {
    let mut play = fallen();
    play.check(
        r#"> want presence-x
           < authorize presence-x for 1.2 #3
           > authorized presence-x K:S {"user_id":"7"}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"user_id\":\"7\"}","channel":"presence-x"}} #3
           > success presence-x {"7":null,"8":null}
           < subscribed presence-x
           > timeout
           < open ws://host/app/key #4
           > handshake 3.4 30 #4
           < carrier server-sent-events -> websocket
           < authorize presence-x for 3.4 #4
           > authorized presence-x K:T {"user_id":"7"} #4
           < send {"event":"pusher:subscribe","data":{"auth":"K:T","channel_data":"{\"user_id\":\"7\"}","channel":"presence-x"}} #4"#,
    );
    assert_eq!(ids(play.client().members(&x())), "7 8");
    play.check(
        r#"> success presence-x {"7":null,"9":null} #4
           < subscribed presence-x
           < close #3"#,
    );
    assert_eq!(ids(play.client().members(&x())), "7 9");
}

#[test]
fn a_channel_that_is_left_has_no_members() {
    let mut play = ann_on_x();
    play.check(
        r#"> drop presence-x
           < send {"event":"pusher:unsubscribe","data":{"channel":"presence-x"}}
           > frame {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"9\"}"}"#,
    );
    assert_eq!(play.client().members(&x()), None);
}

#[test]
fn a_withdrawn_subscription_has_no_members() {
    let mut play = ann_on_x();
    play.check(
        r#"> frame {"event":"pusher:subscription_error","channel":"presence-x","data":{"type":"AuthError","error":"membership ended","status":403}}
           < failed presence-x: membership ended
           > frame {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"8\"}"}"#,
    );
    assert_eq!(play.client().members(&x()), None);
}

#[test]
fn a_success_without_a_roster_is_told_and_stands() {
    let mut play = Play::connected();
    play.check(
        r#"> want presence-x
           < authorize presence-x for 1.2 #1
           > authorized presence-x K:S {"user_id":"7"}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"user_id\":\"7\"}","channel":"presence-x"}}
           > success presence-x
           < bad frame: data of pusher_internal:subscription_succeeded: presence: missing
           < subscribed presence-x
           > frame {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"8\"}"}
           < added to presence-x: {"user_id":"8"}"#,
    );
    let members = play.client().members(&x()).unwrap();
    assert_eq!((members.me(), members.my_id()), (None, Some("7")));
}

#[test]
fn an_authorisation_that_names_nobody_is_refused() {
    Play::connected().check(
        r#"> want presence-x
           < authorize presence-x for 1.2 #1
           > authorized presence-x K:S
           < failed presence-x: the authorisation has no channel_data, and nobody is signed in
           > timeout
           < authorize presence-x for 1.2 #1
           > authorized presence-x K:S {"user_id":[7]}
           < failed presence-x: the authorisation's channel_data cannot be read: user_id: expected a string or a number"#,
    );
}

#[test]
fn channel_data_of_a_private_channel_names_nobody() {
    let mut play = Play::connected();
    play.check(
        r#"> want private-x
           < authorize private-x for 1.2 #1
           > authorized private-x K:S {"any":"thing"}
           < send {"event":"pusher:subscribe","data":{"auth":"K:S","channel_data":"{\"any\":\"thing\"}","channel":"private-x"}}
           > success private-x
           < subscribed private-x
           > frame {"event":"pusher_internal:member_added","channel":"private-x","data":"{\"user_id\":\"8\"}"}"#,
    );
    assert_eq!(play.client().members(&ChannelName::new("private-x").unwrap()), None);
}

#[test]
fn how_many_hear_a_channel() {
    let orders = ChannelName::new("orders").unwrap();
    let mut play = Play::connected();
    play.check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > frame {"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":1}"}
           > success orders
           < subscribed orders"#,
    );
    assert_eq!(play.client().subscription_count(&orders), None);
    play.check(
        r#"> frame {"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":3}"}
           < 3 hear orders
           > frame {"event":"pusher_internal:subscription_count","channel":"elsewhere","data":"{\"subscription_count\":4}"}"#,
    );
    assert_eq!(play.client().subscription_count(&orders), Some(3));
    play.check("> closed 1006\n< connected -> connecting\n< wait");
    assert_eq!(play.client().subscription_count(&orders), None);
}

#[test]
fn client_events_say_who_if_the_server_does() {
    ann_on_x().check(
        r#"> frame {"event":"client-typing","channel":"presence-x","data":{"a":1},"user_id":"8"}
           < event client-typing on presence-x by 8: {"a":1}
           > frame {"event":"client-typing","channel":"presence-x","data":{"a":1},"user_id":8}
           < event client-typing on presence-x by 8: {"a":1}
           > frame {"event":"client-typing","channel":"presence-x","data":"{\"a\":1}"}
           < event client-typing on presence-x: {"a":1}"#,
    );
}
