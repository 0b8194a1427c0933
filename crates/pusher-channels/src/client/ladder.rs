//! Which carrier to use: down where one does not pass, and when to look whether a better one passes again. Knows failures
//! and times, no connection.

use std::time::Duration;

use super::{Carrier, backoff::Random};

/// The best carrier is given up after this many failures in a row: one may be the server's, which is being restarted.
const PATIENCE_AT_THE_TOP: u32 = 2;
/// The others after one: each stands in for a better one already.
const PATIENCE_BELOW: u32 = 1;
/// The first look at the better carriers comes within this time: an outage leads down as well, and is over by then.
const FIRST_LOOK: Duration = Duration::from_secs(2);
/// The second look comes within this time and not before half of it; each further one after twice as long.
const LOOK: Duration = Duration::from_secs(60);
/// Looks come at least this often.
const RAREST_LOOK: Duration = Duration::from_secs(600);

/// How a carrier failed to bring a handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It ended.
    Ended,
    /// It neither ended nor said anything for as long as one waits: as bad as several ends.
    Hung,
}

/// The carriers that may be used, the best first, and the place among them.
#[derive(Debug)]
pub(super) struct Ladder {
    rungs: Vec<Carrier>,
    at: usize,
    failures: u32,
    /// Looks at the better carriers that found none, since the place was taken.
    looks: u32,
    /// The next better carrier to look at in this look.
    candidate: usize,
}

impl Ladder {
    /// Begins with the first; without any there is the protocol's own.
    pub fn new(carriers: &[Carrier]) -> Self {
        let mut rungs: Vec<Carrier> = Vec::new();
        for &carrier in carriers {
            if !rungs.contains(&carrier) {
                rungs.push(carrier);
            }
        }
        if rungs.is_empty() {
            rungs.push(Carrier::WebSocket);
        }
        Self {
            rungs,
            at: 0,
            failures: 0,
            looks: 0,
            candidate: 0,
        }
    }

    /// The one to use.
    pub fn carrier(&self) -> Carrier {
        // The place is always on the ladder.
        self.rungs.get(self.at).copied().unwrap_or(Carrier::WebSocket)
    }

    /// Whether a try should be short, because something else can be tried.
    pub fn has_alternative(&self) -> bool {
        self.at + 1 < self.rungs.len()
    }

    /// Steps down when the patience is over; from the last one to the first, as then it is not the carriers' fault.
    pub fn failed(&mut self, failure: Failure) {
        let patience = if self.at == 0 {
            PATIENCE_AT_THE_TOP
        } else {
            PATIENCE_BELOW
        };
        self.failures += match failure {
            Failure::Ended => 1,
            Failure::Hung => patience,
        };
        if self.failures >= patience {
            self.take(if self.has_alternative() { self.at + 1 } else { 0 });
        }
    }

    /// The carrier proved good.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// The carrier can never be used here. False when it was the last: then it stays, and there is no hope.
    pub fn remove(&mut self, carrier: Carrier) -> bool {
        let Some(position) = self.rungs.iter().position(|rung| *rung == carrier) else {
            return true;
        };
        if self.rungs.len() == 1 {
            return false;
        }
        self.rungs.remove(position);
        if position < self.at {
            self.at -= 1;
            self.candidate = self.candidate.min(self.at);
        } else if position == self.at {
            self.take(self.at % self.rungs.len());
        }
        true
    }

    /// The better carrier to look at now, if there is a better one.
    pub fn better(&self) -> Option<Carrier> {
        (self.candidate < self.at)
            .then(|| self.rungs.get(self.candidate).copied())
            .flatten()
    }

    /// How long to wait before [`better`](Self::better) is looked at.
    pub fn wait_for_look(&self, random: &mut Random) -> Duration {
        if self.looks == 0 || self.candidate > 0 {
            return random.up_to(FIRST_LOOK);
        }
        let doublings = (self.looks - 1).min(8);
        let window = (LOOK * 2_u32.pow(doublings)).min(RAREST_LOOK);
        window / 2 + random.up_to(window / 2)
    }

    /// The better carrier that was looked at does not pass: the next one is looked at, or all of them some other time.
    pub fn look_failed(&mut self) {
        self.candidate += 1;
        if self.candidate >= self.at {
            self.candidate = 0;
            self.looks = self.looks.saturating_add(1);
        }
    }

    /// The better carrier that was looked at passes.
    pub fn climb(&mut self) {
        self.take(self.candidate);
    }

    fn take(&mut self, at: usize) {
        self.at = at;
        self.failures = 0;
        self.looks = 0;
        self.candidate = 0;
    }
}
