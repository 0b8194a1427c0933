//! Whom a provider of identities knows under which account.

use super::accounts::{self, Holder, NewHolder};
use super::{Store, StoreError};
use backlog::api::account::Standing;
use backlog::{ActorId, Millis};
use sqlx::SqliteConnection;

impl Store {
    /// The account of whom that issuer calls by that subject.
    pub async fn identified(&self, issuer: &str, subject: &str) -> Result<Option<Holder>, StoreError> {
        let found: Option<String> =
            sqlx::query_scalar("SELECT actor_id FROM identities WHERE issuer = ? AND subject = ?")
                .bind(issuer)
                .bind(subject)
                .fetch_optional(&self.reads)
                .await?;
        match found {
            Some(actor) => self.holder_of(ActorId(super::row::id("actor", &actor)?)).await,
            None => Ok(None),
        }
    }

    /// Gives an account to whom that issuer calls by that subject. Other ways into it end: sessions, API tokens, recoveries and other
    /// identities, and the password of an account that administers nothing. An administrator's stays, for the day on which the
    /// provider is down.
    pub async fn link(&self, actor: ActorId, identity: (&str, &str), now: Millis) -> Result<(), StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        accounts::end_all(&mut transaction, actor).await?;
        for ending in [
            "DELETE FROM identities WHERE actor_id = ?",
            "UPDATE accounts SET password = NULL WHERE actor_id = ? AND NOT administrator",
        ] {
            sqlx::query(ending)
                .bind(actor.0.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        identify(&mut transaction, actor, identity, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Adds an account for whom that issuer calls by that subject; `false` where the address or the identity has one.
    pub async fn add_identified(
        &self,
        new: &NewHolder,
        identity: (&str, &str),
        now: Millis,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let taken: Option<i64> = sqlx::query_scalar(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM accounts WHERE email = ?)
                         OR EXISTS (SELECT 1 FROM identities WHERE issuer = ? AND subject = ?)",
        )
        .bind(new.email.as_str())
        .bind(identity.0)
        .bind(identity.1)
        .fetch_optional(&mut *transaction)
        .await?;
        if taken.is_some() {
            return Ok(false);
        }
        accounts::add(&mut transaction, new, Standing::Plain, now).await?;
        identify(&mut transaction, new.actor.id, identity, now).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

async fn identify(
    transaction: &mut SqliteConnection,
    actor: ActorId,
    (issuer, subject): (&str, &str),
    now: Millis,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO identities (issuer, subject, actor_id, created_at) VALUES (?, ?, ?, ?)")
        .bind(issuer)
        .bind(subject)
        .bind(actor.0.to_string())
        .bind(now.0)
        .execute(transaction)
        .await?;
    Ok(())
}
