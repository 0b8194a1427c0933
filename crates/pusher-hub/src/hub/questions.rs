//! What one may ask of the hub. Nothing here changes anything.

use std::{collections::BTreeSet, time::Duration};

use pusher_channels::protocol::{ChannelName, SocketId};

use super::{HostedApp, Hub, Place, members::Members};
use crate::{AppFigures, AppId};

/// The last event of a cache channel, as [`Hub::cached`] tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    /// The event's data as it was triggered.
    pub data: String,
    /// For how long it is still repeated to new subscribers.
    pub ttl: Duration,
}

impl Hub {
    /// How many connections are open.
    pub fn connection_count(&self) -> usize {
        self.connections.len()
    }

    /// Those of these sockets that are connected to an app here; of other nodes nothing is known.
    pub fn connected(&self, app: &AppId, mut sockets: Vec<SocketId>) -> Vec<SocketId> {
        let index = self.index_of(app);
        sockets.retain(|socket_id| {
            let conn = self.connections.find(socket_id);
            let connection = conn.and_then(|conn| self.connections.get(conn));
            connection.is_some_and(|connection| Some(connection.app) == index)
        });
        sockets
    }

    /// The channels of an app that somebody hears now, on whatever node, and whose names start so, in order.
    pub fn occupied(&self, app: &AppId, prefix: &str) -> Vec<ChannelName> {
        let Some(index) = self.index_of(app) else {
            return Vec::new();
        };
        let all = self.apps[index.0].channels.names().chain(self.peers.channels(index));
        let mut channels: Vec<_> = all.filter(|name| name.as_str().starts_with(prefix)).cloned().collect();
        channels.sort_unstable();
        channels.dedup();
        channels
    }

    /// The sockets that subscribe to a channel here, in no order; of other nodes nothing is known.
    pub fn subscribers(&self, app: &AppId, channel: &ChannelName) -> Vec<SocketId> {
        let here = self
            .place(app, channel)
            .map(|place| self.apps[place.app.0].channels.subscribers(channel, None));
        let here = here.into_iter().flatten();
        let connections = here.filter_map(|conn| self.connections.get(conn));
        connections.map(|connection| connection.socket_id.clone()).collect()
    }

    /// How many connections subscribe to a channel now.
    pub fn subscription_count(&self, app: &AppId, channel: &ChannelName) -> usize {
        self.place(app, channel).map_or(0, |place| {
            let here = self.apps[place.app.0].channels.count(channel);
            here + self.peers.subscriptions(&place)
        })
    }

    /// The users on a presence channel now, each once, in order.
    pub fn user_ids(&self, app: &AppId, channel: &ChannelName) -> Vec<String> {
        let Some(place) = self.place(app, channel) else {
            return Vec::new();
        };
        let here = self.apps[place.app.0].channels.members(channel);
        let here = here.into_iter().flat_map(Members::user_ids).map(str::to_owned);
        let elsewhere = self
            .peers
            .members(&place)
            .into_keys()
            .map(|user_id| user_id.to_string());
        here.chain(elsewhere).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// How many users are on a presence channel now.
    pub fn user_count(&self, app: &AppId, channel: &ChannelName) -> usize {
        self.place(app, channel).map_or(0, |place| self.member_count(&place))
    }

    /// The same for a channel that is known.
    pub(super) fn member_count(&self, place: &Place) -> usize {
        let here = self.apps[place.app.0].channels.members(&place.channel);
        let elsewhere = self.peers.members(place);
        let only_there = elsewhere
            .keys()
            .filter(|user_id| !here.is_some_and(|members| members.has(user_id)));
        here.map_or(0, Members::count) + only_there.count()
    }

    /// What a cache channel would repeat to a new subscriber at this time.
    pub fn cached(&self, app: &AppId, channel: &ChannelName, now: Duration) -> Option<Cached> {
        let event = self.cache.get(&self.place(app, channel)?, now)?;
        Some(Cached {
            data: event.data.clone(),
            ttl: event.expires_at - now,
        })
    }

    /// Whether a user is signed in on at least one connection.
    pub fn is_online(&self, app: &AppId, user_id: &str) -> bool {
        self.index_of(app)
            .is_some_and(|app| self.apps[app.0].users.is_online(user_id) || self.peers.is_online(app, user_id))
    }

    /// What each app does now.
    pub fn figures(&self) -> Vec<AppFigures> {
        let figures = |hosted: &HostedApp| AppFigures {
            app: hosted.app.id().clone(),
            connections: hosted.connections,
            channels: hosted.channels.names().count(),
        };
        self.apps.iter().map(figures).collect()
    }

    fn place(&self, app: &AppId, channel: &ChannelName) -> Option<Place> {
        let app = self.index_of(app)?;
        let channel = channel.clone();
        Some(Place { app, channel })
    }
}
