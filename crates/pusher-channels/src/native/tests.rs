//! The driver against real sockets on this machine; the other end is played word by word.

use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::{
    WebSocketStream, accept_async,
    tungstenite::{Message, protocol::CloseFrame},
};

use super::{Channels, Notices, Options};
use crate::{
    AuthorizationFailure, AuthorizationRequest, ChannelAuthorization, ChannelName, CloseCode, Config, Event, Notice,
    State,
};

mod authorize;
mod resume;
#[cfg(feature = "rustls")]
mod tls;

/// The server's end of one connection.
struct Peer(WebSocketStream<TcpStream>);

impl Peer {
    async fn accept(listener: &TcpListener) -> Self {
        let (stream, _) = listener.accept().await.unwrap();
        Self(accept_async(stream).await.unwrap())
    }

    /// Accepts and shakes hands.
    async fn greet(listener: &TcpListener, socket_id: &str) -> Self {
        let mut peer = Self::accept(listener).await;
        let established =
            r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"ID\",\"activity_timeout\":120}"}"#;
        peer.say(&established.replace("ID", socket_id)).await;
        peer
    }

    async fn say(&mut self, frame: &str) {
        self.0.send(Message::text(frame)).await.unwrap();
    }

    async fn hear(&mut self) -> String {
        self.0.next().await.unwrap().unwrap().into_text().unwrap().to_string()
    }

    async fn close(&mut self, code: u16, reason: &'static str) {
        self.0
            .close(Some(CloseFrame {
                code: code.into(),
                reason: reason.into(),
            }))
            .await
            .unwrap();
    }
}

async fn listen() -> (TcpListener, Config) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    (listener, Config::new(host, "key"))
}

fn private_x() -> ChannelName {
    ChannelName::new("private-x").unwrap()
}

async fn sign(request: AuthorizationRequest) -> Result<ChannelAuthorization, AuthorizationFailure> {
    Ok(ChannelAuthorization::new(format!("key:{}", request.form())))
}

/// Reads on until this is told, and returns what else was told before.
async fn until(notices: &mut Notices, expected: &Notice) -> Vec<Notice> {
    let mut before = Vec::new();
    loop {
        let notice = notices.recv().await.expect("the connection ended");
        if notice == *expected {
            return before;
        }
        before.push(notice);
    }
}

fn changed(previous: State, current: State) -> Notice {
    Notice::StateChanged { previous, current }
}

/// A server that pings without ever reading: what is to be answered must not gather without end.
#[tokio::test]
async fn pongs_that_nobody_reads_do_not_gather() {
    const PINGS: usize = 200_000;
    let (listener, config) = listen().await;
    let (_channels, _notices) = Channels::connect(Options::new(config));
    let mut peer = Peer::greet(&listener, "1.1").await;
    let ping = |word: u8| {
        let mut frame = vec![0x89, 125];
        frame.extend([word; 125]);
        frame
    };
    for _ in 0..PINGS / 1000 {
        peer.0.get_mut().write_all(&ping(b'p').repeat(1000)).await.unwrap();
    }
    peer.0.get_mut().write_all(&ping(b'q')).await.unwrap();
    let last = Message::Pong(vec![b'q'; 125].into());
    let mut pongs = 1;
    while peer.0.next().await.unwrap().unwrap() != last {
        pongs += 1;
    }
    // What the system itself holds back is some megabytes.
    assert!(pongs < PINGS / 2, "{pongs} of {PINGS} pings were answered");
}

#[tokio::test]
async fn subscribes_and_hears() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config).authorized_by(sign));
    channels.subscribe(&private_x());
    let mut peer = Peer::greet(&listener, "1.2").await;
    assert_eq!(
        peer.hear().await,
        r#"{"event":"pusher:subscribe","data":{"auth":"key:socket_id=1.2&channel_name=private-x","channel":"private-x"}}"#
    );
    peer.say(r#"{"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}"#)
        .await;
    peer.say(r#"{"event":"story-moved","channel":"private-x","data":"{\"rev\":7}"}"#)
        .await;
    until(&mut notices, &Notice::Subscribed(private_x())).await;
    assert_eq!(
        (channels.state(), channels.socket_id().as_deref()),
        (State::Connected, Some("1.2"))
    );
    let event = Event {
        channel: Some(private_x()),
        name: "story-moved".into(),
        data: r#"{"rev":7}"#.into(),
        user_id: None,
    };
    assert_eq!(notices.recv().await, Some(Notice::Event(event)));
}

#[tokio::test]
async fn dropping_the_handle_closes_the_socket() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config));
    let mut peer = Peer::greet(&listener, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    let clone = channels.clone();
    drop(channels);
    clone.check();
    assert_eq!(peer.hear().await, r#"{"event":"pusher:ping","data":{}}"#);
    drop(clone);
    assert!(matches!(peer.0.next().await, Some(Ok(Message::Close(None)))));
    assert_eq!(notices.recv().await, None);
}

#[tokio::test]
async fn comes_back_and_subscribes_again() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config).authorized_by(sign));
    channels.subscribe(&private_x());
    let mut peer = Peer::greet(&listener, "1.2").await;
    peer.hear().await;
    peer.say(r#"{"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}"#)
        .await;
    until(&mut notices, &Notice::Subscribed(private_x())).await;
    // As a server that is killed: the stream ends without a word.
    drop(peer);
    until(&mut notices, &changed(State::Connected, State::Connecting)).await;
    assert_eq!(channels.socket_id(), None);
    let mut peer = Peer::greet(&listener, "3.4").await;
    assert!(peer.hear().await.contains("key:socket_id=3.4&channel_name=private-x"));
    peer.say(r#"{"event":"pusher_internal:subscription_succeeded","channel":"private-x","data":"{}"}"#)
        .await;
    until(&mut notices, &Notice::Subscribed(private_x())).await;
    assert_eq!(channels.socket_id().as_deref(), Some("3.4"));
}

#[tokio::test]
async fn a_refusal_ends_it() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config));
    let mut peer = Peer::accept(&listener).await;
    peer.close(4001, "no such app").await;
    let told = until(&mut notices, &changed(State::Connecting, State::Failed)).await;
    let error = Notice::Error {
        code: Some(CloseCode::NO_SUCH_APP),
        message: "no such app".into(),
    };
    assert_eq!(told, [changed(State::Initialized, State::Connecting), error]);
    channels.reconnect();
    Peer::greet(&listener, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
}

#[tokio::test]
async fn a_refused_connect_is_tried_again() {
    let (listener, config) = listen().await;
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (_channels, mut notices) = Channels::connect(Options::new(config));
    until(&mut notices, &changed(State::Initialized, State::Connecting)).await;
    assert!(matches!(notices.recv().await, Some(Notice::ConnectingIn(_))));
    let listener = TcpListener::bind(address).await.unwrap();
    let _peer = Peer::greet(&listener, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
}

#[tokio::test]
async fn without_an_authoriser_a_private_channel_fails() {
    let (listener, config) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config));
    channels.subscribe(&private_x());
    let _peer = Peer::greet(&listener, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    let failed = notices.recv().await;
    assert!(matches!(failed, Some(Notice::SubscriptionFailed { channel, .. }) if channel == private_x()));
}

#[cfg(not(feature = "rustls"))]
#[tokio::test]
async fn tls_names_the_feature_that_it_needs() {
    let (_listener, mut config) = listen().await;
    config.address.scheme = crate::Scheme::Wss;
    let (_channels, mut notices) = Channels::connect(Options::new(config));
    let told = until(&mut notices, &changed(State::Connecting, State::Failed)).await;
    let error = Notice::Error {
        code: None,
        message: "a connection with TLS needs the feature `rustls` of pusher-channels".into(),
    };
    assert_eq!(told.last(), Some(&error));
}

#[tokio::test]
async fn another_address_is_gone_to_at_once() {
    let (first, config) = listen().await;
    let (second, elsewhere) = listen().await;
    let (channels, mut notices) = Channels::connect(Options::new(config));
    let mut peer = Peer::greet(&first, "1.2").await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    channels.switch_address(elsewhere.address);
    assert!(matches!(peer.0.next().await, Some(Ok(Message::Close(None)))));
    let _peer = Peer::greet(&second, "3.4").await;
    until(&mut notices, &changed(State::Connected, State::Connecting)).await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    assert_eq!(channels.socket_id().as_deref(), Some("3.4"));
}
