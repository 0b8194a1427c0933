//! `/api/account/password`

use crate::mailbox::Mailbox;
use crate::people::{PASSWORD, come_in, credentials, own, site};
use crate::site::Site;
use serde_json::{Value, json};

const OTHER: &str = "another horse 1816";

fn to(new: &str, present: &str) -> Value {
    json!({"new": new, "present": present})
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let (site, ada) = site().await;
    let mut elsewhere = site.stranger();
    let answer = elsewhere.post("/api/sign-in", &credentials("ada", PASSWORD)).await;
    come_in(&mut elsewhere, &answer);
    let answer = ada.put("/api/account/password", &to(OTHER, PASSWORD)).await;
    assert_eq!((answer.status, &*answer.text), (204, ""));
    assert_eq!(ada.get("/api/session").await.status, 200, "this one stays");
    elsewhere.get("/api/session").await.is_error(401, "no session");
    let status = |password| {
        let stranger = site.stranger();
        async move {
            stranger
                .post("/api/sign-in", &credentials("ada", password))
                .await
                .status
        }
    };
    assert_eq!((status(PASSWORD).await, status(OTHER).await), (401, 200));
}

#[tokio::test]
async fn the_present_password_is_needed_and_not_found_by_trying() {
    let (site, ada) = site().await;
    ada.put("/api/account/password", &json!({"new": OTHER}))
        .await
        .is_error(403, "present: ");
    for _ in 0..10 {
        let answer = ada.put("/api/account/password", &to(OTHER, "a wrong horse")).await;
        answer.is_error(403, "present: this is not your current password");
    }
    ada.put("/api/account/password", &to(OTHER, PASSWORD))
        .await
        .is_error(429, "too many tries");
    let answer = site
        .stranger()
        .post("/api/sign-in", &credentials("ada", PASSWORD))
        .await;
    assert_eq!(answer.status, 200, "whoever tries at an open browser locks nobody out");
}

#[tokio::test]
async fn the_mailbox_is_told() {
    let mut mailbox = Mailbox::open().await;
    let (outside, entrance) = mailbox.settings();
    let site = Site::speaking_to(outside, entrance).await;
    let ada = own(&site).await;
    let changed = ada.put("/api/account/password", &to(OTHER, PASSWORD)).await;
    assert_eq!(changed.status, 204);
    let letter = mailbox.letter().await;
    for line in ["To: ada@example.com", "Subject: Your password was changed"] {
        assert!(letter.lines().any(|other| other == line), "{letter}");
    }
    assert!(!letter.contains(OTHER) && !letter.contains('#'), "{letter}");
}

#[tokio::test]
async fn what_others_would_think_of_is_refused_here_too() {
    let (_site, ada) = site().await;
    for (password, says) in [
        ("password1", "tried first"),
        ("ada 123456", "your name"),
        ("short", "password"),
    ] {
        ada.put("/api/account/password", &to(password, PASSWORD))
            .await
            .is_error(400, says);
    }
}

#[tokio::test]
async fn whoever_has_no_account_has_no_password() {
    let visitor = Site::new().await.visitor().await;
    let answer = visitor.put("/api/account/password", &json!({"new": OTHER})).await;
    answer.is_error(403, "there are no accounts here");
}
