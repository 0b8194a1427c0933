//! The database: one SQLite file in the data folder. All SQL of the server stands in this module.
//!
//! Every write goes through one connection, in one transaction at a time; reads have a small pool and never wait for a
//! write. It knows nothing of rules: what it is handed was decided elsewhere.

mod accounts;
mod api_tokens;
mod copy;
mod history;
mod identities;
mod invitations;
mod memberships;
mod reading;
mod recoveries;
mod row;
mod security_log;
mod sessions;
mod shares;
mod webhooks;

use backlog::Epoch;
use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::fmt;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

pub use accounts::{Holder, NewHolder, Stood};
pub use api_tokens::{Bearer, NewApiToken};
pub use copy::{copy_of_file, copy_of_folder, renew, settle, take_people};
pub use history::{Batch, Refused, Stored};
pub use invitations::{Invite, Offer, Opened};
pub use memberships::{Credential, Membership, Seat, own_the_ownerless};
pub use reading::{Double, Entry, Listed, Reading, beside};
pub use security_log::NewEntry;
pub use sessions::{Known, NewSession, TokenHash};
pub use shares::{NewShare, StandingShare};
pub use webhooks::{NewWebhook, Progress, Receiver};

/// The database's file in the data folder.
pub const FILE: &str = "truestory.sqlite";

const READERS: u32 = 4;
/// How long a statement waits for another program that holds the file, such as a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The database. Cheap to clone; all clones are the same one.
#[derive(Clone, Debug)]
pub struct Store {
    writes: SqlitePool,
    reads: SqlitePool,
    epoch: Epoch,
}

/// Why the database did not do what it should.
#[derive(Debug)]
pub enum StoreError {
    /// SQLite refused, or the disk did.
    Database(sqlx::Error),
    /// The tables are not those of this program.
    Migration(sqlx::migrate::MigrateError),
    /// A file that is no database of this program.
    Foreign(String),
    /// A row holds what this program never wrote.
    Corrupt {
        /// Where.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Database(error) => write!(f, "the database failed: {error}"),
            StoreError::Migration(error) => write!(f, "the database's tables cannot be brought up to date: {error}"),
            StoreError::Foreign(why) => write!(f, "this is no database of this truestory: {why}"),
            StoreError::Corrupt { what, why } => write!(f, "the database holds a broken {what}: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::Database(error)
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        StoreError::Migration(error)
    }
}

impl Store {
    /// Opens the database in a folder, or makes one whose epoch is `fresh`.
    pub async fn open(folder: &Path, fresh: Epoch) -> Result<Store, StoreError> {
        let file = folder.join(FILE);
        make_for_this_user(&file).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL would lose confirmed changes when the power fails.
            .synchronous(SqliteSynchronous::Full);
        let writes = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .before_acquire(|connection, _| Box::pin(is_at_rest(connection)))
            .connect_with(options.clone())
            .await?;
        MIGRATIONS.run(&writes).await?;
        let epoch = epoch(&writes, fresh).await?;
        let reads = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Store { writes, reads, epoch })
    }

    /// Which life of the database this is.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Whether the database answers.
    pub async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.reads).await?;
        Ok(())
    }

    /// Breaks what a test wants to see broken.
    #[cfg(test)]
    pub(crate) async fn run_for_test(&self, statement: &'static str) {
        sqlx::query(statement)
            .execute(&self.writes)
            .await
            .expect("the statement runs");
    }

    /// What a test wants to see as it is written: the text that a query answers.
    #[cfg(test)]
    pub(crate) async fn text_for_test(&self, query: &'static str) -> String {
        let text: Option<String> = sqlx::query_scalar(query)
            .fetch_one(&self.reads)
            .await
            .expect("the query runs");
        text.unwrap_or_default()
    }

    /// Writes everything into the one file and lets go of it.
    pub async fn close(&self) {
        self.reads.close().await;
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.writes)
            .await
        {
            tracing::warn!(%error, "the write-ahead log stays beside the database; the next start reads it");
        }
        self.writes.close().await;
    }
}

/// Makes the database's file where there is none, so that only this user can read it: passwords' hashes and the keys of webhooks stand
/// in it. What SQLite puts beside it is made alike. One that is there stays as whoever runs the server wants it.
fn make_for_this_user(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether a connection can take a transaction. SQLite rolls back by itself where the disk is full or fails; the driver's own
/// rollback then finds nothing to roll back, and its connection stays in that transaction for ever.
async fn is_at_rest(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    Ok(!connection.is_in_transaction())
}

async fn epoch(pool: &SqlitePool, fresh: Epoch) -> Result<Epoch, StoreError> {
    let kept: Option<String> = sqlx::query_scalar("SELECT epoch FROM meta")
        .fetch_optional(pool)
        .await?;
    match kept {
        Some(text) => row::id("epoch", &text).map(Epoch),
        None => {
            sqlx::query("INSERT INTO meta (epoch) VALUES (?)")
                .bind(fresh.0.to_string())
                .execute(pool)
                .await?;
            Ok(fresh)
        }
    }
}

#[cfg(test)]
mod tests;
