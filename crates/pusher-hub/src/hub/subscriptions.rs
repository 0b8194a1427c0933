//! Who may hear what: subscribing, leaving, and the refusals. Knows the rules of the kinds of channels.

use pusher_channels::protocol::{ChannelKind, ChannelName, ServerFrame, SocketId};

use super::{AppIndex, Hub, channels::Occupancy, connections::Connection};
use crate::{AppId, ConnId, Output, app::Signed};

/// What a client wants to hear.
pub(super) struct Wish {
    pub channel: ChannelName,
    pub auth: Option<String>,
    pub channel_data: Option<String>,
}

/// Why a subscription is refused; its connection lives on.
struct SubscriptionRefusal {
    /// `type` in the frame.
    kind: &'static str,
    error: String,
    /// The HTTP status that fits.
    status: u16,
}

impl Hub {
    pub(super) fn subscribe(&mut self, conn: ConnId, wish: Wish) {
        let Wish {
            channel,
            auth,
            channel_data,
        } = wish;
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        let hosted = &self.apps[connection.app.0];
        if hosted.channels.has(&channel, conn) {
            let message = format!("channel: already subscribed to {channel}");
            return self.send_error(conn, None, &message);
        }
        let signed = Signed {
            socket_id: &connection.socket_id,
            channel: &channel,
            channel_data: channel_data.as_deref(),
        };
        let allowed = check_kind(&channel)
            .and_then(|()| check_count(connection.channels.len(), self.config.max_channels_per_connection))
            .and_then(|()| match channel.needs_authorization() {
                true => hosted
                    .app
                    .check_auth(signed, auth.as_deref())
                    .map_err(|error| SubscriptionRefusal {
                        kind: "AuthError",
                        error: error.to_string(),
                        status: 401,
                    }),
                false => Ok(()),
            });
        match allowed {
            Ok(()) => self.join(conn, channel),
            Err(SubscriptionRefusal { kind, error, status }) => self.send_frame(
                conn,
                &ServerFrame::SubscriptionError {
                    channel,
                    kind: kind.to_owned(),
                    error,
                    status: Some(status),
                },
            ),
        }
    }

    /// Silent when there was no subscription: a client may leave in doubt.
    pub(super) fn unsubscribe(&mut self, conn: ConnId, channel: &ChannelName) {
        let Some(connection) = self.connections.get_mut(conn) else {
            return;
        };
        let Some(place) = connection.channels.iter().position(|joined| joined == channel) else {
            return;
        };
        let channel = connection.channels.swap_remove(place);
        let app = connection.app;
        self.leave(app, conn, channel);
    }

    /// Ends a subscription that the client did not end.
    pub(super) fn withdraw(&mut self, app: &AppId, channel: &ChannelName, socket_id: &SocketId) {
        let Some(conn) = self.connections.find(socket_id) else {
            return;
        };
        let heard = |connection: &Connection| {
            let hosted = &self.apps[connection.app.0];
            hosted.app.id() == app && hosted.channels.has(channel, conn)
        };
        if self.connections.get(conn).is_some_and(heard) {
            self.unsubscribe(conn, channel);
            self.send_frame(
                conn,
                &ServerFrame::SubscriptionError {
                    channel: channel.clone(),
                    kind: "AuthError".to_owned(),
                    error: "channel: the authorisation was withdrawn".to_owned(),
                    status: Some(403),
                },
            );
        }
    }

    /// Takes a connection out of a channel; the connection's own list is the caller's.
    pub(super) fn leave(&mut self, app: AppIndex, conn: ConnId, channel: ChannelName) {
        let hosted = &mut self.apps[app.0];
        match hosted.channels.remove(&channel, conn) {
            Occupancy::Vacated => {
                let app = hosted.app.id().clone();
                self.outputs.push_back(Output::ChannelVacated { app, channel });
            }
            Occupancy::Occupied | Occupancy::Unchanged => {}
        }
    }

    fn join(&mut self, conn: ConnId, channel: ChannelName) {
        let Some(connection) = self.connections.get_mut(conn) else {
            return;
        };
        connection.channels.push(channel.clone());
        let socket_id = connection.socket_id.clone();
        let hosted = &mut self.apps[connection.app.0];
        let occupancy = hosted.channels.add(channel.clone(), conn);
        let app = hosted.app.id().clone();
        self.send_frame(
            conn,
            &ServerFrame::SubscriptionSucceeded {
                channel: channel.clone(),
                data: "{}".to_owned(),
            },
        );
        match occupancy {
            Occupancy::Occupied => self.outputs.push_back(Output::ChannelOccupied {
                app: app.clone(),
                channel: channel.clone(),
            }),
            Occupancy::Vacated | Occupancy::Unchanged => {}
        }
        self.outputs.push_back(Output::Subscribed {
            app,
            channel,
            socket_id,
        });
    }
}

fn check_kind(channel: &ChannelName) -> Result<(), SubscriptionRefusal> {
    let refused = |what: &str| {
        Err(SubscriptionRefusal {
            kind: "NotSupported",
            error: format!("channel: {what} are not supported by this server"),
            status: 501,
        })
    };
    match channel.kind() {
        ChannelKind::Public | ChannelKind::Private if channel.is_cache() => refused("cache channels"),
        ChannelKind::Public | ChannelKind::Private => Ok(()),
        ChannelKind::Presence => refused("presence channels"),
        ChannelKind::Encrypted => refused("encrypted channels"),
        ChannelKind::ServerToUser => refused("channels of signed-in users"),
    }
}

fn check_count(joined: usize, limit: usize) -> Result<(), SubscriptionRefusal> {
    if joined < limit {
        return Ok(());
    }
    Err(SubscriptionRefusal {
        kind: "LimitReached",
        error: format!("channel: a connection may subscribe to at most {limit}"),
        status: 403,
    })
}
