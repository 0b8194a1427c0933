//! The connection's states, as the application sees them. Knows words only.

use std::fmt;

/// The connection's state, in the protocol's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing was asked for yet.
    Initialized,
    /// Trying for the first time, or again since not long.
    Connecting,
    /// The handshake is done.
    Connected,
    /// There has been no connection for a while; it is still tried. Ends only with `connected`, so it does not flicker.
    Unavailable,
    /// No use in trying: the server refused, or sockets cannot be opened here. (pusher-js says `disconnected` after a
    /// refusal, which cannot be told from the application's own wish.)
    Failed,
    /// The application wished so.
    Disconnected,
}

impl State {
    /// The protocol's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initialized => "initialized",
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Unavailable => "unavailable",
            Self::Failed => "failed",
            Self::Disconnected => "disconnected",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
