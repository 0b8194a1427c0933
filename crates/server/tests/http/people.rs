//! People with accounts, and how they come in.

use crate::site::{Answer, Site, Visitor, id};
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
    let mut letters = name.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    json!({"name": format!("{capital}{}", letters.as_str()), "email": format!("{name}@example.com"), "password": PASSWORD})
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

/// Someone makes an account and is invited into a project as something; the owner makes the invitation.
pub async fn member(site: &Site, owner: &Visitor, (name, role, project): (&str, &str, u128)) -> Visitor {
    let visitor = sign_up(site, name).await;
    join(&visitor, &invitation(owner, role, project).await).await;
    visitor
}

/// The secret of an invitation that an owner makes.
pub async fn invitation(owner: &Visitor, role: &str, project: u128) -> String {
    let path = format!("/api/projects/{}/invitations", id(project));
    secret_of(&owner.post(&path, &json!({"role": role})).await)
}

/// The secret of a public link that an owner makes.
pub async fn share(owner: &Visitor, project: u128) -> String {
    let path = format!("/api/projects/{}/shares", id(project));
    secret_of(&owner.send("POST", &path, None).await)
}

#[track_caller]
fn secret_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let secret = answer.body["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.len() == 64 && secret.bytes().all(|digit| digit.is_ascii_hexdigit()));
    secret
}

/// Someone accepts an invitation.
pub async fn join(visitor: &Visitor, secret: &str) {
    let answer = visitor.post("/api/invitation/accept", &json!({"secret": secret})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// Someone begins a project of that number.
pub async fn begin(visitor: &Visitor, project: u128) {
    let answer = visitor
        .post("/api/projects", &json!({"id": id(project), "name": "Alpha"}))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}
