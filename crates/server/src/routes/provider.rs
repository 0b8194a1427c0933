//! `/auth/provider`: to the provider of identities, and back from it. A browser goes there by itself, so what fails is shown by the
//! page, under a short word.

use super::App;
use crate::accounts::Caller;
use crate::accounts::pace::Deed;
use crate::accounts::provider::{self, Admission, Failure, Journey, Provider, SignUp, Way, own_path};
use crate::config::Entrance;
use crate::error::Error;
use crate::security::{self, SecurityEvent};
use axum::extract::rejection::QueryRejection;
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
#[derive(Default, Deserialize)]
pub struct Return {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

/// Sends someone to the provider.
pub async fn depart(State(app): State<App>, to: Result<Query<Departure>, QueryRejection>) -> Result<Response, Error> {
    let provider = app.provider.as_ref().ok_or(Error::Missing("provider"))?;
    let to = to.ok().and_then(|Query(Departure { to })| to);
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
    caller: Caller,
    back: Result<Query<Return>, QueryRejection>,
) -> Result<Response, Error> {
    let provider = app.provider.as_ref().ok_or(Error::Missing("provider"))?;
    let back = back.map(|Query(back)| back).unwrap_or_default();
    let Some(journey) = journey(&app.entrance, &caller, &back) else {
        return Ok(failed(&app.entrance, Failure::Expired));
    };
    // Each one makes this server ask the provider, and whoever makes up both halves of a journey costs it nothing.
    if app.accounts.admit(Deed::SignIn, caller.address).is_err() {
        return Ok(failed(&app.entrance, Failure::TooMany));
    }
    let admission = match identify(provider, &journey, back).await {
        Ok(identity) => provider::admit(&app.store, &identity, sign_up(&app, provider)).await?,
        Err(failure) => Err(failure),
    };
    let admission = match admission {
        Ok(admission) => admission,
        Err(failure) => return Ok(failed(&app.entrance, failure)),
    };
    app.accounts.turned_out_well(Deed::SignIn, caller.address);
    let cookies = come_in(&app, admission, &caller).await?;
    let cookies = cookies.add(kept_for(&app.entrance, String::new(), 0));
    Ok(([(CACHE_CONTROL, "no-store")], cookies, Redirect::to(journey.path())).into_response())
}

/// The journey from which someone comes back, if it is the one on which this browser set out.
fn journey(entrance: &Entrance, caller: &Caller, back: &Return) -> Option<Journey> {
    let journey = Journey::read(caller.cookies.get(name(entrance))?.value())?;
    journey.has_state(back.state.as_deref()?).then_some(journey)
}

fn sign_up(app: &App, provider: &Provider) -> SignUp {
    match app.entrance.sign_up || provider.signs_up() {
        true => SignUp::Open,
        false => SignUp::Shut,
    }
}

/// Begins the session; answers its cookies.
async fn come_in(app: &App, Admission { actor, way }: Admission, caller: &Caller) -> Result<CookieJar, Error> {
    let who = actor.id;
    let done = match way {
        Way::Known => None,
        Way::Linked(email) => {
            app.listeners.actor_ended(who).await;
            Some(SecurityEvent::ProviderLinked(email))
        }
        Way::Made(email) => Some(SecurityEvent::AccountMade(email)),
    };
    for event in done.into_iter().chain([SecurityEvent::SignedInByProvider]) {
        security::note(&app.store, Some(who), caller.address, event).await;
    }
    let admitted = app.accounts.let_in(actor, caller).await?;
    if let Some(replaced) = admitted.replaced {
        app.listeners.session_ended(replaced).await;
    }
    Ok(admitted.cookies.into_iter().fold(CookieJar::new(), CookieJar::add))
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
