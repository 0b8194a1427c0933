//! Where the project's days begin: its time zone, as far as it is known. What a zone's name means is asked of the browser.

use super::Board;
use super::msg::{Effect, Now};
use backlog::{Day, Zone, ZoneName};

/// The zone of the project. Until its meaning is known, days are those of the last one, at first UTC.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    // The last name that was asked about.
    name: ZoneName,
    zone: Zone,
}

impl Days {
    /// The zone.
    pub(super) fn zone(&self) -> &Zone {
        &self.zone
    }
}

impl Board {
    /// The day that it is where the project is.
    pub(super) fn today(&self, now: Now) -> Day {
        self.days.zone.day(now.at)
    }

    /// Asks for the meaning of the project's zone, where it became another.
    pub(super) fn days_follow(&mut self, out: &mut Vec<Effect>) {
        let Some(view) = self.replica.view() else { return };
        let name = &view.settings().time_zone;
        if *name != self.days.name {
            self.days.name = name.clone();
            out.push(Effect::FindZone(name.clone()));
        }
    }

    pub(super) fn zone_found(&mut self, (name, zone): (ZoneName, Zone), now: Now, out: &mut Vec<Effect>) {
        // What was asked before the latest question is no longer of use.
        if name == self.days.name && zone != self.days.zone {
            self.days.zone = zone;
            self.lay_out(now, out);
        }
    }
}
