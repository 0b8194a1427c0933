//! From a configuration to a server that listens, and from a signal to one that has stopped.

use crate::accounts::Accounts;
use crate::accounts::mail::Unusable;
use crate::accounts::provider::Provider;
use crate::ambient;
use crate::beacons;
use crate::config::mail::MAIL_FROM;
use crate::config::{Config, ConfigError, Entrance, Hosts, LISTEN, Outside, Secrets};
use crate::deliveries::Deliveries;
use crate::demo;
use crate::listeners::Listeners;
use crate::projects::Projects;
use crate::realtime;
use crate::routes::{self, App};
use crate::store::{Store, StoreError};
use axum::Router;
use backlog::{Epoch, ProjectId};
use pusher_hub::{App as RealtimeApp, HubConfig, HubServer, Origins, ServerConfig, SubscriptionCounts, WebhookError};
use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// After so long without a sign of life, page and hub doubt their connection and ping. Beacons come more often, so that a
/// page whose connection died in its sleep notices within this time.
const SILENCE: Duration = Duration::from_secs(30);

/// How long requests under way may take once the server is to stop.
const GRACE: Duration = Duration::from_secs(10);

/// A server that listens and answers once it runs.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    parts: Parts,
    sample: Option<ProjectId>,
    _config: Config,
}

/// What stands behind the routes, without a network.
pub struct Parts {
    /// What the routes stand on.
    pub app: App,
    writer: JoinHandle<()>,
    tellers: [JoinHandle<()>; 3],
    delivering: JoinHandle<()>,
}

/// Why the server did not start, or ended.
#[derive(Debug)]
pub enum ServeError {
    /// A setting cannot be used.
    Config(ConfigError),
    /// The database cannot be used.
    Store(StoreError),
    /// The network failed.
    Network(io::Error),
    /// The system does not tell when to stop.
    Signals(io::Error),
    /// Nothing can be posted to webhooks.
    Webhooks(WebhookError),
    /// The provider of identities cannot be asked; the reason is in words.
    Provider(String),
    /// The task that writes ended by itself: a defect. Whoever watches over the process starts it again.
    WriterEnded,
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::Config(error) => error.fmt(f),
            ServeError::Store(error) => error.fmt(f),
            ServeError::Network(error) => write!(f, "the network failed: {error}"),
            ServeError::Signals(error) => write!(f, "signals cannot be heard: {error}"),
            ServeError::Webhooks(error) => error.fmt(f),
            ServeError::Provider(error) => write!(f, "the provider of identities cannot be asked: {error}"),
            ServeError::WriterEnded => f.write_str("the writer ended by itself; its panic stands above"),
        }
    }
}

impl std::error::Error for ServeError {}

impl From<StoreError> for ServeError {
    fn from(error: StoreError) -> Self {
        ServeError::Store(error)
    }
}

impl Server {
    /// Opens the store and listens.
    pub async fn start(config: Config) -> Result<Server, ServeError> {
        let listener = listen(config.listen).await.map_err(ServeError::Config)?;
        let address = listener.local_addr().map_err(ServeError::Network)?;
        let store = Store::open(&config.data, Epoch(ambient::bits128())).await?;
        let sample = if config.demo {
            demo::fill(&store, ambient::now(), ambient::bits128).await?
        } else {
            None
        };
        let entrance = (config.entrance.clone(), config.outside.clone());
        let mut parts = Parts::start(store, &config.secrets, entrance)?;
        parts.app.hosts = config.hosts.clone();
        let router = routes::router(parts.app.clone());
        Ok(Server {
            listener,
            address,
            router,
            parts,
            sample,
            _config: config,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The project to look at first, where a sample was asked for.
    pub fn sample(&self) -> Option<ProjectId> {
        self.sample
    }

    /// Answers until `stop` comes, then finishes what is under way.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let Server {
            listener,
            router,
            parts,
            _config,
            ..
        } = self;
        let (stopping, mut stopped) = watch::channel(());
        let serving = pusher_hub::serve(listener, router, async move {
            // An error means that the sender is gone, which says the same.
            let _ = stopped.changed().await;
        });
        let mut serving = tokio::spawn(serving);
        let ended = tokio::select! {
            () = stop => Ok(()),
            () = parts.app.projects.ended() => Err(ServeError::WriterEnded),
        };
        tracing::info!("stopping");
        let _ = stopping.send(());
        let finished = async { tokio::join!(parts.app.hub.shutdown(), &mut serving) };
        if tokio::time::timeout(GRACE, finished).await.is_err() {
            tracing::warn!("requests were still under way when the time was up");
            serving.abort();
        }
        parts.stop().await;
        ended
    }
}

impl Parts {
    /// Starts the tasks.
    pub fn start(
        store: Store,
        secrets: &Secrets,
        (entrance, outside): (Entrance, Outside),
    ) -> Result<Parts, ServeError> {
        let Secrets { app_id, key, secret } = secrets;
        let realtime = RealtimeApp::new(app_id, key, secret);
        let mut config = HubConfig::new(vec![realtime.clone()]);
        config.activity_timeout = SILENCE;
        // The page shows nobody how many look at a project.
        config.subscription_counts = SubscriptionCounts::Silent;
        let mut server = ServerConfig::new(config);
        if !entrance.origins.is_empty() {
            server.origins = Origins::OwnAnd(entrance.origins.clone());
        }
        let hub = HubServer::start(server);
        let handle = hub.handle(&realtime);
        let (announcer, announcements) = realtime::announcer();
        let (deliveries, delivering) =
            Deliveries::start(store.clone(), announcer.changes(), outside.webhooks).map_err(ServeError::Webhooks)?;
        let entrance = Arc::new(entrance);
        let listeners = Listeners::new(store.clone(), entrance.clone(), handle.clone());
        let (projects, writer) = Projects::start(store.clone(), announcer, listeners.clone());
        let tellers = [
            tokio::spawn(realtime::publish(handle.clone(), announcements)),
            tokio::spawn(listeners.clone().watch()),
            tokio::spawn(beacons::send(projects.clone(), handle, beacons::PERIOD)),
        ];
        let post = outside.mail.as_ref();
        let accounts = Accounts::start(store.clone(), entrance.clone(), (secret, post)).map_err(unsendable)?;
        let provider = match (outside.provider, &entrance.url) {
            (Some(settings), Some(url)) => Some(Provider::new(settings, url).map_err(ServeError::Provider)?),
            _ => None,
        };
        let app = App {
            store,
            accounts,
            projects,
            realtime,
            hub,
            hosts: Hosts::Any,
            entrance,
            deliveries,
            listeners,
            provider,
        };
        Ok(Parts {
            app,
            writer,
            tellers,
            delivering,
        })
    }

    /// Finishes what was asked and closes the store.
    pub async fn stop(self) {
        self.app.projects.stop().await;
        if let Err(error) = self.writer.await {
            tracing::error!(%error, "the writer did not end well");
        }
        self.tellers.iter().for_each(JoinHandle::abort);
        self.app.deliveries.stop().await;
        if let Err(error) = self.delivering.await {
            tracing::error!(%error, "the deliveries did not end well");
        }
        self.app.store.close().await;
    }
}

fn unsendable(unusable: Unusable) -> ServeError {
    ServeError::Config(ConfigError {
        setting: MAIL_FROM,
        wrong: unusable.to_string(),
        right: "give an address that letters can come from, such as truestory@example.com",
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ConfigError> {
    TcpListener::bind(address).await.map_err(|error| ConfigError {
        setting: LISTEN,
        wrong: format!("cannot listen at {address}: {error}"),
        right: "give an address of this machine and a free port, or port 0 for any",
    })
}
