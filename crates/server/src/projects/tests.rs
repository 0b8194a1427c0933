//! The writer and its readers, without HTTP.

use super::{Projects, ProjectsError};
use crate::access::{Credential, Grant};
use crate::listeners::Listeners;
use crate::realtime::{Announcement, Announcements, News, announcer};
use crate::store::Store;
use backlog::api::{Fate, NewProject, Sent, SyncAnswer, SyncRequest};
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Command, Description, Epoch, Mid, Millis, Name, Panel, ProjectId, Rejection, Role, StoryId,
    StoryType, Title,
};
use pusher_hub::Audience;
use pusher_hub::protocol::SocketId;
use std::path::Path;

const PROJECT: ProjectId = ProjectId(Bits128(1));

async fn start(folder: &Path) -> (Projects, Announcements) {
    let store = Store::open(folder, Epoch(Bits128(0xe))).await.expect("a store");
    let (announcer, announcements) = announcer();
    let (projects, _) = Projects::start(store.clone(), announcer, Listeners::none(store));
    (projects, announcements)
}

async fn begin(projects: &Projects) {
    let new = NewProject {
        id: PROJECT,
        name: name("Alpha"),
    };
    projects.create(new, None).await.expect("a project");
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn ada(project: ProjectId) -> Grant {
    let actor = Actor {
        id: ActorId(Bits128(2)),
        name: name("Ada"),
    };
    Grant::made_up(actor, project, Role::Owner)
}

fn socket(id: &str) -> Option<SocketId> {
    Some(SocketId::parse(id).expect("a socket id"))
}

fn rename(mid: u128) -> SyncRequest {
    let command = Command::RenameProject {
        name: name(&format!("Alpha {mid}")),
    };
    SyncRequest {
        commands: vec![Sent {
            mid: Mid(Bits128(mid)),
            base: 0,
            command,
        }],
        ..SyncRequest::default()
    }
}

fn applied(answer: &SyncAnswer) -> Option<u64> {
    match answer.outcomes[0].fate {
        Fate::Applied(rev) => Some(rev),
        Fate::Rejected(_) | Fate::Unknown => None,
    }
}

fn told(announcement: Announcement) -> (Option<u64>, Audience) {
    let rev = match announcement.news {
        News::Change(recorded) => Some(recorded.rev),
        News::Beacon(_) => None,
    };
    (rev, announcement.audience)
}

#[tokio::test]
async fn what_was_recorded_is_announced_once_and_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, mut announcements) = start(folder.path()).await;
    begin(&projects).await;
    projects
        .sync(&ada(PROJECT), socket("1.1"), rename(1))
        .await
        .expect("an answer");
    projects
        .sync(&ada(PROJECT), socket("1.1"), rename(1))
        .await
        .expect("an answer");
    projects.sync(&ada(PROJECT), None, rename(2)).await.expect("an answer");
    projects
        .announce_beacon(PROJECT, Audience::Everyone)
        .await
        .expect("a beacon");
    let mine = SocketId::parse("1.1").expect("a socket id");
    let expected = [
        (Some(1), Audience::Except(mine)),
        (Some(2), Audience::Everyone),
        (None, Audience::Everyone),
    ];
    for one in expected {
        assert_eq!(
            told(announcements.try_recv().expect("announced before the answer")),
            one
        );
    }
    announcements.try_recv().expect_err("no more than that");
}

#[tokio::test]
async fn a_failed_transaction_leaves_no_trace_and_the_next_one_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, mut announcements) = start(folder.path()).await;
    begin(&projects).await;
    projects.sync(&ada(PROJECT), None, rename(1)).await.expect("an answer");
    announcements.try_recv().expect("announced");

    // Another program breaks the rule of one writer: it takes the next revision.
    let taken = "INSERT INTO changes SELECT project_id, 2, 'x', actor_id, actor_name, at, command, change, prev_hash, hash, 0 FROM changes";
    projects.store.run_for_test(taken).await;
    let failed = projects.sync(&ada(PROJECT), None, rename(2)).await;
    assert!(matches!(failed, Err(ProjectsError::Store(_))), "{failed:?}");
    announcements.try_recv().expect_err("nothing was recorded");

    projects
        .store
        .run_for_test("DROP TRIGGER changes_are_not_deleted")
        .await;
    projects.store.run_for_test("DELETE FROM changes WHERE rev = 2").await;
    let answer = projects.sync(&ada(PROJECT), None, rename(2)).await.expect("an answer");
    assert_eq!((applied(&answer), answer.rev), (Some(2), 2));
}

#[tokio::test]
async fn a_history_that_does_not_hold_together_is_not_built_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, _announcements) = start(folder.path()).await;
    begin(&projects).await;
    for mid in 1..=3 {
        projects
            .sync(&ada(PROJECT), None, rename(mid))
            .await
            .expect("an answer");
    }
    projects
        .store
        .run_for_test("DROP TRIGGER changes_are_not_rewritten")
        .await;
    projects
        .store
        .run_for_test("UPDATE changes SET prev_hash = '00000000000000000000000000000000' WHERE rev = 2")
        .await;
    projects.stop().await;
    projects.ended().await;
    projects.store.close().await;

    let (projects, _announcements) = start(folder.path()).await;
    let answer = projects.sync(&ada(PROJECT), None, rename(4)).await;
    assert!(
        matches!(answer, Err(ProjectsError::Broken(broken)) if broken.rev == 2),
        "{answer:?}"
    );
    // Other projects go on.
    let new = NewProject {
        id: ProjectId(Bits128(5)),
        name: name("Beta"),
    };
    projects.create(new, None).await.expect("a project");
}

/// Ada, let in as an owner a moment ago, and the store that says what she is by now.
async fn let_in(folder: &Path) -> (Projects, Store, Grant) {
    let store = Store::open(folder, Epoch(Bits128(0xe))).await.expect("a store");
    let (announcer, _) = announcer();
    let (projects, _) = Projects::start(store.clone(), announcer, Listeners::none(store.clone()));
    begin(&projects).await;
    let grant = ada(PROJECT).shown(Credential::Session(Bits128(7)));
    store.take_in(grant.actor(), Millis(0)).await.expect("a person");
    seat(&store, Some(Role::Owner)).await;
    (projects, store, grant)
}

async fn seat(store: &Store, role: Option<Role>) {
    let of = (PROJECT, ActorId(Bits128(2)));
    let mut batch = store.begin().await.expect("a transaction");
    match role {
        Some(role) => batch.put_member(of, role, Millis(0)).await.expect("a member"),
        None => batch.end_member(of, Millis(0)).await.expect("no member"),
    }
    batch.commit().await.expect("it is kept");
}

/// Between the moment when a request is let in and the one when its turn has come, roles change.
#[tokio::test]
async fn what_counts_is_the_role_of_the_moment_when_a_command_is_carried_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, store, grant) = let_in(folder.path()).await;
    let answer = projects.sync(&grant, None, rename(1)).await.expect("an answer");
    assert_eq!((applied(&answer), answer.role), (Some(1), Role::Owner));
    seat(&store, Some(Role::Member)).await;
    let answer = projects.sync(&grant, None, rename(2)).await.expect("an answer");
    assert_eq!(answer.outcomes[0].fate, Fate::Rejected(Rejection::NotAllowed));
    assert_eq!((answer.rev, answer.role), (1, Role::Member));
    seat(&store, None).await;
    let gone = projects.sync(&grant, None, rename(3)).await;
    assert!(matches!(gone, Err(ProjectsError::Gone)), "{gone:?}");
    let head = projects.head(&ada(PROJECT)).await.expect("the project");
    assert_eq!(head.project().name().as_str(), "Alpha 1");
    projects.stop().await;
}

#[tokio::test]
async fn who_was_removed_while_an_answer_was_read_gets_nothing_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, store, grant) = let_in(folder.path()).await;
    let everything = || SyncRequest {
        full: true,
        ..SyncRequest::default()
    };
    let answer = projects.sync(&grant, None, everything()).await.expect("an answer");
    assert!(answer.snapshot.is_some());
    seat(&store, None).await;
    let gone = projects.sync(&grant, None, everything()).await;
    assert!(matches!(gone, Err(ProjectsError::Gone)), "{gone:?}");
    projects.stop().await;
}

#[tokio::test]
async fn a_stopped_writer_finishes_what_waits_and_refuses_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, _announcements) = start(folder.path()).await;
    begin(&projects).await;
    let by = ada(PROJECT);
    let (before, (), after) = tokio::join!(
        projects.sync(&by, None, rename(1)),
        projects.stop(),
        projects.sync(&by, None, rename(2)),
    );
    assert_eq!(before.ok().as_ref().and_then(applied), Some(1));
    assert!(matches!(after, Err(ProjectsError::Stopping)), "{after:?}");
    projects.ended().await;
    let late = projects.head(&ada(ProjectId(Bits128(7)))).await;
    assert!(matches!(late, Err(ProjectsError::Stopping)), "{late:?}");
}

#[tokio::test]
async fn who_missed_more_than_fits_into_an_answer_is_told_to_take_a_snapshot() {
    let folder = tempfile::tempdir().expect("a folder");
    let (projects, _announcements) = start(folder.path()).await;
    begin(&projects).await;
    let mut versions = Vec::new();
    for mid in 0..60 {
        let answer = projects.sync(&ada(PROJECT), None, large(mid)).await.expect("an answer");
        versions.push(answer.version());
    }
    let catch_up = |since| SyncRequest {
        since: Some(since),
        ..SyncRequest::default()
    };
    let far = projects.sync(&ada(PROJECT), None, catch_up(versions[0])).await;
    let far = far.expect("an answer");
    assert_eq!((far.reset, far.changes.len()), (true, 0));
    let near = projects.sync(&ada(PROJECT), None, catch_up(versions[40])).await;
    let near = near.expect("an answer");
    assert_eq!((near.reset, near.changes.len()), (false, 19));
}

/// Creates a story of 80 kB.
fn large(mid: u128) -> SyncRequest {
    let command = Command::CreateStory(NewStory {
        id: StoryId(Bits128(mid)),
        title: Title::new("large").expect("a title"),
        story_type: StoryType::Feature,
        panel: Panel::Icebox,
        after: None,
        estimate: None,
        description: Description::new(&"\u{1f422}".repeat(Description::MAX)).expect("a description"),
        labels: Default::default(),
    });
    SyncRequest {
        commands: vec![Sent {
            mid: Mid(Bits128(mid)),
            base: 0,
            command,
        }],
        ..SyncRequest::default()
    }
}
