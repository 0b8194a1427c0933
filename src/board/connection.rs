//! How the connection is, and how to say it. Says no more than is known: "Live" only while the channel carries events and
//! the last request came through.

use super::msg::Failure;
use super::scene::{Light, LightKind};

/// The longest wait between two attempts, in milliseconds.
const LONGEST_WAIT: u32 = 15_000;
/// Ticks between two requests while the channel is live: a lost last event shows within a minute.
const LIVE_TICKS: u32 = 4;

/// What is known of the connection.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    channel: bool,
    answered: bool,
    failures: u32,
    retrying: bool,
    ticks: u32,
}

impl Connection {
    /// The channel carries events, or does not. Whether that is news.
    pub fn channel_is(&mut self, channel: Channel) -> bool {
        let live = channel == Channel::Live;
        std::mem::replace(&mut self.channel, live) != live
    }

    /// The server answered.
    pub fn answered(&mut self) {
        self.answered = true;
        self.failures = 0;
    }

    /// A request came to nothing. Answers how long to wait, in milliseconds, before the next; none where a wait is under
    /// way. `random` spreads the attempts of many pages.
    pub fn failed(&mut self, random: u128) -> Option<u32> {
        self.failures += 1;
        if std::mem::replace(&mut self.retrying, true) {
            return None;
        }
        let most = (1_000 << self.failures.min(5).saturating_sub(1)).min(LONGEST_WAIT);
        Some(most / 4 + (random % u128::from(most - most / 4)) as u32)
    }

    /// The wait is over.
    pub fn retry_due(&mut self) {
        self.retrying = false;
    }

    /// Some seconds went by. Whether it is time to ask the server.
    pub fn ticked(&mut self) -> bool {
        self.ticks += 1;
        !self.retrying && (!self.channel || self.ticks.is_multiple_of(LIVE_TICKS))
    }

    /// Whether the server has never answered and does not.
    pub fn is_unavailable(&self) -> bool {
        !self.answered && self.failures > 0
    }

    /// The connection in words.
    pub fn light(&self, pending: usize) -> Light {
        let (kind, state) = if self.failures > 0 {
            (
                LightKind::Offline,
                if self.answered {
                    "Offline"
                } else {
                    "Unavailable, trying again"
                },
            )
        } else if !self.answered {
            (LightKind::Connecting, "Connecting")
        } else if self.channel {
            (LightKind::Live, "Live")
        } else {
            (LightKind::Polling, "Updating every 15 s")
        };
        let words = match (kind, pending) {
            (_, 0) => state.to_owned(),
            (LightKind::Offline, 1) => format!("{state}, 1 change kept on this page"),
            (LightKind::Offline, pending) => format!("{state}, {pending} changes kept on this page"),
            (LightKind::Connecting | LightKind::Live | LightKind::Polling, pending) => {
                format!("{state}, saving {pending}")
            }
        };
        Light { kind, words }
    }
}

/// Whether the channel carries events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// It does.
    Live,
    /// It does not.
    Lost,
}

impl Failure {
    /// What it means for the person, and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Failure::Unreachable => "The server does not answer.".to_owned(),
            Failure::Busy => "The server has trouble; try again in a moment.".to_owned(),
            Failure::NoSession => "The server does not know this browser any more; reload the page.".to_owned(),
            Failure::NoProject => "There is no such project.".to_owned(),
            Failure::Refused(why) => format!("The server refused it: {why}"),
        }
    }
}
