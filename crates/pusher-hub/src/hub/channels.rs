//! Who subscribes to which channel of one app, and as which member. Knows nothing of frames.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use pusher_channels::protocol::{ChannelName, Member};

use super::members::{Attendance, Members};
use crate::ConnId;

/// Channels with at least one subscriber.
#[derive(Debug, Default)]
pub(super) struct Channels(HashMap<ChannelName, Channel>);

#[derive(Debug, Default)]
struct Channel {
    subscribers: HashSet<ConnId>,
    /// On presence channels only.
    members: Option<Box<Members>>,
}

/// What became of a channel when a subscriber came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occupancy {
    /// The first came.
    Occupied,
    /// There were others.
    Unchanged,
}

/// What became of a channel when a subscriber left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Departure {
    /// The member who is gone with it.
    pub removed: Option<Arc<str>>,
    pub rest: Rest,
}

/// Who is left on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    Nobody,
    Others,
}

impl Channels {
    pub fn has(&self, channel: &ChannelName, conn: ConnId) -> bool {
        let channel = self.0.get(channel);
        channel.is_some_and(|channel| channel.subscribers.contains(&conn))
    }

    pub fn add(&mut self, channel: ChannelName, conn: ConnId) -> Occupancy {
        let channel = self.0.entry(channel).or_default();
        channel.subscribers.insert(conn);
        match channel.subscribers.len() {
            1 => Occupancy::Occupied,
            _ => Occupancy::Unchanged,
        }
    }

    /// Makes a subscriber of a presence channel a member of it.
    pub fn seat(&mut self, channel: ChannelName, conn: ConnId, member: &Member) -> Attendance {
        let channel = self.0.entry(channel).or_default();
        channel.members.get_or_insert_default().join(conn, member)
    }

    /// None when there was no such subscriber.
    pub fn remove(&mut self, name: &ChannelName, conn: ConnId) -> Option<Departure> {
        let channel = self.0.get_mut(name)?;
        if !channel.subscribers.remove(&conn) {
            return None;
        }
        let removed = channel.members.as_mut().and_then(|members| members.leave(conn));
        let mut rest = Rest::Others;
        if channel.subscribers.is_empty() {
            self.0.remove(name);
            rest = Rest::Nobody;
        }
        Some(Departure { removed, rest })
    }

    /// Who is on a presence channel that somebody subscribes to.
    pub fn members(&self, channel: &ChannelName) -> Option<&Members> {
        self.0.get(channel)?.members.as_deref()
    }

    /// How many subscribe to a channel.
    pub fn count(&self, channel: &ChannelName) -> usize {
        self.0.get(channel).map_or(0, |channel| channel.subscribers.len())
    }

    /// The channels, in no order.
    pub fn names(&self) -> impl Iterator<Item = &ChannelName> {
        self.0.keys()
    }

    /// The channel's subscribers, one of them left out.
    pub fn subscribers(&self, channel: &ChannelName, except: Option<ConnId>) -> Vec<ConnId> {
        self.0.get(channel).map_or_else(Vec::new, |channel| {
            let subscribers = channel.subscribers.iter().copied();
            subscribers.filter(|&conn| Some(conn) != except).collect()
        })
    }
}
