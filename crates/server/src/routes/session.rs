//! `/api/welcome`, `/api/visit` and `/api/session`: how one comes in, and who one is.

use super::App;
use super::intake::{Body, Origin, SignedIn};
use crate::access::Visitor;
use crate::accounts::pace::Deed;
use crate::error::Error;
use crate::security::{SecurityEvent, note};
use crate::sessions;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use backlog::Actor;
use backlog::api::account::{Door, Welcome};
use backlog::api::{Rename, Session, SessionKind};

/// Tells how one comes in here.
pub async fn welcome(State(app): State<App>) -> Result<Json<Welcome>, Error> {
    let door = match app.entrance.open {
        true => Door::Open,
        false if app.store.is_fresh().await? => Door::Fresh,
        false => Door::Accounts,
    };
    Ok(Json(Welcome {
        door,
        sign_up: app.entrance.sign_up,
        mail: app.accounts.sends_mail(),
        provider: app.provider.as_ref().map(|provider| provider.name().to_owned()),
    }))
}

/// Lets a stranger in, where everyone is let in. Who has a session already keeps it.
pub async fn visit(
    State(app): State<App>,
    cookies: CookieJar,
    origin: Origin,
) -> Result<(CookieJar, Json<Session>), Error> {
    if !app.entrance.open {
        return Err(Error::Forbidden("one comes in by an account here: sign in"));
    }
    let place = app.place();
    if let Some(known) = sessions::visitor(place, &cookies).await? {
        return Ok((CookieJar::new(), Json(session(&app, &known))));
    }
    app.accounts.admit(Deed::Visit, origin.address)?;
    let actor = sessions::take_in(&app.store).await?;
    let cookie = sessions::begin(place, actor.id, &origin.agent).await?;
    let session = Session {
        actor,
        named: false,
        kind: SessionKind::Open,
        realtime_key: app.realtime.key().to_owned(),
    };
    Ok((CookieJar::new().add(cookie), Json(session)))
}

/// Tells who the visitor is. The cookie is good for as long again.
pub async fn read(
    State(app): State<App>,
    visitor: Visitor,
    cookies: CookieJar,
) -> Result<(CookieJar, Json<Session>), Error> {
    let cookie = sessions::renewed(&app.entrance, &cookies);
    let set = cookie.into_iter().fold(CookieJar::new(), CookieJar::add);
    Ok((set, Json(session(&app, &visitor))))
}

/// Calls the visitor something else.
pub async fn rename(
    State(app): State<App>,
    SignedIn { visitor, .. }: SignedIn,
    Body(Rename { name }): Body<Rename>,
) -> Result<Json<Session>, Error> {
    app.store.rename(visitor.actor.id, &name).await?;
    let renamed = Visitor {
        actor: Actor {
            id: visitor.actor.id,
            name,
        },
        named: true,
        ..visitor
    };
    Ok(Json(session(&app, &renamed)))
}

/// Ends the visitor's session: whoever still has its token is a stranger with it.
pub async fn end(State(app): State<App>, visitor: Visitor, origin: Origin) -> Result<(StatusCode, CookieJar), Error> {
    app.end_session_of(&visitor).await?;
    if visitor.kind == SessionKind::Account {
        note(
            &app.store,
            Some(visitor.actor.id),
            origin.address,
            SecurityEvent::SignedOut,
        )
        .await;
    }
    let expired = sessions::expired(&app.entrance);
    Ok((StatusCode::NO_CONTENT, CookieJar::new().add(expired)))
}

/// What a visitor is told of themselves.
pub fn session(app: &App, visitor: &Visitor) -> Session {
    Session {
        actor: visitor.actor.clone(),
        named: visitor.named,
        kind: visitor.kind,
        realtime_key: app.realtime.key().to_owned(),
    }
}
