//! Who is in which project, and as what.

use super::{Batch, Store, StoreError, row};
use backlog::api::ProjectSummary;
use backlog::api::account::Reach;
use backlog::api::members::Member;
use backlog::id::Bits128;
use backlog::person::{Colour, Initials};
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

    /// Whether what someone showed still lets them in: their session has not ended, their API token was not revoked, their account
    /// was not closed.
    pub async fn stands(&self, actor: ActorId, credential: Credential) -> Result<bool, StoreError> {
        let (shown, id) = match credential {
            Credential::Session(session) => (SESSION_STANDS, session),
            Credential::Token(token, _) => (TOKEN_STANDS, token),
        };
        let found: Option<i64> = sqlx::query_scalar(shown)
            .bind(id.to_string())
            .bind(actor.0.to_string())
            .fetch_optional(&self.reads)
            .await?;
        Ok(found.is_some())
    }

    /// Whether someone is in a project themselves, and not only through a public link.
    pub async fn is_member(&self, project: ProjectId, actor: ActorId) -> Result<bool, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM memberships WHERE project_id = ? AND actor_id = ? AND role IS NOT NULL")
                .bind(project.to_string())
                .bind(actor.0.to_string())
                .fetch_optional(&self.reads)
                .await?;
        Ok(found.is_some())
    }

    /// Who is in a project, by name.
    pub async fn members(&self, project: ProjectId) -> Result<Vec<Member>, StoreError> {
        let rows: Vec<Person> = sqlx::query_as(
            "SELECT actors.id, actors.name, actors.initials, actors.colour, memberships.role
             FROM memberships JOIN actors ON actors.id = memberships.actor_id
             WHERE memberships.project_id = ? AND memberships.role IS NOT NULL ORDER BY lower(actors.name), actors.id",
        )
        .bind(project.to_string())
        .fetch_all(&self.reads)
        .await?;
        rows.into_iter().map(member).collect()
    }

    /// The letters and the colour that others see of someone; those that their name and identity come to where they chose none.
    pub async fn looks(&self, actor: &backlog::Actor) -> Result<(Initials, Colour), StoreError> {
        let found: Option<(Option<String>, Option<i64>)> =
            sqlx::query_as("SELECT initials, colour FROM actors WHERE id = ?")
                .bind(actor.id.0.to_string())
                .fetch_optional(&self.reads)
                .await?;
        let (initials, colour) = found.unwrap_or_default();
        Ok((row::initials(initials, &actor.name)?, row::colour(colour, actor.id)?))
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

type Person = (String, String, Option<String>, Option<i64>, String);

fn member((id, name, initials, colour, role): Person) -> Result<Member, StoreError> {
    let (id, name) = (ActorId(row::id("actor", &id)?), row::name(&name)?);
    Ok(Member {
        id,
        initials: row::initials(initials, &name)?,
        colour: row::colour(colour, id)?,
        role: row::role(&role)?,
        name,
    })
}

const SESSION_STANDS: &str = "SELECT 1 FROM sessions LEFT JOIN accounts ON accounts.actor_id = sessions.actor_id
     WHERE sessions.id = ?1 AND sessions.actor_id = ?2 AND coalesce(accounts.closed, 0) = 0";

const TOKEN_STANDS: &str = "SELECT 1 FROM api_tokens JOIN accounts ON accounts.actor_id = api_tokens.actor_id
     WHERE api_tokens.id = ?1 AND api_tokens.actor_id = ?2 AND accounts.closed = 0";

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

/// Makes someone the owner of every project that nobody is in, and tells which these are. For the transaction that makes the first
/// account: whoever administers the installation answers for what was there before there were accounts. Their projects' histories
/// are told afterwards, by `People::Greet`.
pub async fn own_the_ownerless(
    executor: impl SqliteExecutor<'_>,
    owner: ActorId,
    now: Millis,
) -> Result<Vec<ProjectId>, StoreError> {
    let owned: Vec<String> = sqlx::query_scalar(
        "INSERT INTO memberships (project_id, actor_id, role, since)
         SELECT projects.id, ?1, 'owner', ?2 FROM projects
         WHERE NOT EXISTS (SELECT 1 FROM memberships WHERE project_id = projects.id AND role IS NOT NULL)
         ON CONFLICT (project_id, actor_id) DO UPDATE SET role = excluded.role, since = excluded.since
         RETURNING project_id",
    )
    .bind(owner.0.to_string())
    .bind(now.0)
    .fetch_all(executor)
    .await?;
    let id = |text: String| row::id("project", &text).map(ProjectId);
    owned.into_iter().map(id).collect()
}

/// What someone is in a project themselves, and since when, as the transaction sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// What they are; none where they left.
    pub role: Option<Role>,
    /// Since when that is so.
    pub since: Millis,
}

impl Batch {
    /// Makes someone a member of a project, or gives them another role.
    pub async fn put_member(&mut self, of: (ProjectId, ActorId), role: Role, at: Millis) -> Result<(), StoreError> {
        put_member(&mut *self.transaction, of, role, at).await
    }

    /// Writes down that someone left a project.
    pub async fn end_member(&mut self, of: (ProjectId, ActorId), at: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE memberships SET role = NULL, since = ? WHERE project_id = ? AND actor_id = ?")
            .bind(at.0)
            .bind(of.0.to_string())
            .bind(of.1.0.to_string())
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// What someone is in a project themselves; none where they never were in it.
    pub async fn seat(&mut self, (project, actor): (ProjectId, ActorId)) -> Result<Option<Seat>, StoreError> {
        let found: Option<(Option<String>, i64)> =
            sqlx::query_as("SELECT role, since FROM memberships WHERE project_id = ? AND actor_id = ?")
                .bind(project.to_string())
                .bind(actor.0.to_string())
                .fetch_optional(&mut *self.transaction)
                .await?;
        let seat = |(role, since): (Option<String>, i64)| -> Result<Seat, StoreError> {
            Ok(Seat {
                role: role.as_deref().map(row::role).transpose()?,
                since: Millis(since),
            })
        };
        found.map(seat).transpose()
    }

    /// Whether a project has an owner beside that person, one whose account is not closed: a closed one cannot answer for it.
    pub async fn has_owner_beside(&mut self, (project, actor): (ProjectId, ActorId)) -> Result<bool, StoreError> {
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1 FROM memberships LEFT JOIN accounts ON accounts.actor_id = memberships.actor_id
             WHERE memberships.project_id = ? AND memberships.actor_id <> ? AND memberships.role = 'owner'
               AND coalesce(accounts.closed, 0) = 0 LIMIT 1",
        )
        .bind(project.to_string())
        .bind(actor.0.to_string())
        .fetch_optional(&mut *self.transaction)
        .await?;
        Ok(found.is_some())
    }
}
