//! How well the connection does, beside its state: what was heard when, and how long an answer takes. Decides nothing.

use std::time::Duration;

use super::Client;

/// How well the connection does. Times are on the clock that the client is given: in the browser since the page began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vitals {
    /// When the last event of a channel or for the user arrived; none before the first.
    pub last_event_at: Option<Duration>,
    /// When the server was heard last, by whatever frame; none before the first.
    pub last_heard_at: Option<Duration>,
    /// How long the server took to answer the last ping, there and back. None until one was answered on this connection:
    /// pings are sent only after silence, after sleep, or when the application doubts the connection.
    pub lag: Option<Duration>,
    /// How many channels are fetching what they missed: what is shown of them is not the newest.
    pub catching_up: usize,
}

/// What is noted on the way.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    last_event_at: Option<Duration>,
    last_heard_at: Option<Duration>,
    /// The first ping that was not answered yet: answers come in order.
    pinged_at: Option<Duration>,
    lag: Option<Duration>,
}

impl Pulse {
    pub fn heard(&mut self, now: Duration) {
        self.last_heard_at = Some(now);
    }

    pub fn event_came(&mut self, now: Duration) {
        self.last_event_at = Some(now);
    }

    pub fn pinged(&mut self, now: Duration) {
        self.pinged_at.get_or_insert(now);
    }

    pub fn pong_came(&mut self, now: Duration) {
        if let Some(pinged_at) = self.pinged_at.take() {
            self.lag = Some(now.saturating_sub(pinged_at));
        }
    }

    /// The connection is gone, and what was measured on it.
    pub fn forget_progress(&mut self) {
        (self.pinged_at, self.lag) = (None, None);
    }
}

impl Client {
    /// How well the connection does.
    pub fn vitals(&self) -> Vitals {
        Vitals {
            last_event_at: self.pulse.last_event_at,
            last_heard_at: self.pulse.last_heard_at,
            lag: self.pulse.lag,
            catching_up: self.resumed.catching_up(),
        }
    }
}
