//! The open connections and when each wants to be looked at again. Knows nothing of frames or of what is sent.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use pusher_channels::protocol::{ChannelName, RawJson, SocketId};

use super::{AppIndex, pace::Pace};
use crate::ConnId;

#[derive(Debug, Default)]
pub(super) struct Connections {
    open: HashMap<ConnId, Slot>,
    by_socket: HashMap<SocketId, ConnId>,
    // One alarm per connection. Frames do not move it: when it rings, what was heard since is looked up.
    alarms: BTreeSet<(Duration, ConnId)>,
    // Apart, as hardly any connection has one: for which channels what was signed is void.
    void: HashMap<ConnId, Vec<ChannelName>>,
}

#[derive(Debug)]
struct Slot {
    connection: Connection,
    alarm: Duration,
}

#[derive(Debug)]
pub(super) struct Connection {
    pub app: AppIndex,
    pub socket_id: SocketId,
    /// In no order; a search is cheap, as their number is limited.
    pub channels: Vec<ChannelName>,
    /// Who is signed in. Behind a pointer, as most connections have nobody.
    pub user: Option<Box<SignedIn>>,
    pub heard_at: Duration,
    pub awaiting: Awaiting,
    pub frames: Pace,
    pub client_events: Pace,
}

/// The user of a connection.
#[derive(Debug)]
pub(super) struct SignedIn {
    pub id: Arc<str>,
    /// What the application tells of them on presence channels whose authorisation names nobody.
    pub info: Option<RawJson>,
    /// Whom they watch.
    pub watchlist: Box<[Arc<str>]>,
}

/// What a connection's alarm is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Awaiting {
    /// Silence that is long enough for a ping.
    Silence,
    /// An answer to the ping that was sent then.
    Pong { since: Duration },
    /// Its turn to be closed.
    Farewell,
}

impl Connection {
    pub fn new(app: AppIndex, socket_id: SocketId, now: Duration) -> Self {
        Self {
            app,
            socket_id,
            channels: Vec::new(),
            user: None,
            heard_at: now,
            awaiting: Awaiting::Silence,
            frames: Pace::default(),
            client_events: Pace::default(),
        }
    }
}

impl Connections {
    pub fn len(&self) -> usize {
        self.open.len()
    }

    pub fn is_taken(&self, conn: ConnId, socket_id: &SocketId) -> bool {
        self.open.contains_key(&conn) || self.by_socket.contains_key(socket_id)
    }

    pub fn insert(&mut self, conn: ConnId, connection: Connection, alarm: Duration) {
        self.by_socket.insert(connection.socket_id.clone(), conn);
        self.alarms.insert((alarm, conn));
        self.open.insert(conn, Slot { connection, alarm });
    }

    pub fn get(&self, conn: ConnId) -> Option<&Connection> {
        self.open.get(&conn).map(|slot| &slot.connection)
    }

    pub fn get_mut(&mut self, conn: ConnId) -> Option<&mut Connection> {
        self.open.get_mut(&conn).map(|slot| &mut slot.connection)
    }

    pub fn find(&self, socket_id: &SocketId) -> Option<ConnId> {
        self.by_socket.get(socket_id).copied()
    }

    /// Whether what was signed for that channel is void.
    pub fn is_void(&self, conn: ConnId, channel: &ChannelName) -> bool {
        self.void.get(&conn).is_some_and(|void| void.contains(channel))
    }

    pub fn make_void(&mut self, conn: ConnId, channel: &ChannelName) {
        if self.open.contains_key(&conn) && !self.is_void(conn, channel) {
            self.void.entry(conn).or_default().push(channel.clone());
        }
    }

    pub fn renew(&mut self, conn: ConnId, channel: &ChannelName) {
        if let Some(void) = self.void.get_mut(&conn) {
            void.retain(|other| other != channel);
        }
    }

    pub fn remove(&mut self, conn: ConnId) -> Option<Connection> {
        let Slot { connection, alarm } = self.open.remove(&conn)?;
        self.by_socket.remove(&connection.socket_id);
        self.void.remove(&conn);
        self.alarms.remove(&(alarm, conn));
        Some(connection)
    }

    /// Sets what is awaited and until when.
    pub fn set_alarm(&mut self, conn: ConnId, awaiting: Awaiting, alarm: Duration) {
        if let Some(slot) = self.open.get_mut(&conn) {
            self.alarms.remove(&(slot.alarm, conn));
            self.alarms.insert((alarm, conn));
            slot.alarm = alarm;
            slot.connection.awaiting = awaiting;
        }
    }

    pub fn next_alarm(&self) -> Option<Duration> {
        self.alarms.first().map(|&(alarm, _)| alarm)
    }

    /// A connection whose alarm rings by now.
    pub fn due(&self, now: Duration) -> Option<ConnId> {
        self.alarms
            .first()
            .and_then(|&(alarm, conn)| (alarm <= now).then_some(conn))
    }

    /// All, the longest-waiting alarm first.
    pub fn ids(&self) -> Vec<ConnId> {
        self.alarms.iter().map(|&(_, conn)| conn).collect()
    }
}
