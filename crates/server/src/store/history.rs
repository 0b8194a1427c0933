//! Projects and their histories.

use super::row::{self, ChangeRow, signed};
use super::{Store, StoreError};
use backlog::api::{Fate, NewProject, ProjectSummary, to_json};
use backlog::history::rescales;
use backlog::{
    ActorId, Change, Command, Hash, ImportId, Mid, Millis, Name, ProjectId, Recorded, Rejection, Snapshot, StoryId,
    Version,
};
use sqlx::{Sqlite, SqliteExecutor, Transaction};
use std::collections::HashMap;

/// What is kept of a project: a snapshot, the changes since, and where that should lead.
#[derive(Debug)]
pub struct Stored {
    /// The revision of the snapshot.
    pub from: u64,
    /// The project as it was then.
    pub snapshot: Snapshot,
    /// What happened after, in order.
    pub changes: Vec<Recorded>,
    /// Where the history ends.
    pub head: Version,
}

impl Store {
    /// All projects, by name.
    pub async fn projects(&self) -> Result<Vec<ProjectSummary>, StoreError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT id, name, rev FROM projects ORDER BY lower(name), id")
                .fetch_all(&self.reads)
                .await?;
        rows.into_iter().map(row::summary).collect()
    }

    /// The changes of a project after one revision, up to and including another, in order.
    pub async fn changes(&self, project: ProjectId, after: u64, upto: u64) -> Result<Vec<Recorded>, StoreError> {
        changes(&self.reads, project, after, upto).await
    }

    /// The changes of a project that touch a story, in order: those that name it, those that go with the import that brought it,
    /// and those by which its estimate followed another scale. Of an import only the story itself is read.
    pub async fn changes_of_story(&self, project: ProjectId, story: StoryId) -> Result<Vec<Recorded>, StoreError> {
        let rows: Vec<ChangeRow> = sqlx::query_as(OF_STORY)
            .bind(project.to_string())
            .bind(story.to_string())
            .fetch_all(&self.reads)
            .await?;
        let read: Result<Vec<Recorded>, StoreError> = rows.into_iter().map(ChangeRow::read).collect();
        let mut changes = read?;
        // What names the story in its text may only have put another one after it.
        changes.retain(|one| one.change.stories().contains(&story) || rescales(&one.change));
        if let Some(import) = changes.iter().find_map(|one| brought(&one.change, story)) {
            changes.extend(self.changes_of_import(project, import).await?);
            changes.sort_by_key(|one| one.rev);
        }
        Ok(changes)
    }

    /// The changes that deleted and brought back what an import had brought.
    async fn changes_of_import(&self, project: ProjectId, import: ImportId) -> Result<Vec<Recorded>, StoreError> {
        let changes = [
            Change::ImportDeleted { id: import },
            Change::ImportRestored { id: import },
        ];
        let [deleted, restored] = changes.map(|change| to_json(&change));
        // Unlike a comparison, `octet_length` does not read the text.
        let rows: Vec<ChangeRow> = sqlx::query_as(
            "SELECT rev, mid, base, actor_id, actor_name, at, change, prev_hash, hash FROM changes
             WHERE project_id = ?1 AND octet_length(change) <= octet_length(?3) AND change IN (?2, ?3)",
        )
        .bind(project.to_string())
        .bind(deleted)
        .bind(restored)
        .fetch_all(&self.reads)
        .await?;
        rows.into_iter().map(ChangeRow::read).collect()
    }

    /// How many bytes the changes of a project after one revision take, up to and including another.
    pub async fn size_of_changes(&self, project: ProjectId, after: u64, upto: u64) -> Result<u64, StoreError> {
        // Unlike `length`, `octet_length` does not read the text.
        let size: i64 = sqlx::query_scalar(
            "SELECT coalesce(sum(octet_length(change)), 0)
             FROM changes WHERE project_id = ? AND rev > ? AND rev <= ?",
        )
        .bind(project.to_string())
        .bind(signed(after))
        .bind(signed(upto))
        .fetch_one(&self.reads)
        .await?;
        Ok(size.unsigned_abs())
    }

    /// The hash of a revision; none where the project never had it.
    pub async fn hash_at(&self, project: ProjectId, rev: u64) -> Result<Option<Hash>, StoreError> {
        if rev == 0 {
            return Ok(Some(Hash::genesis(project)));
        }
        let hash: Option<String> = sqlx::query_scalar("SELECT hash FROM changes WHERE project_id = ? AND rev = ?")
            .bind(project.to_string())
            .bind(signed(rev))
            .fetch_optional(&self.reads)
            .await?;
        hash.map(|text| row::id("hash", &text).map(Hash)).transpose()
    }

    /// What became of an actor's mutations, those that the project has seen.
    pub async fn fates(&self, of: (ProjectId, ActorId), mids: &[Mid]) -> Result<HashMap<Mid, Fate>, StoreError> {
        let mut transaction = self.reads.begin().await?;
        fates(&mut transaction, of, mids).await
    }

    /// Begins to write. Nothing of it is there for anyone before [`Batch::commit`]; dropped, it never was.
    pub async fn begin(&self) -> Result<Batch, StoreError> {
        Ok(Batch {
            transaction: self.writes.begin_with("BEGIN IMMEDIATE").await?,
        })
    }
}

/// The rows that name a story or bring another scale. An import can be many megabytes: of its stories only the one is taken.
const OF_STORY: &str = r#"
    SELECT rev, mid, base, actor_id, actor_name, at, prev_hash, hash,
        CASE WHEN substr(change, 1, 20) <> '{"stories-imported":' THEN change
        ELSE json_object('stories-imported', json_object(
            'id', change ->> '$."stories-imported".id',
            'scale', change -> '$."stories-imported".scale',
            'stories', (SELECT json_group_array(json(value)) FROM json_each(change, '$."stories-imported".stories')
                        WHERE value ->> '$.id' = ?2)
        )) END AS change
    FROM changes
    WHERE project_id = ?1 AND (
        instr(change, ?2) > 0
        OR (substr(change, 1, 19) = '{"settings-edited":' AND instr(change, '{"scale":') > 0)
        OR (substr(change, 1, 20) = '{"stories-imported":' AND change -> '$."stories-imported".scale' IS NOT NULL)
    )
    ORDER BY rev"#;

/// The import by which a change brought a story.
fn brought(change: &Change, story: StoryId) -> Option<ImportId> {
    let Change::StoriesImported(import) = change else {
        return None;
    };
    let brings = import.stories.iter().any(|one| one.id == story);
    brings.then_some(import.id)
}

/// A mutation that was refused.
#[derive(Clone, Copy, Debug)]
pub struct Refused<'a> {
    /// Which.
    pub mid: Mid,
    /// Why.
    pub reason: &'a Rejection,
    /// When.
    pub at: Millis,
}

/// Writes that become true together.
pub struct Batch {
    pub(super) transaction: Transaction<'static, Sqlite>,
}

impl Batch {
    /// What is kept of a project; none where there is no such project.
    pub async fn project(&mut self, id: ProjectId) -> Result<Option<Stored>, StoreError> {
        let found: Option<(i64, String, i64, String)> = sqlx::query_as(
            "SELECT projects.rev, projects.hash, snapshots.rev, snapshots.body
             FROM projects JOIN snapshots ON snapshots.project_id = projects.id WHERE projects.id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *self.transaction)
        .await?;
        let Some((rev, hash, from, body)) = found else {
            return Ok(None);
        };
        let head = Version {
            rev: row::rev(rev)?,
            hash: Hash(row::id("hash", &hash)?),
        };
        let from = row::rev(from)?;
        let changes = changes(&mut *self.transaction, id, from, head.rev).await?;
        Ok(Some(Stored {
            from,
            snapshot: row::json("snapshot", &body)?,
            changes,
            head,
        }))
    }

    /// Writes down a project that begins.
    pub async fn create(&mut self, new: &NewProject, snapshot: &Snapshot, at: Millis) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO projects (id, name, created_at, rev, hash) VALUES (?, ?, ?, 0, ?)")
            .bind(new.id.to_string())
            .bind(new.name.as_str())
            .bind(at.0)
            .bind(Hash::genesis(new.id).0.to_string())
            .execute(&mut *self.transaction)
            .await?;
        self.keep_snapshot(new.id, 0, snapshot).await
    }

    /// What became of an actor's mutations, those that the project has seen, this batch included.
    pub async fn fates(&mut self, of: (ProjectId, ActorId), mids: &[Mid]) -> Result<HashMap<Mid, Fate>, StoreError> {
        fates(&mut self.transaction, of, mids).await
    }

    /// Appends to a project's history.
    pub async fn append(&mut self, id: ProjectId, entry: &Recorded, command: &Command) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO changes (project_id, rev, mid, base, actor_id, actor_name, at, command, change, prev_hash, hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(signed(entry.rev))
        .bind(entry.mid.0.to_string())
        .bind(signed(entry.base))
        .bind(entry.actor.id.0.to_string())
        .bind(entry.actor.name.as_str())
        .bind(entry.at.0)
        .bind(to_json(command))
        .bind(to_json(&entry.change))
        .bind(entry.prev.0.to_string())
        .bind(entry.hash.0.to_string())
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Remembers that an actor's mutation was refused.
    pub async fn reject(&mut self, of: (ProjectId, ActorId), refused: Refused<'_>) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO rejections (project_id, actor_id, mid, reason, at) VALUES (?, ?, ?, ?, ?)")
            .bind(of.0.to_string())
            .bind(of.1.0.to_string())
            .bind(refused.mid.0.to_string())
            .bind(to_json(refused.reason))
            .bind(refused.at.0)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Says where a project's history ends now, and what the project is called.
    pub async fn advance(&mut self, id: ProjectId, name: &Name, head: Version) -> Result<(), StoreError> {
        sqlx::query("UPDATE projects SET name = ?, rev = ?, hash = ? WHERE id = ?")
            .bind(name.as_str())
            .bind(signed(head.rev))
            .bind(head.hash.0.to_string())
            .bind(id.to_string())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Replaces a project's snapshot by the one of a later revision.
    pub async fn keep_snapshot(&mut self, id: ProjectId, rev: u64, body: &Snapshot) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO snapshots (project_id, rev, body) VALUES (?, ?, ?)")
            .bind(id.to_string())
            .bind(signed(rev))
            .bind(to_json(body))
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Makes it true, on disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

async fn changes(
    executor: impl SqliteExecutor<'_>,
    project: ProjectId,
    after: u64,
    upto: u64,
) -> Result<Vec<Recorded>, StoreError> {
    let rows: Vec<ChangeRow> = sqlx::query_as(
        "SELECT rev, mid, base, actor_id, actor_name, at, change, prev_hash, hash
         FROM changes WHERE project_id = ? AND rev > ? AND rev <= ? ORDER BY rev",
    )
    .bind(project.to_string())
    .bind(signed(after))
    .bind(signed(upto))
    .fetch_all(executor)
    .await?;
    rows.into_iter().map(ChangeRow::read).collect()
}

async fn fates(
    transaction: &mut Transaction<'static, Sqlite>,
    (project, actor): (ProjectId, ActorId),
    mids: &[Mid],
) -> Result<HashMap<Mid, Fate>, StoreError> {
    if mids.is_empty() {
        return Ok(HashMap::new());
    }
    // One statement for all of them: a JSON list binds as one value.
    let asked = to_json(&mids);
    let applied: Vec<(String, i64)> = sqlx::query_as(
        "SELECT mid, rev FROM changes
         WHERE project_id = ? AND actor_id = ? AND mid IN (SELECT value FROM json_each(?))",
    )
    .bind(project.to_string())
    .bind(actor.0.to_string())
    .bind(&asked)
    .fetch_all(&mut **transaction)
    .await?;
    let rejected: Vec<(String, String)> = sqlx::query_as(
        "SELECT mid, reason FROM rejections
         WHERE project_id = ? AND actor_id = ? AND mid IN (SELECT value FROM json_each(?))",
    )
    .bind(project.to_string())
    .bind(actor.0.to_string())
    .bind(&asked)
    .fetch_all(&mut **transaction)
    .await?;
    let mut fates = HashMap::with_capacity(applied.len() + rejected.len());
    for (mid, rev) in applied {
        fates.insert(Mid(row::id("mutation id", &mid)?), Fate::Applied(row::rev(rev)?));
    }
    for (mid, reason) in rejected {
        fates.insert(
            Mid(row::id("mutation id", &mid)?),
            Fate::Rejected(row::json("rejection", &reason)?),
        );
    }
    Ok(fates)
}
