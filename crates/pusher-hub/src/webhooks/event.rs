//! What a webhook tells, and its JSON. Knows no address and no time.

use std::{fmt, str::FromStr};

use pusher_channels::protocol::{ChannelName, EventName, SocketId};
use serde::Serialize;

/// Something that happened on a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The first subscriber came.
    ChannelOccupied {
        /// To which channel.
        channel: ChannelName,
    },
    /// The last subscriber left.
    ChannelVacated {
        /// Which channel.
        channel: ChannelName,
    },
    /// A user's first connection came to a presence channel.
    MemberAdded {
        /// To which.
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
    /// A client triggered an event.
    ClientEvent {
        /// On which channel.
        channel: ChannelName,
        /// The event's name.
        event: EventName,
        /// Its data: the content of a JSON string, the JSON text of anything else.
        data: String,
        /// Who triggered it.
        socket_id: SocketId,
        /// As which member; on presence channels only.
        user_id: Option<String>,
    },
    /// A client subscribed to a cache channel on which nothing is cached.
    CacheMiss {
        /// To which.
        channel: ChannelName,
    },
    /// The number of a channel's subscribers changed.
    SubscriptionCount {
        /// Of which.
        channel: ChannelName,
        /// To how many.
        count: usize,
    },
}

/// A kind of event, to choose by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `channel_occupied`.
    ChannelOccupied,
    /// `channel_vacated`.
    ChannelVacated,
    /// `member_added`.
    MemberAdded,
    /// `member_removed`.
    MemberRemoved,
    /// `client_event`.
    ClientEvent,
    /// `cache_miss`.
    CacheMiss,
    /// `subscription_count`.
    SubscriptionCount,
}

/// The fields of all events, in the order of the vendor's documents.
#[derive(Serialize)]
struct Fields<'a> {
    name: &'static str,
    channel: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    socket_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_count: Option<usize>,
}

impl Event {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::ChannelOccupied { .. } => Kind::ChannelOccupied,
            Self::ChannelVacated { .. } => Kind::ChannelVacated,
            Self::MemberAdded { .. } => Kind::MemberAdded,
            Self::MemberRemoved { .. } => Kind::MemberRemoved,
            Self::ClientEvent { .. } => Kind::ClientEvent,
            Self::CacheMiss { .. } => Kind::CacheMiss,
            Self::SubscriptionCount { .. } => Kind::SubscriptionCount,
        }
    }

    /// Where it happened.
    pub fn channel(&self) -> &ChannelName {
        match self {
            Self::ChannelOccupied { channel }
            | Self::ChannelVacated { channel }
            | Self::MemberAdded { channel, .. }
            | Self::MemberRemoved { channel, .. }
            | Self::ClientEvent { channel, .. }
            | Self::CacheMiss { channel }
            | Self::SubscriptionCount { channel, .. } => channel,
        }
    }

    /// Its JSON.
    pub(super) fn encode(&self) -> String {
        let mut fields = Fields {
            name: self.kind().name(),
            channel: self.channel().as_str(),
            event: None,
            data: None,
            socket_id: None,
            user_id: None,
            subscription_count: None,
        };
        match self {
            Self::ChannelOccupied { .. } | Self::ChannelVacated { .. } | Self::CacheMiss { .. } => {}
            Self::MemberAdded { user_id, .. } | Self::MemberRemoved { user_id, .. } => fields.user_id = Some(user_id),
            Self::ClientEvent {
                event,
                data,
                socket_id,
                user_id,
                ..
            } => {
                fields.event = Some(event.as_str());
                fields.data = Some(data);
                fields.socket_id = Some(socket_id.as_str());
                fields.user_id = user_id.as_deref();
            }
            Self::SubscriptionCount { count, .. } => fields.subscription_count = Some(*count),
        }
        serde_json::to_string(&fields).expect("keys are text and values are texts and numbers")
    }
}

impl Kind {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::ChannelOccupied,
        Self::ChannelVacated,
        Self::MemberAdded,
        Self::MemberRemoved,
        Self::ClientEvent,
        Self::CacheMiss,
        Self::SubscriptionCount,
    ];

    /// Its name, as it stands in a post.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChannelOccupied => "channel_occupied",
            Self::ChannelVacated => "channel_vacated",
            Self::MemberAdded => "member_added",
            Self::MemberRemoved => "member_removed",
            Self::ClientEvent => "client_event",
            Self::CacheMiss => "cache_miss",
            Self::SubscriptionCount => "subscription_count",
        }
    }

    /// What ends an absence of this kind, or the absence that this kind ends.
    pub(super) fn opposite(self) -> Option<Self> {
        match self {
            Self::ChannelOccupied => Some(Self::ChannelVacated),
            Self::ChannelVacated => Some(Self::ChannelOccupied),
            Self::MemberAdded => Some(Self::MemberRemoved),
            Self::MemberRemoved => Some(Self::MemberAdded),
            Self::ClientEvent | Self::CacheMiss | Self::SubscriptionCount => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    /// The names there are, in words.
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|kind| kind.name() == name);
        known.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::name).collect();
            format!("{name:?} is no event of a webhook; there are {}", names.join(", "))
        })
    }
}
