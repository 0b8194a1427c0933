//! People with accounts, and how they come in.

use crate::site::{Answer, Site, Visitor};
use serde_json::{Value, json};
use truestory_server::config::Entrance;

/// A password that nobody would guess.
pub const PASSWORD: &str = "correct horse 1815";

/// A site where anyone may make an account; the administrator is Ada.
pub async fn site() -> (Site, Visitor) {
    site_where(Entrance {
        sign_up: true,
        ..Entrance::default()
    })
    .await
}

/// A site that lets those in; the administrator is Ada.
pub async fn site_where(entrance: Entrance) -> (Site, Visitor) {
    let site = Site::with(entrance).await;
    let ada = own(&site).await;
    (site, ada)
}

/// Ada makes the first account.
pub async fn own(site: &Site) -> Visitor {
    let mut ada = site.stranger();
    let answer = ada.post("/api/owner", &account("ada")).await;
    come_in(&mut ada, &answer);
    ada
}

/// Someone makes an account, where anyone may.
pub async fn sign_up(site: &Site, name: &str) -> Visitor {
    let mut visitor = site.stranger();
    let answer = visitor.post("/api/sign-up", &json!({"account": account(name)})).await;
    come_in(&mut visitor, &answer);
    visitor
}

/// Takes what a browser keeps of being let in.
#[track_caller]
pub fn come_in(visitor: &mut Visitor, answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    visitor.header("cookie", &answer.cookies());
}

/// An account of that name: `ada` is Ada, `ada@example.com`.
pub fn account(name: &str) -> Value {
    let capital = name[..1].to_uppercase();
    json!({"name": format!("{capital}{}", &name[1..]), "email": format!("{name}@example.com"), "password": PASSWORD})
}

/// What one sends to sign in.
pub fn credentials(name: &str, password: &str) -> Value {
    json!({"email": format!("{name}@example.com"), "password": password})
}

/// The visitor's identity.
pub async fn id_of(visitor: &Visitor) -> String {
    let session = visitor.get("/api/session").await.body;
    session["actor"]["id"].as_str().expect("an identity").to_owned()
}
