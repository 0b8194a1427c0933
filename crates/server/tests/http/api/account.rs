//! `/api/account`: one's own.

mod password;

use crate::people::{sign_up, site};
use crate::site::Site;
use serde_json::json;

#[tokio::test]
async fn one_is_told_what_there_is_about_oneself() {
    let (_site, ada) = site().await;
    let account = ada.get("/api/account").await;
    assert_eq!(account.status, 200);
    assert_eq!(account.body["name"], "Ada");
    assert_eq!(account.body["initials"], "A");
    assert_eq!(account.body["email"], "ada@example.com");
    assert_eq!(
        (&account.body["administrator"], &account.body["password"]),
        (&json!(true), &json!(true))
    );
    assert!(!account.text.contains("argon2"), "{}", account.text);
}

#[tokio::test]
async fn one_changes_what_others_see() {
    let (site, _) = site().await;
    let ben = sign_up(&site, "ben").await;
    let profile = json!({"name": "Benjamin Peirce", "initials": "BP1", "colour": 7});
    let changed = ben.put("/api/account", &profile).await;
    assert_eq!(
        (changed.status, &changed.body["initials"], &changed.body["colour"]),
        (200, &json!("BP1"), &json!(7))
    );
    assert_eq!(ben.get("/api/account").await.body, changed.body);
    assert_eq!(ben.get("/api/session").await.body["actor"]["name"], "Benjamin Peirce");
    // Without letters there are those of the name.
    let plain = ben
        .put("/api/account", &json!({"name": "Benjamin Peirce", "colour": 0}))
        .await;
    assert_eq!(plain.body["initials"], "BP");
}

#[tokio::test]
async fn nobody_changes_more_than_what_others_see() {
    let (site, _) = site().await;
    let ben = sign_up(&site, "ben").await;
    let before = ben.get("/api/account").await.body;
    for (body, says) in [
        (
            json!({"name": "Ben", "colour": 0, "email": "ada@example.com"}),
            "unknown field `email`",
        ),
        (
            json!({"name": "Ben", "colour": 0, "administrator": true}),
            "unknown field `administrator`",
        ),
        (json!({"name": "", "colour": 0}), "name is empty"),
        (json!({"name": "Ben", "colour": 12}), "colour"),
        (json!({"name": "Ben", "colour": 0, "initials": "BENJ"}), "initials"),
    ] {
        ben.put("/api/account", &body).await.is_error(400, says);
    }
    assert_eq!(ben.get("/api/account").await.body, before);
}

#[tokio::test]
async fn a_visitor_without_an_account_has_looks_too() {
    let visitor = Site::new().await.visitor().await;
    let account = visitor.get("/api/account").await;
    assert_eq!(
        (account.status, &account.body["email"], &account.body["password"]),
        (200, &json!(null), &json!(false))
    );
    let changed = visitor.put("/api/account", &json!({"name": "Ada", "colour": 3})).await;
    assert_eq!((changed.status, &changed.body["colour"]), (200, &json!(3)));
}
