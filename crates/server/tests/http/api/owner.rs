//! `/api/owner`: the first account.

use crate::people::{account, come_in, id_of, own};
use crate::site::{Site, id};
use serde_json::json;
use truestory_server::config::Entrance;

#[tokio::test]
async fn the_first_visitor_makes_the_account_that_administers_the_installation() {
    let site = Site::with(Entrance::default()).await;
    let mut ada = site.stranger();
    assert_eq!(ada.get("/api/welcome").await.body["door"], "fresh");
    let answer = ada.post("/api/owner", &account("ada")).await;
    assert_eq!((answer.status, &answer.body["kind"]), (200, &json!("account")));
    assert_eq!(answer.body["actor"]["name"], "Ada");
    assert_eq!(answer.body["named"], true);
    come_in(&mut ada, &answer);
    assert_eq!(ada.get("/api/session").await.body, answer.body);
    assert_eq!(ada.get("/api/account").await.body["administrator"], true);
    assert_eq!(ada.get("/api/welcome").await.body["door"], "accounts");
    let ben = site.stranger();
    let late = ben.post("/api/owner", &account("ben")).await;
    late.is_error(403, "the first account was made already: sign in");
    assert_eq!(late.header("set-cookie"), "");
}

#[tokio::test]
async fn of_two_at_once_one_is_first() {
    let site = Site::with(Entrance::default()).await;
    let (one, other) = (site.stranger(), site.stranger());
    let (ada, ben) = (account("ada"), account("ben"));
    let (one, other) = tokio::join!(one.post("/api/owner", &ada), other.post("/api/owner", &ben));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 403]);
}

#[tokio::test]
async fn what_was_there_before_there_were_accounts_is_the_administrators() {
    let site = Site::new().await;
    site.with_project(1).await;
    let site = site.reopened(Entrance::default()).await;
    let ada = own(&site).await;
    let projects = ada.get("/api/projects").await;
    assert_eq!(projects.body["projects"][0]["id"], id(1));
    let sync = ada.post(&format!("/api/projects/{}/sync", id(1)), &json!({})).await;
    assert_eq!((sync.status, &sync.body["role"]), (200, &json!("owner")));
    // The project's history knows its owner by name.
    assert_eq!(sync.body["rev"], 1);
    assert!(sync.text.contains(&id_of(&ada).await), "{}", sync.text);
}

#[tokio::test]
async fn a_password_that_others_would_think_of_is_refused_with_the_reason() {
    let stranger = Site::with(Entrance::default()).await.stranger();
    for (password, says) in [
        ("short", "password"),
        (
            "Password123",
            "password: this password is one of those that are tried first: choose another",
        ),
        ("zzzzzzzzzz", "password: it is one character again and again"),
        ("ada@example.com", "password: it is your name or your address"),
        ("Truestory!", "password: it is the name of this program"),
    ] {
        let mut new = account("ada");
        new["password"] = json!(password);
        stranger.post("/api/owner", &new).await.is_error(400, says);
    }
    assert_eq!(stranger.get("/api/welcome").await.body["door"], "fresh");
}

#[tokio::test]
async fn a_body_that_says_more_or_less_is_refused() {
    let stranger = Site::with(Entrance::default()).await.stranger();
    let mut more = account("ada");
    more["administrator"] = json!(true);
    stranger
        .post("/api/owner", &more)
        .await
        .is_error(400, "unknown field `administrator`");
    let mut less = account("ada");
    less["email"] = json!("ada");
    stranger.post("/api/owner", &less).await.is_error(400, "email");
}

#[tokio::test]
async fn there_are_no_accounts_where_everyone_is_let_in() {
    let visitor = Site::new().await.visitor().await;
    for (path, body) in [
        ("/api/owner", account("ada")),
        (
            "/api/sign-in",
            json!({"email": "ada@example.com", "password": "correct horse"}),
        ),
        ("/api/sign-up", json!({"account": account("ada")})),
        ("/api/recovery", json!({"email": "ada@example.com"})),
        ("/api/recover", json!({"token": "0", "password": "correct horse"})),
    ] {
        let answer = visitor.post(path, &body).await;
        answer.is_error(403, "there are no accounts here: the server was started with --open");
    }
}
