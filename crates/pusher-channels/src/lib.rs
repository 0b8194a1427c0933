//! A client for the Pusher Channels protocol, in the browser and in native programs.
//!
//! - [`protocol`]: the words of the wire, for either end.
//! - [`client`]: the client without a socket; what happened goes in with the time, what to do comes out.
//! - `browser` (feature `browser`): the driver for a page. It compiles for any target and runs in WebAssembly.
//! - `yew` (feature `yew`): a provider and hooks for Yew, over `browser`.
//! - `native` (feature `native`): the driver for tokio.
//!
#![doc = include_str!("../README.md")]
// Knows what the crate offers and nothing of how it works. Imports only run down: protocol, client, a driver.
#![forbid(unsafe_code)]

#[cfg(feature = "browser")]
pub mod browser;
pub mod client;
#[doc = include_str!("../FEATURES.md")]
pub mod features {}
#[cfg(feature = "native")]
pub mod native;
pub mod protocol;
#[cfg(feature = "yew")]
pub mod yew;

pub use client::{
    Address, AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, Carrier, ChannelAuthorization,
    ClientEvent, Config, Event, Members, Notice, Scheme, SharedSecret, State, Subscription, TriggerRefusal,
    UserAuthentication,
};
pub use protocol::{ChannelName, CloseCode, EventName, Member, RawJson, SocketId, User, WatchlistEvent};
