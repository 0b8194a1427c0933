//! What a client has done for it, and what it tells the application. Knows no rule.

use std::time::Duration;

use super::{Attempt, AuthorizationFailure, Carrier, DecryptionError, FetchAttempt, State};
use crate::protocol::{ChannelName, CloseCode, FrameError, Member, SocketId, User, WatchlistEvent};

/// What to do, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Open a connection. Another one may be open, and stays so until it is to be closed.
    Open {
        /// What is to carry it.
        carrier: Carrier,
        /// Where: `ws://` or `wss://` for a WebSocket, `http://` or `https://` for the others.
        url: String,
        /// Names the connection, and comes back with all that it says.
        attempt: Attempt,
    },
    /// Close a connection and forget it.
    Close {
        /// Which.
        attempt: Attempt,
    },
    /// Send a text frame.
    Send {
        /// On which connection.
        attempt: Attempt,
        /// The frame.
        text: String,
    },
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
    /// Ask who the user of this connection is.
    AuthenticateUser {
        /// The connection that they shall be signed in on.
        socket_id: SocketId,
        /// Comes back with the answer.
        attempt: Attempt,
    },
    /// Fetch the events that a channel missed.
    FetchMissed {
        /// The channel.
        channel: ChannelName,
        /// All with a higher number than this.
        after: u64,
        /// Comes back with the answer.
        attempt: FetchAttempt,
    },
    /// Tell the application.
    Tell(Notice),
}

/// What the application is told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The connection's state changed.
    StateChanged {
        /// Until now.
        previous: State,
        /// From now on.
        current: State,
    },
    /// From now on something else carries the frames. If the state was `connected` it stays so; every channel is subscribed
    /// again, under a new socket id.
    CarrierChanged {
        /// Until now; at first the best of those in [`Config::carriers`](super::Config).
        previous: Carrier,
        /// From now on.
        current: Carrier,
    },
    /// The next try comes after this time.
    ConnectingIn(Duration),
    /// The channel is heard from now on. Told again after each reconnect: what was triggered in between is missed.
    Subscribed(ChannelName),
    /// The channel is not heard; it is tried again where that can help.
    SubscriptionFailed {
        /// The channel.
        channel: ChannelName,
        /// Why.
        failure: AuthorizationFailure,
        /// The next try comes after this time; none when no try can succeed.
        retry_in: Option<Duration>,
    },
    /// An event of an encrypted channel could not be opened and was dropped. The subscription stays.
    DecryptionFailed {
        /// The channel.
        channel: ChannelName,
        /// The event's name.
        event: String,
        /// Why.
        error: DecryptionError,
    },
    /// An event.
    Event(Event),
    /// Events of a channel whose events are numbered may be missing; they are being fetched.
    CatchingUp(ChannelName),
    /// All that was missed has been told.
    CaughtUp(ChannelName),
    /// Events are missing and cannot be fetched: the application has to load its state anew. What was held back is told next.
    NotResumable {
        /// The channel.
        channel: ChannelName,
        /// The reason, for people.
        reason: String,
    },
    /// A user's first connection subscribed to a presence channel that this client is on.
    MemberAdded {
        /// The presence channel.
        channel: ChannelName,
        /// Who.
        member: Member,
    },
    /// A user's last connection is gone from a presence channel.
    MemberRemoved {
        /// The presence channel.
        channel: ChannelName,
        /// Who, as they were known.
        member: Member,
    },
    /// How many connections hear a channel now. Only from servers that count, and never of presence channels.
    SubscriptionCount {
        /// The channel.
        channel: ChannelName,
        /// How many, this one included.
        count: u64,
    },
    /// The user is signed in. Told again after each reconnect.
    SignedIn(User),
    /// The user is not signed in; it is tried again.
    SignInFailed {
        /// Why.
        failure: AuthorizationFailure,
        /// The next try comes after this time.
        retry_in: Duration,
    },
    /// An event for the signed-in user, on whichever connection they are.
    UserEvent(Event),
    /// Users of the signed-in user's watchlist came or went.
    Watchlist(WatchlistEvent),
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
