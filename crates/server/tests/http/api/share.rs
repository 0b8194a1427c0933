//! `/api/share`

use crate::people::{begin, id_of, invitation, join, share, sign_up, site};
use crate::site::{Answer, Site, Visitor, id};
use serde_json::{Value, json};

const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";
const SHARES: &str = "/api/projects/00000000000000000000000000000001/shares";

/// Someone who came through that link.
async fn guest(site: &Site, secret: &str) -> Visitor {
    let mut guest = site.stranger();
    let answer = guest.post("/api/share", &json!({"secret": secret})).await;
    answer.is(200, &json!({"project": id(1)}));
    guest.header("cookie", &answer.cookies());
    guest
}

async fn revoke_all(owner: &Visitor) {
    let listed = owner.get(SHARES).await.body;
    for one in listed["shares"].as_array().expect("a list") {
        let path = format!("{SHARES}/{}", one["id"].as_str().expect("text"));
        assert_eq!(owner.send("DELETE", &path, None).await.status, 204);
    }
}

#[track_caller]
fn is_gone(answer: &Answer) {
    answer.is_error(403, "you are not in this project any more");
    assert_eq!(answer.header("x-truestory-gone"), "true");
}

#[tokio::test]
async fn a_stranger_looks_on_as_a_guest() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    begin(&ada, 2).await;
    let guest = guest(&site, &share(&ada, 1).await).await;
    let session = guest.get("/api/session").await.body;
    assert_eq!((&session["kind"], &session["named"]), (&json!("guest"), &json!(false)));
    let answer = guest.post(SYNC, &json!({})).await;
    assert_eq!((answer.status, &answer.body["role"]), (200, &json!("viewer")));
    let listed = guest.get("/api/projects").await.body;
    assert_eq!(listed["projects"].as_array().map(Vec::len), Some(1));
    let other = SYNC.replace(&id(1), &id(2));
    guest
        .post(&other, &json!({}))
        .await
        .is_error(404, "there is no such project");
}

#[tokio::test]
async fn a_guest_changes_nothing() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let guest = guest(&site, &share(&ada, 1).await).await;
    let story = json!({"id": id(101), "title": "A story", "type": "bug", "panel": "icebox"});
    let commands = json!([{"mid": id(101), "base": 0, "command": {"create-story": story}}]);
    let answer = guest.post(SYNC, &json!({"commands": commands})).await;
    assert_eq!(
        answer.body["outcomes"][0]["fate"]["rejected"],
        json!("not-allowed"),
        "{}",
        answer.text
    );
    assert_eq!(answer.body["rev"], 1);
    let says = "a public link is for reading: sign in";
    guest
        .post("/api/projects", &json!({"id": id(3), "name": "Mine"}))
        .await
        .is_error(403, says);
    guest
        .put("/api/session", &json!({"name": "Ada"}))
        .await
        .is_error(403, says);
    guest
        .send("POST", SHARES, None)
        .await
        .is_error(403, "as a viewer, which does not allow that");
}

#[tokio::test]
async fn a_revoked_link_opens_nothing_and_whoever_came_through_it_is_out() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let secret = share(&ada, 1).await;
    let guest = guest(&site, &secret).await;
    revoke_all(&ada).await;
    is_gone(&guest.post(SYNC, &json!({})).await);
    guest.get("/api/projects").await.is(200, &json!({"projects": []}));
    let says = "there is no such public link, or it was revoked";
    let held = json!({"secret": secret});
    guest.post("/api/share", &held).await.is_error(404, says);
    site.stranger().post("/api/share", &held).await.is_error(404, says);
}

#[tokio::test]
async fn one_of_two_links_is_enough() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let guest = guest(&site, &share(&ada, 1).await).await;
    let before = ada.get(SHARES).await.body["shares"][0]["id"].clone();
    let second = share(&ada, 1).await;
    let answer = guest.post("/api/share", &json!({"secret": second})).await;
    assert_eq!(
        (answer.status, answer.cookies()),
        (200, String::new()),
        "the session is kept"
    );
    let path = format!("{SHARES}/{}", before.as_str().unwrap());
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    assert_eq!(guest.post(SYNC, &json!({})).await.status, 200);
    revoke_all(&ada).await;
    is_gone(&guest.post(SYNC, &json!({})).await);
}

#[tokio::test]
async fn whoever_is_signed_in_stays_who_they_are() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = sign_up(&site, "ben").await;
    let secret = share(&ada, 1).await;
    let answer = ben.post("/api/share", &json!({"secret": secret})).await;
    assert_eq!((answer.status, answer.cookies()), (200, String::new()));
    let session = ben.get("/api/session").await.body;
    assert_eq!(
        (&session["kind"], &session["actor"]["name"]),
        (&json!("account"), &json!("Ben"))
    );
    let role = async || -> Value { ben.post(SYNC, &json!({})).await.body["role"].clone() };
    assert_eq!(role().await, "viewer");
    // As a member they are what members are, and stay it when the link is gone.
    join(&ben, &invitation(&ada, "member", 1).await).await;
    assert_eq!(role().await, "member");
    revoke_all(&ada).await;
    assert_eq!(role().await, "member");
}

#[tokio::test]
async fn who_was_removed_looks_on_by_a_public_link_like_anyone() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = sign_up(&site, "ben").await;
    join(&ben, &invitation(&ada, "member", 1).await).await;
    let path = format!("/api/projects/{}/members/{}", id(1), id_of(&ben).await);
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    is_gone(&ben.post(SYNC, &json!({})).await);
    let secret = share(&ada, 1).await;
    assert_eq!(ben.post("/api/share", &json!({"secret": secret})).await.status, 200);
    assert_eq!(ben.post(SYNC, &json!({})).await.body["role"], "viewer");
}

#[tokio::test]
async fn a_guest_is_not_shown_among_the_members() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let secret = share(&ada, 1).await;
    let (guest, ben) = (guest(&site, &secret).await, sign_up(&site, "ben").await);
    assert_eq!(ben.post("/api/share", &json!({"secret": secret})).await.status, 200);
    for visitor in [&guest, &ben] {
        for (channel, status) in [("private-project", 200), ("presence-project", 403)] {
            let kind = "application/x-www-form-urlencoded";
            let form = format!("socket_id=1.2&channel_name={channel}-{}", id(1));
            let answer = visitor.send_text("POST", "/pusher/auth", (kind, form)).await;
            assert_eq!(answer.status, status, "{}", answer.text);
            if status == 403 {
                answer.is_error(403, "channel_name: who came through a public link is not shown");
            }
        }
    }
}

#[tokio::test]
async fn wrong_ones_are_refused() {
    let (site, _ada) = site().await;
    let stranger = site.stranger();
    for secret in ["", "0", &"0".repeat(64)] {
        let answer = stranger.post("/api/share", &json!({"secret": secret})).await;
        answer.is_error(404, "there is no such public link, or it was revoked");
        assert_eq!(answer.cookies(), "", "nobody is taken in");
    }
    let answer = stranger
        .post("/api/share", &json!({"secret": "0", "project": id(1)}))
        .await;
    answer.is_error(400, "unknown field `project`");
}
