//! Close codes and what a client does about each. Knows no socket.
//!
//! For protocol 6 and later the close code alone decides; a `pusher:error` with the same code may come before.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The code of a WebSocket close frame, or of a `pusher:error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CloseCode(pub u16);

/// What a client does after a close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseAction {
    /// Connect again at once.
    Retry,
    /// Connect again after a while.
    Backoff,
    /// Never connect again: the server would refuse once more.
    Refused,
    /// Connect again at once, with TLS from now on.
    SwitchToTls,
}

impl CloseCode {
    /// A normal close.
    pub const NORMAL: Self = Self(1000);
    /// The server (or the page) goes away.
    pub const GOING_AWAY: Self = Self(1001);
    /// A close without a code. Never sent, only observed.
    pub const NO_STATUS: Self = Self(1005);
    /// The connection was lost without a close frame. Never sent, only observed.
    pub const ABNORMAL: Self = Self(1006);
    /// The app accepts TLS only. Not for unknown errors: it turns TLS on for good.
    pub const TLS_ONLY: Self = Self(4000);
    /// No app has this key.
    pub const NO_SUCH_APP: Self = Self(4001);
    /// The app is disabled.
    pub const APP_DISABLED: Self = Self(4003);
    /// The app has too many connections.
    pub const OVER_QUOTA: Self = Self(4004);
    /// No such path.
    pub const PATH_NOT_FOUND: Self = Self(4005);
    /// The version is not of the right form.
    pub const BAD_VERSION: Self = Self(4006);
    /// The server does not speak this protocol version.
    pub const UNSUPPORTED_PROTOCOL: Self = Self(4007);
    /// The client named no protocol version.
    pub const NO_PROTOCOL: Self = Self(4008);
    /// The connection (or, as an error, a subscription) is not authorised.
    pub const UNAUTHORIZED: Self = Self(4009);
    /// The server is over capacity.
    pub const OVER_CAPACITY: Self = Self(4100);
    /// Connect again at once.
    pub const RECONNECT: Self = Self(4200);
    /// The client sent no pong.
    pub const NO_PONG: Self = Self(4201);
    /// The connection was inactive for 24 hours.
    pub const INACTIVE: Self = Self(4202);
    /// The client triggers too fast. Only as an error, without a close.
    pub const CLIENT_EVENT_RATE: Self = Self(4301);
    /// The watchlist is too long. Only as an error, without a close.
    pub const WATCHLIST_LIMIT: Self = Self(4302);

    /// What a client does after a close with this code, as pusher-js does
    /// (`Protocol.getCloseAction`; below 4000 the connection was lost or left and is made again after a while).
    pub fn action(self) -> CloseAction {
        match self.0 {
            0..=3999 | 4100..=4199 => CloseAction::Backoff,
            4000 => CloseAction::SwitchToTls,
            4001..=4099 | 4300.. => CloseAction::Refused,
            4200..=4299 => CloseAction::Retry,
        }
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
