//! The hashes themselves. Two builds that disagree about one of these could not share a history, so they are pinned to
//! values computed elsewhere from the same bytes.

use crate::id::Bits128;
use crate::{
    Actor, ActorId, Change, Day, Hand, Hash, Mid, Millis, Name, PointScale, Project, ProjectId, Settings, Snapshot,
    Version,
};

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(0xada0)),
        name: Name::new("Ada").unwrap(),
    }
}

fn by(actor: &Actor, at: i64) -> Hand<'_> {
    Hand {
        by: actor,
        at: Millis(at),
    }
}

fn shop() -> Change {
    Change::ProjectRenamed {
        name: Name::new("Shop").unwrap(),
    }
}

#[test]
fn the_chain() {
    // SHA-256("project", id) and SHA-256(prev, mid, actor, name as JSON, at, change as JSON), the first 16 bytes of each.
    let genesis = Hash::genesis(ProjectId(Bits128(5)));
    assert_eq!(genesis.0.to_string(), "ae7ed3357ea557d99fcc1b29bc914205");
    let next = genesis.next(Mid(Bits128(0x33)), by(&ada(), 1_700_000_000_000), &shop());
    assert_eq!(next.0.to_string(), "c8f6487d0bb97950311fc736b339a26f");
}

#[test]
fn every_part_of_a_revision_counts() {
    let (genesis, mid) = (Hash::genesis(ProjectId(Bits128(5))), Mid(Bits128(0x33)));
    let other = Change::ProjectRenamed {
        name: Name::new("Shops").unwrap(),
    };
    let eve = Actor {
        id: ActorId(Bits128(0xe7e)),
        ..ada()
    };
    let renamed = Actor {
        name: Name::new("Ada L.").unwrap(),
        ..ada()
    };
    let hashes = [
        genesis.next(mid, by(&ada(), 7), &shop()),
        Hash::genesis(ProjectId(Bits128(6))).next(mid, by(&ada(), 7), &shop()),
        genesis.next(Mid(Bits128(0x34)), by(&ada(), 7), &shop()),
        genesis.next(mid, by(&eve, 7), &shop()),
        genesis.next(mid, by(&renamed, 7), &shop()),
        genesis.next(mid, by(&ada(), 8), &shop()),
        genesis.next(mid, by(&ada(), 7), &other),
    ];
    let different: std::collections::HashSet<_> = hashes.iter().collect();
    assert_eq!(different.len(), hashes.len());
}

const FEATURE: &str = r#"{"id":"000000000000000000000000000000a1","number":1,"title":"Pay by card","type":"feature",
    "state":"unstarted","estimate":2,"description":"Why","labels":["web"],"created_at":1600000000000}"#;
const RELEASE: &str = r#"{"id":"000000000000000000000000000000a2","number":2,"title":"Ship","type":"release",
    "state":"unscheduled","created_at":1600000000000}"#;

fn project(stories: &[&str]) -> Project {
    let stories = stories
        .iter()
        .map(|story| serde_json::from_str(story).unwrap())
        .collect();
    let name = Name::new("Shop").unwrap();
    Project::read(Snapshot {
        next_number: 3,
        stories,
        ..Snapshot::of_nothing(name, Settings::new(Day(0)))
    })
}

#[test]
fn the_digest_of_a_project() {
    // SHA-256(what it is besides as JSON, sum of the stories' hashes, their ids in order), the first 16 bytes.
    assert_eq!(project(&[]).digest().0.to_string(), "8d1d6c34a0b7dc84b82e9011f9cc5f9c");
    assert_eq!(
        project(&[FEATURE, RELEASE]).digest().0.to_string(),
        "b34d26da5d9cd6848539d0e25e815997"
    );
    // The backlog comes before the icebox, however the snapshot was written.
    assert_eq!(
        project(&[RELEASE, FEATURE]).digest().0.to_string(),
        "b34d26da5d9cd6848539d0e25e815997"
    );
    // A story written twice is there once.
    assert_eq!(
        project(&[FEATURE, RELEASE, FEATURE]).digest().0.to_string(),
        "b34d26da5d9cd6848539d0e25e815997"
    );
}

#[test]
fn the_digest_of_a_project_that_plans_otherwise() {
    let mut snapshot = project(&[]).snapshot();
    snapshot.settings.scale = PointScale::Fibonacci;
    assert_eq!(
        Project::read(snapshot).digest().0.to_string(),
        "46d97890998e9d7163b318ff7f736af2"
    );
}

#[test]
fn the_digest_of_what_a_project_has_besides() {
    let with = |field: &str, value: &str| {
        let mut snapshot = serde_json::to_value(project(&[]).snapshot()).unwrap();
        snapshot[field] = serde_json::from_str(value).unwrap();
        let project = Project::read(serde_json::from_value(snapshot).unwrap());
        project.digest().0.to_string()
    };
    assert_eq!(
        with("people", r#"[{"id":"0000000000000000000000000000ada0","name":"Ada"}]"#),
        "e80b57a7c0587fbc281619110a911b43"
    );
    let ada = r#"["0000000000000000000000000000ada0"]"#;
    assert_eq!(with("left", ada), "03243ecd5afaba22ba277ebde8c840a6");
    assert_eq!(
        with("left", "[]"),
        "8d1d6c34a0b7dc84b82e9011f9cc5f9c",
        "as before one could leave"
    );
    let epic = r#"{"id":"000000000000000000000000000000e1","number":3,"name":"Shop","label":"shop","created_at":5}"#;
    assert_eq!(with("epics", &format!("[{epic}]")), "acacb3ce0e476062f50a9e486194a7f2");
    assert_eq!(
        with("gone_epics", &format!("[{epic}]")),
        "c6bf50a34c28fcad621b46adb60f0bb1"
    );
    let search = r#"{"id":"000000000000000000000000000000c1","name":"Mine","query":"owner:me"}"#;
    assert_eq!(
        with("searches", &format!("[{search}]")),
        "ccc78fe42598fa48edd1235695330655"
    );
    let import =
        r#"{"id":"000000000000000000000000000000d1","by":"0000000000000000000000000000ada0","at":6,"stories":2}"#;
    assert_eq!(
        with("imports", &format!("[{import}]")),
        "915860a179d0ad3c4f1f44b71e68c26a"
    );
}

#[test]
fn a_version_is_revision_dot_hash() {
    let version = Version {
        rev: 12,
        hash: Hash(Bits128(0xab)),
    };
    assert_eq!(version.to_string(), "12.000000000000000000000000000000ab");
    assert_eq!("12.000000000000000000000000000000ab".parse(), Ok(version));
}
