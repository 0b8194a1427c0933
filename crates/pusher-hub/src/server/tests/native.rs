//! The project's own client against the hub: both ends of the wire as they ship.

use super::*;
use pusher_channels::{
    client::{AuthorizationFailure, AuthorizationRequest, ChannelAuthorization, Config, Event, Notice},
    native::{Channels, Notices, Options},
};

/// A client whose private channels are signed by the app, but for `private-vault`; on `private-forged` its signature is another's.
fn connect(place: &Place) -> (Channels, Notices) {
    let hub = place.hub.clone();
    let options = Options::new(Config::new(place.address.to_string(), "key")).authorized_by(
        move |AuthorizationRequest { channel, socket_id }| {
            let hub = hub.clone();
            async move {
                if channel.as_str() == "private-vault" {
                    return Err(AuthorizationFailure::unanswered("not for you"));
                }
                let signed = match channel.as_str() {
                    "private-forged" => ChannelName::new("private-mine").expect("a legal name"),
                    _ => channel,
                };
                Ok(ChannelAuthorization::new(
                    hub.app().sign_private(&socket_id, &signed).auth,
                ))
            }
        },
    );
    Channels::connect(options)
}

/// Reads on until something of this sort is told.
pub(super) async fn until<T>(notices: &mut Notices, wanted: impl Fn(Notice) -> Option<T>) -> T {
    loop {
        let notice = within(notices.recv()).await.expect("the client ended");
        if let Some(found) = wanted(notice) {
            return found;
        }
    }
}

async fn subscribed(notices: &mut Notices, to: &str) {
    let expected = Notice::Subscribed(channel(to));
    until(notices, |notice| (notice == expected).then_some(())).await;
}

async fn event(notices: &mut Notices) -> Event {
    until(notices, |notice| match notice {
        Notice::Event(event) => Some(event),
        _ => None,
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hears_a_private_channel() {
    let place = Place::new(config()).await;
    let (ann, mut to_ann) = connect(&place);
    let (bob, mut to_bob) = connect(&place);
    ann.subscribe(&channel("private-orders"));
    bob.subscribe(&channel("private-orders"));
    subscribed(&mut to_ann, "private-orders").await;
    subscribed(&mut to_bob, "private-orders").await;
    let of_ann = SocketId::parse(&ann.socket_id().unwrap()).unwrap();
    let first = news("private-orders", "1").except(of_ann);
    place.hub.trigger(first).unwrap();
    place.hub.trigger(news("private-orders", "2")).unwrap();
    assert_eq!(event(&mut to_ann).await.data, "2");
    let expected = Event {
        channel: Some(channel("private-orders")),
        name: "news".to_owned(),
        data: "1".to_owned(),
        user_id: None,
    };
    assert_eq!(event(&mut to_bob).await, expected);
    assert_eq!(event(&mut to_bob).await.data, "2");
}

#[tokio::test]
async fn refusals_leave_the_connection() {
    let place = Place::new(config()).await;
    let (ann, mut to_ann) = connect(&place);
    ann.subscribe(&channel("private-forged"));
    let failed = until(&mut to_ann, |notice| match notice {
        Notice::SubscriptionFailed { channel, failure, .. } => Some((channel, failure.message)),
        _ => None,
    })
    .await;
    let message = "auth: the signature is not the one for this socket_id, channel and channel_data";
    assert_eq!(failed, (channel("private-forged"), message.to_owned()));
    ann.subscribe(&channel("orders"));
    subscribed(&mut to_ann, "orders").await;
}

#[tokio::test]
async fn comes_back_to_a_hub_that_started_again() {
    let place = Place::new(config()).await;
    let (ann, mut to_ann) = connect(&place);
    ann.subscribe(&channel("private-orders"));
    subscribed(&mut to_ann, "private-orders").await;
    let address = place.address;
    place.stop().await;
    let place = Place::at(address, config()).await;
    subscribed(&mut to_ann, "private-orders").await;
    place.hub.trigger(news("private-orders", "new")).unwrap();
    assert_eq!(event(&mut to_ann).await.data, "new");
}
