//! The store against a real file.

use super::{Refused, Store, StoreError};
use backlog::api::{Fate, NewProject};
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Blocker, Change, Command, Edit, Epoch, Estimate, Import, ImportId, Ledger, Mid, Millis, Name,
    Obstacle, PartId, PointScale, Project, ProjectId, Recorded, Rejection, Sent, SettingEdit, State, Story, StoryId,
    StoryType, Title, Version,
};
use std::path::Path;
use tempfile::TempDir;

mod people;

const PROJECT: ProjectId = ProjectId(Bits128(1));
const ACTOR: ActorId = ActorId(Bits128(2));
const AT: Millis = Millis(1_795_230_240_000);

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

async fn open(folder: &Path) -> Store {
    Store::open(folder, Epoch(Bits128(0xe))).await.expect("a store")
}

/// A store with a project whose name was changed as often as that, and its history.
async fn with_changes(count: u128) -> (TempDir, Store, Vec<Recorded>) {
    let rename = |number| Command::RenameProject {
        name: name(&format!("Alpha {number}")),
    };
    with((1..=count).map(rename)).await
}

/// A store with a project to which these commands were given, and its history.
async fn with(commands: impl IntoIterator<Item = Command>) -> (TempDir, Store, Vec<Recorded>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).await;
    let project = Project::new(name("Alpha"), AT);
    let new = NewProject {
        id: PROJECT,
        name: name("Alpha"),
    };
    let mut batch = store.begin().await.expect("a batch");
    batch.create(&new, &project.snapshot(), AT).await.expect("a project");
    let mut ledger = Ledger::new(PROJECT, project);
    let actor = Actor {
        id: ACTOR,
        name: name("Ada"),
    };
    let mut history = Vec::new();
    for (number, command) in (1..).zip(commands) {
        let sent = Sent {
            mid: Mid(Bits128(number)),
            base: ledger.version().rev / 2,
            command,
        };
        let recorded = ledger.enter(&sent, &actor, AT).expect("accepted");
        batch.append(PROJECT, &recorded, &sent.command).await.expect("appended");
        history.push(recorded);
    }
    batch
        .advance(PROJECT, ledger.project().name(), ledger.version())
        .await
        .expect("advanced");
    batch.commit().await.expect("committed");
    (folder, store, history)
}

#[tokio::test]
async fn a_history_is_read_as_it_was_written() {
    let (folder, store, history) = with_changes(5).await;
    assert_eq!(
        history.iter().map(|recorded| recorded.base).collect::<Vec<_>>(),
        [0, 0, 1, 1, 2]
    );
    assert_eq!(store.changes(PROJECT, 0, 5).await.expect("changes"), history);
    assert_eq!(store.changes(PROJECT, 2, 4).await.expect("changes"), history[2..4]);
    assert_eq!(store.hash_at(PROJECT, 3).await.expect("a hash"), Some(history[2].hash));
    assert_eq!(store.hash_at(PROJECT, 6).await.expect("none"), None);
    store.close().await;

    let store = open(folder.path()).await;
    let mut batch = store.begin().await.expect("a batch");
    let stored = batch.project(PROJECT).await.expect("read").expect("a project");
    assert_eq!((stored.from, stored.head), (0, history[4].version()));
    assert_eq!(stored.changes, history);
    assert_eq!(
        batch
            .project(ProjectId(Bits128(9)))
            .await
            .expect("read")
            .map(|stored| stored.head),
        None
    );
}

fn story(number: u128, estimate: u16) -> Story {
    let life = (StoryType::Feature, State::Unstarted);
    let title = Title::new("Pay by card").expect("a title");
    Story {
        estimate: Some(Estimate(estimate)),
        ..Story::new(StoryId(Bits128(number)), title, life, AT)
    }
}

fn import(number: u128, scale: Option<PointScale>, stories: Vec<Story>) -> Command {
    Command::ImportStories(Box::new(Import {
        id: ImportId(Bits128(number)),
        people: Vec::new(),
        scale,
        epics: Vec::new(),
        stories,
    }))
}

#[tokio::test]
async fn a_storys_history_goes_with_its_import_and_with_the_scale() {
    let delete = |number| Command::DeleteImport {
        id: ImportId(Bits128(number)),
    };
    let scale = |scale| Command::EditSettings {
        edits: vec![SettingEdit::Scale(scale)],
    };
    let fibonacci = Some(PointScale::Fibonacci);
    let edit = |number, title: &str| Command::EditStory {
        id: StoryId(Bits128(number)),
        edits: vec![Edit::Title(Title::new(title).expect("a title"))],
    };
    let mut waiting = story(0xb0, 0);
    waiting.blockers.push(Blocker {
        id: PartId(Bits128(1)),
        what: Obstacle::Story(StoryId(Bits128(0xa0))),
        resolved: false,
    });
    let (_folder, store, history) = with([
        import(1, None, vec![story(0xa0, 3), story(0xa1, 1)]),
        import(2, None, vec![waiting]),
        edit(0xa0, "first"),
        delete(1),
        delete(2),
        Command::RestoreImport {
            id: ImportId(Bits128(1)),
        },
        scale(PointScale::PowersOfTwo),
        import(3, fibonacci, vec![story(0xc0, 5)]),
        edit(0xa1, "second"),
    ])
    .await;
    let revisions = |changes: &[Recorded]| changes.iter().map(|one| one.rev).collect::<Vec<_>>();
    let of = async |number| {
        let story = StoryId(Bits128(number));
        store.changes_of_story(PROJECT, story).await.expect("changes")
    };
    assert_eq!(revisions(&of(0xa0).await), [1, 3, 4, 6, 7, 8]);
    assert_eq!(revisions(&of(0xa1).await), [1, 4, 6, 7, 8, 9]);
    assert_eq!(revisions(&of(0xb0).await), [2, 5, 7, 8]);
    assert_eq!(revisions(&of(0xc0).await), [7, 8]);
    // Of an import the story itself alone, and the scale.
    let read = of(0xa0).await;
    assert_eq!(read[1..5], [&history[2..4], &history[5..7]].concat());
    let brought = |change: &Change| match change {
        Change::StoriesImported(import) => (import.id.0.0, import.scale.clone(), import.stories.clone()),
        other => panic!("no import: {other:?}"),
    };
    let first = Story {
        number: 1,
        import: Some(ImportId(Bits128(1))),
        ..story(0xa0, 3)
    };
    assert_eq!(brought(&read[0].change), (1, None, vec![first]));
    assert_eq!(brought(&read[5].change), (3, Some(PointScale::Fibonacci), Vec::new()));
}

#[tokio::test]
async fn the_epoch_outlives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    open(folder.path()).await.close().await;
    let store = Store::open(folder.path(), Epoch(Bits128(0xf))).await.expect("a store");
    assert_eq!(store.epoch(), Epoch(Bits128(0xe)));
}

#[tokio::test]
async fn a_history_is_never_rewritten() {
    let (_folder, store, _) = with_changes(2).await;
    for statement in ["UPDATE changes SET at = 0", "DELETE FROM changes WHERE rev = 2"] {
        let error = sqlx::query(statement)
            .execute(&store.writes)
            .await
            .expect_err(statement);
        assert!(error.to_string().contains("the history is append-only"), "{error}");
    }
}

#[tokio::test]
async fn what_is_not_committed_never_was() {
    let (_folder, store, history) = with_changes(2).await;
    let mut batch = store.begin().await.expect("a batch");
    let nowhere = Version {
        rev: 9,
        hash: history[0].hash,
    };
    batch.advance(PROJECT, &name("Gone"), nowhere).await.expect("written");
    drop(batch);
    let listed = store.projects().await.expect("a list");
    assert_eq!((listed[0].name.as_str(), listed[0].rev), ("Alpha 2", 2));
}

#[tokio::test]
async fn neither_a_revision_nor_a_mutation_is_recorded_twice() {
    let (_folder, store, history) = with_changes(2).await;
    let command = Command::DeleteStories {
        stories: vec![StoryId(Bits128(1))],
    };
    let next_rev = Recorded {
        rev: 3,
        ..history[1].clone()
    };
    let next_mid = Recorded {
        mid: Mid(Bits128(9)),
        ..history[1].clone()
    };
    for twice in [next_rev, next_mid] {
        let mut batch = store.begin().await.expect("a batch");
        let error = batch.append(PROJECT, &twice, &command).await.expect_err("twice");
        assert!(error.to_string().contains("UNIQUE constraint failed"), "{error}");
    }
}

#[tokio::test]
async fn fates_are_those_of_the_actor_in_the_project() {
    let (_folder, store, _) = with_changes(2).await;
    let [first, second, third] = [1, 2, 3].map(|number| Mid(Bits128(number)));
    let mut batch = store.begin().await.expect("a batch");
    let reason = Rejection::Unestimated;
    let refused = Refused {
        mid: third,
        reason: &reason,
        at: AT,
    };
    batch.reject((PROJECT, ACTOR), refused).await.expect("written");
    batch.commit().await.expect("committed");

    let asked = [third, second, Mid(Bits128(4))];
    let fates = store.fates((PROJECT, ACTOR), &asked).await.expect("fates");
    assert_eq!(
        fates,
        [(second, Fate::Applied(2)), (third, Fate::Rejected(reason))].into()
    );
    let others = store
        .fates((PROJECT, ActorId(Bits128(3))), &[first])
        .await
        .expect("fates");
    assert_eq!(others, [].into());
}

#[tokio::test]
async fn a_full_disk_costs_what_was_written_then_and_nothing_later() {
    let (_folder, store, _) = with_changes(3).await;
    store.run_for_test("PRAGMA max_page_count = 1").await;
    assert!(fill(&store).await.is_err(), "the database has no room");
    store.run_for_test("PRAGMA max_page_count = 1000000").await;
    fill(&store).await.expect("there is room again");
}

/// Writes down what takes many pages.
async fn fill(store: &Store) -> Result<(), StoreError> {
    let new = NewProject {
        id: ProjectId(Bits128(9)),
        name: name("Beta"),
    };
    let mut batch = store.begin().await?;
    batch
        .create(&new, &Project::new(name("Beta"), AT).snapshot(), AT)
        .await?;
    let of = (new.id, ACTOR);
    for number in 0..1_000 {
        let refused = Refused {
            mid: Mid(Bits128(number)),
            reason: &Rejection::UnknownStory,
            at: AT,
        };
        batch.reject(of, refused).await?;
    }
    batch.commit().await
}
