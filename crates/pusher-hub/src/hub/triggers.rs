//! Events of the embedding program: to whom they go, and what of them is kept. Encodes each once, for all who hear it.

use std::time::Duration;

use pusher_channels::protocol::{ChannelName, EventName, ServerFrame};

use super::{AppIndex, Hub, Place, cache::CachedEvent};
use crate::{AppId, Audience, ConnId, Output, Trigger};

impl Hub {
    pub(super) fn trigger(&mut self, app: &AppId, trigger: Trigger, now: Duration) {
        if let Some(index) = self.index_of(app) {
            self.spread(app, &trigger);
            self.deliver(index, trigger, now);
        }
    }

    /// To those who are connected here.
    pub(super) fn deliver(&mut self, app: AppIndex, trigger: Trigger, now: Duration) {
        let Trigger {
            channels,
            event,
            data,
            audience,
        } = trigger;
        for channel in channels {
            let to = self.audience(app, &channel, &audience);
            if keeps(&channel, &audience) {
                let expires_at = now + self.config.cache_ttl;
                let cached = CachedEvent {
                    event: event.clone(),
                    data: data.clone(),
                    expires_at,
                };
                let channel = channel.clone();
                self.cache.keep(Place { app, channel }, cached);
                self.cache.shrink(self.config.max_cached_events, now);
            }
            if !to.is_empty() {
                let frame = event_frame(&event, channel, data.clone());
                self.outputs.push_back(Output::Send { to, frame });
            }
        }
    }

    /// Sends a new subscriber of a cache channel its last event; without one, says so and is told so.
    pub(super) fn replay(&mut self, conn: ConnId, place: &Place, now: Duration) -> Replay {
        let Place { app: _, channel } = place;
        if !channel.is_cache() {
            return Replay::NotDue;
        }
        match self.cache.get(place, now) {
            Some(CachedEvent { event, data, .. }) => {
                let frame = event_frame(event, channel.clone(), data.clone());
                self.outputs.push_back(Output::Send { to: vec![conn], frame });
                Replay::Done
            }
            None => {
                let channel = channel.clone();
                self.send_frame(conn, &ServerFrame::CacheMiss { channel });
                Replay::Missed
            }
        }
    }

    fn audience(&self, app: AppIndex, channel: &ChannelName, audience: &Audience) -> Vec<ConnId> {
        let channels = &self.apps[app.0].channels;
        match audience {
            Audience::Everyone => channels.subscribers(channel, None),
            Audience::Except(socket_id) => channels.subscribers(channel, self.connections.find(socket_id)),
            Audience::Only(socket_id) => {
                let only = self.connections.find(socket_id);
                only.filter(|&conn| channels.has(channel, conn)).into_iter().collect()
            }
        }
    }
}

/// Whether a new subscriber of a channel was sent its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replay {
    /// It is no cache channel.
    NotDue,
    Done,
    /// Nothing is cached.
    Missed,
}

/// Whether an event is kept for those who come later. What is for one socket alone is not for them.
fn keeps(channel: &ChannelName, audience: &Audience) -> bool {
    match audience {
        Audience::Everyone | Audience::Except(_) => channel.is_cache(),
        Audience::Only(_) => false,
    }
}

fn event_frame(event: &EventName, channel: ChannelName, data: String) -> String {
    let frame = ServerFrame::Event {
        event: event.as_str().to_owned(),
        channel: Some(channel),
        data,
        user_id: None,
    };
    frame.encode()
}
