//! What one may ask of the hub. Nothing here changes anything.

use std::time::Duration;

use pusher_channels::protocol::ChannelName;

use super::{AppIndex, HostedApp, Hub, Place};
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

    /// The channels of an app that somebody hears now and whose names start so, in order.
    pub fn occupied(&self, app: &AppId, prefix: &str) -> Vec<ChannelName> {
        let all = self.hosted(app).into_iter().flat_map(|hosted| hosted.channels.names());
        let mut channels: Vec<_> = all.filter(|name| name.as_str().starts_with(prefix)).cloned().collect();
        channels.sort_unstable();
        channels
    }

    /// How many connections subscribe to a channel now.
    pub fn subscription_count(&self, app: &AppId, channel: &ChannelName) -> usize {
        self.hosted(app).map_or(0, |hosted| hosted.channels.count(channel))
    }

    /// The users on a presence channel now, each once, in order.
    pub fn user_ids(&self, app: &AppId, channel: &ChannelName) -> Vec<String> {
        let members = self.hosted(app).and_then(|hosted| hosted.channels.members(channel));
        members.map_or_else(Vec::new, |members| members.user_ids().map(str::to_owned).collect())
    }

    /// How many users are on a presence channel now.
    pub fn user_count(&self, app: &AppId, channel: &ChannelName) -> usize {
        let members = self.hosted(app).and_then(|hosted| hosted.channels.members(channel));
        members.map_or(0, |members| members.count())
    }

    /// What a cache channel would repeat to a new subscriber at this time.
    pub fn cached(&self, app: &AppId, channel: &ChannelName, now: Duration) -> Option<Cached> {
        let app = self.index_of(app)?;
        let channel = channel.clone();
        let event = self.cache.get(&Place { app, channel }, now)?;
        Some(Cached {
            data: event.data.clone(),
            ttl: event.expires_at - now,
        })
    }

    /// Whether a user is signed in on at least one connection.
    pub fn is_online(&self, app: &AppId, user_id: &str) -> bool {
        self.hosted(app).is_some_and(|hosted| hosted.users.is_online(user_id))
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

    fn hosted(&self, app: &AppId) -> Option<&HostedApp> {
        self.index_of(app).map(|AppIndex(index)| &self.apps[index])
    }
}
