//! What can happen to a client. Knows no rule.

use std::fmt;

use super::{
    Address, AuthorizationFailure, ChannelAnswer, ChannelAuthorization, FetchAttempt, MissedEvent, MissedFailure,
    UserAuthentication,
};
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
#[non_exhaustive]
pub enum Input {
    /// Nothing but time.
    TimePassed,
    /// The application wants to be connected.
    ConnectRequested,
    /// The application wants to be connected no longer. Its channels are remembered.
    DisconnectRequested,
    /// The application wants to be connected to another server, another app, or both. What it wants to hear stays.
    AddressChanged(Address),
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
    /// The events of a wanted channel are numbered: they shall be told in order, each once.
    ResumeRequested {
        /// The channel.
        channel: ChannelName,
        /// The field of their data that holds the number.
        field: String,
        /// The application has all up to this number. None: from where the channel is, or the first event that is heard.
        after: Option<u64>,
    },
    /// The events of a channel shall be told as they come.
    ResumeEnded(ChannelName),
    /// What a channel missed was fetched.
    MissedFetched {
        /// The channel.
        channel: ChannelName,
        /// The attempt for which it was asked.
        attempt: FetchAttempt,
        /// All events after the number that was asked for, in any order.
        events: Vec<MissedEvent>,
    },
    /// What a channel missed was not fetched.
    MissedFailed {
        /// The channel.
        channel: ChannelName,
        /// The attempt for which it was asked.
        attempt: FetchAttempt,
        /// Why.
        failure: MissedFailure,
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

impl Input {
    /// What came of asking for a channel's authorisation.
    pub fn of_authorization(channel: ChannelName, attempt: Attempt, answer: ChannelAnswer) -> Self {
        match answer {
            Ok(authorization) => Self::Authorized {
                channel,
                attempt,
                authorization,
            },
            Err(failure) => Self::AuthorizationFailed {
                channel,
                attempt,
                failure,
            },
        }
    }

    /// What came of asking who the user is.
    pub fn of_authentication(attempt: Attempt, answer: Result<UserAuthentication, AuthorizationFailure>) -> Self {
        match answer {
            Ok(authentication) => Self::UserAuthenticated {
                attempt,
                authentication,
            },
            Err(failure) => Self::UserAuthenticationFailed { attempt, failure },
        }
    }

    /// What came of fetching what a channel missed.
    pub fn of_missed(
        channel: ChannelName,
        attempt: FetchAttempt,
        answer: Result<Vec<MissedEvent>, MissedFailure>,
    ) -> Self {
        match answer {
            Ok(events) => Self::MissedFetched {
                channel,
                attempt,
                events,
            },
            Err(failure) => Self::MissedFailed {
                channel,
                attempt,
                failure,
            },
        }
    }
}
