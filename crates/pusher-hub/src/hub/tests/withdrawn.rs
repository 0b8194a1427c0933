//! What was signed for is taken back.

use super::*;

#[test]
fn an_authorisation_can_be_withdrawn() {
    check(
        config(),
        r#"
        1 opens 278d425bdf160c739803 protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"x"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"x","data":"{}"}
        + x occupied
        + 1.1 hears x
        # Nothing is said where nothing was heard.
        withdraw 1.1 y
        withdraw 2.2 x
        withdraw 1.1 x
        + x vacated
        1 < {"event":"pusher:subscription_error","channel":"x","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}
        trigger x happened {}
        1 > {"event":"pusher:ping","data":{}}
        1 < {"event":"pusher:pong","data":"{}"}
        "#,
    );
}

#[test]
fn what_was_signed_can_be_made_void() {
    check(
        config(),
        r#"
        1 opens 278d425bdf160c739803 protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"x"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"x","data":"{}"}
        + x occupied
        + 1.1 hears x
        void 1.1 x
        + x vacated
        1 < {"event":"pusher:subscription_error","channel":"x","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}
        # It is not heard again for a moment either.
        1 > {"event":"pusher:subscribe","data":{"channel":"x"}}
        1 < {"event":"pusher:subscription_error","channel":"x","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}
        # Of a channel that was not heard yet nothing is said before it is asked for.
        void 1.1 y
        1 > {"event":"pusher:subscribe","data":{"channel":"y"}}
        1 < {"event":"pusher:subscription_error","channel":"y","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}
        void 2.2 x
        renew 2.2 x
        renew 1.1 x
        1 > {"event":"pusher:subscribe","data":{"channel":"x"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"x","data":"{}"}
        + x occupied
        + 1.1 hears x
        "#,
    );
}
