//! The page: its files, out of the binary.

use crate::error::Error;
use axum::Router;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CACHE_CONTROL};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use memory_serve::CacheControl;

/// The page's HTML, for what its headers must say of it.
pub const INDEX: &str = include_str!(concat!(env!("OUT_DIR"), "/index.html"));

/// The page's own paths, beside `/`.
const PAGES: [&str; 10] = [
    "/projects",
    "/projects/",
    "/projects/{*page}",
    "/sign-in",
    "/sign-up",
    "/join",
    "/recover",
    "/shared",
    "/account",
    "/accounts",
];

/// The files, and the page itself at every path that is one of the page's own.
pub fn router() -> Router {
    let files = memory_serve::load!().index_file(Some("/index.html"));
    PAGES
        .into_iter()
        .fold(files, |files, page| files.add_alias(page, "/index.html"))
        .html_cache_control(CacheControl::NoCache)
        .cache_control(CacheControl::NoCache)
        .into_router()
        .layer(from_fn(cache_by_name))
}

/// What a browser gets where nothing is: the page, which says so. Programs get it in JSON.
pub async fn no_such_page(request: Request) -> Response {
    let accept = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
    match accept {
        Some(accept) if accept.contains("text/html") => {
            (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-cache")], Html(INDEX)).into_response()
        }
        Some(_) | None => Error::Missing("path").into_response(),
    }
}

/// A file with a hash in its name never changes; any other may with the next release.
async fn cache_by_name(request: Request, next: Next) -> Response {
    let forever = bears_hash(request.uri().path());
    let mut response = next.run(request).await;
    if forever && !response.status().is_client_error() {
        let value = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    response
}

/// Whether a file is named as Trunk names them: a hyphen, then the hash in 13 to 16 hex digits, as in `app-0123456789abcdef_bg.wasm`.
fn bears_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let words = name.split(['-', '_', '.']);
    words.clone().count() > 1 && words.into_iter().any(|word| word.len() >= 13 && is_hex(word))
}

fn is_hex(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests;
