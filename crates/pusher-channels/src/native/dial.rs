//! Opens WebSockets, plain or with TLS. Knows addresses and certificates, no frame.

use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Error, protocol::WebSocketConfig},
};

#[cfg(feature = "rustls")]
use super::Trust;

/// Tungstenite's own 128 KiB for each direction would be nearly all of a connection's memory.
const BUFFER_BYTES: usize = 4096;
/// No server sends more in one frame: 10 KB of data, escaped, and names.
const MAX_FRAME_BYTES: usize = 1024 * 1024;
/// Each frame is written before the next, so that only answers to the pings of a server that does not read gather; without a
/// limit they would for ever. Above [`BUFFER_BYTES`], and more than any frame of a client's.
const MAX_UNWRITTEN_BYTES: usize = 1024 * 1024;
/// Frames are small and each is awaited, so they are not held back to be sent together.
const DISABLE_NAGLE: bool = true;

pub(super) type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why there is no socket.
pub(super) enum Undialed {
    /// There can never be one; the reason is for people.
    Never(String),
    /// This time.
    ThisTime(Error),
}

/// Opens sockets that all trust the same certificates.
#[derive(Clone)]
pub(super) struct Dialer {
    /// Or why there is none.
    #[cfg(feature = "rustls")]
    connector: Result<tokio_tungstenite::Connector, String>,
}

#[cfg(feature = "rustls")]
impl Dialer {
    pub fn new(trust: Trust) -> Self {
        Self {
            connector: trust.connector(),
        }
    }

    pub async fn dial(&self, url: &str) -> Result<Stream, Undialed> {
        // A plain connection needs no certificate, so it does not matter there that none can be read.
        let connector = match &self.connector {
            Ok(connector) => Some(connector.clone()),
            Err(reason) if url.starts_with("wss:") => return Err(Undialed::Never(reason.clone())),
            Err(_) => None,
        };
        let dialed = tokio_tungstenite::connect_async_tls_with_config(url, Some(config()), DISABLE_NAGLE, connector);
        dialed.await.map(|(stream, _)| stream).map_err(Undialed::from)
    }
}

#[cfg(not(feature = "rustls"))]
impl Dialer {
    pub fn new() -> Self {
        Self {}
    }

    pub async fn dial(&self, url: &str) -> Result<Stream, Undialed> {
        if url.starts_with("wss:") {
            let reason = "a connection with TLS needs the feature `rustls` of pusher-channels";
            return Err(Undialed::Never(reason.to_owned()));
        }
        let dialed = tokio_tungstenite::connect_async_with_config(url, Some(config()), DISABLE_NAGLE);
        dialed.await.map(|(stream, _)| stream).map_err(Undialed::from)
    }
}

impl From<Error> for Undialed {
    fn from(error: Error) -> Self {
        match error {
            Error::Url(_) | Error::HttpFormat(_) => Self::Never(error.to_string()),
            error => Self::ThisTime(error),
        }
    }
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(MAX_UNWRITTEN_BYTES)
        .max_message_size(Some(MAX_FRAME_BYTES))
        .max_frame_size(Some(MAX_FRAME_BYTES))
}
