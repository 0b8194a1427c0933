//! A Pusher Channels server to embed in any program.
//!
//! * [`Hub`] decides: a pure value that takes what happened ([`Input`]) and answers what to do ([`Output`]). It knows
//!   no socket, no clock and no source of chance.
//! * [`App`] signs: the answers that an authorisation endpoint gives to clients.
//! * [`webhooks`] tell those programs what happens on their channels.
//! * [`http_api`] reads and answers the signed requests of an app's own programs.
//! * `HubServer` does (feature `axum`, on by default): it serves `/app/{key}` in an axum program.
//!
//! ```
//! use std::time::Duration;
//! use pusher_hub::{App, ConnId, Hub, HubConfig, Input, Output};
//!
//! let mut hub = Hub::new(HubConfig::new(vec![App::new("app id", "key", "secret")]));
//! let conn = ConnId(1);
//! let opened = Input::Opened { conn, key: "key", protocol: Some("7"), nonce: (123 << 32) | 456 };
//! hub.handle(opened, Duration::ZERO);
//! let frame = r#"{"event":"pusher:connection_established","data":"{\"socket_id\":\"123.456\",\"activity_timeout\":120}"}"#;
//! assert_eq!(hub.poll_output(), Some(Output::Send { to: vec![conn], frame: frame.to_owned() }));
//! assert_eq!(hub.poll_timeout(), Some(Duration::from_secs(120)));
//! ```
//!
//! All kinds of channels are spoken: public, private, presence, encrypted, and each of them with a cache; client events, sign-in
//! and watchlists too.
//!
//! This file knows what the crate offers and nothing of how it works.
#![forbid(unsafe_code)]

/// The README's example compiles.
#[cfg(all(doctest, feature = "axum"))]
#[doc = include_str!("../README.md")]
mod readme {}

mod app;
mod authorization;
mod config;
mod encryption;
mod figures;
pub mod http_api;
mod hub;
mod input;
mod output;
#[cfg(feature = "axum")]
mod server;
mod trigger;
pub mod webhooks;

pub use app::{App, AppId, AuthError, Authorization, UserAuthorization};
pub use authorization::{AuthorizationAnswer, AuthorizationForm, AuthorizationFormError};
pub use config::{ClientEvents, HubConfig, NodeId, SubscriptionCounts};
pub use encryption::{MasterKey, MasterKeyError};
pub use figures::{AppFigures, Cluster, Figures};
pub use hub::{Cached, Hub};
pub use input::{ConnId, Input};
pub use output::Output;
pub use pusher_channels::protocol;
#[cfg(feature = "axum")]
pub use server::{ChannelNews, HubHandle, HubServer, NewsFeed, Origins, RefusedTrigger, ServerConfig, serve};
#[cfg(feature = "axum")]
#[cfg(feature = "webhooks")]
pub use server::{Courier, Letter, Reach, WebhookError};
#[cfg(feature = "nats")]
pub use server::{Nats, NatsError};
pub use trigger::{Audience, Trigger, TriggerError};
