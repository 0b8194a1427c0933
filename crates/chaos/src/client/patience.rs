//! When to ask the server again, by the rules of the page's own connection. Knows no request.

use std::time::Duration;

/// The page's clock: without a channel it asks at every tick, with one at every fourth.
pub(super) const TICK: Duration = Duration::from_secs(15);
const LIVE_TICKS: u32 = 4;
const LONGEST_WAIT: u64 = 15_000;

/// How many requests failed in a row, and whether events arrive.
#[derive(Debug, Default)]
pub(super) struct Patience {
    failures: u32,
    ticks: u32,
    pub(super) waiting: bool,
    pub(super) live: bool,
}

impl Patience {
    /// The server answered.
    pub(super) fn answered(&mut self) {
        self.failures = 0;
    }

    /// A request came to nothing. How long to wait, where no wait is under way; `random` spreads many clients.
    pub(super) fn failed(&mut self, random: u64) -> Option<Duration> {
        self.failures += 1;
        if std::mem::replace(&mut self.waiting, true) {
            return None;
        }
        let most = (1_000 << (self.failures.min(5) - 1)).min(LONGEST_WAIT);
        Some(Duration::from_millis(most / 4 + random % (most - most / 4)))
    }

    /// Some seconds went by. Whether it is time to ask.
    pub(super) fn ticked(&mut self) -> bool {
        self.ticks += 1;
        !self.waiting && (!self.live || self.ticks.is_multiple_of(LIVE_TICKS))
    }
}
