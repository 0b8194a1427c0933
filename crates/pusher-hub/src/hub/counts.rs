//! When the subscribers of a channel are told how many they are: at each change, and in a crowd from time to time.
//!
//! Knows the pace, and of a channel no more than its name.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    mem,
    time::Duration,
};

use pusher_channels::protocol::{ChannelKind, ServerFrame};

use super::{Hub, Place};
use crate::{Output, SubscriptionCounts};

/// More subscribers than this are a crowd.
const CROWD: usize = 100;
/// Least time between two counts told to a crowd, as the vendor's documents have it.
const PAUSE: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Since the counts were told last; a channel may be here more than once.
    changed: Vec<Place>,
    /// Of these a change happened here; the program is told of it where it happened.
    ours: HashSet<Place>,
    /// When each crowd was told last.
    crowds: HashMap<Place, Duration>,
    /// Crowds whose count has changed, and when they are to be told.
    due: BTreeSet<(Duration, Place)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    Now,
    Later,
}

impl Counts {
    /// By what happened here.
    pub fn changed(&mut self, place: Place) {
        self.ours.insert(place.clone());
        self.changed.push(place);
    }

    pub fn changed_elsewhere(&mut self, place: Place) {
        self.changed.push(place);
    }

    pub fn next_due(&self) -> Option<Duration> {
        self.due.first().map(|&(at, _)| at)
    }

    /// The channels whose counts are to be looked at now, each once.
    fn take(&mut self, now: Duration) -> Vec<Place> {
        let mut places = mem::take(&mut self.changed);
        while let Some((at, _)) = self.due.first() {
            if *at > now {
                break;
            }
            places.extend(self.due.pop_first().map(|(_, place)| place));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    fn pace(&mut self, place: &Place, count: usize, now: Duration) -> Telling {
        if count <= CROWD {
            self.forget(place);
            return Telling::Now;
        }
        match self.crowds.get(place) {
            Some(&told_at) if now < told_at + PAUSE => {
                self.due.insert((told_at + PAUSE, place.clone()));
                Telling::Later
            }
            Some(_) | None => {
                self.forget(place);
                self.crowds.insert(place.clone(), now);
                Telling::Now
            }
        }
    }

    fn forget(&mut self, place: &Place) {
        if let Some(told_at) = self.crowds.remove(place) {
            self.due.remove(&(told_at + PAUSE, place.clone()));
        }
    }
}

impl Hub {
    /// To be called whenever a channel has another number of subscribers.
    pub(super) fn count_changed(&mut self, place: Place) {
        if self.counts(&place) {
            self.counts.changed(place);
        }
    }

    /// To be called when it has so on another node.
    pub(super) fn count_changed_elsewhere(&mut self, place: Place) {
        if self.counts(&place) {
            self.counts.changed_elsewhere(place);
        }
    }

    fn counts(&self, place: &Place) -> bool {
        let told = match self.config.subscription_counts {
            SubscriptionCounts::Silent => false,
            SubscriptionCounts::Told => true,
        };
        match place.channel.kind() {
            // Members are told of one by one; and only one user can hear of the last.
            ChannelKind::Presence | ChannelKind::ServerToUser => false,
            ChannelKind::Public | ChannelKind::Private | ChannelKind::Encrypted => told,
        }
    }

    pub(super) fn tell_counts(&mut self, now: Duration) {
        for place in self.counts.take(now) {
            let hosted = &self.apps[place.app.0];
            let to = hosted.channels.subscribers(&place.channel, None);
            let count = to.len() + self.peers.subscriptions(&place);
            let app = hosted.app.id().clone();
            match self.counts.pace(&place, count, now) {
                Telling::Now => {}
                Telling::Later => continue,
            }
            let is_ours = self.counts.ours.remove(&place);
            if count == 0 {
                continue;
            }
            let channel = place.channel;
            let frame = ServerFrame::SubscriptionCount {
                channel: channel.clone(),
                count: count as u64,
            };
            self.send_to_all(to, &frame);
            if is_ours {
                self.outputs
                    .push_back(Output::SubscriptionCount { app, channel, count });
            }
        }
    }
}
