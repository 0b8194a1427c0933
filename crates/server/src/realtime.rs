//! Tells subscribers what was recorded, after it was recorded. It may lose or repeat anything: what it tells makes pages
//! fast, never right. It knows the hub, and of projects only what goes over the wire.

use backlog::api::{self, Beacon};
use backlog::{ProjectId, Recorded};
use pusher_hub::protocol::SocketId;
use std::sync::Arc;
use tokio::sync::mpsc;

/// How many announcements may wait. More than that are dropped, and a beacon makes up for it.
const WAITING: usize = 4_096;

/// What to tell.
#[derive(Clone, Debug)]
pub enum Announcement {
    /// A change was recorded.
    Change {
        /// In this project.
        project: ProjectId,
        /// The change.
        recorded: Arc<Recorded>,
        /// Who is not told: the connection of the author.
        except: Option<SocketId>,
    },
    /// Where a project is.
    Beacon {
        /// The project.
        project: ProjectId,
        /// Where it is.
        beacon: Beacon,
    },
}

/// Where announcements are left. Never waits.
#[derive(Clone, Debug)]
pub struct Announcer {
    queue: mpsc::Sender<Announcement>,
}

/// Where they are taken up.
pub type Announcements = mpsc::Receiver<Announcement>;

/// An announcer and where its announcements arrive.
pub fn announcer() -> (Announcer, Announcements) {
    let (queue, announcements) = mpsc::channel(WAITING);
    (Announcer { queue }, announcements)
}

impl Announcer {
    /// Leaves an announcement.
    pub fn announce(&self, announcement: Announcement) {
        if self.queue.try_send(announcement).is_err() {
            tracing::warn!("an announcement was dropped; the next beacon makes up for it");
        }
    }
}

/// The event's channel, name and data.
pub fn event(announcement: &Announcement) -> (String, &'static str, String) {
    match announcement {
        Announcement::Change { project, recorded, .. } => {
            let (name, data) = api::event_of(recorded);
            (api::channel_of(*project), name, data)
        }
        Announcement::Beacon { project, beacon } => (api::channel_of(*project), api::BEACON, api::to_json(beacon)),
    }
}
