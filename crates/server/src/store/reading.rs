//! One moment of a database file, read beside whoever writes it: for checks. Tells what is there as it is, broken rows
//! included, and never writes.

use super::row::ChangeRow;
use super::{BUSY_TIMEOUT, FILE, MIGRATIONS, StoreError};
use backlog::Recorded;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, FromRow};
use std::path::{Path, PathBuf};

/// How many changes are in memory at once.
const PAGE: i64 = 500;
/// How many of SQLite's own complaints are read.
const COMPLAINTS: i64 = 20;

/// The migration by which changes got the column `base`; a backup may be older.
const BASE: i64 = 2;

/// One moment of a database file.
#[derive(Debug)]
pub struct Reading {
    connection: SqliteConnection,
    /// The last migration that the file has seen.
    written: i64,
}

/// A project's line in the list of projects, as it is written there.
#[derive(Clone, Debug, FromRow)]
pub struct Listed {
    /// Its identity.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was created.
    pub created_at: i64,
    /// The revision of its head.
    pub rev: i64,
    /// The hash of its head.
    pub hash: String,
}

/// A row of a history.
#[derive(Debug)]
pub struct Entry {
    /// The revision, as it is written.
    pub rev: i64,
    /// The change, as it is written.
    pub change: String,
    /// What the row says, where it can be read.
    pub recorded: Result<Recorded, StoreError>,
}

/// A mutation id that has more than one fate.
#[derive(Debug, FromRow)]
pub struct Double {
    /// Which.
    pub mid: String,
    /// The last revision that it led to.
    pub rev: i64,
}

impl Reading {
    /// The present of the database in a data folder, which a server may be writing.
    pub async fn of_folder(folder: &Path) -> Result<Reading, StoreError> {
        Reading::open(in_use(&folder.join(FILE))).await
    }

    /// A database file that nobody writes, such as a backup. Leaves no file beside it.
    pub async fn of_file(file: &Path) -> Result<Reading, StoreError> {
        Reading::open(at_rest(file)).await
    }

    async fn open(options: SqliteConnectOptions) -> Result<Reading, StoreError> {
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::query("BEGIN").execute(&mut connection).await?;
        let written: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await
            .map_err(|error| StoreError::Foreign(error.to_string()))?;
        if MIGRATIONS.iter().all(|known| known.version < written) {
            return Err(StoreError::Foreign("a newer truestory wrote it".to_owned()));
        }
        Ok(Reading { connection, written })
    }

    /// What SQLite finds wrong with the file: damaged pages, broken indexes, rows that belong to nothing.
    pub async fn complaints(&mut self) -> Result<Vec<String>, StoreError> {
        let found: Vec<String> = sqlx::query_scalar("SELECT integrity_check FROM pragma_integrity_check LIMIT ?")
            .bind(COMPLAINTS)
            .fetch_all(&mut self.connection)
            .await?;
        let mut complaints: Vec<String> = found.into_iter().filter(|line| line != "ok").collect();
        let lost: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")
                .fetch_all(&mut self.connection)
                .await?;
        let lost = lost
            .iter()
            .map(|(table, parent, count)| format!("rows of {table} that belong to nothing in {parent}: {count}"));
        complaints.extend(lost);
        Ok(complaints)
    }

    /// The list of projects, by name.
    pub async fn projects(&mut self) -> Result<Vec<Listed>, StoreError> {
        Ok(
            sqlx::query_as("SELECT id, name, created_at, rev, hash FROM projects ORDER BY lower(name), id")
                .fetch_all(&mut self.connection)
                .await?,
        )
    }

    /// The revision and the text of a project's snapshot.
    pub async fn snapshot(&mut self, project: &str) -> Result<Option<(i64, String)>, StoreError> {
        Ok(sqlx::query_as("SELECT rev, body FROM snapshots WHERE project_id = ?")
            .bind(project)
            .fetch_optional(&mut self.connection)
            .await?)
    }

    /// The next rows of a project's history after a revision, in order; none at its end.
    pub async fn entries(&mut self, project: &str, after: i64) -> Result<Vec<Entry>, StoreError> {
        let page = if self.written < BASE {
            "SELECT rev, mid, 0 AS base, actor_id, actor_name, at, change, prev_hash, hash
             FROM changes WHERE project_id = ? AND rev > ? ORDER BY rev LIMIT ?"
        } else {
            "SELECT rev, mid, base, actor_id, actor_name, at, change, prev_hash, hash
             FROM changes WHERE project_id = ? AND rev > ? ORDER BY rev LIMIT ?"
        };
        let rows: Vec<ChangeRow> = sqlx::query_as(page)
            .bind(project)
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut self.connection)
            .await?;
        let entry = |row: ChangeRow| Entry {
            rev: row.rev,
            change: row.change.clone(),
            recorded: row.read(),
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// Mutations of one actor that a project carried out more than once, or carried out and refused.
    pub async fn doubles(&mut self, project: &str) -> Result<Vec<Double>, StoreError> {
        Ok(sqlx::query_as(
            "SELECT mid, max(rev) AS rev FROM changes WHERE project_id = ?1 GROUP BY actor_id, mid HAVING count(*) > 1
             UNION ALL
             SELECT mid, changes.rev FROM changes JOIN rejections USING (project_id, actor_id, mid) WHERE project_id = ?1
             LIMIT ?2",
        )
        .bind(project)
        .bind(COMPLAINTS)
        .fetch_all(&mut self.connection)
        .await?)
    }

    /// Lets go of the file.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }
}

/// How to open, only to read, a file that a server may be writing.
pub(super) fn in_use(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(BUSY_TIMEOUT)
}

/// How to open, only to read, a file that nobody writes.
pub(super) fn at_rest(file: &Path) -> SqliteConnectOptions {
    // What is in a write-ahead log beside it belongs to it; SQLite passes that over in a file that it may call immutable.
    in_use(file).immutable(!beside(file, "-wal").exists())
}

/// The name of a file that SQLite keeps beside a database.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
