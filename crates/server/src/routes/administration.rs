//! `/api/accounts` and `/api/security-log`: everybody's accounts, for administrators.

use super::App;
use super::intake::{Administrator, Body, OfAccount, Origin};
use crate::error::Error;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use backlog::api::account::{Accounts, Secret, SecurityLog, Standing};
use serde::Deserialize;

/// Tells all accounts.
pub async fn list(State(app): State<App>, _: Administrator) -> Result<Json<Accounts>, Error> {
    let accounts = app.store.accounts().await?;
    Ok(Json(Accounts { accounts }))
}

/// Makes a link by which the holder of an account sets a password.
pub async fn make_recovery(
    State(app): State<App>,
    Administrator { visitor }: Administrator,
    origin: Origin,
    OfAccount(of): OfAccount,
) -> Result<Json<Secret>, Error> {
    let by = visitor.actor.id;
    let secret = app.accounts.make_recovery(of, (by, origin.address)).await?;
    Ok(Json(secret))
}

/// Says what becomes of an account.
pub async fn set_standing(
    State(app): State<App>,
    Administrator { visitor }: Administrator,
    (origin, OfAccount(of)): (Origin, OfAccount),
    Body(standing): Body<Standing>,
) -> Result<StatusCode, Error> {
    let by = visitor.actor.id;
    app.accounts.set_standing(of, standing, (by, origin.address)).await?;
    app.listeners.actor_ended(of).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Where a page of the security log begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    before: Option<i64>,
}

/// Tells a page of the security log.
pub async fn security_log(
    State(app): State<App>,
    _: Administrator,
    query: Result<Query<Before>, QueryRejection>,
) -> Result<Json<SecurityLog>, Error> {
    let Query(Before { before }) = query?;
    Ok(Json(app.store.security_log(before).await?))
}
