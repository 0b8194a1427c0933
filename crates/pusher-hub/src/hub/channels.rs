//! Who subscribes to which channel of one app. Knows nothing of frames.

use std::collections::{HashMap, HashSet};

use pusher_channels::protocol::ChannelName;

use crate::ConnId;

/// Channels with at least one subscriber.
#[derive(Debug, Default)]
pub(super) struct Channels(HashMap<ChannelName, HashSet<ConnId>>);

/// What became of a channel when a subscriber came or left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occupancy {
    /// The first came.
    Occupied,
    /// The last left.
    Vacated,
    /// There were and are others.
    Unchanged,
}

impl Channels {
    pub fn has(&self, channel: &ChannelName, conn: ConnId) -> bool {
        self.0
            .get(channel)
            .is_some_and(|subscribers| subscribers.contains(&conn))
    }

    pub fn add(&mut self, channel: ChannelName, conn: ConnId) -> Occupancy {
        let subscribers = self.0.entry(channel).or_default();
        subscribers.insert(conn);
        if subscribers.len() == 1 {
            Occupancy::Occupied
        } else {
            Occupancy::Unchanged
        }
    }

    pub fn remove(&mut self, channel: &ChannelName, conn: ConnId) -> Occupancy {
        let Some(subscribers) = self.0.get_mut(channel) else {
            return Occupancy::Unchanged;
        };
        subscribers.remove(&conn);
        if subscribers.is_empty() {
            self.0.remove(channel);
            return Occupancy::Vacated;
        }
        Occupancy::Unchanged
    }

    /// How many subscribe to a channel.
    pub fn count(&self, channel: &ChannelName) -> usize {
        self.0.get(channel).map_or(0, HashSet::len)
    }

    /// The channels, in no order.
    pub fn names(&self) -> impl Iterator<Item = &ChannelName> {
        self.0.keys()
    }

    /// The channel's subscribers, one of them left out.
    pub fn subscribers(&self, channel: &ChannelName, except: Option<ConnId>) -> Vec<ConnId> {
        self.0.get(channel).map_or_else(Vec::new, |subscribers| {
            subscribers
                .iter()
                .copied()
                .filter(|&conn| Some(conn) != except)
                .collect()
        })
    }
}
