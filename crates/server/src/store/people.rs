//! Actors and their sessions.

use super::{Store, StoreError, row};
use backlog::{Actor, ActorId, Millis, Name};
use sha2::{Digest, Sha256};

/// How far `seen_at` may lag behind, so that not every request is a write.
const SEEN_EVERY: i64 = 3_600_000;

/// What the store keeps of a session's token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash of a token. Tokens are random and long, so that nothing slower than SHA-256 is needed.
    pub fn of(token: &str) -> TokenHash {
        TokenHash(hex::encode(Sha256::digest(token.as_bytes())))
    }
}

/// A visitor whose session is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The person.
    pub actor: Actor,
    /// Whether the person chose the name.
    pub named: bool,
}

impl Store {
    /// The visitor behind a session's token.
    pub async fn visitor(&self, token: &TokenHash, now: Millis) -> Result<Option<Known>, StoreError> {
        let found: Option<(String, String, bool, i64)> = sqlx::query_as(
            "SELECT actors.id, actors.name, actors.named, sessions.seen_at
             FROM sessions JOIN actors ON actors.id = sessions.actor_id WHERE token_hash = ?",
        )
        .bind(&token.0)
        .fetch_optional(&self.reads)
        .await?;
        let Some((id, name, named, seen_at)) = found else {
            return Ok(None);
        };
        if now.0 - seen_at > SEEN_EVERY {
            self.note_seen(token, now).await?;
        }
        let actor = Actor {
            id: ActorId(row::id("actor", &id)?),
            name: row::name(&name)?,
        };
        Ok(Some(Known { actor, named }))
    }

    /// Takes in a visitor who was never here, with a session.
    pub async fn welcome(&self, actor: &Actor, token: &TokenHash, now: Millis) -> Result<(), StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO actors (id, name, named, created_at) VALUES (?, ?, 0, ?)")
            .bind(actor.id.0.to_string())
            .bind(actor.name.as_str())
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("INSERT INTO sessions (token_hash, actor_id, created_at, seen_at) VALUES (?, ?, ?, ?)")
            .bind(&token.0)
            .bind(actor.id.0.to_string())
            .bind(now.0)
            .bind(now.0)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Gives an actor the name that they chose.
    pub async fn rename(&self, actor: ActorId, name: &Name) -> Result<(), StoreError> {
        sqlx::query("UPDATE actors SET name = ?, named = 1 WHERE id = ?")
            .bind(name.as_str())
            .bind(actor.0.to_string())
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    /// Forgets a session; its actor stays, for what they did.
    pub async fn forget(&self, token: &TokenHash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE token_hash = ?")
            .bind(&token.0)
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    async fn note_seen(&self, token: &TokenHash, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET seen_at = ? WHERE token_hash = ?")
            .bind(now.0)
            .bind(&token.0)
            .execute(&self.writes)
            .await?;
        Ok(())
    }
}
