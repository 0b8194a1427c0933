//! Shares: public links by which anyone may read a project, and the sessions that came through them. Of their secrets only the hash
//! is kept.

use super::{Store, StoreError, TokenHash, row};
use backlog::api::members::Share;
use backlog::id::Bits128;
use backlog::{ActorId, Millis, ProjectId};

/// A public link to be.
#[derive(Clone, Debug)]
pub struct NewShare {
    /// Its identity.
    pub id: Bits128,
    /// The hash of its secret.
    pub token: TokenHash,
    /// Of which project.
    pub project: ProjectId,
    /// By whom.
    pub by: ActorId,
}

/// A public link that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingShare {
    /// Its identity.
    pub id: Bits128,
    /// Of which project.
    pub project: ProjectId,
}

impl Store {
    /// Writes a public link down.
    pub async fn share(&self, new: &NewShare, now: Millis) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO shares (id, token_hash, project_id, made_by, created_at) VALUES (?, ?, ?, ?, ?)")
            .bind(new.id.to_string())
            .bind(new.token.as_str())
            .bind(new.project.to_string())
            .bind(new.by.0.to_string())
            .bind(now.0)
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    /// The public links of a project that stand, the newest first.
    pub async fn shares(&self, project: ProjectId) -> Result<Vec<Share>, StoreError> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT shares.id, actors.name, shares.created_at FROM shares JOIN actors ON actors.id = shares.made_by
             WHERE shares.project_id = ? AND shares.revoked_at IS NULL ORDER BY shares.created_at DESC, shares.id",
        )
        .bind(project.to_string())
        .fetch_all(&self.reads)
        .await?;
        let share = |(id, by, since): (String, String, i64)| -> Result<Share, StoreError> {
            Ok(Share {
                id: row::id("share", &id)?,
                by: row::name(&by)?,
                since: Millis(since),
            })
        };
        rows.into_iter().map(share).collect()
    }

    /// Revokes a public link of a project. Answers whether there was one that stood.
    pub async fn revoke_share(&self, of: (ProjectId, Bits128), now: Millis) -> Result<bool, StoreError> {
        let revoked =
            sqlx::query("UPDATE shares SET revoked_at = ? WHERE project_id = ? AND id = ? AND revoked_at IS NULL")
                .bind(now.0)
                .bind(of.0.to_string())
                .bind(of.1.to_string())
                .execute(&self.writes)
                .await?;
        Ok(revoked.rows_affected() > 0)
    }

    /// The public link of that secret; none where there is none, or not any more.
    pub async fn standing_share(&self, token: &TokenHash) -> Result<Option<StandingShare>, StoreError> {
        let found: Option<(String, String)> =
            sqlx::query_as("SELECT id, project_id FROM shares WHERE token_hash = ? AND revoked_at IS NULL")
                .bind(token.as_str())
                .fetch_optional(&self.reads)
                .await?;
        let share = |(id, project): (String, String)| -> Result<StandingShare, StoreError> {
            Ok(StandingShare {
                id: row::id("share", &id)?,
                project: ProjectId(row::id("project", &project)?),
            })
        };
        found.map(share).transpose()
    }

    /// Notes that a session came through a public link. Answers whether it had not before.
    pub async fn visit_by(&self, share: Bits128, session: Bits128) -> Result<bool, StoreError> {
        let came = sqlx::query("INSERT INTO visits (session_id, share_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(session.to_string())
            .bind(share.to_string())
            .execute(&self.writes)
            .await?;
        Ok(came.rows_affected() > 0)
    }
}
