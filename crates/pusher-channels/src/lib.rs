//! A Pusher Channels client on one sans-IO core, and the words of the wire for either end.
//!
//! This file knows what the crate offers and nothing of how it works.
#![forbid(unsafe_code)]

pub mod client;
pub mod protocol;

pub use client::{AuthorizationFailure, ChannelAuthorization, Config, Event, Notice, Scheme, State, Subscription};
pub use protocol::{ChannelName, CloseCode, SocketId};
