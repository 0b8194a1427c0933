//! What holds for every route: writes come from the own page, nobody is let in before the whole of a body is there, answers come in
//! time, bear the security headers, and a panic is an answer.

use crate::config::{Entrance, Hosts};
use crate::error::Error;
use axum::body::{Bytes, HttpBody};
use axum::extract::{FromRequest, Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use backlog::api::MAX_BODY;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::any::Any;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;

/// After this long a client has better things to do than to wait, and may send again: mutations are carried out once.
const TIMEOUT: Duration = Duration::from_secs(30);
/// A file of 32 MB takes this long over a slow line.
const TIMEOUT_OF_FILES: Duration = Duration::from_secs(600);
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// The page needs none of what a browser asks people for.
const NO_DEVICES: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

/// Refuses requests that mean another host.
pub async fn own_name(State(hosts): State<Hosts>, request: Request, next: Next) -> Result<Response, Error> {
    let host = request
        .headers()
        .get(HOST)
        .map(|host| host.to_str().unwrap_or_default());
    if host.is_none_or(|host| hosts.include(host)) {
        Ok(next.run(request).await)
    } else {
        Err(Error::Forbidden(
            "Host: this server does not answer under that name; if it should, start it with --host NAME",
        ))
    }
}

/// Refuses writes that another site's page sends.
pub async fn same_origin(request: Request, next: Next) -> Result<Response, Error> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_own(request.headers()) {
        Ok(next.run(request).await)
    } else {
        Err(Error::Forbidden(
            "Origin or Sec-Fetch-Site: this write comes from another site's page",
        ))
    }
}

/// Browsers say where a request comes from and pages cannot alter that. A program that is not a browser says nothing, and
/// has no one else's cookies to misuse.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text(SEC_FETCH_SITE), text(ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text(HOST)
        }
        (None, None) => true,
    }
}

/// Waits for the whole of a body before anyone looks who sends it. Else whoever sent half of one could be removed, and with the other
/// half do what they were let in for when they began. Files may take minutes; what is in them is decided upon once they are there.
pub async fn whole(request: Request, next: Next) -> Result<Response, Error> {
    let is_too_large = request.body().size_hint().lower() > MAX_BODY as u64;
    // Most requests have none. One that is too large is refused where it would be read.
    if request.body().is_end_stream() || is_too_large || takes_files(request.uri().path()) {
        return Ok(next.run(request).await);
    }
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await?;
    Ok(next.run(Request::from_parts(parts, body.into())).await)
}

/// Gives up on a request that takes too long.
pub async fn in_time(request: Request, next: Next) -> Result<Response, Error> {
    tokio::time::timeout(patience(request.uri().path()), next.run(request))
        .await
        .map_err(|_| Error::TooLong)
}

fn patience(path: &str) -> Duration {
    if takes_files(path) { TIMEOUT_OF_FILES } else { TIMEOUT }
}

fn takes_files(path: &str) -> bool {
    path.ends_with("/import") || path.ends_with("/import/preview")
}

/// Answers for a handler that panicked.
pub fn no_panic() -> CatchPanicLayer<fn(Box<dyn Any + Send + 'static>) -> Response> {
    CatchPanicLayer::custom(panicked)
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    // The panic's own message is on stderr already.
    tracing::error!("a handler panicked");
    Error::Failed.into_response()
}

/// The headers of every answer, for a page with that HTML.
pub fn headers(index: &str, entrance: &Entrance) -> HeaderMap {
    let policy = HeaderValue::try_from(policy(index)).expect("the policy is made of ASCII words and base64");
    let only_tls = HeaderValue::from_static("max-age=31536000");
    let strict = entrance.is_secure().then_some((STRICT_TRANSPORT_SECURITY, only_tls));
    let always = [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (OPENER_POLICY, HeaderValue::from_static("same-origin")),
        (RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
        (PERMISSIONS_POLICY, HeaderValue::from_static(NO_DEVICES)),
    ];
    always.into_iter().chain(strict).collect()
}

/// Puts those headers on an answer.
pub async fn add_headers(State(headers): State<HeaderMap>, mut response: Response) -> Response {
    response.headers_mut().extend(headers);
    response
}

/// What the page may load, and from where. `'self'` in `connect-src` covers the WebSocket of the same host (CSP 3).
fn policy(index: &str) -> String {
    let scripts: String = inline_scripts(index).map(source).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; style-src-attr 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

fn source(script: &str) -> String {
    format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// The scripts that stand in the HTML itself. Trunk writes one, which loads the WebAssembly.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (body, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(body)
    })
}

#[cfg(test)]
mod tests;
