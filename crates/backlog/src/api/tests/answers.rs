//! What the server answers: changes, outcomes, snapshots, sessions.

use super::{ada, check, digest, hash, mid, reads, recorded, story_id, title};
use crate::api::{
    ErrorAnswer, Fate, Outcome, ProjectList, ProjectSummary, Session, SessionKind, StoryHistory, SyncAnswer,
};
use crate::id::Bits128;
use crate::{
    Change, Day, Description, Edit, Epoch, Estimate, Label, Millis, Name, Panel, PointScale, ProjectId, Recorded,
    Rejection, Returned, Role, Settings, Snapshot, State, Story, StoryType,
};
use std::sync::Arc;

fn story() -> Story {
    Story {
        story_type: StoryType::Feature,
        state: State::Accepted,
        estimate: Some(Estimate(2)),
        description: Description::new("Why").unwrap(),
        conflicts: vec![Description::new("Why not").unwrap()],
        labels: [Label::new("web").unwrap()].into(),
        accepted_at: Some(Millis(1_650_000_000_000)),
        deleted: true,
        ..bare_story()
    }
}

fn bare_story() -> Story {
    let life = (StoryType::Chore, State::Unscheduled);
    Story {
        number: 7,
        ..Story::new(story_id(0xa1), title("Pay by card"), life, Millis(1_600_000_000_000))
    }
}

const BARE_STORY: &str = r#"{
    "id":"000000000000000000000000000000a1",
    "number":7,
    "title":"Pay by card",
    "type":"chore",
    "state":"unscheduled",
    "created_at":1600000000000
}"#;

#[test]
fn stories() {
    check(
        &story(),
        r#"{
            "id":"000000000000000000000000000000a1",
            "number":7,
            "title":"Pay by card",
            "type":"feature",
            "state":"accepted",
            "estimate":2,
            "description":"Why",
            "conflicts":["Why not"],
            "labels":["web"],
            "created_at":1600000000000,
            "accepted_at":1650000000000,
            "deleted":true
        }"#,
    );
    check(&bare_story(), BARE_STORY);
}

#[test]
fn words() {
    check(&StoryType::ALL.to_vec(), r#"["feature","bug","chore","release"]"#);
    use State::{Accepted, Delivered, Finished, Rejected, Started, Unscheduled, Unstarted};
    check(
        &vec![Unscheduled, Unstarted, Started, Finished, Delivered, Accepted, Rejected],
        r#"["unscheduled","unstarted","started","finished","delivered","accepted","rejected"]"#,
    );
    check(&vec![Panel::Backlog, Panel::Icebox], r#"["backlog","icebox"]"#);
    check(
        &vec![PointScale::Linear, PointScale::PowersOfTwo, PointScale::Fibonacci],
        r#"["linear","powers-of-two","fibonacci"]"#,
    );
}

#[test]
fn story_created() {
    let change = Change::StoryCreated {
        story: Box::new(bare_story()),
        after: None,
    };
    check(
        &change,
        &format!(r#"{{"story-created":{{"story":{BARE_STORY},"after":null}}}}"#),
    );
    let change = Change::StoryCreated {
        story: Box::new(bare_story()),
        after: Some(story_id(0xa0)),
    };
    check(
        &change,
        &format!(r#"{{"story-created":{{"story":{BARE_STORY},"after":"000000000000000000000000000000a0"}}}}"#),
    );
}

#[test]
fn story_edited() {
    check(
        &Change::StoryEdited {
            id: story_id(0xa1),
            edits: vec![Edit::Type(StoryType::Bug), Edit::Estimate(None)],
        },
        r#"{"story-edited":{
            "id":"000000000000000000000000000000a1",
            "edits":[{"type":"bug"},{"estimate":null}]
        }}"#,
    );
    let text = |text| Description::new(text).unwrap();
    check(
        &Change::StoryEdited {
            id: story_id(0xa1),
            edits: vec![
                Edit::Description(text("Why")),
                Edit::ConflictDropped(text("What")),
                Edit::ConflictKept(text("Why not")),
            ],
        },
        r#"{"story-edited":{
            "id":"000000000000000000000000000000a1",
            "edits":[{"description":"Why"},{"conflict-dropped":"What"},{"conflict-kept":"Why not"}]
        }}"#,
    );
    check(
        &Change::StoryEdited {
            id: story_id(0xa1),
            edits: Vec::new(),
        },
        r#"{"story-edited":{"id":"000000000000000000000000000000a1","edits":[]}}"#,
    );
}

#[test]
fn other_changes() {
    check(
        &Change::StoryTransitioned {
            id: story_id(0xa1),
            state: State::Delivered,
            edits: Vec::new(),
        },
        r#"{"story-transitioned":{"id":"000000000000000000000000000000a1","state":"delivered"}}"#,
    );
    check(
        &Change::StoryMoved {
            stories: vec![story_id(0xa1)],
            panel: Panel::Icebox,
            after: Some(story_id(0xa0)),
            current: None,
        },
        r#"{"story-moved":{
            "stories":["000000000000000000000000000000a1"],
            "panel":"icebox",
            "after":"000000000000000000000000000000a0"
        }}"#,
    );
    check(
        &Change::StoryDeleted {
            stories: vec![story_id(0xa1), story_id(0xa2)],
        },
        r#"{"story-deleted":{
            "stories":["000000000000000000000000000000a1","000000000000000000000000000000a2"]
        }}"#,
    );
    check(
        &Change::StoryRestored {
            stories: vec![story_id(0xa1)],
        },
        r#"{"story-restored":{"stories":["000000000000000000000000000000a1"]}}"#,
    );
    check(
        &Change::StoryReturned {
            stories: vec![
                Returned {
                    id: story_id(0xa1),
                    state: State::Unstarted,
                    after: None,
                    current: true,
                },
                Returned {
                    id: story_id(0xa2),
                    state: State::Accepted,
                    after: Some(story_id(0xa1)),
                    current: false,
                },
            ],
        },
        r#"{"story-returned":{"stories":[
            {"id":"000000000000000000000000000000a1","state":"unstarted","after":null,"current":true},
            {"id":"000000000000000000000000000000a2","state":"accepted","after":"000000000000000000000000000000a1"}
        ]}}"#,
    );
    check(
        &Change::ProjectRenamed {
            name: Name::new("Shop").unwrap(),
        },
        r#"{"project-renamed":{"name":"Shop"}}"#,
    );
}

const RECORDED: &str = r#"{
    "rev":2,
    "prev":"00000000000000000000000000000011",
    "hash":"00000000000000000000000000000022",
    "mid":"00000000000000000000000000000033",
    "base":1,
    "actor":{"id":"0000000000000000000000000000ada0","name":"Ada"},
    "at":1700000000000,
    "change":{"project-renamed":{"name":"Shop"}}
}"#;

#[test]
fn a_recorded_change() {
    let recorded = recorded(Change::ProjectRenamed {
        name: Name::new("Shop").unwrap(),
    });
    check(&recorded, RECORDED);
    reads(
        &RECORDED.replace("\"base\":1,", ""),
        &Recorded {
            base: 0,
            ..recorded.clone()
        },
    );
    assert_eq!(recorded.version().to_string(), "2.00000000000000000000000000000022");
}

fn snapshot() -> Snapshot {
    Snapshot {
        next_number: 8,
        stories: vec![Arc::new(bare_story())],
        ..Snapshot::of_nothing(Name::new("Shop").unwrap(), Settings::new(Day(20_000)))
    }
}

fn snapshot_text() -> String {
    let text = r#"{
        "name":"Shop",
        "settings":{
            "scale":"linear",
            "pointed":"features",
            "iteration_weeks":1,
            "start_weekday":0,
            "started_on":20000,
            "time_zone":"UTC",
            "velocity_window":3,
            "initial_velocity":10,
            "planning":"automatic"
        },
        "next_number":8,
        "stories":[STORY]
    }"#;
    text.replace("STORY", BARE_STORY)
}

#[test]
fn a_snapshot() {
    check(&snapshot(), &snapshot_text());
}

#[test]
fn a_storys_history() {
    let recorded = recorded(Change::ProjectRenamed {
        name: Name::new("Shop").unwrap(),
    });
    let whole = StoryHistory {
        changes: vec![recorded.clone()],
        resumed: None,
    };
    check(&whole, &format!(r#"{{"changes":[{RECORDED}]}}"#));
    let cut = StoryHistory {
        resumed: Some(Box::new(bare_story())),
        ..whole
    };
    check(&cut, &format!(r#"{{"changes":[{RECORDED}],"resumed":{BARE_STORY}}}"#));
}

fn answer() -> SyncAnswer {
    SyncAnswer {
        epoch: Epoch(Bits128(0xe)),
        rev: 2,
        hash: hash(0x22),
        digest: digest(0xd),
        role: Role::Member,
        changes: Vec::new(),
        outcomes: Vec::new(),
        snapshot: None,
        reset: false,
    }
}

const ANSWER_HEAD: &str = r#"
    "epoch":"0000000000000000000000000000000e",
    "rev":2,
    "hash":"00000000000000000000000000000022",
    "digest":"0000000000000000000000000000000d",
    "role":"member"
"#;

#[test]
fn a_sync_answer() {
    check(&answer(), &format!("{{{ANSWER_HEAD}}}"));
    assert_eq!(answer().version().to_string(), "2.00000000000000000000000000000022");
    let outcomes = vec![
        Outcome {
            mid: mid(1),
            fate: Fate::Applied(2),
        },
        Outcome {
            mid: mid(2),
            fate: Fate::Rejected(Rejection::UnknownStory),
        },
        Outcome {
            mid: mid(3),
            fate: Fate::Unknown,
        },
    ];
    let change = Change::ProjectRenamed {
        name: Name::new("Shop").unwrap(),
    };
    let full = SyncAnswer {
        changes: vec![recorded(change)],
        outcomes,
        snapshot: Some(Box::new(snapshot())),
        reset: true,
        ..answer()
    };
    let text = r#"{HEAD,
        "changes":[RECORDED],
        "outcomes":[
            {"mid":"00000000000000000000000000000001","fate":{"applied":2}},
            {"mid":"00000000000000000000000000000002","fate":{"rejected":"unknown-story"}},
            {"mid":"00000000000000000000000000000003","fate":"unknown"}
        ],
        "snapshot":SNAPSHOT,
        "reset":true
    }"#;
    let text = text
        .replace("HEAD", ANSWER_HEAD)
        .replace("RECORDED", RECORDED)
        .replace("SNAPSHOT", &snapshot_text());
    check(&full, &text);
}

#[test]
fn an_answer_of_a_newer_server_is_read_as_far_as_it_is_known() {
    reads(&format!(r#"{{{ANSWER_HEAD},"weather":"fine"}}"#), &answer());
}

#[test]
fn session_and_lists() {
    check(
        &Session {
            actor: ada(),
            named: false,
            kind: SessionKind::Open,
            realtime_key: "key".into(),
        },
        r#"{
            "actor":{"id":"0000000000000000000000000000ada0","name":"Ada"},
            "named":false,
            "kind":"open",
            "realtime_key":"key"
        }"#,
    );
    let project = ProjectSummary {
        id: ProjectId(Bits128(5)),
        name: Name::new("Shop").unwrap(),
        rev: 3,
    };
    check(
        &ProjectList {
            projects: vec![project],
        },
        r#"{"projects":[{"id":"00000000000000000000000000000005","name":"Shop","rev":3}]}"#,
    );
    check(
        &ErrorAnswer {
            error: "title is empty".into(),
        },
        r#"{"error":"title is empty"}"#,
    );
}
