//! What an embedding program holds of the hub, for one app. Knows the way to the hub's task, not what it does.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use pusher_channels::protocol::{ChannelName, SocketId};
use tokio::sync::{mpsc::error::TrySendError, oneshot};

use super::{Shared, engine::Order, lock, news::NewsFeed};
use crate::{App, Cached, Cluster, Hub, Trigger};

/// One app of a running hub: trigger events, see who hears what, end subscriptions and connections, sign. Cloning is cheap.
#[derive(Clone)]
pub struct HubHandle {
    app: App,
    shared: Arc<Shared>,
}

/// Why an event was not triggered, or what else was ordered not done. Nobody heard of it, and nothing else happened.
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
        self.order(Order::Trigger(self.app.id().clone(), trigger))
    }

    /// Lets a socket hear a channel no longer; see [`Input::AuthorizationWithdrawn`](crate::Input::AuthorizationWithdrawn). What was
    /// triggered before is still heard.
    ///
    /// # Errors
    /// When the hub is far behind or was shut down.
    pub fn withdraw(&self, channel: &ChannelName, socket_id: &SocketId) -> Result<(), RefusedTrigger> {
        let app = self.app.id().clone();
        self.order(Order::Withdraw(app, channel.clone(), socket_id.clone()))
    }

    /// As [`HubHandle::withdraw`], but waits its turn and until it is done: what is triggered after this is not heard.
    ///
    /// # Errors
    /// When the hub was shut down, so that nobody hears anything.
    pub async fn withdraw_now(&self, channel: &ChannelName, socket_id: &SocketId) -> Result<(), RefusedTrigger> {
        let order = Order::Withdraw(self.app.id().clone(), channel.clone(), socket_id.clone());
        self.order_now(order).await
    }

    /// As [`HubHandle::withdraw_now`], and what was signed for the socket before lets it in no more; see
    /// [`Input::AuthorizationVoided`](crate::Input::AuthorizationVoided).
    ///
    /// # Errors
    /// When the hub was shut down, so that nobody hears anything.
    pub async fn make_void(&self, channel: &ChannelName, socket_id: &SocketId) -> Result<(), RefusedTrigger> {
        let order = Order::Void(self.app.id().clone(), channel.clone(), socket_id.clone());
        self.order_now(order).await
    }

    /// Lets what is signed for a socket count again after [`HubHandle::make_void`]; waits until it does.
    ///
    /// # Errors
    /// When the hub was shut down, so that nobody hears anything.
    pub async fn renew(&self, channel: &ChannelName, socket_id: &SocketId) -> Result<(), RefusedTrigger> {
        let order = Order::Renew(self.app.id().clone(), channel.clone(), socket_id.clone());
        self.order_now(order).await
    }

    async fn order_now(&self, order: Order) -> Result<(), RefusedTrigger> {
        let ordered = self.shared.orders.send(order).await;
        ordered.map_err(|_| RefusedTrigger::ShutDown)?;
        self.ask(|_, _| ()).await.ok_or(RefusedTrigger::ShutDown)
    }

    /// Closes all connections of a signed-in user, with the code 4009: their clients do not come back by themselves.
    ///
    /// # Errors
    /// When the hub is far behind or was shut down.
    pub fn terminate(&self, user_id: &str) -> Result<(), RefusedTrigger> {
        self.order(Order::Terminate(self.app.id().clone(), user_id.to_owned()))
    }

    /// The users on a presence channel, each once, in order; none when the hub has ended.
    pub async fn user_ids(&self, channel: &ChannelName) -> Option<Vec<String>> {
        let (app, channel) = (self.app.id().clone(), channel.clone());
        self.ask(move |hub, _| hub.user_ids(&app, &channel)).await
    }

    /// The sockets of this node that subscribe to a channel, in no order; none when the hub has ended. For whoever missed news.
    pub async fn subscribers(&self, channel: &ChannelName) -> Option<Vec<SocketId>> {
        let (app, channel) = (self.app.id().clone(), channel.clone());
        self.ask(move |hub, _| hub.subscribers(&app, &channel)).await
    }

    /// How many connections subscribe to a channel; none when the hub has ended.
    pub async fn subscription_count(&self, channel: &ChannelName) -> Option<usize> {
        let (app, channel) = (self.app.id().clone(), channel.clone());
        self.ask(move |hub, _| hub.subscription_count(&app, &channel)).await
    }

    /// Those of these sockets that are connected now, to this node; none when the hub has ended. For whoever keeps something for each
    /// socket, and wants to know what of it can go.
    pub async fn connected(&self, sockets: Vec<SocketId>) -> Option<Vec<SocketId>> {
        let app = self.app.id().clone();
        self.ask(move |hub, _| hub.connected(&app, sockets)).await
    }

    /// What a cache channel would repeat to a new subscriber; none when there is nothing, or when the hub has ended.
    pub async fn cached(&self, channel: &ChannelName) -> Option<Cached> {
        let (app, channel) = (self.app.id().clone(), channel.clone());
        self.ask(move |hub, now| hub.cached(&app, &channel, now)).await?
    }

    /// Whether a user is signed in on at least one connection; none when the hub has ended.
    pub async fn is_online(&self, user_id: &str) -> Option<bool> {
        let (app, user_id) = (self.app.id().clone(), user_id.to_owned());
        self.ask(move |hub, _| hub.is_online(&app, &user_id)).await
    }

    /// Whether other nodes can be spoken to; none when the hub has ended.
    pub async fn cluster(&self) -> Option<Cluster> {
        self.ask(|hub, _| hub.cluster()).await
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

    fn order(&self, order: Order) -> Result<(), RefusedTrigger> {
        self.shared.orders.try_send(order).map_err(|error| match error {
            TrySendError::Full(_) => RefusedTrigger::Overloaded,
            TrySendError::Closed(_) => RefusedTrigger::ShutDown,
        })
    }

    /// Waits its turn behind what was ordered before, so that its answer tells of that too.
    async fn ask<T: Send + 'static>(&self, question: impl FnOnce(&Hub, Duration) -> T + Send + 'static) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let question = Box::new(move |hub: &Hub, now: Duration| {
            // Whoever asked may have stopped waiting.
            let _ = answer.send(question(hub, now));
        });
        self.shared.orders.send(Order::Ask(question)).await.ok()?;
        answered.await.ok()
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
