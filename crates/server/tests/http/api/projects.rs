//! `/api/projects`

mod changes;
mod charts;
mod export;
mod import;
mod invitations;
mod markdown;
mod members;
mod plan;
mod shares;
mod stories;
mod sync;
mod webhooks;

use crate::site::{Site, id};
use serde_json::json;

#[tokio::test]
async fn projects_are_listed_by_name() {
    let visitor = Site::new().await.visitor().await;
    for (number, name) in [(1, "beta"), (2, "Alpha"), (3, "gamma")] {
        let answer = visitor
            .post("/api/projects", &json!({"id": id(number), "name": name}))
            .await;
        answer.is(200, &json!({"id": id(number), "name": name, "rev": 0}));
    }
    let listed = json!({"projects": [
        {"id": id(2), "name": "Alpha", "rev": 0},
        {"id": id(1), "name": "beta", "rev": 0},
        {"id": id(3), "name": "gamma", "rev": 0},
    ]});
    visitor.get("/api/projects").await.is(200, &listed);
}

#[tokio::test]
async fn a_request_sent_twice_makes_one_project() {
    let visitor = Site::new().await.visitor().await;
    let first = visitor
        .post("/api/projects", &json!({"id": id(1), "name": "Alpha"}))
        .await;
    let again = visitor
        .post("/api/projects", &json!({"id": id(1), "name": "Alpha"}))
        .await;
    again.is(200, &first.body);
    assert_eq!(
        visitor.get("/api/projects").await.body["projects"]
            .as_array()
            .expect("a list")
            .len(),
        1
    );
}

#[tokio::test]
async fn a_wrong_project_is_refused_by_its_field() {
    let visitor = Site::new().await.visitor().await;
    for (body, says) in [
        (
            json!({"id": "1", "name": "Alpha"}),
            "id: an id has 32 hex digits (0-9, a-f)",
        ),
        (
            json!({"id": id(1).to_uppercase().replace('0', "A"), "name": "Alpha"}),
            "id: an id has 32 hex digits",
        ),
        (json!({"id": id(1), "name": ""}), "name: name is empty"),
        (json!({"id": id(1)}), "missing field `name`"),
        (
            json!({"id": id(1), "name": "Alpha", "owner": id(2)}),
            "unknown field `owner`",
        ),
    ] {
        visitor.post("/api/projects", &body).await.is_error(400, says);
    }
    visitor.get("/api/projects").await.is(200, &json!({"projects": []}));
}

#[tokio::test]
async fn projects_need_a_session() {
    let stranger = Site::new().await.stranger();
    stranger
        .get("/api/projects")
        .await
        .is_error(401, "no session: GET /api/welcome says how to come in");
    let answer = stranger
        .post("/api/projects", &json!({"id": id(1), "name": "Alpha"}))
        .await;
    answer.is_error(401, "no session: GET /api/welcome says how to come in");
}
