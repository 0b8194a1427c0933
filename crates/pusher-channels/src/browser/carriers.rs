//! What carries a connection on a page. Knows which carrier is which type here.

#[cfg(feature = "http-carriers")]
use super::requests::Requests;
use super::socket::Socket;
use crate::client::{Attempt, Carrier, Input};

/// An open connection, or one that is being opened. Closed when dropped.
pub(super) enum Link {
    Socket(Socket),
    #[cfg(feature = "http-carriers")]
    Requests(Requests),
}

impl Link {
    /// Opens a connection that reports all that it says.
    pub fn open(
        carrier: Carrier,
        url: &str,
        attempt: Attempt,
        report: impl Fn(Input) + Clone + 'static,
    ) -> Result<Self, String> {
        match carrier {
            Carrier::WebSocket => Socket::open(url, attempt, report).map(Self::Socket),
            #[cfg(feature = "http-carriers")]
            Carrier::ServerSentEvents | Carrier::LongPolling | Carrier::Polling => {
                Ok(Self::Requests(Requests::open(carrier, url, attempt, report)))
            }
            // The client passes it over.
            #[cfg(not(feature = "http-carriers"))]
            Carrier::ServerSentEvents | Carrier::LongPolling | Carrier::Polling => Err(format!(
                "{carrier} needs the feature `http-carriers` of pusher-channels"
            )),
        }
    }

    /// Sends a text frame. On a connection that is closing nothing happens, and its close is reported.
    pub fn send(&self, text: &str) {
        match self {
            Self::Socket(socket) => socket.send(text),
            #[cfg(feature = "http-carriers")]
            Self::Requests(requests) => requests.send(text),
        }
    }
}
