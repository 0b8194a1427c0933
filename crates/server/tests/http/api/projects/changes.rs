//! `/api/projects/{id}/changes`

use crate::site::{Site, Visitor, id};
use serde_json::json;

const PATH: &str = "/api/projects/00000000000000000000000000000001/changes";

async fn add_story(visitor: &Visitor, number: u128) {
    let story = json!({"id": id(number), "title": "A story", "type": "chore", "panel": "icebox"});
    let commands = json!([{"mid": id(number), "base": 0, "command": {"create-story": story}}]);
    let path = PATH.replace("changes", "sync");
    assert_eq!(visitor.post(&path, &json!({"commands": commands})).await.status, 200);
}

#[tokio::test]
async fn polling_costs_nothing_while_nothing_happens() {
    let mut visitor = Site::new().await.with_project(1).await;
    add_story(&visitor, 1).await;
    let first = visitor.get(PATH).await;
    let tag = first.header("etag").to_owned();
    let version = format!("1.{}", first.body["hash"].as_str().expect("a hash"));
    assert_eq!(tag, format!("\"{version}\""));
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert_eq!(first.body["snapshot"]["stories"][0]["title"], "A story");

    visitor.header("if-none-match", &format!("\"0.x\", W/{tag}"));
    let path = format!("{PATH}?since={version}");
    let unchanged = visitor.get(&path).await;
    assert_eq!(
        (unchanged.status, unchanged.header("etag"), &*unchanged.text),
        (304, &*tag, "")
    );

    add_story(&visitor, 2).await;
    let changed = visitor.get(&path).await;
    assert_eq!(
        (changed.status, changed.body["changes"].as_array().map(Vec::len)),
        (200, Some(1))
    );
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn who_is_up_to_date_is_told_so() {
    let visitor = Site::new().await.with_project(1).await;
    let hash = visitor.get(PATH).await.body["hash"].clone();
    let answer = visitor
        .get(&format!("{PATH}?since=0.{}", hash.as_str().expect("a hash")))
        .await;
    assert_eq!(
        (answer.status, &answer.body["rev"], &answer.body["reset"]),
        (200, &json!(0), &json!(null))
    );
    assert_eq!(
        (&answer.body["changes"], &answer.body["snapshot"]),
        (&json!(null), &json!(null))
    );
}

#[tokio::test]
async fn an_unknown_version_is_told_to_start_over() {
    let visitor = Site::new().await.with_project(1).await;
    let answer = visitor.get(&format!("{PATH}?since=3.{}", id(3))).await;
    assert_eq!((answer.status, &answer.body["reset"]), (200, &json!(true)));
}

#[tokio::test]
async fn wrong_questions_are_refused_by_their_field() {
    let visitor = Site::new().await.with_project(1).await;
    visitor
        .get(&format!("{PATH}?since=yesterday"))
        .await
        .is_error(400, "since: a version is written as");
    visitor
        .get(&format!("{PATH}?since=+0.{}", id(0)))
        .await
        .is_error(400, "since: a version is written as");
    visitor
        .get(&format!("{PATH}?full=true"))
        .await
        .is_error(400, "unknown field `full`");
    let elsewhere = PATH.replace('1', "2");
    visitor.get(&elsewhere).await.is_error(404, "there is no such project");
}

#[tokio::test]
async fn changes_need_a_session() {
    let site = Site::new().await;
    site.with_project(1).await;
    site.stranger()
        .get(PATH)
        .await
        .is_error(401, "no session: GET /api/welcome says how to come in");
}
