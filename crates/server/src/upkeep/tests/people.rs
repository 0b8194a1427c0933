//! A restore and the people: who may what is as it was before it, whatever the backup says.

use super::{checked, open, written};
use crate::config::{BackupArgs, Folder, RestoreArgs};
use crate::store::Store;
use crate::upkeep::{backup, restore};
use backlog::api::NewProject;
use backlog::id::Bits128;
use backlog::{Command, Millis, Name, Project, ProjectId};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// When the backup is made. Ada owns project 1, Ben is in it; everything that can be there is there once.
const BEFORE: [&str; 13] = [
    "INSERT INTO actors (id, name, named, created_at) VALUES ('a', 'Ada', 1, 1), ('b', 'Ben', 1, 1)",
    "INSERT INTO accounts VALUES ('a', 'ada@example.com', 'old', 1, 0, 1), ('b', 'ben@example.com', 'ben', 0, 0, 1)",
    "INSERT INTO identities VALUES ('https://id.example', 'ada', 'a', 1)",
    "INSERT INTO recoveries VALUES ('r1', 'b', 9)",
    "INSERT INTO sessions VALUES ('h1', 'a', 1, 1, 's1', ''), ('h2', 'b', 1, 1, 's2', '')",
    "INSERT INTO memberships SELECT id, 'a', 'owner', 1 FROM projects UNION ALL SELECT id, 'b', 'member', 1 FROM projects",
    "INSERT INTO invitations SELECT 'i1', 'hi1', id, 'member', NULL, 'a', 1, 9, NULL FROM projects",
    "INSERT INTO shares SELECT 'l1', 'hl1', id, 'a', 1, NULL FROM projects",
    "INSERT INTO visits VALUES ('s2', 'l1')",
    "INSERT INTO api_tokens VALUES ('t1', 'ht1', 'a', 'Robot', 1, 1, NULL)",
    "INSERT INTO api_token_projects SELECT 't1', id FROM projects",
    "INSERT INTO webhooks SELECT 'w1', id, 'https://a.example', 'x', 'a', 1, 1, NULL, 0, NULL FROM projects",
    "INSERT INTO security_log (at, what, address, detail) VALUES (1, 'first', '', '')",
];

/// What happens after it, when there is a second project too.
const AFTER: [&str; 20] = [
    "INSERT INTO actors (id, name, named, created_at) VALUES ('c', 'Cy', 1, 2), ('g', 'Calm Owl', 0, 2)",
    "UPDATE actors SET name = 'Ada Lovelace', initials = 'AL', colour = 7 WHERE id = 'a'",
    "INSERT INTO accounts VALUES ('c', 'cy@example.com', 'cy', 0, 0, 2)",
    "UPDATE accounts SET password = 'new' WHERE actor_id = 'a'",
    "UPDATE accounts SET closed = 1 WHERE actor_id = 'b'",
    "DELETE FROM recoveries",
    "INSERT INTO recoveries VALUES ('r2', 'c', 9)",
    "DELETE FROM sessions",
    "INSERT INTO sessions VALUES ('h3', 'a', 2, 2, 's3', ''), ('h4', 'g', 2, 2, 's4', '')",
    "UPDATE memberships SET role = NULL, since = 2 WHERE actor_id = 'b'",
    "INSERT INTO memberships SELECT id, 'c', 'client', 2 FROM projects",
    "UPDATE invitations SET ended_at = 2",
    "INSERT INTO shares SELECT 'l2', 'hl2', id, 'a', 2, NULL FROM projects WHERE rev > 0",
    "UPDATE shares SET revoked_at = 2 WHERE id = 'l1'",
    "INSERT INTO visits VALUES ('s4', 'l2')",
    "DELETE FROM api_tokens",
    "INSERT INTO api_tokens VALUES ('t2', 'ht2', 'c', 'Other', 0, 2, NULL)",
    "INSERT INTO api_token_projects SELECT 't2', id FROM projects",
    "UPDATE webhooks SET delivered = 99",
    "INSERT INTO security_log (at, what, address, detail) VALUES (2, 'second', '', '')",
];

/// Another installation, where Max came in, and someone who has Ada's address.
const ELSEWHERE: [&str; 4] = [
    "INSERT INTO actors (id, name, named, created_at) VALUES ('m', 'Max', 1, 3), ('n', 'Ada', 1, 3)",
    "INSERT INTO accounts VALUES ('m', 'max@example.com', 'max', 1, 0, 3), ('n', 'ada@example.com', 'x', 0, 0, 3)",
    "INSERT INTO sessions VALUES ('h9', 'm', 3, 3, 's9', '')",
    "INSERT INTO security_log (at, what, address, detail) VALUES (3, 'other', '', '')",
];

async fn run(store: &Store, statements: &[&'static str]) {
    for statement in statements {
        store.run_for_test(statement).await;
    }
}

/// A folder with project 1 as it is when the backup is made, and the backup.
async fn backed_up() -> (TempDir, Store, PathBuf) {
    let name = Name::new("Beta").expect("a name");
    let (folder, store) = written([Command::RenameProject { name }]).await;
    run(&store, &BEFORE).await;
    let (data, to) = (folder.path().to_owned(), folder.path().join("backup"));
    let args = BackupArgs {
        folder: Folder { data },
        to: to.clone(),
    };
    backup(&args).await.expect("a backup");
    (folder, store, to)
}

/// Restores that backup into a folder whose server has stopped; answers the store.
async fn restored_into(folder: &Path, from: PathBuf) -> Store {
    let data = folder.to_owned();
    let args = RestoreArgs {
        folder: Folder { data },
        from,
    };
    restore(&args, |_| {}).await.expect("restored");
    assert_eq!(checked(folder).await.0.findings, 0);
    open(folder).await
}

/// Begins a project that the backup does not have.
async fn begin_another(store: &Store) {
    let new = NewProject {
        id: ProjectId(Bits128(2)),
        name: Name::new("Late").expect("a name"),
    };
    let snapshot = Project::new(new.name.clone(), Millis(2)).snapshot();
    let mut batch = store.begin().await.expect("a batch");
    batch.create(&new, &snapshot, Millis(2)).await.expect("created");
    batch.commit().await.expect("committed");
}

/// What the tables hold: queries, and what each is to answer.
async fn check(store: &Store, expected: &[(&'static str, &str)]) {
    for (query, expected) in expected {
        assert_eq!(store.text_for_test(query).await, *expected, "{query}");
    }
}

#[tokio::test]
async fn who_may_what_is_as_it_was_before_the_restore() {
    let (folder, store, from) = backed_up().await;
    begin_another(&store).await;
    run(&store, &AFTER).await;
    store.close().await;
    let store = restored_into(folder.path(), from).await;
    check(
        &store,
        &[
            ("SELECT name || initials || colour FROM actors WHERE id = 'a'", "Ada LovelaceAL7"),
            (
                "SELECT group_concat(actor_id || password || closed, ' ') FROM (SELECT * FROM accounts ORDER BY actor_id)",
                "anew0 bben1 ccy0",
            ),
            ("SELECT group_concat(subject || actor_id) FROM identities", "adaa"),
            ("SELECT group_concat(token_hash || actor_id) FROM recoveries", "r2c"),
            ("SELECT group_concat(id) FROM (SELECT id FROM sessions ORDER BY id)", "s3,s4"),
            (
                "SELECT group_concat(actor_id || coalesce(role, '-') || since, ' ')
                 FROM (SELECT * FROM memberships ORDER BY actor_id)",
                "aowner1 b-2 cclient2",
            ),
            ("SELECT group_concat(id || ended_at) FROM invitations", "i12"),
            (
                "SELECT group_concat(id || coalesce(revoked_at, '-'), ' ') FROM (SELECT * FROM shares ORDER BY id)",
                "l12 l2-",
            ),
            ("SELECT group_concat(session_id || share_id) FROM visits", "s4l2"),
            ("SELECT group_concat(id) FROM api_tokens", "t2"),
            ("SELECT group_concat(token_id || (project_id + 0)) FROM api_token_projects", "t21"),
            ("SELECT group_concat(id || delivered) FROM webhooks", "w11"),
            ("SELECT group_concat(what) FROM (SELECT what FROM security_log ORDER BY id)", "first,second"),
            ("SELECT group_concat(name) FROM projects", "Beta"),
        ],
    )
    .await;
    store.close().await;
}

#[tokio::test]
async fn what_another_installation_knows_nothing_of_is_as_the_backup_has_it() {
    let (_folder, store, from) = backed_up().await;
    store.close().await;
    let other = tempfile::tempdir().expect("a folder");
    let store = open(other.path()).await;
    run(&store, &ELSEWHERE).await;
    store.close().await;
    let store = restored_into(other.path(), from).await;
    check(
        &store,
        &[
            (
                "SELECT group_concat(actor_id || email, ' ') FROM (SELECT * FROM accounts ORDER BY actor_id)",
                "aada@example.com bben@example.com mmax@example.com",
            ),
            (
                "SELECT group_concat(actor_id || role, ' ') FROM (SELECT * FROM memberships ORDER BY actor_id)",
                "aowner bmember",
            ),
            ("SELECT group_concat(id) FROM sessions", "s9"),
            ("SELECT group_concat(id) FROM invitations", "i1"),
            ("SELECT group_concat(id) FROM shares", "l1"),
            ("SELECT group_concat(session_id) FROM visits", ""),
            ("SELECT group_concat(id) FROM api_tokens", "t1"),
            ("SELECT group_concat(token_hash) FROM recoveries", ""),
            ("SELECT group_concat(id || delivered) FROM webhooks", "w11"),
            (
                "SELECT group_concat(what) FROM (SELECT what FROM security_log ORDER BY id)",
                "first,other",
            ),
        ],
    )
    .await;
    store.close().await;
}
