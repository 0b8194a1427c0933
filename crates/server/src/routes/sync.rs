//! `/api/projects/{id}/sync` and `/api/projects/{id}/changes`: commands in, and what the sender has missed out.

use super::App;
use super::intake::{Body, Heard, In, Read, at_most};
use crate::error::Error;
use axum::Json;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use backlog::Version;
use backlog::api::{MAX_ASKED, MAX_COMMANDS, SyncAnswer, SyncRequest};
use serde::Deserialize;

/// May be kept, but is asked after each time.
const NO_CACHE: &str = "private, no-cache";

/// Carries out commands and tells what the sender has missed.
pub async fn sync(
    State(app): State<App>,
    In { grant, .. }: In<Read>,
    Heard(socket_id): Heard,
    Body(request): Body<SyncRequest>,
) -> Result<Json<SyncAnswer>, Error> {
    if request.by.is_some_and(|by| by != grant.actor().id) {
        return Err(Error::OtherVisitor);
    }
    at_most("commands", request.commands.len(), MAX_COMMANDS)?;
    at_most("ask", request.ask.len(), MAX_ASKED)?;
    Ok(Json(app.projects.sync(&grant, socket_id, request).await?))
}

/// Tells what the sender has missed. Good for polling: while nothing happened the answer is 304.
pub async fn changes(State(app): State<App>, In { grant, .. }: In<Read>, poll: Poll) -> Result<Response, Error> {
    let now = tag(app.projects.head(&grant).await?.version());
    if poll.knows(&now) {
        return Ok((StatusCode::NOT_MODIFIED, headers(now)).into_response());
    }
    let request = SyncRequest {
        since: poll.since,
        ..SyncRequest::default()
    };
    let answer = app.projects.sync(&grant, None, request).await?;
    Ok((headers(tag(answer.version())), Json(answer)).into_response())
}

/// How far who polls has read, and which answers it holds.
pub struct Poll {
    since: Option<Version>,
    held: HeaderMap,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Since {
    since: Option<Version>,
}

impl FromRequestParts<App> for Poll {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Query(Since { since }) = Query::from_request_parts(parts, app).await?;
        Ok(Poll {
            since,
            held: parts.headers.clone(),
        })
    }
}

impl Poll {
    fn knows(&self, tag: &str) -> bool {
        let held = self
            .held
            .get_all(IF_NONE_MATCH)
            .into_iter()
            .filter_map(|value| value.to_str().ok());
        // A proxy that compresses makes the tag weak.
        held.flat_map(|list| list.split(','))
            .any(|one| one.trim().trim_start_matches("W/") == tag)
    }
}

fn tag(version: Version) -> String {
    format!("\"{version}\"")
}

fn headers(tag: String) -> [(HeaderName, String); 2] {
    [(ETAG, tag), (CACHE_CONTROL, NO_CACHE.into())]
}
