//! Who is in which project, and as what.

use super::{Store, StoreError, row};
use backlog::api::ProjectSummary;
use backlog::api::account::Reach;
use backlog::id::Bits128;
use backlog::{ActorId, Millis, ProjectId, Role};
use sqlx::SqliteExecutor;

/// What a visitor shows to be let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The cookie of the session with that identity.
    Session(Bits128),
    /// The API token with that identity.
    Token(Bits128, Reach),
}

/// What someone is in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// Nothing, and never was; or there is no such project.
    Never,
    /// They were in it, or came through a public link, and are not in it any more.
    Ended,
    /// They are in it.
    Is(Role),
}

impl Store {
    /// Whether nobody has an account yet.
    pub async fn is_fresh(&self) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM accounts LIMIT 1")
            .fetch_optional(&self.reads)
            .await?;
        Ok(found.is_none())
    }

    /// Whether there is such a project.
    pub async fn has_project(&self, project: ProjectId) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM projects WHERE id = ?")
            .bind(project.to_string())
            .fetch_optional(&self.reads)
            .await?;
        Ok(found.is_some())
    }

    /// What someone is in a project at this moment, by what they showed: as a member; through a public link; through an API token
    /// that knows the project.
    pub async fn membership(
        &self,
        project: ProjectId,
        actor: ActorId,
        credential: Credential,
    ) -> Result<Membership, StoreError> {
        let found: Option<Option<String>> =
            sqlx::query_scalar("SELECT role FROM memberships WHERE project_id = ? AND actor_id = ?")
                .bind(project.to_string())
                .bind(actor.0.to_string())
                .fetch_optional(&self.reads)
                .await?;
        let member = match found {
            None => Membership::Never,
            Some(None) => Membership::Ended,
            Some(Some(role)) => Membership::Is(row::role(&role)?),
        };
        match (member, credential) {
            (Membership::Is(_), Credential::Session(_)) => Ok(member),
            (Membership::Never | Membership::Ended, Credential::Session(session)) => {
                Ok(self.visit(project, session).await?.unwrap_or(member))
            }
            (member, Credential::Token(token, _)) => {
                let knows: Option<i64> =
                    sqlx::query_scalar("SELECT 1 FROM api_token_projects WHERE token_id = ? AND project_id = ?")
                        .bind(token.to_string())
                        .bind(project.to_string())
                        .fetch_optional(&self.reads)
                        .await?;
                Ok(knows.map_or(Membership::Never, |_| member))
            }
        }
    }

    /// What a session is in a project through a public link; none where it never came through one.
    async fn visit(&self, project: ProjectId, session: Bits128) -> Result<Option<Membership>, StoreError> {
        let stands: Option<bool> = sqlx::query_scalar(
            "SELECT shares.revoked_at IS NULL FROM visits JOIN shares ON shares.id = visits.share_id
             WHERE visits.session_id = ? AND shares.project_id = ? ORDER BY 1 DESC LIMIT 1",
        )
        .bind(session.to_string())
        .bind(project.to_string())
        .fetch_optional(&self.reads)
        .await?;
        Ok(stands.map(|stands| {
            if stands {
                Membership::Is(Role::Viewer)
            } else {
                Membership::Ended
            }
        }))
    }

    /// The projects that someone is in by what they showed, by name.
    pub async fn projects_of(&self, actor: ActorId, credential: Credential) -> Result<Vec<ProjectSummary>, StoreError> {
        let (reaches, id) = match credential {
            Credential::Session(session) => (OF_SESSION, session),
            Credential::Token(token, _) => (OF_TOKEN, token),
        };
        let rows: Vec<(String, String, i64)> = sqlx::query_as(reaches)
            .bind(actor.0.to_string())
            .bind(id.to_string())
            .fetch_all(&self.reads)
            .await?;
        rows.into_iter().map(row::summary).collect()
    }
}

const OF_SESSION: &str = "SELECT id, name, rev FROM projects
     WHERE EXISTS (SELECT 1 FROM memberships WHERE project_id = projects.id AND actor_id = ?1 AND role IS NOT NULL)
        OR EXISTS (SELECT 1 FROM visits JOIN shares ON shares.id = visits.share_id
                   WHERE visits.session_id = ?2 AND shares.project_id = projects.id AND shares.revoked_at IS NULL)
     ORDER BY lower(name), id";

const OF_TOKEN: &str = "SELECT id, name, rev FROM projects
     WHERE EXISTS (SELECT 1 FROM memberships WHERE project_id = projects.id AND actor_id = ?1 AND role IS NOT NULL)
       AND EXISTS (SELECT 1 FROM api_token_projects WHERE token_id = ?2 AND project_id = projects.id)
     ORDER BY lower(name), id";

/// Makes someone a member, or gives them another role.
pub(super) async fn put_member(
    executor: impl SqliteExecutor<'_>,
    (project, actor): (ProjectId, ActorId),
    role: Role,
    now: Millis,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO memberships (project_id, actor_id, role, since) VALUES (?, ?, ?, ?)
         ON CONFLICT (project_id, actor_id) DO UPDATE SET role = excluded.role, since = excluded.since",
    )
    .bind(project.to_string())
    .bind(actor.0.to_string())
    .bind(role.as_str())
    .bind(now.0)
    .execute(executor)
    .await?;
    Ok(())
}
