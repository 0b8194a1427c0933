//! The words of the Pusher Channels protocol, version 7, for either end of the wire.
//!
//! Knows names, limits, close codes and the JSON of frames. Must never know a socket, a clock, or what state a
//! connection is in.

mod channel_name;
mod client_frame;
mod close_code;
mod event_name;
mod frame_error;
mod json;
pub mod limits;
pub mod over_http;
mod people;
mod server_frame;
mod socket_id;

pub use channel_name::{ChannelKind, ChannelName, ChannelNameError};
pub use client_frame::ClientFrame;
pub use close_code::{CloseAction, CloseCode};
pub use event_name::{EventName, EventNameError};
pub use frame_error::FrameError;
pub use json::RawJson;
pub use people::{Member, Roster, User, WatchlistEvent};
pub use server_frame::ServerFrame;
pub use socket_id::{SocketId, SocketIdError};

/// The protocol version spoken here, sent as `protocol=7` in the connect URL.
pub const PROTOCOL_VERSION: u32 = 7;

/// Names of the protocol's own events.
pub mod events {
    /// Server to client, first frame: the socket id and the activity timeout.
    pub const CONNECTION_ESTABLISHED: &str = "pusher:connection_established";
    /// Either way: asks for a pong.
    pub const PING: &str = "pusher:ping";
    /// Either way: answers a ping.
    pub const PONG: &str = "pusher:pong";
    /// Client to server: subscribe to a channel.
    pub const SUBSCRIBE: &str = "pusher:subscribe";
    /// Client to server: leave a channel.
    pub const UNSUBSCRIBE: &str = "pusher:unsubscribe";
    /// Server to client: an error that may or may not be followed by a close.
    pub const ERROR: &str = "pusher:error";
    /// Server to client: one subscription was refused.
    pub const SUBSCRIPTION_ERROR: &str = "pusher:subscription_error";
    /// Server to client: a cache channel has nothing cached.
    pub const CACHE_MISS: &str = "pusher:cache_miss";
    /// Client to server: sign the user in.
    pub const SIGNIN: &str = "pusher:signin";
    /// Server to client: the user is signed in.
    pub const SIGNIN_SUCCESS: &str = "pusher:signin_success";
    /// Server to client: the subscription stands.
    pub const SUBSCRIPTION_SUCCEEDED: &str = "pusher_internal:subscription_succeeded";
    /// Server to client: how many subscribe to the channel.
    pub const SUBSCRIPTION_COUNT: &str = "pusher_internal:subscription_count";
    /// Server to client: somebody joined a presence channel.
    pub const MEMBER_ADDED: &str = "pusher_internal:member_added";
    /// Server to client: somebody left a presence channel.
    pub const MEMBER_REMOVED: &str = "pusher_internal:member_removed";
    /// Server to client: users on the watchlist went online or offline.
    pub const WATCHLIST_EVENTS: &str = "pusher_internal:watchlist_events";
    /// Events with this prefix belong to the protocol.
    pub const RESERVED_PREFIX: &str = "pusher:";
    /// Events with this prefix belong to the protocol and are not shown to applications.
    pub const INTERNAL_PREFIX: &str = "pusher_internal:";
    /// Events with this prefix are triggered by clients, on private and presence channels only.
    pub const CLIENT_PREFIX: &str = "client-";
}

#[cfg(test)]
mod tests;
