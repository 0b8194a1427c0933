//! Bodies that are not what a route takes: of another kind, too large, too many, too long, with fields that nobody knows; and methods that a path does
//! not take.

use super::cast::Who;
use super::database::fresh;
use super::sample;
use super::samples::{self, Kind, samples};
use super::world::{FIRST, OWN, World};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use truestory_server::routes::table;

/// What forms of other sites' pages can send, and what no route takes.
const KINDS: [&str; 7] = [
    "",
    "text/plain",
    "text/plain;application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonx",
    "text/json",
];

#[tokio::test]
async fn json_says_that_it_is_json() {
    let (world, samples) = (World::new().await, samples());
    let owner = world.comes(Who::Owner).await;
    for route in &table() {
        let sample = sample(&samples, route);
        let path = samples::path(&world, route.path, (FIRST, Who::Owner)).await;
        for kind in KINDS {
            // A session of the owner's is worth a refusal only where the owner is let in.
            let administrator = world.comes(Who::Administrator).await;
            let visitor = if route.path.starts_with("/api/accounts") {
                &administrator
            } else {
                &owner
            };
            let takes = match sample.kind() {
                Kind::Nothing | Kind::File => continue,
                Kind::Json => "application/json",
                Kind::Form => "application/x-www-form-urlencoded",
                Kind::Parts => "multipart/form-data",
            };
            if kind.starts_with(takes) {
                continue;
            }
            let answer = visitor.send_text(route.method, &path, (kind, "{}")).await;
            assert_eq!(answer.status, 415, "{kind:?} at {}: {}", sample.route, answer.text);
        }
    }
}

#[tokio::test]
async fn a_path_takes_its_methods_and_no_others() {
    let world = World::new().await;
    let mut paths: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for route in &table() {
        paths.entry(route.path).or_default().insert(route.method);
    }
    for (path, taken) in paths {
        let owner = world.comes(Who::Owner).await;
        let path = samples::path(&world, path, (FIRST, Who::Owner)).await;
        for method in [
            "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FROB",
        ] {
            if !taken.contains(method) {
                let answer = owner.send(method, &path, None).await;
                answer.is_error(405, "this path does not take that method");
            }
        }
        // A head says what the body would, and asks for as much.
        let answer = world.comes(Who::Nobody).await.send("HEAD", &path, None).await;
        assert!(answer.text.is_empty(), "HEAD {path}: {}", answer.text);
    }
}

/// Whoever sends more than there may be is told so, and nothing of it is kept.
#[tokio::test]
async fn limits_are_told() {
    let (world, samples) = (World::new().await, samples());
    let before = world.database.kept().await;
    let large = format!("{{\"x\": \"{}\"}}", "x".repeat(256 * 1024));
    for route in &table() {
        let sample = sample(&samples, route);
        if sample.kind() != Kind::Json || route.path.starts_with("/api/accounts") {
            continue;
        }
        let owner = world.comes(Who::Owner).await;
        let path = samples::path(&world, route.path, (FIRST, Who::Owner)).await;
        let answer = owner
            .send_text(route.method, &path, ("application/json", large.clone()))
            .await;
        answer.is_error(413, "the body is too large: at most 262144 bytes");
        let answer = owner
            .send_text(route.method, &path, ("application/json", "[".repeat(100_000)))
            .await;
        assert!(
            matches!(answer.status, 400 | 403),
            "{}: {} {}",
            sample.route,
            answer.status,
            answer.text
        );
    }
    let mut after = world.database.kept().await;
    let mut before = before;
    // Whoever comes begins a session, and each path has things of its own.
    for table in [
        "sessions",
        "actors",
        "accounts",
        "memberships",
        "invitations",
        "shares",
        "webhooks",
        "api_tokens",
        "api_token_projects",
    ] {
        after.remove(table);
        before.remove(table);
    }
    assert_eq!(after, before);
}

/// The same of what stands in a body that is not too large itself.
#[tokio::test]
async fn limits_of_single_things_are_told() {
    let world = World::new().await;
    let owner = world.comes(Who::Owner).await;
    let before = world.database.kept().await;
    let rename = json!({"rename-project": {"name": "Other"}});
    let many: Vec<Value> = (0..101)
        .map(|_| json!({"mid": fresh(), "base": 0, "command": rename}))
        .collect();
    let asked: Vec<String> = (0..4_001).map(|_| fresh()).collect();
    let text = "x".repeat(64 * 1024 + 1);
    let edit = |edit: Value| json!({"edit-story": {"id": OWN.story(), "edits": [edit]}});
    let sent = |command: Value| json!({"commands": [{"mid": fresh(), "base": 0, "command": command}]});
    for (body, says) in [
        (json!({"commands": many}), "commands: 101 given, at most 100"),
        (json!({"ask": asked}), "ask: 4001 given, at most 4000"),
        (sent(edit(json!({"description": text}))), "description"),
        (sent(edit(json!({"title": text}))), "title"),
        (sent(edit(json!({"label-added": text}))), "label"),
        (
            sent(edit(json!({"comment-added": {"id": fresh(), "text": text}}))),
            "text",
        ),
        (
            sent(edit(json!({"task-added": {"task": {"id": fresh(), "text": text}}}))),
            "text",
        ),
        (sent(json!({"rename-project": {"name": text}})), "name"),
    ] {
        owner
            .post(&format!("/api/projects/{FIRST}/sync"), &body)
            .await
            .is_error(400, says);
    }
    assert_eq!(world.database.kept().await, before);
}

/// A field that nobody knows is an error and not a silence: so nobody is taken for someone else by what a body says.
#[tokio::test]
async fn fields_that_nobody_knows_are_refused() {
    let (world, samples) = (World::new().await, samples());
    for route in &table() {
        let sample = sample(&samples, route);
        let Some(Value::Object(fields)) = sample.json(&world).await else {
            continue;
        };
        for (name, value) in [
            ("actor", json!(fresh())),
            ("role", json!("owner")),
            ("rev", json!(1)),
            ("administrator", json!(true)),
            ("__proto__", json!({})),
        ] {
            if fields.contains_key(name) || fields.is_empty() {
                continue;
            }
            let mut fields = fields.clone();
            fields.insert(name.to_owned(), value);
            let who = if route.path.starts_with("/api/accounts") {
                Who::Administrator
            } else {
                Who::Owner
            };
            let visitor = world.comes(who).await;
            let path = samples::path(&world, route.path, (FIRST, who)).await;
            let answer = visitor.send(route.method, &path, Some(&Value::Object(fields))).await;
            answer.is_error(400, &format!("unknown field `{name}`"));
        }
    }
}
