//! The hub's settings. Knows values and their defaults, not what is done with them.

use std::time::Duration;

use crate::App;

/// What a [`Hub`](crate::Hub) is told at its start.
#[derive(Clone, Debug)]
pub struct HubConfig {
    /// Who may connect. Where two apps have one key, the later one has it.
    pub apps: Vec<App>,
    /// A connection that sent nothing for this long is pinged. Told to clients in whole seconds; at least one.
    pub activity_timeout: Duration,
    /// A connection that stays silent for this long after a ping is closed.
    pub pong_wait: Duration,
    /// Most channels that one connection may subscribe to.
    pub max_channels_per_connection: usize,
    /// Longest frame that a client may send, in bytes; a longer one closes the connection.
    pub max_frame_bytes: usize,
    /// Whether clients may trigger events.
    pub client_events: ClientEvents,
    /// Within this time all connections are closed when the hub drains. They are spread over it, so that their clients
    /// do not all come back in the same moment.
    pub drain_within: Duration,
}

/// Whether clients may trigger events on private channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientEvents {
    /// Answered by an error.
    Refused,
    /// Passed on to the channel's other subscribers.
    Forwarded,
}

impl HubConfig {
    /// The defaults for these apps: ping after 120 s, 30 s for the pong, 100 channels per connection, 16 KiB per frame,
    /// client events refused, drained within 5 s.
    pub fn new(apps: Vec<App>) -> Self {
        Self {
            apps,
            activity_timeout: Duration::from_secs(120),
            pong_wait: Duration::from_secs(30),
            max_channels_per_connection: 100,
            max_frame_bytes: 16 * 1024,
            client_events: ClientEvents::Refused,
            drain_within: Duration::from_secs(5),
        }
    }
}
