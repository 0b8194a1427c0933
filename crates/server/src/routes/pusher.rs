//! `/pusher/auth`: signs for a visitor's connection that wants to hear a project.

use super::App;
use crate::access::{self, Action, Denied, Visitor};
use crate::error::Error;
use crate::realtime;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::{Json, http::header::CACHE_CONTROL, response::IntoResponse};
use pusher_hub::protocol::SocketId;
use serde::Deserialize;

/// What a Pusher Channels client asks with.
#[derive(Deserialize)]
pub struct Question {
    socket_id: String,
    channel_name: String,
}

/// Lets the visitor's connection subscribe to a project's channel.
pub async fn auth(
    State(app): State<App>,
    visitor: Visitor,
    form: Result<Form<Question>, FormRejection>,
) -> Result<impl IntoResponse, Error> {
    let Form(Question {
        socket_id,
        channel_name,
    }) = form?;
    let socket_id = SocketId::parse(&socket_id)
        .map_err(|_| Error::Forbidden("socket_id: a socket id is two numbers with a dot between"))?;
    let project = realtime::project(&channel_name).ok_or(Error::Forbidden(
        "channel_name: only private-project-{id} is signed for here",
    ))?;
    let grant = access::authorize(app.place(), &visitor, project, Action::Read).await;
    let grant = grant.map_err(|denied| match denied {
        Denied::NoProject => Error::Forbidden("channel_name: there is no such project"),
        other => other.into(),
    })?;
    let signed = app
        .realtime
        .sign_private(&socket_id, &realtime::channel(grant.project()));
    Ok(([(CACHE_CONTROL, "no-store")], Json(signed)))
}
