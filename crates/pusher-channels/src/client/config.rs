//! Where a client connects and how patient it is. Knows the form of the connect URL.

use std::{fmt::Write, time::Duration};

use crate::protocol::PROTOCOL_VERSION;

/// How the socket is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Plain, `ws://`.
    Ws,
    /// With TLS, `wss://`.
    Wss,
}

/// Where a client connects and how patient it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Plain or TLS. A server that answers 4000 turns TLS on.
    pub scheme: Scheme,
    /// Host, with `:port` unless it is the scheme's own.
    pub host: String,
    /// What stands before `/app/KEY`: empty, or a path that starts with a slash and does not end with one.
    pub path: String,
    /// The app's key.
    pub key: String,
    /// One try, from opening the socket to the handshake, is given up after this time.
    pub connect_timeout: Duration,
    /// After this much silence the client pings. The server may ask for less, never for more.
    pub activity_timeout: Duration,
    /// A ping that is not answered within this time means the connection is dead.
    pub pong_timeout: Duration,
    /// The same when there is reason for doubt: after sleep, or when the network went away.
    pub wake_pong_timeout: Duration,
    /// Without a connection for this long the state is `unavailable`.
    pub unavailable_timeout: Duration,
}

impl Config {
    /// Plain WebSocket to a host (with `:port`), with the times of pusher-js where it has them.
    pub fn new(host: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            scheme: Scheme::Ws,
            host: host.into(),
            path: String::new(),
            key: key.into(),
            // pusher-js waits 15 s, then 30 s; most that is slower than this never comes.
            connect_timeout: Duration::from_secs(10),
            activity_timeout: Duration::from_secs(120),
            pong_timeout: Duration::from_secs(30),
            wake_pong_timeout: Duration::from_secs(3),
            unavailable_timeout: Duration::from_secs(10),
        }
    }

    /// The address to connect to.
    pub fn url(&self) -> String {
        let scheme = match self.scheme {
            Scheme::Ws => "ws",
            Scheme::Wss => "wss",
        };
        let (host, path, key) = (&self.host, &self.path, url_encoded(&self.key));
        let version = env!("CARGO_PKG_VERSION");
        format!(
            "{scheme}://{host}{path}/app/{key}?protocol={PROTOCOL_VERSION}&client=pusher-channels-rs&version={version}"
        )
    }
}

/// The text with everything escaped that has a meaning in a URL or in a form.
pub(crate) fn url_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
