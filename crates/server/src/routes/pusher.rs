//! `/pusher/auth`: signs for a visitor's connection that wants to hear a project, or to be seen in it. One channel, or several at once
//! as `channel_name[0]=..`; each is decided for itself.

use super::App;
use crate::access::{self, Action, Denied, Grant, Visitor};
use crate::error::Error;
use crate::listeners::{Ear, Place};
use crate::realtime;
use axum::extract::rejection::RawFormRejection;
use axum::extract::{RawForm, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Bytes};
use backlog::api::{self, SessionKind};
use backlog::person::{Colour, Initials};
use backlog::{ActorId, Name, ProjectId};
use pusher_hub::protocol::{ChannelName, SocketId};
use pusher_hub::{Authorization, AuthorizationForm};
use serde::Serialize;
use std::collections::HashMap;

/// The most characters of a socket id: two numbers of 64 bits and a dot. Hubs make no longer ones.
const LONGEST_SOCKET_ID: usize = 41;

/// Lets the visitor's connection subscribe to channels of projects.
pub async fn auth(
    State(app): State<App>,
    visitor: Visitor,
    form: Result<RawForm, RawFormRejection>,
) -> Result<Response, Error> {
    let RawForm(body) = form?;
    let form = read(&body)?;
    if let Some(channel) = form.only_channel() {
        let signed = sign(&app, &visitor, form.socket_id(), channel).await?;
        return Ok(([(CACHE_CONTROL, "no-store")], Json(signed)).into_response());
    }
    let mut signed = HashMap::new();
    for channel in form.channels() {
        match sign(&app, &visitor, form.socket_id(), channel).await {
            Ok(authorization) => drop(signed.insert(channel.clone(), authorization)),
            // What the server cannot say now is no refusal.
            Err(error @ (Error::Unavailable | Error::Failed)) => return Err(error),
            Err(_) => {}
        }
    }
    Ok(form.answer(|channel| signed.remove(channel)).into_response())
}

fn read(body: &Bytes) -> Result<AuthorizationForm, Error> {
    let text = std::str::from_utf8(body).map_err(|_| Error::Bad("the form is no text".into()))?;
    let form = AuthorizationForm::parse(text).map_err(|error| Error::Bad(error.to_string()))?;
    match form.socket_id().as_str().len() {
        ..=LONGEST_SOCKET_ID => Ok(form),
        _ => Err(Error::Bad(
            "socket_id: expected two numbers of at most 20 digits with a dot between".into(),
        )),
    }
}

/// What a channel is for.
#[derive(Clone, Copy)]
enum Wish {
    /// To hear what changes in a project.
    Hear(ProjectId),
    /// To be seen in it, and to see who else is there.
    BeSeen(ProjectId),
}

impl Wish {
    fn of(channel: &ChannelName) -> Result<Wish, Error> {
        let name = channel.as_str();
        let hear = || realtime::project(name).map(Wish::Hear);
        let be_seen = || realtime::project_of_presence(name).map(Wish::BeSeen);
        hear().or_else(be_seen).ok_or(Error::Forbidden(
            "channel_name: only private-project-{id} and presence-project-{id} are signed for here",
        ))
    }

    fn project(self) -> ProjectId {
        match self {
            Wish::Hear(project) | Wish::BeSeen(project) => project,
        }
    }
}

async fn sign(app: &App, visitor: &Visitor, socket: &SocketId, channel: &ChannelName) -> Result<Authorization, Error> {
    let wish = Wish::of(channel)?;
    let grant = access::authorize(app.place(), visitor, wish.project(), Action::Read).await;
    let grant = grant.map_err(|denied| match denied {
        Denied::NoProject => Error::Forbidden("channel_name: there is no such project"),
        other => other.into(),
    })?;
    let signed = match wish {
        Wish::Hear(_) => app.realtime.sign_private(socket, channel),
        Wish::BeSeen(_) => {
            let member = member(app, visitor, &grant).await?;
            app.realtime.sign_presence(socket, channel, &api::to_json(&member))
        }
    };
    let place = Place {
        socket: socket.clone(),
        channel: channel.clone(),
    };
    let ear = Ear {
        actor: visitor.actor.id,
        credential: visitor.credential,
        project: grant.project(),
        role: grant.role(),
    };
    app.listeners.note(place, ear).await;
    Ok(signed)
}

/// What others see of someone who is there, and nothing else.
#[derive(Serialize)]
struct Seen {
    user_id: ActorId,
    user_info: Looks,
}

#[derive(Serialize)]
struct Looks {
    name: Name,
    initials: Initials,
    colour: Colour,
}

async fn member(app: &App, visitor: &Visitor, grant: &Grant) -> Result<Seen, Error> {
    let is_shown = match visitor.kind {
        SessionKind::Open => true,
        SessionKind::Account => app.store.is_member(grant.project(), visitor.actor.id).await?,
        SessionKind::Guest => false,
    };
    if !is_shown {
        return Err(Error::Forbidden(
            "channel_name: who came through a public link is not shown among the members",
        ));
    }
    let (initials, colour) = app.store.looks(&visitor.actor).await?;
    Ok(Seen {
        user_id: visitor.actor.id,
        user_info: Looks {
            name: visitor.actor.name.clone(),
            initials,
            colour,
        },
    })
}
