//! Events that clients trigger: who may, how often, and who hears them. They are never cached.

use std::time::Duration;

use pusher_channels::protocol::{
    ChannelKind, ChannelName, CloseCode, EventName, RawJson, ServerFrame, limits::MAX_EVENT_DATA,
};

use super::{Hub, members::Members};
use crate::{ClientEvents, ConnId, Output};

/// An event that a client triggers.
pub(super) struct ClientEvent {
    pub event: EventName,
    pub channel: ChannelName,
    pub data: RawJson,
}

impl Hub {
    pub(super) fn client_event(&mut self, conn: ConnId, sent: ClientEvent, now: Duration) {
        if let Err(reason) = self.check_client_event(conn, &sent) {
            let ClientEvent { event, channel, .. } = sent;
            return self.send_error(conn, None, &format!("{event} on {channel}: {reason}"));
        }
        let limit = self.config.max_client_events_per_second;
        let Some(connection) = self.connections.get_mut(conn) else {
            return;
        };
        if connection.client_events.step(limit, now).is_err() {
            let ClientEvent { event, channel, .. } = sent;
            let message = format!("{event} on {channel}: at most {limit} client events a second are allowed");
            return self.send_error(conn, Some(CloseCode::CLIENT_EVENT_RATE), &message);
        }
        self.pass_on(conn, sent);
    }

    fn pass_on(&mut self, conn: ConnId, ClientEvent { event, channel, data }: ClientEvent) {
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        let hosted = &self.apps[connection.app.0];
        let members = hosted.channels.members(&channel);
        let user_id = members.and_then(|members: &Members| members.user_of(conn).map(str::to_owned));
        let (app, socket_id) = (hosted.app.id().clone(), connection.socket_id.clone());
        let to = hosted.channels.subscribers(&channel, Some(conn));
        let told_app = app.clone();
        let told = Output::ClientEvent {
            app,
            channel: channel.clone(),
            event: event.clone(),
            data: data.to_data(),
            socket_id,
            user_id: user_id.clone(),
        };
        let frame = ServerFrame::ClientEvent {
            event: event.as_str().to_owned(),
            channel,
            data,
            user_id,
        };
        self.send_to_all(to, &frame);
        self.spread_client_event(&told_app, &frame);
        self.outputs.push_back(told);
    }

    fn check_client_event(&self, conn: ConnId, sent: &ClientEvent) -> Result<(), &'static str> {
        match self.config.client_events {
            ClientEvents::Refused => return Err("client events are not enabled for this app"),
            ClientEvents::Forwarded => {}
        }
        match sent.channel.kind() {
            ChannelKind::Private | ChannelKind::Presence => {}
            ChannelKind::Public | ChannelKind::Encrypted | ChannelKind::ServerToUser => {
                return Err("client events are for private and presence channels");
            }
        }
        let subscribed = self
            .connections
            .get(conn)
            .is_some_and(|connection| connection.channels.contains(&sent.channel));
        if !subscribed {
            return Err("subscribe to the channel first");
        }
        if sent.data.as_str().len() > MAX_EVENT_DATA {
            return Err("data: at most 10240 bytes are allowed");
        }
        Ok(())
    }
}
