//! `/api`: what holds for all of its routes.

mod account;
mod accounts;
mod invitation;
mod openapi;
mod owner;
mod projects;
mod recover;
mod recovery;
mod security_log;
mod session;
mod sessions;
mod share;
mod sign_in;
mod sign_up;
mod tokens;
mod welcome;

use crate::site::Site;
use serde_json::json;

#[tokio::test]
async fn an_unknown_path_is_answered_in_json() {
    let visitor = Site::new().await.visitor().await;
    visitor
        .get("/api/projekts")
        .await
        .is_error(404, "there is no such path");
    visitor.get("/api").await.is_error(404, "there is no such path");
    visitor.get("/api/").await.is_error(404, "there is no such path");
}

#[tokio::test]
async fn a_wrong_method_is_answered_in_json() {
    let visitor = Site::new().await.visitor().await;
    visitor
        .send("DELETE", "/api/projects", None)
        .await
        .is_error(405, "this path does not take that method");
    visitor
        .send("POST", "/api/session", Some(&json!({})))
        .await
        .is_error(405, "this path does not take that method");
}

#[tokio::test]
async fn a_write_of_another_sites_page_is_refused() {
    let site = Site::new().await;
    for (site_header, origin, status) in [
        (Some("same-origin"), Some("http://elsewhere.example"), 200),
        (Some("none"), None, 200),
        (Some("cross-site"), None, 403),
        (Some("same-site"), Some("http://truestory.example"), 403),
        (None, Some("http://truestory.example"), 200),
        (None, Some("http://truestory.example:81"), 403),
        (None, Some("null"), 403),
        (None, None, 200),
    ] {
        let mut visitor = site.visitor().await;
        visitor.header("host", "truestory.example");
        site_header
            .into_iter()
            .for_each(|value| visitor.header("sec-fetch-site", value));
        origin.into_iter().for_each(|value| visitor.header("origin", value));
        let answer = visitor.put("/api/session", &json!({"name": "Ada"})).await;
        assert_eq!(answer.status, status, "{site_header:?} {origin:?}");
        assert_eq!(
            visitor.get("/api/projects").await.status,
            200,
            "reading is never refused for its origin"
        );
    }
}

#[tokio::test]
async fn no_answer_is_kept_and_each_bears_the_security_headers() {
    let visitor = Site::new().await.visitor().await;
    let answer = visitor.get("/api/projects").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("default-src 'none'; ")
    );
}
