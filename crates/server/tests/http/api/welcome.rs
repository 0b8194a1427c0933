//! `/api/welcome` and `/api/visit`: how one comes in.

use crate::site::Site;
use serde_json::json;
use truestory_server::config::Entrance;

#[tokio::test]
async fn the_door_says_how_one_comes_in() {
    let open = Site::new().await.stranger().get("/api/welcome").await;
    assert_eq!((open.status, &open.body["door"]), (200, &json!("open")));
    let closed = Site::with(Entrance::default()).await.stranger();
    let fresh = closed.get("/api/welcome").await;
    assert_eq!((fresh.status, &fresh.body["door"]), (200, &json!("fresh")));
}

#[tokio::test]
async fn nobody_walks_in_where_one_needs_an_account() {
    let stranger = Site::with(Entrance::default()).await.stranger();
    let answer = stranger.post("/api/visit", &json!({})).await;
    answer.is_error(403, "one comes in by an account here: sign in");
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn behind_tls_cookies_insist_on_it() {
    let entrance = Entrance {
        url: Some("https://backlog.example.com".into()),
        ..Entrance::open()
    };
    let stranger = Site::with(entrance).await.stranger();
    let answer = stranger.post("/api/visit", &json!({})).await;
    let cookie = answer.header("set-cookie");
    let (token, rest) = cookie.split_once("; ").expect("a token and how to keep it");
    assert_eq!(token.len(), "__Host-truestory_session=".len() + 64);
    assert_eq!(rest, "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=34560000");
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
}
