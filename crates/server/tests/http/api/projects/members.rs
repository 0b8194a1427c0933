//! `/api/projects/{id}/members`

use crate::people::{begin, id_of, invitation, join, member, own, share, sign_up, site};
use crate::site::{Answer, Site, Visitor, id};
use backlog::id::Bits128;
use backlog::{Hash, ProjectId, Version};
use serde_json::{Value, json};
use truestory_server::config::Entrance;

const MEMBERS: &str = "/api/projects/00000000000000000000000000000001/members";
const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";

async fn assign(visitor: &Visitor, who: &Visitor, role: &str) -> Answer {
    let path = format!("{MEMBERS}/{}", id_of(who).await);
    visitor.put(&path, &json!({"role": role})).await
}

async fn remove(visitor: &Visitor, who: &str) -> Answer {
    visitor.send("DELETE", &format!("{MEMBERS}/{who}"), None).await
}

/// Who is in project 1, as `Name: role`.
async fn members(visitor: &Visitor) -> Vec<String> {
    let answer = visitor.get(MEMBERS).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let members = answer.body["members"].as_array().expect("a list").clone();
    let line = |member: &Value| {
        format!(
            "{}: {}",
            member["name"].as_str().expect("text"),
            member["role"].as_str().expect("text")
        )
    };
    members.iter().map(line).collect()
}

/// What happened in project 1, as `Name: change`.
async fn history(visitor: &Visitor) -> Vec<String> {
    let (rev, hash) = (0, Hash::genesis(ProjectId(Bits128(1))));
    let since = Version { rev, hash }.to_string();
    let answer = visitor.post(SYNC, &json!({"since": since})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let none = Vec::new();
    let changes = answer.body["changes"].as_array().unwrap_or(&none);
    let line = |change: &Value| {
        format!(
            "{}: {}",
            change["actor"]["name"].as_str().expect("text"),
            change["change"]
        )
    };
    changes.iter().map(line).collect()
}

/// What someone is in project 1, as an answer tells them.
async fn role(visitor: &Visitor) -> Value {
    visitor.post(SYNC, &json!({})).await.body["role"].clone()
}

#[tokio::test]
async fn whoever_begins_a_project_owns_it_and_its_history_says_so() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    let listed = ada.get(MEMBERS).await;
    let colour = listed.body["members"][0]["colour"].clone();
    assert!(colour.as_u64().is_some_and(|colour| colour < 12), "{colour}");
    let member = json!({"id": id_of(&ada).await, "name": "Ada", "initials": "A", "colour": colour, "role": "owner"});
    listed.is(200, &json!({"members": [member]}));
    assert_eq!(history(&ada).await, [r#"Ada: {"person-joined":{"role":"owner"}}"#]);
    assert_eq!(role(&ada).await, "owner");
}

#[tokio::test]
async fn members_are_listed_by_name_for_everyone_in_it() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let mut all = vec![ada.clone()];
    for (name, role) in [("cy", "viewer"), ("ben", "member"), ("di", "client")] {
        all.push(member(&site, &ada, (name, role, 1)).await);
    }
    for visitor in &all {
        assert_eq!(
            members(visitor).await,
            ["Ada: owner", "Ben: member", "Cy: viewer", "Di: client"]
        );
    }
    let eve = sign_up(&site, "eve").await;
    eve.get(MEMBERS).await.is_error(404, "there is no such project");
    site.stranger().get(MEMBERS).await.is_error(401, "no session");
}

#[tokio::test]
async fn an_owner_gives_another_role_and_the_history_stays_as_it_is() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "viewer", 1)).await;
    let before = history(&ada).await;
    assert_eq!(assign(&ada, &ben, "owner").await.status, 204);
    assert_eq!(role(&ben).await, "owner");
    assert_eq!(assign(&ben, &ada, "client").await.status, 204);
    assert_eq!(members(&ben).await, ["Ada: client", "Ben: owner"]);
    assert_eq!(history(&ben).await, before);
    assign(&ada, &ben, "viewer")
        .await
        .is_error(403, "as a client, which does not allow that");
}

#[tokio::test]
async fn the_last_owner_stays_an_owner() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    let says = "a project keeps an owner: make someone else an owner first";
    assign(&ada, &ada, "member").await.is_error(403, says);
    remove(&ada, &id_of(&ada).await).await.is_error(403, says);
    assert_eq!(assign(&ada, &ada, "owner").await.status, 204, "nothing else");
    assert_eq!(assign(&ada, &ben, "owner").await.status, 204);
    assert_eq!(remove(&ada, &id_of(&ada).await).await.status, 204);
    remove(&ben, &id_of(&ben).await).await.is_error(403, says);
    assert_eq!(members(&ben).await, ["Ben: owner"]);
}

#[tokio::test]
async fn two_owners_who_demote_each_other_leave_one() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "owner", 1)).await;
    let (hers, his) = tokio::join!(assign(&ada, &ben, "viewer"), assign(&ben, &ada, "viewer"));
    let mut statuses = [hers.status, his.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 403], "{} {}", hers.text, his.text);
    let left = members(&ada).await;
    assert_eq!(
        left.iter().filter(|line| line.ends_with(": owner")).count(),
        1,
        "{left:?}"
    );
}

#[tokio::test]
async fn an_owner_whose_account_is_closed_does_not_count() {
    let (site, ada) = site().await;
    let ben = sign_up(&site, "ben").await;
    begin(&ben, 1).await;
    let cy = member(&site, &ben, ("cy", "owner", 1)).await;
    let closed = ada
        .put(&format!("/api/accounts/{}", id_of(&ben).await), &json!("closed"))
        .await;
    assert_eq!(closed.status, 204, "{}", closed.text);
    assign(&cy, &cy, "viewer")
        .await
        .is_error(403, "a project keeps an owner");
    assert_eq!(members(&cy).await, ["Ben: owner", "Cy: owner"]);
}

#[tokio::test]
async fn who_is_removed_is_told_that_they_are_gone() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    let id = id_of(&ben).await;
    let removed = remove(&ada, &id).await;
    assert_eq!((removed.status, &*removed.text), (204, ""));
    for answer in [
        ben.get(MEMBERS).await,
        ben.post(SYNC, &json!({})).await,
        ben.get("/api/projects/00000000000000000000000000000001/changes").await,
    ] {
        answer.is_error(403, "you are not in this project any more");
        assert_eq!(answer.header("x-truestory-gone"), "true");
    }
    ben.get("/api/projects").await.is(200, &json!({"projects": []}));
    assert_eq!(members(&ada).await, ["Ada: owner"]);
    let left = format!(r#"Ada: {{"person-left":{{"id":"{id}"}}}}"#);
    assert_eq!(
        history(&ada).await[1..],
        [r#"Ben: {"person-joined":{"role":"member"}}"#, &*left]
    );
    remove(&ada, &id).await.is_error(404, "there is no such member");
    assign(&ada, &ben, "member")
        .await
        .is_error(404, "there is no such member");
}

#[tokio::test]
async fn everyone_may_leave_and_only_owners_may_remove() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    let cy = member(&site, &ada, ("cy", "viewer", 1)).await;
    let says = "as a member, which does not allow that";
    remove(&ben, &id_of(&cy).await).await.is_error(403, says);
    assign(&ben, &cy, "client").await.is_error(403, says);
    let id = id_of(&cy).await;
    assert_eq!(remove(&cy, &id).await.status, 204);
    assert_eq!(
        history(&ada).await[3..],
        [format!(r#"Cy: {{"person-left":{{"id":"{id}"}}}}"#)]
    );
    assert_eq!(members(&ben).await, ["Ada: owner", "Ben: member"]);
}

#[tokio::test]
async fn what_is_no_member_or_no_role_is_refused() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let eve = sign_up(&site, "eve").await;
    assign(&ada, &eve, "client")
        .await
        .is_error(404, "there is no such member");
    remove(&ada, &id(7)).await.is_error(404, "there is no such member");
    remove(&ada, "ada")
        .await
        .is_error(400, "member id: an id has 32 hex digits");
    let path = format!("{MEMBERS}/{}", id_of(&ada).await);
    for (body, says) in [
        (json!({"role": "king"}), "role: unknown variant `king`"),
        (json!({}), "missing field `role`"),
        (json!({"role": "owner", "name": "Eve"}), "unknown field `name`"),
    ] {
        ada.put(&path, &body).await.is_error(400, says);
    }
    // Someone of another project is nobody here.
    begin(&eve, 2).await;
    remove(&ada, &id_of(&eve).await)
        .await
        .is_error(404, "there is no such member");
    let theirs = format!("/api/projects/{}/members/{}", id(2), id_of(&eve).await);
    ada.send("DELETE", &theirs, None)
        .await
        .is_error(404, "there is no such project");
}

#[tokio::test]
async fn who_comes_back_is_as_if_they_had_never_left() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "member", 1)).await;
    assert_eq!(remove(&ada, &id_of(&ben).await).await.status, 204);
    join(&ben, &invitation(&ada, "client", 1).await).await;
    assert_eq!(role(&ben).await, "client");
    assert_eq!(history(&ada).await.len(), 4);
    assert_eq!(members(&ada).await, ["Ada: owner", "Ben: client"]);
}

#[tokio::test]
async fn a_public_link_does_not_make_a_member() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let (eve, secret) = (sign_up(&site, "eve").await, share(&ada, 1).await);
    assert_eq!(eve.post("/api/share", &json!({"secret": secret})).await.status, 200);
    assert_eq!(members(&eve).await, ["Ada: owner"]);
    remove(&eve, &id_of(&eve).await)
        .await
        .is_error(404, "there is no such member");
}

#[tokio::test]
async fn the_first_account_owns_what_was_there_before() {
    let site = Site::new().await;
    site.with_project(1).await;
    let site = site.reopened(Entrance::default()).await;
    let ada = own(&site).await;
    assert_eq!(members(&ada).await, ["Ada: owner"]);
    assert_eq!(history(&ada).await, [r#"Ada: {"person-joined":{"role":"owner"}}"#]);
}

#[tokio::test]
async fn a_restart_changes_nobodys_role() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = member(&site, &ada, ("ben", "client", 1)).await;
    let (ada, ben) = (ada.cookie(), ben.cookie());
    let site = site.restarted().await;
    let again = |cookie: &str| {
        let mut visitor = site.stranger();
        visitor.header("cookie", cookie);
        visitor
    };
    assert_eq!(role(&again(&ben)).await, "client");
    assert_eq!(history(&again(&ada)).await.len(), 2);
}
