//! `/api/recover`: a new password by a link.

use crate::people::{PASSWORD, come_in, credentials, id_of, sign_up, site};
use crate::site::{Site, Visitor};
use serde_json::{Value, json};
use truestory_server::config::{Folder, RecoverArgs};
use truestory_server::upkeep::recover;

const OTHER: &str = "another horse 1816";

/// A link for someone's account, made by Ada.
async fn recovery(ada: &Visitor, of: &Visitor) -> String {
    let id = id_of(of).await;
    let answer = ada.send("POST", &format!("/api/accounts/{id}/recovery"), None).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body["secret"].as_str().expect("a secret").to_owned()
}

fn with(token: &str, password: &str) -> Value {
    json!({"token": token, "password": password})
}

async fn sign_in(site: &Site, password: &str) -> u16 {
    site.stranger()
        .post("/api/sign-in", &credentials("ben", password))
        .await
        .status
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_ends_all_sessions() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let (token, other) = (recovery(&ada, &ben).await, recovery(&ada, &ben).await);
    assert_eq!(token.len(), 64);
    let mut back = site.stranger();
    let answer = back.post("/api/recover", &with(&token, OTHER)).await;
    come_in(&mut back, &answer);
    assert_eq!(back.get("/api/account").await.body["email"], "ben@example.com");
    ben.get("/api/session").await.is_error(401, "no session");
    assert_eq!(
        (sign_in(&site, PASSWORD).await, sign_in(&site, OTHER).await),
        (401, 200)
    );
    // It was good once, and no other link is good any more.
    for used in [&*token, &*other, "0", ""] {
        let answer = site
            .stranger()
            .post("/api/recover", &with(used, "a third horse 1817"))
            .await;
        answer.is_error(400, "token: this link was used, or its time is over; ask for another");
    }
    assert_eq!(sign_in(&site, OTHER).await, 200);
}

#[tokio::test]
async fn a_password_that_is_refused_does_not_use_the_link_up() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let token = recovery(&ada, &ben).await;
    for (password, says) in [
        ("ben@example.com", "your name or your address"),
        ("iloveyou", "tried first"),
    ] {
        let answer = site.stranger().post("/api/recover", &with(&token, password)).await;
        answer.is_error(400, says);
    }
    assert_eq!(
        site.stranger().post("/api/recover", &with(&token, OTHER)).await.status,
        200
    );
}

#[tokio::test]
async fn of_two_with_the_same_link_one_is_let_in() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let token = recovery(&ada, &ben).await;
    let (one, other) = (site.stranger(), site.stranger());
    let (first, second) = (with(&token, OTHER), with(&token, "a third horse 1817"));
    let (one, other) = tokio::join!(one.post("/api/recover", &first), other.post("/api/recover", &second));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn a_closed_account_has_no_links() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let (id, token) = (id_of(&ben).await, recovery(&ada, &ben).await);
    assert_eq!(
        ada.put(&format!("/api/accounts/{id}"), &json!("closed")).await.status,
        204
    );
    site.stranger()
        .post("/api/recover", &with(&token, OTHER))
        .await
        .is_error(400, "token: ");
    let answer = ada.send("POST", &format!("/api/accounts/{id}/recovery"), None).await;
    answer.is_error(403, "the account is closed: open it first");
}

#[tokio::test]
async fn links_are_not_found_by_trying() {
    let (site, _) = site().await;
    for number in 0..60 {
        let answer = site
            .stranger()
            .post("/api/recover", &with(&format!("{number:064x}"), OTHER))
            .await;
        assert_eq!(answer.status, 400);
    }
    let answer = site.stranger().post("/api/recover", &with("0", OTHER)).await;
    answer.is_error(429, "too many tries");
}

#[tokio::test]
async fn whoever_has_the_machine_needs_no_administrator() {
    let (site, _) = site().await;
    let args = |email: &str, url: Option<&str>| RecoverArgs {
        folder: Folder {
            data: site.folder().to_owned(),
        },
        email: email.to_owned(),
        url: url.map(str::to_owned),
    };
    let link = recover(&args("Ada@example.com", Some("https://a.example")))
        .await
        .expect("a link");
    let token = link
        .strip_prefix("https://a.example/recover#")
        .expect("the page of recoveries");
    let mut ada = site.stranger();
    let answer = ada.post("/api/recover", &with(token, OTHER)).await;
    come_in(&mut ada, &answer);
    assert_eq!(ada.get("/api/account").await.body["administrator"], true);
    for (email, says) in [
        ("ben@example.com", "no account that can sign in has ben@example.com"),
        ("ada", "the email is an address such as ada@example.com"),
    ] {
        let refused = recover(&args(email, None)).await.expect_err("refused").to_string();
        assert!(
            refused.contains("--email (TRUESTORY_RECOVER_EMAIL)") && refused.contains(says),
            "{refused}"
        );
    }
}
