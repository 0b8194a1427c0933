//! The server's database from the outside: a past that would take many requests to live through, and a copy of all that is kept, to see that a
//! refused request changed nothing.

use backlog::id::Bits128;
use backlog::{ActorId, Millis};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::path::Path;
use truestory_server::ambient;
use truestory_server::store::{FILE, TokenHash};

/// What changes without anyone's doing: when someone was last seen, what was tried, how deliveries go.
const OF_ITSELF: [&str; 5] = ["seen_at", "delivered", "failing_since", "given_up", "last"];
const TABLES_OF_THEIR_OWN: [&str; 2] = ["security_log", "sqlite_sequence"];

/// The database's file, held open.
#[derive(Clone)]
pub struct Database {
    pool: SqlitePool,
}

/// All that is kept, by table.
pub type Kept = BTreeMap<String, String>;

impl Database {
    pub async fn open(folder: &Path) -> Database {
        // What a test planted need not outlive the machine.
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .synchronous(SqliteSynchronous::Off);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
        Database {
            pool: pool.expect("the server's database"),
        }
    }

    /// Runs a statement with these texts as its arguments.
    pub async fn run(&self, statement: &'static str, arguments: &[&str]) {
        let mut query = sqlx::query(statement);
        for argument in arguments {
            query = query.bind((*argument).to_owned());
        }
        let done = query.execute(&self.pool).await;
        done.unwrap_or_else(|error| panic!("{statement}, {arguments:?}: {error}"));
    }

    /// Someone who can sign in.
    pub async fn account(&self, id: &str, (name, email): (&str, &str), password: &str) {
        self.actor(id, name).await;
        let statement = "INSERT INTO accounts (actor_id, email, password, administrator, closed, created_at)
                         VALUES (?, ?, nullif(?, ''), 0, 0, 5)";
        self.run(statement, &[id, email, password]).await;
    }

    /// Someone who did something once.
    pub async fn actor(&self, id: &str, name: &str) {
        let statement = "INSERT INTO actors (id, name, named, created_at) VALUES (?, ?, 1, 5)";
        self.run(statement, &[id, name]).await;
    }

    /// Makes someone a member; one who was, where the role is empty.
    pub async fn member(&self, project: &str, actor: &str, role: &str) {
        let statement = "INSERT INTO memberships (project_id, actor_id, role, since) VALUES (?, ?, nullif(?, ''), 5)";
        self.run(statement, &[project, actor, role]).await;
    }

    /// Begins a session; answers its identity and the cookie's value.
    pub async fn session(&self, actor: &str, agent: &str) -> (String, String) {
        let (id, token) = (fresh(), secret());
        let now = now();
        let statement = "INSERT INTO sessions (token_hash, actor_id, created_at, seen_at, id, agent)
                         VALUES (?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), ?, ?)";
        let hash = hash(&token);
        self.run(statement, &[&hash, actor, &now, &now, &id, agent]).await;
        (id, token)
    }

    /// A public link to a project; answers its identity and its secret.
    pub async fn share(&self, project: &str, by: &str) -> (String, String) {
        let (id, secret) = (fresh(), secret());
        let statement = "INSERT INTO shares (id, token_hash, project_id, made_by, created_at)
                         VALUES (?, ?, ?, ?, CAST(? AS INTEGER))";
        self.run(statement, &[&id, &hash(&secret), project, by, &now()]).await;
        (id, secret)
    }

    /// Lets a session in through a public link.
    pub async fn visit(&self, session: &str, share: &str) {
        let statement = "INSERT INTO visits (session_id, share_id) VALUES (?, ?)";
        self.run(statement, &[session, share]).await;
    }

    /// An invitation; answers its identity and its secret.
    pub async fn invitation(&self, project: &str, by: &str, email: &str) -> (String, String) {
        let (id, secret) = (fresh(), secret());
        let statement = "INSERT INTO invitations (id, token_hash, project_id, role, email, made_by, created_at, expires_at)
                         VALUES (?, ?, ?, 'member', nullif(?, ''), ?, CAST(? AS INTEGER), CAST(? AS INTEGER) + 1000000)";
        let (hash, now) = (hash(&secret), now());
        self.run(statement, &[&id, &hash, project, email, by, &now, &now]).await;
        (id, secret)
    }

    /// An API token for projects; answers its identity and itself.
    pub async fn token(&self, actor: &str, (name, writes): (&str, &str), projects: &[&str]) -> (String, String) {
        let (id, token) = (fresh(), format!("truestory_{}", secret()));
        let statement = "INSERT INTO api_tokens (id, token_hash, actor_id, name, writes, created_at, seen_at)
                         VALUES (?, ?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER))";
        let now = now();
        self.run(statement, &[&id, &hash(&token), actor, name, writes, &now, &now])
            .await;
        for project in projects {
            let statement = "INSERT INTO api_token_projects (token_id, project_id) VALUES (?, ?)";
            self.run(statement, &[&id, project]).await;
        }
        (id, token)
    }

    /// A webhook that was given up, so that nothing is sent anywhere; answers its identity.
    pub async fn webhook(&self, project: &str, by: &str, url: &str) -> String {
        let id = fresh();
        let statement =
            "INSERT INTO webhooks (id, project_id, url, secret, made_by, created_at, delivered, given_up, last)
                         VALUES (?, ?, ?, ?, ?, CAST(? AS INTEGER), 0, 1, ?)";
        let arguments = [&id, project, url, &secret(), by, &now(), url];
        self.run(statement, &arguments).await;
        id
    }

    /// A recovery of an account; answers its secret.
    pub async fn recovery(&self, actor: &str) -> String {
        let secret = secret();
        let statement =
            "INSERT INTO recoveries (token_hash, actor_id, expires_at) VALUES (?, ?, CAST(? AS INTEGER) + 1000000)";
        self.run(statement, &[&hash(&secret), actor, &now()]).await;
        secret
    }

    /// A number that is another one once anyone else has written anything.
    pub async fn version(&self) -> i64 {
        let version = sqlx::query_scalar("PRAGMA data_version").fetch_one(&self.pool).await;
        version.expect("a number")
    }

    /// All that is kept.
    pub async fn kept(&self) -> Kept {
        let mut kept = Kept::new();
        for table in self.names("SELECT name FROM sqlite_schema WHERE type = 'table'").await {
            if table.starts_with('_') || TABLES_OF_THEIR_OWN.contains(&table.as_str()) {
                continue;
            }
            let columns = self
                .names(&format!("SELECT name FROM pragma_table_info('{table}')"))
                .await;
            let columns: Vec<String> = columns
                .into_iter()
                .filter(|one| !OF_ITSELF.contains(&one.as_str()))
                .collect();
            let rows = format!(
                "SELECT json_group_array(json_array({})) FROM {table}",
                columns.join(", ")
            );
            kept.insert(table, self.names(&rows).await.concat());
        }
        kept
    }

    /// The first column of what a question finds.
    pub async fn names(&self, question: &str) -> Vec<String> {
        // Only names out of the database's own schema are put into it.
        let rows = sqlx::query(AssertSqlSafe(question.to_owned()))
            .fetch_all(&self.pool)
            .await;
        rows.expect("a question that runs")
            .iter()
            .map(|row| row.get(0))
            .collect()
    }
}

/// 32 hex digits that are nothing else's.
pub fn fresh() -> String {
    ambient::bits128().to_string()
}

/// A secret as links and cookies have it.
pub fn secret() -> String {
    format!("{}{}", ambient::bits128(), ambient::bits128())
}

fn hash(secret: &str) -> String {
    TokenHash::of(secret).as_str().to_owned()
}

fn now() -> String {
    let Millis(now) = ambient::now();
    now.to_string()
}

/// Someone's identity as the wire has it.
pub fn actor(id: &str) -> ActorId {
    ActorId(id.parse::<Bits128>().expect("32 hex digits"))
}
