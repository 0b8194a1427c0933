//! Connections with TLS, to servers whose certificates are made for the test.

use std::sync::Arc;

use futures_util::SinkExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
    server::TlsStream,
};
use tokio_tungstenite::{WebSocketStream, accept_async, tungstenite::Message};

use super::{Channels, Notice, Options, Peer, State, changed, listen, until};
use crate::{Address, Config, native::Trust};

/// A server with TLS on this machine.
struct Place {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    certificate: Vec<u8>,
}

impl Place {
    async fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        Self {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            acceptor: TlsAcceptor::from(Arc::new(config)),
            certificate: made.cert.der().to_vec(),
        }
    }

    fn port(&self) -> u16 {
        self.listener.local_addr().unwrap().port()
    }

    fn options(&self, trust: Trust) -> Options {
        let address = Address::new(format!("127.0.0.1:{}", self.port()), "key").with_tls();
        Options::new(Config::at(address)).trusting(trust)
    }

    fn trust(&self) -> Trust {
        Trust::Only(vec![self.certificate.clone()])
    }

    async fn greet(&self) -> WebSocketStream<TlsStream<TcpStream>> {
        let (stream, _) = self.listener.accept().await.unwrap();
        let mut peer = accept_async(self.acceptor.accept(stream).await.unwrap()).await.unwrap();
        let established =
            r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"1.2\",\"activity_timeout\":120}"}"#;
        peer.send(Message::text(established)).await.unwrap();
        peer
    }
}

#[tokio::test]
async fn a_server_that_is_trusted() {
    let place = Place::new().await;
    let (channels, mut notices) = Channels::connect(place.options(place.trust()));
    let _peer = place.greet().await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
    assert_eq!(channels.socket_id().as_deref(), Some("1.2"));
}

#[tokio::test]
async fn a_server_that_is_not_trusted() {
    let (place, other) = (Place::new().await, Place::new().await);
    for trust in [Trust::WebRoots, other.trust()] {
        let (_channels, mut notices) = Channels::connect(place.options(trust));
        let (stream, _) = place.listener.accept().await.unwrap();
        assert!(place.acceptor.accept(stream).await.is_err());
        until(&mut notices, &changed(State::Initialized, State::Connecting)).await;
        assert!(matches!(notices.recv().await, Some(Notice::ConnectingIn(_))));
    }
}

#[tokio::test]
async fn what_is_no_certificate_is_told() {
    let place = Place::new().await;
    let (_channels, mut notices) = Channels::connect(place.options(Trust::Only(vec![vec![7]])));
    let told = until(&mut notices, &changed(State::Connecting, State::Failed)).await;
    assert!(
        matches!(told.last(), Some(Notice::Error { code: None, message }) if message.starts_with("a certificate to trust is none")),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_server_that_wants_tls_gets_it() {
    let place = Place::new().await;
    let (listener, mut config) = listen().await;
    let plain = listener.local_addr().unwrap().port();
    config.address = Address::new("127.0.0.1", "key").with_ports(plain, place.port());
    let (_channels, mut notices) = Channels::connect(Options::new(config).trusting(place.trust()));
    let mut peer = Peer::accept(&listener).await;
    peer.close(4000, "TLS only").await;
    let _peer = place.greet().await;
    until(&mut notices, &changed(State::Connecting, State::Connected)).await;
}
