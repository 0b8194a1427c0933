//! The hub on real sockets. Waits for messages, never for time; [`within`] is a guard against waiting for ever.

mod carriers;
mod http;
mod native;
mod native_carriers;
mod native_people;
mod people;
mod raw;
mod serving;

mod upkeep;
#[cfg(feature = "webhooks")]
mod webhooks;

use std::{
    future::{self, Future},
    io,
    net::SocketAddr,
    time::Duration,
};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async, connect_async_with_config,
    tungstenite::{self, Message, client::IntoClientRequest, http::HeaderValue},
};

use super::*;
use crate::{AppFigures, SubscriptionCounts, Trigger};
use pusher_channels::protocol::{ChannelName, ClientFrame, EventName, SocketId};

/// Small frames in a row are not to wait for each other.
const DISABLE_NAGLE: bool = true;
const LIMIT: Duration = Duration::from_secs(20);

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, work).await.expect("it took too long")
}

fn app() -> App {
    App::new("main", "key", "secret")
}

/// Counts would only stand between the frames that these tests are about.
fn config() -> ServerConfig {
    ServerConfig::new(HubConfig {
        subscription_counts: SubscriptionCounts::Silent,
        // As fast as a test can send.
        max_frames_per_second: u32::MAX,
        ..HubConfig::new(vec![app()])
    })
}

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

fn news(on: &str, data: &str) -> Trigger {
    Trigger::new(channel(on), EventName::new("news").unwrap(), data).unwrap()
}

/// A hub that listens on a free port.
struct Place {
    server: HubServer,
    hub: HubHandle,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Place {
    async fn new(config: ServerConfig) -> Self {
        Self::at("127.0.0.1:0".parse().unwrap(), config).await
    }

    async fn at(address: SocketAddr, config: ServerConfig) -> Self {
        let server = HubServer::start(config);
        let hub = server.handle(&app());
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = server.router::<()>().merge(server.api());
        let serving = tokio::spawn(serve(listener, routes, future::pending()));
        Self {
            server,
            hub,
            address,
            serving,
        }
    }

    /// Ends as a program does that was asked to; nothing listens at the address then.
    async fn stop(self) {
        self.serving.abort();
        let _ = self.serving.await;
        within(self.server.shutdown()).await;
    }

    fn url(&self) -> String {
        format!("ws://{}/app/key?protocol=7&client=test&version=1", self.address)
    }

    /// A connection after its handshake.
    async fn connect(&self) -> Raw {
        let mut raw = Raw::open(&self.url()).await;
        let established = raw.text().await;
        let id = established
            .strip_prefix(r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\""#)
            .and_then(|rest| rest.strip_suffix(r#"\",\"activity_timeout\":120}"}"#))
            .unwrap_or_else(|| panic!("not a handshake: {established}"));
        raw.socket_id = Some(SocketId::parse(id).unwrap());
        raw
    }

    async fn subscriber(&self, to: &str) -> Raw {
        let mut raw = self.connect().await;
        raw.subscribe(to).await;
        raw
    }
}

/// A WebSocket without any knowledge of the protocol.
struct Raw {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    socket_id: Option<SocketId>,
}

impl Raw {
    async fn open(url: &str) -> Self {
        let (socket, _) = within(connect_async_with_config(url, None, DISABLE_NAGLE))
            .await
            .unwrap();
        Self {
            socket,
            socket_id: None,
        }
    }

    fn socket_id(&self) -> SocketId {
        self.socket_id.clone().unwrap()
    }

    async fn send(&mut self, message: Message) {
        within(self.socket.send(message)).await.unwrap();
    }

    async fn say(&mut self, text: &str) {
        self.send(Message::text(text)).await;
    }

    async fn subscribe(&mut self, to: &str) {
        self.say(&format!(
            r#"{{"event":"pusher:subscribe","data":{{"channel":"{to}"}}}}"#
        ))
        .await;
        let answer = format!(r#"{{"event":"pusher_internal:subscription_succeeded","channel":"{to}","data":"{{}}"}}"#);
        assert_eq!(self.text().await, answer);
    }

    async fn message(&mut self) -> Option<Message> {
        within(self.socket.next()).await.map(Result::unwrap)
    }

    async fn text(&mut self) -> String {
        match self.message().await {
            Some(Message::Text(text)) => text.to_string(),
            other => panic!("expected text, got {other:?}"),
        }
    }

    /// The code and reason of the close frame that comes next, after which the connection ends.
    async fn closed(&mut self) -> (u16, String) {
        let Some(Message::Close(Some(frame))) = self.message().await else {
            panic!("expected a close frame");
        };
        (frame.code.into(), frame.reason.to_string())
    }
}
