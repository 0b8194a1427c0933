//! The HTTP API of the protocol: what an app's own programs ask of the hub in signed requests.
//!
//! Pure: [`check`] turns a request's text into a [`Call`] or a [`Refusal`], [`carry_out`] does it with a hub and answers the
//! JSON of the reply. Knows requests as text and the hub; must never know a socket or a clock, the time of day is an argument.
//!
//! | call | body or query | reply |
//! |---|---|---|
//! | `POST /apps/{id}/events` | `{name, data, channels \| channel, socket_id?, info?}` | `{}`, or with `info` `{"channels":{"a":{"subscription_count":3}}}` |
//! | `POST /apps/{id}/batch_events` | `{batch:[{name, data, channel, socket_id?, info?}]}` | `{}`, or with `info` `{"batch":[{},…]}`, one for each event |
//! | `GET /apps/{id}/channels` | `filter_by_prefix`, `info` | `{"channels":{"presence-a":{"user_count":1}}}` |
//! | `GET /apps/{id}/channels/{name}` | `info` | `{"occupied":true,"subscription_count":42}` |
//! | `GET /apps/{id}/channels/{name}/users` | | `{"users":[{"id":"1"}]}` |
//! | `POST /apps/{id}/users/{user}/terminate_connections` | | `{}` |
//!
//! Each has `auth_key`, `auth_timestamp`, `auth_version`, `body_md5` and `auth_signature` in its query; [`sign`] makes them.

mod answer;
mod call;
mod query;
mod refusal;
mod signature;

use std::time::Duration;

pub use self::{
    answer::carry_out,
    call::{Attribute, BatchedEvent, Call},
    refusal::Refusal,
    signature::sign,
};
use self::{query::Query, signature::Proof};
use crate::{App, AppId};

/// Longest body that is read, in bytes: ten events of the largest size, each byte escaped as `\u0000`.
pub const MAX_BODY: usize = 1024 * 1024;

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The path as it stands in the request, `/apps/{id}/…`.
    pub path: &'a str,
    /// What follows the question mark, as it stands in the request; empty when there is none.
    pub query: &'a str,
    /// The body; empty when there is none.
    pub body: &'a [u8],
}

/// Finds out who asks, and for what. `now` is the time since the Unix epoch.
///
/// # Errors
/// When no app signed the request within the last or next 600 s, or when it asks for nothing that there is.
pub fn check(apps: &[App], request: &Request<'_>, now: Duration) -> Result<(AppId, Call), Refusal> {
    if request.body.len() > MAX_BODY {
        let message = format!("body: {} bytes, at most {MAX_BODY} are read", request.body.len());
        return Err(Refusal::TooLarge(message));
    }
    let path = request.path.strip_prefix("/apps/");
    let (id, call) = path
        .and_then(|rest| Some(rest.split_at(rest.find('/')?)))
        .ok_or(Refusal::NoSuchCall)?;
    let query = Query::parse(request.query)?;
    // Where two apps have one id, neither is the other's: the first is found here as it is in the hub.
    let app = apps.iter().find(|app| app.id().as_str() == id);
    let app = app.ok_or_else(|| Refusal::Unauthorized(format!("no app has the id {}", refusal::quote(id))))?;
    Proof::of(&query)?.check(app, request, now)?;
    if app.is_disabled() {
        return Err(Refusal::Disabled);
    }
    let call = Call::read(&call::Question {
        method: request.method,
        path: call,
        query: &query,
        body: request.body,
    })?;
    Ok((app.id().clone(), call))
}

#[cfg(test)]
mod tests;
