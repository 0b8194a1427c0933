//! How the connection is, and how to say it. Says no more than is known: "Live" only while the channel carries events and
//! the last request came through, or has not been waited for long.

use super::msg::{Failure, Keeping};
use super::scene::LightKind;
use backlog::Millis;

/// The longest wait between two attempts, in milliseconds.
const LONGEST_WAIT: u32 = 15_000;
/// Ticks between two requests while the channel is live: a lost last event shows within a minute.
const LIVE_TICKS: u32 = 4;
/// A channel that has told nothing for so long, in milliseconds, is doubted: a beacon comes every 10 seconds, so that two are
/// missing. It is looked at with each tick, and thus found after 35 seconds at the latest.
const LONGEST_SILENCE: i64 = 20_000;

/// What is known of the connection.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    channel: bool,
    answered: bool,
    failures: u32,
    retrying: bool,
    ticks: u32,
    // The number of the last request, and whether it waits for its answer.
    request: u32,
    waits: Waits,
    outdated: bool,
    // Whether the server does not know the visitor any more.
    signed_out: bool,
    // Whether the last failure was an answer of the server's own.
    broke: bool,
    // When the channel last told anything.
    heard_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Waits {
    #[default]
    No,
    Briefly,
    Long,
}

impl Connection {
    /// The channel carries events, or does not. Whether that is news.
    pub fn channel_is(&mut self, channel: Channel) -> bool {
        let live = channel == Channel::Live;
        std::mem::replace(&mut self.channel, live) != live
    }

    /// The channel told something.
    pub fn heard(&mut self, at: Millis) {
        self.heard_at = Some(at);
    }

    /// Whether a channel that is live has told nothing for too long, so that it must be doubted. Asked again only after as
    /// long a silence.
    pub fn is_silent(&mut self, now: Millis) -> bool {
        let silent = self.channel && self.heard_at.is_none_or(|at| now.0 - at.0 >= LONGEST_SILENCE);
        if silent {
            self.heard_at = Some(now);
        }
        silent
    }

    /// The server answered.
    pub fn answered(&mut self) {
        self.answered = true;
        self.outdated = false;
        self.signed_out = false;
        self.failures = 0;
        self.waits = Waits::No;
    }

    /// A request came to nothing. Answers how long to wait, in milliseconds, before the next; none where a wait is under
    /// way. `random` spreads the attempts of many pages.
    pub fn failed(&mut self, random: u128) -> Option<u32> {
        self.failures += 1;
        self.waits = Waits::No;
        self.broke = false;
        if std::mem::replace(&mut self.retrying, true) {
            return None;
        }
        let most = (1_000 << self.failures.min(5).saturating_sub(1)).min(LONGEST_WAIT);
        Some(most / 4 + (random % u128::from(most - most / 4)) as u32)
    }

    /// Whether the server has ever answered this page.
    pub fn has_answered(&self) -> bool {
        self.answered
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

    /// A request went out; its number.
    pub fn asked(&mut self) -> u32 {
        self.request += 1;
        self.waits = Waits::Briefly;
        self.request
    }

    /// A request has gone unanswered for some seconds. Whether that is news.
    pub fn overdue(&mut self, request: u32) -> bool {
        let is_news = request == self.request && self.waits == Waits::Briefly;
        if is_news {
            self.waits = Waits::Long;
        }
        is_news
    }

    /// The last request came to nothing because the server, which answers, failed at it.
    pub fn broke(&mut self) {
        self.broke = true;
    }

    /// Whether the last request came to nothing.
    pub fn has_failed(&self) -> bool {
        self.failures > 0
    }

    /// The server does not know the visitor any more, or does again.
    pub fn knows(&mut self, visitor: Visitor) {
        self.signed_out = visitor == Visitor::Unknown;
    }

    /// The server answered what this page cannot read.
    pub fn outdated(&mut self) {
        self.waits = Waits::No;
        self.outdated = true;
    }

    /// Whether what one sees is what the server has, as far as anyone can know.
    pub fn is_live(&self) -> bool {
        self.channel && self.answered && self.failures == 0 && self.waits != Waits::Long && !self.outdated
    }

    /// The connection in words.
    pub fn light(&self, own: &Own) -> (LightKind, String) {
        let (kind, state) = self.state(own);
        let attention = (own.attention > 0).then(|| format!("eeds attention ({})", own.attention));
        let kind = match (kind, &attention) {
            (LightKind::Live, Some(_)) => LightKind::Attention,
            (kind, _) => kind,
        };
        let mut words: Vec<String> = Vec::new();
        match attention {
            Some(attention) if kind == LightKind::Attention => words.push(format!("N{attention}")),
            Some(attention) => words.extend([state.to_owned(), format!("n{attention}")]),
            None => words.push(state.to_owned()),
        }
        words.extend(self.waiting(kind, own));
        (kind, words.join(", "))
    }

    fn state(&self, own: &Own) -> (LightKind, &'static str) {
        if self.outdated {
            (LightKind::Offline, "This page is older than the server: reload")
        } else if self.signed_out {
            (LightKind::Offline, "Signed out")
        } else if self.failures > 0 && self.broke {
            (LightKind::Offline, "The server has trouble")
        } else if self.failures > 0 && (self.answered || own.copy == Copy::There) {
            (LightKind::Offline, "Offline")
        } else if self.failures > 0 {
            (LightKind::Offline, "Unavailable, trying again")
        } else if !self.answered {
            (LightKind::Connecting, "Connecting")
        } else if self.waits == Waits::Long {
            (LightKind::Polling, "Waiting for the server")
        } else if self.channel {
            (LightKind::Live, "Live")
        } else {
            (LightKind::Polling, "Updating every 15 s")
        }
    }

    fn waiting(&self, kind: LightKind, own: &Own) -> Option<String> {
        let place = match own.place {
            Keeping::Device => "on this device",
            Keeping::Page => "on this page only",
        };
        match (kind, own.pending) {
            (_, 0) => None,
            (LightKind::Offline, 1) => Some(format!("1 change kept {place}")),
            (LightKind::Offline, pending) => Some(format!("{pending} changes kept {place}")),
            (LightKind::Connecting | LightKind::Live | LightKind::Polling | LightKind::Attention, pending) => {
                Some(format!("saving {pending}"))
            }
        }
    }
}

/// What the light says beside the connection.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Own commands without the server's word.
    pub pending: usize,
    /// Own commands that need a person.
    pub attention: usize,
    /// Where they are kept.
    pub place: Keeping,
    /// Whether there is anything to see.
    pub copy: Copy,
}

/// Whether there is anything to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// There is.
    There,
    /// Not yet.
    Missing,
}

/// Whether the server knows who is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// It does.
    Known,
    /// It does not.
    Unknown,
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
            Failure::Busy | Failure::Broke => "The server has trouble; try again in a moment.".to_owned(),
            Failure::NoSession => "You are signed out; sign in and try again.".to_owned(),
            Failure::NoProject => "There is no such project.".to_owned(),
            Failure::Removed => "You are not in this project any more.".to_owned(),
            Failure::Outdated => "This page is older than the server; reload it.".to_owned(),
            Failure::Refused(why) => format!("The server refused it: {why}"),
        }
    }
}
