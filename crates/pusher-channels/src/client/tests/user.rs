//! Transcripts of signing in: asked for, answered, refused, again after a reconnect; the user's events and watchlist; presence
//! channels that wait for the user.

use super::transcript::Play;
use crate::{ChannelName, Subscription};

/// What signs user 7 in, on a client that is connected as 1.2.
const SIGN_IN: &str = r##"> sign-in
    < authenticate 1.2 #1
    > authenticated K:U {"id":"7","watchlist":["8"]}
    < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\",\"watchlist\":[\"8\"]}"}}
    > frame {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Ann\\\"}}\"}"}
    < signed in 7
    < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}"##;

fn signed_in() -> Play {
    let mut play = Play::connected();
    play.check(SIGN_IN);
    play
}

fn of_user_7() -> ChannelName {
    ChannelName::new("#server-to-user-7").unwrap()
}

#[test]
fn signing_in() {
    let mut play = Play::connected();
    assert_eq!(play.client().user(), None);
    play.check(SIGN_IN);
    let user = play.client().user().unwrap();
    assert_eq!(user.id, "7");
    assert_eq!(user.info.as_ref().map(|info| info.as_str()), Some(r#"{"name":"Ann"}"#));
    play.check(
        r##"> success #server-to-user-7
            < subscribed #server-to-user-7
            > sign-in
            > frame {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"9\\\"}\"}"}"##,
    );
    assert_eq!(play.client().user().unwrap().id, "7");
}

#[test]
fn asked_for_before_there_is_a_connection() {
    Play::new().check(
        r#"> sign-in
           > want orders
           > connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > handshake 1.2 30
           < connecting -> connected
           < authenticate 1.2 #1
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}"#,
    );
}

#[test]
fn again_after_each_reconnect() {
    let mut play = signed_in();
    play.check(
        r##"> success #server-to-user-7
            < subscribed #server-to-user-7
            > closed 1006
            < connected -> connecting
            < wait"##,
    );
    assert_eq!(play.client().user(), None);
    assert_eq!(play.client().subscription(&of_user_7()), Some(Subscription::Unsent));
    play.check(
        r##"> timeout
            < open ws://host/app/key #2
            > handshake 3.4 30
            < connecting -> connected
            < authenticate 3.4 #2
            > authenticated K:OLD {"id":"7"} #1
            > unauthenticated late #1
            > authenticated K:NEW {"id":"7"} #2
            < send {"event":"pusher:signin","data":{"auth":"K:NEW","user_data":"{\"id\":\"7\"}"}}
            > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":7}"}}
            < signed in 7
            < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}"##,
    );
}

#[test]
fn as_another_user_after_a_reconnect() {
    let mut play = signed_in();
    play.check(
        r##"> disconnect
            < close
            < connected -> disconnected
            > connect
            < disconnected -> connecting
            < open ws://host/app/key #2
            > handshake 3.4 30
            < connecting -> connected
            < authenticate 3.4 #2
            > authenticated K:U {"id":"9"}
            < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"9\"}"}}
            > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"9\"}"}}
            < signed in 9
            < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-9"}}"##,
    );
    assert_eq!(play.client().subscription(&of_user_7()), None);
}

#[test]
fn a_refused_authentication_is_told_and_asked_again() {
    Play::connected().check(
        r#"> sign-in
           < authenticate 1.2 #1
           > unauthenticated nobody you know
           < sign-in failed: nobody you know
           > authenticated K:LATE {"id":"7"}
           > sign-in
           > timeout
           < authenticate 1.2 #1
           > authenticated K:U {"id":"7"}
           < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\"}"}}"#,
    );
}

#[test]
fn silence_of_the_authenticator_and_of_the_server() {
    Play::connected().check(
        r##"> sign-in
            < authenticate 1.2 #1
            > after 15
            < sign-in failed: the authentication did not come in time
            > timeout
            < authenticate 1.2 #1
            > authenticated K:U {"id":"7"}
            < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\"}"}}
            > after 15
            < send {"event":"pusher:ping","data":{}}
            < sign-in failed: the server did not answer the sign-in in time
            > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"7\"}"}}
            < signed in 7
            < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}"##,
    );
}

#[test]
fn a_sign_in_that_the_server_refuses() {
    Play::connected().check(
        r#"> sign-in
           < authenticate 1.2 #1
           > authenticated K:BAD {"id":"7"}
           < send {"event":"pusher:signin","data":{"auth":"K:BAD","user_data":"{\"id\":\"7\"}"}}
           > frame {"event":"pusher:error","data":{"code":4009,"message":"bad signature"}}
           < error 4009: bad signature
           < sign-in failed: bad signature
           > timeout
           < authenticate 1.2 #1"#,
    );
}

#[test]
fn a_user_whom_nobody_can_name() {
    let begun = r#"> sign-in
        < authenticate 1.2 #1
        > authenticated K:U {"id":"7"}
        < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\"}"}}
        "#;
    for (user_data, reason) in [
        ("x", "expected value at line 1 column 1"),
        ("{}", "missing field `id` at line 1 column 2"),
        (r#"{\"id\":\"\"}"#, "id: empty"),
        (r#"{\"id\":true}"#, "id: expected a string or a number"),
    ] {
        Play::connected().check(&format!(
            r#"{begun}> frame {{"event":"pusher:signin_success","data":{{"user_data":"{user_data}"}}}}
               < sign-in failed: the user_data that the server answered cannot be read: {reason}"#
        ));
    }
}

#[test]
fn a_user_whose_id_fits_no_channel() {
    let mut play = Play::connected();
    play.check(
        r#"> sign-in
           < authenticate 1.2 #1
           > authenticated K:U {"id":"a b"}
           < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"a b\"}"}}
           > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"a b\"}"}}
           < signed in a b
           < error: #server-to-user-a b: the user's events cannot be heard: a channel name cannot contain ' '"#,
    );
    assert_eq!(play.client().user().unwrap().id, "a b");
}

#[test]
fn a_success_nobody_asked_for() {
    let mut play = Play::connected();
    play.check(r#"> frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"7\"}"}}"#);
    assert_eq!(play.client().user(), None);
    // Nor counts one that comes before the handshake.
    let mut play = Play::new();
    play.check(
        r#"> sign-in
           > connect
           < initialized -> connecting
           < open ws://host/app/key #1
           > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"7\"}"}}"#,
    );
    assert_eq!(play.client().user(), None);
}

#[test]
fn events_of_the_user() {
    signed_in().check(
        r##"> success #server-to-user-7
            < subscribed #server-to-user-7
            > frame {"event":"mail","channel":"#server-to-user-7","data":"{\"from\":\"8\"}"}
            < for the user mail: {"from":"8"}
            > frame {"event":"pusher:anything","channel":"#server-to-user-7","data":"{}"}
            > frame {"event":"pusher_internal:anything","channel":"#server-to-user-7","data":"{}"}
            > frame {"event":"mail","channel":"#server-to-user-9","data":"{}"}"##,
    );
}

#[test]
fn the_user_s_channel_waits_for_the_user_and_stays() {
    let mut play = Play::connected();
    play.check("> want #server-to-user-7\n> want #server-to-user-9");
    play.check(SIGN_IN);
    play.check(
        r##"> success #server-to-user-7
            < subscribed #server-to-user-7
            > drop #server-to-user-7
            > drop #server-to-user-9
            > frame {"event":"mail","channel":"#server-to-user-7","data":"x"}
            < for the user mail: x"##,
    );
}

#[test]
fn the_user_s_channel_is_tried_again_too() {
    signed_in().check(
        r##"> frame {"event":"pusher:subscription_error","channel":"#server-to-user-7","data":{"error":"not yet"}}
            < failed #server-to-user-7: not yet
            > timeout
            < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}"##,
    );
}

#[test]
fn the_watchlist() {
    signed_in().check(
        r#"> frame {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"8\",9]},{\"name\":\"offline\",\"user_ids\":[\"10\"]}]}"}
           < online: 8 9
           < offline: 10
           > frame {"event":"pusher_internal:watchlist_events","data":"{\"events\":[]}"}
           > frame {"event":"pusher_internal:watchlist_events","data":"{}"}
           < bad frame: data of pusher_internal:watchlist_events: missing field `events` at line 1 column 2"#,
    );
}

#[test]
fn the_watchlist_as_another_server_tells_it() {
    signed_in().check(
        r#"> frame {"event":"online","data":{"user_ids":["8","9"]}}
           < online: 8 9
           > frame {"event":"offline","data":"{\"user_ids\":[\"8\"]}"}
           < offline: 8
           > frame {"event":"online","data":"an event of the application"}
           < event online: an event of the application"#,
    );
}

#[test]
fn presence_waits_for_the_user() {
    let mut play = Play::connected();
    play.check(
        r##"> sign-in
            < authenticate 1.2 #1
            > want presence-x
            < authorize presence-x for 1.2 #1
            > want presence-y
            < authorize presence-y for 1.2 #1
            > authorized presence-x K:X
            > authorized presence-y K:Y
            > drop presence-y
            > after 14
            > authenticated K:U {"id":"7"}
            < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\"}"}}
            > after 14
            > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"7\"}"}}
            < signed in 7
            < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}
            < send {"event":"pusher:subscribe","data":{"auth":"K:X","channel":"presence-x"}}
            > success presence-x {"7":null,"8":null}
            < subscribed presence-x
            > want presence-z
            < authorize presence-z for 1.2 #1
            > authorized presence-z K:Z
            < send {"event":"pusher:subscribe","data":{"auth":"K:Z","channel":"presence-z"}}"##,
    );
    let members = play.client().members(&ChannelName::new("presence-x").unwrap()).unwrap();
    assert_eq!(members.me(), members.get("7"));
    assert!(members.me().is_some());
}

#[test]
fn presence_fails_with_the_sign_in() {
    Play::connected().check(
        r#"> sign-in
           < authenticate 1.2 #1
           > want presence-x
           < authorize presence-x for 1.2 #1
           > authorized presence-x K:X
           > unauthenticated nobody you know
           < sign-in failed: nobody you know
           < failed presence-x: the authorisation has no channel_data, and nobody is signed in"#,
    );
}

#[test]
fn an_authorisation_that_was_held_ends_with_its_connection() {
    Play::connected().check(
        r##"> sign-in
            < authenticate 1.2 #1
            > want presence-x
            < authorize presence-x for 1.2 #1
            > authorized presence-x K:OLD
            > closed 1006
            < connected -> connecting
            < wait
            > timeout
            < open ws://host/app/key #2
            > handshake 3.4 30
            < connecting -> connected
            < authenticate 3.4 #2
            < authorize presence-x for 3.4 #2
            > authenticated K:U {"id":"7"}
            < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\"}"}}
            > frame {"event":"pusher:signin_success","data":{"user_data":"{\"id\":\"7\"}"}}
            < signed in 7
            < send {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}
            > authorized presence-x K:NEW
            < send {"event":"pusher:subscribe","data":{"auth":"K:NEW","channel":"presence-x"}}"##,
    );
}
