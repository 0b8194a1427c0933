//! The security log.

use super::{Store, StoreError, row};
use backlog::api::account::{LogEntry, SecurityLog};
use backlog::{ActorId, Millis, ProjectId};

/// The most entries that are kept; the oldest are dropped.
const KEPT: i64 = 100_000;
/// Entries on a page.
const PAGE: usize = 100;

/// An entry to be.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// When.
    pub at: Millis,
    /// What, as a word.
    pub what: &'static str,
    /// Who did it; none where nobody was signed in.
    pub by: Option<ActorId>,
    /// From which network address.
    pub address: String,
    /// In which project, where it was in one.
    pub project: Option<ProjectId>,
    /// Whom or what it befell.
    pub detail: String,
}

/// An entry as it is read: id, when, what, by whom, from where, in which project, detail.
type Row = (i64, i64, String, Option<String>, String, Option<String>, String);

impl Store {
    /// Adds an entry, and drops the oldest where there are too many.
    pub async fn note(&self, entry: &NewEntry) -> Result<(), StoreError> {
        self.note_keeping(entry, KEPT).await
    }

    pub(super) async fn note_keeping(&self, entry: &NewEntry, kept: i64) -> Result<(), StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let added = sqlx::query(
            "INSERT INTO security_log (at, what, actor_id, address, project_id, detail) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(entry.at.0)
        .bind(entry.what)
        .bind(entry.by.map(|actor| actor.0.to_string()))
        .bind(&entry.address)
        .bind(entry.project.map(|project| project.to_string()))
        .bind(&entry.detail)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM security_log WHERE id <= ?")
            .bind(added.last_insert_rowid() - kept)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// A page of the log, the newest first, from before that entry on.
    pub async fn security_log(&self, before: Option<i64>) -> Result<SecurityLog, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT security_log.id, security_log.at, what, actors.name, address, projects.name, detail
             FROM security_log LEFT JOIN actors ON actors.id = security_log.actor_id
                  LEFT JOIN projects ON projects.id = security_log.project_id
             WHERE security_log.id < ? ORDER BY security_log.id DESC LIMIT ?",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(row::signed(PAGE as u64 + 1))
        .fetch_all(&self.reads)
        .await?;
        // One more than a page has tells that there is a next one.
        let next = rows.get(PAGE - 1).filter(|_| rows.len() > PAGE).map(|(id, ..)| *id);
        let entries = rows.into_iter().take(PAGE).map(entry).collect::<Result<_, _>>()?;
        Ok(SecurityLog { entries, next })
    }
}

fn entry((_, at, what, by, address, project, detail): Row) -> Result<LogEntry, StoreError> {
    // Whom it befell, and where.
    let parts = [detail, project.map(|name| format!("in {name}")).unwrap_or_default()];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(LogEntry {
        at: Millis(at),
        what,
        by: by.map(|name| row::name(&name)).transpose()?,
        address,
        detail: told.join(" "),
    })
}
