//! Every command, from everyone who is in a project, about a story of their own and about another's, through the route. What is expected was written by
//! hand, and is asked of the rule that page and server share as well.

use super::cast::Who;
use super::database::{actor, fresh};
use super::world::{FIRST, MEMBER, OWN, OWNER, World};
use crate::site::Visitor;
use backlog::api::{Fate, SyncAnswer};
use backlog::{Command, Project, Rejection, Role, access};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a command is about: a story that was made for it.
struct About {
    story: String,
    me: String,
}

/// A command; the steps by which its story got where it is; who may give it about their own story, and about another's: `v`iewer,
/// `c`lient, `m`ember, `o`wner.
type Line = (fn(&About) -> Value, &'static [&'static str], &'static str, &'static str);

const ICEBOX: &[&str] = &[];
const UNSTARTED: &[&str] = &["plan"];
const STARTED: &[&str] = &["plan", "start"];
const FINISHED: &[&str] = &["plan", "start", "finish"];
const DELIVERED: &[&str] = &["plan", "start", "finish", "deliver"];
const REJECTED: &[&str] = &["plan", "start", "finish", "deliver", "reject"];

fn edit(about: &About, edit: Value) -> Value {
    json!({"edit-story": {"id": about.story, "edits": [edit]}})
}

fn step(about: &About, transition: &str) -> Value {
    json!({"transition-story": {"id": about.story, "transition": transition}})
}

fn new(panel: &str, estimate: Value) -> Value {
    json!({"create-story": {"id": fresh(), "title": "New", "type": "feature", "panel": panel, "estimate": estimate}})
}

#[rustfmt::skip]
const LINES: &[Line] = &[
    (|_| new("icebox", json!(null)), ICEBOX, "cmo", "cmo"),
    (|_| new("icebox", json!(1)), ICEBOX, "mo", "mo"),
    (|_| new("backlog", json!(null)), ICEBOX, "mo", "mo"),
    (|about| edit(about, json!({"title": "Other"})), ICEBOX, "cmo", "mo"),
    (|about| edit(about, json!({"title": "Other"})), UNSTARTED, "cmo", "mo"),
    (|about| edit(about, json!({"title": "Other"})), STARTED, "mo", "mo"),
    (|about| edit(about, json!({"description": "Other"})), ICEBOX, "cmo", "mo"),
    (|about| edit(about, json!({"label-added": "other"})), ICEBOX, "cmo", "mo"),
    (|about| edit(about, json!({"task-added": {"task": {"id": fresh(), "text": "Other"}}})), ICEBOX, "cmo", "mo"),
    (|about| edit(about, json!({"estimate": 2})), ICEBOX, "mo", "mo"),
    (|about| edit(about, json!({"requester": null})), ICEBOX, "mo", "mo"),
    (|about| edit(about, json!({"owner-added": about.me})), ICEBOX, "mo", "mo"),
    (|about| edit(about, json!({"follower-added": about.me})), STARTED, "cmo", "cmo"),
    (|about| edit(about, json!({"follower-added": OWNER})), ICEBOX, "mo", "mo"),
    (|about| edit(about, json!({"comment-added": {"id": fresh(), "text": "Said"}})), STARTED, "cmo", "cmo"),
    (|about| edit(about, json!({"blocker-put": {"id": fresh(), "what": {"text": "Rain"}}})), ICEBOX, "mo", "mo"),
    (|about| edit(about, json!({"review-put": {"id": fresh(), "kind": "Code", "verdict": "pass"}})), STARTED, "mo", "mo"),
    (|about| json!({"edit-stories": {"stories": [{"id": about.story, "edits": [{"priority": "p1"}]}]}}), ICEBOX, "cmo", "mo"),
    (|about| json!({"edit-stories": {"stories": [{"id": OWN.story(), "edits": []}, {"id": about.story, "edits": [{"current": true}]}]}}), ICEBOX, "mo", "mo"),
    (|about| step(about, "start"), UNSTARTED, "mo", "mo"),
    (|about| step(about, "finish"), STARTED, "mo", "mo"),
    (|about| step(about, "deliver"), FINISHED, "mo", "mo"),
    (|about| step(about, "accept"), DELIVERED, "cmo", "cmo"),
    (|about| step(about, "reject"), DELIVERED, "cmo", "cmo"),
    (|about| step(about, "restart"), REJECTED, "mo", "mo"),
    (|about| json!({"transition-stories": {"stories": [about.story], "transition": "accept"}}), DELIVERED, "cmo", "cmo"),
    (|about| json!({"transition-stories": {"stories": [about.story], "transition": "start"}}), UNSTARTED, "mo", "mo"),
    (|about| json!({"move-stories": {"stories": [about.story], "panel": "icebox", "after": null}}), ICEBOX, "mo", "mo"),
    (|about| json!({"delete-stories": {"stories": [about.story]}}), ICEBOX, "cmo", "mo"),
    (|about| json!({"delete-stories": {"stories": [about.story]}}), UNSTARTED, "mo", "mo"),
    (|about| json!({"restore-stories": {"stories": [about.story]}}), &["delete"], "cmo", "mo"),
    (|about| json!({"return-stories": {"stories": [{"id": about.story, "seen": "started", "state": "unstarted", "panel": "backlog"}]}}), STARTED, "mo", "mo"),
    (|_| json!({"rename-project": {"name": "Other"}}), ICEBOX, "o", "o"),
    (|_| json!({"edit-settings": {"edits": [{"iteration-weeks": 2}]}}), ICEBOX, "o", "o"),
    (|_| json!({"edit-settings": {"edits": [{"strength": {"iteration": 5, "strength": 50}}]}}), ICEBOX, "mo", "mo"),
    (|_| json!({"put-epic": {"id": fresh(), "words": {"name": "New", "label": fresh()}}}), ICEBOX, "mo", "mo"),
    (|_| json!({"move-epic": {"id": OWN.epic(), "after": null}}), ICEBOX, "mo", "mo"),
    (|_| json!({"remove-epic": {"id": fresh()}}), ICEBOX, "mo", "mo"),
    (|_| json!({"save-search": {"id": fresh(), "name": fresh(), "query": "mine"}}), ICEBOX, "mo", "mo"),
    (|_| json!({"remove-search": {"id": fresh()}}), ICEBOX, "mo", "mo"),
    (|_| json!({"import-stories": {"id": fresh(), "stories": []}}), ICEBOX, "mo", "mo"),
    (|_| json!({"delete-import": {"id": fresh()}}), ICEBOX, "mo", "mo"),
    (|_| json!({"restore-import": {"id": fresh()}}), ICEBOX, "mo", "mo"),
    (|_| json!({"join": {"role": "owner"}}), ICEBOX, "", ""),
    (|about| json!({"leave": {"id": about.me}}), ICEBOX, "", ""),
    (|_| json!({"leave": {"id": OWNER}}), ICEBOX, "", ""),
];

/// The words of all commands on the wire; one that has no line below fails the test.
const COMMANDS: [&str; 21] = [
    "create-story",
    "edit-story",
    "edit-stories",
    "transition-story",
    "transition-stories",
    "move-stories",
    "delete-stories",
    "restore-stories",
    "return-stories",
    "rename-project",
    "edit-settings",
    "put-epic",
    "move-epic",
    "remove-epic",
    "save-search",
    "remove-search",
    "import-stories",
    "delete-import",
    "restore-import",
    "join",
    "leave",
];

async fn carry_out(visitor: &Visitor, commands: &[Value]) -> SyncAnswer {
    let sent: Vec<Value> = commands
        .iter()
        .map(|one| json!({"mid": fresh(), "base": 0, "command": one}))
        .collect();
    let path = format!("/api/projects/{FIRST}/sync");
    let answer = visitor.post(&path, &json!({"commands": sent, "full": true})).await;
    assert_eq!(answer.status, 200, "{commands:?}: {}", answer.text);
    serde_json::from_str(&answer.text).expect("a sync answer")
}

/// A story that `of` asked for, where the steps lead; and the project with it.
async fn story(owner: &Visitor, of: &str, steps: &[&str]) -> (About, Project) {
    let about = About {
        story: fresh(),
        me: of.to_owned(),
    };
    let panel = if steps.first() == Some(&"plan") {
        "backlog"
    } else {
        "icebox"
    };
    let mut commands = vec![
        json!({"create-story": {"id": about.story, "title": "A story", "type": "feature", "panel": panel, "estimate": 1}}),
        edit(&about, json!({"requester": of})),
    ];
    commands.extend(steps.iter().filter_map(|one| match *one {
        "plan" => None,
        "delete" => Some(json!({"delete-stories": {"stories": [about.story]}})),
        transition => Some(step(&about, transition)),
    }));
    let answer = carry_out(owner, &commands).await;
    let refused = answer.outcomes.iter().find(|one| !matches!(one.fate, Fate::Applied(_)));
    assert_eq!(refused, None);
    (about, Project::read(*answer.snapshot.expect("everything")))
}

/// Who gives commands, as what, and their letter.
const GIVERS: [(Who, Role, &str); 7] = [
    (Who::Viewer, Role::Viewer, "v"),
    (Who::Guest, Role::Viewer, "v"),
    (Who::ReadToken, Role::Viewer, "v"),
    (Who::Client, Role::Client, "c"),
    (Who::Member, Role::Member, "m"),
    (Who::Owner, Role::Owner, "o"),
    (Who::WriteToken, Role::Owner, "o"),
];

#[tokio::test]
async fn every_command_of_everyone() {
    let mut said = BTreeSet::new();
    // Few lines share a project, so that it stays small.
    for lines in LINES.chunks(2) {
        let world = World::new().await;
        for line in lines {
            for giver in GIVERS {
                said.insert(given(&world, line, giver).await);
            }
        }
    }
    assert_eq!(
        said,
        COMMANDS.map(str::to_owned).into(),
        "each command has a line in `LINES`"
    );
}

/// Someone gives a command about their own story and about another's; answers the word for it.
async fn given(world: &World, (command, steps, own, others): &Line, (who, role, letter): (Who, Role, &str)) -> String {
    let owner = world.comes(Who::Owner).await;
    let me = World::actor(who).map_or_else(fresh, str::to_owned);
    // Who only looks on has asked for nothing.
    let asker = if letter == "v" { OWNER } else { &me };
    let another = if asker == OWNER { MEMBER } else { OWNER };
    let mut word = String::new();
    for (requester, expected) in [(asker, own), (another, others)] {
        let (about, project) = story(&owner, requester, steps).await;
        let command = command(&About {
            me: me.clone(),
            ..about
        });
        let (at, expected) = (format!("{who:?}: {command}"), expected.contains(letter));
        let typed: Command = serde_json::from_value(command.clone()).expect("a command");
        let ruled = access::may(role, &typed, &project, actor(&me));
        assert_eq!(ruled.is_ok(), expected, "the rule, for {at}");
        word = command
            .as_object()
            .and_then(|one| one.keys().next())
            .expect("a word")
            .clone();
        let answer = carry_out(&world.comes(who).await, &[command]).await;
        let refused = answer.outcomes[0].fate == Fate::Rejected(Rejection::NotAllowed);
        assert_eq!(!refused, expected, "the route, for {at}: {:?}", answer.outcomes);
        assert_eq!(answer.role, role, "{at}");
    }
    word
}
