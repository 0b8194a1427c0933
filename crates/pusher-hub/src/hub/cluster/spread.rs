//! Events and orders that go to all nodes, so that each does its part: nothing here is told twice or repeated.

use std::time::Duration;

use pusher_channels::protocol::{
    ChannelKind, ChannelName, EventName, RawJson, ServerFrame, SocketId, limits::MAX_EVENT_DATA,
};

use crate::{
    AppId, Audience, ClientEvents, Trigger,
    hub::{
        Hub, Place,
        cache::CachedEvent,
        peers::{Link, PeerWord, SpreadCached, SpreadClientEvent, SpreadEvent, raw},
        sign_in::check_user_id,
    },
};

impl Hub {
    /// To the other nodes, unless it is for one socket that is here.
    pub(in crate::hub) fn spread(&mut self, app: &AppId, trigger: &Trigger) {
        let is_here = match &trigger.audience {
            Audience::Everyone | Audience::Except(_) => false,
            Audience::Only(socket_id) => self.connections.find(socket_id).is_some(),
        };
        if !is_here && self.may_spread() {
            self.tell(&PeerWord::Event(SpreadEvent::of(app, trigger)));
        }
    }

    pub(in crate::hub) fn spread_client_event(&mut self, app: &AppId, event: &ServerFrame) {
        let ServerFrame::ClientEvent {
            event,
            channel,
            data,
            user_id,
        } = event
        else {
            return;
        };
        if self.may_spread() {
            self.tell(&PeerWord::ClientEvent(SpreadClientEvent {
                app: app.as_str().to_owned(),
                channel: channel.as_str().to_owned(),
                event: event.clone(),
                data: raw(data),
                user: user_id.clone(),
            }));
        }
    }

    /// Closes all connections of a user, on all nodes.
    pub(in crate::hub) fn terminate(&mut self, app: &AppId, user_id: &str) {
        if check_user_id(user_id).is_ok() && self.may_spread() {
            let (app, user) = (app.as_str().to_owned(), user_id.to_owned());
            self.tell(&PeerWord::Terminate { app, user });
        }
        self.terminate_here(app, user_id);
    }

    /// Ends a subscription, on whatever node it is.
    pub(in crate::hub) fn withdraw(&mut self, app: &AppId, channel: &ChannelName, socket_id: &SocketId) {
        if self.connections.find(socket_id).is_some() {
            self.withdraw_here(app, channel, socket_id);
        } else if self.may_spread() {
            self.tell(&PeerWord::Withdraw {
                app: app.as_str().to_owned(),
                channel: channel.as_str().to_owned(),
                socket: socket_id.as_str().to_owned(),
            });
        }
    }

    /// What cannot be told now is not told later: it would come out of order, and over what came after it. It is counted.
    fn may_spread(&mut self) -> bool {
        match (self.peers.me, self.peers.link) {
            (None, _) => false,
            (Some(_), Link::Joined) => true,
            (Some(_), Link::Lost { .. }) => {
                self.peers.unspread += 1;
                false
            }
        }
    }

    pub(super) fn event_spread(&mut self, event: SpreadEvent, now: Duration) {
        let app = self.index_of(&AppId::new(&event.app));
        match (app, event.trigger()) {
            (Some(app), Some(trigger)) => self.deliver(app, trigger, now),
            (None, _) | (_, None) => self.peers.ignored += 1,
        }
    }

    pub(super) fn client_event_spread(&mut self, event: SpreadClientEvent) {
        let app = self.index_of(&AppId::new(&event.app));
        match (app, self.client_frame(event)) {
            (Some(app), Some((channel, frame))) => {
                let to = self.apps[app.0].channels.subscribers(&channel, None);
                self.send_to_all(to, &frame);
            }
            (None, _) | (_, None) => self.peers.ignored += 1,
        }
    }

    /// None when the event could not be triggered here.
    fn client_frame(&self, event: SpreadClientEvent) -> Option<(ChannelName, ServerFrame)> {
        match self.config.client_events {
            ClientEvents::Forwarded => {}
            ClientEvents::Refused => return None,
        }
        let channel = ChannelName::new(&event.channel).ok()?;
        let name = EventName::new(&event.event).ok().filter(EventName::is_client)?;
        let fits = matches!(channel.kind(), ChannelKind::Private | ChannelKind::Presence);
        if !fits || event.data.get().len() > MAX_EVENT_DATA {
            return None;
        }
        let frame = ServerFrame::ClientEvent {
            event: name.as_str().to_owned(),
            channel: channel.clone(),
            data: RawJson::from(event.data),
            user_id: event.user,
        };
        Some((channel, frame))
    }

    /// For a node that is new: the last event of each cache channel.
    pub(super) fn tell_cached(&mut self, now: Duration) {
        let told = |(place, event): (&Place, &CachedEvent)| SpreadCached {
            app: self.apps[place.app.0].app.id().as_str().to_owned(),
            channel: place.channel.as_str().to_owned(),
            event: event.event.as_str().to_owned(),
            data: event.data.clone(),
            ttl: u64::try_from((event.expires_at - now).as_millis()).unwrap_or(u64::MAX),
        };
        let all: Vec<SpreadCached> = self.cache.all(now).map(told).collect();
        for cached in all {
            self.tell(&PeerWord::Cached(cached));
        }
    }

    /// Keeps it unless there is something newer.
    pub(super) fn cached_spread(&mut self, told: SpreadCached, now: Duration) {
        let (app, channel) = (self.index_of(&AppId::new(&told.app)), ChannelName::new(&told.channel));
        let (Some(app), Ok(channel), Ok(event)) = (app, channel, EventName::new(&told.event)) else {
            self.peers.ignored += 1;
            return;
        };
        let place = Place { app, channel };
        let expires_at = now + Duration::from_millis(told.ttl).min(self.config.cache_ttl);
        let newer = self
            .cache
            .get(&place, now)
            .is_some_and(|event| event.expires_at >= expires_at);
        if newer || !place.channel.is_cache() || told.data.len() > MAX_EVENT_DATA {
            return;
        }
        let data = told.data;
        self.cache.keep(
            place,
            CachedEvent {
                event,
                data,
                expires_at,
            },
        );
    }

    pub(super) fn withdrawal_spread(&mut self, app: &str, channel: &str, socket: &str) {
        match (ChannelName::new(channel), SocketId::parse(socket)) {
            (Ok(channel), Ok(socket_id)) => self.withdraw_here(&AppId::new(app), &channel, &socket_id),
            (Err(_), _) | (_, Err(_)) => self.peers.ignored += 1,
        }
    }
}
