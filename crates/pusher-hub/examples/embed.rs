//! The hub inside an axum program, with the endpoints that authorise and authenticate, one that triggers events, and the protocol's
//! HTTP API.
//!
//! `cargo run -p pusher-hub --example embed -- 127.0.0.1:6001` prints its address; without an argument any free port is
//! taken. Clients connect with the key `key`.
#![expect(clippy::print_stdout, reason = "whoever started the program is told its address")]

use std::{env, future, io};

use axum::{Form, Json, Router, extract::State, http::StatusCode, routing::post};
use pusher_hub::{
    App, Authorization, ClientEvents, HubConfig, HubHandle, HubServer, ServerConfig, Trigger, UserAuthorization,
    protocol::{ChannelKind, ChannelName, EventName, SocketId},
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct AuthForm {
    socket_id: String,
    channel_name: String,
    /// Who asks. A real program knows that from its own session and believes no form.
    user: Option<String>,
}

#[derive(Deserialize)]
struct UserForm {
    socket_id: String,
    user: String,
    /// Whom the user wants to hear of, with commas between.
    #[serde(default)]
    friends: String,
}

#[derive(Deserialize)]
struct Event {
    channel: String,
    name: String,
    data: String,
    socket_id: Option<String>,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let app = App::new("embed", "key", "secret");
    let hub = HubServer::start(ServerConfig::new(HubConfig {
        client_events: ClientEvents::Forwarded,
        ..HubConfig::new(vec![app.clone()])
    }));
    let routes = Router::new()
        .route("/pusher/auth", post(authorize))
        .route("/pusher/user-auth", post(authenticate))
        .route("/trigger", post(trigger))
        .with_state(hub.handle(&app))
        .merge(hub.router())
        .merge(hub.api());
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    pusher_hub::serve(listener, routes, future::pending()).await;
    Ok(())
}

/// A real program asks here whether the visitor may hear the channel; this one keeps a single channel to itself.
async fn authorize(
    State(hub): State<HubHandle>,
    Form(form): Form<AuthForm>,
) -> Result<Json<Authorization>, StatusCode> {
    let socket_id = SocketId::parse(&form.socket_id).map_err(|_| StatusCode::BAD_REQUEST)?;
    let channel = ChannelName::new(&form.channel_name).map_err(|_| StatusCode::BAD_REQUEST)?;
    if channel.as_str() == "private-vault" {
        return Err(StatusCode::FORBIDDEN);
    }
    Ok(Json(match (channel.kind(), form.user) {
        (ChannelKind::Presence, Some(user)) => {
            let member = json!({ "user_id": user, "user_info": { "name": user.to_uppercase() } });
            hub.app().sign_presence(&socket_id, &channel, &member.to_string())
        }
        // Without a user, a member of a presence channel is who is signed in.
        _ => hub.app().sign_private(&socket_id, &channel),
    }))
}

/// Signs in whoever asks: a real program has checked a password long before.
async fn authenticate(
    State(hub): State<HubHandle>,
    Form(form): Form<UserForm>,
) -> Result<Json<UserAuthorization>, StatusCode> {
    let socket_id = SocketId::parse(&form.socket_id).map_err(|_| StatusCode::BAD_REQUEST)?;
    let friends: Vec<&str> = form.friends.split(',').filter(|friend| !friend.is_empty()).collect();
    let user = json!({ "id": form.user, "user_info": { "name": form.user.to_uppercase() }, "watchlist": friends });
    Ok(Json(hub.app().sign_user(&socket_id, &user.to_string())))
}

async fn trigger(State(hub): State<HubHandle>, Json(event): Json<Event>) -> Result<StatusCode, StatusCode> {
    let channel = ChannelName::new(&event.channel).map_err(|_| StatusCode::BAD_REQUEST)?;
    let name = EventName::new(&event.name).map_err(|_| StatusCode::BAD_REQUEST)?;
    let mut trigger = Trigger::new(channel, name, event.data).map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    if let Some(socket_id) = event.socket_id {
        trigger = trigger.except(SocketId::parse(&socket_id).map_err(|_| StatusCode::BAD_REQUEST)?);
    }
    hub.trigger(trigger).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(StatusCode::NO_CONTENT)
}
