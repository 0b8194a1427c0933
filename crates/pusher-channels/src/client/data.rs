//! Reads an event's data as a type of the application's. Knows JSON and what passes for it, no event.

use serde::de::DeserializeOwned;

use super::{Client, Event, Notice};
use crate::protocol::ChannelName;

/// Reads an event's data. As in pusher-js, data that is no JSON is a string; no data at all is `null`.
///
/// # Errors
/// When the data is not what the type wants.
pub fn read_data<T: DeserializeOwned>(data: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(data).or_else(|error| match as_json(data) {
        Some(json) => serde_json::from_str(&json),
        None => Err(error),
    })
}

/// The JSON for data that is none.
fn as_json(data: &str) -> Option<String> {
    if data.is_empty() {
        return Some("null".to_owned());
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(data) {
        Ok(_) => None,
        Err(_) => serde_json::to_string(data).ok(),
    }
}

impl Event {
    /// Its data, read by [`read_data`].
    ///
    /// # Errors
    /// When the data is not what the type wants.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        read_data(&self.data)
    }
}

impl Client {
    pub(super) fn on_data_unreadable(&mut self, channel: Option<ChannelName>, event: &str, reason: &str) {
        let on = channel.map(|channel| format!("{channel}: ")).unwrap_or_default();
        self.tell(Notice::Error {
            code: None,
            message: format!("{on}the data of {event} cannot be read: {reason}"),
        });
    }
}

#[cfg(test)]
mod tests;
