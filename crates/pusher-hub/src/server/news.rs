//! News of channels for the embedding program, and the list of channels that are heard now. Knows no connection but by
//! its socket id.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Bound,
};

use pusher_channels::protocol::{ChannelName, EventName, SocketId};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::{AppId, Output};

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
    /// A user's first connection subscribed to a presence channel.
    MemberAdded {
        /// Which.
        channel: ChannelName,
        /// Who.
        user_id: String,
    },
    /// A user's last connection left a presence channel.
    MemberRemoved {
        /// Which.
        channel: ChannelName,
        /// Who.
        user_id: String,
    },
    /// A client triggered an event, which the channel's other subscribers have been sent.
    ClientEvent {
        /// On which channel.
        channel: ChannelName,
        /// Its name, with the prefix `client-`.
        event: EventName,
        /// Its data: the content of a JSON string, the JSON text of anything else.
        data: String,
        /// Who triggered it.
        socket_id: SocketId,
        /// As which member; on presence channels only.
        user_id: Option<String>,
    },
    /// A client subscribed to a cache channel on which nothing is cached; whoever knows its state may trigger it now.
    CacheMiss {
        /// Which.
        channel: ChannelName,
    },
    /// How many connections subscribe to a channel now; see [`Output::SubscriptionCount`](crate::Output::SubscriptionCount).
    SubscriptionCount {
        /// Which.
        channel: ChannelName,
        /// How many.
        count: usize,
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

impl News {
    /// What an output tells of channels, if it is not something to do.
    pub fn of(output: Output) -> Option<Self> {
        let (app, news) = match output {
            // What happens on other nodes is told there.
            Output::Send { .. }
            | Output::Close { .. }
            | Output::TellPeers(_)
            | Output::OccupiedElsewhere { .. }
            | Output::VacatedElsewhere { .. } => return None,
            Output::ChannelOccupied { app, channel } => (app, ChannelNews::Occupied { channel }),
            Output::Subscribed {
                app,
                channel,
                socket_id,
            } => (app, ChannelNews::Subscribed { channel, socket_id }),
            Output::ChannelVacated { app, channel } => (app, ChannelNews::Vacated { channel }),
            Output::MemberAdded { app, channel, user_id } => (app, ChannelNews::MemberAdded { channel, user_id }),
            Output::MemberRemoved { app, channel, user_id } => (app, ChannelNews::MemberRemoved { channel, user_id }),
            Output::ClientEvent {
                app,
                channel,
                event,
                data,
                socket_id,
                user_id,
            } => {
                let news = ChannelNews::ClientEvent {
                    channel,
                    event,
                    data,
                    socket_id,
                    user_id,
                };
                (app, news)
            }
            Output::CacheMiss { app, channel } => (app, ChannelNews::CacheMiss { channel }),
            Output::SubscriptionCount { app, channel, count } => {
                (app, ChannelNews::SubscriptionCount { channel, count })
            }
        };
        Some(Self { app, news })
    }
}

impl OccupiedChannels {
    /// Keeps up with the news.
    pub fn follow(&mut self, News { app, news }: &News) {
        match news {
            ChannelNews::Occupied { channel } => self.occupied(app, channel),
            ChannelNews::Vacated { channel } => self.vacated(app, channel),
            ChannelNews::Subscribed { .. }
            | ChannelNews::MemberAdded { .. }
            | ChannelNews::MemberRemoved { .. }
            | ChannelNews::ClientEvent { .. }
            | ChannelNews::CacheMiss { .. }
            | ChannelNews::SubscriptionCount { .. }
            | ChannelNews::Missed(_) => {}
        }
    }

    pub fn occupied(&mut self, app: &AppId, channel: &ChannelName) {
        self.0.entry(app.clone()).or_default().insert(channel.clone());
    }

    pub fn vacated(&mut self, app: &AppId, channel: &ChannelName) {
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
