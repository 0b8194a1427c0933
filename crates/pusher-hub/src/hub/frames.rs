//! What clients send, and its answers. Knows the client's frames; subscriptions have their own file.

use std::time::Duration;

use pusher_channels::protocol::{
    ChannelKind, ChannelName, ClientFrame, EventName, RawJson, ServerFrame, limits::MAX_EVENT_DATA,
};

use super::{Hub, TOO_BIG, subscriptions::Wish};
use crate::{ClientEvents, ConnId, Output};

/// An event that a client triggers.
struct ClientEvent {
    event: EventName,
    channel: ChannelName,
    data: RawJson,
}

impl Hub {
    pub(super) fn frame_received(&mut self, conn: ConnId, text: &str, now: Duration) {
        if self.connections.get(conn).is_none() {
            return;
        }
        self.heard(conn, now);
        if text.len() > self.config.max_frame_bytes {
            return self.oversize_received(conn);
        }
        match ClientFrame::parse(text) {
            Ok(ClientFrame::Subscribe {
                channel,
                auth,
                channel_data,
            }) => {
                let wish = Wish {
                    channel,
                    auth,
                    channel_data,
                };
                self.subscribe(conn, wish);
            }
            Ok(ClientFrame::Unsubscribe { channel }) => self.unsubscribe(conn, &channel),
            Ok(ClientFrame::SignIn { .. }) => self.send_error(conn, None, "pusher:signin is not known to this server"),
            Ok(ClientFrame::Ping) => self.send_frame(conn, &ServerFrame::Pong),
            Ok(ClientFrame::Pong) => {}
            Ok(ClientFrame::ClientEvent { event, channel, data }) => {
                self.client_event(conn, ClientEvent { event, channel, data });
            }
            Err(error) => self.send_error(conn, None, &error.to_string()),
        }
    }

    pub(super) fn binary_received(&mut self, conn: ConnId, now: Duration) {
        if self.connections.get(conn).is_some() {
            self.heard(conn, now);
            self.send_error(conn, None, "binary frames are not part of this protocol: send text");
        }
    }

    pub(super) fn oversize_received(&mut self, conn: ConnId) {
        if self.connections.get(conn).is_some() {
            let reason = format!(
                "the frame is too long: at most {} bytes are allowed",
                self.config.max_frame_bytes
            );
            self.close(conn, TOO_BIG, reason);
        }
    }

    fn client_event(&mut self, conn: ConnId, sent: ClientEvent) {
        if let Err(reason) = self.check_client_event(conn, &sent) {
            let ClientEvent { event, channel, .. } = sent;
            return self.send_error(conn, None, &format!("{event} on {channel}: {reason}"));
        }
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        let channels = &self.apps[connection.app.0].channels;
        let to = channels.subscribers(&sent.channel, Some(conn));
        if to.is_empty() {
            return;
        }
        let frame = ServerFrame::ClientEvent {
            event: sent.event.as_str().to_owned(),
            channel: sent.channel,
            data: sent.data,
            user_id: None,
        };
        self.outputs.push_back(Output::Send {
            to,
            frame: frame.encode(),
        });
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
