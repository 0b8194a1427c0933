//! Numbered events: the driver asks who fetches, and tells in order.

use super::*;
use crate::{
    client::{MissedEvent, MissedFailure},
    native::Resume,
};

fn orders() -> ChannelName {
    ChannelName::new("orders").unwrap()
}

fn event(number: u64) -> Notice {
    Notice::Event(Event {
        channel: Some(orders()),
        name: "e".into(),
        data: format!(r#"{{"seq":{number}}}"#),
        user_id: None,
    })
}

async fn fetch(after: u64) -> Result<Vec<MissedEvent>, MissedFailure> {
    match after {
        1 => MissedEvent::parse_all(r#"[{"event":"e","data":{"seq":2}}]"#).map_err(MissedFailure::Unanswered),
        _ => Err(MissedFailure::Gone("too old".to_owned())),
    }
}

#[tokio::test]
async fn what_was_missed_is_fetched() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config));
    channels.subscribe(&orders());
    channels.resume_with(&orders(), Resume::new(fetch).after(1));
    let mut peer = Peer::greet(&listener, "1.2").await;
    peer.hear().await;
    peer.say(r#"{"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}"#)
        .await;
    until(&mut notices, &Notice::CatchingUp(orders())).await;
    assert_eq!(notices.recv().await, Some(event(2)));
    assert_eq!(notices.recv().await, Some(Notice::CaughtUp(orders())));
    let vitals = channels.vitals().await.expect("the task lives");
    assert_eq!((vitals.catching_up, vitals.last_event_at), (0, None));
    peer.say(r#"{"event":"e","channel":"orders","data":"{\"seq\":4}"}"#)
        .await;
    until(&mut notices, &Notice::CatchingUp(orders())).await;
    let reason = "too old".to_owned();
    let channel = orders();
    assert_eq!(notices.recv().await, Some(Notice::NotResumable { channel, reason }));
    assert_eq!(notices.recv().await, Some(event(4)));
}
