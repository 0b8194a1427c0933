//! The last event of each cache channel, for a while. Knows when an event expires, not who hears it.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use pusher_channels::protocol::EventName;

use super::Place;

#[derive(Debug, Default)]
pub(super) struct Cache {
    events: HashMap<Place, CachedEvent>,
    by_expiry: BTreeSet<(Duration, Place)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CachedEvent {
    pub event: EventName,
    pub data: String,
    pub expires_at: Duration,
}

impl Cache {
    /// Keeps a channel's event in place of the one before.
    pub fn keep(&mut self, place: Place, event: CachedEvent) {
        self.drop_event(&place);
        self.by_expiry.insert((event.expires_at, place.clone()));
        self.events.insert(place, event);
    }

    pub fn get(&self, place: &Place, now: Duration) -> Option<&CachedEvent> {
        self.events.get(place).filter(|event| event.expires_at > now)
    }

    /// All that is still repeated at this time.
    pub fn all(&self, now: Duration) -> impl Iterator<Item = (&Place, &CachedEvent)> {
        self.events.iter().filter(move |(_, event)| event.expires_at > now)
    }

    /// Forgets what expires by now, and of the rest what expires first until no more are left than the limit allows.
    pub fn shrink(&mut self, limit: usize, now: Duration) {
        while let Some((expires_at, _)) = self.by_expiry.first() {
            if *expires_at > now && self.events.len() <= limit {
                return;
            }
            if let Some((_, place)) = self.by_expiry.pop_first() {
                self.events.remove(&place);
            }
        }
    }

    pub fn next_expiry(&self) -> Option<Duration> {
        self.by_expiry.first().map(|&(expires_at, _)| expires_at)
    }

    fn drop_event(&mut self, place: &Place) {
        if let Some(event) = self.events.remove(place) {
            self.by_expiry.remove(&(event.expires_at, place.clone()));
        }
    }
}
