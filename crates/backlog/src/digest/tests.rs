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
    // SHA-256("project", id) and SHA-256(prev, mid, actor, at, change as JSON), the first 16 bytes of each.
    let genesis = Hash::genesis(ProjectId(Bits128(5)));
    assert_eq!(genesis.0.to_string(), "ae7ed3357ea557d99fcc1b29bc914205");
    let next = genesis.next(Mid(Bits128(0x33)), by(&ada(), 1_700_000_000_000), &shop());
    assert_eq!(next.0.to_string(), "04a7ed7d1d67b3a14c4ffbb70ecb1e40");
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
    let hashes = [
        genesis.next(mid, by(&ada(), 7), &shop()),
        Hash::genesis(ProjectId(Bits128(6))).next(mid, by(&ada(), 7), &shop()),
        genesis.next(Mid(Bits128(0x34)), by(&ada(), 7), &shop()),
        genesis.next(mid, by(&eve, 7), &shop()),
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
    // SHA-256(name, settings as JSON, sum of the stories' hashes, their ids in order), the first 16 bytes.
    assert_eq!(project(&[]).digest().0.to_string(), "a9a55bae3fc5399697a4e62ec95907b4");
    assert_eq!(
        project(&[FEATURE, RELEASE]).digest().0.to_string(),
        "bf48a2220a0367030a0101e5ac610b8b"
    );
    // The backlog comes before the icebox, however the snapshot was written.
    assert_eq!(
        project(&[RELEASE, FEATURE]).digest().0.to_string(),
        "bf48a2220a0367030a0101e5ac610b8b"
    );
    // A story written twice is there once.
    assert_eq!(
        project(&[FEATURE, RELEASE, FEATURE]).digest().0.to_string(),
        "bf48a2220a0367030a0101e5ac610b8b"
    );
}

#[test]
fn the_digest_of_a_project_that_plans_otherwise() {
    let mut snapshot = project(&[]).snapshot();
    snapshot.settings.scale = PointScale::Fibonacci;
    assert_eq!(
        Project::read(snapshot).digest().0.to_string(),
        "92447ae6260d87e06abd5a79db25f6f1"
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
