//! What can happen to a client. Knows no rule.

use std::fmt;

use super::{AuthorizationFailure, ChannelAuthorization, UserAuthentication};
use crate::protocol::{ChannelName, CloseCode};

/// Numbers the sockets of one client, so that what an old socket still says is told from the new one's words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Attempt(pub(super) u64);

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Nothing but time.
    TimePassed,
    /// The application wants to be connected.
    ConnectRequested,
    /// The application wants to be connected no longer. Its channels are remembered.
    DisconnectRequested,
    /// The application wants its user signed in, now and after each reconnect. Asking twice is asking once.
    SignInRequested,
    /// The application wants to hear a channel.
    ChannelWanted(ChannelName),
    /// The application wants to hear a channel no longer.
    ChannelDropped(ChannelName),
    /// A text frame arrived.
    Received {
        /// On which socket.
        attempt: Attempt,
        /// The frame.
        text: String,
    },
    /// A socket closed or could not be opened.
    Closed {
        /// Which socket.
        attempt: Attempt,
        /// The close code; [`CloseCode::ABNORMAL`] when there was none.
        code: CloseCode,
        /// The server's reason; may be empty.
        reason: String,
    },
    /// A socket can never be opened here: no WebSocket at all, or an address that is none.
    SocketUnsupported {
        /// Which socket.
        attempt: Attempt,
        /// The reason, for people.
        reason: String,
    },
    /// A channel's authorisation came.
    Authorized {
        /// The channel.
        channel: ChannelName,
        /// The attempt for which it was asked.
        attempt: Attempt,
        /// The authorisation.
        authorization: ChannelAuthorization,
    },
    /// A channel's authorisation was refused or could not be fetched.
    AuthorizationFailed {
        /// The channel.
        channel: ChannelName,
        /// The attempt for which it was asked.
        attempt: Attempt,
        /// Why.
        failure: AuthorizationFailure,
    },
    /// The application could not read an event's data.
    DataUnreadable {
        /// The event's channel, if it has one.
        channel: Option<ChannelName>,
        /// The event's name.
        event: String,
        /// The reason, for people.
        reason: String,
    },
    /// The user's authentication came.
    UserAuthenticated {
        /// The attempt for which it was asked.
        attempt: Attempt,
        /// The authentication.
        authentication: UserAuthentication,
    },
    /// The user's authentication was refused or could not be fetched.
    UserAuthenticationFailed {
        /// The attempt for which it was asked.
        attempt: Attempt,
        /// Why.
        failure: AuthorizationFailure,
    },
    /// The device found a network.
    WentOnline,
    /// The device lost its network.
    WentOffline,
    /// The program ran again after it may have slept: a page became visible, a laptop was opened.
    Woke,
}
