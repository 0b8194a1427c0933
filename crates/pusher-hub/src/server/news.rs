//! News of channels for the embedding program, and the list of channels that are heard now. Knows no connection but by
//! its socket id.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Bound,
};

use pusher_channels::protocol::{ChannelName, SocketId};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::AppId;

/// What happened on the channels of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelNews {
    /// A channel has its first subscriber.
    Occupied {
        /// Which.
        channel: ChannelName,
    },
    /// A socket subscribed, first or not. It was told so before; a trigger for it
    /// ([`Audience::Only`](crate::Audience::Only)) arrives after that.
    Subscribed {
        /// To which.
        channel: ChannelName,
        /// Who.
        socket_id: SocketId,
    },
    /// A channel lost its last subscriber.
    Vacated {
        /// Which.
        channel: ChannelName,
    },
    /// The reader was too slow and missed about this many: look at
    /// [`HubHandle::occupied`](crate::HubHandle::occupied) for what is true now.
    Missed(u64),
}

/// The news of one app from the moment it was asked for.
pub struct NewsFeed {
    pub(super) app: AppId,
    pub(super) receiver: broadcast::Receiver<News>,
}

#[derive(Clone)]
pub(super) struct News {
    pub app: AppId,
    pub news: ChannelNews,
}

/// The occupied channels of each app, in order.
#[derive(Default)]
pub(super) struct OccupiedChannels(HashMap<AppId, BTreeSet<ChannelName>>);

impl NewsFeed {
    /// The next piece of news; none when the hub has ended. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<ChannelNews> {
        loop {
            match self.receiver.recv().await {
                Ok(News { app, news }) if app == self.app => return Some(news),
                Ok(_) => {}
                Err(RecvError::Lagged(count)) => return Some(ChannelNews::Missed(count)),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

impl OccupiedChannels {
    pub fn insert(&mut self, app: &AppId, channel: ChannelName) {
        self.0.entry(app.clone()).or_default().insert(channel);
    }

    pub fn remove(&mut self, app: &AppId, channel: &ChannelName) {
        if let Some(channels) = self.0.get_mut(app) {
            channels.remove(channel);
        }
    }

    pub fn with_prefix(&self, app: &AppId, prefix: &str) -> Vec<ChannelName> {
        let from: (Bound<&str>, Bound<&str>) = (Bound::Included(prefix), Bound::Unbounded);
        self.0.get(app).map_or_else(Vec::new, |channels| {
            channels
                .range::<str, _>(from)
                .take_while(|channel| channel.as_str().starts_with(prefix))
                .cloned()
                .collect()
        })
    }
}
