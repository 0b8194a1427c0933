//! `/api/projects/{id}/sync`

use crate::site::{Answer, Site, Visitor, id};
use backlog::api::SyncAnswer;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PATH: &str = "/api/projects/00000000000000000000000000000001/sync";

fn create(number: u128, after: Option<u128>) -> Value {
    let title = format!("Story {number}");
    json!({"create-story": {"id": id(number), "title": title, "type": "bug", "panel": "backlog", "after": after.map(id)}})
}

fn sent(mid: u128, command: Value) -> Value {
    json!({"mid": id(mid), "base": 0, "command": command})
}

async fn sync(visitor: &Visitor, body: Value) -> SyncAnswer {
    read(&visitor.post(PATH, &body).await)
}

fn read(answer: &Answer) -> SyncAnswer {
    assert_eq!(answer.status, 200, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("a sync answer")
}

fn numbers(answer: &SyncAnswer) -> Vec<u32> {
    let snapshot = answer.snapshot.as_ref().expect("a snapshot");
    snapshot.stories.iter().map(|story| story.number).collect()
}

fn fates(answer: &SyncAnswer) -> Value {
    json!(
        answer
            .outcomes
            .iter()
            .map(|outcome| json!(outcome.fate))
            .collect::<Vec<_>>()
    )
}

#[tokio::test]
async fn who_holds_nothing_gets_the_whole_project() {
    let visitor = Site::new().await.with_project(1).await;
    let answer = sync(&visitor, json!({})).await;
    assert_eq!((answer.rev, answer.changes.len(), answer.reset), (0, 0, false));
    assert_eq!(answer.snapshot.expect("a snapshot").name.as_str(), "Alpha");
}

#[tokio::test]
async fn a_command_is_carried_out_and_told_as_a_change() {
    let visitor = Site::new().await.with_project(1).await;
    let since = sync(&visitor, json!({})).await.version();
    let answer = sync(
        &visitor,
        json!({"since": since, "commands": [sent(7, create(70, None))]}),
    )
    .await;
    assert_eq!((answer.rev, answer.snapshot.is_none(), answer.reset), (1, true, false));
    assert_eq!(fates(&answer), json!([{"applied": 1}]));
    let change = &answer.changes[0];
    assert_eq!((change.rev, change.prev, change.hash), (1, since.hash, answer.hash));
    assert_eq!(json!(change.mid), json!(id(7)));
    assert_eq!(json!(change.actor), visitor.get("/api/session").await.body["actor"]);
}

#[tokio::test]
async fn a_command_sent_again_is_carried_out_once() {
    let visitor = Site::new().await.with_project(1).await;
    let commands = json!([
        sent(7, create(70, None)),
        sent(8, create(80, None)),
        sent(7, create(71, None))
    ]);
    let first = sync(&visitor, json!({"commands": commands})).await;
    assert_eq!(fates(&first), json!([{"applied": 1}, {"applied": 2}, {"applied": 1}]));
    let again = sync(&visitor, json!({"commands": commands})).await;
    assert_eq!(again, first);
}

#[tokio::test]
async fn a_mutation_id_is_its_actors_own() {
    let site = Site::new().await;
    let (mine, yours) = (site.with_project(1).await, site.visitor().await);
    sync(&mine, json!({"commands": [sent(7, create(70, None))]})).await;
    let asked = sync(&yours, json!({"ask": [id(7)]})).await;
    assert_eq!(fates(&asked), json!(["unknown"]));
    let answer = sync(&yours, json!({"commands": [sent(7, create(71, None))]})).await;
    assert_eq!(fates(&answer), json!([{"applied": 2}]));
}

#[tokio::test]
async fn a_refused_command_stays_refused_and_takes_no_revision() {
    let visitor = Site::new().await.with_project(1).await;
    let start = json!({"transition-story": {"id": id(70), "transition": "start"}});
    let refused = sync(&visitor, json!({"commands": [sent(7, start.clone())]})).await;
    assert_eq!(
        (refused.rev, fates(&refused)),
        (0, json!([{"rejected": "unknown-story"}]))
    );
    // By now the story is there, but what was refused was refused.
    let commands = json!([sent(8, create(70, None)), sent(7, start.clone()), sent(9, start)]);
    let answer = sync(&visitor, json!({"commands": commands})).await;
    assert_eq!(
        fates(&answer),
        json!([{"applied": 1}, {"rejected": "unknown-story"}, {"applied": 2}])
    );
    assert_eq!(
        fates(&sync(&visitor, json!({"ask": [id(7), id(9), id(10)]})).await),
        json!([
            {"rejected": "unknown-story"}, {"applied": 2}, "unknown",
        ])
    );
}

#[tokio::test]
async fn a_closed_transition_says_which_and_from_where() {
    let visitor = Site::new().await.with_project(1).await;
    let accept = json!({"transition-story": {"id": id(70), "transition": "accept"}});
    let answer = sync(
        &visitor,
        json!({"commands": [sent(7, create(70, None)), sent(8, accept)]}),
    )
    .await;
    let reason = json!({"closed-transition": {"transition": "accept", "state": "unstarted"}});
    assert_eq!(
        (answer.rev, fates(&answer)),
        (1, json!([{"applied": 1}, {"rejected": reason}]))
    );
}

#[tokio::test]
async fn what_is_missing_comes_in_order() {
    let visitor = Site::new().await.with_project(1).await;
    let mut versions = vec![sync(&visitor, json!({})).await.version()];
    for number in 1..=5 {
        let body = json!({"commands": [sent(number, create(number + 100, None))]});
        versions.push(sync(&visitor, body).await.version());
    }
    for (missed, since) in versions.iter().rev().enumerate() {
        let answer = sync(&visitor, json!({"since": since})).await;
        let links: Vec<_> = answer
            .changes
            .iter()
            .map(|change| (change.rev, change.prev, change.hash))
            .collect();
        let path = versions[5 - missed..].windows(2);
        let expected: Vec<_> = path.map(|pair| (pair[1].rev, pair[0].hash, pair[1].hash)).collect();
        assert_eq!(links, expected);
        assert_eq!(
            (answer.version(), answer.reset, answer.snapshot.is_none()),
            (versions[5], false, true)
        );
    }
}

#[tokio::test]
async fn an_unknown_version_is_told_to_start_over_and_its_commands_are_carried_out() {
    let visitor = Site::new().await.with_project(1).await;
    sync(&visitor, json!({"commands": [sent(1, create(101, None))]})).await;
    for (number, since) in [
        (2, format!("0.{}", id(0))),
        (3, format!("1.{}", id(0))),
        (4, format!("9.{}", id(0))),
    ] {
        let body = json!({"since": since, "commands": [sent(number, create(number + 100, None))]});
        let answer = sync(&visitor, body).await;
        assert_eq!(
            (answer.reset, answer.changes.len(), answer.snapshot.is_none()),
            (true, 0, true),
            "{since}"
        );
        assert_eq!(fates(&answer), json!([{"applied": number}]));
    }
}

#[tokio::test]
async fn who_asks_for_everything_gets_everything_with_the_fates() {
    let visitor = Site::new().await.with_project(1).await;
    let since = sync(&visitor, json!({"commands": [sent(1, create(101, None))]}))
        .await
        .version();
    let body = json!({"since": since, "full": true, "ask": [id(1), id(2)], "commands": [sent(2, create(102, None))]});
    let answer = sync(&visitor, body).await;
    assert_eq!(
        (numbers(&answer), answer.changes.len(), answer.reset),
        (vec![2, 1], 0, false)
    );
    assert_eq!(fates(&answer), json!([{"applied": 2}, {"applied": 1}]));
}

#[tokio::test]
async fn a_restart_keeps_everything() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    // More than one snapshot's worth, so that both the snapshot and the changes after it are read back.
    for batch in 0..11 {
        let commands: Vec<Value> = (0..100)
            .map(|n| batch * 100 + n)
            .map(|n| sent(n + 1, create(n + 1, (n > 0 && n % 3 == 0).then_some(n / 2 + 1))))
            .collect();
        sync(&visitor, json!({"commands": commands})).await;
    }
    let moved = json!({"move-stories": {"stories": [id(5), id(900)], "panel": "icebox", "after": null}});
    let before = sync(
        &visitor,
        json!({"commands": [sent(2_000, moved), sent(2_001, json!({"delete-stories": {"stories": [id(6)]}}))]}),
    )
    .await;
    assert_eq!(before.rev, 1_102);
    let cookie = visitor.cookie();
    let site = site.restarted().await;
    let mut visitor = site.stranger();
    visitor.header("cookie", &cookie);
    let after = sync(&visitor, json!({"ask": [id(2_000), id(2_001)]})).await;
    assert_eq!(after, before);
}

#[tokio::test]
async fn many_at_once_make_one_history() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    let since = sync(&visitor, json!({})).await.version();
    let tasks: Vec<_> = (1..=200)
        .map(|number: u128| {
            let visitor = visitor.clone();
            // Every fifth asks for what cannot be.
            let anchor = number.is_multiple_of(5).then_some(9_999);
            let body = json!({"since": since, "commands": [sent(number, create(number + 1_000, anchor))]});
            tokio::spawn(async move { sync(&visitor, body).await })
        })
        .collect();
    let mut revs = BTreeSet::new();
    for task in tasks {
        let answer = task.await.expect("an answer");
        if let Some(rev) = fates(&answer)[0]["applied"].as_u64() {
            assert!(revs.insert(rev), "two commands took revision {rev}");
        }
    }
    assert_eq!(revs, (1..=160).collect());
    let whole = sync(&visitor, json!({"since": since})).await;
    assert_eq!((whole.rev, whole.changes.len()), (160, 160));
    let mut head = since.hash;
    for change in &whole.changes {
        assert_eq!(change.prev, head);
        head = change.prev.next(change.mid, change.hand(), &change.change);
        assert_eq!(change.hash, head);
    }
    assert_eq!(whole.hash, head);
}

#[tokio::test]
async fn a_replica_follows_the_answers() {
    let visitor = Site::new().await.with_project(1).await;
    let snapshot = sync(&visitor, json!({})).await;
    let mut project = backlog::Project::read(*snapshot.snapshot.clone().expect("a snapshot"));
    assert_eq!(project.digest(), snapshot.digest);
    let commands = json!([
        sent(1, create(101, None)),
        sent(2, create(102, Some(101))),
        sent(3, create(103, None))
    ]);
    let answer = sync(&visitor, json!({"since": snapshot.version(), "commands": commands})).await;
    for change in &answer.changes {
        project.apply(&change.change, change.hand()).expect("it fits");
    }
    assert_eq!(project.digest(), answer.digest);
}

#[tokio::test]
async fn bad_bodies_are_refused_by_their_field_and_nothing_is_written() {
    let visitor = Site::new().await.with_project(1).await;
    let command = |command: Value| json!({"commands": [sent(1, command)]});
    let story = |field: &str, value: Value| {
        let mut story = create(101, None);
        story["create-story"][field] = value;
        command(story)
    };
    let edit = |edit: Value| command(json!({"edit-story": {"id": id(101), "edits": [edit]}}));
    let many: Vec<Value> = (0..101).map(|number| sent(number, create(number, None))).collect();
    let asked: Vec<String> = (0..4_001).map(id).collect();
    for (body, says) in [
        (json!({"sinse": "0"}), "unknown field `sinse`"),
        (
            json!({"since": "1"}),
            "since: a version is written as revision, dot, 32 hex digits",
        ),
        (json!({"since": 3}), "since: invalid type: integer `3`"),
        (json!({"full": "yes"}), "full: invalid type"),
        (json!({"ask": ["zz"]}), "ask[0]: an id has 32 hex digits"),
        (
            json!({"commands": [{"mid": id(1), "base": 0}]}),
            "commands[0]: missing field `command`",
        ),
        (
            json!({"commands": [{"mid": id(1), "base": -1, "command": create(1, None)}]}),
            "commands[0].base",
        ),
        (
            json!({"commands": [{"mid": id(1), "base": 0, "at": 5, "command": create(1, None)}]}),
            "unknown field `at`",
        ),
        (command(json!({"burn-story": {}})), "unknown variant `burn-story`"),
        (
            story("title", json!("x".repeat(5_001))),
            "title is too long: 5001 characters, at most 5000",
        ),
        (story("title", json!("")), "title is empty"),
        (
            story("description", json!("\u{0}")),
            "description cannot hold the character",
        ),
        (story("labels", json!(["a,b"])), "label cannot hold the character ','"),
        (story("type", json!("epic")), "unknown variant `epic`"),
        (story("state", json!("accepted")), "unknown field `state`"),
        (story("estimate", json!(-1)), "estimate"),
        (story("panel", json!("done")), "unknown variant `done`"),
        (edit(json!({"number": 5})), "unknown variant `number`"),
        (edit(json!({"title": null})), "invalid type: null"),
        (json!({"commands": many}), "commands: 101 given, at most 100"),
        (json!({"ask": asked}), "ask: 4001 given, at most 4000"),
        (json!(5), "expected struct SyncRequest"),
    ] {
        visitor.post(PATH, &body).await.is_error(400, says);
    }
    assert_eq!(sync(&visitor, json!({})).await.rev, 0);
}

#[tokio::test]
async fn as_many_fates_as_allowed_fit_into_a_body() {
    let visitor = Site::new().await.with_project(1).await;
    sync(&visitor, json!({"commands": [sent(3_999, create(101, None))]})).await;
    let asked: Vec<String> = (0..4_000).map(id).collect();
    let answer = sync(&visitor, json!({"full": true, "ask": asked})).await;
    let mut expected = vec![json!("unknown"); 4_000];
    expected[3_999] = json!({"applied": 1});
    assert_eq!(fates(&answer), json!(expected));
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let visitor = Site::new().await.with_project(1).await;
    let post = async |kind: &'static str, body: &str| visitor.send_text("POST", PATH, (kind, body.to_owned())).await;
    post("application/json", "{\"full\":")
        .await
        .is_error(400, "EOF while parsing");
    post("application/json", "").await.is_error(400, "EOF while parsing");
    post("application/json", "{} {}")
        .await
        .is_error(400, "trailing characters");
    post("text/plain", "{}").await.is_error(415, "Content-Type");
    post("", "{}").await.is_error(415, "Content-Type");
    let large = format!("{{\"since\":\"{}\"}}", "0".repeat(256 * 1024));
    post("application/json", &large)
        .await
        .is_error(413, "at most 262144 bytes");
}

#[tokio::test]
async fn foreign_ids_are_not_found() {
    let site = Site::new().await;
    let visitor = site.with_project(1).await;
    let elsewhere = |project: u128| format!("/api/projects/{}/sync", id(project));
    visitor
        .post(&elsewhere(2), &json!({}))
        .await
        .is_error(404, "there is no such project");
    let body = json!({"commands": [sent(1, create(101, None))]});
    visitor
        .post(&elsewhere(2), &body)
        .await
        .is_error(404, "there is no such project");
    visitor
        .post("/api/projects/1/sync", &json!({}))
        .await
        .is_error(400, "project id: an id has 32 hex digits");
    visitor
        .post("/api/projects/%ff/sync", &json!({}))
        .await
        .is_error(404, "there is no such project");
    // A story of one project is unknown in the other, as a story and as an anchor.
    visitor
        .post("/api/projects", &json!({"id": id(2), "name": "Beta"}))
        .await;
    sync(&visitor, body).await;
    let commands = json!([
        sent(5, json!({"delete-stories": {"stories": [id(101)]}})),
        sent(6, create(102, Some(101))),
    ]);
    let answer = read(&visitor.post(&elsewhere(2), &json!({"commands": commands})).await);
    assert_eq!(
        fates(&answer),
        json!([{"rejected": "unknown-story"}, {"rejected": "unknown-anchor"}])
    );
}

#[tokio::test]
async fn a_wrong_socket_id_is_refused_by_its_header() {
    let mut visitor = Site::new().await.with_project(1).await;
    for wrong in ["", "1", "1.", ".1", "1.2.3", "a.b", "1.2 ", "-1.2", "\u{661}.2"] {
        visitor.header("x-socket-id", wrong);
        visitor.post(PATH, &json!({})).await.is_error(400, "X-Socket-ID: ");
    }
    visitor.header("x-socket-id", "123.456");
    sync(&visitor, json!({})).await;
}

#[tokio::test]
async fn sync_needs_a_session() {
    let site = Site::new().await;
    site.with_project(1).await;
    site.stranger()
        .post(PATH, &json!({}))
        .await
        .is_error(401, "no session: GET /api/welcome says how to come in");
}

#[tokio::test]
async fn commands_of_someone_else_are_not_taken_for_the_visitors() {
    let site = Site::new().await;
    let (ann, ben) = (site.with_project(1).await, site.visitor().await);
    let bens = ben.get("/api/session").await.body["actor"]["id"].clone();
    let request = json!({"by": bens, "commands": [sent(7, create(70, None))]});
    let refused = ann.post(PATH, &request).await;
    refused.is_error(401, "by: the session is of someone else: GET /api/session");
    assert_eq!(sync(&ann, json!({})).await.rev, 0);
    assert_eq!(sync(&ben, request).await.rev, 1);
}
