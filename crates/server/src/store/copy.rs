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

/// Takes the people and sessions of another database over, so that a restore makes nobody a stranger: whoever came after the
/// backup stays who they are, and whoever signed out since stays signed out.
pub async fn take_people(file: &Path, from: &Path) -> Result<(), StoreError> {
    let from = spelled(from)?;
    let mut connection = open_to_write(file).await?;
    sqlx::query("ATTACH DATABASE ? AS present")
        .bind(from)
        .execute(&mut connection)
        .await?;
    let mut transaction = connection.begin().await?;
    for statement in [
        "INSERT INTO actors (id, name, named, created_at)
         SELECT id, name, named, created_at FROM present.actors WHERE true
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, named = excluded.named",
        "DELETE FROM sessions",
        "INSERT INTO sessions (token_hash, actor_id, created_at, seen_at, id, agent)
         SELECT token_hash, actor_id, created_at, seen_at, id, agent FROM present.sessions",
    ] {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(connection.close().await?)
}

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
