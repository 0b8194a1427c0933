//! Sessions and the people behind them.

use super::{Store, StoreError, row};
use backlog::api::account::SessionSeen;
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Millis, Name};
use sha2::{Digest, Sha256};
use sqlx::SqliteExecutor;

/// How far `seen_at` may lag behind, so that not every request is a write.
pub(super) const SEEN_EVERY: i64 = 3_600_000;
/// A session that nobody used for so long, in milliseconds, is over: 90 days.
const UNUSED: i64 = 90 * 86_400_000;

/// The most sessions of one person; the ones that were not used for the longest time make room.
const MOST: i64 = 100;

/// What the store keeps of a secret that someone else holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHash(String);

impl TokenHash {
    /// The hash of a secret. Secrets are random and long, so that nothing slower than SHA-256 is needed.
    pub fn of(token: &str) -> TokenHash {
        TokenHash(hex::encode(Sha256::digest(token.as_bytes())))
    }

    /// As the store writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whom a session belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The session's identity, which opens nothing.
    pub session: Bits128,
    /// The person.
    pub actor: Actor,
    /// Whether the person chose the name.
    pub named: bool,
    /// Whether the person has an account.
    pub account: bool,
    /// Whether the session came through a public link.
    pub guest: bool,
}

/// A session to be.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its identity.
    pub id: Bits128,
    /// The hash of its token.
    pub token: TokenHash,
    /// Whose it is.
    pub actor: ActorId,
    /// What the browser says of itself.
    pub agent: String,
}

type Row = (String, String, String, bool, i64, bool, bool);

impl Store {
    /// Whom the session with that token belongs to; none where it is over, or its account is closed.
    pub async fn session(&self, token: &TokenHash, now: Millis) -> Result<Option<Known>, StoreError> {
        let found: Option<Row> = sqlx::query_as(
            "SELECT sessions.id, actors.id, actors.name, actors.named, sessions.seen_at, accounts.actor_id IS NOT NULL,
                    EXISTS (SELECT 1 FROM visits WHERE visits.session_id = sessions.id)
             FROM sessions JOIN actors ON actors.id = sessions.actor_id
                  LEFT JOIN accounts ON accounts.actor_id = actors.id
             WHERE token_hash = ? AND seen_at > ? AND coalesce(accounts.closed, 0) = 0",
        )
        .bind(&token.0)
        .bind(now.0 - UNUSED)
        .fetch_optional(&self.reads)
        .await?;
        let Some((session, id, name, named, seen_at, account, guest)) = found else {
            return Ok(None);
        };
        if now.0 - seen_at > SEEN_EVERY {
            self.note_seen(token, now).await?;
        }
        let actor = Actor {
            id: ActorId(row::id("actor", &id)?),
            name: row::name(&name)?,
        };
        Ok(Some(Known {
            session: row::id("session", &session)?,
            actor,
            named,
            account,
            guest,
        }))
    }

    /// Takes in someone who was never here, without a name of their choosing.
    pub async fn take_in(&self, actor: &Actor, now: Millis) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO actors (id, name, named, created_at) VALUES (?, ?, 0, ?)")
            .bind(actor.id.0.to_string())
            .bind(actor.name.as_str())
            .bind(now.0)
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    /// Begins a session.
    pub async fn begin_session(&self, new: &NewSession, now: Millis) -> Result<(), StoreError> {
        insert(&self.writes, new, now).await
    }

    /// Begins a session in the place of another one; answers which that was, if there was such a one.
    pub async fn replace_session(
        &self,
        new: &NewSession,
        before: Option<&TokenHash>,
        now: Millis,
    ) -> Result<Option<Bits128>, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let replaced: Option<String> = sqlx::query_scalar("DELETE FROM sessions WHERE token_hash = ? RETURNING id")
            .bind(before.map(TokenHash::as_str))
            .fetch_optional(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE seen_at <= ?")
            .bind(now.0 - UNUSED)
            .execute(&mut *transaction)
            .await?;
        insert(&mut *transaction, new, now).await?;
        sqlx::query(
            "DELETE FROM sessions WHERE actor_id = ?1 AND rowid NOT IN
             (SELECT rowid FROM sessions WHERE actor_id = ?1 ORDER BY seen_at DESC, rowid DESC LIMIT ?2)",
        )
        .bind(new.actor.0.to_string())
        .bind(MOST)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        replaced.map(|id| row::id("session", &id)).transpose()
    }

    /// Where someone is signed in, the last used first; `this` is the session that asks.
    pub async fn sessions_of(
        &self,
        actor: ActorId,
        this: Bits128,
        now: Millis,
    ) -> Result<Vec<SessionSeen>, StoreError> {
        let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
            "SELECT id, agent, created_at, seen_at FROM sessions WHERE actor_id = ? AND seen_at > ?
             ORDER BY seen_at DESC, rowid DESC",
        )
        .bind(actor.0.to_string())
        .bind(now.0 - UNUSED)
        .fetch_all(&self.reads)
        .await?;
        let seen = |(id, agent, since, seen): (String, String, i64, i64)| -> Result<SessionSeen, StoreError> {
            let id = row::id("session", &id)?;
            Ok(SessionSeen {
                id,
                agent,
                since: Millis(since),
                seen: Millis(seen),
                this: id == this,
            })
        };
        rows.into_iter().map(seen).collect()
    }

    /// Ends a session of someone's. Answers whether there was one.
    pub async fn end_session_of(&self, actor: ActorId, session: Bits128) -> Result<bool, StoreError> {
        let ended = sqlx::query("DELETE FROM sessions WHERE id = ? AND actor_id = ?")
            .bind(session.to_string())
            .bind(actor.0.to_string())
            .execute(&self.writes)
            .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Ends all sessions of someone.
    pub async fn end_sessions_of(&self, actor: ActorId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE actor_id = ?")
            .bind(actor.0.to_string())
            .execute(&self.writes)
            .await?;
        Ok(())
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

    /// Ends a session; its actor stays, for what they did.
    pub async fn end_session(&self, session: Bits128) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE id = ?")
            .bind(session.to_string())
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

async fn insert(executor: impl SqliteExecutor<'_>, new: &NewSession, now: Millis) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, actor_id, created_at, seen_at, id, agent) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&new.token.0)
    .bind(new.actor.0.to_string())
    .bind(now.0)
    .bind(now.0)
    .bind(new.id.to_string())
    .bind(&new.agent)
    .execute(executor)
    .await?;
    Ok(())
}
