//! Client events, told by example: who is named, how many there may be.

use super::*;

fn forwarding() -> HubConfig {
    HubConfig {
        client_events: ClientEvents::Forwarded,
        ..config()
    }
}

#[test]
fn members_are_named() {
    check(
        forwarding(),
        r#"
        1 connects
        2 connects
        1 subscribes presence-x {"user_id":"7"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        2 subscribes presence-x {"user_id":8}
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\",\"8\"],\"hash\":{\"7\":null,\"8\":null},\"count\":2}}"}
        1 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"8\"}"}
        + 8 joins presence-x
        + 2.2 hears presence-x
        # Nobody can speak for another.
        2 > {"event":"client-typing","channel":"presence-x","data":{"a":1},"user_id":"7"}
        1 < {"event":"client-typing","channel":"presence-x","data":{"a":1},"user_id":"8"}
        + 2.2 as 8 triggers client-typing on presence-x: {"a":1}
        # On a private channel nobody is named, whoever is signed in.
        1 signs in {"id":"7"}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}
        1 subscribes private-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}
        + private-x occupied
        + 1.1 hears private-x
        2 subscribes private-x
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}
        + 2.2 hears private-x
        1 > {"event":"client-typing","channel":"private-x","data":"text"}
        2 < {"event":"client-typing","channel":"private-x","data":"text"}
        + 1.1 triggers client-typing on private-x: text
        "#,
    );
}

#[test]
fn ten_in_a_second_of_each_connection() {
    let mut scene = Scene::new(forwarding());
    scene.connected(1);
    scene.connected(2);
    for number in [1, 2] {
        scene.subscribed(number, "private-x", None);
    }
    scene.answers();
    scene.now = Duration::from_millis(400);
    let typing = r#"1 > {"event":"client-typing","channel":"private-x","data":{}}"#;
    for _ in 0..10 {
        scene.play(typing);
        assert_eq!(
            scene.answers()[0],
            r#"2 < {"event":"client-typing","channel":"private-x","data":{}}"#
        );
    }
    scene.now = Duration::from_millis(1_399);
    scene.play(typing);
    let too_fast = r#"1 < {"event":"pusher:error","data":{"code":4301,"message":"client-typing on private-x: at most 10 client events a second are allowed"}}"#;
    assert_eq!(scene.answers(), [too_fast]);
    // The other has a second of its own, and the connection lives on.
    scene.play(r#"2 > {"event":"client-typing","channel":"private-x","data":{}}"#);
    assert_eq!(scene.answers().len(), 2);
    scene.now = Duration::from_millis(1_400);
    scene.play(typing);
    assert_eq!(scene.answers().len(), 2);
}

#[test]
fn long_data_is_refused() {
    let mut scene = Scene::new(forwarding());
    scene.connected(1);
    scene.subscribed(1, "private-x", None);
    scene.answers();
    let sent = |length: usize| {
        let data = "x".repeat(length - 2);
        format!(r#"1 > {{"event":"client-typing","channel":"private-x","data":"{data}"}}"#)
    };
    scene.play(&sent(10_240));
    assert!(scene.answers()[0].starts_with("+ 1.1 triggers"));
    scene.play(&sent(10_241));
    let refused = r#"1 < {"event":"pusher:error","data":{"code":null,"message":"client-typing on private-x: data: at most 10240 bytes are allowed"}}"#;
    assert_eq!(scene.answers(), [refused]);
}
