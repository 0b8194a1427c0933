//! API tokens: what programs show in somebody's name. Only their hashes are kept.

use super::sessions::SEEN_EVERY;
use super::{Store, StoreError, TokenHash, row};
use backlog::api::account::{Reach, TokenSeen};
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Millis, Name, ProjectId};
use std::collections::HashMap;

/// An API token to be.
#[derive(Clone, Debug)]
pub struct NewApiToken {
    /// Its identity.
    pub id: Bits128,
    /// The hash of it.
    pub hash: TokenHash,
    /// In whose name it acts.
    pub actor: ActorId,
    /// What it is for.
    pub name: Name,
    /// What it may do.
    pub reach: Reach,
    /// In which projects.
    pub projects: Vec<ProjectId>,
}

/// In whose name an API token acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The token's identity.
    pub token: Bits128,
    /// The person.
    pub actor: Actor,
    /// What the token may do.
    pub reach: Reach,
}

type Row = (String, String, i64, i64, Option<i64>);

impl Store {
    /// In whose name the token with that hash acts; none where it was revoked, or the account is closed.
    pub async fn bearer(&self, hash: &TokenHash, now: Millis) -> Result<Option<Bearer>, StoreError> {
        let found: Option<(String, String, String, i64, Option<i64>)> = sqlx::query_as(
            "SELECT api_tokens.id, actors.id, actors.name, writes, seen_at
             FROM api_tokens JOIN accounts ON accounts.actor_id = api_tokens.actor_id
                  JOIN actors ON actors.id = accounts.actor_id
             WHERE token_hash = ? AND NOT accounts.closed",
        )
        .bind(hash.as_str())
        .fetch_optional(&self.reads)
        .await?;
        let Some((token, id, name, writes, seen_at)) = found else {
            return Ok(None);
        };
        if seen_at.is_none_or(|seen| now.0 - seen > SEEN_EVERY) {
            sqlx::query("UPDATE api_tokens SET seen_at = ? WHERE id = ?")
                .bind(now.0)
                .bind(&token)
                .execute(&self.writes)
                .await?;
        }
        Ok(Some(Bearer {
            token: row::id("API token", &token)?,
            actor: Actor {
                id: ActorId(row::id("actor", &id)?),
                name: row::name(&name)?,
            },
            reach: reach(writes),
        }))
    }

    /// The API tokens that act in someone's name, the newest first.
    pub async fn api_tokens(&self, actor: ActorId) -> Result<Vec<TokenSeen>, StoreError> {
        let mut transaction = self.reads.begin().await?;
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, name, writes, created_at, seen_at FROM api_tokens WHERE actor_id = ?
             ORDER BY created_at DESC, rowid DESC",
        )
        .bind(actor.0.to_string())
        .fetch_all(&mut *transaction)
        .await?;
        let known: Vec<(String, String)> = sqlx::query_as(
            "SELECT token_id, project_id FROM api_token_projects JOIN api_tokens ON api_tokens.id = token_id
             WHERE actor_id = ? ORDER BY project_id",
        )
        .bind(actor.0.to_string())
        .fetch_all(&mut *transaction)
        .await?;
        let mut projects: HashMap<String, Vec<ProjectId>> = HashMap::new();
        for (token, project) in known {
            let project = ProjectId(row::id("project", &project)?);
            projects.entry(token).or_default().push(project);
        }
        let seen = |(id, name, writes, since, seen): Row| {
            Ok(TokenSeen {
                projects: projects.remove(&id).unwrap_or_default(),
                id: row::id("API token", &id)?,
                name: row::name(&name)?,
                reach: reach(writes),
                since: Millis(since),
                seen: seen.map(Millis),
            })
        };
        rows.into_iter().map(seen).collect()
    }

    /// Adds an API token; `false` where its maker has `most` already.
    pub async fn add_api_token(&self, new: &NewApiToken, most: u32, now: Millis) -> Result<bool, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let count: u32 = sqlx::query_scalar("SELECT count(*) FROM api_tokens WHERE actor_id = ?")
            .bind(new.actor.0.to_string())
            .fetch_one(&mut *transaction)
            .await?;
        if count >= most {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO api_tokens (id, token_hash, actor_id, name, writes, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id.to_string())
        .bind(new.hash.as_str())
        .bind(new.actor.0.to_string())
        .bind(new.name.as_str())
        .bind(new.reach == Reach::Write)
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
        for project in &new.projects {
            sqlx::query("INSERT INTO api_token_projects (token_id, project_id) VALUES (?, ?)")
                .bind(new.id.to_string())
                .bind(project.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Revokes an API token of someone's; answers what it was for, none where they have no such token.
    pub async fn revoke_api_token(&self, actor: ActorId, token: Bits128) -> Result<Option<Name>, StoreError> {
        let name: Option<String> =
            sqlx::query_scalar("DELETE FROM api_tokens WHERE actor_id = ? AND id = ? RETURNING name")
                .bind(actor.0.to_string())
                .bind(token.to_string())
                .fetch_optional(&self.writes)
                .await?;
        name.map(|name| row::name(&name)).transpose()
    }
}

fn reach(writes: i64) -> Reach {
    match writes {
        0 => Reach::Read,
        _ => Reach::Write,
    }
}
