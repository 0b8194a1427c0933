//! `/api/session`

use crate::site::{KEY, Site};
use serde_json::json;

#[tokio::test]
async fn a_new_visitor_gets_a_name_and_a_cookie() {
    let stranger = Site::new().await.stranger();
    let refused = stranger.get("/api/session").await;
    refused.is_error(401, "no session: GET /api/welcome says how to come in");
    let answer = stranger.post("/api/visit", &json!({})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["named"], false);
    assert_eq!(answer.body["kind"], "open");
    assert_eq!(answer.body["realtime_key"], KEY);
    assert_eq!(
        answer.body["actor"]["name"]
            .as_str()
            .expect("a name")
            .split(' ')
            .count(),
        2
    );
    let cookie = answer.header("set-cookie");
    let (token, rest) = cookie.split_once("; ").expect("a token and how to keep it");
    assert_eq!(token.len(), "truestory_session=".len() + 64);
    assert_eq!(rest, "HttpOnly; SameSite=Lax; Path=/; Max-Age=34560000");
}

#[tokio::test]
async fn a_known_visitor_stays_who_they_are() {
    let site = Site::new().await;
    let visitor = site.visitor().await;
    let first = visitor.get("/api/session").await.body;
    let again = visitor.get("/api/session").await;
    assert_eq!(again.body, first);
    assert!(
        again.header("set-cookie").starts_with("truestory_session="),
        "the cookie is good for as long again"
    );
    assert_ne!(
        site.visitor().await.get("/api/session").await.body["actor"]["id"],
        first["actor"]["id"]
    );
}

#[tokio::test]
async fn a_made_up_token_is_nobodys() {
    let mut stranger = Site::new().await.stranger();
    stranger.header("cookie", "truestory_session=0000");
    stranger
        .get("/api/projects")
        .await
        .is_error(401, "no session: GET /api/welcome says how to come in");
    let answer = stranger.post("/api/visit", &json!({})).await;
    assert!(!answer.header("set-cookie").starts_with("truestory_session=0000;"));
}

#[tokio::test]
async fn a_visitor_chooses_a_name() {
    let site = Site::new().await;
    let visitor = site.visitor().await;
    let answer = visitor.put("/api/session", &json!({"name": " Ada\tLovelace "})).await;
    assert_eq!(
        (answer.status, &answer.body["actor"]["name"]),
        (200, &json!("Ada Lovelace"))
    );
    assert_eq!(visitor.get("/api/session").await.body, answer.body);
    assert_eq!(answer.body["named"], true);
}

#[tokio::test]
async fn a_wrong_name_is_refused_by_its_field() {
    let visitor = Site::new().await.visitor().await;
    let before = visitor.get("/api/session").await.body;
    for (body, says) in [
        (json!({"name": " "}), "name is empty"),
        (
            json!({"name": "x".repeat(101)}),
            "name is too long: 101 characters, at most 100",
        ),
        (json!({"name": "Ada", "named": true}), "unknown field `named`"),
        (json!({"name": 7}), "name: invalid type: integer `7`, expected a string"),
        (json!({}), "missing field `name`"),
        (json!("Ada"), "expected struct Rename"),
    ] {
        visitor.put("/api/session", &body).await.is_error(400, says);
    }
    assert_eq!(visitor.get("/api/session").await.body, before);
}

#[tokio::test]
async fn an_ended_session_is_nobodys() {
    let site = Site::new().await;
    let visitor = site.visitor().await;
    let first = visitor.get("/api/session").await.body;
    let ended = visitor.send("DELETE", "/api/session", None).await;
    assert_eq!((ended.status, &*ended.text), (204, ""));
    let cookie = "truestory_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0";
    assert_eq!(ended.header("set-cookie"), cookie);
    // A browser that kept the token all the same is a stranger.
    let projects = visitor.get("/api/projects").await;
    projects.is_error(401, "no session: GET /api/welcome says how to come in");
    let again = visitor.send("DELETE", "/api/session", None).await;
    again.is_error(401, "no session: GET /api/welcome says how to come in");
    let next = visitor.post("/api/visit", &json!({})).await;
    assert_ne!(next.body["actor"]["id"], first["actor"]["id"]);
}

#[tokio::test]
async fn ending_a_session_leaves_others_alone() {
    let site = Site::new().await;
    let (mine, yours) = (site.visitor().await, site.visitor().await);
    assert_eq!(mine.send("DELETE", "/api/session", None).await.status, 204);
    assert_eq!(yours.get("/api/projects").await.status, 200);
}

#[tokio::test]
async fn another_sites_page_cannot_end_a_session() {
    let mut visitor = Site::new().await.visitor().await;
    visitor.header("sec-fetch-site", "cross-site");
    assert_eq!(visitor.send("DELETE", "/api/session", None).await.status, 403);
    assert_eq!(visitor.get("/api/projects").await.status, 200);
}

#[tokio::test]
async fn renaming_needs_a_session() {
    let stranger = Site::new().await.stranger();
    let answer = stranger.put("/api/session", &json!({"name": "Ada"})).await;
    answer.is_error(401, "no session: GET /api/welcome says how to come in");
}
