//! `/api/session`: who the visitor is.

use super::App;
use super::intake::{Body, Visitor};
use crate::error::Error;
use crate::sessions;
use crate::store::Known;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use backlog::Actor;
use backlog::api::{Rename, Session};

/// Tells the visitor's name, and gives one with a session to who has none.
pub async fn read(State(app): State<App>, cookies: CookieJar) -> Result<(CookieJar, Json<Session>), Error> {
    if let Some(known) = sessions::visitor(&app.store, &cookies).await? {
        let cookie = sessions::renewed(&cookies);
        let set = cookie.into_iter().fold(CookieJar::new(), CookieJar::add);
        return Ok((set, Json(session(&app, known))));
    }
    let (known, cookie) = sessions::welcome(&app.store).await?;
    Ok((CookieJar::new().add(cookie), Json(session(&app, known))))
}

/// Calls the visitor something else.
pub async fn rename(
    State(app): State<App>,
    visitor: Visitor,
    Body(Rename { name }): Body<Rename>,
) -> Result<Json<Session>, Error> {
    app.store.rename(visitor.actor.id, &name).await?;
    let actor = Actor {
        id: visitor.actor.id,
        name,
    };
    Ok(Json(session(&app, Known { actor, named: true })))
}

/// Ends the visitor's session: whoever still has its token is a stranger with it.
pub async fn end(State(app): State<App>, _: Visitor, cookies: CookieJar) -> Result<(StatusCode, CookieJar), Error> {
    let expired = sessions::end(&app.store, &cookies).await?;
    Ok((StatusCode::NO_CONTENT, CookieJar::new().add(expired)))
}

fn session(app: &App, Known { actor, named }: Known) -> Session {
    Session {
        actor,
        named,
        realtime_key: app.realtime.key().to_owned(),
    }
}
