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
    /// How it stands with the other nodes.
    pub cluster: Cluster,
    /// Events and orders that other nodes did not get to hear, as the broker was lost or slow.
    pub events_unspread: u64,
    /// Words of other nodes that were not understood.
    pub words_ignored: u64,
}

/// Whether a hub can speak with other nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cluster {
    /// There are to be none.
    #[default]
    Alone,
    /// The broker is there.
    Joined {
        /// How many others live.
        others: usize,
    },
    /// The broker is lost, or not reached yet: the hub serves its own connections, and their events stay here.
    CutOff,
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
