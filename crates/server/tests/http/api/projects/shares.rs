//! `/api/projects/{id}/shares`

use crate::people::{begin, member, share, sign_up, site};
use crate::site::{Site, id};
use serde_json::json;

const PATH: &str = "/api/projects/00000000000000000000000000000001/shares";

#[tokio::test]
async fn those_that_stand_are_listed_without_their_secrets() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    ada.get(PATH).await.is(200, &json!({"shares": []}));
    let secret = share(&ada, 1).await;
    let listed = ada.get(PATH).await;
    let one = listed.body["shares"][0].clone();
    let now = truestory_server::ambient::now().0;
    let since = one["since"].as_i64().expect("a time");
    assert!((now - 60_000..=now).contains(&since), "{since}");
    listed.is(
        200,
        &json!({"shares": [{"id": one["id"], "by": "Ada", "since": since}]}),
    );
    assert!(!listed.everything().contains(&secret));
}

#[tokio::test]
async fn only_owners_see_make_and_revoke_them() {
    let (site, ada) = site().await;
    begin(&ada, 1).await;
    share(&ada, 1).await;
    let listed = ada.get(PATH).await.body;
    let one = format!("{PATH}/{}", listed["shares"][0]["id"].as_str().unwrap());
    for (name, role) in [("ben", "member"), ("cy", "client"), ("di", "viewer")] {
        let visitor = member(&site, &ada, (name, role, 1)).await;
        let says = format!("as a {role}, which does not allow that");
        visitor.get(PATH).await.is_error(403, &says);
        visitor.send("POST", PATH, None).await.is_error(403, &says);
        visitor.send("DELETE", &one, None).await.is_error(403, &says);
    }
    let eve = sign_up(&site, "eve").await;
    begin(&eve, 2).await;
    let foreign = one.replace(&id(1), &id(2));
    eve.send("DELETE", &foreign, None)
        .await
        .is_error(404, "there is no such public link");
    ada.get(PATH).await.is(200, &listed);
}

#[tokio::test]
async fn one_is_revoked_once() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    share(&ada, 1).await;
    let listed = ada.get(PATH).await.body;
    let one = format!("{PATH}/{}", listed["shares"][0]["id"].as_str().unwrap());
    assert_eq!(ada.send("DELETE", &one, None).await.status, 204);
    ada.get(PATH).await.is(200, &json!({"shares": []}));
    ada.send("DELETE", &one, None)
        .await
        .is_error(404, "there is no such public link");
}

#[tokio::test]
async fn so_many_stand_and_no_more() {
    let (_site, ada) = site().await;
    begin(&ada, 1).await;
    for _ in 0..100 {
        share(&ada, 1).await;
    }
    let says = "shares: at most 100 public links of a project stand at a time";
    ada.send("POST", PATH, None).await.is_error(400, says);
}

#[tokio::test]
async fn where_everyone_is_let_in_there_are_none() {
    let visitor = Site::new().await.with_project(1).await;
    visitor
        .send("POST", PATH, None)
        .await
        .is_error(403, "everyone is let in here");
    visitor.get(PATH).await.is(200, &json!({"shares": []}));
}
