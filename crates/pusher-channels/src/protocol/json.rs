//! The JSON that both directions share: the envelope of a frame, data in either encoding, a writer that keeps the
//! order of fields. Knows no event.

use std::{borrow::Cow, fmt};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{ChannelName, FrameError};

/// A valid JSON text, kept as it was written.
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// Checks and keeps a JSON text.
    ///
    /// # Errors
    /// When the text is not JSON; the reason is in words.
    pub fn new(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map(Self).map_err(|error| error.to_string())
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// What an application gets to see: the content of a JSON string, the JSON text of anything else.
    pub fn to_data(&self) -> String {
        text_of(&self.0).into_owned()
    }
}

impl From<Box<RawValue>> for RawJson {
    fn from(json: Box<RawValue>) -> Self {
        Self(json)
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RawJson {}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({})", self.as_str())
    }
}

/// A frame, its data not yet read.
#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    pub event: Cow<'a, str>,
    channel: Option<String>,
    #[serde(borrow)]
    pub data: Option<&'a RawValue>,
    // Some servers send numeric user ids, so any JSON is taken.
    #[serde(borrow)]
    user_id: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    pub fn parse(text: &'a str) -> Result<Self, FrameError> {
        serde_json::from_str(text).map_err(|error| FrameError::NotAFrame(error.to_string()))
    }

    pub fn channel(&self) -> Result<Option<ChannelName>, FrameError> {
        Ok(self.channel.as_deref().map(ChannelName::new).transpose()?)
    }

    pub fn required_channel(&self) -> Result<ChannelName, FrameError> {
        self.channel()?
            .ok_or_else(|| FrameError::NoChannel(self.event.to_string()))
    }

    /// The data as text: a string's content, or the JSON itself; empty when there is none.
    pub fn data_text(&self) -> Cow<'a, str> {
        self.data.map_or(Cow::Borrowed(""), text_of)
    }

    /// The data as JSON, as it was written; `null` when there is none.
    pub fn raw_data(&self) -> RawJson {
        RawJson(self.data.unwrap_or(RawValue::NULL).to_owned())
    }

    pub fn user_id(&self) -> Option<String> {
        self.user_id.map(|raw| text_of(raw).into_owned())
    }

    pub fn bad_data(&self, reason: impl fmt::Display) -> FrameError {
        FrameError::Data {
            event: self.event.to_string(),
            reason: reason.to_string(),
        }
    }
}

pub(super) fn text_of(raw: &RawValue) -> Cow<'_, str> {
    if !raw.get().starts_with('"') {
        return Cow::Borrowed(raw.get());
    }
    // A lone surrogate (`"\ud800"`) passes for raw JSON and has no text: then the JSON itself is shown.
    serde_json::from_str(raw.get()).map_or(Cow::Borrowed(raw.get()), Cow::Owned)
}

/// Writes one JSON object, fields in the order given.
pub(super) struct Object(String);

impl Object {
    pub fn new() -> Self {
        Self(String::from("{"))
    }

    /// A frame's beginning.
    pub fn frame(event: &str) -> Self {
        Self::new().text("event", event)
    }

    pub fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        // Writing a string into a string cannot fail; if it did, the frame would be no JSON and be dropped.
        self.0.push_str(&serde_json::to_string(value).unwrap_or_default());
        self
    }

    pub fn optional_text(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    pub fn raw(mut self, key: &str, json: &str) -> Self {
        self.key(key);
        self.0.push_str(json);
        self
    }

    /// As [`raw`](Self::raw), for a key that is not ours and may need escaping.
    pub fn raw_member(mut self, key: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&serde_json::to_string(key).unwrap_or_default());
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    pub fn number(self, key: &str, value: u64) -> Self {
        self.raw(key, &value.to_string())
    }

    pub fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(key);
        self.0.push_str("\":");
    }
}
