//! A time zone as a table of its offsets. Whoever knows time zones makes the table; here it only turns moments into days and
//! days into moments, so that planning needs no database of zones and gives the same on every machine.

use crate::{Day, Millis};

/// A time zone: from when on which offset holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    // Rising moments; each with the offset from UTC, in seconds, that holds from then on. Before the first it is that of UTC.
    offsets: Vec<(Millis, i32)>,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Zone {
        Zone::default()
    }

    /// A zone with these offsets from UTC in seconds, each from that moment on, in rising order. What is not in order is left out.
    pub fn new(offsets: impl IntoIterator<Item = (Millis, i32)>) -> Zone {
        let mut zone = Zone::utc();
        for (from, offset) in offsets {
            if zone.offsets.last().is_none_or(|(last, _)| *last < from) {
                zone.offsets.push((from, offset));
            }
        }
        zone
    }

    /// The offsets, as they were given.
    pub fn offsets(&self) -> &[(Millis, i32)] {
        &self.offsets
    }

    /// The day that holds a moment.
    pub fn day(&self, at: Millis) -> Day {
        Millis(at.0.saturating_add(self.offset(at))).day()
    }

    /// The first moment of a day. Where a clock that is put forward leaves midnight out, the moment of putting it forward.
    pub fn start(&self, day: Day) -> Millis {
        let midnight = day.start().0;
        let mut start = Millis(midnight.saturating_sub(self.offset(Millis(midnight))));
        // The offset of the wrong side of a change of clocks leads a few hours away; a second look is from the right side.
        start = Millis(midnight.saturating_sub(self.offset(start)));
        if self.day(start) < day {
            let next = self.offsets.partition_point(|(from, _)| *from <= start);
            start = self.offsets.get(next).map_or(start, |(from, _)| *from);
        }
        start
    }

    /// Noon of a day: where only the date of something is known, this is the moment that stays on that date for people nearby.
    pub fn noon(&self, day: Day) -> Millis {
        Millis(self.start(day).0.saturating_add(12 * 60 * 60 * 1_000))
    }

    /// The offset at a moment, in milliseconds.
    fn offset(&self, at: Millis) -> i64 {
        let next = self.offsets.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1)
            .map_or(0, |last| 1_000 * i64::from(self.offsets[last].1))
    }
}

#[cfg(test)]
mod tests;
