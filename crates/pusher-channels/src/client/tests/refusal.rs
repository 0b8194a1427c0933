//! Transcripts of refusals that name no channel in the frame: whose they are.

use super::transcript::Play;

/// `private-a` and `private-ab` wait for the server's answer, and a public channel does too.
fn two_wait() -> Play {
    let mut play = Play::connected();
    play.check(
        r#"> want orders
           < send {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
           > want private-a
           < authorize private-a for 1.2 #1
           > want private-ab
           < authorize private-ab for 1.2 #1
           > authorized private-a K:A
           < send {"event":"pusher:subscribe","data":{"auth":"K:A","channel":"private-a"}}
           > authorized private-ab K:AB
           < send {"event":"pusher:subscribe","data":{"auth":"K:AB","channel":"private-ab"}}"#,
    );
    play
}

#[test]
fn the_channel_that_the_error_names() {
    two_wait().check(
        r#"> frame {"event":"pusher:error","data":{"code":4009,"message":"Expected the signature of 1.2:private-ab, but got another"}}
           < error 4009: Expected the signature of 1.2:private-ab, but got another
           < send {"event":"pusher:unsubscribe","data":{"channel":"private-ab"}}
           < failed private-ab: Expected the signature of 1.2:private-ab, but got another
           > success private-a
           < subscribed private-a"#,
    );
}

#[test]
fn named_without_a_code() {
    two_wait().check(
        r#"> frame {"event":"pusher:error","data":{"code":null,"message":"Existing subscription to channel private-a."}}
           < error: Existing subscription to channel private-a.
           < send {"event":"pusher:unsubscribe","data":{"channel":"private-a"}}
           < failed private-a: Existing subscription to channel private-a.
           > success private-ab
           < subscribed private-ab
           > frame {"event":"pusher:error","data":{"code":null,"message":"Existing subscription to channel orders"}}
           < error: Existing subscription to channel orders"#,
    );
}

#[test]
fn the_only_channel_that_waits() {
    let mut play = two_wait();
    play.check(
        r#"> success private-a
           < subscribed private-a
           > frame {"event":"pusher:error","data":{"code":4009,"message":"no"}}
           < error 4009: no
           < send {"event":"pusher:unsubscribe","data":{"channel":"private-ab"}}
           < failed private-ab: no"#,
    );
}

#[test]
fn in_doubt_nobody_s() {
    two_wait().check(
        r#"> frame {"event":"pusher:error","data":{"code":4009,"message":"no"}}
           < error 4009: no
           > frame {"event":"pusher:error","data":{"code":4301,"message":"private-a"}}
           < error 4301: private-a
           > success private-a
           < subscribed private-a
           > success private-ab
           < subscribed private-ab
           > frame {"event":"pusher:error","data":{"code":4009,"message":"private-a"}}
           < error 4009: private-a"#,
    );
}

#[test]
fn the_sign_in_before_a_channel_that_is_not_named() {
    let mut play = two_wait();
    play.check(
        r#"> success private-a
           < subscribed private-a
           > sign-in
           < authenticate 1.2 #1
           > authenticated K:U {"id":"7"}
           < send {"event":"pusher:signin","data":{"auth":"K:U","user_data":"{\"id\":\"7\"}"}}
           > frame {"event":"pusher:error","data":{"code":4009,"message":"no"}}
           < error 4009: no
           < sign-in failed: no
           > success private-ab
           < subscribed private-ab"#,
    );
}
