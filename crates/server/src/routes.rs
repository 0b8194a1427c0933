//! Every URL of the server, on one screen, each with who may take it.

mod account;
mod administration;
mod charts;
mod export;
mod front;
mod guard;
mod health;
mod import;
mod intake;
mod invitations;
mod markdown;
mod members;
pub mod openapi;
mod plan;
mod projects;
mod provider;
mod pusher;
mod session;
mod shares;
mod sign_in;
mod stories;
mod sync;
mod tokens;
mod webhooks;

use crate::access::{Action, Credential, Visitor};
use crate::accounts::Accounts;
use crate::accounts::provider::Provider;
use crate::ambient;
use crate::config::{Entrance, Hosts};
use crate::deliveries::Deliveries;
use crate::error::Error;
use crate::listeners::Listeners;
use crate::projects::Projects;
use crate::store::{Bearer, Store, TokenHash};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header::CACHE_CONTROL};
use axum::middleware::{from_fn, from_fn_with_state, map_response_with_state};
use axum::routing::{MethodRouter, delete, get, post, put};
use backlog::api::{MAX_BODY, SessionKind};
use pusher_hub::{App as RealtimeApp, HubServer};
use std::sync::Arc;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;

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
    /// Who is let in.
    pub entrance: Arc<Entrance>,
    /// Who can sign in.
    pub accounts: Accounts,
    /// What posts changes to webhooks.
    pub deliveries: Deliveries,
    /// The sockets that hear projects.
    pub listeners: Listeners,
    /// Through whom people sign in, beside their passwords.
    pub provider: Option<Provider>,
}

impl App {
    /// What says who someone is, and who is let in.
    pub fn place(&self) -> (&Store, &Entrance) {
        (&self.store, &self.entrance)
    }

    /// Whoever bears that API token.
    async fn bearer(&self, token: &str) -> Result<Visitor, Error> {
        let bearer = self.store.bearer(&TokenHash::of(token), ambient::now()).await?;
        let Bearer { token, actor, reach } = bearer.ok_or(Error::BadToken)?;
        Ok(Visitor {
            actor,
            named: true,
            kind: SessionKind::Account,
            credential: Credential::Token(token, reach),
        })
    }

    /// Ends the session by which a visitor came.
    async fn end_session_of(&self, visitor: &Visitor) -> Result<(), Error> {
        match visitor.credential {
            Credential::Session(session) => {
                self.store.end_session(session).await?;
                self.listeners.session_ended(session).await;
                Ok(())
            }
            Credential::Token(..) => Err(Error::Forbidden("an API token has no session: revoke it instead")),
        }
    }
}

/// A route, and who may take it.
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// Who may.
    pub rule: Rule,
    handler: MethodRouter<App>,
}

/// Who may take a route. The handler's own arguments make it so; that both say the same is tested for every route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Everyone.
    Anyone,
    /// Who has a session, or an API token.
    Visitor,
    /// Who has a session of their own: no guest of a public link, no API token.
    SignedIn,
    /// Who has an account, by a session of their own.
    Account,
    /// Who administers the installation.
    Administrator,
    /// Who may do that in the project that the path names.
    Project(Action),
}

/// The routes of the API and of the channel's authorisation. Those of the protocol are the hub's, those of the page are files.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    use Action::{Import, Manage, Read};
    use Rule::{Account, Administrator, Anyone, Project, SignedIn, Visitor};
    let route = |method, path, rule, handler| Route { method, path, rule, handler };
    let files = || DefaultBodyLimit::max(import::MAX_BODY);
    vec![
        route("GET", "/api/welcome", Anyone, get(session::welcome)),
        route("POST", "/api/visit", Anyone, post(session::visit)),
        route("GET", "/api/session", Visitor, get(session::read)),
        route("PUT", "/api/session", SignedIn, put(session::rename)),
        route("DELETE", "/api/session", Visitor, delete(session::end)),

        route("POST", "/api/owner", Anyone, post(sign_in::own)),
        route("POST", "/api/sign-in", Anyone, post(sign_in::sign_in)),
        route("POST", "/api/sign-up", Anyone, post(sign_in::sign_up)),
        route("POST", "/api/recovery", Anyone, post(sign_in::ask_for_recovery)),
        route("POST", "/api/recover", Anyone, post(sign_in::recover)),
        route("GET", "/api/account", SignedIn, get(account::read)),
        route("PUT", "/api/account", SignedIn, put(account::change)),
        route("PUT", "/api/account/password", Account, put(account::change_password)),
        route("GET", "/api/sessions", SignedIn, get(account::sessions)),
        route("DELETE", "/api/sessions", SignedIn, delete(account::end_sessions)),
        route("DELETE", "/api/sessions/{session}", SignedIn, delete(account::end_session)),

        route("GET", "/api/accounts", Administrator, get(administration::list)),
        route("POST", "/api/accounts/{account}/recovery", Administrator, post(administration::make_recovery)),
        route("PUT", "/api/accounts/{account}", Administrator, put(administration::set_standing)),
        route("GET", "/api/security-log", Administrator, get(administration::security_log)),

        route("GET", "/api/projects", Visitor, get(projects::list)),
        route("POST", "/api/projects", SignedIn, post(projects::create)),
        route("POST", "/api/projects/{project}/sync", Project(Read), post(sync::sync)),
        route("GET", "/api/projects/{project}/changes", Project(Read), get(sync::changes)),
        route("GET", "/api/projects/{project}/stories/{story}/history", Project(Read), get(stories::history)),
        route("GET", "/api/projects/{project}/plan", Project(Read), get(plan::plan)),
        route("GET", "/api/projects/{project}/charts", Project(Read), get(charts::charts)),
        route("POST", "/api/projects/{project}/markdown", Project(Read), post(markdown::render)),
        route("GET", "/api/projects/{project}/export.csv", Project(Read), get(export::csv)),
        route("GET", "/api/projects/{project}/export.json", Project(Read), get(export::json)),
        route("POST", "/api/projects/{project}/import/preview", Project(Import), post(import::preview).layer(files())),
        route("POST", "/api/projects/{project}/import", Project(Import), post(import::import).layer(files())),

        route("GET", "/api/projects/{project}/webhooks", Project(Manage), get(webhooks::list)),
        route("POST", "/api/projects/{project}/webhooks", Project(Manage), post(webhooks::make)),
        route("DELETE", "/api/projects/{project}/webhooks/{webhook}", Project(Manage), delete(webhooks::remove)),
        route("GET", "/api/projects/{project}/members", Project(Read), get(members::list)),
        route("PUT", "/api/projects/{project}/members/{member}", Project(Manage), put(members::assign)),
        route("DELETE", "/api/projects/{project}/members/{member}", Project(Read), delete(members::remove)),
        route("GET", "/api/projects/{project}/invitations", Project(Manage), get(invitations::list)),
        route("POST", "/api/projects/{project}/invitations", Project(Manage), post(invitations::make)),
        route("DELETE", "/api/projects/{project}/invitations/{invitation}", Project(Manage), delete(invitations::end)),
        route("POST", "/api/invitation", Anyone, post(invitations::look)),
        route("POST", "/api/invitation/accept", Account, post(invitations::accept)),
        route("GET", "/api/projects/{project}/shares", Project(Manage), get(shares::list)),
        route("POST", "/api/projects/{project}/shares", Project(Manage), post(shares::make)),
        route("DELETE", "/api/projects/{project}/shares/{share}", Project(Manage), delete(shares::revoke)),
        route("POST", "/api/share", Anyone, post(shares::open)),

        route("GET", "/api/tokens", Account, get(tokens::list)),
        route("POST", "/api/tokens", Account, post(tokens::make)),
        route("DELETE", "/api/tokens/{token}", Account, delete(tokens::revoke)),
        route("GET", "/api/openapi.json", Anyone, get(openapi::json)),
        route("GET", "/api/docs", Anyone, get(openapi::page)),

        route("POST", "/pusher/auth", Visitor, post(pusher::auth)),
        route("GET", "/auth/provider", Anyone, get(provider::depart)),
        route("GET", "/auth/provider/callback", Anyone, get(provider::arrive)),
        route("GET", "/healthz", Anyone, get(health::alive)),
        route("GET", "/readyz", Anyone, get(health::ready)),
    ]
}

/// All routes.
pub fn router(app: App) -> Router {
    let (realtime, hosts) = (app.hub.router(), app.hosts.clone());
    let mut api = Router::new();
    let mut served = Router::new();
    for Route { path, handler, .. } in table() {
        match path.strip_prefix("/api") {
            Some(path) => api = api.route(path, handler),
            None => served = served.route(path, handler),
        }
    }
    let api = api
        .fallback(nothing)
        .method_not_allowed_fallback(wrong_method)
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, HeaderValue::from_static("no-store")))
        // Level 4 of brotli: most of the gain for a fraction of the time that the default of static files takes.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)));
    let headers = guard::headers(front::INDEX, &app.entrance);
    served
        .nest("/api", api)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(guard::whole))
        .with_state(app)
        .merge(realtime)
        .merge(front::router())
        .fallback(front::no_such_page)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn(guard::same_origin))
        .layer(from_fn_with_state(hosts, guard::own_name))
        .layer(from_fn(guard::in_time))
        .layer(guard::no_panic())
        .layer(map_response_with_state(headers, guard::add_headers))
        .layer(TraceLayer::new_for_http().make_span_with(span))
}

/// What the log says of a request. Never its query: what a provider of identities sends back stands in one.
fn span(request: &Request) -> Span {
    let (method, path) = (request.method(), request.uri().path());
    tracing::debug_span!("request", %method, path)
}

async fn nothing() -> Error {
    Error::Missing("path")
}

async fn wrong_method() -> Error {
    Error::WrongMethod
}
