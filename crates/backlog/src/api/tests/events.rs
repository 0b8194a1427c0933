//! The events of a project's channel: what is said, and what is made of what one hears.

use super::{check, digest, flat, hash, recorded, story_id, title};
use crate::api::{BEACON, Bare, Beacon, Heard, channel_of, event_of, heard, to_json};
use crate::id::Bits128;
use crate::project::tests::script::Bench;
use crate::{Change, Description, Edit, ProjectId};

/// One change of each kind, by the name of its event.
fn changes() -> Vec<(&'static str, Change)> {
    let rows = [
        ("story-created", "create c bug backlog"),
        ("story-edited", "edit a title=Pay"),
        ("stories-edited", "each a +web, b +web"),
        ("story-transitioned", "start a"),
        ("stories-transitioned", "all start b"),
        ("story-moved", "move c to icebox"),
        ("story-deleted", "delete c"),
        ("story-restored", "restore c"),
        ("story-returned", "return b started>unstarted backlog"),
        ("project-renamed", "rename Shop"),
        ("settings-edited", "settings weeks=2"),
        ("epic-put", "epic e web Web"),
        ("epic-moved", "epic-move e"),
        ("epic-removed", "epic-gone e"),
        ("search-saved", "search s Mine label:web"),
        ("search-removed", "search-gone s"),
        ("stories-imported", "import i story=d:bug:unstarted:none"),
        ("import-deleted", "import-gone i"),
        ("import-restored", "import-back i"),
        ("person-joined", "cy: join client"),
        ("person-left", "leave cy"),
    ];
    let mut bench = Bench::new("backlog: a b | icebox:");
    rows.map(|(name, line)| (name, bench.say(line).unwrap())).into()
}

#[test]
fn every_change_is_heard_under_its_own_name_only() {
    let names: Vec<&str> = changes().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, Change::EVENT_NAMES);
    for (name, change) in changes() {
        let recorded = recorded(change);
        let (event, data) = event_of(&recorded);
        assert_eq!((event, &data), (name, &to_json(&recorded)));
        assert_eq!(heard(event, &data), Some(Heard::Change(Box::new(recorded))));
        for other in names.iter().filter(|other| **other != name) {
            assert_eq!(heard(other, &data), None, "{name} as {other}");
        }
    }
}

#[test]
fn an_event_that_carries_its_change() {
    let (event, data) = event_of(&recorded(Change::StoryDeleted {
        stories: vec![story_id(0xa1)],
    }));
    let text = r#"{
        "rev":2,
        "prev":"00000000000000000000000000000011",
        "hash":"00000000000000000000000000000022",
        "mid":"00000000000000000000000000000033",
        "base":1,
        "actor":{"id":"0000000000000000000000000000ada0","name":"Ada"},
        "at":1700000000000,
        "change":{"story-deleted":{"stories":["000000000000000000000000000000a1"]}}
    }"#;
    assert_eq!((event, data), ("story-deleted", flat(text)));
}

const BARE: &str = r#"{
    "rev":2,
    "prev":"00000000000000000000000000000011",
    "hash":"00000000000000000000000000000022"
}"#;

fn bare() -> Bare {
    Bare {
        rev: 2,
        prev: hash(0x11),
        hash: hash(0x22),
    }
}

#[test]
fn a_change_too_large_for_an_event_becomes_bare() {
    let described = |length: usize| {
        let description = Description::new(&"d".repeat(length)).unwrap();
        recorded(Change::StoryEdited {
            id: story_id(0xa1),
            edits: vec![Edit::Description(description)],
        })
    };
    let around = to_json(&described(0)).len();
    let (event, data) = event_of(&described(10_240 - around));
    assert_eq!((event, data.len()), ("story-edited", 10_240));
    assert!(matches!(heard(event, &data), Some(Heard::Change(_))));
    let (event, data) = event_of(&described(10_241 - around));
    assert_eq!((event, &data), ("story-edited", &flat(BARE)));
    assert_eq!(heard(event, &data), Some(Heard::Bare(bare())));
    check(&bare(), BARE);
}

#[test]
fn bytes_count_not_characters() {
    // 5,000 characters of two bytes each leave no room for the rest.
    let change = Change::StoryEdited {
        id: story_id(0xa1),
        edits: vec![Edit::Title(title(&"ü".repeat(5_000)))],
    };
    assert_eq!(event_of(&recorded(change)), ("story-edited", flat(BARE)));
}

#[test]
fn a_change_of_a_kind_too_new_to_know_is_heard_as_bare() {
    let text = to_json(&recorded(Change::StoryDeleted { stories: Vec::new() }));
    let newer = text.replace(
        r#""story-deleted":{"stories":[]}"#,
        r#""story-deleted":{"moon":"full"}"#,
    );
    assert_ne!(newer, text);
    assert_eq!(heard("story-deleted", &newer), Some(Heard::Bare(bare())));
}

#[test]
fn what_is_none_of_ours_is_not_heard() {
    let data = flat(BARE);
    for name in [
        "",
        "beacon",
        "story",
        "story-created ",
        "Story-Created",
        "pusher:ping",
        "client-story-moved",
    ] {
        assert_eq!(heard(name, &data), None, "{name:?}");
    }
    let deep = "[".repeat(10_000);
    let texts = [
        "",
        "null",
        "{}",
        "[]",
        "{\"rev\":2}",
        "{\"rev\":-1}",
        "\u{0}",
        "\u{1f389}",
        deep.as_str(),
        data.trim_end_matches('}'),
    ];
    for text in texts {
        assert_eq!(heard("story-moved", text), None, "{text:?}");
    }
    assert_eq!(heard("story-moved", &data.replace("\"rev\":2", "\"rev\":2.5")), None);
    assert_eq!(heard("story-moved", &data.replace('1', "g")), None);
    assert_eq!(heard("story-moved", &data), Some(Heard::Bare(bare())));
}

#[test]
fn the_beacon() {
    check(
        &Beacon {
            rev: 2,
            hash: hash(0x22),
            digest: digest(0xd),
        },
        r#"{
            "rev":2,
            "hash":"00000000000000000000000000000022",
            "digest":"0000000000000000000000000000000d"
        }"#,
    );
    assert_eq!(BEACON, "beacon");
}

#[test]
fn the_channel_of_a_project() {
    assert_eq!(
        channel_of(ProjectId(Bits128(0xbeef))),
        "private-project-0000000000000000000000000000beef"
    );
}
