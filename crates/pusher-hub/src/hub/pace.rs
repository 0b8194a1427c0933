//! How often something happens. Knows numbers only.

use std::time::Duration;

/// What is counted over.
const WINDOW: Duration = Duration::from_secs(1);

/// How often something happened within a second, counted from its first time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    since: Duration,
    count: u32,
}

/// It happened more often than the limit allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooFast;

impl Pace {
    /// It happens now.
    ///
    /// # Errors
    /// When it happened `limit` times in this second already; this time does not count.
    pub fn step(&mut self, limit: u32, now: Duration) -> Result<(), TooFast> {
        if self.count == 0 || now >= self.since + WINDOW {
            *self = Self { since: now, count: 0 };
        }
        if self.count >= limit {
            return Err(TooFast);
        }
        self.count += 1;
        Ok(())
    }
}
