//! `/api/security-log`

use crate::people::{PASSWORD, account, come_in, credentials, id_of, sign_up, site};
use crate::site::Visitor;
use backlog::Millis;
use serde_json::json;
use truestory_server::store::NewEntry;

/// The log as lines: what, by whom, from where, detail; the oldest first.
async fn lines(ada: &Visitor) -> Vec<String> {
    let answer = ada.get("/api/security-log").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let entries = answer.body["entries"].as_array().expect("entries").clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let line = |entry: &serde_json::Value| {
        let words = [&entry["what"], &entry["by"], &entry["address"], &entry["detail"]];
        words.map(text).join(" ").trim_end().to_owned()
    };
    entries.iter().rev().map(line).collect()
}

#[tokio::test]
async fn what_happened_is_written_down_without_any_secret() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    let bens = id_of(&ben).await;
    let stranger = site.stranger();
    stranger
        .post("/api/sign-in", &credentials("ben", "a wrong horse"))
        .await;
    stranger.post("/api/sign-in", &credentials("ben", PASSWORD)).await;
    let change = json!({"present": PASSWORD, "new": "another horse 1816"});
    assert_eq!(ben.put("/api/account/password", &change).await.status, 204);
    ben.send("DELETE", "/api/session", None).await;
    let recovery = ada.send("POST", &format!("/api/accounts/{bens}/recovery"), None).await;
    let secret = recovery.body["secret"].as_str().expect("a secret").to_owned();
    let mut back = site.stranger();
    let answer = back
        .post(
            "/api/recover",
            &json!({"token": secret, "password": "a third horse 1817"}),
        )
        .await;
    come_in(&mut back, &answer);
    back.send("DELETE", "/api/sessions", None).await;
    for standing in ["administrator", "plain", "closed", "plain"] {
        ada.put(&format!("/api/accounts/{bens}"), &json!(standing)).await;
    }
    stranger.post("/api/sign-up", &json!({"account": account("ada")})).await;
    let lines = lines(&ada).await;
    assert_eq!(
        lines,
        [
            "account-made Ada 0.0.0.0 ada@example.com",
            "administrator-made Ada 0.0.0.0 ada@example.com",
            "account-made Ben 0.0.0.0 ben@example.com",
            "sign-in-failed - 0.0.0.0 ben@example.com",
            "signed-in Ben 0.0.0.0",
            "password-changed Ben 0.0.0.0",
            "signed-out Ben 0.0.0.0",
            "recovery-made Ada 0.0.0.0 ben@example.com",
            "recovery-used Ben 0.0.0.0",
            "signed-out-everywhere Ben 0.0.0.0",
            "administrator-made Ada 0.0.0.0 ben@example.com",
            "administrator-unmade Ada 0.0.0.0 ben@example.com",
            "account-closed Ada 0.0.0.0 ben@example.com",
            "account-reopened Ada 0.0.0.0 ben@example.com",
            "account-exists - 0.0.0.0 ada@example.com",
        ]
    );
}

#[tokio::test]
async fn it_comes_in_pages_the_newest_first() {
    let (site, ada) = site().await;
    let store = &site.parts().app.store;
    for number in 0..230 {
        let entry = NewEntry {
            at: Millis(number),
            what: "share-opened",
            by: None,
            address: "192.0.2.7".into(),
            project: None,
            detail: number.to_string(),
        };
        store.note(&entry).await.expect("it is written");
    }
    let mut path = "/api/security-log".to_owned();
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let page = ada.get(&path).await.body;
        let entries = page["entries"].as_array().expect("entries");
        sizes.push(entries.len());
        seen.extend(entries.iter().map(|entry| entry["at"].as_i64().expect("a time")));
        match page["next"].as_i64() {
            Some(next) => path = format!("/api/security-log?before={next}"),
            None => break,
        }
    }
    // Two of them are of Ada's account.
    assert_eq!(sizes, [100, 100, 32]);
    assert_eq!(seen[..230], (0..230).rev().collect::<Vec<i64>>());
    ada.get("/api/security-log?before=x").await.is_error(400, "before");
}
