//! Who sent a request: its signature, checked and made. Knows what is signed, nothing of what is asked.
//!
//! Signed is `METHOD\n/path\nk1=v1&k2=v2` with the parameters sorted and not escaped (the vendor's HTTP API reference,
//! "Generating authentication signatures").

use std::{borrow::Cow, time::Duration};

use md5::{Digest, Md5};
use percent_encoding::percent_decode_str;
use pusher_channels::protocol::limits::SIGNATURE_WINDOW;

use super::{
    Request,
    query::Query,
    refusal::{Refusal, quote},
};
use crate::App;

const VERSION: &str = "1.0";
/// What was to be signed is told to whoever signed something else, cut to this many characters.
const MAX_HINT: usize = 500;

/// What a query says about who sends it.
pub(super) struct Proof<'a> {
    query: &'a Query,
    key: &'a str,
    /// Seconds since the Unix epoch.
    timestamp: u64,
    body_md5: Option<&'a str>,
    signature: &'a str,
}

impl<'a> Proof<'a> {
    /// Finds the parameters of a signature.
    ///
    /// # Errors
    /// When one is missing or is not of its form.
    pub fn of(query: &'a Query) -> Result<Self, Refusal> {
        let needed = |name: &str| {
            let missing = || Refusal::Unauthorized(format!("{name}: missing from the query"));
            query.get(name).ok_or_else(missing)
        };
        let key = needed("auth_key")?;
        let version = needed("auth_version")?;
        if version != VERSION {
            let message = format!("auth_version: {}, expected {VERSION}", quote(version));
            return Err(Refusal::Unauthorized(message));
        }
        let timestamp = needed("auth_timestamp")?;
        let timestamp = timestamp.parse().map_err(|_| {
            let message = format!("auth_timestamp: {}, expected seconds since 1970", quote(timestamp));
            Refusal::Unauthorized(message)
        })?;
        Ok(Self {
            query,
            key,
            timestamp,
            body_md5: query.get("body_md5"),
            signature: needed("auth_signature")?,
        })
    }

    /// Whether this app signed the request.
    ///
    /// # Errors
    /// When it did not, or when it did so too long ago.
    pub fn check(&self, app: &App, request: &Request<'_>, now: Duration) -> Result<(), Refusal> {
        let refused = |message: String| Err(Refusal::Unauthorized(message));
        if self.key != app.key() {
            return refused(format!("auth_key: {} is not this app's", quote(self.key)));
        }
        if self.timestamp.abs_diff(now.as_secs()) > SIGNATURE_WINDOW.as_secs() {
            return refused(format!(
                "auth_timestamp: {} is more than {} s from this server's clock, {}",
                self.timestamp,
                SIGNATURE_WINDOW.as_secs(),
                now.as_secs()
            ));
        }
        self.check_body(request.body)?;
        let parameters = self.query.signed();
        let signed = |path: &str| format!("{}\n{path}\n{parameters}", request.method);
        let as_sent = signed(request.path);
        if app.verify(&as_sent, self.signature) {
            return Ok(());
        }
        // Some programs sign a path before they escape it, such as one with a user's id in it.
        let path = percent_decode_str(request.path).decode_utf8_lossy();
        if matches!(path, Cow::Owned(_)) && app.verify(&signed(&path), self.signature) {
            return Ok(());
        }
        let hint: String = as_sent.chars().take(MAX_HINT).collect();
        refused(format!(
            "auth_signature: not the HMAC-SHA256 of {hint:?} with this app's secret in 64 hexadecimal digits"
        ))
    }

    fn check_body(&self, body: &[u8]) -> Result<(), Refusal> {
        match self.body_md5 {
            // Nothing that is not there can have been changed.
            None if body.is_empty() => Ok(()),
            None => Err(Refusal::Unauthorized("body_md5: missing from the query".to_owned())),
            // What is compared is no secret: the signature covers it.
            Some(md5) if md5.eq_ignore_ascii_case(&md5_of(body)) => Ok(()),
            Some(_) => Err(Refusal::Unauthorized("body_md5: not the MD5 of the body".to_owned())),
        }
    }
}

/// The query of this request with an app's signature, to put after the question mark. `now` is the time since the Unix epoch.
///
/// # Errors
/// When the query gives a parameter twice.
pub fn sign(app: &App, request: &Request<'_>, now: Duration) -> Result<String, Refusal> {
    let mut query = Query::parse(request.query)?;
    query.set("auth_key", app.key().to_owned());
    query.set("auth_timestamp", now.as_secs().to_string());
    query.set("auth_version", VERSION.to_owned());
    if !request.body.is_empty() {
        query.set("body_md5", md5_of(request.body));
    }
    let signed = format!("{}\n{}\n{}", request.method, request.path, query.signed());
    query.set("auth_signature", app.sign(&signed));
    Ok(query.encode())
}

fn md5_of(body: &[u8]) -> String {
    hex::encode(Md5::digest(body))
}
