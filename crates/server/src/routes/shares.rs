//! `/api/projects/{id}/shares` for owners: public links; `/api/share` for whoever holds one.

use super::App;
use super::intake::{Body, In, Manage, Origin, id_in_path};
use crate::access::{Credential, Visitor};
use crate::accounts::pace::Deed;
use crate::ambient;
use crate::error::Error;
use crate::memberships::{self, MOST};
use crate::security::{SecurityEvent, note};
use crate::sessions;
use crate::store::TokenHash;
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use backlog::ActorId;
use backlog::api::account::Secret;
use backlog::api::members::{Entered, Held, Shares};
use backlog::id::Bits128;

/// Lists those that stand.
pub async fn list(State(app): State<App>, In { grant, .. }: In<Manage>) -> Result<Json<Shares>, Error> {
    let shares = app.store.shares(grant.project()).await?;
    Ok(Json(Shares { shares }))
}

/// Makes one.
pub async fn make(State(app): State<App>, In { grant, .. }: In<Manage>, origin: Origin) -> Result<Json<Secret>, Error> {
    if app.entrance.open {
        return Err(Error::Forbidden(
            "everyone is let in here, so that a public link opens nothing: the server was started with --open",
        ));
    }
    if app.store.shares(grant.project()).await?.len() >= MOST {
        return Err(Error::Bad(format!(
            "shares: at most {MOST} public links of a project stand at a time; revoke one first"
        )));
    }
    let secret = memberships::share(&app.store, &grant).await?;
    let event = SecurityEvent::ShareMade(grant.project());
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    Ok(Json(Secret { secret }))
}

/// Revokes one.
pub async fn revoke(
    State(app): State<App>,
    In { grant, .. }: In<Manage>,
    TheShare(share): TheShare,
    origin: Origin,
) -> Result<StatusCode, Error> {
    if !memberships::revoke((&app.store, &app.listeners), &grant, share).await? {
        return Err(Error::Missing("public link"));
    }
    let event = SecurityEvent::ShareRevoked(grant.project());
    note(&app.store, Some(grant.actor().id), origin.address, event).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets whoever holds one see its project. Who has no session gets one, as a guest.
pub async fn open(
    State(app): State<App>,
    cookies: CookieJar,
    origin: Origin,
    Body(Held { secret }): Body<Held>,
) -> Result<(CookieJar, Json<Entered>), Error> {
    app.accounts.admit(Deed::Secret, origin.address)?;
    let share = app.store.standing_share(&TokenHash::of(&secret)).await?;
    let share = share.ok_or(Error::Missing("public link, or it was revoked"))?;
    app.accounts.turned_out_well(Deed::Secret, origin.address);
    let known = sessions::visitor(app.place(), &cookies).await?;
    let (by, session, set) = match known {
        Some(Visitor {
            actor,
            credential: Credential::Session(session),
            ..
        }) => (actor.id, session, CookieJar::new()),
        Some(_) | None => begin_as_guest(&app, &origin).await?,
    };
    if app.store.visit_by(share.id, session).await? {
        let event = SecurityEvent::ShareOpened(share.project);
        note(&app.store, Some(by), origin.address, event).await;
    }
    Ok((set, Json(Entered { project: share.project })))
}

/// Takes in someone who was never here: under a made-up name, with a session that sees what public links show.
async fn begin_as_guest(app: &App, origin: &Origin) -> Result<(ActorId, Bits128, CookieJar), Error> {
    app.accounts.admit(Deed::Visit, origin.address)?;
    let guest = sessions::take_in(&app.store).await?;
    let cookie = sessions::begin(app.place(), guest.id, &origin.agent).await?;
    let token = TokenHash::of(cookie.value());
    let known = app.store.session(&token, ambient::now()).await?;
    // It began a moment ago.
    let session = known.ok_or(Error::NoSession)?.session;
    Ok((guest.id, session, CookieJar::new().add(cookie)))
}

/// The public link that the path names. Whether the project has it is not known yet.
pub struct TheShare(Bits128);

impl FromRequestParts<App> for TheShare {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(TheShare(id_in_path(parts, app, "share").await?))
    }
}
