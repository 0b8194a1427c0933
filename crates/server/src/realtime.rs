//! Tells subscribers what was recorded, after it was recorded. It may lose or repeat anything: what it tells makes pages
//! fast, never right. It knows the hub, and of projects only what goes over the wire.

use backlog::api::{self, Beacon};
use backlog::{ProjectId, Recorded};
use pusher_hub::protocol::{ChannelName, EventName, SocketId};
use pusher_hub::{Audience, HubHandle, RefusedTrigger, Trigger};
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc};

/// How many announcements may wait. More than that are dropped, and a beacon makes up for it.
const WAITING: usize = 4_096;
/// How far whoever hears of changes may be behind until all it is told is that there were some.
const BEHIND: usize = 1_024;

/// What to tell.
#[derive(Clone, Debug)]
pub struct Announcement {
    /// Of which project.
    pub project: ProjectId,
    /// What.
    pub news: News,
    /// Whom.
    pub audience: Audience,
}

/// What there is to tell of a project.
#[derive(Clone, Debug)]
pub enum News {
    /// A change was recorded.
    Change(Arc<Recorded>),
    /// Where it is.
    Beacon(Beacon),
}

/// Where announcements are left. Never waits.
#[derive(Clone, Debug)]
pub struct Announcer {
    queue: mpsc::Sender<Announcement>,
    changed: broadcast::Sender<ProjectId>,
}

/// Tells in which projects something was recorded.
#[derive(Debug)]
pub struct Changes(broadcast::Receiver<ProjectId>);

/// Where something was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// In this project.
    In(ProjectId),
    /// Nobody knows where: more happened than was heard.
    Somewhere,
}

impl Changes {
    /// The next; none where the last announcer is gone.
    pub async fn next(&mut self) -> Option<Changed> {
        match self.0.recv().await {
            Ok(project) => Some(Changed::In(project)),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Changed::Somewhere),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// Where they are taken up.
pub type Announcements = mpsc::Receiver<Announcement>;

/// An announcer and where its announcements arrive.
pub fn announcer() -> (Announcer, Announcements) {
    let (queue, announcements) = mpsc::channel(WAITING);
    let (changed, _) = broadcast::channel(BEHIND);
    (Announcer { queue, changed }, announcements)
}

impl Announcer {
    /// Leaves an announcement.
    pub fn announce(&self, announcement: Announcement) {
        if let News::Change(_) = announcement.news {
            // An error says that nobody wants to know.
            let _ = self.changed.send(announcement.project);
        }
        if self.queue.try_send(announcement).is_err() {
            tracing::warn!("an announcement was dropped; the next beacon makes up for it");
        }
    }

    /// Tells from now on where something was recorded.
    pub fn changes(&self) -> Changes {
        Changes(self.changed.subscribe())
    }
}

/// Everyone but the author's own connection, where that is known.
pub fn all_but(author: Option<&SocketId>) -> Audience {
    author.map_or(Audience::Everyone, |socket_id| Audience::Except(socket_id.clone()))
}

/// Triggers what is announced, until every announcer is gone or the hub is shut down.
pub async fn publish(hub: HubHandle, mut announcements: Announcements) {
    while let Some(announcement) = announcements.recv().await {
        match hub.trigger(event(&announcement)) {
            Ok(()) => {}
            Err(RefusedTrigger::Overloaded) => {
                tracing::warn!("the hub is far behind; the next beacon makes up for this event");
            }
            Err(RefusedTrigger::ShutDown) => return,
        }
    }
}

fn event(announcement: &Announcement) -> Trigger {
    let (name, data) = match &announcement.news {
        News::Change(recorded) => api::event_of(recorded),
        News::Beacon(beacon) => (api::BEACON, api::to_json(beacon)),
    };
    let channel = channel(announcement.project);
    let name = EventName::new(name).expect("the contract's event names are short words");
    let trigger = Trigger::new(channel, name, data).expect("the contract keeps events below the protocol's limit");
    trigger.to(announcement.audience.clone())
}

/// The channel of a project.
pub fn channel(project: ProjectId) -> ChannelName {
    ChannelName::new(&api::channel_of(project)).expect("letters, digits and hyphens make a channel's name")
}

/// The presence channel of a project.
pub fn presence(project: ProjectId) -> ChannelName {
    ChannelName::new(&api::presence_of(project)).expect("letters, digits and hyphens make a channel's name")
}

/// The project whose presence channel has this name.
pub fn project_of_presence(channel: &str) -> Option<ProjectId> {
    channel.strip_prefix(api::PRESENCE_PREFIX)?.parse().ok()
}

/// The project whose channel has this name.
pub fn project(channel: &str) -> Option<ProjectId> {
    channel.strip_prefix(api::CHANNEL_PREFIX)?.parse().ok()
}
