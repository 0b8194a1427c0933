//! Presence channels, told by example: who is there, who hears of whom, and the limits.

use super::*;

#[test]
fn members_come_and_go() {
    check(
        config(),
        r#"
        1 connects
        2 connects
        1 subscribes presence-x {"user_id":"7","user_info":{"name":"Ann"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":{\"name\":\"Ann\"}},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        # Without user_info.
        2 subscribes presence-x {"user_id":"8"}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\",\"8\"],\"hash\":{\"7\":{\"name\":\"Ann\"},\"8\":null},\"count\":2}}"}
        1 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"8\"}"}
        + 8 joins presence-x
        + 2.2 hears presence-x
        ask presence-x
        = 2 subscribe; members 7 8
        trigger presence-x news {}
        1,2 < {"event":"news","channel":"presence-x","data":"{}"}
        1 > {"event":"pusher:unsubscribe","data":{"channel":"presence-x"}}
        2 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"7\"}"}
        + 7 leaves presence-x
        ask presence-x
        = 1 subscribe; members 8
        2 leaves
        + 8 leaves presence-x
        + presence-x vacated
        ask presence-x
        = 0 subscribe
        "#,
    );
}

#[test]
fn several_connections_of_one_user_are_one_member() {
    check(
        config(),
        r#"
        1 connects
        2 connects
        3 connects
        1 subscribes presence-x {"user_id":"7","user_info":{"name":"Ann"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":{\"name\":\"Ann\"}},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        # A number is the same user as its text, and what the first connection told stays.
        2 subscribes presence-x {"user_id":7,"user_info":{"name":"Ann on her phone"}}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":{\"name\":\"Ann\"}},\"count\":1}}"}
        + 2.2 hears presence-x
        3 subscribes presence-x {"user_id":"8"}
        3 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\",\"8\"],\"hash\":{\"7\":{\"name\":\"Ann\"},\"8\":null},\"count\":2}}"}
        1,2 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"8\"}"}
        + 8 joins presence-x
        + 3.3 hears presence-x
        ask presence-x
        = 3 subscribe; members 7 8
        1 leaves
        ask presence-x
        = 2 subscribe; members 7 8
        2 leaves
        3 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"7\"}"}
        + 7 leaves presence-x
        "#,
    );
}

#[test]
fn users_are_known_by_channel_and_app() {
    check(
        config(),
        r#"
        1 connects
        1 subscribes presence-x {"user_id":"7"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        # Elsewhere one may be another.
        1 subscribes presence-y {"user_id":"a\"b"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-y","data":"{\"presence\":{\"ids\":[\"a\\\"b\"],\"hash\":{\"a\\\"b\":null},\"count\":1}}"}
        + presence-y occupied
        + a"b joins presence-y
        + 1.1 hears presence-y
        1 leaves
        + 7 leaves presence-x
        + presence-x vacated
        + a"b leaves presence-y
        + presence-y vacated
        "#,
    );
}

// The signature is the protocol documents' own, of the data that they sign.
#[test]
fn the_documents_example() {
    check(
        config(),
        r#"
        1234 connects
        1234 > {"event":"pusher:subscribe","data":{"channel":"presence-foobar","auth":"278d425bdf160c739803:afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c","channel_data":"{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}"}}
        1234 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-foobar","data":"{\"presence\":{\"ids\":[\"10\"],\"hash\":{\"10\":{\"name\":\"Mr. Pusher\"}},\"count\":1}}"}
        + presence-foobar occupied
        + 10 joins presence-foobar
        + 1234.1234 hears presence-foobar
        2 connects
        2 > {"event":"pusher:subscribe","data":{"channel":"presence-foobar","auth":"278d425bdf160c739803:afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c","channel_data":"{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}"}}
        2 < {"event":"pusher:subscription_error","channel":"presence-foobar","data":{"type":"AuthError","error":"auth: the signature is not the one for this socket_id, channel and channel_data","status":401}}
        "#,
    );
}

#[test]
fn bad_members_are_refused() {
    let long = |length| format!(r#"{{"user_id":"{}"}}"#, "é".repeat(length));
    let info = |length: usize| format!(r#"{{"user_id":"9","user_info":"{}"}}"#, "x".repeat(length - 2));
    check(
        config(),
        &format!(
            r#"
        1 connects
        1 > {{"event":"pusher:subscribe","data":{{"channel":"presence-x"}}}}
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"AuthError","error":"auth: this channel needs one, KEY:SIGNATURE","status":401}}}}
        1 subscribes presence-x
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"AuthError","error":"channel_data: a presence channel needs one with a user_id, or a signed-in user","status":401}}}}
        1 subscribes presence-x []
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"AuthError","error":"channel_data: invalid length 0, expected struct MemberData with 2 elements at line 1 column 2","status":401}}}}
        1 subscribes presence-x {{"user_id":null}}
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"AuthError","error":"channel_data: user_id: expected a string or a number","status":401}}}}
        1 subscribes presence-x {{"user_id":""}}
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"LimitReached","error":"user_id: at least one character is needed","status":403}}}}
        1 subscribes presence-x {}
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"LimitReached","error":"user_id: 129 characters, at most 128 are allowed","status":403}}}}
        1 subscribes presence-x {}
        1 < {{"event":"pusher:subscription_error","channel":"presence-x","data":{{"type":"LimitReached","error":"user_info: 1025 bytes, at most 1024 are allowed","status":403}}}}
        ask presence-x
        = 0 subscribe
        "#,
            long(129),
            info(1025)
        ),
    );
    let mut scene = Scene::new(config());
    scene.connected(1);
    scene.subscribed(1, "presence-x", Some(&long(128)));
    scene.subscribed(1, "presence-y", Some(&info(1024)));
    assert_eq!(
        scene.told_of("presence-x"),
        format!("= 1 subscribe; members {}", "é".repeat(128))
    );
    assert_eq!(scene.told_of("presence-y"), "= 1 subscribe; members 9");
}

#[test]
fn a_full_channel_has_room_for_its_members_only() {
    check(
        HubConfig {
            max_presence_members: 1,
            ..config()
        },
        r#"
        1 connects
        2 connects
        1 subscribes presence-x {"user_id":"7"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        2 subscribes presence-x {"user_id":"8"}
        2 < {"event":"pusher:subscription_error","channel":"presence-x","data":{"type":"LimitReached","error":"channel: a presence channel has at most 1 members","status":403}}
        2 subscribes presence-x {"user_id":"7"}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + 2.2 hears presence-x
        "#,
    );
}

#[test]
fn a_withdrawn_authorisation_ends_the_membership() {
    check(
        config(),
        r#"
        1 connects
        2 connects
        1 subscribes presence-cache-x {"user_id":"7"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-cache-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        1 < {"event":"pusher:cache_miss","channel":"presence-cache-x"}
        + presence-cache-x occupied
        + 7 joins presence-cache-x
        + 1.1 hears presence-cache-x
        + presence-cache-x misses
        trigger presence-cache-x news 1
        1 < {"event":"news","channel":"presence-cache-x","data":"1"}
        2 subscribes presence-cache-x {"user_id":"8"}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-cache-x","data":"{\"presence\":{\"ids\":[\"7\",\"8\"],\"hash\":{\"7\":null,\"8\":null},\"count\":2}}"}
        2 < {"event":"news","channel":"presence-cache-x","data":"1"}
        1 < {"event":"pusher_internal:member_added","channel":"presence-cache-x","data":"{\"user_id\":\"8\"}"}
        + 8 joins presence-cache-x
        + 2.2 hears presence-cache-x
        # As the program does when it finds, on hearing of the subscription, that the membership has ended.
        withdraw 2.2 presence-cache-x
        1 < {"event":"pusher_internal:member_removed","channel":"presence-cache-x","data":"{\"user_id\":\"8\"}"}
        + 8 leaves presence-cache-x
        2 < {"event":"pusher:subscription_error","channel":"presence-cache-x","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}
        trigger presence-cache-x news 2
        1 < {"event":"news","channel":"presence-cache-x","data":"2"}
        2 > {"event":"client-typing","channel":"presence-cache-x","data":{}}
        2 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on presence-cache-x: client events are not enabled for this app"}}
        ask presence-cache-x
        = 1 subscribe; members 7; cached 2 for 1800 s
        "#,
    );
}
