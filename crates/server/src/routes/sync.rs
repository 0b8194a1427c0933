//! `/api/projects/{id}/sync` and `/api/projects/{id}/changes`: commands in, and what the sender has missed out.

use super::App;
use super::intake::{Body, InProject, SocketOf, Visitor};
use crate::error::Error;
use crate::projects::Author;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use backlog::Version;
use backlog::api::{MAX_ASKED, MAX_COMMANDS, SyncAnswer, SyncRequest};
use serde::Deserialize;

/// May be kept, but is asked after each time.
const NO_CACHE: &str = "private, no-cache";

/// Carries out commands and tells what the sender has missed.
pub async fn sync(
    State(app): State<App>,
    visitor: Visitor,
    InProject(project): InProject,
    SocketOf(socket_id): SocketOf,
    Body(request): Body<SyncRequest>,
) -> Result<Json<SyncAnswer>, Error> {
    at_most("commands", request.commands.len(), MAX_COMMANDS)?;
    at_most("ask", request.ask.len(), MAX_ASKED)?;
    let author = Author {
        actor: visitor.actor,
        socket_id,
    };
    Ok(Json(app.projects.sync(project, author, request).await?))
}

/// Where to catch up from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    since: Option<Version>,
}

/// Tells what the sender has missed. Good for polling: while nothing happened the answer is 304.
pub async fn changes(
    State(app): State<App>,
    visitor: Visitor,
    InProject(project): InProject,
    headers: HeaderMap,
    query: Result<Query<From>, QueryRejection>,
) -> Result<Response, Error> {
    let Query(From { since }) = query?;
    let head = app.projects.head(project).await?;
    if knows(&headers, &tag(head.version())) {
        return Ok((
            StatusCode::NOT_MODIFIED,
            [(ETAG, tag(head.version())), (CACHE_CONTROL, NO_CACHE.into())],
        )
            .into_response());
    }
    let author = Author {
        actor: visitor.actor,
        socket_id: None,
    };
    let request = SyncRequest {
        since,
        ..SyncRequest::default()
    };
    let answer = app.projects.sync(project, author, request).await?;
    Ok((
        [(ETAG, tag(answer.version())), (CACHE_CONTROL, NO_CACHE.into())],
        Json(answer),
    )
        .into_response())
}

fn tag(version: Version) -> String {
    format!("\"{version}\"")
}

fn knows(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers
        .get_all(IF_NONE_MATCH)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    // A proxy that compresses makes the tag weak.
    tags.flat_map(|list| list.split(','))
        .any(|one| one.trim().trim_start_matches("W/") == tag)
}

fn at_most(field: &str, got: usize, max: usize) -> Result<(), Error> {
    if got > max {
        Err(Error::Bad(format!("{field}: {got} given, at most {max}")))
    } else {
        Ok(())
    }
}
