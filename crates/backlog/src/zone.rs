//! A time zone as a table of its offsets. Whoever knows time zones makes the table; here it only turns moments into days and
//! days into moments, so that planning needs no database of zones and gives the same on every machine.

use crate::{Day, Millis};

const MINUTE: i64 = 60 * 1_000;
/// Within so many milliseconds, no zone changes its offset twice: since 2005, three weeks is the least that lay between two changes.
const STRIDE: i64 = 14 * 24 * 60 * MINUTE;

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

    /// The first moment whose changes of clocks [`Zone::asking`] finds, 2005-01-01T00:00Z; what was before has its offset.
    pub const FROM: Millis = Millis(1_104_537_600_000);
    /// The moment up to which it finds them, 2038-01-01T00:00Z; what comes later has the last offset. Beyond it not all databases
    /// of zones say anything.
    pub const UNTIL: Millis = Millis(2_145_916_800_000);

    /// The zone of someone who knows its offset from UTC, in seconds, at any moment. Asks some 900 times, and 15 times more for each
    /// change of clocks, which it finds to the minute: no country's clocks change within one.
    pub fn asking(offset_at: impl Fn(Millis) -> i32) -> Zone {
        let mut last = (Zone::FROM, offset_at(Zone::FROM));
        // Without an entry it is UTC.
        let first = (last.1 != 0).then_some((Millis(i64::MIN), last.1));
        let mut offsets = Vec::from_iter(first);
        while last.0 < Zone::UNTIL {
            let at = Zone::UNTIL.min(Millis(last.0.0 + STRIDE));
            let next = (at, offset_at(at));
            if next.1 != last.1 {
                offsets.push((change(last, next, &offset_at), next.1));
            }
            last = next;
        }
        Zone::new(offsets)
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

/// The minute in which the offset becomes the later one.
fn change((before, old): (Millis, i32), (after, _): (Millis, i32), offset_at: impl Fn(Millis) -> i32) -> Millis {
    let (mut before, mut after) = (before.0 / MINUTE, after.0 / MINUTE);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if offset_at(Millis(middle * MINUTE)) == old {
            before = middle;
        } else {
            after = middle;
        }
    }
    Millis(after * MINUTE)
}

#[cfg(test)]
mod tests;
