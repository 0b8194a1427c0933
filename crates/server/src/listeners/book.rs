//! What is noted of sockets. Pure: knows neither the hub nor the store.
//!
//! Whoever asks for a signature can name any socket, so that notes are dropped for sockets that are not connected, each time there
//! are twice as many as were left the last time. So there are never many more than connections, and each note costs little.

use crate::access::Credential;
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId, Role};
use pusher_hub::protocol::{ChannelName, SocketId};
use std::collections::{HashMap, HashSet};

/// So many notes are never too many: about a megabyte.
const FEW: usize = 4_096;

/// A socket on a channel.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The socket.
    pub socket: SocketId,
    /// The channel.
    pub channel: ChannelName,
}

/// Whom a socket was signed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ear {
    /// The person.
    pub actor: ActorId,
    /// What they showed.
    pub credential: Credential,
    /// The project that they hear.
    pub project: ProjectId,
    /// What they are in it, as far as their page was told.
    pub role: Role,
}

/// Which notes are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Those of a project.
    Project(ProjectId),
    /// Those of someone in a project.
    Member(ProjectId, ActorId),
    /// Those of someone, wherever.
    Person(ActorId),
    /// Those of whoever showed that session or API token.
    Shown(Bits128),
}

/// The notes.
#[derive(Debug, Default)]
pub(super) struct Book {
    ears: HashMap<Place, Ear>,
    /// How many were left the last time that some were dropped.
    left: usize,
}

impl Whose {
    fn are(self, ear: &Ear) -> bool {
        match self {
            Whose::Project(project) => ear.project == project,
            Whose::Member(project, actor) => ear.project == project && ear.actor == actor,
            Whose::Person(actor) => ear.actor == actor,
            Whose::Shown(shown) => match ear.credential {
                Credential::Session(id) | Credential::Token(id, _) => id == shown,
            },
        }
    }
}

impl Book {
    /// Notes whom a socket is signed for; who was noted there before is not any more. Answers the sockets of all notes where it is
    /// time to see which of them are connected, for [`Book::keep`].
    pub fn note(&mut self, place: Place, ear: Ear) -> Option<Vec<SocketId>> {
        self.ears.insert(place, ear);
        if self.ears.len() <= FEW.max(2 * self.left) {
            return None;
        }
        // Not again before there are twice as many as now, however long the answer takes.
        self.left = self.ears.len();
        let sockets: HashSet<&SocketId> = self.ears.keys().map(|place| &place.socket).collect();
        Some(sockets.into_iter().cloned().collect())
    }

    /// Drops the notes of the sockets that were asked about and are not connected.
    pub fn keep(&mut self, asked: Vec<SocketId>, connected: &[SocketId]) {
        let connected: HashSet<&SocketId> = connected.iter().collect();
        let gone: HashSet<SocketId> = asked.into_iter().filter(|socket| !connected.contains(socket)).collect();
        self.ears.retain(|place, _| !gone.contains(&place.socket));
        self.left = self.ears.len();
    }

    /// Whom a socket was signed for.
    pub fn ear(&self, place: &Place) -> Option<Ear> {
        self.ears.get(place).cloned()
    }

    /// The notes that are meant.
    pub fn noted(&self, whose: Whose) -> Vec<(Place, Ear)> {
        let meant = self.ears.iter().filter(|(_, ear)| whose.are(ear));
        meant.map(|(place, ear)| (place.clone(), ear.clone())).collect()
    }

    /// Notes what someone is told that they are, unless the socket is someone else's by now.
    pub fn change_role(&mut self, place: &Place, was: &Ear, role: Role) {
        if let Some(ear) = self.ears.get_mut(place)
            && ear == was
        {
            ear.role = role;
        }
    }

    /// Drops a note, unless the socket is someone else's by now.
    pub fn forget(&mut self, place: &Place, was: &Ear) {
        if self.ears.get(place) == Some(was) {
            self.ears.remove(place);
        }
    }
}

#[cfg(test)]
mod tests;
