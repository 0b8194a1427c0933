//! Triggers events by the protocol's HTTP API, over one connection that is kept open. Knows the clock and the request; not who
//! hears it.

use std::{
    net::SocketAddr,
    time::{Duration, SystemTime},
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header::{CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use pusher_channels::ChannelName;
use pusher_hub::{App, http_api};
use serde_json::json;
use tokio::net::TcpStream;

/// What is triggered.
pub struct Event {
    /// Where.
    pub channel: ChannelName,
    /// Its name.
    pub name: &'static str,
    /// Its data.
    pub data: String,
}

/// A connection to the server's HTTP side.
pub struct Triggers {
    app: App,
    address: SocketAddr,
    connection: SendRequest<Full<Bytes>>,
}

impl Triggers {
    /// Connects.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn open(address: SocketAddr, app: App) -> Result<Self, String> {
        let stream = TcpStream::connect(address).await.map_err(|e| e.to_string())?;
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        let (connection, driver) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(|e| e.to_string())?;
        tokio::spawn(driver);
        Ok(Self {
            app,
            address,
            connection,
        })
    }

    /// Triggers an event and waits for the server's word.
    ///
    /// # Errors
    /// When it is not a yes.
    pub async fn trigger(&mut self, event: &Event) -> Result<(), String> {
        let body = json!({ "channels": [event.channel.as_str()], "name": event.name, "data": event.data }).to_string();
        let request = Request::post(self.signed_path(&body)?)
            .header(HOST, self.address.to_string())
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))
            .map_err(|e| e.to_string())?;
        // After an answer the connection needs a moment.
        self.connection.ready().await.map_err(|e| e.to_string())?;
        let answer = self.connection.send_request(request).await.map_err(|e| e.to_string())?;
        let status = answer.status();
        let words = answer
            .into_body()
            .collect()
            .await
            .map_err(|e| e.to_string())?
            .to_bytes();
        match status.is_success() {
            true => Ok(()),
            false => Err(format!(
                "the trigger was answered {status}: {}",
                String::from_utf8_lossy(&words)
            )),
        }
    }

    fn signed_path(&self, body: &str) -> Result<String, String> {
        let path = format!("/apps/{}/events", self.app.id().as_str());
        let request = http_api::Request {
            method: "POST",
            path: &path,
            query: "",
            body: body.as_bytes(),
        };
        let query = http_api::sign(&self.app, &request, now()).map_err(|refusal| refusal.to_string())?;
        Ok(format!("{path}?{query}"))
    }
}

#[expect(clippy::disallowed_methods, reason = "a signature names the time of day")]
fn now() -> Duration {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}
