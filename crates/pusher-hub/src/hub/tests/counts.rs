//! Subscription counts, told by example and in a crowd.

use super::*;

fn telling() -> HubConfig {
    HubConfig {
        subscription_counts: SubscriptionCounts::Told,
        ..config()
    }
}

#[test]
fn each_change_is_told() {
    check(
        telling(),
        r#"
        1 connects
        2 connects
        1 subscribes orders
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        + orders occupied
        + 1.1 hears orders
        1 < {"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":1}"}
        + orders counts 1
        2 subscribes orders
        2 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        + 2.2 hears orders
        1,2 < {"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":2}"}
        + orders counts 2
        1 > {"event":"pusher:unsubscribe","data":{"channel":"orders"}}
        2 < {"event":"pusher_internal:subscription_count","channel":"orders","data":"{\"subscription_count\":1}"}
        + orders counts 1
        # Nobody is left who could be told.
        2 leaves
        + orders vacated
        "#,
    );
}

#[test]
fn cache_channels_count_too() {
    check(
        telling(),
        r#"
        1 connects
        trigger private-cache-x news 1
        1 subscribes private-cache-x
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"private-cache-x","data":"{}"}
        1 < {"event":"news","channel":"private-cache-x","data":"1"}
        + private-cache-x occupied
        + 1.1 hears private-cache-x
        1 < {"event":"pusher_internal:subscription_count","channel":"private-cache-x","data":"{\"subscription_count\":1}"}
        + private-cache-x counts 1
        "#,
    );
}

#[test]
fn presence_channels_and_users_channels_are_not_counted() {
    check(
        telling(),
        r##"
        1 connects
        1 subscribes presence-x {"user_id":"7"}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"7\"],\"hash\":{\"7\":null},\"count\":1}}"}
        + presence-x occupied
        + 7 joins presence-x
        + 1.1 hears presence-x
        1 signs in {"id":"7"}
        1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"7\\\"}\"}"}
        1 > {"event":"pusher:subscribe","data":{"channel":"#server-to-user-7"}}
        1 < {"event":"pusher_internal:subscription_succeeded","channel":"#server-to-user-7","data":"{}"}
        "##,
    );
}

/// The counts that were told in a crowd, each with the number of those who heard it.
fn counts_told(scene: &mut Scene) -> Vec<(usize, usize)> {
    let mut told = Vec::new();
    let mut heard_by = 0;
    while let Some(output) = scene.hub.poll_output() {
        match output {
            Output::Send { to, frame } if frame.contains("subscription_count") => heard_by = to.len(),
            Output::SubscriptionCount { count, .. } => told.push((count, heard_by)),
            _ => {}
        }
    }
    told
}

#[test]
fn a_crowd_is_told_from_time_to_time() {
    let mut scene = Scene::new(telling());
    for number in 1..=100 {
        scene.connected(number);
        scene.subscribed(number, "orders", None);
        let count = number as usize;
        assert_eq!(counts_told(&mut scene), [(count, count)]);
    }
    // The first that make a crowd are told; then there is a pause, at whose end the last count is told, once.
    for number in 101..=110 {
        scene.connected(number);
        scene.subscribed(number, "orders", None);
        let expected: &[_] = if number == 101 { &[(101, 101)] } else { &[] };
        assert_eq!(counts_told(&mut scene), expected);
    }
    assert_eq!(scene.hub.poll_timeout(), Some(Duration::from_secs(5)));
    scene.time_comes(Duration::from_millis(4_999));
    assert_eq!(counts_told(&mut scene), []);
    scene.time_comes(Duration::from_secs(5));
    assert_eq!(counts_told(&mut scene), [(110, 110)]);
    scene.time_comes(Duration::from_secs(10));
    assert_eq!(counts_told(&mut scene), []);
    // After a longer silence a change is told at once.
    scene.play("110 leaves");
    assert_eq!(counts_told(&mut scene), [(109, 109)]);
    // And when the crowd has gone, each change.
    for number in 100..110 {
        scene.play(&format!("{number} leaves"));
    }
    assert_eq!(counts_told(&mut scene), [(100, 100), (99, 99)]);
    assert_eq!(scene.hub.poll_timeout(), Some(Duration::from_secs(120)));
}
