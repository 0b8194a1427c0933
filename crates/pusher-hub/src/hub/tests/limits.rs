//! The guard rails of connections, told by example.

use super::*;

#[test]
fn connections_of_an_app() {
    check(
        HubConfig {
            max_connections_per_app: 1,
            ..config()
        },
        r#"
        1 connects
        2 opens KEY protocol 7
        2 < {"event":"pusher:error","data":{"code":4004,"message":"connections: this app has as many as it may"}}
        2 closed 4004 connections: this app has as many as it may
        # Another app has a limit of its own.
        3 opens other protocol 7
        3 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"3.3\",\"activity_timeout\":120}"}
        1 leaves
        4 connects
        "#,
    );
}

#[test]
fn frames_of_a_second() {
    check(
        HubConfig {
            max_frames_per_second: 2,
            ..config()
        },
        r#"
        1 connects
        1 subscribes a
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}
        + a occupied
        + 1.1 hears a
        1 sends binary
        1 < {"event":"pusher:error","data":{"code":null,"message":"binary frames are not part of this protocol: send text"}}
        at 1
        1 > {"event":"pusher:ping","data":{}}
        1 < {"event":"pusher:pong","data":"{}"}
        1 > {"event":"pusher:ping","data":{}}
        1 < {"event":"pusher:pong","data":"{}"}
        at 1.9
        # Pings of the WebSocket layer count too.
        1 sends ping
        1 closed 4100 too many frames: at most 2 a second are allowed
        + a vacated
        "#,
    );
}

// What most connections never use, a user and a watchlist, must cost them no more than a pointer.
#[test]
fn an_idle_connection_is_small() {
    assert!(size_of::<Connection>() <= 136, "{}", size_of::<Connection>());
}
