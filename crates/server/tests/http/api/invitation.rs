//! `/api/invitation`

use crate::people::{begin, id_of, invitation, join, member, share, sign_up, site};
use crate::site::{Visitor, id};
use backlog::id::Bits128;
use backlog::{ActorId, Millis, ProjectId, Role};
use serde_json::{Value, json};
use truestory_server::ambient;
use truestory_server::store::{Invite, TokenHash};

const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";

async fn role(visitor: &Visitor) -> Value {
    visitor.post(SYNC, &json!({})).await.body["role"].clone()
}

async fn assign(owner: &Visitor, who: &Visitor, role: &str) {
    let path = format!("/api/projects/{}/members/{}", id(1), id_of(who).await);
    assert_eq!(owner.put(&path, &json!({"role": role})).await.status, 204);
}

#[tokio::test]
async fn whoever_holds_one_sees_what_it_is_to() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let held = json!({"secret": invitation(&ada, "client", 1).await});
    let seen = json!({"project": "Alpha", "role": "client", "by": "Ada"});
    site.stranger().post("/api/invitation", &held).await.is(200, &seen);
    let says = "there is no such invitation, or it has ended: ask for another one";
    for secret in ["", "0", &"0".repeat(64), &"x".repeat(10_000)] {
        let held = json!({"secret": secret});
        site.stranger().post("/api/invitation", &held).await.is_error(404, says);
    }
}

#[tokio::test]
async fn a_link_makes_members_of_many_and_of_each_once() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let held = json!({"secret": invitation(&ada, "client", 1).await});
    for name in ["ben", "cy"] {
        let visitor = sign_up(&site, name).await;
        visitor
            .post(SYNC, &json!({}))
            .await
            .is_error(404, "there is no such project");
        for _ in 0..2 {
            let answer = visitor.post("/api/invitation/accept", &held).await;
            answer.is(200, &json!({"project": id(1)}));
        }
        assert_eq!(role(&visitor).await, "client");
    }
    // The owner's own joining, and one for each.
    assert_eq!(ada.post(SYNC, &json!({})).await.body["rev"], 3);
}

#[tokio::test]
async fn whoever_is_in_it_becomes_more_by_it_and_never_less() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "client", 1)).await;
    join(&ben, &invitation(&ada, "viewer", 1).await).await;
    assert_eq!(role(&ben).await, "client");
    let to_members = invitation(&ada, "member", 1).await;
    join(&ben, &to_members).await;
    assert_eq!(role(&ben).await, "member");
    // What an owner decides later is not undone by a link that is older.
    assign(&ada, &ben, "viewer").await;
    join(&ben, &to_members).await;
    assert_eq!(role(&ben).await, "viewer");
    join(&ada, &to_members).await;
    assert_eq!(role(&ada).await, "owner");
    assert_eq!(ada.post(SYNC, &json!({})).await.body["rev"], 2, "nobody joined twice");
}

#[tokio::test]
async fn who_was_removed_does_not_come_back_by_an_older_one() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = sign_up(&site, "ben").await;
    let old = invitation(&ada, "member", 1).await;
    join(&ben, &old).await;
    let path = format!("/api/projects/{}/members/{}", id(1), id_of(&ben).await);
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    ben.post("/api/invitation/accept", &json!({"secret": old}))
        .await
        .is_error(403, "you are not in this project any more: ask");
    join(&ben, &invitation(&ada, "viewer", 1).await).await;
    assert_eq!(role(&ben).await, "viewer");
}

#[tokio::test]
async fn one_whose_time_is_over_opens_nothing() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = sign_up(&site, "ben").await;
    let now = ambient::now();
    let invite = Invite {
        id: Bits128(9),
        token: TokenHash::of("old"),
        project: ProjectId(Bits128(1)),
        role: Role::Member,
        email: None,
        by: ActorId(id_of(&ada).await.parse().expect("an identity")),
        until: Millis(now.0 - 1),
    };
    site.parts().app.store.invite(&invite, now).await.expect("made");
    let says = "there is no such invitation, or it has ended";
    let held = json!({"secret": "old"});
    ben.post("/api/invitation", &held).await.is_error(404, says);
    ben.post("/api/invitation/accept", &held).await.is_error(404, says);
    let list = format!("/api/projects/{}/invitations", id(1));
    ada.get(&list).await.is(200, &json!({"invitations": []}));
}

#[tokio::test]
async fn accepting_needs_an_account() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let held = json!({"secret": invitation(&ada, "member", 1).await});
    let mut stranger = site.stranger();
    stranger
        .post("/api/invitation/accept", &held)
        .await
        .is_error(401, "no session");
    let link = json!({"secret": share(&ada, 1).await});
    let opened = stranger.post("/api/share", &link).await;
    stranger.header("cookie", &opened.cookies());
    stranger
        .post("/api/invitation/accept", &held)
        .await
        .is_error(403, "a public link is for reading: sign in");
}

#[tokio::test]
async fn whoever_tries_secrets_is_slowed() {
    let (site, _ada) = site().await;
    let held = json!({"secret": "0"});
    let mut last = 0;
    for _ in 0..100 {
        last = site.stranger().post("/api/invitation", &held).await.status;
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn the_links_of_whoever_is_no_owner_any_more_open_nothing() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "owner", 1)).await;
    let (bens, adas) = (invitation(&ben, "owner", 1).await, invitation(&ada, "client", 1).await);
    let ghost = sign_up(&site, "ghost").await;
    assign(&ada, &ben, "member").await;
    let answer = ghost.post("/api/invitation/accept", &json!({"secret": bens})).await;
    assert!((400..500).contains(&answer.status), "{}", answer.text);
    ghost
        .post(SYNC, &json!({}))
        .await
        .is_error(404, "there is no such project");
    let listed = ada.get(&format!("/api/projects/{}/invitations", id(1))).await.body;
    assert!(
        listed["invitations"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|one| one["by"] == "Ada")
    );
    join(&ghost, &adas).await;
    assert_eq!(role(&ghost).await, "client");
}
