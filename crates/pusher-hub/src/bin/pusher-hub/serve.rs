//! From a configuration to a hub that listens, and from a signal to one that has stopped. Knows sockets and routes, no setting's
//! name but where to listen.

use std::{fmt, future::Future, io, net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use pusher_hub::{Cluster, HubServer, WebhookError};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle, time::timeout};

use crate::{
    config::{Config, ConfigError},
    metrics,
};

/// How long requests under way may take once the hub has closed its connections.
const GRACE: Duration = Duration::from_secs(5);
/// How long what is left of webhooks may take in the end.
const LAST_POSTS: Duration = Duration::from_secs(10);

/// A hub that listens and answers once it runs.
pub struct Server {
    hub: HubServer,
    listener: TcpListener,
    /// For the metrics alone.
    metrics: Option<TcpListener>,
    address: SocketAddr,
    posting: JoinHandle<()>,
}

/// Why the server did not start, or ended.
#[derive(Debug)]
pub enum ServeError {
    /// A setting cannot be used.
    Setting(ConfigError),
    /// The network failed.
    Network(io::Error),
    /// The system does not tell when to stop.
    Signals(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(error) => error.fmt(f),
            Self::Network(error) => write!(f, "the network failed: {error}"),
            Self::Signals(error) => write!(f, "signals cannot be heard: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

impl Server {
    /// Starts the hub and listens.
    pub async fn start(config: Config) -> Result<Self, ServeError> {
        let listener = listen("--listen (PUSHER_HUB_LISTEN)", config.listen).await?;
        let metrics = match config.metrics_listen {
            Some(address) => Some(listen("--metrics-listen (PUSHER_HUB_METRICS_LISTEN)", address).await?),
            None => None,
        };
        let address = listener.local_addr().map_err(ServeError::Network)?;
        let (apps, webhooks) = (config.server.hub.apps.len(), config.webhooks.len());
        let hub = HubServer::start(config.server);
        let posting = hub.post_webhooks(config.webhooks, config.reach).await;
        let posting = posting.map_err(|error| ServeError::Setting(unpostable(&error)))?;
        tracing::info!(%address, apps, webhooks, "listening");
        Ok(Self {
            hub,
            listener,
            metrics,
            address,
            posting,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` comes. Then every client is told to connect again, spread over a few seconds, and what is under way
    /// is finished.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let (stopping, stopped) = watch::channel(());
        let metrics = Router::new()
            .route("/metrics", get(show_metrics))
            .with_state(self.hub.clone());
        let mut routes = Router::new()
            .merge(self.hub.api())
            .layer(middleware::from_fn(log_call))
            .merge(self.hub.router())
            .route("/healthz", get(show_health))
            .with_state(self.hub.clone());
        let mut serving = Vec::new();
        match self.metrics {
            Some(listener) => serving.push(serve(listener, metrics, stopped.clone())),
            None => routes = routes.merge(metrics),
        }
        serving.push(serve(self.listener, routes, stopped));
        stop.await;
        tracing::info!("stopping");
        // New connections are refused by the hub until the old are gone: a closed port would look like a crash.
        self.hub.shutdown().await;
        let _ = stopping.send(());
        for mut task in serving {
            if timeout(GRACE, &mut task).await.is_err() {
                tracing::warn!("requests were still under way when the time was up");
                task.abort();
            }
        }
        // The task ends when the hub is gone for good.
        drop(self.hub);
        if timeout(LAST_POSTS, self.posting).await.is_err() {
            tracing::warn!("webhooks were still under way when the time was up");
        }
        tracing::info!("stopped");
        Ok(())
    }
}

async fn listen(setting: &str, address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|error| {
        let wrong = format!(
            "cannot listen at {address}: {error}; give an address of this machine and a free port, or port 0 for any"
        );
        ServeError::Setting(ConfigError {
            setting: setting.to_owned(),
            wrong,
        })
    })
}

fn unpostable(error: &WebhookError) -> ConfigError {
    let (setting, wrong) = match error {
        WebhookError::Address { url, reason } => (format!("webhook {url}"), reason.clone()),
        WebhookError::Private { url } => (
            format!("webhook {url}"),
            "it is private; posts go there with private_webhooks = true".to_owned(),
        ),
        WebhookError::Client(_) | WebhookError::ShutDown => ("webhook".to_owned(), error.to_string()),
    };
    ConfigError { setting, wrong }
}

/// Ends after `stopped`, when what is under way is finished.
fn serve(listener: TcpListener, routes: Router, mut stopped: watch::Receiver<()>) -> JoinHandle<()> {
    tokio::spawn(pusher_hub::serve(listener, routes, async move {
        // An error means that the sender is gone, which says the same.
        let _ = stopped.changed().await;
    }))
}

/// The path alone: the query holds a signature.
async fn log_call(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let status = response.status();
    if status.is_success() {
        tracing::debug!(%method, path, status = status.as_u16(), "called");
    } else {
        tracing::info!(%method, path, status = status.as_u16(), "refused a call");
    }
    response
}

/// Whether the hub's task answers.
async fn show_health(State(hub): State<HubServer>) -> Response {
    match hub.figures().await {
        Some(figures) => match figures.cluster {
            Cluster::Alone | Cluster::Joined { .. } => "ok\n".into_response(),
            // It serves; to take it out of service for the broker's sake would take out all nodes.
            Cluster::CutOff => "ok, but the broker cannot be reached: events stay on this node\n".into_response(),
        },
        None => (StatusCode::SERVICE_UNAVAILABLE, "the hub has stopped\n").into_response(),
    }
}

async fn show_metrics(State(hub): State<HubServer>) -> Response {
    match hub.figures().await {
        Some(figures) => ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], metrics::text(&figures)).into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, "the hub has stopped\n").into_response(),
    }
}
