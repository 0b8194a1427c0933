//! The smallest program that embeds the hub: clients, the HTTP API, and the endpoint that authorises channels.
//!
//! `cargo run -p pusher-hub --example authorize` listens at 127.0.0.1:6001; clients connect with the key `key`.

use std::future;

use axum::{Router, extract::State, http::StatusCode, response::IntoResponse, routing::post};
use pusher_hub::{App, AuthorizationForm, HubConfig, HubServer, ServerConfig};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = App::new("app-id", "key", "secret");
    let hub = HubServer::start(ServerConfig::new(HubConfig::new(vec![app.clone()])));
    let routes = Router::new()
        .route("/pusher/auth", post(authorize))
        .with_state(app)
        .merge(hub.router())
        .merge(hub.api());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:6001").await?;
    pusher_hub::serve(listener, routes, future::pending()).await;
    Ok(())
}

/// One channel or several; a real program asks here whether the visitor may hear each.
async fn authorize(State(app): State<App>, form: String) -> Result<impl IntoResponse, (StatusCode, String)> {
    let form = AuthorizationForm::parse(&form).map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    Ok(form
        .answer(|channel| (channel.as_str() != "private-vault").then(|| app.sign_private(form.socket_id(), channel))))
}
