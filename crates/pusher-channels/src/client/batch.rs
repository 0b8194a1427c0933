//! One request for the authorisations of several channels: its form and its answer. Knows no HTTP.
//!
//! The protocol has no such request. This is the convention of the pusher-js plugin `pusher-js-auth`, which servers know:
//! a form POST of `socket_id`, `channel_name[0]`, `channel_name[1]` and so on, answered by
//! `{"private-a":{"status":200,"data":{"auth":"KEY:SIGNATURE"}},"private-b":{"status":403}}`, where a success needs no
//! `status`.

use std::{collections::BTreeMap, fmt::Write};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{AuthorizationFailure, ChannelAuthorization, config::url_encoded};
use crate::protocol::{ChannelName, SocketId};

/// Which socket asks for which channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRequest {
    /// The channels to hear: at least one, at most 50.
    pub channels: Vec<ChannelName>,
    /// The connection that is to hear them.
    pub socket_id: SocketId,
}

/// One channel's part of an answer.
pub type ChannelAnswer = Result<ChannelAuthorization, AuthorizationFailure>;

/// Several channels' answers, each with its channel.
pub type ChannelAnswers = Vec<(ChannelName, ChannelAnswer)>;

/// What an endpoint answered to a request for several channels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchAnswer {
    /// Each channel's own answer, in the order of the request.
    Each(ChannelAnswers),
    /// Nothing that a request for several channels is answered by. The endpoint may only know those for one.
    NotUnderstood(AuthorizationFailure),
    /// The server has too much to do or is not there. Asking for one channel after the other would make it worse.
    Unavailable(AuthorizationFailure),
}

#[derive(Deserialize)]
struct Part<'a> {
    status: Option<u16>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

impl BatchRequest {
    /// Most channels in one request. With a user object of 1 KB each, the largest that the protocol allows, the answer stays
    /// under 64 KB.
    pub const MAX_CHANNELS: usize = 50;

    /// The body of the form POST.
    pub fn form(&self) -> String {
        let mut form = format!("socket_id={}", url_encoded(self.socket_id.as_str()));
        for (index, channel) in self.channels.iter().enumerate() {
            // Writing to a string cannot fail. The brackets are escaped, as in every form.
            let _ = write!(form, "&channel_name%5B{index}%5D={}", url_encoded(channel.as_str()));
        }
        form
    }

    /// Reads the answer to this request, given its HTTP status and body.
    pub fn read(&self, status: u16, body: &str) -> BatchAnswer {
        match status {
            429 | 502..=504 => BatchAnswer::Unavailable(AuthorizationFailure::answered(status)),
            200..=299 => self.read_parts(body),
            _ => BatchAnswer::NotUnderstood(AuthorizationFailure::answered(status)),
        }
    }

    /// A function's answers, and a failure for each channel that it left out.
    #[cfg(any(feature = "browser", feature = "native"))]
    pub(crate) fn complete(self, mut answers: ChannelAnswers) -> ChannelAnswers {
        for channel in self.channels {
            if !answers.iter().any(|(answered, _)| *answered == channel) {
                let failure = AuthorizationFailure::unanswered("the authoriser left this channel out");
                answers.push((channel, Err(failure)));
            }
        }
        answers
    }

    fn read_parts(&self, body: &str) -> BatchAnswer {
        let parts: BTreeMap<String, &RawValue> = serde_json::from_str(body).unwrap_or_default();
        if !self.channels.iter().any(|channel| parts.contains_key(channel.as_str())) {
            let message = "the authorisation endpoint's answer names none of the channels".to_owned();
            return BatchAnswer::NotUnderstood(AuthorizationFailure {
                status: Some(200),
                message,
            });
        }
        let answer_of = |channel: &ChannelName| match parts.get(channel.as_str()) {
            Some(part) => read_part(part),
            None => Err(AuthorizationFailure::unanswered(
                "the authorisation endpoint's answer does not name this channel",
            )),
        };
        let answers = self
            .channels
            .iter()
            .map(|channel| (channel.clone(), answer_of(channel)));
        BatchAnswer::Each(answers.collect())
    }
}

fn read_part(part: &RawValue) -> ChannelAnswer {
    let part: Part<'_> = serde_json::from_str(part.get()).map_err(|error| {
        AuthorizationFailure::unanswered(format!("the authorisation endpoint's answer cannot be read: {error}"))
    })?;
    ChannelAuthorization::from_response(part.status.unwrap_or(200), part.data.map_or("", RawValue::get))
}

#[cfg(test)]
mod tests;
