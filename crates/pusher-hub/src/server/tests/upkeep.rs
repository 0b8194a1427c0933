//! What the embedding program sees, and how connections end.

use super::*;
use crate::ChannelNews;

#[tokio::test]
async fn news_of_channels() {
    let place = Place::new(config()).await;
    let mut feed = place.hub.news();
    let ann = place.subscriber("project-1").await;
    let bob = place.subscriber("project-1").await;
    let ids = (ann.socket_id(), bob.socket_id());
    let expected = [
        ChannelNews::Occupied {
            channel: channel("project-1"),
        },
        ChannelNews::Subscribed {
            channel: channel("project-1"),
            socket_id: ids.0,
        },
        ChannelNews::Subscribed {
            channel: channel("project-1"),
            socket_id: ids.1,
        },
    ];
    for news in expected {
        assert_eq!(within(feed.next()).await, Some(news));
    }
    let _cid = place.subscriber("project-2").await;
    let _dan = place.subscriber("zoo").await;
    assert_eq!(
        place.hub.occupied("project-"),
        [channel("project-1"), channel("project-2")]
    );
    assert_eq!(place.hub.occupied("").len(), 3);
    assert_eq!(place.hub.occupied("project-3"), []);
    // A connection that is dropped without a word counts as gone too.
    drop((ann, bob));
    let vacated = ChannelNews::Vacated {
        channel: channel("project-1"),
    };
    while within(feed.next()).await != Some(vacated.clone()) {}
    assert_eq!(place.hub.occupied("project-"), [channel("project-2")]);
}

#[tokio::test]
async fn a_news_reader_that_is_late_is_told_so() {
    let place = Place::new(config()).await;
    let mut feed = place.hub.news();
    let mut raw = place.connect().await;
    for _ in 0..NEWS {
        raw.subscribe("a").await;
        raw.say(r#"{"event":"pusher:unsubscribe","data":{"channel":"a"}}"#)
            .await;
    }
    raw.say(r#"{"event":"pusher:ping","data":{}}"#).await;
    raw.text().await;
    assert_eq!(within(feed.next()).await, Some(ChannelNews::Missed(2 * NEWS as u64)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_is_closed_and_delays_nobody() {
    let place = Place::new(ServerConfig {
        max_waiting_bytes: 64 * 1024,
        ..config()
    })
    .await;
    let mut slow = place.subscriber("slow").await;
    slow.subscribe("orders").await;
    let mut quick = place.subscriber("orders").await;
    let data = "x".repeat(10_000);
    let frame = format!(r#"{{"event":"news","channel":"orders","data":"{data}"}}"#);
    // What the kernel buffers for a socket has an end, so this has too.
    while !place.hub.occupied("slow").is_empty() {
        place.hub.trigger(news("orders", &data)).unwrap();
        assert_eq!(quick.text().await, frame);
    }
    place.hub.trigger(news("orders", "still here")).unwrap();
    assert_eq!(
        quick.text().await,
        r#"{"event":"news","channel":"orders","data":"still here"}"#
    );
}

#[tokio::test]
async fn silence_is_asked_and_then_ended() {
    let mut config = config();
    config.hub.activity_timeout = Duration::from_secs(1);
    config.hub.pong_wait = Duration::from_millis(10);
    let place = Place::new(config).await;
    let mut raw = Raw::open(&place.url()).await;
    raw.text().await;
    assert_eq!(raw.text().await, r#"{"event":"pusher:ping","data":"{}"}"#);
    assert_eq!(raw.closed().await, (4201, "no pong came in time".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shutdown_says_connect_again() {
    let place = Place::new(config()).await;
    let mut crowd = Vec::new();
    for _ in 0..10 {
        crowd.push(place.subscriber("orders").await);
    }
    place.hub.trigger(news("orders", "last words")).unwrap();
    let server = place.server.clone();
    let shutdown = tokio::spawn(async move { server.shutdown().await });
    for raw in &mut crowd {
        assert_eq!(
            raw.text().await,
            r#"{"event":"news","channel":"orders","data":"last words"}"#
        );
        assert_eq!(
            raw.closed().await,
            (4200, "the server is stopping; connect again".to_owned())
        );
        assert_eq!(raw.message().await, None);
    }
    within(shutdown).await.unwrap();
    assert_eq!(place.hub.trigger(news("orders", "")), Err(RefusedTrigger::ShutDown));
    assert_eq!(place.hub.occupied(""), []);
    let Err(tungstenite::Error::Http(refused)) = within(connect_async(place.url())).await else {
        panic!("the hub is gone, yet it connects");
    };
    assert_eq!(refused.status(), 503);
    within(place.server.shutdown()).await;
}

#[tokio::test]
async fn shutdown_does_not_wait_for_who_never_reads() {
    let place = Place::new(config()).await;
    let _deaf = place.subscriber("orders").await;
    within(place.server.shutdown()).await;
    assert_eq!(place.hub.occupied(""), []);
}
