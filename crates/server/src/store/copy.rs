//! Whole databases: one copied while it is in use, one made ready for a new life. Knows files of SQLite, not where they lie.

use super::reading::{at_rest, in_use};
use super::{BUSY_TIMEOUT, FILE, MIGRATIONS, StoreError};
use backlog::Epoch;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use std::path::Path;

/// Writes the present of the database in a data folder, which a server may be writing, into an empty file. It is not yet on
/// disk.
pub async fn copy_of_folder(folder: &Path, to: &Path) -> Result<(), StoreError> {
    copy(in_use(&folder.join(FILE)), to).await
}

/// Writes a database file that nobody writes into an empty file. It is not yet on disk.
pub async fn copy_of_file(file: &Path, to: &Path) -> Result<(), StoreError> {
    copy(at_rest(file), to).await
}

async fn copy(from: SqliteConnectOptions, to: &Path) -> Result<(), StoreError> {
    let to = spelled(to)?;
    let mut connection = SqliteConnection::connect_with(&from).await?;
    sqlx::query("VACUUM INTO ?").bind(to).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Begins a new life of a copied database: brings its tables up to date and gives it another epoch.
pub async fn renew(file: &Path, epoch: Epoch) -> Result<(), StoreError> {
    let mut connection = open_to_write(file).await?;
    MIGRATIONS.run(&mut connection).await?;
    let mut transaction = connection.begin().await?;
    sqlx::query("DELETE FROM meta").execute(&mut *transaction).await?;
    sqlx::query("INSERT INTO meta (epoch) VALUES (?)")
        .bind(epoch.0.to_string())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(connection.close().await?)
}

/// Takes over from another database who may what, so that a restore makes nobody a stranger and gives nobody back what was taken from
/// them: whoever came after the backup stays who they are; a password that was changed, a session, an API token, a membership, a
/// link that ended since stays so. What the other database knows nothing of, as another installation's would, stays as the backup has
/// it.
pub async fn take_people(file: &Path, from: &Path) -> Result<(), StoreError> {
    let from = spelled(from)?;
    let mut connection = open_to_write(file).await?;
    sqlx::query("ATTACH DATABASE ? AS present")
        .bind(from)
        .execute(&mut connection)
        .await?;
    let mut transaction = connection.begin().await?;
    for statement in PEOPLE {
        sqlx::query(*statement).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(connection.close().await?)
}

/// What takes people over: `main` is restored, `present` was there. A project that only one of the two knows keeps what that one says
/// of it, as far as it is there at all.
const PEOPLE: &[&str] = &[
    // Whatever refers to something finds it at the end, not at each step.
    "PRAGMA defer_foreign_keys = ON",
    "INSERT INTO actors (id, name, named, created_at, initials, colour)
     SELECT id, name, named, created_at, initials, colour FROM present.actors WHERE true
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, named = excluded.named, initials = excluded.initials,
                                    colour = excluded.colour",
    "DELETE FROM identities WHERE actor_id IN (SELECT actor_id FROM present.accounts)",
    "DELETE FROM api_tokens WHERE actor_id IN (SELECT actor_id FROM present.accounts)",
    "DELETE FROM accounts WHERE actor_id IN (SELECT actor_id FROM present.accounts)",
    // Where two installations know an address, the account counts to which the restored projects belong.
    "INSERT INTO accounts (actor_id, email, password, administrator, closed, created_at)
     SELECT actor_id, email, password, administrator, closed, created_at FROM present.accounts
     WHERE email NOT IN (SELECT email FROM main.accounts)",
    "INSERT INTO identities (issuer, subject, actor_id, created_at)
     SELECT issuer, subject, actor_id, created_at FROM present.identities
     WHERE actor_id IN (SELECT actor_id FROM main.accounts) ON CONFLICT DO NOTHING",
    "INSERT INTO api_tokens (id, token_hash, actor_id, name, writes, created_at, seen_at)
     SELECT id, token_hash, actor_id, name, writes, created_at, seen_at FROM present.api_tokens
     WHERE actor_id IN (SELECT actor_id FROM main.accounts)",
    "INSERT INTO api_token_projects (token_id, project_id)
     SELECT token_id, project_id FROM present.api_token_projects
     WHERE token_id IN (SELECT id FROM main.api_tokens) AND project_id IN (SELECT id FROM main.projects)",
    "DELETE FROM sessions",
    "INSERT INTO sessions (token_hash, actor_id, created_at, seen_at, id, agent)
     SELECT token_hash, actor_id, created_at, seen_at, id, agent FROM present.sessions",
    // A link that sets a password is good once, and the backup cannot know whether it was used.
    "DELETE FROM recoveries",
    "INSERT INTO recoveries (token_hash, actor_id, expires_at)
     SELECT token_hash, actor_id, expires_at FROM present.recoveries
     WHERE actor_id IN (SELECT actor_id FROM main.accounts)",
    "DELETE FROM memberships WHERE project_id IN (SELECT id FROM present.projects)",
    "INSERT INTO memberships (project_id, actor_id, role, since)
     SELECT project_id, actor_id, role, since FROM present.memberships
     WHERE project_id IN (SELECT id FROM main.projects)",
    "DELETE FROM invitations WHERE project_id IN (SELECT id FROM present.projects)",
    "INSERT INTO invitations (id, token_hash, project_id, role, email, made_by, created_at, expires_at, ended_at)
     SELECT id, token_hash, project_id, role, email, made_by, created_at, expires_at, ended_at FROM present.invitations
     WHERE project_id IN (SELECT id FROM main.projects)",
    "DELETE FROM shares WHERE project_id IN (SELECT id FROM present.projects)",
    "INSERT INTO shares (id, token_hash, project_id, made_by, created_at, revoked_at)
     SELECT id, token_hash, project_id, made_by, created_at, revoked_at FROM present.shares
     WHERE project_id IN (SELECT id FROM main.projects)",
    "INSERT INTO visits (session_id, share_id)
     SELECT session_id, share_id FROM present.visits WHERE share_id IN (SELECT id FROM main.shares)",
    "DELETE FROM webhooks WHERE project_id IN (SELECT id FROM present.projects)",
    // A history that is shorter now has delivered what it holds, and no more.
    "INSERT INTO webhooks (id, project_id, url, secret, made_by, created_at, delivered, failing_since, given_up, last)
     SELECT later.id, project_id, url, secret, made_by, later.created_at, min(delivered, rev), failing_since, given_up, last
     FROM present.webhooks AS later JOIN main.projects ON projects.id = later.project_id",
    // The log is only added to.
    "INSERT INTO security_log (at, what, actor_id, address, project_id, detail)
     SELECT at, what, actor_id, address, project_id, detail FROM present.security_log AS later
     WHERE NOT EXISTS (SELECT 1 FROM main.security_log AS known
                       WHERE known.id = later.id AND known.at = later.at AND known.what = later.what)
     ORDER BY id",
];

/// Brings what a server that was killed left in the write-ahead log into the database file, as far as it can be. The log is
/// gone then, unless another program has the file open.
pub async fn settle(file: &Path) -> Result<(), StoreError> {
    // No setting that reads the file, so that a broken one fails below: only a connection that is closed, not dropped, has let
    // go of the log for certain.
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(BUSY_TIMEOUT);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let settled = sqlx::query("PRAGMA wal_checkpoint").execute(&mut connection).await;
    connection.close().await?;
    settled?;
    Ok(())
}

async fn open_to_write(file: &Path) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .synchronous(SqliteSynchronous::Full);
    Ok(SqliteConnection::connect_with(&options).await?)
}

fn spelled(path: &Path) -> Result<&str, StoreError> {
    let why = "a name that is not Unicode cannot be told to SQLite";
    path.to_str().ok_or_else(|| StoreError::Foreign(why.to_owned()))
}
