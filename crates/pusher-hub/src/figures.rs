//! What is counted: values for whoever watches over a hub. Knows no way to count.

use crate::AppId;

/// What a hub does now and did since its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Of each app, in the order of the configuration.
    pub apps: Vec<AppFigures>,
    /// Frames that came from clients.
    pub frames_received: u64,
    /// Frames that were put on the way to clients: one event counts once for each who hears it.
    pub frames_sent: u64,
    /// Connections that were refused, by their origin or with a close code that says not to come back.
    pub connections_refused: u64,
    /// Connections that were closed because too much waited for them.
    pub connections_too_slow: u64,
    /// Calls of the HTTP API that were carried out.
    pub calls_answered: u64,
    /// Calls of the HTTP API that were refused.
    pub calls_refused: u64,
    /// Pieces of news that webhooks should have told of and could not keep up with.
    pub news_lost: u64,
}

/// What one app does now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppFigures {
    /// Which.
    pub app: AppId,
    /// Open connections.
    pub connections: usize,
    /// Channels with at least one subscriber.
    pub channels: usize,
}
