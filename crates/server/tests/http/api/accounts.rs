//! `/api/accounts`: everybody's, for administrators.

use crate::people::{PASSWORD, credentials, id_of, sign_up, site};
use crate::site::{Visitor, id};
use serde_json::json;

async fn stand(by: &Visitor, of: &str, standing: &str) -> u16 {
    by.put(&format!("/api/accounts/{of}"), &json!(standing)).await.status
}

#[tokio::test]
async fn administrators_see_all_accounts_and_others_none() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let answer = ada.get("/api/accounts").await;
    let accounts = answer.body["accounts"].as_array().expect("accounts");
    let names: Vec<_> = accounts.iter().map(|account| account["email"].as_str()).collect();
    assert_eq!(names, [Some("ada@example.com"), Some("ben@example.com")]);
    assert!(!answer.text.contains("argon2"));
    let bens = id_of(&ben).await;
    for (method, path, body) in [
        ("GET", "/api/accounts".to_owned(), None),
        ("GET", "/api/security-log".to_owned(), None),
        ("POST", format!("/api/accounts/{bens}/recovery"), None),
        ("PUT", format!("/api/accounts/{bens}"), Some(json!("administrator"))),
    ] {
        let answer = ben.send(method, &path, body.as_ref()).await;
        answer.is_error(403, "only whoever administers this installation may do that");
        let answer = site.stranger().send(method, &path, body.as_ref()).await;
        answer.is_error(401, "no session");
    }
    assert_eq!(ben.get("/api/account").await.body["administrator"], false);
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_can_be_opened_again() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let bens = id_of(&ben).await;
    assert_eq!(stand(&ada, &bens, "closed").await, 204);
    ben.get("/api/projects").await.is_error(401, "no session");
    let sign_in = credentials("ben", PASSWORD);
    assert_eq!(site.stranger().post("/api/sign-in", &sign_in).await.status, 401);
    let answer = ada.get("/api/accounts").await;
    assert_eq!(answer.body["accounts"][1]["closed"], true);
    assert_eq!(stand(&ada, &bens, "plain").await, 204);
    assert_eq!(site.stranger().post("/api/sign-in", &sign_in).await.status, 200);
    ben.get("/api/projects").await.is_error(401, "no session");
}

#[tokio::test]
async fn an_installation_keeps_an_administrator() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let (adas, bens) = (id_of(&ada).await, id_of(&ben).await);
    for standing in ["plain", "closed"] {
        let answer = ada.put(&format!("/api/accounts/{adas}"), &json!(standing)).await;
        answer.is_error(
            403,
            "the last account that administers this installation stays as it is",
        );
    }
    assert_eq!(stand(&ada, &bens, "administrator").await, 204);
    assert_eq!(ben.get("/api/accounts").await.status, 200);
    assert_eq!(stand(&ben, &adas, "plain").await, 204);
    assert_eq!(ada.get("/api/accounts").await.status, 403);
    // An administrator whose account is closed is none.
    assert_eq!(stand(&ben, &adas, "administrator").await, 204);
    assert_eq!(stand(&ben, &adas, "closed").await, 204);
    assert_eq!(stand(&ben, &bens, "plain").await, 403);
}

#[tokio::test]
async fn a_path_that_names_no_account_is_told_so() {
    let (_site, ada) = site().await;
    let nobody = id(1);
    let answer = ada.put(&format!("/api/accounts/{nobody}"), &json!("plain")).await;
    answer.is_error(404, "there is no such account");
    let answer = ada
        .send("POST", &format!("/api/accounts/{nobody}/recovery"), None)
        .await;
    answer.is_error(404, "there is no such account");
    ada.put("/api/accounts/ada", &json!("plain"))
        .await
        .is_error(400, "account id: ");
    let adas = id_of(&ada).await;
    ada.put(&format!("/api/accounts/{adas}"), &json!("king"))
        .await
        .is_error(400, "unknown variant `king`");
}
