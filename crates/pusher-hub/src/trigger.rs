//! An event that the embedding program triggers. Knows the limits of the protocol, not who hears it.

use std::{error::Error, fmt};

use pusher_channels::protocol::{
    ChannelKind, ChannelName, EventName, SocketId,
    limits::{MAX_CHANNELS_PER_TRIGGER, MAX_EVENT_DATA},
};

/// A legal event to trigger: on at most 100 channels, with at most 10 KiB of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    pub(crate) channels: Vec<ChannelName>,
    pub(crate) event: EventName,
    pub(crate) data: String,
    pub(crate) audience: Audience,
}

/// Which of a channel's subscribers hear an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// All.
    Everyone,
    /// All but this one: the one who caused it knows already.
    Except(SocketId),
    /// This one alone, if it subscribes to the channel.
    Only(SocketId),
}

/// Why an event cannot be triggered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerError {
    /// The data has this many bytes, more than [`MAX_EVENT_DATA`].
    DataTooLong(usize),
    /// There are this many channels, more than [`MAX_CHANNELS_PER_TRIGGER`].
    TooManyChannels(usize),
    /// An encrypted channel is one of several. Each has a key of its own, so that no data could be for all.
    EncryptedAmongOthers,
}

impl Trigger {
    /// An event for everyone on one channel. The data is JSON text by custom, any text by right.
    ///
    /// # Errors
    /// When the data is longer than 10 KiB.
    pub fn new(channel: ChannelName, event: EventName, data: impl Into<String>) -> Result<Self, TriggerError> {
        Self::on_channels(vec![channel], event, data)
    }

    /// As [`Trigger::new`], on each of these channels.
    ///
    /// # Errors
    /// When the data is longer than 10 KiB, there are more than 100 channels, or more than one and an encrypted one among them.
    pub fn on_channels(
        channels: Vec<ChannelName>,
        event: EventName,
        data: impl Into<String>,
    ) -> Result<Self, TriggerError> {
        let data = data.into();
        if data.len() > MAX_EVENT_DATA {
            return Err(TriggerError::DataTooLong(data.len()));
        }
        if channels.len() > MAX_CHANNELS_PER_TRIGGER {
            return Err(TriggerError::TooManyChannels(channels.len()));
        }
        if channels.len() > 1 && channels.iter().any(|channel| channel.kind() == ChannelKind::Encrypted) {
            return Err(TriggerError::EncryptedAmongOthers);
        }
        Ok(Self {
            channels,
            event,
            data,
            audience: Audience::Everyone,
        })
    }

    /// The same for another audience.
    #[must_use]
    pub fn to(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }

    /// The same with one socket left out.
    #[must_use]
    pub fn except(self, socket_id: SocketId) -> Self {
        self.to(Audience::Except(socket_id))
    }

    /// The same for one socket alone.
    #[must_use]
    pub fn only(self, socket_id: SocketId) -> Self {
        self.to(Audience::Only(socket_id))
    }
}

impl fmt::Display for TriggerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DataTooLong(bytes) => write!(f, "data: {bytes} bytes, at most {MAX_EVENT_DATA} are allowed"),
            Self::TooManyChannels(count) => {
                write!(f, "channels: {count}, at most {MAX_CHANNELS_PER_TRIGGER} are allowed")
            }
            Self::EncryptedAmongOthers => {
                f.write_str("channels: an encrypted channel must be the only one, as each has its own key")
            }
        }
    }
}

impl Error for TriggerError {}

#[cfg(test)]
mod tests;
