//! Who is on one presence channel. Several connections of one user are one member. Knows nothing of frames.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use pusher_channels::protocol::{Member, RawJson, Roster};

use crate::ConnId;

#[derive(Debug, Default)]
pub(super) struct Members {
    seats: BTreeMap<Arc<str>, Seat>,
    by_conn: HashMap<ConnId, Arc<str>>,
}

/// One user on the channel.
#[derive(Debug)]
struct Seat {
    /// What the user's first connection told; the others keep to it, so that everyone sees the same.
    info: Option<RawJson>,
    /// How many; never zero.
    connections: usize,
}

/// Whether a user was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attendance {
    /// The user's first connection came.
    Added,
    /// The user has others here.
    Unchanged,
}

impl Members {
    pub fn count(&self) -> usize {
        self.seats.len()
    }

    pub fn has(&self, user_id: &str) -> bool {
        self.seats.contains_key(user_id)
    }

    /// The user whose connection this is.
    pub fn user_of(&self, conn: ConnId) -> Option<&str> {
        self.by_conn.get(&conn).map(|user_id| &**user_id)
    }

    /// What is told of a user who is here.
    pub fn info(&self, user_id: &str) -> Option<&RawJson> {
        self.seats.get(user_id)?.info.as_ref()
    }

    /// In order.
    pub fn user_ids(&self) -> impl Iterator<Item = &str> {
        self.seats.keys().map(|user_id| &**user_id)
    }

    pub fn join(&mut self, conn: ConnId, member: &Member) -> Attendance {
        let user_id: Arc<str> = member.user_id.as_str().into();
        self.by_conn.insert(conn, Arc::clone(&user_id));
        let seat = self.seats.entry(user_id).or_insert_with(|| Seat {
            info: member.user_info.clone(),
            connections: 0,
        });
        seat.connections += 1;
        match seat.connections {
            1 => Attendance::Added,
            _ => Attendance::Unchanged,
        }
    }

    /// The user who is gone with this connection, if it was the last of them.
    pub fn leave(&mut self, conn: ConnId) -> Option<Arc<str>> {
        let user_id = self.by_conn.remove(&conn)?;
        let seat = self.seats.get_mut(&user_id)?;
        seat.connections -= 1;
        if seat.connections > 0 {
            return None;
        }
        self.seats.remove(&user_id);
        Some(user_id)
    }

    pub fn roster(&self) -> Roster {
        let seats = self.seats.iter();
        Roster(
            seats
                .map(|(user_id, seat)| (user_id.to_string(), seat.info.clone()))
                .collect(),
        )
    }
}
