//! What a client has done for it, and what it tells the application. Knows no rule.

use std::time::Duration;

use super::{Attempt, AuthorizationFailure, State};
use crate::protocol::{ChannelName, CloseCode, FrameError, SocketId};

/// What to do, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Open a WebSocket. No other one is open.
    Open {
        /// Where.
        url: String,
        /// Comes back with all that this socket says.
        attempt: Attempt,
    },
    /// Close the open socket and forget it.
    Close,
    /// Send a text frame on the open socket.
    Send(String),
    /// Ask for the authorisation of channels: all that are wanted at this moment, in one request where the endpoint can
    /// answer for several. Each channel has an answer of its own.
    Authorize {
        /// The channels: at least one, at most 50.
        channels: Vec<ChannelName>,
        /// The connection that is to hear them.
        socket_id: SocketId,
        /// Comes back with the answers.
        attempt: Attempt,
    },
    /// Tell the application.
    Tell(Notice),
}

/// What the application is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The connection's state changed.
    StateChanged {
        /// Until now.
        previous: State,
        /// From now on.
        current: State,
    },
    /// The next try comes after this time.
    ConnectingIn(Duration),
    /// The channel is heard from now on. Told again after each reconnect: what was triggered in between is missed.
    Subscribed(ChannelName),
    /// The channel is not heard; it is tried again.
    SubscriptionFailed {
        /// The channel.
        channel: ChannelName,
        /// Why.
        failure: AuthorizationFailure,
        /// The next try comes after this time.
        retry_in: Duration,
    },
    /// An event.
    Event(Event),
    /// The server complained, refused the connection, or does not answer as a server of this protocol would; or an event's
    /// data could not be read.
    Error {
        /// The protocol's code, if there is one.
        code: Option<CloseCode>,
        /// The reason, for people.
        message: String,
    },
    /// A frame made no sense and was dropped.
    BadFrame(FrameError),
}

/// An event, as it was triggered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its channel; none when it concerns the connection.
    pub channel: Option<ChannelName>,
    /// Its name.
    pub name: String,
    /// Its data: the text that was triggered, JSON by custom.
    pub data: String,
    /// Who triggered it; only for client events on presence channels.
    pub user_id: Option<String>,
}
