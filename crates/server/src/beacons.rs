//! Beacons: they tell subscribers where a project is, which is the only cure for a lost last event. One to each new
//! subscriber, and one to all of them from time to time.

use crate::projects::{Projects, ProjectsError};
use crate::realtime;
use backlog::api::CHANNEL_PREFIX;
use pusher_hub::protocol::ChannelName;
use pusher_hub::{Audience, ChannelNews, HubHandle};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How long a subscriber may be wrong about where a project is.
pub const PERIOD: Duration = Duration::from_secs(10);

/// Sends beacons until the hub or the projects have ended.
pub async fn send(projects: Projects, hub: HubHandle, period: Duration) {
    let mut news = hub.news();
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let sent = tokio::select! {
            news = news.next() => match news {
                Some(ChannelNews::Subscribed { channel, socket_id }) => {
                    one(&projects, &channel, Audience::Only(socket_id)).await
                }
                // Those that were missed here hear the next beacon for all.
                Some(
                    ChannelNews::Occupied { .. }
                    | ChannelNews::Vacated { .. }
                    | ChannelNews::MemberAdded { .. }
                    | ChannelNews::MemberRemoved { .. }
                    | ChannelNews::ClientEvent { .. }
                    | ChannelNews::CacheMiss { .. }
                    | ChannelNews::SubscriptionCount { .. }
                    | ChannelNews::Missed(_),
                ) => Ok(()),
                None => return,
            },
            _ = ticks.tick() => all(&projects, &hub).await,
        };
        match sent {
            Ok(()) => {}
            Err(ProjectsError::Stopping) => return,
            Err(error) => tracing::warn!(%error, "a beacon was not sent"),
        }
    }
}

async fn all(projects: &Projects, hub: &HubHandle) -> Result<(), ProjectsError> {
    for channel in hub.occupied(CHANNEL_PREFIX) {
        one(projects, &channel, Audience::Everyone).await?;
    }
    Ok(())
}

async fn one(projects: &Projects, channel: &ChannelName, audience: Audience) -> Result<(), ProjectsError> {
    match realtime::project(channel.as_str()) {
        Some(project) => projects.announce_beacon(project, audience).await,
        None => Ok(()),
    }
}
