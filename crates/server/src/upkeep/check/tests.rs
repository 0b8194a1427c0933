//! Each damage is planted into a sound folder and found.

use crate::store::FILE;
use crate::upkeep::tests::{SNAPSHOT, checked, sample, written};
use backlog::id::Bits128;
use backlog::{Command, ProjectId};
use std::fs;

/// Plants damage and says what is found, each as its revision and the beginning of its sentence.
#[track_caller]
fn finds(damage: &[&'static str], expected: &[(Option<u64>, &str)]) {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let (checked, findings, lines) = runtime.block_on(async {
        let (folder, store) = sample().await;
        store.run_for_test("DROP TRIGGER changes_are_not_rewritten").await;
        store.run_for_test("DROP TRIGGER changes_are_not_deleted").await;
        for statement in damage {
            store.run_for_test(statement).await;
        }
        checked(folder.path()).await
    });
    assert_eq!(checked.findings, expected.len() as u64, "{lines}");
    for (finding, (rev, says)) in findings.iter().zip(expected) {
        assert_eq!(finding.rev, *rev, "{lines}");
        assert!(finding.flaw.to_string().starts_with(says), "{lines}");
        assert!(
            lines.contains("(00000000000000000000000000000001), revision") || rev.is_none(),
            "{lines}"
        );
    }
}

#[tokio::test]
async fn a_sound_folder_has_no_findings() {
    let (folder, _store) = sample().await;
    let (checked, findings, lines) = checked(folder.path()).await;
    assert_eq!(findings, [], "{lines}");
    assert_eq!((checked.projects, checked.findings), (1, 0));
    assert!(checked.changes > SNAPSHOT);
}

/// What a snapshot says besides the stories came about in the history, too.
#[tokio::test]
async fn what_was_set_and_brought_since_the_beginning_is_no_finding() {
    let read = |text: &str| serde_json::from_str::<Command>(text).expect("a command");
    let id = |digits: &str| format!("{digits:0>32}");
    let story = format!(r#""id":"{}","title":"Pay","type":"feature""#, id("a"));
    let epic = format!(r#"{{"id":"{}","words":{{"name":"Web","label":"web"}}}}"#, id("e"));
    let search = format!(r#"{{"id":"{}","name":"Mine","query":"pay"}}"#, id("5"));
    let import = format!(r#""id":"{}","people":[{{"id":"{}","name":"Cy"}}]"#, id("1"), id("c"));
    let commands = [
        format!(r#"{{"create-story":{{{story},"panel":"backlog","estimate":3}}}}"#),
        r#"{"edit-settings":{"edits":[{"scale":"powers-of-two"},{"iteration-weeks":2},{"planning":"manual"}]}}"#.into(),
        format!(r#"{{"put-epic":{epic}}}"#),
        format!(r#"{{"save-search":{search}}}"#),
        format!(r#"{{"import-stories":{{{import},"scale":"fibonacci","stories":[]}}}}"#),
        format!(r#"{{"remove-epic":{{"id":"{}"}}}}"#, id("e")),
    ];
    let (folder, _store) = written(commands.iter().map(|text| read(text))).await;
    let (checked, findings, lines) = checked(folder.path()).await;
    assert_eq!(findings, [], "{lines}");
    assert_eq!((checked.projects, checked.changes, checked.findings), (1, 6, 0));
}

#[test]
fn a_flipped_byte_in_a_change_is_found() {
    let other_text = "UPDATE changes SET change = replace(change, 'hosting', 'hasting') WHERE rev = 1";
    finds(&[other_text], &[(Some(1), "its content does not give its hash")]);
    let other_spelling = "UPDATE changes SET change = replace(change, '{', '{ ') WHERE rev = 1";
    finds(&[other_spelling], &[(Some(1), "its content does not give its hash")]);
    let no_revision = "UPDATE changes SET base = -1 WHERE rev = 5";
    finds(&[no_revision], &[(Some(5), "it cannot be read")]);
    let no_text = "UPDATE changes SET change = 'x' || substr(change, 2) WHERE rev = 5";
    finds(&[no_text], &[(Some(5), "it cannot be read")]);
}

#[test]
fn a_missing_revision_is_found() {
    let gone = "DELETE FROM changes WHERE rev IN (7, 8)";
    finds(&[gone], &[(Some(7), "it is missing, with all up to revision 8")]);
    let last = "DELETE FROM changes WHERE rev = (SELECT max(rev) FROM changes)";
    finds(
        &[
            "UPDATE snapshots SET rev = 0, body =
             json_remove(json_set(body, '$.stories', json('[]'), '$.next_number', 1), '$.people', '$.epics')",
            last,
        ],
        &[(Some(167), "the history ends here")],
    );
    // The snapshot, of revision 100, has nothing to stand on then.
    finds(
        &["DELETE FROM changes"],
        &[(Some(0), "the history ends here"), (Some(0), "the snapshot is not")],
    );
}

#[test]
fn a_broken_link_is_found() {
    let link = "UPDATE changes SET prev_hash = '00000000000000000000000000000000' WHERE rev = 9";
    finds(&[link], &[(Some(9), "it does not name the hash")]);
    let hash = "UPDATE changes SET hash = '00000000000000000000000000000000' WHERE rev = 9";
    finds(
        &[hash],
        &[
            (Some(9), "its content does not give its hash"),
            (Some(10), "it does not name the hash"),
            (Some(10), "its content does not give its hash"),
        ],
    );
}

#[test]
fn a_wrong_head_is_found() {
    finds(
        &["UPDATE projects SET rev = rev - 1"],
        &[(
            Some(168),
            "the history ends here, but the list of projects says revision 167",
        )],
    );
    finds(
        &["UPDATE projects SET hash = '00000000000000000000000000000000'"],
        &[(Some(168), "the history ends here")],
    );
    finds(
        &["UPDATE projects SET name = 'x'"],
        &[(Some(168), "the project is called Rocket shop here")],
    );
}

#[test]
fn a_wrong_snapshot_is_found() {
    let text = "UPDATE snapshots SET body = replace(body, 'a', 'e')";
    finds(&[text], &[(Some(SNAPSHOT), "it cannot be read")]);
    let story = "UPDATE snapshots SET body = json_remove(body, '$.stories[3]')";
    finds(&[story], &[(Some(SNAPSHOT), "the snapshot is not")]);
    let title = "UPDATE snapshots SET body = json_set(body, '$.stories[3].title', 'other')";
    finds(&[title], &[(Some(SNAPSHOT), "the snapshot is not")]);
    let number = "UPDATE snapshots SET body = json_set(body, '$.next_number', 3)";
    finds(&[number], &[(Some(SNAPSHOT), "the snapshot is not")]);
    finds(
        &["UPDATE snapshots SET rev = 101"],
        &[(Some(101), "the snapshot is not")],
    );
    finds(
        &["UPDATE snapshots SET rev = 900"],
        &[(Some(168), "the snapshot is not")],
    );
    let setting = "UPDATE snapshots SET body = json_set(body, '$.settings.initial_velocity', 11)";
    finds(&[setting], &[(Some(SNAPSHOT), "the snapshot is not")]);
    finds(&["DELETE FROM snapshots"], &[(None, "there is no snapshot")]);
}

#[test]
fn a_mutation_with_two_fates_is_found() {
    let refused =
        "INSERT INTO rejections SELECT project_id, actor_id, mid, '\"unknown-story\"', at FROM changes WHERE rev = 9";
    finds(&[refused], &[(Some(9), "its mutation")]);
    // The tables of this program hold a mutation once; those of another might not.
    let damage = [
        "CREATE TABLE other AS SELECT * FROM changes",
        "DROP TABLE changes",
        "ALTER TABLE other RENAME TO changes",
        "UPDATE changes SET (actor_id, mid) = (SELECT actor_id, mid FROM changes WHERE rev = 167) WHERE rev = 168",
    ];
    finds(
        &damage,
        &[
            (Some(168), "its content does not give its hash"),
            (Some(168), "its mutation"),
        ],
    );
}

#[test]
fn rows_that_belong_to_nothing_are_found() {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let (checked, lines) = runtime.block_on(async {
        let (folder, store) = sample().await;
        store.run_for_test("PRAGMA foreign_keys = OFF").await;
        store.run_for_test("DELETE FROM projects").await;
        let (checked, _, lines) = checked(folder.path()).await;
        (checked, lines)
    });
    assert_eq!((checked.projects, checked.findings), (0, 2), "{lines}");
    assert!(
        lines.contains("rows of changes that belong to nothing in projects: 168"),
        "{lines}"
    );
}

#[tokio::test]
async fn a_history_that_is_wholly_wrong_is_told_in_short() {
    let (folder, store) = sample().await;
    store.run_for_test("DROP TRIGGER changes_are_not_rewritten").await;
    store.run_for_test("UPDATE changes SET change = 'x'").await;
    let (checked, findings, lines) = checked(folder.path()).await;
    assert_eq!((checked.findings, findings.len()), (168, 20), "{lines}");
    assert!(lines.contains("more of this kind: 148."), "{lines}");
}

#[tokio::test]
async fn what_sqlite_finds_is_told() {
    let (folder, store) = sample().await;
    let recorded = store.changes(ProjectId(Bits128(1)), 8, 9).await.expect("a change");
    store.close().await;
    // Only in an index does the mutation id come after the actor's.
    let [recorded] = &recorded[..] else {
        panic!("one change: {recorded:?}");
    };
    let row = format!("{}{}", recorded.actor.id.0, recorded.mid.0);
    let file = folder.path().join(FILE);
    let mut content = fs::read(&file).expect("a database");
    // Pages that were split hold old copies of it too.
    for place in 0..content.len() - row.len() {
        if content[place..].starts_with(row.as_bytes()) {
            content[place + row.len() - 1] = b'x';
        }
    }
    fs::write(&file, content).expect("written");
    let (checked, findings, lines) = checked(folder.path()).await;
    assert_eq!((checked.projects, findings.len()), (1, 0), "{lines}");
    assert!(checked.findings > 0, "{lines}");
    assert!(
        lines.contains("The file itself is damaged: row 9 missing from index"),
        "{lines}"
    );
}
