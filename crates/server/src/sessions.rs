//! Sessions: until there are accounts, every visitor is a member with a cookie and a name of their choosing. Knows what a
//! token and its cookie look like; the store keeps only the token's hash.

use crate::ambient;
use crate::store::{Known, Store, StoreError, TokenHash};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use backlog::{Actor, ActorId, Name};

/// The cookie that holds the token.
pub const COOKIE: &str = "truestory_session";
/// The longest that browsers keep a cookie: 400 days, in seconds.
const MAX_AGE: u64 = 400 * 86_400;

/// The visitor whose token the cookies hold.
pub async fn visitor(store: &Store, cookies: &CookieJar) -> Result<Option<Known>, StoreError> {
    match cookies.get(COOKIE) {
        Some(cookie) => store.visitor(&TokenHash::of(cookie.value()), ambient::now()).await,
        None => Ok(None),
    }
}

/// Takes in a new visitor under a made-up name; answers the cookie to set.
pub async fn welcome(store: &Store) -> Result<(Known, Cookie<'static>), StoreError> {
    // 256 bits. Two draws, since an id is one.
    let token = format!("{}{}", ambient::bits128(), ambient::bits128());
    let name = made_up_name(ambient::bits128().0);
    let actor = Actor {
        id: ActorId(ambient::bits128()),
        name,
    };
    store.welcome(&actor, &TokenHash::of(&token), ambient::now()).await?;
    Ok((Known { actor, named: false }, cookie(token)))
}

/// The cookie for a token that is already known, good for as long again.
pub fn renewed(cookies: &CookieJar) -> Option<Cookie<'static>> {
    cookies.get(COOKIE).map(|known| cookie(known.value().to_owned()))
}

/// Forgets the session whose token the cookies hold; answers the cookie by which the browser forgets it too.
pub async fn end(store: &Store, cookies: &CookieJar) -> Result<Cookie<'static>, StoreError> {
    if let Some(known) = cookies.get(COOKIE) {
        store.forget(&TokenHash::of(known.value())).await?;
    }
    Ok(kept_for(String::new(), 0))
}

fn cookie(token: String) -> Cookie<'static> {
    kept_for(token, MAX_AGE)
}

/// A cookie that the browser keeps for so many seconds.
fn kept_for(token: String, seconds: u64) -> Cookie<'static> {
    let mut cookie = Cookie::new(COOKIE, token);
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
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
