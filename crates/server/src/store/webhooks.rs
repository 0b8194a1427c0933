//! Where the changes of projects are sent, and how far each receiver has got.

use super::row::signed;
use super::{Store, StoreError, row};
use backlog::api::members::Webhook;
use backlog::id::Bits128;
use backlog::{ActorId, Millis, ProjectId, Web};
use sqlx::FromRow;

/// A webhook to be.
#[derive(Clone)]
pub struct NewWebhook {
    /// Its identity.
    pub id: Bits128,
    /// Whose changes it is sent.
    pub project: ProjectId,
    /// Where to.
    pub url: Web,
    /// By what its deliveries are signed.
    pub secret: String,
    /// Who makes it.
    pub by: ActorId,
}

/// A webhook, with all that is needed to deliver to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Whose changes it is sent.
    pub project: ProjectId,
    /// Where to.
    pub url: String,
    /// By what its deliveries are signed.
    pub secret: String,
    /// How far it has got.
    pub progress: Progress,
}

/// How far a webhook has got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The webhook.
    pub webhook: Bits128,
    /// The revision up to which everything was taken.
    pub delivered: u64,
    /// Since when nothing is taken; none while it is.
    pub failing_since: Option<Millis>,
    /// Whether it is tried no more.
    pub given_up: bool,
    /// How the last try went, as a sentence; none while there was none.
    pub last: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    project_id: String,
    url: String,
    secret: String,
    delivered: i64,
    failing_since: Option<i64>,
    given_up: bool,
    last: Option<String>,
}

impl Store {
    /// The webhooks of all projects that are not given up.
    pub async fn receivers(&self) -> Result<Vec<Receiver>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, project_id, url, secret, delivered, failing_since, given_up, last
             FROM webhooks WHERE given_up = 0",
        )
        .fetch_all(&self.reads)
        .await?;
        rows.into_iter().map(receiver).collect()
    }

    /// The webhooks of a project, the newest first.
    pub async fn webhooks(&self, project: ProjectId) -> Result<Vec<Webhook>, StoreError> {
        let rows: Vec<(String, String, i64, Option<String>)> = sqlx::query_as(
            "SELECT id, url, created_at, last FROM webhooks WHERE project_id = ? ORDER BY created_at DESC, rowid DESC",
        )
        .bind(project.to_string())
        .fetch_all(&self.reads)
        .await?;
        let webhook = |(id, url, since, last): (String, String, i64, Option<String>)| {
            Ok(Webhook {
                id: row::id("webhook", &id)?,
                url: Web::new(&url).map_err(|error| row::corrupt("webhook", error))?,
                since: Millis(since),
                last,
            })
        };
        rows.into_iter().map(webhook).collect()
    }

    /// Makes a webhook that is sent what is recorded from now on; none where the project has `most` already.
    pub async fn make_webhook(&self, new: NewWebhook, most: u32, now: Millis) -> Result<Option<Receiver>, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let project = new.project.to_string();
        let (count, head): (u32, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM webhooks WHERE project_id = projects.id), rev FROM projects WHERE id = ?",
        )
        .bind(&project)
        .fetch_one(&mut *transaction)
        .await?;
        if count >= most {
            return Ok(None);
        }
        sqlx::query(
            "INSERT INTO webhooks (id, project_id, url, secret, made_by, created_at, delivered)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id.to_string())
        .bind(&project)
        .bind(new.url.as_str())
        .bind(&new.secret)
        .bind(new.by.0.to_string())
        .bind(now.0)
        .bind(head)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Some(Receiver {
            project: new.project,
            url: new.url.as_str().to_owned(),
            secret: new.secret,
            progress: Progress {
                webhook: new.id,
                delivered: row::rev(head)?,
                failing_since: None,
                given_up: false,
                last: None,
            },
        }))
    }

    /// Removes a webhook of a project; answers where it led, none where there was none.
    pub async fn remove_webhook(&self, project: ProjectId, webhook: Bits128) -> Result<Option<String>, StoreError> {
        let url: Option<String> =
            sqlx::query_scalar("DELETE FROM webhooks WHERE project_id = ? AND id = ? RETURNING url")
                .bind(project.to_string())
                .bind(webhook.to_string())
                .fetch_optional(&self.writes)
                .await?;
        Ok(url)
    }

    /// Writes down how far webhooks have got. Those that were removed meanwhile stay removed.
    pub async fn keep_progress(&self, all: &[Progress]) -> Result<(), StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        for progress in all {
            sqlx::query("UPDATE webhooks SET delivered = ?, failing_since = ?, given_up = ?, last = ? WHERE id = ?")
                .bind(signed(progress.delivered))
                .bind(progress.failing_since.map(|at| at.0))
                .bind(progress.given_up)
                .bind(&progress.last)
                .bind(progress.webhook.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}

fn receiver(row: Row) -> Result<Receiver, StoreError> {
    Ok(Receiver {
        project: ProjectId(row::id("project", &row.project_id)?),
        url: row.url,
        secret: row.secret,
        progress: Progress {
            webhook: row::id("webhook", &row.id)?,
            delivered: row::rev(row.delivered)?,
            failing_since: row.failing_since.map(Millis),
            given_up: row.given_up,
            last: row.last,
        },
    })
}
