//! The hub as a pure value: it takes what happened and answers what to do.
//!
//! Knows connections, channels and deadlines. Must never know a socket, a clock, or where chance comes from: time and
//! randomness are arguments.

mod cache;
mod channels;
mod client_events;
mod cluster;
mod connections;
mod counts;
mod deadlines;
mod frames;
mod members;
mod occupancy;
mod pace;
mod peers;
mod questions;
mod sign_in;
mod subscriptions;
mod triggers;
mod users;

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use pusher_channels::protocol::{ChannelName, CloseCode, PROTOCOL_VERSION, ServerFrame, SocketId};

pub use self::questions::Cached;
use self::{
    cache::Cache,
    channels::Channels,
    connections::{Connection, Connections},
    counts::Counts,
    peers::Peers,
    users::Users,
};
use crate::{App, AppId, ConnId, HubConfig, Input, Output};

/// A message that is too big for the receiver (RFC 6455, section 7.4.1).
const TOO_BIG: CloseCode = CloseCode(1009);
/// Error messages quote what was sent; they are cut to this many characters, so that an answer is never much larger
/// than its cause.
const MAX_MESSAGE: usize = 300;

/// A Pusher Channels server without its sockets.
///
/// Feed it with [`Hub::handle`], then do what [`Hub::poll_output`] says until it says nothing more, and wake it with
/// [`Input::TimePassed`] at [`Hub::poll_timeout`]. Times count from any fixed moment and never fall. It answers questions about
/// its channels at any time: [`Hub::occupied`], [`Hub::subscription_count`], [`Hub::user_ids`], [`Hub::cached`].
#[derive(Debug)]
pub struct Hub {
    config: HubConfig,
    apps: Vec<HostedApp>,
    by_key: HashMap<String, AppIndex>,
    connections: Connections,
    counts: Counts,
    cache: Cache,
    peers: Peers,
    outputs: VecDeque<Output>,
    phase: Phase,
}

/// An app's place among the hub's apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct AppIndex(usize);

/// A channel of an app.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    app: AppIndex,
    channel: ChannelName,
}

#[derive(Debug)]
struct HostedApp {
    app: App,
    /// How many are open.
    connections: usize,
    channels: Channels,
    users: Users,
}

#[derive(Debug)]
enum Phase {
    Serving,
    Draining,
}

/// Why a connection is closed at once.
struct Refusal {
    code: CloseCode,
    reason: &'static str,
}

impl Hub {
    /// A hub without connections.
    pub fn new(config: HubConfig) -> Self {
        let config = HubConfig {
            activity_timeout: config.activity_timeout.max(Duration::from_secs(1)),
            ..config
        };
        let hosted = |app: &App| HostedApp {
            app: app.clone(),
            connections: 0,
            channels: Channels::default(),
            users: Users::default(),
        };
        let keyed = |(index, app): (usize, &App)| (app.key().to_owned(), AppIndex(index));
        Self {
            apps: config.apps.iter().map(hosted).collect(),
            by_key: config.apps.iter().enumerate().map(keyed).collect(),
            peers: Peers::new(config.node),
            config,
            connections: Connections::default(),
            counts: Counts::default(),
            cache: Cache::default(),
            outputs: VecDeque::new(),
            phase: Phase::Serving,
        }
    }

    /// Takes what happened at this time.
    pub fn handle(&mut self, input: Input<'_>, now: Duration) {
        match input {
            Input::Opened {
                conn,
                key,
                protocol,
                nonce,
            } => match self.admit(key, protocol) {
                Ok(app) => self.open(conn, Connection::new(app, socket_id_of(nonce), now)),
                Err(refusal) => self.refuse(conn, refusal),
            },
            Input::FrameReceived { conn, text } => self.frame_received(conn, text, now),
            Input::BinaryReceived { conn } => self.binary_received(conn, now),
            Input::OversizeReceived { conn } => self.oversize_received(conn),
            Input::PingReceived { conn } => self.ping_received(conn, now),
            Input::Closed { conn } => self.forget(conn),
            Input::Triggered { app, trigger } => self.trigger(app, trigger, now),
            Input::AuthorizationWithdrawn {
                app,
                channel,
                socket_id,
            } => self.withdraw(app, channel, socket_id),
            Input::AuthorizationVoided {
                app,
                channel,
                socket_id,
            } => self.make_void(app, channel, socket_id),
            Input::AuthorizationRenewed {
                app,
                channel,
                socket_id,
            } => self.renew(app, channel, socket_id),
            Input::UserTerminated { app, user_id } => self.terminate(app, user_id),
            Input::BrokerJoined => self.broker_joined(now),
            Input::BrokerLost => self.broker_lost(now),
            Input::PeerSaid { text } => self.peer_said(text, now),
            Input::DrainStarted => self.start_draining(now),
            Input::TimePassed => {}
        }
        self.wake_due(now);
        self.cache.shrink(self.config.max_cached_events, now);
        // The dead leave before the counts are told.
        self.keep_cluster(now);
        self.tell_counts(now);
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to hand in [`Input::TimePassed`], if nothing else happens before. Coming early or late does no harm.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let times = [
            self.connections.next_alarm(),
            self.counts.next_due(),
            self.cache.next_expiry(),
            self.peers.next_due(),
        ];
        times.into_iter().flatten().min()
    }

    fn admit(&self, key: &str, protocol: Option<&str>) -> Result<AppIndex, Refusal> {
        let refusal = |code, reason| Err(Refusal { code, reason });
        if matches!(self.phase, Phase::Draining) {
            return refusal(CloseCode::OVER_CAPACITY, "the server is stopping");
        }
        let Some(&app) = self.by_key.get(key) else {
            return refusal(CloseCode::NO_SUCH_APP, "key: no app has this one");
        };
        if self.apps[app.0].app.is_disabled() {
            return refusal(CloseCode::APP_DISABLED, "key: this app is disabled");
        }
        if self.apps[app.0].connections >= self.config.max_connections_per_app {
            return refusal(CloseCode::OVER_QUOTA, "connections: this app has as many as it may");
        }
        match protocol {
            None | Some("") => refusal(CloseCode::NO_PROTOCOL, "protocol: missing; this server speaks 7"),
            Some(version) if version.parse() == Ok(PROTOCOL_VERSION) => Ok(app),
            Some(_) => refusal(
                CloseCode::UNSUPPORTED_PROTOCOL,
                "protocol: unsupported; this server speaks 7",
            ),
        }
    }

    /// Says why in a frame and in the close frame: pusher-js reads the first, other clients the second.
    fn refuse(&mut self, conn: ConnId, refusal: Refusal) {
        let Refusal { code, reason } = refusal;
        self.send_error(conn, Some(code), reason);
        self.outputs.push_back(Output::Close {
            conn,
            code,
            reason: reason.to_owned(),
        });
    }

    fn open(&mut self, conn: ConnId, connection: Connection) {
        let socket_id = connection.socket_id.clone();
        if self.connections.is_taken(conn, &socket_id) {
            let refusal = Refusal {
                code: CloseCode::RECONNECT,
                reason: "socket_id: taken; connect again for another",
            };
            return self.refuse(conn, refusal);
        }
        self.apps[connection.app.0].connections += 1;
        let activity_timeout = self.config.activity_timeout;
        let alarm = connection.heard_at + activity_timeout;
        self.connections.insert(conn, connection, alarm);
        let established = ServerFrame::ConnectionEstablished {
            socket_id,
            activity_timeout,
        };
        self.send_frame(conn, &established);
    }

    fn close(&mut self, conn: ConnId, code: CloseCode, reason: String) {
        self.outputs.push_back(Output::Close { conn, code, reason });
        self.forget(conn);
    }

    fn forget(&mut self, conn: ConnId) {
        let Some(connection) = self.connections.remove(conn) else {
            return;
        };
        let app = connection.app;
        self.apps[app.0].connections -= 1;
        for channel in connection.channels {
            self.leave(conn, Place { app, channel });
        }
        if let Some(user) = connection.user {
            self.sign_out(conn, app, &user);
        }
    }

    fn send_frame(&mut self, conn: ConnId, frame: &ServerFrame) {
        self.outputs.push_back(Output::Send {
            to: vec![conn],
            frame: frame.encode(),
        });
    }

    fn send_error(&mut self, conn: ConnId, code: Option<CloseCode>, message: &str) {
        let message = message.chars().take(MAX_MESSAGE).collect();
        self.send_frame(conn, &ServerFrame::Error { code, message });
    }

    /// The app of this id; where several have it, the first.
    fn index_of(&self, app: &AppId) -> Option<AppIndex> {
        let index = self.apps.iter().position(|hosted| hosted.app.id() == app);
        index.map(AppIndex)
    }
}

fn socket_id_of(nonce: u64) -> SocketId {
    SocketId::from_parts(nonce >> 32, nonce & 0xffff_ffff)
}

#[cfg(test)]
mod tests;
