//! The settings that a file may have. Knows names and types; what is sensible is decided by its reader.

use std::net::SocketAddr;

use serde::Deserialize;

/// A file of settings. A name that is not known is refused: it would be somebody's mistake.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub listen: Option<SocketAddr>,
    pub metrics_listen: Option<SocketAddr>,
    /// Pages that may connect, besides those of the hub's own host; without it, all.
    pub origins: Option<Vec<String>>,
    /// In seconds.
    pub activity_timeout: Option<u32>,
    /// In seconds.
    pub cache_ttl: Option<u32>,
    /// In seconds.
    pub drain_within: Option<u32>,
    pub max_connections_per_app: Option<usize>,
    pub max_channels_per_connection: Option<usize>,
    pub max_presence_members: Option<usize>,
    /// Whether clients may trigger events.
    pub client_events: bool,
    /// Whether subscribers are told how many they are.
    pub subscription_counts: Option<bool>,
    /// Whether webhooks may be posted to addresses that are not of the public internet.
    pub private_webhooks: bool,
    /// A NATS server between several nodes.
    pub broker: Option<String>,
    /// What those nodes are called together.
    pub cluster: Option<String>,
    pub app: Vec<AppTable>,
}

/// An app.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppTable {
    pub id: String,
    pub key: String,
    pub secret: String,
    #[serde(default)]
    pub disabled: bool,
    #[serde(default)]
    pub webhook: Vec<WebhookTable>,
}

/// An address that wants to know what happens on the app's channels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookTable {
    pub url: String,
    /// What to tell; without it, everything.
    pub events: Option<Vec<String>>,
    /// Most events in one post.
    pub max_events: Option<usize>,
}

impl File {
    /// Reads a file's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| {
            // The whole error would show the line, and with it perhaps a secret.
            let start = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(start).filter(|&byte| byte == b'\n').count() + 1;
            format!("line {line}: {}", error.message())
        })
    }
}

impl AppTable {
    /// Reads `ID:KEY:SECRET`. The secret may have colons.
    pub fn of(text: &str) -> Result<Self, &'static str> {
        let mut parts = text.splitn(3, ':').map(str::to_owned);
        match (parts.next(), parts.next(), parts.next()) {
            (Some(id), Some(key), Some(secret)) => Ok(Self {
                id,
                key,
                secret,
                disabled: false,
                webhook: Vec::new(),
            }),
            // What was given may be a secret in the wrong place.
            _ => Err("expected ID:KEY:SECRET"),
        }
    }
}

impl std::fmt::Debug for AppTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppTable")
            .field("id", &self.id)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
