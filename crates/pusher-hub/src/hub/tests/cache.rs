//! Cache channels, told by example: what is kept, for whom and for how long.

use super::*;

#[test]
fn the_last_event_comes_after_the_success() {
    check(
        config(),
        r#"
        1 connects
        1 subscribes cache-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        1 < {"event":"pusher:cache_miss","channel":"cache-x"}
        + cache-x occupied
        + 1.1 hears cache-x
        + cache-x misses
        trigger cache-x news {"id":1}
        1 < {"event":"news","channel":"cache-x","data":"{\"id\":1}"}
        trigger except 1.1 cache-x more {"id":2}
        ask cache-x
        = 1 subscribe; cached {"id":2} for 1800 s
        # What is for one socket alone is not for who comes later.
        trigger only 1.1 cache-x secret {"id":3}
        1 < {"event":"secret","channel":"cache-x","data":"{\"id\":3}"}
        2 connects
        2 subscribes cache-x
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        2 < {"event":"more","channel":"cache-x","data":"{\"id\":2}"}
        + 2.2 hears cache-x
        # It outlives its subscribers.
        1 leaves
        2 leaves
        + cache-x vacated
        ask cache-x
        = 0 subscribe; cached {"id":2} for 1800 s
        3 connects
        3 subscribes cache-x
        3 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        3 < {"event":"more","channel":"cache-x","data":"{\"id\":2}"}
        + cache-x occupied
        + 3.3 hears cache-x
        "#,
    );
}

#[test]
fn it_is_kept_for_half_an_hour() {
    check(
        config(),
        r#"
        trigger cache-x news 1
        at 60
        trigger cache-x news 2
        at 1859.5
        ask cache-x
        = 0 subscribe; cached 2 for 0.5 s
        at 1860
        ask cache-x
        = 0 subscribe
        1 connects
        1 subscribes cache-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        1 < {"event":"pusher:cache_miss","channel":"cache-x"}
        + cache-x occupied
        + 1.1 hears cache-x
        + cache-x misses
        "#,
    );
}

#[test]
fn the_hub_wakes_to_forget() {
    let mut scene = Scene::new(config());
    scene.play("trigger cache-x news 1");
    assert_eq!(scene.hub.poll_timeout(), Some(Duration::from_secs(1800)));
    scene.play("wait");
    assert_eq!(scene.hub.poll_timeout(), None);
}

#[test]
fn every_kind_of_channel_can_have_a_cache() {
    check(
        config(),
        r#"
        1 connects
        trigger private-cache-x news {"nonce":"n","ciphertext":"c"}
        trigger private-encrypted-cache-y news {"nonce":"n","ciphertext":"c"}
        1 subscribes private-cache-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-cache-x","data":"{}"}
        1 < {"event":"news","channel":"private-cache-x","data":"{\"nonce\":\"n\",\"ciphertext\":\"c\"}"}
        + private-cache-x occupied
        + 1.1 hears private-cache-x
        1 subscribes private-encrypted-cache-y
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-encrypted-cache-y","data":"{}"}
        1 < {"event":"news","channel":"private-encrypted-cache-y","data":"{\"nonce\":\"n\",\"ciphertext\":\"c\"}"}
        + private-encrypted-cache-y occupied
        + 1.1 hears private-encrypted-cache-y
        # Refused: nothing of the cache is told.
        1 > {"event":"pusher:subscribe","data":{"channel":"private-cache-z"}}
        1 < {"event":"pusher:subscription_error","channel":"private-cache-z","data":{"type":"AuthError","error":"auth: this channel needs one, KEY:SIGNATURE","status":401}}
        # `cache-` elsewhere in a name means nothing.
        trigger my-cache-x news 1
        1 subscribes my-cache-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"my-cache-x","data":"{}"}
        + my-cache-x occupied
        + 1.1 hears my-cache-x
        ask my-cache-x
        = 1 subscribe
        "#,
    );
}

#[test]
fn client_events_are_not_cached() {
    check(
        HubConfig {
            client_events: ClientEvents::Forwarded,
            ..config()
        },
        r#"
        1 connects
        1 subscribes private-cache-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-cache-x","data":"{}"}
        1 < {"event":"pusher:cache_miss","channel":"private-cache-x"}
        + private-cache-x occupied
        + 1.1 hears private-cache-x
        + private-cache-x misses
        1 > {"event":"client-typing","channel":"private-cache-x","data":{}}
        + 1.1 triggers client-typing on private-cache-x: {}
        ask private-cache-x
        = 1 subscribe
        "#,
    );
}

#[test]
fn the_oldest_event_gives_way() {
    check(
        HubConfig {
            max_cached_events: 2,
            ..config()
        },
        r#"
        trigger cache-a news 1
        at 1
        trigger cache-b news 2
        at 2
        trigger cache-a news 3
        at 3
        trigger cache-c news 4
        ask cache-a
        = 0 subscribe; cached 3 for 1799 s
        ask cache-b
        = 0 subscribe
        ask cache-c
        = 0 subscribe; cached 4 for 1800 s
        "#,
    );
}

#[test]
fn apps_have_caches_of_their_own() {
    check(
        config(),
        r#"
        trigger cache-x news 1
        1 opens other protocol 7
        1 < {"event":"pusher:connection_established","data":"{\"socket_id\":\"1.1\",\"activity_timeout\":120}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"cache-x"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        1 < {"event":"pusher:cache_miss","channel":"cache-x"}
        + cache-x occupied
        + 1.1 hears cache-x
        + cache-x misses
        "#,
    );
}
