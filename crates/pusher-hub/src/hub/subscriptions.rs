//! Who may hear what: subscribing, leaving, and the refusals. Knows the rules of the kinds of channels.

use std::time::Duration;

use pusher_channels::protocol::{ChannelKind, ChannelName, Member, ServerFrame, SocketId, limits::MAX_USER_INFO};

use super::{
    HostedApp, Hub, Place,
    channels::Rest,
    connections::Connection,
    occupancy::Admission,
    peers::{Teller, Thing},
    sign_in::check_user_id,
};
use crate::{AppId, ConnId, app::Signed};

/// Before a user's id in the name of that user's own channel.
const SERVER_TO_USER: &str = "#server-to-user-";

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
    pub(super) fn subscribe(&mut self, conn: ConnId, wish: Wish, now: Duration) {
        let Some(connection) = self.connections.get(conn) else {
            return;
        };
        let channel = &wish.channel;
        if self.apps[connection.app.0].channels.has(channel, conn) {
            let message = format!("channel: already subscribed to {channel}");
            return self.send_error(conn, None, &message);
        }
        if self.connections.is_void(conn, channel) {
            return self.refuse_subscription(conn, wish.channel, withdrawn());
        }
        match self.check_wish(connection, &wish) {
            Ok(member) => {
                let app = connection.app;
                let channel = wish.channel;
                let place = Place { app, channel };
                self.join(conn, Admission { place, member }, now);
            }
            Err(refusal) => self.refuse_subscription(conn, wish.channel, refusal),
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
        self.leave(conn, Place { app, channel });
    }

    /// Ends a subscription on this node that the client did not end.
    pub(super) fn withdraw_here(&mut self, app: &AppId, channel: &ChannelName, socket_id: &SocketId) {
        let Some(conn) = self.connections.find(socket_id) else {
            return;
        };
        let heard = |connection: &Connection| {
            let hosted = &self.apps[connection.app.0];
            hosted.app.id() == app && hosted.channels.has(channel, conn)
        };
        if self.connections.get(conn).is_some_and(heard) {
            self.unsubscribe(conn, channel);
            self.refuse_subscription(conn, channel.clone(), withdrawn());
        }
    }

    /// Ends a subscription, and lets no signature of before begin it again.
    pub(super) fn make_void(&mut self, app: &AppId, channel: &ChannelName, socket_id: &SocketId) {
        if let Some(conn) = self.conn_of(app, socket_id) {
            self.connections.make_void(conn, channel);
        }
        self.withdraw(app, channel, socket_id);
    }

    /// Lets a signature count again.
    pub(super) fn renew(&mut self, app: &AppId, channel: &ChannelName, socket_id: &SocketId) {
        if let Some(conn) = self.conn_of(app, socket_id) {
            self.connections.renew(conn, channel);
        }
    }

    /// The connection of an app's socket, where it is on this node.
    fn conn_of(&self, app: &AppId, socket_id: &SocketId) -> Option<ConnId> {
        let conn = self.connections.find(socket_id)?;
        let connection = self.connections.get(conn)?;
        (self.apps[connection.app.0].app.id() == app).then_some(conn)
    }

    /// Takes a connection out of a channel; the connection's own list is the caller's.
    pub(super) fn leave(&mut self, conn: ConnId, place: Place) {
        let hosted = &mut self.apps[place.app.0];
        let Some(departure) = hosted.channels.remove(&place.channel, conn) else {
            return;
        };
        if let Some(user_id) = departure.removed {
            let mut teller = Teller::Whoever;
            if !self.peers.has_member(&place, &user_id) {
                self.tell_removed(&place, &user_id);
                teller = Teller::Them;
            }
            self.touch(Thing::Member(place.clone(), user_id), teller);
        }
        self.count_changed(place.clone());
        // Where others are left on other nodes, the last of all is told of there.
        let teller = match (departure.rest, self.peers.subscriptions(&place)) {
            (Rest::Nobody, 0) => {
                self.tell_vacated(place.clone());
                Teller::Them
            }
            (Rest::Nobody | Rest::Others, _) => Teller::Whoever,
        };
        self.touch(Thing::Channel(place), teller);
    }

    fn refuse_subscription(&mut self, conn: ConnId, channel: ChannelName, refusal: SubscriptionRefusal) {
        let SubscriptionRefusal { kind, error, status } = refusal;
        let frame = ServerFrame::SubscriptionError {
            channel,
            kind: kind.to_owned(),
            error,
            status: Some(status),
        };
        self.send_frame(conn, &frame);
    }

    /// Whether the connection may hear the channel, and on a presence channel as whom.
    fn check_wish(&self, connection: &Connection, wish: &Wish) -> Result<Option<Member>, SubscriptionRefusal> {
        let hosted = &self.apps[connection.app.0];
        check_limit(connection.channels.len(), self.config.max_channels_per_connection)?;
        match wish.channel.kind() {
            ChannelKind::Public => Ok(None),
            ChannelKind::Private | ChannelKind::Encrypted => check_auth(hosted, connection, wish).map(|()| None),
            ChannelKind::Presence => {
                check_auth(hosted, connection, wish)?;
                let member = member(connection, wish)?;
                let members = hosted.channels.members(&wish.channel);
                let app = connection.app;
                let channel = wish.channel.clone();
                let place = Place { app, channel };
                let limit = self.config.max_presence_members;
                let is_member = members.is_some_and(|members| members.has(&member.user_id))
                    || self.peers.has_member(&place, &member.user_id);
                if !is_member && self.member_count(&place) >= limit {
                    return Err(over_limit(format!(
                        "channel: a presence channel has at most {limit} members"
                    )));
                }
                Ok(Some(member))
            }
            ChannelKind::ServerToUser => check_own(connection, &wish.channel).map(|()| None),
        }
    }
}

fn unauthorized(error: String) -> SubscriptionRefusal {
    SubscriptionRefusal {
        kind: "AuthError",
        error,
        status: 401,
    }
}

fn withdrawn() -> SubscriptionRefusal {
    SubscriptionRefusal {
        status: 403,
        ..unauthorized("channel: the authorisation was withdrawn".to_owned())
    }
}

fn over_limit(error: String) -> SubscriptionRefusal {
    SubscriptionRefusal {
        kind: "LimitReached",
        error,
        status: 403,
    }
}

fn check_auth(hosted: &HostedApp, connection: &Connection, wish: &Wish) -> Result<(), SubscriptionRefusal> {
    let signed = Signed {
        socket_id: &connection.socket_id,
        channel: &wish.channel,
        channel_data: wish.channel_data.as_deref(),
    };
    let checked = hosted.app.check_auth(signed, wish.auth.as_deref());
    checked.map_err(|error| unauthorized(error.to_string()))
}

fn check_limit(joined: usize, limit: usize) -> Result<(), SubscriptionRefusal> {
    if joined < limit {
        return Ok(());
    }
    Err(over_limit(format!(
        "channel: a connection may subscribe to at most {limit}"
    )))
}

/// The channel of a user is open to that user's signed-in connections, without a signature of its own.
fn check_own(connection: &Connection, channel: &ChannelName) -> Result<(), SubscriptionRefusal> {
    let own = connection.user.as_ref().is_some_and(|user| {
        let user_id = channel.as_str().strip_prefix(SERVER_TO_USER);
        user_id == Some(&*user.id)
    });
    match own {
        true => Ok(()),
        false => Err(unauthorized(
            "channel: only for connections that are signed in as this user".to_owned(),
        )),
    }
}

/// The member that the application signed. Without one it is the signed-in user, as pusher-js has it; where both are given,
/// they need not be the same.
fn member(connection: &Connection, wish: &Wish) -> Result<Member, SubscriptionRefusal> {
    let member = match (&wish.channel_data, &connection.user) {
        (Some(data), _) => Member::parse(data).map_err(|reason| unauthorized(format!("channel_data: {reason}")))?,
        (None, Some(user)) => Member {
            user_id: user.id.to_string(),
            user_info: user.info.clone(),
        },
        (None, None) => {
            let error = "channel_data: a presence channel needs one with a user_id, or a signed-in user";
            return Err(unauthorized(error.to_owned()));
        }
    };
    check_user_id(&member.user_id).map_err(|reason| over_limit(format!("user_id: {reason}")))?;
    let bytes = member.user_info.as_ref().map_or(0, |info| info.as_str().len());
    if bytes > MAX_USER_INFO {
        return Err(over_limit(format!(
            "user_info: {bytes} bytes, at most {MAX_USER_INFO} are allowed"
        )));
    }
    Ok(member)
}
