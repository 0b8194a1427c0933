//! What an embedding program holds of the hub, for one app. Knows the way to the hub's task, not what it does.

use std::{error::Error, fmt, sync::Arc};

use pusher_channels::protocol::ChannelName;
use tokio::sync::mpsc::error::TrySendError;

use super::{Shared, engine::Order, lock, news::NewsFeed};
use crate::{App, Trigger};

/// One app of a running hub: trigger events, see which channels are heard, sign. Cloning is cheap.
#[derive(Clone)]
pub struct HubHandle {
    app: App,
    shared: Arc<Shared>,
}

/// Why an event was not triggered. Nobody heard it, and nothing else happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedTrigger {
    /// Too many events wait already.
    Overloaded,
    /// The hub was shut down.
    ShutDown,
}

impl HubHandle {
    pub(super) fn new(app: App, shared: Arc<Shared>) -> Self {
        Self { app, shared }
    }

    /// The app, to sign with.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Triggers an event, at most once: it goes to who is connected now and keeps up. Never waits; events of one caller
    /// keep their order.
    ///
    /// # Errors
    /// When the hub is far behind or was shut down.
    pub fn trigger(&self, trigger: Trigger) -> Result<(), RefusedTrigger> {
        let order = Order::Trigger(self.app.id().clone(), trigger);
        self.shared.orders.try_send(order).map_err(|error| match error {
            TrySendError::Full(_) => RefusedTrigger::Overloaded,
            TrySendError::Closed(_) => RefusedTrigger::ShutDown,
        })
    }

    /// The channels that somebody hears now and whose names start so, in order. An empty prefix asks for all.
    pub fn occupied(&self, prefix: &str) -> Vec<ChannelName> {
        lock(&self.shared.occupied).with_prefix(self.app.id(), prefix)
    }

    /// News of channels from now on.
    pub fn news(&self) -> NewsFeed {
        NewsFeed {
            app: self.app.id().clone(),
            receiver: self.shared.news.subscribe(),
        }
    }
}

impl fmt::Display for RefusedTrigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overloaded => "the hub is far behind: too many events wait",
            Self::ShutDown => "the hub was shut down",
        })
    }
}

impl Error for RefusedTrigger {}
