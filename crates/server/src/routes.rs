//! Every URL of the server, on one screen.

mod charts;
mod export;
mod front;
mod guard;
mod health;
mod import;
mod intake;
mod markdown;
mod plan;
mod projects;
mod pusher;
mod session;
mod stories;
mod sync;

use crate::config::Hosts;
use crate::error::Error;
use crate::projects::Projects;
use crate::store::Store;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header::CACHE_CONTROL};
use axum::middleware::{from_fn, from_fn_with_state, map_response_with_state};
use axum::routing::{get, post};
use backlog::api::MAX_BODY;
use pusher_hub::{App as RealtimeApp, HubServer};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

/// What the routes stand on.
#[derive(Clone)]
pub struct App {
    /// The database, for sessions.
    pub store: Store,
    /// The projects.
    pub projects: Projects,
    /// The realtime application, to sign for it.
    pub realtime: RealtimeApp,
    /// The hub that pages connect to.
    pub hub: HubServer,
    /// The names under which the server answers.
    pub hosts: Hosts,
}

/// All routes.
pub fn router(app: App) -> Router {
    let (realtime, hosts) = (app.hub.router(), app.hosts.clone());
    let files = Router::new()
        .route("/projects/{project}/import/preview", post(import::preview))
        .route("/projects/{project}/import", post(import::import))
        .layer(DefaultBodyLimit::max(import::MAX_BODY));
    let api = Router::new()
        .route("/session", get(session::read).put(session::rename).delete(session::end))
        .route("/projects", get(projects::list).post(projects::create))
        .route("/projects/{project}/sync", post(sync::sync))
        .route("/projects/{project}/changes", get(sync::changes))
        .route("/projects/{project}/stories/{story}/history", get(stories::history))
        .route("/projects/{project}/plan", get(plan::plan))
        .route("/projects/{project}/charts", get(charts::charts))
        .route("/projects/{project}/markdown", post(markdown::render))
        .route("/projects/{project}/export.csv", get(export::csv))
        .route("/projects/{project}/export.json", get(export::json))
        .merge(files)
        .fallback(nothing)
        .method_not_allowed_fallback(wrong_method)
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        // Level 4 of brotli: most of the gain for a fraction of the time that the default of static files takes.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)));
    let served = Router::new()
        .nest("/api", api)
        .route("/pusher/auth", post(pusher::auth))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .method_not_allowed_fallback(wrong_method)
        .with_state(app)
        .merge(realtime)
        .merge(front::router())
        .fallback(front::no_such_page);
    served
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(guard::same_origin))
        .layer(from_fn_with_state(hosts, guard::own_name))
        .layer(from_fn(guard::in_time))
        .layer(guard::no_panic())
        .layer(map_response_with_state(
            guard::headers(front::INDEX),
            guard::add_headers,
        ))
        .layer(TraceLayer::new_for_http())
}

async fn nothing() -> Error {
    Error::Missing("path")
}

async fn wrong_method() -> Error {
    Error::WrongMethod
}
