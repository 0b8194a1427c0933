//! What is told, when, and what is not.

use super::*;

#[test]
fn every_kind_of_event() {
    check(
        everything(),
        r#"
        occupied a
        added presence-a ann
        client private-a client-typing {"a":1}
        client presence-a client-typing x ann
        missed cache-a
        count a 3
        wait
        = 0.05
        0 < 1000050 {"name":"channel_occupied","channel":"a"},{"name":"member_added","channel":"presence-a","user_id":"ann"},{"name":"client_event","channel":"private-a","event":"client-typing","data":"{\"a\":1}","socket_id":"1.2"},{"name":"client_event","channel":"presence-a","event":"client-typing","data":"x","socket_id":"1.2","user_id":"ann"},{"name":"cache_miss","channel":"cache-a"},{"name":"subscription_count","channel":"a","subscription_count":3}
        0 took it
        removed presence-a ann
        vacated a
        wait
        = 3.05
        wait
        = 3.1
        0 < 1003100 {"name":"member_removed","channel":"presence-a","user_id":"ann"},{"name":"channel_vacated","channel":"a"}
        "#,
    );
}

#[test]
fn a_page_that_is_loaded_anew_is_silent() {
    check(
        everything(),
        r#"
        at 1
        removed presence-a ann
        vacated presence-a
        at 3.9
        occupied presence-a
        added presence-a ann
        at 4.2
        # Whoever leaves later has a time of their own.
        removed presence-a ann
        removed presence-a bob
        at 5
        added presence-a ann
        removed presence-a ann
        wait
        = 7.2
        wait
        = 7.25
        0 < 1007250 {"name":"member_removed","channel":"presence-a","user_id":"bob"}
        0 took it
        wait
        = 8
        added presence-a ann
        wait
        = 8.05
        0 < 1008050 {"name":"member_removed","channel":"presence-a","user_id":"ann"},{"name":"member_added","channel":"presence-a","user_id":"ann"}
        "#,
    );
}

#[test]
fn apps_and_choices() {
    check(
        vec![
            wanting(&[Kind::ChannelOccupied]),
            wanting(&[Kind::ChannelVacated]),
            Webhook::new(other_app(), "http://b.example"),
        ],
        r#"
        occupied a
        vacated a
        # An arrival ends an absence also for those who want absences alone.
        occupied a
        other occupied b
        other count b 1
        count a 1
        wait
        = 0.05
        0 < 1000050 {"name":"channel_occupied","channel":"a"}
        2 < 1000050 {"name":"channel_occupied","channel":"b"},{"name":"subscription_count","channel":"b","subscription_count":1}
        vacated a
        # The same name at another app is another channel.
        other occupied a
        wait
        = 3.05
        wait
        = 3.1
        1 < 1003100 {"name":"channel_vacated","channel":"a"}
        2 took it
        2 < 1003100 {"name":"channel_occupied","channel":"a"}
        "#,
    );
}

#[test]
fn one_post_at_a_time() {
    check(
        everything(),
        r#"
        missed cache-a
        wait
        = 0.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        missed cache-b
        at 2
        missed cache-c
        0 took it
        0 < 1002000 {"name":"cache_miss","channel":"cache-b"},{"name":"cache_miss","channel":"cache-c"}
        0 took it
        # Nobody asked any more.
        0 took it
        0 failed
        missed cache-d
        wait
        = 2.05
        0 < 1002050 {"name":"cache_miss","channel":"cache-d"}
        "#,
    );
}

#[test]
fn a_limit_of_events_in_a_post() {
    let one = Webhook {
        max_events: 1,
        ..Webhook::new(app(), "http://a.example")
    };
    check(
        vec![one],
        r#"
        missed cache-a
        missed cache-b
        wait
        = 0.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 took it
        0 < 1000050 {"name":"cache_miss","channel":"cache-b"}
        "#,
    );
}

#[test]
fn failures_are_tried_again_for_five_minutes() {
    check(
        everything(),
        r#"
        missed cache-a
        wait
        = 0.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        missed cache-b
        wait
        = 1.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 3.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 7.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        at 17
        0 failed
        wait
        = 25
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 41
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 73
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 133
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 193
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        wait
        = 253
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        # The last try has its full time.
        wait
        = 300.05
        0 < 1000050 {"name":"cache_miss","channel":"cache-a"}
        0 failed
        0 gave up 1
        0 < 1300050 {"name":"cache_miss","channel":"cache-b"}
        0 failed
        wait
        = 301.05
        0 < 1300050 {"name":"cache_miss","channel":"cache-b"}
        0 took it
        "#,
    );
}

#[test]
fn an_end_waits_for_nothing() {
    check(
        everything(),
        r#"
        missed cache-a
        vacated a
        ending
        0 < 1000000 {"name":"cache_miss","channel":"cache-a"},{"name":"channel_vacated","channel":"a"}
        vacated b
        0 took it
        0 < 1000000 {"name":"channel_vacated","channel":"b"}
        "#,
    );
}

#[test]
fn what_waits_has_a_limit() {
    let mut scene = Scene {
        webhooks: Webhooks::new(everything()),
        now: Duration::from_secs(START),
    };
    for number in 0..MAX_WAITING {
        scene.play(&format!("missed cache-{number}"));
    }
    assert_eq!(scene.answers(), Vec::<String>::new());
    scene.play("missed cache-a");
    scene.play("missed cache-b");
    assert_eq!(scene.answers(), ["0 overflows"]);
    scene.play("wait");
    let sent = scene.answers().pop().unwrap();
    let events: Vec<&str> = sent.split("},{").collect();
    assert_eq!(events.len(), 100);
    assert!(events[99].ends_with(r#""channel":"cache-99"}"#), "{}", events[99]);
}

#[test]
fn long_events_go_in_several_posts() {
    let mut scene = Scene {
        webhooks: Webhooks::new(everything()),
        now: Duration::from_secs(START),
    };
    let long = "x".repeat(100_000);
    for channel in ["private-a", "private-b", "private-c"] {
        scene.play(&format!("client {channel} client-m {long}"));
    }
    scene.play("wait");
    let sent = scene.answers();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("private-b") && !sent[0].contains("private-c"));
}

#[test]
fn a_post_is_signed() {
    let mut webhooks = Webhooks::new(everything());
    let event = Event::ChannelOccupied {
        channel: ChannelName::new("a").unwrap(),
    };
    let app = app().id().clone();
    webhooks.handle(Input::Happened { app, event }, Duration::from_secs(START));
    webhooks.handle(Input::EndingBegan, Duration::from_secs(START));
    let post = Post {
        key: "key".to_owned(),
        signature: "18c1cd4e5c7b2d7ac12402525c4ee07c62b902dd33ab2852482c37e53e50de0c".to_owned(),
        body: r#"{"time_ms":1000000,"events":[{"name":"channel_occupied","channel":"a"}]}"#.into(),
    };
    let webhook = WebhookId(0);
    assert_eq!(webhooks.poll_output(), Some(Output::Send { webhook, post }));
    assert!(!webhooks.is_idle());
    webhooks.handle(Input::Delivered { webhook }, Duration::from_secs(START));
    assert!(webhooks.is_idle());
}
