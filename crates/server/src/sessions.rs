//! Sessions: what a token and its cookie look like, and whom a request comes from by its cookie. The store keeps only the token's hash.

use crate::access::{Credential, Visitor};
use crate::ambient;
use crate::config::Entrance;
use crate::store::{NewSession, Store, StoreError, TokenHash};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use backlog::api::SessionKind;
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Name};

/// The longest that browsers keep a cookie: 400 days, in seconds.
const MAX_AGE: u64 = 400 * 86_400;
/// The most that is kept of what a browser says of itself, in characters.
const MOST_OF_AGENT: usize = 200;

/// The cookie that holds the token. Behind TLS browsers take one of that name only from the server itself, by TLS (`__Host-`).
pub fn cookie_name(entrance: &Entrance) -> &'static str {
    if entrance.is_secure() {
        "__Host-truestory_session"
    } else {
        "truestory_session"
    }
}

/// The visitor whose token the cookies hold; none where the session is over, or is of nobody who is let in here.
pub async fn visitor(
    (store, entrance): (&Store, &Entrance),
    cookies: &CookieJar,
) -> Result<Option<Visitor>, StoreError> {
    let Some(cookie) = cookies.get(cookie_name(entrance)) else {
        return Ok(None);
    };
    let known = store.session(&TokenHash::of(cookie.value()), ambient::now()).await?;
    Ok(known.and_then(|known| {
        let kind = match (entrance.open, known.account, known.guest) {
            (true, _, _) => SessionKind::Open,
            (false, true, _) => SessionKind::Account,
            (false, false, true) => SessionKind::Guest,
            // Of the time when everyone was let in.
            (false, false, false) => return None,
        };
        Some(Visitor {
            actor: known.actor,
            named: known.named,
            kind,
            credential: Credential::Session(known.session),
        })
    }))
}

/// A secret: 256 random bits in hex.
pub fn secret() -> String {
    // Two draws, since an id is one.
    format!("{}{}", ambient::bits128(), ambient::bits128())
}

/// Begins a session of someone; answers the cookie to set.
pub async fn begin(
    (store, entrance): (&Store, &Entrance),
    actor: ActorId,
    agent: &str,
) -> Result<Cookie<'static>, StoreError> {
    let (token, new) = new_session(actor, agent);
    store.begin_session(&new, ambient::now()).await?;
    Ok(kept_for(entrance, token, MAX_AGE))
}

/// A session that began, maybe in the place of another.
#[derive(Debug)]
pub struct Renewed {
    /// Its identity.
    pub session: Bits128,
    /// The cookie to set.
    pub cookie: Cookie<'static>,
    /// The session that ended with it.
    pub replaced: Option<Bits128>,
}

/// Begins a session of someone in the place of the one whose token the cookies hold.
pub async fn renew(
    (store, entrance): (&Store, &Entrance),
    (actor, agent): (ActorId, &str),
    cookies: &CookieJar,
) -> Result<Renewed, StoreError> {
    let (token, new) = new_session(actor, agent);
    let before = cookies
        .get(cookie_name(entrance))
        .map(|cookie| TokenHash::of(cookie.value()));
    let replaced = store.replace_session(&new, before.as_ref(), ambient::now()).await?;
    Ok(Renewed {
        session: new.id,
        cookie: kept_for(entrance, token, MAX_AGE),
        replaced,
    })
}

fn new_session(actor: ActorId, agent: &str) -> (String, NewSession) {
    let token = secret();
    let new = NewSession {
        id: ambient::bits128(),
        token: TokenHash::of(&token),
        actor,
        agent: agent.chars().take(MOST_OF_AGENT).collect(),
    };
    (token, new)
}

/// Takes in someone who was never here, under a made-up name.
pub async fn take_in(store: &Store) -> Result<Actor, StoreError> {
    let actor = Actor {
        id: ActorId(ambient::bits128()),
        name: made_up_name(ambient::bits128().0),
    };
    store.take_in(&actor, ambient::now()).await?;
    Ok(actor)
}

/// The cookie for a token that is already known, good for as long again.
pub fn renewed(entrance: &Entrance, cookies: &CookieJar) -> Option<Cookie<'static>> {
    let known = cookies.get(cookie_name(entrance))?;
    Some(kept_for(entrance, known.value().to_owned(), MAX_AGE))
}

/// The cookie by which a browser forgets its token.
pub fn expired(entrance: &Entrance) -> Cookie<'static> {
    kept_for(entrance, String::new(), 0)
}

/// The cookie by which a device shows that it signed in before.
pub fn device_cookie_name(entrance: &Entrance) -> &'static str {
    if entrance.is_secure() {
        "__Host-truestory_device"
    } else {
        "truestory_device"
    }
}

/// The cookie of a device, kept as long as cookies are.
pub fn device_cookie(entrance: &Entrance, mark: String) -> Cookie<'static> {
    kept(entrance, (device_cookie_name(entrance), mark), MAX_AGE)
}

/// The session's cookie, which the browser keeps for so many seconds.
fn kept_for(entrance: &Entrance, token: String, seconds: u64) -> Cookie<'static> {
    kept(entrance, (cookie_name(entrance), token), seconds)
}

fn kept(entrance: &Entrance, (name, value): (&'static str, String), seconds: u64) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, value);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(entrance.is_secure());
    cookie.set_path("/");
    cookie.set_max_age(std::time::Duration::from_secs(seconds).try_into().ok());
    cookie
}

fn made_up_name(bits: u128) -> Name {
    const MANNERS: [&str; 16] = [
        "Brave", "Bright", "Calm", "Clever", "Eager", "Gentle", "Happy", "Keen", "Kind", "Lively", "Merry", "Nimble",
        "Patient", "Quick", "Quiet", "Sunny",
    ];
    const ANIMALS: [&str; 16] = [
        "Badger", "Beaver", "Crane", "Dolphin", "Falcon", "Finch", "Fox", "Hare", "Heron", "Lynx", "Marten", "Otter",
        "Owl", "Robin", "Seal", "Swift",
    ];
    let pick = |words: [&'static str; 16], shift: u32| words[(bits >> shift) as usize % words.len()];
    Name::new(&format!("{} {}", pick(MANNERS, 0), pick(ANIMALS, 4))).expect("two short words are a name")
}
