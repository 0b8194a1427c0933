//! `/api/openapi.json` and `/api/docs`

use crate::site::Site;
use serde_json::Value;
use std::collections::BTreeSet;
use truestory_server::routes::{openapi, table};

#[test]
fn every_route_is_described() {
    let missing = openapi::undescribed();
    assert!(
        missing.is_empty(),
        "add a line to `entries` in routes/openapi/entries.rs for {missing:?}: what it is for, takes and answers"
    );
}

/// Every `$ref` of the document leads somewhere.
fn look_through(document: &Value, value: &Value, found: &mut usize) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(place)) = fields.get("$ref") {
                let pointer = place.strip_prefix('#').expect("a place in the document");
                assert!(document.pointer(pointer).is_some(), "{place} is not there");
                *found += 1;
            }
            fields.values().for_each(|value| look_through(document, value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| look_through(document, value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_description_holds_together() {
    let answer = Site::new().await.stranger().get("/api/openapi.json").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json")
    );
    let document = &answer.body;
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = 0;
    look_through(document, document, &mut found);
    assert!(found > 200, "{found}");
    let mut ids = BTreeSet::new();
    for route in table() {
        let operation = &document["paths"][route.path][route.method.to_lowercase()];
        let id = operation["operationId"].as_str().expect("a name");
        assert!(ids.insert(id.to_owned()), "{id} twice");
        assert!(
            operation["responses"].as_object().is_some_and(|all| all.len() > 1),
            "{id}"
        );
    }
    // Limits are part of it, and what nobody knows is refused.
    let schemas = &document["components"]["x-bodies"];
    assert_eq!(schemas["Name"]["maxLength"], 100);
    assert_eq!(schemas["Password"]["minLength"], 8);
    assert_eq!(schemas["Bits128"]["pattern"], "^[0-9a-f]{32}$");
    assert_eq!(schemas["SyncRequest"]["additionalProperties"], false);
}

#[tokio::test]
async fn the_page_for_people_needs_nothing_else() {
    let answer = Site::new().await.stranger().get("/api/docs").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    for route in table() {
        assert!(
            answer
                .text
                .contains(&format!("<code>{} {}</code>", route.method, route.path)),
            "{}",
            route.path
        );
    }
    for foreign in [
        "<script",
        "<link",
        "<img",
        "<style",
        "<iframe",
        " src=",
        "href=\"http",
        " onclick",
    ] {
        assert!(!answer.text.contains(foreign), "{foreign}");
    }
}
