//! What a `pusher:error` that names no channel was meant for. Knows what waits for an answer, and the words of the error.
//!
//! The vendor's service refuses a subscription so: code 4009, with the channel in the message if anywhere. A sign-in is
//! refused so by every server. A `pusher:subscription_error` needs none of this.

use super::{AuthorizationFailure, Client};
use crate::protocol::{ChannelName, CloseCode};

/// The HTTP status of what the protocol calls 4009.
const UNAUTHORIZED: u16 = 401;

impl Client {
    /// Finds what was refused, so that it need not wait for its timeout: the channel that the error names, else, if the code
    /// is 4009, the sign-in or the only channel that waits. In doubt it is nobody's, and the timeouts find out.
    pub(super) fn on_complaint(&mut self, code: Option<CloseCode>, message: String) {
        let is_refusal = code == Some(CloseCode::UNAUTHORIZED);
        if !is_refusal && code.is_some() {
            return;
        }
        let waiting: Vec<&ChannelName> = self.channels.awaiting_consent().collect();
        let named = waiting.iter().find(|channel| names(&message, channel));
        let channel = match (named, waiting.as_slice()) {
            (Some(named), _) => Some((*named).clone()),
            (None, [only]) if is_refusal && !self.sign_in.is_pending() => Some((*only).clone()),
            (None, _) => None,
        };
        let failure = AuthorizationFailure {
            status: is_refusal.then_some(UNAUTHORIZED),
            message,
        };
        match channel {
            // The server may have meant something else after all: then it is to forget this subscription.
            Some(channel) => self.withdraw(channel, failure),
            None if is_refusal && self.sign_in.is_pending() => self.fail_sign_in(failure),
            None => {}
        }
    }
}

/// Whether a channel's name stands in a text, and not only as a part of a longer name.
fn names(message: &str, channel: &ChannelName) -> bool {
    let words = message.split(|c: char| c.is_whitespace() || "\"'`:()[]{}<>".contains(c));
    words
        .map(|word| word.trim_end_matches(['.', ',', ';']))
        .any(|word| word == channel.as_str())
}
