#![doc = include_str!("../README.md")]
//!
//! # In this crate
//! - [`protocol`]: the words of the wire, for either end.
//! - [`client`]: the client without a socket; what happened goes in with the time, what to do comes out.
//! - `browser` (feature `browser`, WebAssembly only): the driver for a page.
//! - `native` (feature `native`): the driver for tokio.
// Knows what the crate offers and nothing of how it works. Imports only run down: protocol, client, a driver.
#![forbid(unsafe_code)]

#[cfg(all(feature = "browser", target_arch = "wasm32"))]
pub mod browser;
pub mod client;
#[cfg(feature = "native")]
pub mod native;
pub mod protocol;

pub use client::{
    AuthorizationFailure, AuthorizationRequest, ChannelAuthorization, Config, Event, Notice, Scheme, State,
    Subscription,
};
pub use protocol::{ChannelName, CloseCode, SocketId};
