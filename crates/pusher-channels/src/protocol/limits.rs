//! The protocol's limits, each with its unit. Knows numbers only; who enforces them is decided elsewhere.

use std::time::Duration;

/// Longest channel name, in characters. The vendor's documents say 164, its SDKs accept 200.
pub const MAX_CHANNEL_NAME: usize = 200;
/// Longest event name, in characters.
pub const MAX_EVENT_NAME: usize = 200;
/// Longest event data, in bytes of the string a trigger carries.
pub const MAX_EVENT_DATA: usize = 10 * 1024;
/// Most channels in one trigger; only one when the channel is encrypted.
pub const MAX_CHANNELS_PER_TRIGGER: usize = 100;
/// Most events in one batch trigger.
pub const MAX_BATCH: usize = 10;
/// Most members of a presence channel.
pub const MAX_PRESENCE_MEMBERS: usize = 100;
/// Largest user object on a presence channel, in bytes.
pub const MAX_USER_INFO: usize = 1024;
/// Longest user id, in characters.
pub const MAX_USER_ID: usize = 128;
/// Client events that one connection may trigger each second; more are answered by error 4301.
pub const CLIENT_EVENTS_PER_SECOND: u32 = 10;
/// Most user ids on a watchlist; more are dropped and answered by error 4302.
pub const MAX_WATCHLIST: usize = 100;
/// How far the timestamp of a signed HTTP request may be from the server's clock.
pub const SIGNATURE_WINDOW: Duration = Duration::from_secs(600);
/// A connection that was inactive for this long is closed with 4202.
pub const MAX_INACTIVITY: Duration = Duration::from_secs(24 * 60 * 60);
