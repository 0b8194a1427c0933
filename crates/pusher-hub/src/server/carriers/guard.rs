//! Who may ask, and what every answer says: pages of allowed origins only, and nothing is to be stored. Knows headers, no
//! session.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::server::{HubServer, upgrade::text};

/// How long a browser may remember that it may ask.
const PREFLIGHT_SECONDS: &str = "7200";

pub(super) async fn guard(State(server): State<HubServer>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let origin = headers.get(header::ORIGIN).cloned();
    let (named, host) = (text(headers, header::ORIGIN), text(headers, header::HOST));
    if !server.shared.origins.allow(named, host) {
        server.shared.meters.connection_refused();
        return (StatusCode::FORBIDDEN, "origin: not allowed to connect here\n").into_response();
    }
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = match is_preflight {
        true => StatusCode::NO_CONTENT.into_response(),
        false => next.run(request).await,
    };
    allow(response.headers_mut(), origin);
    response
}

/// Says to a page of another origin that it may read the answer.
fn allow(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    let fixed = |value| HeaderValue::from_static(value);
    headers.insert(header::CACHE_CONTROL, fixed("no-store"));
    headers.insert(header::VARY, fixed("origin"));
    let Some(origin) = origin else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, fixed("GET, POST, DELETE"));
    let asked_with = fixed("content-type, if-none-match, x-pusher-session");
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked_with);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, fixed(PREFLIGHT_SECONDS));
}
