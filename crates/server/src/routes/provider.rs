//! `/auth/provider`: to the provider of identities, and back from it. A browser goes there by itself, so what fails is shown by the
//! page, under a short word.

use super::App;
use super::intake::Origin;
use crate::accounts::provider::{self, Failure, Journey, Provider, SignUp, own_path};
use crate::config::Entrance;
use crate::error::Error;
use crate::security::{self, SecurityEvent};
use crate::sessions;
use crate::store::Credential;
use axum::extract::{Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;
use std::time::Duration;

/// How long someone may take at the provider, in seconds.
const PATIENCE: u64 = 600;

/// Where someone wants to come back to.
#[derive(Deserialize)]
pub struct Departure {
    to: Option<String>,
}

/// What the provider sends back.
#[derive(Deserialize)]
pub struct Return {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

/// Sends someone to the provider.
pub async fn depart(State(app): State<App>, Query(Departure { to }): Query<Departure>) -> Result<Response, Error> {
    let provider = app.provider.as_ref().ok_or(Error::Missing("provider"))?;
    let journey = Journey::begin(to.as_deref().and_then(own_path).unwrap_or("/"));
    Ok(match provider.departure(&journey).await {
        Ok(address) => {
            let cookies = CookieJar::new().add(kept_for(&app.entrance, journey.write(), PATIENCE));
            ([(CACHE_CONTROL, "no-store")], cookies, Redirect::to(&address)).into_response()
        }
        Err(failure) => failed(&app.entrance, failure),
    })
}

/// Takes in whoever comes back.
pub async fn arrive(
    State(app): State<App>,
    cookies: CookieJar,
    origin: Origin,
    Query(back): Query<Return>,
) -> Result<Response, Error> {
    let provider = app.provider.as_ref().ok_or(Error::Missing("provider"))?;
    let journey = cookies
        .get(name(&app.entrance))
        .and_then(|cookie| Journey::read(cookie.value()));
    let journey = journey.filter(|journey| back.state.as_ref().is_some_and(|state| journey.has_state(state)));
    let Some(journey) = journey else {
        return Ok(failed(&app.entrance, Failure::Expired));
    };
    let admission = match identify(provider, &journey, back).await {
        Ok(identity) => {
            let sign_up = match app.entrance.sign_up || provider.signs_up() {
                true => SignUp::Open,
                false => SignUp::Shut,
            };
            provider::admit(&app.store, &identity, sign_up).await?
        }
        Err(failure) => Err(failure),
    };
    let admission = match admission {
        Ok(admission) => admission,
        Err(failure) => return Ok(failed(&app.entrance, failure)),
    };
    // Whoever was signed in here before is not any more.
    if let Some(before) = sessions::visitor(app.place(), &cookies).await?
        && let Credential::Session(session) = before.credential
    {
        app.store.end_session(session).await?;
    }
    for event in admission.done.into_iter().chain([SecurityEvent::SignedInByProvider]) {
        security::note(&app.store, Some(admission.actor.id), origin.address, event).await;
    }
    let session = sessions::begin(app.place(), admission.actor.id, &origin.agent).await?;
    let cookies = CookieJar::new()
        .add(session)
        .add(kept_for(&app.entrance, String::new(), 0));
    Ok(([(CACHE_CONTROL, "no-store")], cookies, Redirect::to(journey.path())).into_response())
}

async fn identify(provider: &Provider, journey: &Journey, back: Return) -> Result<provider::Identity, Failure> {
    match (back.code, back.error) {
        (Some(code), None) => provider.arrival(journey, &code).await,
        (_, Some(_)) | (None, None) => Err(Failure::Refused),
    }
}

/// The page says what failed, and how else one comes in.
fn failed(entrance: &Entrance, failure: Failure) -> Response {
    let cookies = CookieJar::new().add(kept_for(entrance, String::new(), 0));
    let page = format!("/sign-in?failed={}", failure.code());
    ([(CACHE_CONTROL, "no-store")], cookies, Redirect::to(&page)).into_response()
}

fn name(entrance: &Entrance) -> &'static str {
    match entrance.is_secure() {
        true => "__Host-truestory_provider",
        false => "truestory_provider",
    }
}

/// The cookie that goes along on the journey. `Lax`, for whoever comes back comes from the provider's site.
fn kept_for(entrance: &Entrance, journey: String, seconds: u64) -> Cookie<'static> {
    let mut cookie = Cookie::new(name(entrance), journey);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(entrance.is_secure());
    cookie.set_path("/");
    cookie.set_max_age(Duration::from_secs(seconds).try_into().ok());
    cookie
}
