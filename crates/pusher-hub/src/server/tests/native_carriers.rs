//! The project's own client against the hub over every carrier, and through a network that lets no WebSocket pass.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::{native::until, *};
use pusher_channels::{
    Carrier,
    client::{ChannelAuthorization, Config, Notice},
    native::{Channels, Notices, Options},
};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};

/// A client that may use these carriers, and whose private channels are signed by the app.
fn connect(hub: &HubHandle, address: SocketAddr, carriers: &[Carrier]) -> (Channels, Notices) {
    let mut config = Config::new(address.to_string(), "key");
    config.carriers = carriers.to_vec();
    let hub = hub.clone();
    let options = Options::new(config).authorized_by(move |request| {
        let auth = hub.app().sign_private(&request.socket_id, &request.channel).auth;
        async { Ok(ChannelAuthorization::new(auth)) }
    });
    Channels::connect(options)
}

async fn subscribed(notices: &mut Notices) {
    let expected = Notice::Subscribed(channel("private-orders"));
    until(notices, |notice| (notice == expected).then_some(())).await;
}

async fn heard(notices: &mut Notices) -> String {
    until(notices, |notice| match notice {
        Notice::Event(event) => Some(event.data),
        _ => None,
    })
    .await
}

async fn carried_by(notices: &mut Notices, carrier: Carrier) {
    until(notices, |notice| match notice {
        Notice::CarrierChanged { current, .. } => (current == carrier).then_some(()),
        _ => None,
    })
    .await;
}

#[tokio::test]
async fn events_arrive_the_same_way_by_every_carrier() {
    let place = Place::new(config()).await;
    for carrier in Carrier::ALL {
        let (ann, mut to_ann) = connect(&place.hub, place.address, &[carrier]);
        ann.subscribe(&channel("private-orders"));
        subscribed(&mut to_ann).await;
        let long = "x".repeat(10_000);
        for data in ["1", "2", &long, "\u{1F980} \"4\"\r\n"] {
            place.hub.trigger(news("private-orders", data)).unwrap();
        }
        for data in ["1", "2", &long, "\u{1F980} \"4\"\r\n"] {
            assert_eq!(heard(&mut to_ann).await, data, "by {carrier}");
        }
        let mut feed = place.hub.news();
        drop(ann);
        let vacated = crate::ChannelNews::Vacated {
            channel: channel("private-orders"),
        };
        while within(feed.next()).await.expect("the hub runs") != vacated {}
    }
}

#[tokio::test]
async fn a_hub_that_started_again_is_found_by_every_carrier() {
    for carrier in Carrier::ALL {
        let place = Place::new(config()).await;
        let (ann, mut to_ann) = connect(&place.hub, place.address, &[carrier]);
        ann.subscribe(&channel("private-orders"));
        subscribed(&mut to_ann).await;
        let address = place.address;
        place.stop().await;
        let place = Place::at(address, config()).await;
        subscribed(&mut to_ann).await;
        place.hub.trigger(news("private-orders", "new")).unwrap();
        assert_eq!(heard(&mut to_ann).await, "new", "by {carrier}");
    }
}

#[tokio::test]
async fn down_and_up_again() {
    let place = Place::new(config()).await;
    let blocked = Arc::new(AtomicBool::new(true));
    let gateway = gateway(place.address, Arc::clone(&blocked)).await;
    let (ann, mut to_ann) = connect(&place.hub, gateway, &Carrier::ALL);
    ann.subscribe(&channel("private-orders"));
    carried_by(&mut to_ann, Carrier::ServerSentEvents).await;
    subscribed(&mut to_ann).await;
    place.hub.trigger(news("private-orders", "streamed")).unwrap();
    assert_eq!(heard(&mut to_ann).await, "streamed");
    blocked.store(false, Ordering::SeqCst);
    // The network may be another one, so the client looks at once; else within a minute.
    ann.check();
    carried_by(&mut to_ann, Carrier::WebSocket).await;
    subscribed(&mut to_ann).await;
    place.hub.trigger(news("private-orders", "by socket")).unwrap();
    assert_eq!(heard(&mut to_ann).await, "by socket");
}

/// Passes all connections on, but for those that begin with the handshake of a WebSocket while that is blocked.
async fn gateway(to: SocketAddr, blocked: Arc<AtomicBool>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(pass(socket, to, Arc::clone(&blocked)));
        }
    });
    address
}

async fn pass(mut socket: TcpStream, to: SocketAddr, blocked: Arc<AtomicBool>) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if socket.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let is_websocket = String::from_utf8_lossy(&head)
        .to_lowercase()
        .contains("upgrade: websocket");
    if is_websocket && blocked.load(Ordering::SeqCst) {
        return Ok(());
    }
    let mut onward = TcpStream::connect(to).await?;
    onward.write_all(&head).await?;
    copy_bidirectional(&mut socket, &mut onward).await?;
    Ok(())
}
