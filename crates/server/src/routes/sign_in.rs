//! `/api/owner`, `/api/sign-in`, `/api/sign-up`, `/api/recovery` and `/api/recover`: how one comes in by an account.

use super::App;
use super::intake::Body;
use super::session::session;
use crate::accounts::{Admitted, Caller};
use crate::error::Error;
use crate::projects::People;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse};
use backlog::api::account::{LostPassword, NewAccount, Recover, SignIn, SignUp};

/// Makes the account that administers the installation, where there is none.
pub async fn own(
    State(app): State<App>,
    caller: Caller,
    Body(account): Body<NewAccount>,
) -> Result<impl IntoResponse, Error> {
    let (admitted, owned) = app.accounts.make_first(account, &caller).await?;
    for project in owned {
        let greeted = People::Greet(admitted.visitor.actor.clone());
        app.projects.people(project, greeted).await?;
    }
    Ok(come_in(&app, admitted).await)
}

/// Lets someone in by their password.
pub async fn sign_in(
    State(app): State<App>,
    caller: Caller,
    Body(who): Body<SignIn>,
) -> Result<impl IntoResponse, Error> {
    let admitted = app.accounts.sign_in(who, &caller).await?;
    Ok(come_in(&app, admitted).await)
}

/// Makes an account.
pub async fn sign_up(
    State(app): State<App>,
    caller: Caller,
    Body(wish): Body<SignUp>,
) -> Result<impl IntoResponse, Error> {
    let admitted = app.accounts.sign_up(wish, &caller).await?;
    Ok(come_in(&app, admitted).await)
}

/// Sends a link to set a password, if there is such an account.
pub async fn ask_for_recovery(
    State(app): State<App>,
    caller: Caller,
    Body(who): Body<LostPassword>,
) -> Result<StatusCode, Error> {
    app.accounts.ask_for_recovery(who, &caller)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets a password by such a link.
pub async fn recover(
    State(app): State<App>,
    caller: Caller,
    Body(with): Body<Recover>,
) -> Result<impl IntoResponse, Error> {
    let admitted = app.accounts.recover(with, &caller).await?;
    app.listeners.actor_ended(admitted.visitor.actor.id).await;
    Ok(come_in(&app, admitted).await)
}

/// The answer to whoever came in.
async fn come_in(app: &App, admitted: Admitted) -> impl IntoResponse + use<> {
    let Admitted {
        visitor,
        cookies: [own, device],
        replaced,
    } = admitted;
    if let Some(replaced) = replaced {
        app.listeners.session_ended(replaced).await;
    }
    let cookies = AppendHeaders([(SET_COOKIE, own.to_string()), (SET_COOKIE, device.to_string())]);
    (cookies, Json(session(app, &visitor)))
}
