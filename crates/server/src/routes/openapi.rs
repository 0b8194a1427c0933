//! `/api/openapi.json` and `/api/docs`: what the API is, for programs and for people. Put together from the table of routes and the types of the wire
//! contract, so that it cannot say what is not so; what a route is for, takes and answers stands in `entries`.

mod document;
mod entries;
mod page;

use axum::Json;
use axum::response::{Html, IntoResponse};
use serde_json::Value;
use std::sync::LazyLock;

pub use document::undescribed;

/// Made once: it is the same for everyone.
static DOCUMENT: LazyLock<Value> = LazyLock::new(document::document);
static PAGE: LazyLock<String> = LazyLock::new(|| page::page(&DOCUMENT));

/// The description for programs: OpenAPI 3.1.
pub async fn json() -> impl IntoResponse {
    Json(&*DOCUMENT)
}

/// The same for people.
pub async fn page() -> impl IntoResponse {
    Html(PAGE.as_str())
}
