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
/// link that ended since stays so.
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

/// What takes people over. A project that only one of the two knows keeps what that one says of it, as far as it is there at all.
const PEOPLE: &[&str] = &[
    "INSERT INTO actors (id, name, named, created_at, initials, colour)
     SELECT id, name, named, created_at, initials, colour FROM present.actors WHERE true
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, named = excluded.named, initials = excluded.initials,
                                    colour = excluded.colour",
    "INSERT INTO accounts (actor_id, email, password, administrator, closed, created_at)
     SELECT actor_id, email, password, administrator, closed, created_at FROM present.accounts WHERE true
     ON CONFLICT (actor_id) DO UPDATE SET email = excluded.email, password = excluded.password,
                                          administrator = excluded.administrator, closed = excluded.closed",
    "DELETE FROM identities",
    "INSERT INTO identities (issuer, subject, actor_id, created_at)
     SELECT issuer, subject, actor_id, created_at FROM present.identities",
    "DELETE FROM sessions",
    "INSERT INTO sessions (token_hash, actor_id, created_at, seen_at, id, agent)
     SELECT token_hash, actor_id, created_at, seen_at, id, agent FROM present.sessions",
    "DELETE FROM recoveries",
    "INSERT INTO recoveries (token_hash, actor_id, expires_at)
     SELECT token_hash, actor_id, expires_at FROM present.recoveries",
    "DELETE FROM api_tokens",
    "INSERT INTO api_tokens (id, token_hash, actor_id, name, writes, created_at, seen_at)
     SELECT id, token_hash, actor_id, name, writes, created_at, seen_at FROM present.api_tokens",
    "INSERT INTO api_token_projects (token_id, project_id)
     SELECT token_id, project_id FROM present.api_token_projects WHERE project_id IN (SELECT id FROM projects)",
    "DELETE FROM memberships WHERE project_id IN (SELECT id FROM present.projects)",
    "INSERT INTO memberships (project_id, actor_id, role, since)
     SELECT project_id, actor_id, role, since FROM present.memberships WHERE project_id IN (SELECT id FROM projects)",
    "DELETE FROM invitations WHERE project_id IN (SELECT id FROM present.projects)",
    "INSERT INTO invitations (id, token_hash, project_id, role, email, made_by, created_at, expires_at, ended_at)
     SELECT id, token_hash, project_id, role, email, made_by, created_at, expires_at, ended_at FROM present.invitations
     WHERE project_id IN (SELECT id FROM projects)",
    "DELETE FROM shares WHERE project_id IN (SELECT id FROM present.projects)",
    "INSERT INTO shares (id, token_hash, project_id, made_by, created_at, revoked_at)
     SELECT id, token_hash, project_id, made_by, created_at, revoked_at FROM present.shares
     WHERE project_id IN (SELECT id FROM projects)",
    "INSERT INTO visits (session_id, share_id)
     SELECT session_id, share_id FROM present.visits WHERE share_id IN (SELECT id FROM shares)",
    "DELETE FROM security_log",
    "INSERT INTO security_log (id, at, what, actor_id, address, project_id, detail)
     SELECT id, at, what, actor_id, address, project_id, detail FROM present.security_log",
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
