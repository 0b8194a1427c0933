//! The protocol, told by example.

use super::*;

fn forwarding() -> HubConfig {
    HubConfig {
        client_events: ClientEvents::Forwarded,
        ..config()
    }
}

#[test]
fn handshake() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        2 opens other protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:ping","data":{}}
        1 < {"event":"pusher:pong","data":"{}"}
        1 > {"event":"pusher:pong","data":{}}
        1 leaves
        1 > {"event":"pusher:ping","data":{}}
        "#,
    );
}

#[test]
fn refused_connections() {
    check(
        config(),
        r#"
        1 opens nobody protocol 7
        1 < {"event":"pusher:error","data":{"code":4001,"message":"key: no app has this one"}}
        1 closed 4001 key: no app has this one
        2 opens KEY
        2 < {"event":"pusher:error","data":{"code":4008,"message":"protocol: missing; this server speaks 7"}}
        2 closed 4008 protocol: missing; this server speaks 7
        3 opens KEY protocol 99
        3 < {"event":"pusher:error","data":{"code":4007,"message":"protocol: unsupported; this server speaks 7"}}
        3 closed 4007 protocol: unsupported; this server speaks 7
        4 opens KEY protocol seven
        4 < {"event":"pusher:error","data":{"code":4007,"message":"protocol: unsupported; this server speaks 7"}}
        4 closed 4007 protocol: unsupported; this server speaks 7
        1 > {"event":"pusher:ping","data":{}}
        1 leaves
        "#,
    );
}

#[test]
fn public_channel() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        2 opens KEY protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        + orders occupied
        + 1.1 hears orders
        2 > {"event":"pusher:subscribe","data":{"channel":"orders"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        + 2.2 hears orders
        trigger orders order.moved {"id":1}
        1,2 < {"event":"order.moved","channel":"orders","data":"{\"id\":1}"}
        trigger except 1.1 orders order.moved {"id":2}
        2 < {"event":"order.moved","channel":"orders","data":"{\"id\":2}"}
        trigger except 9.9 orders order.moved plain text
        1,2 < {"event":"order.moved","channel":"orders","data":"plain text"}
        trigger only 1.1 orders beacon {}
        1 < {"event":"beacon","channel":"orders","data":"{}"}
        trigger only 9.9 orders beacon {}
        trigger nowhere order.moved {}
        1 > {"event":"pusher:unsubscribe","data":{"channel":"orders"}}
        trigger only 1.1 orders beacon {}
        trigger orders order.moved {}
        2 < {"event":"order.moved","channel":"orders","data":"{}"}
        1 > {"event":"pusher:unsubscribe","data":{"channel":"orders"}}
        1 > {"event":"pusher:unsubscribe","data":{"channel":"never"}}
        2 leaves
        + orders vacated
        trigger orders order.moved {}
        "#,
    );
}

#[test]
fn one_trigger_on_several_channels() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"a"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}
        + a occupied
        + 1.1 hears a
        1 > {"event":"pusher:subscribe","data":{"channel":"b"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"b","data":"{}"}
        + b occupied
        + 1.1 hears b
        trigger a,b,c news {}
        1 < {"event":"news","channel":"a","data":"{}"}
        1 < {"event":"news","channel":"b","data":"{}"}
        1 leaves
        + a vacated
        + b vacated
        "#,
    );
}

#[test]
fn apps_do_not_hear_each_other() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        2 opens other protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"orders"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        + orders occupied
        + 1.1 hears orders
        2 > {"event":"pusher:subscribe","data":{"channel":"orders"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        + orders occupied
        + 2.2 hears orders
        trigger orders order.moved {}
        1 < {"event":"order.moved","channel":"orders","data":"{}"}
        "#,
    );
}

// The signature of 1234.1234:private-foobar is the one printed in the protocol's documents.
#[test]
fn private_channel() {
    check(
        config(),
        r#"
        1234 opens KEY protocol 7
        1234 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1234.1234\",\"activity_timeout\":120}"}
        1234 > {"event":"pusher:subscribe","data":{"channel":"private-foobar","auth":"278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"}}
        1234 < {"event":"pusher_internal:subscription_succeeded","channel":"private-foobar","data":"{}"}
        + private-foobar occupied
        + 1234.1234 hears private-foobar
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        # Another socket's signature.
        1 > {"event":"pusher:subscribe","data":{"channel":"private-foobar","auth":"278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"}}
        1 < {"event":"pusher:subscription_error","channel":"private-foobar","data":{"type":"AuthError","error":"auth: the signature is not the one for this socket_id, channel and channel_data","status":401}}
        1 > {"event":"pusher:subscribe","data":{"channel":"private-x","auth":"other:c9fc388cafe3ff6d9dc2c23dd8fc923ee1e5977e173e35f35a13fcda9755bd4f"}}
        1 < {"event":"pusher:subscription_error","channel":"private-x","data":{"type":"AuthError","error":"auth: the key is not the one of this connection's app","status":401}}
        1 > {"event":"pusher:subscribe","data":{"channel":"private-x","auth":"yes please"}}
        1 < {"event":"pusher:subscription_error","channel":"private-x","data":{"type":"AuthError","error":"auth: expected KEY:SIGNATURE, the signature being 64 hexadecimal digits","status":401}}
        1 > {"event":"pusher:subscribe","data":{"channel":"private-x"}}
        1 < {"event":"pusher:subscription_error","channel":"private-x","data":{"type":"AuthError","error":"auth: this channel needs one, KEY:SIGNATURE","status":401}}
        # Channel data is part of the signed string on a private channel too: first the signature without it, then with.
        1 > {"event":"pusher:subscribe","data":{"channel":"private-x","channel_data":"{}","auth":"278d425bdf160c739803:c9fc388cafe3ff6d9dc2c23dd8fc923ee1e5977e173e35f35a13fcda9755bd4f"}}
        1 < {"event":"pusher:subscription_error","channel":"private-x","data":{"type":"AuthError","error":"auth: the signature is not the one for this socket_id, channel and channel_data","status":401}}
        1 > {"event":"pusher:subscribe","data":{"channel":"private-x","channel_data":"{}","auth":"278d425bdf160c739803:928950723d204bc9252e786778c47c483a9816cb92c2380f17068d7226e5aece"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}
        + private-x occupied
        + 1.1 hears private-x
        trigger private-foobar,private-x news {}
        1234 < {"event":"news","channel":"private-foobar","data":"{}"}
        1 < {"event":"news","channel":"private-x","data":"{}"}
        "#,
    );
}

#[test]
fn names_of_channels() {
    check(
        config(),
        r##"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"#foo"}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"channel: a channel name cannot contain '#'"}}
        1 > {"event":"pusher:subscribe","data":{"channel":""}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"channel: a channel name needs at least one character"}}
        # `cache-` elsewhere in a name means nothing.
        1 > {"event":"pusher:subscribe","data":{"channel":"my-cache-x"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"my-cache-x","data":"{}"}
        + my-cache-x occupied
        + 1.1 hears my-cache-x
        1 > {"event":"pusher:subscribe","data":{"channel":"my-cache-x"}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"channel: already subscribed to my-cache-x"}}
        "##,
    );
}

#[test]
fn too_many_channels() {
    check(
        HubConfig {
            max_channels_per_connection: 1,
            ..config()
        },
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"a"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}
        + a occupied
        + 1.1 hears a
        1 > {"event":"pusher:subscribe","data":{"channel":"b"}}
        1 < {"event":"pusher:subscription_error","channel":"b","data":{"type":"LimitReached","error":"channel: a connection may subscribe to at most 1","status":403}}
        1 > {"event":"pusher:unsubscribe","data":{"channel":"a"}}
        + a vacated
        1 > {"event":"pusher:subscribe","data":{"channel":"b"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"b","data":"{}"}
        + b occupied
        + 1.1 hears b
        "#,
    );
}

#[test]
fn bad_frames_are_answered_and_the_connection_lives() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":
        1 < {"event":"pusher:error","data":{"code":null,"message":"not a frame: EOF while parsing a value at line 1 column 9"}}
        1 > []
        1 < {"event":"pusher:error","data":{"code":null,"message":"not a frame: invalid length 0, expected struct Envelope with 4 elements at line 1 column 2"}}
        1 > {"data":{}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"not a frame: missing field `event` at line 1 column 11"}}
        1 > {"event":"pusher:subscribe","data":{}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"data of pusher:subscribe: missing field `channel` at line 1 column 2"}}
        1 > {"event":"pusher:subscribe","data":{"channel":7}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"data of pusher:subscribe: invalid type: integer `7`, expected a string at line 1 column 12"}}
        1 > {"event":"pusher:subscribe","data":{"channel":"a b"}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"channel: a channel name cannot contain ' '"}}
        1 > {"event":"pusher:unsubscribe"}
        1 < {"event":"pusher:error","data":{"code":null,"message":"data of pusher:unsubscribe: EOF while parsing a value at line 1 column 0"}}
        1 > {"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}
        1 < {"event":"pusher:error","data":{"code":null,"message":"event: \"pusher_internal:subscription_succeeded\" is not one that a client may send"}}
        1 > {"event":"order.moved","channel":"orders","data":{}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"event: \"order.moved\" is not one that a client may send"}}
        1 sends binary
        1 < {"event":"pusher:error","data":{"code":null,"message":"binary frames are not part of this protocol: send text"}}
        1 > {"event":"pusher:ping","data":{}}
        1 < {"event":"pusher:pong","data":"{}"}
        "#,
    );
}

#[test]
fn long_frames_close() {
    check(
        HubConfig {
            max_frame_bytes: 36,
            ..config()
        },
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:ping","data":{}   }
        1 < {"event":"pusher:pong","data":"{}"}
        1 > {"event":"pusher:ping","data":{}    }
        1 closed 1009 the frame is too long: at most 36 bytes are allowed
        2 opens KEY protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        2 sends oversize
        2 closed 1009 the frame is too long: at most 36 bytes are allowed
        "#,
    );
}

#[test]
fn an_answer_is_not_much_longer_than_its_cause() {
    let mut hub = Hub::new(config());
    let conn = ConnId(1);
    let opened = Input::Opened {
        conn,
        key: KEY,
        protocol: Some("7"),
        nonce: 1,
    };
    hub.handle(opened, Duration::ZERO);
    hub.poll_output();
    let text = format!(r#"{{"event":"{}"}}"#, "x".repeat(16_000));
    hub.handle(Input::FrameReceived { conn, text: &text }, Duration::ZERO);
    let Some(Output::Send { frame, .. }) = hub.poll_output() else {
        panic!("an error was expected");
    };
    assert_eq!(frame.len(), 359);
}

#[test]
fn client_events_refused() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"client-typing","channel":"private-x","data":{"a":1}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on private-x: client events are not enabled for this app"}}
        "#,
    );
}

#[test]
fn client_events_forwarded() {
    check(
        forwarding(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        2 opens KEY protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        1 > {"event":"client-typing","channel":"private-x","data":{"a":1}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on private-x: subscribe to the channel first"}}
        1 > {"event":"pusher:subscribe","data":{"channel":"private-x","auth":"278d425bdf160c739803:c9fc388cafe3ff6d9dc2c23dd8fc923ee1e5977e173e35f35a13fcda9755bd4f"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}
        + private-x occupied
        + 1.1 hears private-x
        # Nobody else hears it; the program does.
        1 > {"event":"client-typing","channel":"private-x","data":{"a":1}}
        + 1.1 triggers client-typing on private-x: {"a":1}
        2 > {"event":"pusher:subscribe","data":{"channel":"private-x","auth":"278d425bdf160c739803:75cfb703b17088b3a6c06bc78820da6365e10d03088bde0b353febe4b8e1278f"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}
        + 2.2 hears private-x
        1 > {"event":"client-typing","channel":"private-x","data":{"a": 1}}
        2 < {"event":"client-typing","channel":"private-x","data":{"a": 1}}
        + 1.1 triggers client-typing on private-x: {"a": 1}
        2 > {"event":"pusher:subscribe","data":{"channel":"public"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"public","data":"{}"}
        + public occupied
        + 2.2 hears public
        2 > {"event":"client-typing","channel":"public","data":{}}
        2 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on public: client events are for private and presence channels"}}
        2 > {"event":"client-typing","channel":"private-encrypted-x","data":{}}
        2 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on private-encrypted-x: client events are for private and presence channels"}}
        2 > {"event":"client-typing","data":{}}
        2 < {"event":"pusher:error","data":{"code":null,"message":"channel: client-typing needs one"}}
        "#,
    );
}

#[test]
fn silence() {
    check(
        config(),
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        at 60
        2 opens KEY protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        at 119
        # A frame of its own, then a ping of the WebSocket layer, put the ping off.
        1 > {"event":"pusher:ping","data":{}}
        1 < {"event":"pusher:pong","data":"{}"}
        at 120
        at 180
        2 < {"event":"pusher:ping","data":"{}"}
        at 200
        1 sends ping
        2 > {"event":"pusher:pong","data":{}}
        at 239
        at 319
        at 320
        1 < {"event":"pusher:ping","data":"{}"}
        2 < {"event":"pusher:ping","data":"{}"}
        at 349
        2 > {"event":"pusher:subscribe","data":{"channel":"a"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}
        + a occupied
        + 2.2 hears a
        at 350
        1 closed 4201 no pong came in time
        at 469
        2 < {"event":"pusher:ping","data":"{}"}
        wait
        2 closed 4201 no pong came in time
        + a vacated
        "#,
    );
}

#[test]
fn draining() {
    check(
        HubConfig {
            drain_within: Duration::from_millis(4),
            ..config()
        },
        r#"
        1 opens KEY protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        2 opens KEY protocol 7
        2 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"2.2\",\"activity_timeout\":120}"}
        2 > {"event":"pusher:subscribe","data":{"channel":"a"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"a","data":"{}"}
        + a occupied
        + 2.2 hears a
        at 1
        drain
        1 closed 4200 the server is stopping; connect again
        drain
        3 opens KEY protocol 7
        3 < {"event":"pusher:error","data":{"code":4100,"message":"the server is stopping"}}
        3 closed 4100 the server is stopping
        # The others are served until their turn comes.
        trigger a news {}
        2 < {"event":"news","channel":"a","data":"{}"}
        at 1.001
        at 1.002
        2 closed 4200 the server is stopping; connect again
        + a vacated
        "#,
    );
}

#[test]
fn a_crowd_drains_evenly() {
    let mut hub = Hub::new(config());
    for number in 0..10_000 {
        let opened = Input::Opened {
            conn: ConnId(number),
            key: KEY,
            protocol: Some("7"),
            nonce: number,
        };
        hub.handle(opened, Duration::ZERO);
    }
    hub.handle(Input::DrainStarted, Duration::ZERO);
    hub.handle(Input::TimePassed, Duration::from_millis(2_500));
    assert_eq!(hub.connection_count(), 4_999);
    hub.handle(Input::TimePassed, Duration::from_millis(5_000));
    assert_eq!(hub.connection_count(), 0);
    assert_eq!(hub.poll_timeout(), None);
}

#[test]
fn a_socket_id_is_given_once() {
    let mut hub = Hub::new(config());
    for number in [1, 2] {
        let opened = Input::Opened {
            conn: ConnId(number),
            key: KEY,
            protocol: Some("7"),
            nonce: 5,
        };
        hub.handle(opened, Duration::ZERO);
    }
    let said: Vec<String> = std::iter::from_fn(|| hub.poll_output()).map(in_words).collect();
    assert_eq!(
        said,
        [
            r#"1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"0.5\",\"activity_timeout\":120}"}"#,
            r#"2 < {"event":"pusher:error","data":{"code":4200,"message":"socket_id: taken; connect again for another"}}"#,
            "2 closed 4200 socket_id: taken; connect again for another",
        ]
    );
}
