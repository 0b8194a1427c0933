//! Who of one app is signed in, and who watches whom. Knows nothing of frames.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::ConnId;

/// Users with at least one signed-in connection.
#[derive(Debug, Default)]
pub(super) struct Users {
    online: HashMap<Arc<str>, HashSet<ConnId>>,
    /// Connections, by whom they watch.
    watchers: HashMap<Arc<str>, HashSet<ConnId>>,
}

/// What became of a user when one of their connections signed in or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is the first.
    CameOnline,
    /// It was the last.
    WentOffline,
    /// There were and are others.
    Nothing,
}

impl Users {
    pub fn come(&mut self, user_id: Arc<str>, conn: ConnId) -> Change {
        let connections = self.online.entry(user_id).or_default();
        connections.insert(conn);
        match connections.len() {
            1 => Change::CameOnline,
            _ => Change::Nothing,
        }
    }

    pub fn go(&mut self, user_id: &str, conn: ConnId) -> Change {
        remove(&mut self.online, user_id, conn)
    }

    pub fn ids(&self) -> impl Iterator<Item = &Arc<str>> {
        self.online.keys()
    }

    pub fn is_online(&self, user_id: &str) -> bool {
        self.online.contains_key(user_id)
    }

    /// The user's connections, in order.
    pub fn connections(&self, user_id: &str) -> Vec<ConnId> {
        in_order(self.online.get(user_id))
    }

    pub fn watch(&mut self, conn: ConnId, user_id: Arc<str>) {
        self.watchers.entry(user_id).or_default().insert(conn);
    }

    pub fn unwatch(&mut self, conn: ConnId, user_id: &str) {
        remove(&mut self.watchers, user_id, conn);
    }

    /// The connections that watch a user, in order.
    pub fn watchers(&self, user_id: &str) -> Vec<ConnId> {
        in_order(self.watchers.get(user_id))
    }
}

fn remove(from: &mut HashMap<Arc<str>, HashSet<ConnId>>, user_id: &str, conn: ConnId) -> Change {
    let Some(connections) = from.get_mut(user_id) else {
        return Change::Nothing;
    };
    connections.remove(&conn);
    if !connections.is_empty() {
        return Change::Nothing;
    }
    from.remove(user_id);
    Change::WentOffline
}

fn in_order(connections: Option<&HashSet<ConnId>>) -> Vec<ConnId> {
    let mut connections: Vec<ConnId> = connections.into_iter().flatten().copied().collect();
    connections.sort_unstable();
    connections
}
