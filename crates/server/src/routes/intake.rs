//! What handlers take out of a request. Each is a check: a handler that holds the value cannot hold a wrong one.

use super::App;
use crate::error::Error;
use crate::projects::Author;
use crate::sessions;
use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::HeaderValue;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use backlog::api::SOCKET_ID_HEADER;
use backlog::{Actor, ProjectId, StoryId};
use pusher_hub::protocol::SocketId;
use serde::de::DeserializeOwned;

/// A visitor with a session.
pub struct Visitor {
    /// The person.
    pub actor: Actor,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let cookies = CookieJar::from_headers(&parts.headers);
        let known = sessions::visitor(&app.store, &cookies).await?.ok_or(Error::NoSession)?;
        Ok(Visitor { actor: known.actor })
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let Json(value) = Json::from_request(request, app).await?;
        Ok(Body(value))
    }
}

/// The project that the path names. Whether there is one is not known yet.
pub struct InProject(pub ProjectId);

impl FromRequestParts<App> for InProject {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(Path(id)) = Path::<String>::from_request_parts(parts, app).await else {
            return Err(Error::Missing("project"));
        };
        project_of(&id).map(InProject)
    }
}

/// The story that the path names, and its project. Whether there are such is not known yet.
pub struct InStory(pub ProjectId, pub StoryId);

impl FromRequestParts<App> for InStory {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Ok(Path((id, story))) = Path::<(String, String)>::from_request_parts(parts, app).await else {
            return Err(Error::Missing("story"));
        };
        let project = project_of(&id)?;
        let story = story
            .parse()
            .map_err(|error| Error::Bad(format!("story id: {error}")))?;
        Ok(InStory(project, StoryId(story)))
    }
}

fn project_of(id: &str) -> Result<ProjectId, Error> {
    id.parse().map_err(|error| Error::Bad(format!("project id: {error}")))
}

/// A visitor who may write, and the realtime connection that the request names, if it names one.
pub struct Writer(pub Author);

impl FromRequestParts<App> for Writer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Visitor { actor } = Visitor::from_request_parts(parts, app).await?;
        let socket_id = parts.headers.get(SOCKET_ID_HEADER).map(socket_id).transpose()?;
        Ok(Writer(Author { actor, socket_id }))
    }
}

fn socket_id(value: &HeaderValue) -> Result<SocketId, Error> {
    let read = value.to_str().ok().and_then(|text| SocketId::parse(text).ok());
    read.ok_or_else(|| Error::Bad("X-Socket-ID: a socket id is two numbers with a dot between".into()))
}

/// Refuses more of something than there may be.
pub fn at_most(field: &str, got: usize, max: usize) -> Result<(), Error> {
    if got > max {
        Err(Error::Bad(format!("{field}: {got} given, at most {max}")))
    } else {
        Ok(())
    }
}
