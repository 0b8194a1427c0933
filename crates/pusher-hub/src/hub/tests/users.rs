//! Signed-in users, told by example: signing in, their own channel, watchlists, and the end of their connections.

use super::*;

#[test]
fn signs_in() {
    check(
        config(),
        r##"
        1 connects
        1 signs in {"id":"7","user_info":{"name":"Ann"}}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Ann\\\"}}\"}"}
        1 > {"event":"pusher:subscribe","data":{"auth":"","channel":"#server-to-user-7"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"#server-to-user-7","data":"{}"}
        2 connects
        2 signs in {"id":7}
        2 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":7}\"}"}
        2 > {"event":"pusher:subscribe","data":{"channel":"#server-to-user-7"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"#server-to-user-7","data":"{}"}
        trigger #server-to-user-7 hello {}
        1,2 < {"event":"hello","channel":"#server-to-user-7","data":"{}"}
        trigger #server-to-user-8 hello {}
        # Again as the same user: told once more, and nothing else.
        1 signs in {"id":"7","watchlist":["7"]}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\",\\\"watchlist\\\":[\\\"7\\\"]}\"}"}
        1 leaves
        2 leaves
        "##,
    );
}

// The signature is the protocol documents' own.
#[test]
fn the_documents_example() {
    check(
        config(),
        r#"
        1234 connects
        1234 > {"event":"pusher:signin","data":{"auth":"278d425bdf160c739803:4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba","user_data":"{\"id\":\"12345\"}"}}
        1234 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"12345\\\"}\"}"}
        "#,
    );
}

#[test]
fn refused_sign_ins() {
    check(
        config(),
        r##"
        1 connects
        # Another socket's signature.
        1 > {"event":"pusher:signin","data":{"auth":"278d425bdf160c739803:4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba","user_data":"{\"id\":\"12345\"}"}}
        1 < {"event":"pusher:error","data":{"code":4009,"message":"auth: the signature is not the one for this socket_id and user_data"}}
        1 > {"event":"pusher:signin","data":{"auth":"other:4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba","user_data":"{\"id\":\"12345\"}"}}
        1 < {"event":"pusher:error","data":{"code":4009,"message":"auth: the key is not the one of this connection's app"}}
        1 > {"event":"pusher:signin","data":{"auth":"","user_data":"{\"id\":\"12345\"}"}}
        1 < {"event":"pusher:error","data":{"code":4009,"message":"auth: expected KEY:SIGNATURE, the signature being 64 hexadecimal digits"}}
        1 > {"event":"pusher:signin","data":{"auth":""}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"data of pusher:signin: missing field `user_data` at line 1 column 11"}}
        1 signs in {"id":""}
        1 < {"event":"pusher:error","data":{"code":4009,"message":"user_data: id: at least one character is needed"}}
        1 signs in {"id":{}}
        1 < {"event":"pusher:error","data":{"code":4009,"message":"user_data: id: expected a string or a number"}}
        # Nobody's channel is open to who is nobody, nor to another.
        1 > {"event":"pusher:subscribe","data":{"channel":"#server-to-user-7"}}
        1 < {"event":"pusher:subscription_error","channel":"#server-to-user-7","data":{"type":"AuthError","error":"channel: only for connections that are signed in as this user","status":401}}
        1 signs in {"id":"7"}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"#server-to-user-77"}}
        1 < {"event":"pusher:subscription_error","channel":"#server-to-user-77","data":{"type":"AuthError","error":"channel: only for connections that are signed in as this user","status":401}}
        1 signs in {"id":"8"}
        1 < {"event":"pusher:error","data":{"code":4009,"message":"user_data: this connection is signed in as another user"}}
        1 > {"event":"client-typing","channel":"#server-to-user-7","data":{}}
        1 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on #server-to-user-7: client events are not enabled for this app"}}
        "##,
    );
}

#[test]
fn a_signed_in_user_is_a_member_without_channel_data() {
    check(
        config(),
        r#"
        1 connects
        1 signs in {"id":"7","user_info":{"name":"Ann"}}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Ann\\\"}}\"}"}
        1 subscribes presence-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":{\"name\":\"Ann\"}},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        # What the application signed for the channel comes first, whoever is signed in.
        1 subscribes presence-y {"user_id":"masked"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-y","data":"{\"presence\":{\"ids\":[\"masked\"],\"hash\":{\"masked\":null},\"count\":1}}"}
        + presence-y occupied
        + masked joins presence-y
        + 1.1 hears presence-y
        "#,
    );
}

#[test]
fn watchlists() {
    check(
        config(),
        r#"
        1 connects
        2 connects
        3 connects
        2 signs in {"id":"8"}
        2 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"8\\\"}\"}"}
        1 signs in {"id":"7","watchlist":["8",9,"8"]}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\",\\\"watchlist\\\":[\\\"8\\\",9,\\\"8\\\"]}\"}"}
        1 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"8\"]},{\"name\":\"offline\",\"user_ids\":[\"9\"]}]}"}
        # A user is online once, with however many connections.
        3 signs in {"id":"8","watchlist":["8"]}
        3 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"8\\\",\\\"watchlist\\\":[\\\"8\\\"]}\"}"}
        3 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"8\"]}]}"}
        2 leaves
        3 leaves
        1 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"8\"]}]}"}
        4 connects
        4 signs in {"id":"9","watchlist":["9"]}
        4 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"9\\\",\\\"watchlist\\\":[\\\"9\\\"]}\"}"}
        1 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"9\"]}]}"}
        4 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"9\"]}]}"}
        # Who is gone watches nobody.
        1 leaves
        4 leaves
        5 connects
        5 signs in {"id":"8"}
        5 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"8\\\"}\"}"}
        "#,
    );
}

#[test]
fn a_watchlist_that_is_too_long_is_cut() {
    let mut scene = Scene::new(config());
    scene.connected(1);
    scene.connected(2);
    let ids: Vec<String> = (0..101).map(|number| format!("\"w{number}\"")).collect();
    scene.signed_in(1, &format!(r#"{{"id":"7","watchlist":[{}]}}"#, ids.join(",")));
    let answers = scene.answers();
    assert_eq!(
        answers[1],
        r#"1 < {"event":"pusher:error","data":{"code":4302,"message":"watchlist: only the first 100 users are watched"}}"#
    );
    assert!(answers[2].contains("w99") && !answers[2].contains("w100"));
    scene.signed_in(2, r#"{"id":"w100"}"#);
    assert_eq!(scene.answers().len(), 1);
    scene.connected(3);
    scene.signed_in(3, r#"{"id":"w99"}"#);
    assert_eq!(
        scene.answers()[1],
        r#"1 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"w99\"]}]}"}"#
    );
}

#[test]
fn a_user_is_terminated() {
    check(
        config(),
        r#"
        1 connects
        2 connects
        3 connects
        1 signs in {"id":"7"}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}
        2 signs in {"id":"7"}
        2 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}
        3 signs in {"id":"8","watchlist":["7"]}
        3 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"8\\\",\\\"watchlist\\\":[\\\"7\\\"]}\"}"}
        3 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"7\"]}]}"}
        2 subscribes presence-x {"user_id":"7"}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 2.2 hears presence-x
        terminate nobody
        terminate 7
        1 < {"event":"pusher:error","data":{"code":4009,"message":"the connections of this user were terminated"}}
        1 closed 4009 the connections of this user were terminated
        2 < {"event":"pusher:error","data":{"code":4009,"message":"the connections of this user were terminated"}}
        2 closed 4009 the connections of this user were terminated
        + 7 leaves presence-x
        + presence-x vacated
        3 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"7\"]}]}"}
        terminate 7
        "#,
    );
}

// A member of a presence channel who is not signed in has no connections to terminate.
#[test]
fn membership_is_no_sign_in() {
    check(
        config(),
        r#"
        1 connects
        1 subscribes presence-x {"user_id":"7"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        terminate 7
        "#,
    );
}
