//! Accounts: who can sign in.

use super::{Store, StoreError, own_the_ownerless, row};
use backlog::api::account::{Account, AccountSeen, Standing};
use backlog::id::Bits128;
use backlog::person::{Colour, Email, Initials};
use backlog::{Actor, ActorId, Millis, Name, ProjectId};
use sqlx::{FromRow, Sqlite, SqliteConnection, Transaction};

/// An account, as whoever lets people in sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub actor: Actor,
    /// Their address.
    pub email: Email,
    /// What is kept of their password, as a PHC string; none where they have none.
    pub password: Option<String>,
    /// Whether the account cannot be used.
    pub closed: bool,
}

/// An account to be.
#[derive(Clone, Debug)]
pub struct NewHolder {
    /// The person.
    pub actor: Actor,
    /// Their address.
    pub email: Email,
    /// What is kept of their password, as a PHC string; none where they have none.
    pub password: Option<String>,
}

/// What became of a wish for an account's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stood {
    /// It stands so now; what it was before.
    Changed(Standing),
    /// There is no such account.
    Unknown,
    /// It is the last one that administers the installation.
    LastAdministrator,
}

#[derive(FromRow)]
struct HolderRow {
    id: String,
    name: String,
    email: String,
    password: Option<String>,
    closed: bool,
}

#[derive(FromRow)]
struct AccountRow {
    id: String,
    name: String,
    initials: Option<String>,
    colour: Option<i64>,
    email: Option<String>,
    administrator: bool,
    password: bool,
}

#[derive(FromRow)]
struct SeenRow {
    id: String,
    name: String,
    email: String,
    administrator: bool,
    closed: bool,
    created_at: i64,
}

impl Store {
    /// The account with that address.
    pub async fn holder(&self, email: &Email) -> Result<Option<Holder>, StoreError> {
        let found: Option<HolderRow> = sqlx::query_as(
            "SELECT actors.id, actors.name, email, password, closed
             FROM accounts JOIN actors ON actors.id = accounts.actor_id WHERE email = ?",
        )
        .bind(email.as_str())
        .fetch_optional(&self.reads)
        .await?;
        found.map(HolderRow::read).transpose()
    }

    /// Someone's account.
    pub async fn holder_of(&self, actor: ActorId) -> Result<Option<Holder>, StoreError> {
        let found: Option<HolderRow> = sqlx::query_as(
            "SELECT actors.id, actors.name, email, password, closed
             FROM accounts JOIN actors ON actors.id = accounts.actor_id WHERE actors.id = ?",
        )
        .bind(actor.0.to_string())
        .fetch_optional(&self.reads)
        .await?;
        found.map(HolderRow::read).transpose()
    }

    /// What someone is told of themselves, with an account or without one.
    pub async fn account(&self, actor: ActorId) -> Result<Option<Account>, StoreError> {
        let found: Option<AccountRow> = sqlx::query_as(
            "SELECT actors.id, actors.name, initials, colour, email, coalesce(administrator, 0) AS administrator,
                    password IS NOT NULL AS password
             FROM actors LEFT JOIN accounts ON accounts.actor_id = actors.id WHERE actors.id = ?",
        )
        .bind(actor.0.to_string())
        .fetch_optional(&self.reads)
        .await?;
        found.map(AccountRow::read).transpose()
    }

    /// Whether someone administers the installation.
    pub async fn is_administrator(&self, actor: ActorId) -> Result<bool, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM accounts WHERE actor_id = ? AND administrator AND NOT closed")
                .bind(actor.0.to_string())
                .fetch_optional(&self.reads)
                .await?;
        Ok(found.is_some())
    }

    /// Adds an account, or answers `false` where the address has one.
    pub async fn add_account(&self, new: &NewHolder, now: Millis) -> Result<bool, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let taken: Option<i64> = sqlx::query_scalar("SELECT 1 FROM accounts WHERE email = ?")
            .bind(new.email.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        if taken.is_some() {
            return Ok(false);
        }
        add(&mut transaction, new, Standing::Plain, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Adds the account that administers the installation, makes it the owner of every project that nobody is in, and tells which these
    /// are; none where there is an account already. Of two that come at once, one is first.
    pub async fn add_first_account(&self, new: &NewHolder, now: Millis) -> Result<Option<Vec<ProjectId>>, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let there: Option<i64> = sqlx::query_scalar("SELECT 1 FROM accounts LIMIT 1")
            .fetch_optional(&mut *transaction)
            .await?;
        if there.is_some() {
            return Ok(None);
        }
        add(&mut transaction, new, Standing::Administrator, now).await?;
        let owned = own_the_ownerless(&mut *transaction, new.actor.id, now).await?;
        transaction.commit().await?;
        Ok(Some(owned))
    }

    /// Gives someone a name, letters for it and a colour; without letters, those that the name comes to.
    pub async fn set_profile(
        &self,
        actor: ActorId,
        name: &Name,
        looks: (Option<&Initials>, Colour),
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE actors SET name = ?, named = 1, initials = ?, colour = ? WHERE id = ?")
            .bind(name.as_str())
            .bind(looks.0.map(Initials::as_str))
            .bind(looks.1.number())
            .bind(actor.0.to_string())
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    /// Whether someone's account is open and has that password, as it is kept.
    pub async fn opens(&self, actor: ActorId, password: &str) -> Result<bool, StoreError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM accounts WHERE actor_id = ? AND password = ? AND closed = 0")
                .bind(actor.0.to_string())
                .bind(password)
                .fetch_optional(&self.reads)
                .await?;
        Ok(found.is_some())
    }

    /// Sets a password in the place of one, or of none. All sessions but that one end, and no recovery is good any more. Answers
    /// whether it was that one that was kept: nobody overwrites what was set meanwhile.
    pub async fn set_password(
        &self,
        actor: ActorId,
        (from, to): (Option<&str>, &str),
        keeping: Option<Bits128>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let kept: Option<i64> = sqlx::query_scalar("SELECT 1 FROM accounts WHERE actor_id = ? AND password IS ?")
            .bind(actor.0.to_string())
            .bind(from)
            .fetch_optional(&mut *transaction)
            .await?;
        if kept.is_none() {
            return Ok(false);
        }
        put_password(&mut transaction, actor, to).await?;
        sqlx::query("DELETE FROM sessions WHERE actor_id = ? AND id <> ?")
            .bind(actor.0.to_string())
            .bind(keeping.map(|session| session.to_string()).unwrap_or_default())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Keeps the same password in another way, unless it was changed meanwhile.
    pub async fn renew_password(&self, actor: ActorId, (from, to): (&str, &str)) -> Result<(), StoreError> {
        sqlx::query("UPDATE accounts SET password = ? WHERE actor_id = ? AND password = ?")
            .bind(to)
            .bind(actor.0.to_string())
            .bind(from)
            .execute(&self.writes)
            .await?;
        Ok(())
    }

    /// All accounts, by name.
    pub async fn accounts(&self) -> Result<Vec<AccountSeen>, StoreError> {
        let rows: Vec<SeenRow> = sqlx::query_as(
            "SELECT actors.id, actors.name, email, administrator, closed, accounts.created_at
             FROM accounts JOIN actors ON actors.id = accounts.actor_id ORDER BY lower(actors.name), actors.id",
        )
        .fetch_all(&self.reads)
        .await?;
        rows.into_iter().map(SeenRow::read).collect()
    }

    /// Gives an account another standing. With a closed one its sessions, API tokens and recoveries end.
    pub async fn set_standing(&self, actor: ActorId, standing: Standing) -> Result<Stood, StoreError> {
        let mut transaction = self.writes.begin_with("BEGIN IMMEDIATE").await?;
        let Some(before) = standing_of(&mut transaction, actor).await? else {
            return Ok(Stood::Unknown);
        };
        if before == Standing::Administrator && standing != before && is_last(&mut transaction, actor).await? {
            return Ok(Stood::LastAdministrator);
        }
        sqlx::query("UPDATE accounts SET administrator = ?, closed = ? WHERE actor_id = ?")
            .bind(standing == Standing::Administrator)
            .bind(standing == Standing::Closed)
            .bind(actor.0.to_string())
            .execute(&mut *transaction)
            .await?;
        if standing == Standing::Closed {
            end_all(&mut transaction, actor).await?;
        }
        transaction.commit().await?;
        Ok(Stood::Changed(before))
    }
}

/// Sets a password; no recovery is good any more.
pub(super) async fn put_password(
    transaction: &mut SqliteConnection,
    actor: ActorId,
    password: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE accounts SET password = ? WHERE actor_id = ?")
        .bind(password)
        .bind(actor.0.to_string())
        .execute(&mut *transaction)
        .await?;
    sqlx::query("DELETE FROM recoveries WHERE actor_id = ?")
        .bind(actor.0.to_string())
        .execute(transaction)
        .await?;
    Ok(())
}

pub(super) async fn add(
    transaction: &mut Transaction<'_, Sqlite>,
    new: &NewHolder,
    standing: Standing,
    now: Millis,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO actors (id, name, named, created_at) VALUES (?, ?, 1, ?)")
        .bind(new.actor.id.0.to_string())
        .bind(new.actor.name.as_str())
        .bind(now.0)
        .execute(&mut **transaction)
        .await?;
    sqlx::query("INSERT INTO accounts (actor_id, email, password, administrator, created_at) VALUES (?, ?, ?, ?, ?)")
        .bind(new.actor.id.0.to_string())
        .bind(new.email.as_str())
        .bind(&new.password)
        .bind(standing == Standing::Administrator)
        .bind(now.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn standing_of(transaction: &mut SqliteConnection, actor: ActorId) -> Result<Option<Standing>, StoreError> {
    let found: Option<(bool, bool)> = sqlx::query_as("SELECT administrator, closed FROM accounts WHERE actor_id = ?")
        .bind(actor.0.to_string())
        .fetch_optional(transaction)
        .await?;
    Ok(found.map(|(administrator, closed)| match (closed, administrator) {
        (true, _) => Standing::Closed,
        (false, true) => Standing::Administrator,
        (false, false) => Standing::Plain,
    }))
}

async fn is_last(transaction: &mut SqliteConnection, actor: ActorId) -> Result<bool, StoreError> {
    let other: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM accounts WHERE administrator AND NOT closed AND actor_id <> ? LIMIT 1")
            .bind(actor.0.to_string())
            .fetch_optional(transaction)
            .await?;
    Ok(other.is_none())
}

/// Ends every way into an account but its password and its identities.
pub(super) async fn end_all(transaction: &mut SqliteConnection, actor: ActorId) -> Result<(), StoreError> {
    for ending in [
        "DELETE FROM sessions WHERE actor_id = ?",
        "DELETE FROM api_tokens WHERE actor_id = ?",
        "DELETE FROM recoveries WHERE actor_id = ?",
    ] {
        sqlx::query(ending)
            .bind(actor.0.to_string())
            .execute(&mut *transaction)
            .await?;
    }
    Ok(())
}

impl HolderRow {
    fn read(self) -> Result<Holder, StoreError> {
        Ok(Holder {
            actor: Actor {
                id: ActorId(row::id("actor", &self.id)?),
                name: row::name(&self.name)?,
            },
            email: email(&self.email)?,
            password: self.password,
            closed: self.closed,
        })
    }
}

impl AccountRow {
    fn read(self) -> Result<Account, StoreError> {
        let id = ActorId(row::id("actor", &self.id)?);
        let name = row::name(&self.name)?;
        Ok(Account {
            id,
            initials: row::initials(self.initials, &name)?,
            colour: row::colour(self.colour, id)?,
            name,
            email: self.email.as_deref().map(email).transpose()?,
            administrator: self.administrator,
            password: self.password,
        })
    }
}

impl SeenRow {
    fn read(self) -> Result<AccountSeen, StoreError> {
        Ok(AccountSeen {
            id: ActorId(row::id("actor", &self.id)?),
            name: row::name(&self.name)?,
            email: email(&self.email)?,
            administrator: self.administrator,
            closed: self.closed,
            since: Millis(self.created_at),
        })
    }
}

fn email(text: &str) -> Result<Email, StoreError> {
    Email::new(text).map_err(|error| row::corrupt("e-mail address", error))
}
