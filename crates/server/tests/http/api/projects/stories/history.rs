//! `/api/projects/{id}/stories/{story}/history`

use crate::site::{Answer, Site, Visitor, id};
use backlog::api::StoryHistory;
use serde_json::{Value, json};

const PROJECT: &str = "/api/projects/00000000000000000000000000000001";

async fn does(visitor: &Visitor, mid: u128, command: Value) {
    let commands = json!([{"mid": id(mid), "base": 0, "command": command}]);
    let answer = visitor
        .post(&format!("{PROJECT}/sync"), &json!({"commands": commands}))
        .await;
    assert_eq!(
        answer.body["outcomes"][0]["fate"],
        json!({"applied": mid}),
        "{}",
        answer.text
    );
}

fn create(story: u128, after: Option<u128>) -> Value {
    json!({"create-story": {"id": id(story), "title": "A story", "type": "bug", "panel": "backlog", "after": after.map(id)}})
}

fn edit(story: u128, edit: Value) -> Value {
    json!({"edit-story": {"id": id(story), "edits": [edit]}})
}

async fn history(visitor: &Visitor, story: u128) -> Answer {
    visitor.get(&format!("{PROJECT}/stories/{}/history", id(story))).await
}

fn revisions(answer: &Answer) -> Vec<u64> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let history: StoryHistory = serde_json::from_str(&answer.text).expect("a history");
    history.changes.iter().map(|recorded| recorded.rev).collect()
}

#[tokio::test]
async fn the_changes_that_touch_the_story_in_order() {
    let visitor = Site::new().await.with_project(1).await;
    does(&visitor, 1, create(101, None)).await;
    does(&visitor, 2, create(102, Some(101))).await;
    // Words are no stories, whatever they say.
    does(&visitor, 3, edit(102, json!({"title": id(101)}))).await;
    does(&visitor, 4, edit(101, json!({"title": "Pay"}))).await;
    does(
        &visitor,
        5,
        json!({"move-stories": {"stories": [id(102), id(101)], "panel": "icebox"}}),
    )
    .await;
    does(&visitor, 6, json!({"delete-stories": {"stories": [id(101)]}})).await;
    assert_eq!(revisions(&history(&visitor, 101).await), [1, 4, 5, 6]);
    let answer = history(&visitor, 102).await;
    assert_eq!(revisions(&answer), [2, 3, 5]);
    assert_eq!(answer.body["resumed"], json!(null));
    assert_eq!(
        answer.body["changes"][2]["change"],
        json!({"story-moved": {
            "stories": [id(102), id(101)], "panel": "icebox", "after": null,
        }})
    );
}

#[tokio::test]
async fn a_long_history_is_the_creation_and_the_latest() {
    let visitor = Site::new().await.with_project(1).await;
    does(&visitor, 1, create(101, None)).await;
    for batch in 0..11_u64 {
        let commands: Vec<Value> = (0..100)
            .map(|n| 2 + batch * 100 + n)
            .map(|rev| json!({"mid": id(rev.into()), "base": 0, "command": edit(101, json!({"title": format!("t{rev}")}))}))
            .collect();
        let answer = visitor
            .post(&format!("{PROJECT}/sync"), &json!({"commands": commands}))
            .await;
        assert_eq!(answer.status, 200);
    }
    let answer = history(&visitor, 101).await;
    let expected: Vec<u64> = [1].into_iter().chain(102..=1_101).collect();
    assert_eq!(revisions(&answer), expected);
    assert_eq!(answer.body["resumed"]["title"], "t101");
}

#[tokio::test]
async fn what_never_was_is_not_found() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    visitor
        .post("/api/projects", &json!({"id": id(2), "name": "Beta"}))
        .await;
    does(&visitor, 1, create(101, None)).await;
    history(&visitor, 102).await.is_error(404, "there is no such story");
    let of = |project: &str, story: &str| format!("/api/projects/{project}/stories/{story}/history");
    for (path, status, says) in [
        (of(&id(2), &id(101)), 404, "there is no such story"),
        (of(&id(3), &id(101)), 404, "there is no such project"),
        (of("1", &id(101)), 400, "project id: an id has 32 hex digits"),
        (of(&id(1), "101"), 400, "story id: an id has 32 hex digits"),
        (of(&id(1), "%ff"), 404, "there is no such project"),
        (
            of(&id(1), &id(101)).replace("/history", ""),
            404,
            "there is no such path",
        ),
    ] {
        visitor.get(&path).await.is_error(status, says);
    }
}

#[tokio::test]
async fn a_history_needs_a_session() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    does(&visitor, 1, create(101, None)).await;
    let stranger = site.stranger();
    let answer = history(&stranger, 101).await;
    answer.is_error(401, "no session: GET /api/welcome says how to come in");
}
