//! What handlers take out of a request. Each is a check: a handler that holds the value cannot hold a wrong one.

use super::App;
use crate::access::{self, Action, Credential, Grant, Visitor};
use crate::accounts::Caller;
use crate::error::Error;
use crate::sessions;
use axum::Json;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum_extra::extract::CookieJar;
use backlog::api::{SOCKET_ID_HEADER, SessionKind};
use backlog::id::Bits128;
use backlog::{ActorId, ProjectId, StoryId};
use pusher_hub::protocol::SocketId;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::convert::Infallible;
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        if let Some(token) = parts.headers.get(AUTHORIZATION).and_then(bearer) {
            return app.bearer(token).await;
        }
        let cookies = CookieJar::from_headers(&parts.headers);
        let visitor = sessions::visitor(app.place(), &cookies).await?;
        visitor.ok_or(Error::NoSession)
    }
}

/// The token of `Authorization: Bearer ..`. Other schemes are between a browser and a proxy before this server.
fn bearer(value: &HeaderValue) -> Option<&str> {
    let mut words = value.to_str().ok()?.split_ascii_whitespace();
    let scheme = words.next()?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| words.next().unwrap_or_default())
}

/// A visitor with a session of their own; not one with an API token, nor one who came through a public link.
pub struct SignedIn {
    /// The visitor.
    pub visitor: Visitor,
    /// The session's identity.
    pub session: Bits128,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        match (visitor.credential, visitor.kind) {
            (Credential::Session(_), SessionKind::Guest) => {
                Err(Error::Forbidden("a public link is for reading: sign in"))
            }
            (Credential::Session(session), SessionKind::Open | SessionKind::Account) => {
                Ok(SignedIn { visitor, session })
            }
            (Credential::Token(..), _) => Err(Error::Forbidden("an API token does not open this: sign in")),
        }
    }
}

/// A visitor with an account, by a session of their own.
pub struct AccountHolder {
    /// The visitor.
    pub visitor: Visitor,
    /// The session's identity.
    pub session: Bits128,
}

impl FromRequestParts<App> for AccountHolder {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let SignedIn { visitor, session } = SignedIn::from_request_parts(parts, app).await?;
        match visitor.kind {
            SessionKind::Account => Ok(AccountHolder { visitor, session }),
            SessionKind::Open | SessionKind::Guest => Err(Error::Forbidden(
                "there are no accounts here: the server was started with --open",
            )),
        }
    }
}

/// A visitor whose account administers the installation.
pub struct Administrator {
    /// The visitor.
    pub visitor: Visitor,
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let AccountHolder { visitor, .. } = AccountHolder::from_request_parts(parts, app).await?;
        if app.store.is_administrator(visitor.actor.id).await? {
            Ok(Administrator { visitor })
        } else {
            Err(Error::Forbidden(
                "only whoever administers this installation may do that",
            ))
        }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let cookies = CookieJar::from_headers(&parts.headers);
        let Origin { address, agent } = Origin::from_request_parts(parts, app).await?;
        Ok(Caller {
            address,
            agent,
            cookies,
        })
    }
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let Json(value) = Json::from_request(request, app).await?;
        Ok(Body(value))
    }
}

/// What a route asks of whoever comes to a project.
pub trait Asks {
    /// What they want to do there.
    const ACTION: Action;
}

/// To see it, and give commands.
pub struct Read;
/// To take stories over from a file.
pub struct Import;
/// To see to its people, links and webhooks.
pub struct Manage;

impl Asks for Read {
    const ACTION: Action = Action::Read;
}

impl Asks for Import {
    const ACTION: Action = Action::Import;
}

impl Asks for Manage {
    const ACTION: Action = Action::Manage;
}

/// Someone in the project that the path names, who may do there what the route asks.
pub struct In<A> {
    /// Who, where, as what.
    pub grant: Grant,
    action: PhantomData<A>,
}

impl<A: Asks> FromRequestParts<App> for In<A> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        // Who one is comes first: a stranger learns nothing of what there is.
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let project = ProjectId(id_in_path(parts, app, "project").await?);
        let grant = access::authorize(app.place(), &visitor, project, A::ACTION).await?;
        Ok(In {
            grant,
            action: PhantomData,
        })
    }
}

/// The story that the path names. Whether the project has it is not known yet.
pub struct TheStory(pub StoryId);

impl FromRequestParts<App> for TheStory {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(TheStory(StoryId(id_in_path(parts, app, "story").await?)))
    }
}

/// Reads an identity out of the path, by its name in the route.
pub async fn id_in_path(parts: &mut Parts, app: &App, name: &'static str) -> Result<Bits128, Error> {
    let Ok(Path(named)) = Path::<HashMap<String, String>>::from_request_parts(parts, app).await else {
        return Err(Error::Missing(name));
    };
    let text = named.get(name).ok_or(Error::Missing(name))?;
    text.parse().map_err(|error| Error::Bad(format!("{name} id: {error}")))
}

/// The account that the path names. Whether there is one is not known yet.
pub struct OfAccount(pub ActorId);

impl FromRequestParts<App> for OfAccount {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(OfAccount(ActorId(id_in_path(parts, app, "account").await?)))
    }
}

/// The session that the path names. Whether there is one is not known yet.
pub struct OfSession(pub Bits128);

impl FromRequestParts<App> for OfSession {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(OfSession(id_in_path(parts, app, "session").await?))
    }
}

/// The realtime connection that the request names, if it names one.
pub struct Heard(pub Option<SocketId>);

impl FromRequestParts<App> for Heard {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        Ok(Heard(parts.headers.get(SOCKET_ID_HEADER).map(socket_id).transpose()?))
    }
}

fn socket_id(value: &HeaderValue) -> Result<SocketId, Error> {
    let read = value.to_str().ok().and_then(|text| SocketId::parse(text).ok());
    read.ok_or_else(|| Error::Bad("X-Socket-ID: a socket id is two numbers with a dot between".into()))
}

/// Where a request comes from, and what its sender says of themselves.
pub struct Origin {
    /// The network address; of a proxy that is trusted, the one that it tells.
    pub address: IpAddr,
    /// The `User-Agent`; empty where there is none.
    pub agent: String,
}

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Some proxies write a line of their own below those that the client sent; together they are one list.
        let told = parts.headers.get_all(X_FORWARDED_FOR).into_iter();
        let told: Vec<&str> = told.map(|line| line.to_str().unwrap_or_default()).collect();
        let agent = parts.headers.get(USER_AGENT);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a network, as in tests, there is no address.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
        Ok(Origin {
            address: app.entrance.client(peer, &told.join(",")),
            agent: agent
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
        })
    }
}

/// Refuses more of something than there may be.
pub fn at_most(field: &str, got: usize, max: usize) -> Result<(), Error> {
    if got > max {
        Err(Error::Bad(format!("{field}: {got} given, at most {max}")))
    } else {
        Ok(())
    }
}
