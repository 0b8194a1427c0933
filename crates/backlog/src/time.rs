//! Time as values. Nothing here reads a clock: the present comes in as an argument.

use serde::{Deserialize, Serialize};

const MILLIS_PER_DAY: i64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

/// Days since 1970-01-01, a Thursday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Millis {
    /// The day in UTC that holds this moment.
    pub fn day(self) -> Day {
        let day = self.0.div_euclid(MILLIS_PER_DAY);
        Day(day.clamp(i32::MIN as i64 / 2, i32::MAX as i64 / 2) as i32)
    }
}

impl Day {
    /// Days since Monday: 0 is Monday, 6 is Sunday.
    pub fn days_since_monday(self) -> i32 {
        (self.0.rem_euclid(7) + 3) % 7
    }

    /// The first moment of this day in UTC.
    pub fn start(self) -> Millis {
        Millis(i64::from(self.0) * MILLIS_PER_DAY)
    }

    /// This day and `days` more.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

#[cfg(test)]
mod tests;
