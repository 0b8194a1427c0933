//! What can carry the protocol's frames. Knows the carriers by name, not when one is taken.

use std::fmt;

/// What carries the protocol's frames between a client and its server. Whichever it is, events arrive the same way.
///
/// Every server of the protocol takes [`Carrier::WebSocket`]. The others are `pusher-hub`'s: HTTP requests of its own, which
/// other servers answer with 404. (pusher-js has `xhr_streaming`, `xhr_polling` and SockJS in their place.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// One WebSocket.
    WebSocket,
    /// Frames come as one answer that never ends (`text/event-stream`) and go out as POSTs.
    ServerSentEvents,
    /// Frames come as answers that wait until there is something to say, and go out as POSTs.
    LongPolling,
    /// Frames come as answers that never wait, asked for every few seconds (`If-None-Match`), and go out as POSTs.
    Polling,
}

impl Carrier {
    /// All, the best first: the order in which they are tried.
    pub const ALL: [Self; 4] = [
        Self::WebSocket,
        Self::ServerSentEvents,
        Self::LongPolling,
        Self::Polling,
    ];

    /// A short name, for logs and attributes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::ServerSentEvents => "server-sent-events",
            Self::LongPolling => "long-polling",
            Self::Polling => "polling",
        }
    }
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
