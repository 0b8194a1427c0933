//! The hub's settings. Knows values and their defaults, not what is done with them.

use std::time::Duration;

use pusher_channels::protocol::limits::{CLIENT_EVENTS_PER_SECOND, MAX_PRESENCE_MEMBERS};

use serde::{Deserialize, Serialize};

use crate::App;

/// One of several hubs that stand together; each life of a hub needs another. Chance comes from outside: 64 random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(pub u64);

/// What a [`Hub`](crate::Hub) is told at its start.
#[derive(Clone, Debug)]
pub struct HubConfig {
    /// Who may connect. Where two apps have one key, the later one has it.
    pub apps: Vec<App>,
    /// A connection that sent nothing for this long is pinged. Told to clients in whole seconds; at least one.
    pub activity_timeout: Duration,
    /// A connection that stays silent for this long after a ping is closed.
    pub pong_wait: Duration,
    /// Most connections that one app may have at a time.
    pub max_connections_per_app: usize,
    /// Most frames that one connection may send in a second; one that sends more is closed.
    pub max_frames_per_second: u32,
    /// Most channels that one connection may subscribe to.
    pub max_channels_per_connection: usize,
    /// Longest frame that a client may send, in bytes; a longer one closes the connection.
    pub max_frame_bytes: usize,
    /// Whether clients may trigger events.
    pub client_events: ClientEvents,
    /// Most client events that one connection may trigger in a second; more are answered by the error 4301 and dropped.
    pub max_client_events_per_second: u32,
    /// Most users on one presence channel.
    pub max_presence_members: usize,
    /// Whether subscribers are told how many they are.
    pub subscription_counts: SubscriptionCounts,
    /// For how long a cache channel repeats its last event to new subscribers.
    pub cache_ttl: Duration,
    /// Most events that are cached, of all apps together; then the oldest gives way.
    pub max_cached_events: usize,
    /// Within this time all connections are closed when the hub drains. They are spread over it, so that their clients
    /// do not all come back in the same moment.
    pub drain_within: Duration,
    /// Which node this is, if there are others. Then the driver hands in what comes from the broker
    /// ([`Input::PeerSaid`](crate::Input::PeerSaid)) and takes there what is for the others
    /// ([`Output::TellPeers`](crate::Output::TellPeers)).
    pub node: Option<NodeId>,
}

/// Whether clients may trigger events on private and presence channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientEvents {
    /// Answered by an error.
    Refused,
    /// Passed on to the channel's other subscribers.
    Forwarded,
}

/// Whether subscribers of a channel, presence channels apart, are told how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubscriptionCounts {
    /// Nobody is told.
    Silent,
    /// All are told of each change; where there are more than 100, at most every 5 seconds.
    Told,
}

impl HubConfig {
    /// The defaults for these apps: ping after 120 s, 30 s for the pong; 100,000 connections per app, and for each 100 channels,
    /// 16 KiB per frame and 1,000 frames a second; client events refused, if enabled 10 a second; 100 members on a presence
    /// channel; subscription counts told; events cached for 30 minutes, 10,000 of them; drained within 5 s; no other
    /// nodes.
    pub fn new(apps: Vec<App>) -> Self {
        Self {
            apps,
            activity_timeout: Duration::from_secs(120),
            pong_wait: Duration::from_secs(30),
            max_connections_per_app: 100_000,
            max_frames_per_second: 1_000,
            max_channels_per_connection: 100,
            max_frame_bytes: 16 * 1024,
            client_events: ClientEvents::Refused,
            max_client_events_per_second: CLIENT_EVENTS_PER_SECOND,
            max_presence_members: MAX_PRESENCE_MEMBERS,
            subscription_counts: SubscriptionCounts::Told,
            cache_ttl: Duration::from_secs(30 * 60),
            max_cached_events: 10_000,
            drain_within: Duration::from_secs(5),
            node: None,
        }
    }
}
