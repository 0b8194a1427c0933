//! `/api/tokens`: what programs show in one's name. None of these routes is open to such a token itself.

use super::App;
use super::intake::{AccountHolder, Body, Origin, at_most, id_in_path};
use crate::access::{self, Action};
use crate::error::Error;
use crate::security::{SecurityEvent, note};
use crate::store::{NewApiToken, TokenHash};
use crate::{ambient, sessions};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use backlog::ProjectId;
use backlog::api::account::{FreshToken, NewToken, TokenSeen, Tokens};
use backlog::id::Bits128;
use std::collections::BTreeSet;

/// What every API token begins with, so that one that was left lying about is known for what it is.
pub const PREFIX: &str = "truestory_";
/// The most API tokens of one account.
const MOST: u32 = 100;
/// The most projects of one API token.
const MOST_PROJECTS: usize = 100;

/// Lists one's own.
pub async fn list(State(app): State<App>, AccountHolder { visitor, .. }: AccountHolder) -> Result<Json<Tokens>, Error> {
    let tokens = app.store.api_tokens(visitor.actor.id).await?;
    Ok(Json(Tokens { tokens }))
}

/// Makes one. What it may do is looked up whenever it is used: never more than its maker may then.
pub async fn make(
    State(app): State<App>,
    holder: AccountHolder,
    origin: Origin,
    Body(NewToken { name, reach, projects }): Body<NewToken>,
) -> Result<Json<FreshToken>, Error> {
    let projects = own_projects(&app, &holder, projects).await?;
    let actor = holder.visitor.actor.id;
    let secret = format!("{PREFIX}{}", sessions::secret());
    let new = NewApiToken {
        id: ambient::bits128(),
        hash: TokenHash::of(&secret),
        actor,
        name: name.clone(),
        reach,
        projects: projects.clone(),
    };
    let since = ambient::now();
    if !app.store.add_api_token(&new, MOST, since).await? {
        return Err(Error::Bad(format!(
            "tokens: an account has at most {MOST}; revoke one first"
        )));
    }
    note(
        &app.store,
        Some(actor),
        origin.address,
        SecurityEvent::TokenMade(name.clone(), reach),
    )
    .await;
    let token = TokenSeen {
        id: new.id,
        name,
        reach,
        projects,
        since,
        seen: None,
    };
    Ok(Json(FreshToken { token, secret }))
}

/// Revokes one: from now on it opens nothing, and what was opened by it closes.
pub async fn revoke(
    State(app): State<App>,
    AccountHolder { visitor, .. }: AccountHolder,
    origin: Origin,
    TheToken(token): TheToken,
) -> Result<StatusCode, Error> {
    let actor = visitor.actor.id;
    let revoked = app.store.revoke_api_token(actor, token).await?;
    let name = revoked.ok_or(Error::Missing("token"))?;
    app.listeners.token_revoked(token).await;
    note(
        &app.store,
        Some(actor),
        origin.address,
        SecurityEvent::TokenRevoked(name),
    )
    .await;
    Ok(StatusCode::NO_CONTENT)
}

/// The API token that the path names. Whether it is the asker's own is not known yet.
pub struct TheToken(Bits128);

impl FromRequestParts<App> for TheToken {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(TheToken(id_in_path(parts, app, "token").await?))
    }
}

/// The projects, each once; all of them are ones that the maker is in.
async fn own_projects(app: &App, holder: &AccountHolder, projects: Vec<ProjectId>) -> Result<Vec<ProjectId>, Error> {
    if projects.is_empty() {
        return Err(Error::Bad("projects: name at least one".into()));
    }
    at_most("projects", projects.len(), MOST_PROJECTS)?;
    let each: BTreeSet<ProjectId> = projects.into_iter().collect();
    for project in &each {
        access::authorize(app.place(), &holder.visitor, *project, Action::Read).await?;
    }
    Ok(each.into_iter().collect())
}
