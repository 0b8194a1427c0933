//! `/api/projects/{id}/invitations`

use crate::mailbox::Mailbox;
use crate::people::{begin, invitation, member, own, sign_up, site};
use crate::site::{Site, id};
use serde_json::json;

const PATH: &str = "/api/projects/00000000000000000000000000000001/invitations";
const FORTNIGHT: i64 = 14 * 86_400_000;

#[tokio::test]
async fn those_that_stand_are_listed_the_newest_first_and_without_their_secrets() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    ada.get(PATH).await.is(200, &json!({"invitations": []}));
    let first = invitation(&ada, "viewer", 1).await;
    // Each is made after the one before, to the millisecond or not.
    let listed = ada.get(PATH).await;
    let one = listed.body["invitations"][0].clone();
    let until = one["until"].as_i64().expect("a time");
    let now = truestory_server::ambient::now().0;
    assert!((now + FORTNIGHT - 60_000..=now + FORTNIGHT).contains(&until), "{until}");
    let expected = json!({"id": one["id"], "role": "viewer", "by": "Ada", "email": null, "until": until});
    listed.is(200, &json!({"invitations": [expected]}));
    assert!(!listed.everything().contains(&first));
}

#[tokio::test]
async fn one_that_is_taken_back_opens_nothing() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = sign_up(&site, "ben").await;
    let secret = invitation(&ada, "member", 1).await;
    let path = |listed: &serde_json::Value| format!("{PATH}/{}", listed["invitations"][0]["id"].as_str().unwrap());
    let path = path(&ada.get(PATH).await.body);
    assert_eq!(ada.send("DELETE", &path, None).await.status, 204);
    let says = "there is no such invitation, or it has ended";
    let held = json!({"secret": secret});
    ben.post("/api/invitation", &held).await.is_error(404, says);
    ben.post("/api/invitation/accept", &held).await.is_error(404, says);
    ada.get(PATH).await.is(200, &json!({"invitations": []}));
    ada.send("DELETE", &path, None)
        .await
        .is_error(404, "there is no such invitation");
}

#[tokio::test]
async fn nobody_takes_back_those_of_another_project() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    let ben = sign_up(&site, "ben").await;
    begin(&ben, 2).await;
    invitation(&ada, "member", 1).await;
    let listed = ada.get(PATH).await.body;
    let foreign = format!(
        "/api/projects/{}/invitations/{}",
        id(2),
        listed["invitations"][0]["id"].as_str().unwrap()
    );
    ben.send("DELETE", &foreign, None)
        .await
        .is_error(404, "there is no such invitation");
    ada.get(PATH).await.is(200, &listed);
}

#[tokio::test]
async fn only_owners_see_and_make_them() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    for (name, role) in [("ben", "member"), ("cy", "client"), ("di", "viewer")] {
        let visitor = member(&site, &ada, (name, role, 1)).await;
        let says = format!("as a {role}, which does not allow that");
        visitor.get(PATH).await.is_error(403, &says);
        visitor
            .post(PATH, &json!({"role": "viewer"}))
            .await
            .is_error(403, &says);
    }
}

#[tokio::test]
async fn wrong_ones_are_refused_by_their_field() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    for (body, says) in [
        (json!({}), "missing field `role`"),
        (json!({"role": "king"}), "role: unknown variant `king`"),
        (json!({"role": "member", "email": "ben"}), "email: "),
        (json!({"role": "member", "until": 7}), "unknown field `until`"),
        (
            json!({"role": "member", "email": "ben@example.com"}),
            "email: no letters are sent here",
        ),
    ] {
        ada.post(PATH, &body).await.is_error(400, says);
    }
    ada.get(PATH).await.is(200, &json!({"invitations": []}));
}

#[tokio::test]
async fn so_many_stand_and_no_more() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    for _ in 0..100 {
        invitation(&ada, "viewer", 1).await;
    }
    let says = "invitations: at most 100 to a project stand at a time";
    ada.post(PATH, &json!({"role": "viewer"})).await.is_error(400, says);
}

#[tokio::test]
async fn one_that_is_sent_is_good_once() {
    let mut mailbox = Mailbox::open().await;
    let (outside, entrance) = mailbox.settings();
    let site = Site::speaking_to(outside, entrance).await;
    let ada = own(&site).await;
    begin(&ada, 1).await;
    let wish = json!({"role": "client", "email": "Ben@Example.com"});
    assert_eq!(ada.post(PATH, &wish).await.status, 200);
    let secret = mailbox.secret("ben@example.com", "join").await;
    let listed = ada.get(PATH).await.body;
    assert_eq!(listed["invitations"][0]["email"], "ben@example.com");
    let mut accounts = Vec::new();
    for name in ["ben", "cy"] {
        let mut visitor = site.stranger();
        let sign_up = json!({"account": crate::people::account(name), "invitation": secret});
        let answer = visitor.post("/api/sign-up", &sign_up).await;
        crate::people::come_in(&mut visitor, &answer);
        accounts.push(visitor);
    }
    let held = json!({"secret": secret});
    let accept = async |who: usize| accounts[who].post("/api/invitation/accept", &held).await;
    accept(0).await.is(200, &json!({"project": id(1)}));
    // Once more by the same is the same; by others it is none any more.
    accept(0).await.is(200, &json!({"project": id(1)}));
    accept(1)
        .await
        .is_error(404, "there is no such invitation, or it has ended");
    ada.get(PATH).await.is(200, &json!({"invitations": []}));
}

#[tokio::test]
async fn where_everyone_is_let_in_nobody_is_invited() {
    let visitor = Site::new().await.with_project(1).await;
    visitor
        .post(PATH, &json!({"role": "member"}))
        .await
        .is_error(403, "there are no accounts here");
    visitor.get(PATH).await.is(200, &json!({"invitations": []}));
}
