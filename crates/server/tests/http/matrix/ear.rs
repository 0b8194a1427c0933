//! A socket at the hub that says and hears frames as they are.

use crate::site::KEY;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A guard against waiting for ever; nothing is waited for otherwise.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Ear {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub socket_id: String,
    heard: Vec<String>,
}

impl Ear {
    /// A connection after its handshake.
    pub async fn open(address: &str) -> Ear {
        let url = format!("ws://{address}/app/{KEY}?protocol=7&client=test&version=1");
        let (socket, _) = connect_async(url).await.expect("a connection");
        let mut ear = Ear {
            socket,
            socket_id: String::new(),
            heard: Vec::new(),
        };
        let established = ear.frame().await;
        let data: Value = serde_json::from_str(established["data"].as_str().expect("data")).expect("JSON");
        ear.socket_id = data["socket_id"].as_str().expect("a socket id").to_owned();
        ear
    }

    async fn say(&mut self, frame: &Value) {
        self.socket
            .send(Message::text(frame.to_string()))
            .await
            .expect("an open connection");
    }

    pub async fn subscribe(&mut self, channel: &str, auth: &str) {
        self.say(&json!({"event": "pusher:subscribe", "data": {"channel": channel, "auth": auth}}))
            .await;
    }

    async fn frame(&mut self) -> Value {
        let message = tokio::time::timeout(PATIENCE, self.socket.next()).await;
        let message = message
            .expect("a frame in time")
            .expect("an open connection")
            .expect("a frame");
        let Message::Text(text) = message else {
            panic!("expected text, got {message:?}")
        };
        self.heard.push(text.to_string());
        serde_json::from_str(&text).expect("JSON")
    }

    async fn event(&mut self) -> String {
        self.frame().await["event"].as_str().expect("an event").to_owned()
    }

    /// The names of all events up to the answer to a ping that is sent now: all that the hub had sent before.
    pub async fn until_pong(&mut self) -> BTreeSet<String> {
        self.say(&json!({"event": "pusher:ping", "data": {}})).await;
        let mut events = BTreeSet::new();
        loop {
            match self.event().await.as_str() {
                "pusher:pong" => return events,
                event => events.insert(event.to_owned()),
            };
        }
    }

    /// The names of all events until those have come.
    pub async fn until(&mut self, wanted: &BTreeSet<String>) -> BTreeSet<String> {
        let mut events = BTreeSet::new();
        while !events.is_superset(wanted) {
            events.insert(self.event().await);
        }
        events
    }

    /// Waits until the hub has taken a subscription away, or refused it.
    pub async fn loses(&mut self, channel: &str) {
        loop {
            let frame = self.frame().await;
            let refused = frame["event"] == "pusher:error" || frame["event"] == "pusher:subscription_error";
            if refused && frame.to_string().contains(channel) {
                return;
            }
        }
    }

    /// All frames so far.
    pub fn everything(&self) -> String {
        self.heard.join("\n")
    }
}
