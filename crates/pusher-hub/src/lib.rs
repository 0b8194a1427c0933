//! A Pusher Channels server to embed in any program.
//!
//! * [`Hub`] decides: a pure value that takes what happened ([`Input`]) and answers what to do ([`Output`]). It knows
//!   no socket, no clock and no source of chance.
//! * [`App`] signs: the answers that an authorisation endpoint gives to clients.
//! * [`HubServer`] does (feature `axum`, on by default): it serves `/app/{key}` in an axum program.
//!
//! Public and private channels are spoken; presence, encrypted and cache channels are refused in plain words.
//!
//! This file knows what the crate offers and nothing of how it works.
#![forbid(unsafe_code)]

mod app;
mod config;
mod hub;
mod input;
mod output;
#[cfg(feature = "axum")]
mod server;
mod trigger;

pub use app::{App, AppId, AuthError, Authorization, UserAuthorization};
pub use config::{ClientEvents, HubConfig};
pub use hub::Hub;
pub use input::{ConnId, Input};
pub use output::Output;
pub use pusher_channels::protocol;
#[cfg(feature = "axum")]
pub use server::{ChannelNews, HubHandle, HubServer, NewsFeed, Origins, RefusedTrigger, ServerConfig};
pub use trigger::{Audience, Trigger, TriggerError};
