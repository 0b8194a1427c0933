//! Invitations: links that make a member. Of their secrets only the hash is kept.

use super::{Batch, Store, StoreError, TokenHash, row};
use backlog::api::members::{Invitation, InvitationSeen};
use backlog::id::Bits128;
use backlog::person::Email;
use backlog::{ActorId, Millis, ProjectId, Role};
use sqlx::AssertSqlSafe;

/// An invitation to be.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Its identity.
    pub id: Bits128,
    /// The hash of its secret.
    pub token: TokenHash,
    /// To which project.
    pub project: ProjectId,
    /// As what.
    pub role: Role,
    /// To whom it is sent by mail; then it is good once.
    pub email: Option<Email>,
    /// By whom.
    pub by: ActorId,
    /// Until when it is good.
    pub until: Millis,
}

/// What an invitation opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The invitation.
    pub id: Bits128,
    /// To which project.
    pub project: ProjectId,
    /// Whether it still stands.
    pub stands: bool,
    /// What whoever holds it is told.
    pub seen: InvitationSeen,
}

/// An invitation as the transaction sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As what.
    pub role: Role,
    /// When it was made.
    pub since: Millis,
    /// Whether it still stands.
    pub stands: bool,
    /// Whether it is good once.
    pub once: bool,
}

type Row = (String, String, String, Option<String>, i64);

/// Whether an invitation still stands: nobody took it back or used it up, its time is not over, and whoever made it still owns the
/// project. Otherwise an owner who was removed would come back by a link of their own.
const STANDS: &str = "invitations.ended_at IS NULL AND invitations.expires_at > ?1 AND EXISTS
     (SELECT 1 FROM memberships LEFT JOIN accounts ON accounts.actor_id = memberships.actor_id
      WHERE memberships.project_id = invitations.project_id AND memberships.actor_id = invitations.made_by
        AND memberships.role = 'owner' AND coalesce(accounts.closed, 0) = 0)";

impl Store {
    /// Writes an invitation down. It is made after everyone left who has left until now, so that it counts for them too.
    pub async fn invite(&self, new: &Invite, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO invitations (id, token_hash, project_id, role, email, made_by, created_at, expires_at)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, max(?7, coalesce(max(since) + 1, 0)), ?8
             FROM memberships WHERE project_id = ?3 AND role IS NULL",
        )
        .bind(new.id.to_string())
        .bind(new.token.as_str())
        .bind(new.project.to_string())
        .bind(new.role.as_str())
        .bind(new.email.as_ref().map(Email::as_str))
        .bind(new.by.0.to_string())
        .bind(now.0)
        .bind(new.until.0)
        .execute(&self.writes)
        .await?;
        Ok(())
    }

    /// The invitations to a project that still stand, the newest first.
    pub async fn invitations(&self, project: ProjectId, now: Millis) -> Result<Vec<Invitation>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(format!(
            "SELECT invitations.id, invitations.role, actors.name, invitations.email, invitations.expires_at
             FROM invitations JOIN actors ON actors.id = invitations.made_by
             WHERE invitations.project_id = ?2 AND {STANDS}
             ORDER BY invitations.created_at DESC, invitations.id"
        )))
        .bind(now.0)
        .bind(project.to_string())
        .fetch_all(&self.reads)
        .await?;
        rows.into_iter().map(invitation).collect()
    }

    /// What the secret of an invitation opens, be it that it has ended; none where there never was such a one.
    pub async fn invitation(&self, token: &TokenHash, now: Millis) -> Result<Option<Opened>, StoreError> {
        let found: Option<(String, String, bool, String, String, String)> = sqlx::query_as(AssertSqlSafe(format!(
            "SELECT invitations.id, invitations.project_id, {STANDS},
                    projects.name, invitations.role, actors.name
             FROM invitations JOIN projects ON projects.id = invitations.project_id
                  JOIN actors ON actors.id = invitations.made_by
             WHERE invitations.token_hash = ?2"
        )))
        .bind(now.0)
        .bind(token.as_str())
        .fetch_optional(&self.reads)
        .await?;
        let Some((id, project, stands, name, role, by)) = found else {
            return Ok(None);
        };
        Ok(Some(Opened {
            id: row::id("invitation", &id)?,
            project: ProjectId(row::id("project", &project)?),
            stands,
            seen: InvitationSeen {
                project: row::name(&name)?,
                role: row::role(&role)?,
                by: row::name(&by)?,
            },
        }))
    }

    /// Takes an invitation of a project back. Answers whether there was one that still stood.
    pub async fn end_invitation(&self, of: (ProjectId, Bits128), now: Millis) -> Result<bool, StoreError> {
        let ended = sqlx::query(
            "UPDATE invitations SET ended_at = ?1
             WHERE project_id = ?2 AND id = ?3 AND ended_at IS NULL AND expires_at > ?1",
        )
        .bind(now.0)
        .bind(of.0.to_string())
        .bind(of.1.to_string())
        .execute(&self.writes)
        .await?;
        Ok(ended.rows_affected() > 0)
    }
}

fn invitation((id, role, by, email, until): Row) -> Result<Invitation, StoreError> {
    let email = email.map(|text| Email::new(&text).map_err(|error| row::corrupt("e-mail address", error)));
    Ok(Invitation {
        id: row::id("invitation", &id)?,
        role: row::role(&role)?,
        by: row::name(&by)?,
        email: email.transpose()?,
        until: Millis(until),
    })
}

impl Batch {
    /// An invitation to a project; none where it has no such one.
    pub async fn offer(&mut self, of: (ProjectId, Bits128), now: Millis) -> Result<Option<Offer>, StoreError> {
        let found: Option<(String, i64, bool, bool)> = sqlx::query_as(AssertSqlSafe(format!(
            "SELECT role, created_at, {STANDS}, email IS NOT NULL
             FROM invitations WHERE project_id = ?2 AND id = ?3"
        )))
        .bind(now.0)
        .bind(of.0.to_string())
        .bind(of.1.to_string())
        .fetch_optional(&mut *self.transaction)
        .await?;
        let offer = |(role, since, stands, once): (String, i64, bool, bool)| -> Result<Offer, StoreError> {
            Ok(Offer {
                role: row::role(&role)?,
                since: Millis(since),
                stands,
                once,
            })
        };
        found.map(offer).transpose()
    }

    /// Uses an invitation up.
    pub async fn use_up(&mut self, invitation: Bits128, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE invitations SET ended_at = ? WHERE id = ?")
            .bind(now.0)
            .bind(invitation.to_string())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }
}
