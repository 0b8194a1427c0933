//! Backup and restore against real files.

mod people;

use super::restore::People;
use super::{Checked, Finding, Told, UpkeepError, backup, check, restore};
use crate::access::Grant;
use crate::config::{BackupArgs, CheckArgs, Folder, RestoreArgs, claim};
use crate::demo;
use crate::listeners::Listeners;
use crate::projects::Projects;
use crate::realtime;
use crate::store::{Batch, NewSession, Store, TokenHash, beside};
use backlog::api::{NewProject, Sent, SyncRequest};
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Epoch, Ledger, Mid, Millis, Name, Project, ProjectId, Role};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const NOW: Millis = Millis(1_795_230_240_000);
const EPOCH: Epoch = Epoch(Bits128(0xe));
/// Where the snapshot of the sample stands.
pub(super) const SNAPSHOT: u64 = 100;
/// Leaves as many changes of the sample as the tests speak of, however long it grows.
const CUT: [&str; 4] = [
    "DROP TRIGGER changes_are_not_deleted",
    "DELETE FROM changes WHERE rev > 168",
    "UPDATE projects SET (rev, hash) = (SELECT rev, hash FROM changes ORDER BY rev DESC LIMIT 1)",
    "CREATE TRIGGER changes_are_not_deleted BEFORE DELETE ON changes
     BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
];

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

async fn open(folder: &Path) -> Store {
    Store::open(folder, EPOCH).await.expect("a store")
}

/// A folder with the sample, whose snapshot is of a later revision than 0.
pub(super) async fn sample() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).await;
    let mut last = 0;
    let ids = || {
        last += 1;
        Bits128(last)
    };
    let project = demo::fill(&store, NOW, ids).await.expect("filled").expect("a project");
    for statement in CUT {
        store.run_for_test(statement).await;
    }
    let mut batch = store.begin().await.expect("a batch");
    snap(&mut batch, project).await;
    batch.commit().await.expect("committed");
    (folder, store)
}

async fn snap(batch: &mut Batch, id: ProjectId) {
    let stored = batch.project(id).await.expect("read").expect("a project");
    let mut ledger = Ledger::new(id, Project::read(stored.snapshot));
    for recorded in &stored.changes[..SNAPSHOT as usize] {
        ledger.follow(recorded).expect("it follows");
    }
    let snapshot = ledger.project().snapshot();
    batch.keep_snapshot(id, SNAPSHOT, &snapshot).await.expect("kept");
}

/// What a check of a folder comes to, and the lines of it.
pub(super) async fn checked(folder: &Path) -> (Checked, Vec<Finding>, String) {
    let args = CheckArgs {
        folder: Folder {
            data: folder.to_owned(),
        },
        file: None,
    };
    let (mut findings, mut lines) = (Vec::new(), String::new());
    let tell = |told: Told<'_>| {
        lines.push_str(&format!("{told}\n"));
        if let Told::Project(report) = told {
            findings.extend(report.findings.clone());
        }
    };
    let checked = check(&args, tell).await.expect("it can be read");
    (checked, findings, lines)
}

const PROJECT: ProjectId = ProjectId(Bits128(1));

/// A folder with one project to which these commands were given, as many members in turn, and whose snapshot is of the end.
pub(super) async fn written(commands: impl IntoIterator<Item = Command>) -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).await;
    let new = NewProject {
        id: PROJECT,
        name: name("Alpha"),
    };
    let project = Project::new(new.name.clone(), NOW);
    let mut batch = store.begin().await.expect("a batch");
    batch.create(&new, &project.snapshot(), NOW).await.expect("created");
    let mut ledger = Ledger::new(PROJECT, project);
    for (number, command) in (1..).zip(commands) {
        let author = Actor {
            id: ActorId(Bits128(number % 2)),
            name: name(["Ada", "Bob"][(number % 2) as usize]),
        };
        let sent = Sent {
            mid: Mid(Bits128(number)),
            base: 0,
            command,
        };
        let recorded = ledger.enter(&sent, &author, NOW).expect("accepted");
        batch.append(PROJECT, &recorded, &sent.command).await.expect("appended");
    }
    let (project, head) = (ledger.project(), ledger.version());
    batch.advance(PROJECT, project.name(), head).await.expect("advanced");
    batch
        .keep_snapshot(PROJECT, head.rev, &project.snapshot())
        .await
        .expect("kept");
    batch.commit().await.expect("committed");
    (folder, store)
}

async fn rename(projects: &Projects, number: u64) {
    let ada = Actor {
        id: ActorId(Bits128(2)),
        name: name("Ada"),
    };
    let sent = Sent {
        mid: Mid(Bits128(number.into())),
        base: 0,
        command: Command::RenameProject {
            name: name(&format!("Alpha {number}")),
        },
    };
    let request = SyncRequest {
        commands: vec![sent],
        ..SyncRequest::default()
    };
    let grant = Grant::made_up(ada, PROJECT, Role::Owner);
    projects.sync(&grant, None, request).await.expect("acknowledged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_what_was_acknowledged_before_it_began() {
    let folder = tempfile::tempdir().expect("a folder");
    let (announcer, _announcements) = realtime::announcer();
    let store = open(folder.path()).await;
    let (projects, _task) = Projects::start(store.clone(), announcer, Listeners::none(store));
    let new = NewProject {
        id: PROJECT,
        name: name("Alpha"),
    };
    projects.create(new, None).await.expect("a project");
    let (acknowledged, mut at) = tokio::sync::watch::channel(0);
    let writing = tokio::spawn(async move {
        for number in 1_u64.. {
            rename(&projects, number).await;
            if acknowledged.send(number).is_err() {
                return;
            }
        }
    });
    for round in 1..=5 {
        at.wait_for(|number| *number >= round * 20).await.expect("writes go on");
        let before = *at.borrow();
        let to = folder.path().join(format!("backup-{round}"));
        let args = BackupArgs {
            folder: Folder {
                data: folder.path().to_owned(),
            },
            to: to.clone(),
        };
        let made = backup(&args).await.expect("a backup");
        assert!(made.holds.changes >= before, "{made:?} holds less than {before}");
        let found = of_file(&to).await.expect("it can be read");
        assert_eq!((found.findings, found.changes), (0, made.holds.changes));
    }
    drop(at);
    writing.await.expect("it ends");
    let parts = fs::read_dir(folder.path()).expect("a folder");
    let parts = parts.filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().starts_with("backup-")
    });
    assert_eq!(parts.count(), 5, "nothing but the backups is left");
}

async fn of_file(file: &Path) -> Result<Checked, UpkeepError> {
    let args = CheckArgs {
        folder: Folder {
            data: file.with_extension("none"),
        },
        file: Some(file.to_owned()),
    };
    check(&args, |_| {}).await
}

/// A folder whose server has stopped, and a backup that lacks its last word.
async fn stopped_with_backup() -> (TempDir, RestoreArgs) {
    let (folder, store) = sample().await;
    let data = folder.path().to_owned();
    let from = data.join("backup");
    let args = BackupArgs {
        folder: Folder { data: data.clone() },
        to: from.clone(),
    };
    backup(&args).await.expect("a backup");
    store.run_for_test("UPDATE projects SET created_at = 7").await;
    store.close().await;
    (
        folder,
        RestoreArgs {
            folder: Folder { data },
            from,
        },
    )
}

#[tokio::test]
async fn a_restore_makes_nobody_a_stranger() {
    let (folder, args) = stopped_with_backup().await;
    let (late, token) = (
        Actor {
            id: ActorId(Bits128(77)),
            name: name("Late"),
        },
        TokenHash::of("a token"),
    );
    let store = open(folder.path()).await;
    store.take_in(&late, Millis(5)).await.expect("taken in");
    let session = NewSession {
        id: Bits128(78),
        token: token.clone(),
        actor: late.id,
        agent: String::new(),
    };
    store.begin_session(&session, Millis(5)).await.expect("begun");
    store.close().await;
    let restored = restore(&args, |_| {}).await.expect("restored");
    assert_eq!(restored.people, People::OfPresent);
    let store = open(folder.path()).await;
    let known = store.session(&token, Millis(6)).await.expect("an answer");
    assert_eq!(known.map(|known| known.actor), Some(late));
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"));
    let mut files: Vec<_> = entries
        .map(|entry| {
            let content = fs::read(entry.path()).expect("a file");
            (entry.file_name().to_string_lossy().into_owned(), content)
        })
        .filter(|(name, _)| name != "truestory.lock")
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_restore_renews_the_epoch_and_keeps_what_was_there() {
    let (folder, args) = stopped_with_backup().await;
    let file = folder.path().join("truestory.sqlite");
    let old = fs::read(&file).expect("a database");
    for round in 1..=2 {
        let restored = restore(&args, |_| {}).await.expect("restored");
        let kept = beside(&file, &format!(".before-restore-{round}"));
        assert_eq!((restored.kept.as_ref(), restored.checked.findings), (Some(&kept), 0));
    }
    let kept = fs::read(beside(&file, ".before-restore-1")).expect("a database");
    assert!(kept == old, "the database is kept as it was");
    let names: Vec<String> = files(folder.path()).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "backup",
        "truestory.sqlite",
        "truestory.sqlite.before-restore-1",
        "truestory.sqlite.before-restore-2",
    ];
    assert_eq!(names, expected);
    let store = open(folder.path()).await;
    assert_ne!(store.epoch(), EPOCH);
    assert_eq!(checked(folder.path()).await.0.findings, 0);
}

#[tokio::test]
async fn a_log_that_is_in_use_goes_along_with_its_database() {
    let (folder, store) = sample().await;
    let args = RestoreArgs {
        folder: Folder {
            data: folder.path().to_owned(),
        },
        from: folder.path().join("backup"),
    };
    let to = args.from.clone();
    let data = args.folder.data.clone();
    backup(&BackupArgs {
        folder: Folder { data },
        to,
    })
    .await
    .expect("a backup");
    store.run_for_test("UPDATE projects SET name = 'x'").await;
    let kept = restore(&args, |_| {}).await.expect("restored").kept.expect("kept");
    assert!(!beside(&args.folder.data.join("truestory.sqlite"), "-wal").exists());
    assert!(beside(&kept, "-wal").exists());
    assert_eq!(
        of_file(&kept).await.expect("it can be read").findings,
        1,
        "its last word is in it"
    );
    assert_eq!(
        of_file(&args.folder.data.join("truestory.sqlite"))
            .await
            .expect("it can be read")
            .findings,
        0
    );
    drop(store);
}

#[tokio::test]
async fn a_database_beyond_reading_is_kept_too() {
    let (folder, args) = stopped_with_backup().await;
    let file = folder.path().join("truestory.sqlite");
    fs::write(&file, "no database").expect("written");
    let kept = restore(&args, |_| {}).await.expect("restored").kept.expect("kept");
    assert_eq!(fs::read(&kept).expect("kept"), b"no database");
    open(folder.path()).await.close().await;
    assert_eq!(checked(folder.path()).await.0.findings, 0);
}

#[tokio::test]
async fn a_restore_that_fails_leaves_the_folder_as_it_was() {
    let (folder, args) = stopped_with_backup().await;
    let broken = folder.path().join("broken");
    let mut content = fs::read(&args.from).expect("a backup");
    let middle = content.len() / 2;
    content[middle..middle + 4_096].fill(0xff);
    fs::write(&broken, content).expect("written");
    let other = folder.path().join("other");
    fs::write(&other, "no database").expect("written");
    let before = files(folder.path());
    for from in [broken, other, folder.path().join("none"), folder.path().to_owned()] {
        let args = RestoreArgs { from, ..args.clone() };
        restore(&args, |_| {}).await.expect_err("refused");
    }
    let held = claim(&args.folder.data).expect("the folder is free");
    let refused = restore(&args, |_| {}).await.expect_err("in use");
    assert!(refused.to_string().contains("in use"), "{refused}");
    drop(held);
    let data = folder.path().join("other-data");
    fs::create_dir(&data).expect("a folder");
    fs::write(data.join("truestory.sqlite-wal"), "a log").expect("written");
    let args = RestoreArgs {
        folder: Folder { data: data.clone() },
        ..args
    };
    restore(&args, |_| {}).await.expect_err("a log without its database");
    assert_eq!(files(&data), [("truestory.sqlite-wal".to_owned(), b"a log".to_vec())]);
    fs::remove_dir_all(data).expect("removed");
    assert!(files(folder.path()) == before, "nothing has changed");
}

#[tokio::test]
async fn a_backup_replaces_nothing() {
    let (folder, store) = sample().await;
    let to = folder.path().join("secrets.json");
    fs::write(&to, "precious").expect("written");
    let args = BackupArgs {
        folder: Folder {
            data: folder.path().to_owned(),
        },
        to: to.clone(),
    };
    let refused = backup(&args).await.expect_err("refused");
    assert!(refused.to_string().contains("--to (TRUESTORY_BACKUP_TO)"), "{refused}");
    assert_eq!(fs::read(&to).expect("there"), b"precious");
    store.close().await;
}

/// What takes a database without people back to the first migration.
const BACK_TO_THE_FIRST: [&str; 19] = [
    "ALTER TABLE changes DROP COLUMN base",
    "DROP TABLE security_log",
    "DROP TABLE webhooks",
    "DROP TABLE api_token_projects",
    "DROP TABLE api_tokens",
    "DROP TABLE recoveries",
    "DROP TABLE visits",
    "DROP TABLE shares",
    "DROP TABLE invitations",
    "DROP TABLE memberships",
    "DROP TABLE identities",
    "DROP TABLE accounts",
    "DROP INDEX sessions_by_id",
    "DROP INDEX sessions_by_actor",
    "ALTER TABLE sessions DROP COLUMN id",
    "ALTER TABLE sessions DROP COLUMN agent",
    "ALTER TABLE actors DROP COLUMN initials",
    "ALTER TABLE actors DROP COLUMN colour",
    "DELETE FROM _sqlx_migrations WHERE version > 1",
];

#[tokio::test]
async fn a_backup_from_before_a_column_is_checked_and_restored() {
    let (folder, store) = sample().await;
    for statement in BACK_TO_THE_FIRST {
        store.run_for_test(statement).await;
    }
    store.close().await;
    let (data, from) = (folder.path().to_owned(), folder.path().join("backup"));
    fs::copy(folder.path().join("truestory.sqlite"), &from).expect("copied");
    assert_eq!(of_file(&from).await.expect("it can be read").findings, 0);
    let folder_of = Folder { data };
    restore(
        &RestoreArgs {
            folder: folder_of,
            from,
        },
        |_| {},
    )
    .await
    .expect("restored");
    let store = open(folder.path()).await;
    let bases = store.changes(PROJECT, 0, 3).await.expect("changes");
    let bases: Vec<u64> = bases.iter().map(|recorded| recorded.base).collect();
    assert_eq!(bases, [0, 0, 0], "what was not written down is 0");
}

#[tokio::test]
async fn the_file_of_a_newer_program_is_left_alone() {
    let (folder, store) = sample().await;
    store
        .run_for_test("INSERT INTO _sqlx_migrations SELECT 9999, 'later', installed_on, success, checksum, 0 FROM _sqlx_migrations LIMIT 1")
        .await;
    store.close().await;
    let refused = of_file(&folder.path().join("truestory.sqlite"))
        .await
        .expect_err("refused");
    assert!(refused.to_string().contains("a newer truestory wrote it"), "{refused}");
}
