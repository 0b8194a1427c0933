//! `/api/projects/{id}/charts`

use crate::site::{Site, id};
use serde_json::{Value, json};

const CHARTS: &str = "/api/projects/00000000000000000000000000000001/charts";
const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";

fn sent(mid: u128, command: Value) -> Value {
    json!({"mid": id(mid), "base": 0, "command": command})
}

fn create(number: u128, story_type: &str, estimate: Option<u32>) -> Value {
    let story =
        json!({"id": id(number), "title": "A story", "type": story_type, "panel": "backlog", "estimate": estimate});
    sent(number, json!({"create-story": story}))
}

fn step(mid: u128, number: u128, transition: &str) -> Value {
    sent(
        mid,
        json!({"transition-story": {"id": id(number), "transition": transition}}),
    )
}

#[tokio::test]
async fn charts_follow_the_history() {
    let visitor = Site::new().await.with_project(1).await;
    let empty = visitor.get(CHARTS).await;
    assert_eq!(empty.status, 200, "{}", empty.text);
    assert_eq!(empty.body["days"], json!([]));

    let begun = json!([
        create(12, "release", None),
        create(11, "feature", Some(3)),
        create(10, "feature", Some(2)),
        step(20, 10, "start"),
    ]);
    visitor.post(SYNC, &json!({"commands": begun})).await;
    let first = visitor.get(CHARTS).await.body;
    assert_eq!(first["days"][0]["stories"], json!([0, 0, 0, 1, 0, 1, 0]));

    // What came since is read on from there.
    let done = json!([step(21, 10, "finish"), step(22, 10, "deliver"), step(23, 10, "accept")]);
    visitor.post(SYNC, &json!({"commands": done})).await;
    let charts = visitor.get(CHARTS).await.body;
    assert_eq!(charts["rev"], 7);
    let last = charts["days"].as_array().and_then(|days| days.last()).expect("a day");
    assert_eq!(last["points"], json!([2, 0, 0, 0, 0, 3, 0]));
    let current = charts["iterations"].as_array().and_then(|all| all.last()).expect("one");
    assert_eq!((&current["features"], &current["velocity"]), (&json!(2), &json!(10)));
    assert_eq!(current["cycle"]["stories"], 1);
    let [release] = &charts["releases"].as_array().expect("a list")[..] else {
        panic!("one release")
    };
    let burn = release["days"].as_array().and_then(|days| days.last()).expect("a day");
    assert_eq!((&burn["scope"], &burn["accepted"]), (&json!(5), &json!(2)));

    let nothing = visitor.get(&CHARTS.replace("01/", "02/")).await;
    assert_eq!(nothing.status, 404);
}
