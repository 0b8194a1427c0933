//! Recoveries: secrets that set a password once. Only their hashes are kept.

use super::accounts::put_password;
use super::{Store, StoreError, TokenHash, row};
use backlog::{Actor, ActorId, Millis};

/// The most that stand for one account at once. Asking again does not end those that were asked for before, so that nobody can make
/// somebody else's letter worthless; the oldest make room.
const STANDING: i64 = 5;

impl Store {
    /// Writes a recovery of someone's down, good until then.
    pub async fn add_recovery(&self, of: ActorId, token: &TokenHash, until: Millis) -> Result<(), StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO recoveries (token_hash, actor_id, expires_at) VALUES (?, ?, ?)")
            .bind(token.as_str())
            .bind(of.0.to_string())
            .bind(until.0)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "DELETE FROM recoveries WHERE actor_id = ?1 AND rowid NOT IN
             (SELECT rowid FROM recoveries WHERE actor_id = ?1 ORDER BY rowid DESC LIMIT ?2)",
        )
        .bind(of.0.to_string())
        .bind(STANDING)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Whose recovery a secret is; none where it is over, or the account is closed.
    pub async fn recovery(&self, token: &TokenHash, now: Millis) -> Result<Option<ActorId>, StoreError> {
        let found: Option<String> = sqlx::query_scalar(
            "SELECT recoveries.actor_id FROM recoveries JOIN accounts ON accounts.actor_id = recoveries.actor_id
             WHERE token_hash = ? AND expires_at > ? AND NOT closed",
        )
        .bind(token.as_str())
        .bind(now.0)
        .fetch_optional(&self.reads)
        .await?;
        found.map(|id| row::id("actor", &id).map(ActorId)).transpose()
    }

    /// Uses a recovery: sets the password and ends all sessions. Answers who it was; none where it is over, or someone was faster.
    pub async fn use_recovery(
        &self,
        token: &TokenHash,
        password: &str,
        now: Millis,
    ) -> Result<Option<Actor>, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let found: Option<(String, String)> = sqlx::query_as(
            "SELECT actors.id, actors.name FROM recoveries JOIN accounts ON accounts.actor_id = recoveries.actor_id
                  JOIN actors ON actors.id = accounts.actor_id
             WHERE token_hash = ? AND expires_at > ? AND NOT closed",
        )
        .bind(token.as_str())
        .bind(now.0)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((id, name)) = found else { return Ok(None) };
        let actor = Actor {
            id: ActorId(row::id("actor", &id)?),
            name: row::name(&name)?,
        };
        put_password(&mut transaction, actor.id, password).await?;
        sqlx::query("DELETE FROM sessions WHERE actor_id = ?")
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some(actor))
    }
}
