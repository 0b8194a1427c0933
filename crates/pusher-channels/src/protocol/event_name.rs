//! Names of events that an application may trigger. Knows no frame.

use std::{error::Error, fmt, str::FromStr};

use super::{
    events::{CLIENT_PREFIX, INTERNAL_PREFIX, RESERVED_PREFIX},
    limits::MAX_EVENT_NAME,
};

/// The name of an event that an application may trigger: 1 to 200 characters, not of the protocol's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventName(Box<str>);

/// Why a text is no event name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventNameError {
    /// The name has no characters.
    Empty,
    /// The name is longer than [`MAX_EVENT_NAME`] characters.
    TooLong,
    /// `pusher:` and `pusher_internal:` belong to the protocol.
    Reserved,
}

impl EventName {
    /// Checks and keeps a name.
    ///
    /// # Errors
    /// When the name is empty, too long or reserved.
    pub fn new(name: &str) -> Result<Self, EventNameError> {
        if name.is_empty() {
            return Err(EventNameError::Empty);
        }
        if name.starts_with(RESERVED_PREFIX) || name.starts_with(INTERNAL_PREFIX) {
            return Err(EventNameError::Reserved);
        }
        if name.chars().count() > MAX_EVENT_NAME {
            return Err(EventNameError::TooLong);
        }
        Ok(Self(name.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name has the `client-` prefix that events triggered by clients must have.
    pub fn is_client(&self) -> bool {
        self.0.starts_with(CLIENT_PREFIX)
    }
}

impl FromStr for EventName {
    type Err = EventNameError;

    fn from_str(name: &str) -> Result<Self, EventNameError> {
        Self::new(name)
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for EventNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an event name needs at least one character"),
            Self::TooLong => write!(f, "an event name has at most {MAX_EVENT_NAME} characters"),
            Self::Reserved => f.write_str("event names starting with pusher: or pusher_internal: are reserved"),
        }
    }
}

impl Error for EventNameError {}
