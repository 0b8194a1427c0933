//! One raw connection: sends frames, waits for frames, says what came instead.

use crate::PATIENCE;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A connection.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The socket id, after the handshake.
    pub id: String,
}

/// A frame of the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame(pub Value);

/// What a connection can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Frame(Frame),
    /// The WebSocket layer's answer to its own ping.
    Pong,
    /// The close code; 1005 or 1006 where there was none.
    Closed(u16),
}

impl Socket {
    pub async fn open(url: &str) -> Result<Self, String> {
        let opened = timeout(PATIENCE, connect_async(url)).await;
        let (stream, _) = opened
            .map_err(|_| "no WebSocket in time".to_owned())?
            .map_err(|error| format!("no WebSocket: {error}"))?;
        Ok(Self {
            stream,
            id: String::new(),
        })
    }

    /// Waits for the handshake and keeps its socket id.
    pub async fn shake_hands(&mut self) -> Result<Value, String> {
        let data = self.expect("pusher:connection_established").await?.json_in_text()?;
        let id = data["socket_id"].as_str().ok_or("socket_id: not a string")?;
        self.id = id.to_owned();
        Ok(data)
    }

    pub async fn send(&mut self, frame: &Value) -> Result<(), String> {
        self.send_text(&frame.to_string()).await
    }

    pub async fn send_text(&mut self, text: &str) -> Result<(), String> {
        self.send_message(Message::text(text)).await
    }

    pub async fn send_message(&mut self, message: Message) -> Result<(), String> {
        let sent = self.stream.send(message).await;
        sent.map_err(|error| format!("nothing can be sent: {error}"))
    }

    pub async fn subscribe(&mut self, channel: &str, auth: &str, channel_data: Option<&str>) -> Result<(), String> {
        let mut data = json!({ "channel": channel, "auth": auth });
        if let Some(channel_data) = channel_data {
            data["channel_data"] = channel_data.into();
        }
        self.send(&json!({ "event": "pusher:subscribe", "data": data })).await
    }

    pub async fn unsubscribe(&mut self, channel: &str) -> Result<(), String> {
        let frame = json!({ "event": "pusher:unsubscribe", "data": { "channel": channel } });
        self.send(&frame).await
    }

    pub async fn sign_in(&mut self, auth: &str, user: &str) -> Result<(), String> {
        let data = json!({ "auth": auth, "user_data": user });
        self.send(&json!({ "event": "pusher:signin", "data": data })).await
    }

    /// Waits for a frame of this event; counts of subscriptions and pings that come before it are passed over.
    pub async fn expect(&mut self, event: &str) -> Result<Frame, String> {
        loop {
            match self.next().await? {
                Heard::Frame(frame) if frame.event() == event => return Ok(frame),
                Heard::Frame(frame) if is_by_the_way(frame.event()) => {}
                other => return Err(format!("expected {event}, got {other}")),
            }
        }
    }

    /// Waits for the end of the connection, whatever comes before it.
    pub async fn expect_close(&mut self, code: u16) -> Result<(), String> {
        loop {
            match self.next().await? {
                Heard::Closed(closed) if closed == code => return Ok(()),
                Heard::Closed(closed) => return Err(format!("expected a close with {code}, got {closed}")),
                Heard::Frame(_) | Heard::Pong => {}
            }
        }
    }

    /// Waits for a refusal, which is told either with the channel or without; the connection lives on.
    pub async fn expect_refusal(&mut self) -> Result<(), String> {
        match self.next().await? {
            Heard::Frame(frame) if ["pusher:subscription_error", "pusher:error"].contains(&frame.event()) => Ok(()),
            other => Err(format!("expected a refusal, got {other}")),
        }
    }

    /// Everything that the server had to say until it answers a ping. Counts of subscriptions are left out.
    pub async fn rest(&mut self) -> Result<Vec<Frame>, String> {
        self.send(&json!({ "event": "pusher:ping", "data": {} })).await?;
        let mut frames = Vec::new();
        loop {
            match self.next().await? {
                Heard::Frame(frame) if frame.event() == "pusher:pong" => return Ok(frames),
                Heard::Frame(frame) if is_by_the_way(frame.event()) => {}
                Heard::Frame(frame) => frames.push(frame),
                Heard::Pong => {}
                Heard::Closed(code) => return Err(format!("the connection was closed with {code}")),
            }
        }
    }

    /// Nothing is said but the answer to a ping.
    pub async fn expect_silence(&mut self) -> Result<(), String> {
        match self.rest().await?.first() {
            None => Ok(()),
            Some(frame) => Err(format!("expected nothing, got {}", frame.0)),
        }
    }

    /// The next thing said.
    pub async fn next(&mut self) -> Result<Heard, String> {
        loop {
            let message = timeout(PATIENCE, self.stream.next()).await;
            let message = message.map_err(|_| format!("nothing came within {} s", PATIENCE.as_secs()))?;
            return Ok(match message {
                Some(Ok(Message::Text(text))) => Heard::Frame(Frame(
                    serde_json::from_str(text.as_str()).map_err(|_| format!("a frame is not JSON: {text}"))?,
                )),
                Some(Ok(Message::Pong(_))) => Heard::Pong,
                Some(Ok(Message::Close(close))) => Heard::Closed(close.map_or(1005, |close| close.code.into())),
                Some(Ok(Message::Ping(_) | Message::Frame(_))) => continue,
                Some(Ok(Message::Binary(_))) => return Err("a binary frame came".to_owned()),
                Some(Err(Error::Capacity(error))) => return Err(error.to_string()),
                Some(Err(_)) | None => Heard::Closed(1006),
            });
        }
    }
}

impl Frame {
    pub fn event(&self) -> &str {
        self.0["event"].as_str().unwrap_or_default()
    }

    pub fn channel(&self) -> &str {
        self.0["channel"].as_str().unwrap_or_default()
    }

    /// The data, which must be a string.
    pub fn text(&self) -> Result<&str, String> {
        let data = &self.0["data"];
        data.as_str()
            .ok_or_else(|| format!("data of {} must be a string, not {data}", self.event()))
    }

    /// The JSON in the data, which must be a string.
    pub fn json_in_text(&self) -> Result<Value, String> {
        let text = self.text()?;
        serde_json::from_str(text).map_err(|_| format!("data of {} is not JSON: {text}", self.event()))
    }
}

impl std::fmt::Display for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Frame(frame) => frame.0.fmt(f),
            Self::Pong => f.write_str("a pong of the WebSocket layer"),
            Self::Closed(code) => write!(f, "a close with {code}"),
        }
    }
}

fn is_by_the_way(event: &str) -> bool {
    matches!(event, "pusher_internal:subscription_count" | "pusher:ping")
}
