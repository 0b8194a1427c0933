//! The server under check: where it is, whose secrets are used, names that no other check uses.

use crate::api::{Api, Reply};
use crate::sign::hmac;
use crate::socket::Socket;
use serde_json::Value;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// What a check says: nothing where the rule holds, else what was seen instead.
pub type Verdict = Result<(), String>;

/// An app's credentials.
#[derive(Clone, Debug)]
pub struct App {
    /// In the HTTP API's paths.
    pub id: String,
    /// In the connect URL.
    pub key: String,
    /// What signs.
    pub secret: String,
}

/// A server to check.
#[derive(Debug)]
pub struct Target {
    authority: String,
    path: String,
    app: App,
    run: u64,
}

/// The server as one check sees it. Cloning is cheap.
#[derive(Clone)]
pub struct Server {
    target: Arc<Target>,
    number: u32,
}

impl App {
    /// Reads `ID:KEY:SECRET`.
    ///
    /// # Errors
    /// When it is not of that form; the reason is a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next()) {
            (Some(id), Some(key), Some(secret)) => Ok(Self {
                id: id.to_owned(),
                key: key.to_owned(),
                secret: secret.to_owned(),
            }),
            _ => Err(format!("app: expected ID:KEY:SECRET, not {text:?}")),
        }
    }
}

impl Target {
    /// A server at `http://HOST:PORT`, perhaps with a path.
    ///
    /// # Errors
    /// When the address is of another form; TLS is left to a proxy. The reason is a sentence.
    pub fn new(url: &str, app: App) -> Result<Self, String> {
        let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("ws://"));
        let rest =
            rest.ok_or_else(|| format!("url: expected http://HOST:PORT, not {url:?} (for TLS, go through a proxy)"))?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let port = if authority.contains(':') { "" } else { ":80" };
        let path = path.trim_end_matches('/');
        Ok(Self {
            authority: format!("{authority}{port}"),
            path: if path.is_empty() {
                String::new()
            } else {
                format!("/{path}")
            },
            app,
            // So that two runs against one server do not meet.
            run: RandomState::new().hash_one(url) >> 32,
        })
    }

    pub(crate) fn server(&self, number: u32) -> Server {
        let target = Self {
            authority: self.authority.clone(),
            path: self.path.clone(),
            app: self.app.clone(),
            run: self.run,
        };
        Server {
            target: Arc::new(target),
            number,
        }
    }
}

impl Server {
    /// A name that no other check of any run uses.
    pub fn name(&self, prefix: &str) -> String {
        format!("{prefix}{:x}-{}", self.target.run, self.number)
    }

    /// Whose channels are used.
    pub fn app(&self) -> &App {
        &self.target.app
    }

    /// The HTTP API.
    pub fn api(&self) -> Api<'_> {
        Api {
            authority: &self.target.authority,
            path: &self.target.path,
            app: &self.target.app,
        }
    }

    /// A connection after its handshake.
    pub async fn connect(&self) -> Result<Socket, String> {
        let mut socket = self
            .open(&self.app().key, "protocol=7&client=conformance&version=1")
            .await?;
        socket.shake_hands().await?;
        Ok(socket)
    }

    /// A connection of this key and query, before any frame.
    pub async fn open(&self, key: &str, query: &str) -> Result<Socket, String> {
        let Target { authority, path, .. } = &*self.target;
        Socket::open(&format!("ws://{authority}{path}/app/{key}?{query}")).await
    }

    /// A connection that subscribes to one channel, signed where it must be.
    pub async fn subscribed(&self, channel: &str) -> Result<Socket, String> {
        let mut socket = self.connect().await?;
        self.subscribe(&mut socket, channel).await?;
        Ok(socket)
    }

    /// Subscribes, signed where it must be, and waits for the success.
    pub async fn subscribe(&self, socket: &mut Socket, channel: &str) -> Result<(), String> {
        let auth = self.channel_auth(&socket.id, channel, None);
        let auth = if channel.starts_with("private-") {
            auth
        } else {
            String::new()
        };
        socket.subscribe(channel, &auth, None).await?;
        socket.expect("pusher_internal:subscription_succeeded").await?;
        Ok(())
    }

    /// Subscribes to a presence channel as this member and waits for the roster, which it returns.
    pub async fn join(&self, socket: &mut Socket, channel: &str, member: &Value) -> Result<Value, String> {
        self.ask_to_join(socket, channel, member).await?;
        let frame = socket.expect("pusher_internal:subscription_succeeded").await?;
        let mut data = frame.json_in_text()?;
        Ok(data["presence"].take())
    }

    /// Asks to subscribe to a presence channel as this member.
    pub async fn ask_to_join(&self, socket: &mut Socket, channel: &str, member: &Value) -> Result<(), String> {
        let member = member.to_string();
        let auth = self.channel_auth(&socket.id, channel, Some(&member));
        socket.subscribe(channel, &auth, Some(&member)).await
    }

    /// A connection that is signed in as this user.
    pub async fn signed_in(&self, user: &Value) -> Result<Socket, String> {
        let mut socket = self.connect().await?;
        let user = user.to_string();
        let auth = self.auth(&format!("{}::user::{user}", socket.id));
        socket.sign_in(&auth, &user).await?;
        socket.expect("pusher:signin_success").await?;
        Ok(socket)
    }

    /// What opens a channel to a socket, `channel_data` signed with it where there is any.
    pub fn channel_auth(&self, socket_id: &str, channel: &str, channel_data: Option<&str>) -> String {
        let signed = match channel_data {
            Some(data) => format!("{socket_id}:{channel}:{data}"),
            None => format!("{socket_id}:{channel}"),
        };
        self.auth(&signed)
    }

    /// Triggers an event by the HTTP API.
    pub async fn trigger(&self, channel: &str, event: &str, data: &str) -> Result<Reply, String> {
        let body = serde_json::json!({ "name": event, "channel": channel, "data": data });
        let reply = self.api().post("/events", &body).await?;
        reply.expect_status(200)?;
        Ok(reply)
    }

    fn auth(&self, signed: &str) -> String {
        let App { key, secret, .. } = self.app();
        format!("{key}:{}", hmac(secret, signed))
    }
}
