//! What belongs to others, named in a path, in a body, as an anchor: it is not found, nothing is told of it, and nothing happens to it.

use super::cast::{Verdict, Who, verdict};
use super::database::fresh;
use super::samples::{self, BOUNDARY, samples};
use super::words::{HERE, THERE};
use super::world::{ELSEWHERE, FIRST, OTHERS, OWN, OWNER, SECOND, World};
use super::{sample, says_nothing_of};
use crate::site::{Answer, Visitor};
use serde_json::{Value, json};
use truestory_server::routes::{Route, Rule, table};

/// The names of the places in a path.
fn places(route: &Route) -> Vec<&'static str> {
    let named = |part: &'static str| part.strip_prefix('{')?.strip_suffix('}');
    route.path.split('/').filter_map(named).collect()
}

/// A path with another's thing in the last of its places, and a project in the first.
async fn foreign_path(world: &World, route: &Route, (project, owner): (&str, (&str, &str))) -> Option<String> {
    let name = *places(route).last()?;
    let thing = world.thing(name, owner).await?;
    let path = route.path.replace(&format!("{{{name}}}"), &thing);
    Some(path.replace("{project}", project))
}

/// What another has is not found by who may everything in their own project, and in their own account.
#[tokio::test]
async fn things_of_others_in_a_path() {
    let (world, samples) = (World::new().await, samples());
    // Whose path, whose thing, and the word that stands in it.
    for (who, project, theirs, word) in [
        (Who::Owner, FIRST, (SECOND, ELSEWHERE), THERE),
        (Who::WriteToken, FIRST, (SECOND, ELSEWHERE), THERE),
        (Who::Member, FIRST, (SECOND, ELSEWHERE), THERE),
        (Who::OwnerElsewhere, SECOND, (FIRST, OWNER), HERE),
    ] {
        for route in &table() {
            let (sample, at) = (
                sample(&samples, route),
                format!("{who:?} at {} {}", route.method, route.path),
            );
            // Who sees to all accounts may name any of them; what that project is to others, the matrix asks.
            if route.rule == Rule::Administrator || places(route).last().is_none_or(|last| *last == "project") {
                continue;
            }
            let path = foreign_path(&world, route, (project, theirs))
                .await
                .expect("a thing for every place");
            let visitor = world.comes(who).await;
            let before = world.database.kept().await;
            let answer = sample.send(&world, &visitor, &path).await;
            assert!(
                matches!(answer.status, 401 | 403 | 404),
                "{at}: {} {}",
                answer.status,
                answer.text
            );
            let as_who = if who == Who::OwnerElsewhere { Who::Owner } else { who };
            let let_in = verdict(as_who, route.rule) == Verdict::In && sample.but(as_who).is_none();
            assert_eq!(answer.status == 404, let_in, "{at}: {} {}", answer.status, answer.text);
            says_nothing_of(&answer, &[word], &at);
            assert_eq!(world.database.kept().await, before, "{at} changed something");
        }
    }
}

/// Spellings that are no identity, or another one than they look.
const SPELLINGS: [&str; 14] = [
    "0",
    "-1",
    "0000000000000000000000000000000B",
    "00000000000000000000000000000001%20",
    "00000000000000000000000000000001%00",
    "00000000000000000000000000000001%0a",
    "00000000000000000000000000000001%2f",
    "000000000000000000000000000000001",
    "00000000-0000-0000-0000-000000000001",
    "%2e%2e",
    "%252e%252e%252fhealthz",
    "*",
    "%27%20OR%201=1--",
    "%ff%fe",
];

/// An identity has one spelling; everything else is refused, and never a failure of the server.
#[tokio::test]
async fn odd_spellings_in_a_path() {
    let (world, samples) = (World::new().await, samples());
    let before = world.database.kept().await;
    for route in &table() {
        let sample = sample(&samples, route);
        for name in places(route) {
            for spelling in SPELLINGS {
                let visitor = world.comes(Who::Owner).await;
                let odd = route.path.replace(&format!("{{{name}}}"), spelling);
                let path = samples::path(&world, &odd, (FIRST, Who::Owner)).await;
                let answer = sample.send(&world, &visitor, &path).await;
                assert!(
                    (400..500).contains(&answer.status),
                    "{path}: {} {}",
                    answer.status,
                    answer.text
                );
            }
        }
        // Neither another case nor a slash more leads to the same place.
        let path = samples::path(&world, route.path, (FIRST, Who::Owner)).await;
        for path in [path.to_uppercase(), format!("{path}/"), path.replacen('/', "//", 1)] {
            let answer = world.comes(Who::Nobody).await.send(route.method, &path, None).await;
            assert!(
                matches!(answer.status, 400 | 403 | 404 | 405 | 415),
                "{path}: {} {}",
                answer.status,
                answer.text
            );
        }
    }
    let after = world.database.kept().await;
    for table in ["projects", "changes", "rejections"] {
        assert_eq!(after[table], before[table], "{table}");
    }
}

/// Everything that a command can name, named as it stands in the other project.
fn foreign_commands() -> Vec<Value> {
    let (own, theirs) = (OWN.story(), OTHERS.story());
    let edit = |edits: Value| json!({"edit-story": {"id": OWN.story(), "edits": [edits]}});
    let story = |id: String, after: Value| json!({"create-story": {"id": id, "title": "A story", "type": "bug", "panel": "icebox", "after": after}});
    vec![
        json!({"edit-story": {"id": theirs, "edits": [{"title": "Mine now"}]}}),
        json!({"edit-stories": {"stories": [{"id": own, "edits": []}, {"id": theirs, "edits": [{"title": "Mine now"}]}]}}),
        json!({"transition-story": {"id": theirs, "transition": "start"}}),
        json!({"transition-stories": {"stories": [own, theirs], "transition": "start"}}),
        json!({"move-stories": {"stories": [theirs], "panel": "icebox", "after": null}}),
        json!({"move-stories": {"stories": [own], "panel": "icebox", "after": theirs}}),
        json!({"delete-stories": {"stories": [theirs]}}),
        json!({"restore-stories": {"stories": [OTHERS.deleted()]}}),
        json!({"return-stories": {"stories": [{"id": theirs, "seen": "unscheduled", "state": "unscheduled", "panel": "icebox"}]}}),
        json!({"return-stories": {"stories": [{"id": own, "seen": "unscheduled", "state": "unscheduled", "panel": "icebox", "after": theirs}]}}),
        story(fresh(), json!(theirs)),
        // An identity is its project's: the same one elsewhere is another story.
        story(theirs.clone(), json!(null)),
        json!({"move-epic": {"id": OTHERS.epic(), "after": null}}),
        json!({"move-epic": {"id": OWN.epic(), "after": OTHERS.epic()}}),
        json!({"remove-epic": {"id": OTHERS.epic()}}),
        json!({"put-epic": {"id": OTHERS.epic(), "words": {"name": "Mine", "label": "mine"}}}),
        json!({"remove-search": {"id": OTHERS.search()}}),
        json!({"save-search": {"id": OTHERS.search(), "name": "Mine", "query": "mine"}}),
        json!({"delete-import": {"id": fresh()}}),
        edit(json!({"comment-reworded": {"id": OTHERS.comment(), "text": "Mine now"}})),
        edit(json!({"comment-removed": OTHERS.comment()})),
        edit(json!({"task-reworded": {"id": OTHERS.task(), "text": "Mine now"}})),
        edit(json!({"task-moved": {"id": OWN.task(), "after": OTHERS.task()}})),
        edit(json!({"task-added": {"task": {"id": fresh(), "text": "A task"}, "after": OTHERS.task()}})),
        edit(json!({"blocker-put": {"id": fresh(), "what": {"story": theirs}}})),
        edit(json!({"owner-added": ELSEWHERE})),
        edit(json!({"follower-added": ELSEWHERE})),
        edit(json!({"requester": ELSEWHERE})),
        edit(json!({"review-put": {"id": fresh(), "kind": "Code", "reviewer": ELSEWHERE, "verdict": "pass"}})),
        json!({"join": {"role": "owner"}}),
        json!({"leave": {"id": ELSEWHERE}}),
    ]
}

async fn sync(visitor: &Visitor, body: Value) -> Answer {
    visitor.post(&format!("/api/projects/{FIRST}/sync"), &body).await
}

/// The other project, as its owner is told of it.
async fn theirs(world: &World) -> String {
    let owner = world.comes(Who::OwnerElsewhere).await;
    let path = format!("/api/projects/{SECOND}/sync");
    owner.post(&path, &json!({"full": true})).await.text
}

#[tokio::test]
async fn things_of_others_in_a_command() {
    let world = World::new().await;
    let before = theirs(&world).await;
    assert!(before.contains(THERE));
    for command in foreign_commands() {
        let visitor = world.comes(Who::Owner).await;
        let sent = json!([{"mid": fresh(), "base": 0, "command": command}]);
        let answer = sync(&visitor, json!({"commands": sent, "full": true})).await;
        assert_eq!(answer.status, 200, "{command}: {}", answer.text);
        says_nothing_of(&answer, &[THERE], &command.to_string());
    }
    assert_eq!(theirs(&world).await, before);
}

/// A mutation is its author's: nobody else is told what became of it, and nobody else's stands in its way.
#[tokio::test]
async fn mutations_and_versions_of_others() {
    let world = World::new().await;
    let member = world.comes(Who::Member).await;
    let asked = json!([OWN.mid(), OTHERS.mid()]);
    let unknown = json!([{"mid": OWN.mid(), "fate": "unknown"}, {"mid": OTHERS.mid(), "fate": "unknown"}]);
    let answer = sync(&member, json!({"ask": asked})).await;
    assert_eq!((answer.status, &answer.body["outcomes"]), (200, &unknown));
    let command = json!({"edit-story": {"id": OWN.story(), "edits": [{"label-added": "seen"}]}});
    let answer = sync(
        &member,
        json!({"commands": [{"mid": OWN.mid(), "base": 0, "command": command}]}),
    )
    .await;
    assert!(
        answer.body["outcomes"][0]["fate"]["applied"].as_u64() > Some(1),
        "{}",
        answer.text
    );

    let owner = world.comes(Who::OwnerElsewhere).await;
    let head = owner
        .post(&format!("/api/projects/{SECOND}/sync"), &json!({}))
        .await
        .body;
    let since = format!("{}.{}", head["rev"], head["hash"].as_str().expect("a hash"));
    let answer = sync(&member, json!({"since": since})).await;
    assert_eq!(
        (answer.status, &answer.body["reset"]),
        (200, &json!(true)),
        "{}",
        answer.text
    );
    says_nothing_of(&answer, &[THERE], "a version of another project");
    let path = format!("/api/projects/{FIRST}/changes?since={since}");
    says_nothing_of(&member.get(&path).await, &[THERE], &path);
    sync(&member, json!({"by": ELSEWHERE}))
        .await
        .is_error(401, "by: the session is of someone else");
}

/// People of another project are no people here, however a file calls them.
#[tokio::test]
async fn people_of_others_in_an_import() {
    let world = World::new().await;
    let before = theirs(&world).await;
    let member = world.comes(Who::Member).await;
    let request = json!({"id": fresh(), "mid": fresh(), "base": 0, "people": [{"name": "Grace", "member": ELSEWHERE}]});
    let form = samples::form(&request.to_string(), "Title,Requested By\nA ride,Grace\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let answer = member
        .send_text("POST", &format!("/api/projects/{FIRST}/import"), (&kind, form))
        .await;
    answer.is_error(400, "");
    let request = json!({"id": fresh(), "mid": fresh(), "base": 0, "by": ELSEWHERE});
    let form = samples::form(&request.to_string(), "Title\nA ride\n");
    let answer = member
        .send_text("POST", &format!("/api/projects/{FIRST}/import"), (&kind, form))
        .await;
    answer.is_error(401, "by: ");
    assert_eq!(theirs(&world).await, before);
}

/// Bodies of other routes that name what is another's.
#[tokio::test]
async fn things_of_others_in_a_body() {
    let world = World::new().await;
    for (method, path, body) in [
        (
            "POST",
            "/api/projects".to_owned(),
            json!({"id": SECOND, "name": "Mine now"}),
        ),
        (
            "POST",
            "/api/tokens".to_owned(),
            json!({"name": "Mine", "reach": "read", "projects": [SECOND]}),
        ),
        (
            "POST",
            "/api/tokens".to_owned(),
            json!({"name": "Mine", "reach": "read", "projects": [FIRST, SECOND]}),
        ),
        (
            "PUT",
            format!("/api/projects/{FIRST}/members/{ELSEWHERE}"),
            json!({"role": "viewer"}),
        ),
        (
            "DELETE",
            format!("/api/projects/{FIRST}/members/{ELSEWHERE}"),
            json!({}),
        ),
    ] {
        let owner = world.comes(Who::Owner).await;
        let before = world.database.kept().await;
        let answer = owner.send(method, &path, Some(&body)).await;
        assert!(
            matches!(answer.status, 400 | 403 | 404),
            "{method} {path}: {} {}",
            answer.status,
            answer.text
        );
        says_nothing_of(&answer, &[THERE], &path);
        assert_eq!(world.database.kept().await, before, "{method} {path}");
    }
}
