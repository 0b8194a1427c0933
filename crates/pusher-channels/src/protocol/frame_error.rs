//! Why a text is no frame. Knows the reasons, not what to do about them.

use std::{error::Error, fmt};

use super::{ChannelNameError, EventNameError};

/// Why a text is no frame of this protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// The text is not a JSON object with an `event` (and, if there, a `channel`) that is a string.
    NotAFrame(String),
    /// The frame's channel has an illegal name.
    Channel(ChannelNameError),
    /// The frame's event has an illegal name.
    Event(EventNameError),
    /// This event needs a channel.
    NoChannel(String),
    /// The data is not what this event carries.
    Data {
        /// The event.
        event: String,
        /// What is wrong with its data.
        reason: String,
    },
    /// `pusher:connection_established` without a usable `socket_id` and `activity_timeout`: the connection is useless.
    Handshake(String),
    /// A client may not send this event.
    UnknownEvent(String),
}

impl From<ChannelNameError> for FrameError {
    fn from(error: ChannelNameError) -> Self {
        Self::Channel(error)
    }
}

impl From<EventNameError> for FrameError {
    fn from(error: EventNameError) -> Self {
        Self::Event(error)
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFrame(reason) => write!(f, "not a frame: {reason}"),
            Self::Channel(error) => write!(f, "channel: {error}"),
            Self::Event(error) => write!(f, "event: {error}"),
            Self::NoChannel(event) => write!(f, "channel: {event} needs one"),
            Self::Data { event, reason } => write!(f, "data of {event}: {reason}"),
            Self::Handshake(reason) => write!(f, "handshake: {reason}"),
            Self::UnknownEvent(event) => write!(f, "event: {event:?} is not one that a client may send"),
        }
    }
}

impl Error for FrameError {}
