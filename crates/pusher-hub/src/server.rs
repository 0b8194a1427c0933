//! The hub on axum: real sockets and a real clock around [`Hub`](crate::Hub).
//!
//! One task owns the hub. Each connection has a task and an outbox: the hub's task only ever puts frames into outboxes,
//! so a slow reader delays nobody, and whoever triggers an event never waits. Knows sockets, time and chance; decides
//! nothing that the protocol is about.

mod authorization;
mod broker;
mod calls;
mod carriers;
mod connection;
mod engine;
mod handle;
mod meters;
mod news;
mod origins;
mod outbox;
mod serve;
mod upgrade;
#[cfg(feature = "webhooks")]
mod webhooks;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{any, get},
};
use tokio::sync::{broadcast, mpsc, oneshot};

#[cfg(feature = "nats")]
pub use self::broker::{Nats, NatsError};
#[cfg(feature = "webhooks")]
pub use self::webhooks::{Courier, Letter, Reach, WebhookError};
use self::{
    broker::Broker,
    carriers::Sessions,
    engine::{Engine, Order, Public, Report},
    meters::Meters,
    news::{News, OccupiedChannels},
};
pub use self::{
    handle::{HubHandle, RefusedTrigger},
    news::{ChannelNews, NewsFeed},
    origins::Origins,
    serve::serve,
};
#[cfg(feature = "nats")]
use crate::NodeId;
use crate::{App, Figures, HubConfig, http_api::MAX_BODY};

/// Events that may wait for the hub; more are refused, for then it is far behind.
const ORDERS: usize = 16 * 1024;
/// Frames from clients that may wait for the hub; then their connections are not read until it has caught up.
const REPORTS: usize = 1024;
/// News that a reader may be behind before it misses some.
const NEWS: usize = 1024;

/// What a [`HubServer`] is told at its start.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// The hub's settings.
    pub hub: HubConfig,
    /// Which pages may connect.
    pub origins: Origins,
    /// Most bytes that may wait for one connection; a reader that is slower is closed.
    pub max_waiting_bytes: usize,
    /// A connection over HTTP whose client has not asked for frames for so long is closed.
    pub session_grace: Duration,
    /// Most connections over HTTP at a time.
    pub max_sessions: usize,
    /// What joins this hub to others that serve the same apps, if it is not alone. Each picks a
    /// [`HubConfig::node`] for itself.
    #[cfg(feature = "nats")]
    pub broker: Option<Nats>,
}

/// A running hub. Cloning is cheap and gives the same hub.
#[derive(Clone)]
pub struct HubServer {
    shared: Arc<Shared>,
}

struct Shared {
    orders: mpsc::Sender<Order>,
    reports: mpsc::Sender<Report>,
    occupied: Arc<Mutex<OccupiedChannels>>,
    news: broadcast::Sender<News>,
    meters: Arc<Meters>,
    apps: Vec<App>,
    origins: Origins,
    max_frame_bytes: usize,
    max_waiting_bytes: usize,
    sessions: Arc<Sessions>,
    session_grace: Duration,
    next_conn: AtomicU64,
}

impl ServerConfig {
    /// The defaults for this hub: pages of the server's own host, 1 MiB waiting per connection, 20,000 connections over HTTP,
    /// each closed 15 s after its client stopped asking.
    pub fn new(hub: HubConfig) -> Self {
        Self {
            hub,
            origins: Origins::Own,
            max_waiting_bytes: 1024 * 1024,
            session_grace: Duration::from_secs(15),
            max_sessions: 20_000,
            #[cfg(feature = "nats")]
            broker: None,
        }
    }
}

impl HubServer {
    /// Starts the hub's task on the current tokio runtime. It ends with [`HubServer::shutdown`], or when the last clone,
    /// router, handle and connection are gone.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(mut config: ServerConfig) -> Self {
        let broker = broker(&mut config);
        let (orders, order_queue) = mpsc::channel(ORDERS);
        let (reports, report_queue) = mpsc::channel(REPORTS);
        let (news, _) = broadcast::channel(NEWS);
        let public = Public {
            news,
            occupied: Arc::default(),
            meters: Arc::default(),
        };
        let shared = Shared {
            orders,
            reports,
            occupied: Arc::clone(&public.occupied),
            news: public.news.clone(),
            meters: Arc::clone(&public.meters),
            apps: config.hub.apps.clone(),
            origins: config.origins,
            max_frame_bytes: config.hub.max_frame_bytes,
            max_waiting_bytes: config.max_waiting_bytes,
            sessions: Arc::new(Sessions::new(config.max_sessions)),
            session_grace: config.session_grace,
            next_conn: AtomicU64::new(0),
        };
        let engine = Engine::new(config.hub, public, broker);
        tokio::spawn(engine.run(order_queue, report_queue));
        Self {
            shared: Arc::new(shared),
        }
    }

    /// The routes under `/app/{key}` for clients, to merge into any router: the WebSocket, and beside it what carries the same
    /// frames by HTTP ([`over_http`](crate::protocol::over_http)). A request there that is no WebSocket handshake gets a 4xx.
    ///
    /// Answers to `events` and `poll` must not be gathered or compressed on their way, nor cut before 30 s.
    ///
    /// [`serve`] serves it as it should be; whoever serves otherwise sets `TCP_NODELAY` (`listener.tap_io(|socket| ..)`): without
    /// it the kernel may hold a small event back for 40 ms.
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        Router::new()
            .route("/app/{key}", get(upgrade::upgrade))
            .merge(carriers::router(self.clone()))
            .with_state(self.clone())
    }

    /// The HTTP API of the hub's apps under `/apps/{id}`, for their own programs, to merge into any router; see
    /// [`http_api`](crate::http_api). What it answers to whom is decided by signatures, so that it may stand beside
    /// [`HubServer::router`]. A path before it would have to be part of what is signed, so do not nest it.
    pub fn api<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        Router::new()
            .route("/apps/{*call}", any(calls::call))
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .with_state(self.clone())
    }

    /// What is counted; none when the hub has ended.
    pub async fn figures(&self) -> Option<Figures> {
        let (figures, counted) = oneshot::channel();
        self.shared.orders.send(Order::Count(figures)).await.ok()?;
        counted.await.ok()
    }

    /// What the embedding program needs for one of the hub's apps.
    pub fn handle(&self, app: &App) -> HubHandle {
        HubHandle::new(app.clone(), Arc::clone(&self.shared))
    }

    /// Closes all connections with 4200 ("connect again"), spread over
    /// [`drain_within`](HubConfig::drain_within), and refuses new ones. Returns when the last is gone, at the latest a few seconds after that time.
    pub async fn shutdown(&self) {
        let (finished, wait) = oneshot::channel();
        if self.shared.orders.send(Order::Drain(finished)).await.is_ok() {
            // An error says that the hub's task has ended, which is what is waited for.
            let _ = wait.await;
        }
    }
}

/// The broker, if there is to be one, and with it this hub's name among the others.
#[cfg(feature = "nats")]
#[expect(clippy::disallowed_methods, reason = "the driver is where chance comes from")]
fn broker(config: &mut ServerConfig) -> Option<Broker> {
    let nats = config.broker.take()?;
    config.hub.node.get_or_insert_with(|| NodeId(rand::random()));
    Some(Broker::start(|ends| nats.run(ends)))
}

#[cfg(not(feature = "nats"))]
fn broker(_: &mut ServerConfig) -> Option<Broker> {
    None
}

/// What is guarded here is whole between any two statements, so a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
