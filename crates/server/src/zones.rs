//! What the names of time zones mean, by the database of zones that is part of the program. Reads no disk.

use backlog::{Millis, Zone, ZoneName};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The zone of that name; UTC where nobody has heard of it.
pub fn zone(name: &ZoneName) -> Zone {
    match TimeZoneDatabase::bundled().get(name.as_str()) {
        Ok(zone) => Zone::asking(|at| offset(&zone, at)),
        Err(_) => Zone::utc(),
    }
}

/// In seconds.
fn offset(zone: &TimeZone, at: Millis) -> i32 {
    // Every moment that a table is made of lies within the years that the database knows.
    Timestamp::from_millisecond(at.0).map_or(0, |at| zone.to_offset(at).seconds())
}

#[cfg(test)]
mod tests;
