//! `/api/account`, its password, and `/api/sessions`: what one sees to for oneself.

use super::App;
use super::intake::{AccountHolder, Body, OfSession, Origin, SignedIn};
use crate::ambient;
use crate::error::Error;
use crate::security::{SecurityEvent, note};
use crate::sessions;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use backlog::api::account::{Account, NewPassword, Profile, Sessions};

/// Tells what there is about whoever asks.
pub async fn read(State(app): State<App>, SignedIn { visitor, .. }: SignedIn) -> Result<Json<Account>, Error> {
    let account = app.store.account(visitor.actor.id).await?;
    account.map(Json).ok_or(Error::Missing("account"))
}

/// Changes what others see of one.
pub async fn change(
    State(app): State<App>,
    signed_in: SignedIn,
    Body(Profile { name, initials, colour }): Body<Profile>,
) -> Result<Json<Account>, Error> {
    let actor = signed_in.visitor.actor.id;
    app.store.set_profile(actor, &name, (initials.as_ref(), colour)).await?;
    read(State(app), signed_in).await
}

/// Sets another password; other sessions end.
pub async fn change_password(
    State(app): State<App>,
    AccountHolder { visitor, session }: AccountHolder,
    origin: Origin,
    Body(wish): Body<NewPassword>,
) -> Result<StatusCode, Error> {
    let actor = visitor.actor.id;
    app.accounts
        .change_password((actor, session), wish, origin.address)
        .await?;
    app.listeners.actor_ended(actor).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Tells where one is signed in.
pub async fn sessions(
    State(app): State<App>,
    SignedIn { visitor, session }: SignedIn,
) -> Result<Json<Sessions>, Error> {
    let sessions = app.store.sessions_of(visitor.actor.id, session, ambient::now()).await?;
    Ok(Json(Sessions { sessions }))
}

/// Ends all sessions, the one that asks too.
pub async fn end_sessions(
    State(app): State<App>,
    SignedIn { visitor, .. }: SignedIn,
    origin: Origin,
) -> Result<(StatusCode, CookieJar), Error> {
    let actor = visitor.actor.id;
    app.store.end_sessions_of(actor).await?;
    app.listeners.actor_ended(actor).await;
    note(
        &app.store,
        Some(actor),
        origin.address,
        SecurityEvent::SignedOutEverywhere,
    )
    .await;
    let expired = sessions::expired(&app.entrance);
    Ok((StatusCode::NO_CONTENT, CookieJar::new().add(expired)))
}

/// Ends a session.
pub async fn end_session(
    State(app): State<App>,
    SignedIn { visitor, .. }: SignedIn,
    origin: Origin,
    OfSession(session): OfSession,
) -> Result<StatusCode, Error> {
    let actor = visitor.actor.id;
    if !app.store.end_session_of(actor, session).await? {
        return Err(Error::Missing("session"));
    }
    app.listeners.session_ended(session).await;
    note(&app.store, Some(actor), origin.address, SecurityEvent::SessionEnded).await;
    Ok(StatusCode::NO_CONTENT)
}
