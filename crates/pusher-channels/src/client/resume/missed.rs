//! What an application fetched for a channel, or why it could not. Knows a form in which servers answer, no channel.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::protocol::RawJson;

/// Numbers the fetches of one client, so that a late answer is told from the one that is awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FetchAttempt(pub(in crate::client) u64);

/// An event that was missed, as the application fetched it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedEvent {
    /// Its name.
    pub name: String,
    /// Its data: the text that was triggered, with its number.
    pub data: String,
}

/// Why what was missed cannot be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissedFailure {
    /// It may work later; the reason is for people.
    Unanswered(String),
    /// It will never work: the server does not go back so far, or has begun to number anew. The reason is for people.
    Gone(String),
}

#[derive(Deserialize)]
struct MissedData {
    event: String,
    data: Option<Box<RawValue>>,
}

impl MissedEvent {
    /// Reads `[{"event":"..","data":..}, ..]`, a form in which a server may answer; data is a JSON string or bare JSON.
    ///
    /// # Errors
    /// When the text is nothing like that; the reason is in words.
    pub fn parse_all(json: &str) -> Result<Vec<Self>, String> {
        let events: Vec<MissedData> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let read = |event: MissedData| Self {
            name: event.event,
            data: event.data.map(|data| RawJson::from(data).to_data()).unwrap_or_default(),
        };
        Ok(events.into_iter().map(read).collect())
    }
}

impl fmt::Display for MissedFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered(reason) | Self::Gone(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for MissedFailure {}
