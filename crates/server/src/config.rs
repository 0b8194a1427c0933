//! What was asked for: the command line, the environment, and the secrets file in the data folder. Whatever is wrong stops
//! the start with one line that names the setting, what was wrong and what would be right.

pub mod entrance;
mod hosts;
pub mod mail;
pub mod outside;
mod provider;
mod secrets;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use pusher_hub::Reach;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};

pub use entrance::Entrance;
pub use hosts::Hosts;
pub use outside::Outside;
pub use provider::Provider;
pub use secrets::Secrets;

/// A realtime backlog that you host yourself.
#[derive(Debug, Parser)]
#[command(name = "truestory", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run of the program")]
pub enum Task {
    /// Serve the page, its API and its realtime channel.
    Serve(ServeArgs),
    /// Copy the database into one file, also while the server runs. The secrets are not in it.
    Backup(BackupArgs),
    /// Put a backup in the place of the database, while no server runs. The database that was there is kept beside it.
    Restore(RestoreArgs),
    /// Verify every project's history, also while the server runs. Changes nothing.
    Check(CheckArgs),
    /// Write a project out as a file on the standard output, also while the server runs. Changes nothing.
    Export(ExportArgs),
    /// Print a link by which someone who has an account sets a new password, also while the server runs. It is good for an hour.
    Recover(RecoverArgs),
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Where to listen; port 0 takes any free port.
    #[arg(long, env = "TRUESTORY_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = address)]
    pub listen: SocketAddr,
    /// Where everything is.
    #[command(flatten)]
    pub folder: Folder,
    /// A name under which the server is reached, besides addresses and localhost; may be given several times.
    #[arg(long, env = "TRUESTORY_HOST", value_name = "NAME", value_delimiter = ',')]
    pub host: Vec<String>,
    /// Let everyone in who can reach the address, without accounts, to read and change everything: for a network that one trusts.
    #[arg(long, env = "TRUESTORY_OPEN", value_parser = clap::builder::BoolishValueParser::new())]
    pub open: bool,
    /// Let anyone make an account; otherwise an invitation is needed.
    #[arg(long, env = "TRUESTORY_SIGN_UP", value_parser = clap::builder::BoolishValueParser::new())]
    pub sign_up: bool,
    /// The address under which people reach the server, such as <https://backlog.example.com>. With https, cookies insist on it.
    #[arg(long, env = "TRUESTORY_URL", value_name = "URL")]
    pub url: Option<String>,
    /// The address of a proxy before the server, or a range of them, whose X-Forwarded-For is believed; may be given several times.
    #[arg(long, env = "TRUESTORY_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',')]
    pub trusted_proxy: Vec<String>,
    /// The origin of another page that may open the WebSocket; may be given several times.
    #[arg(long, env = "TRUESTORY_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    pub origin: Vec<String>,
    /// The address of an OpenID Connect provider through which people may sign in, such as <https://accounts.example.com>.
    #[arg(long, env = "TRUESTORY_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<String>,
    /// As what this server is known to the provider, which sends people back to --url with /auth/provider/callback.
    #[arg(long, env = "TRUESTORY_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,
    /// What proves it to the provider. In the environment it is not seen in lists of processes.
    #[arg(
        long,
        env = "TRUESTORY_OIDC_CLIENT_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub oidc_client_secret: Option<String>,
    /// What the provider is called on the page, instead of its host's name.
    #[arg(long, env = "TRUESTORY_OIDC_NAME", value_name = "NAME")]
    pub oidc_name: Option<String>,
    /// Whether whoever comes through the provider for the first time gets an account.
    #[arg(long, env = "TRUESTORY_OIDC_SIGN_UP", value_name = "BOOL", default_value = "true", action = ArgAction::Set, value_parser = clap::builder::BoolishValueParser::new())]
    pub oidc_sign_up: bool,
    /// Let webhooks be posted to addresses of this machine and of private networks too.
    #[arg(long, env = "TRUESTORY_ALLOW_PRIVATE_WEBHOOKS", value_parser = clap::builder::BoolishValueParser::new())]
    pub allow_private_webhooks: bool,
    /// The server that sends letters, such as smtps://user:password@mail.example.com. In the environment it is not seen in lists of processes.
    #[arg(long, env = "TRUESTORY_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// The address from which letters come.
    #[arg(long, env = "TRUESTORY_MAIL_FROM", value_name = "EMAIL")]
    pub mail_from: Option<String>,
    /// Fill a sample project where there is no project yet, and let everyone in as with --open.
    #[arg(long, env = "TRUESTORY_DEMO", value_parser = clap::builder::BoolishValueParser::new())]
    pub demo: bool,
    /// The realtime application's id, instead of the generated one.
    #[arg(long, env = "TRUESTORY_PUSHER_APP_ID", value_name = "ID", value_parser = secrets::word)]
    pub pusher_app_id: Option<String>,
    /// The realtime application's key, instead of the generated one.
    #[arg(long, env = "TRUESTORY_PUSHER_KEY", value_name = "KEY", value_parser = secrets::word)]
    pub pusher_key: Option<String>,
    /// The realtime application's secret, instead of the generated one. In the environment it is not seen in lists of processes.
    #[arg(long, env = "TRUESTORY_PUSHER_SECRET", value_name = "SECRET", hide_env_values = true, value_parser = secrets::secret)]
    pub pusher_secret: Option<String>,
}

/// The data folder.
#[derive(Clone, Debug, Args)]
pub struct Folder {
    /// The folder that holds everything; made where there is none and one is needed.
    #[arg(
        long,
        env = "TRUESTORY_DATA",
        value_name = "FOLDER",
        default_value = "truestory-data"
    )]
    pub data: PathBuf,
}

/// What to copy where.
#[derive(Clone, Debug, Args)]
pub struct BackupArgs {
    /// Where everything is.
    #[command(flatten)]
    pub folder: Folder,
    /// The file to write; there must be none of that name.
    #[arg(long, env = "TRUESTORY_BACKUP_TO", value_name = "FILE")]
    pub to: PathBuf,
}

/// What to put back where.
#[derive(Clone, Debug, Args)]
pub struct RestoreArgs {
    /// Where everything is.
    #[command(flatten)]
    pub folder: Folder,
    /// The backup.
    #[arg(long, env = "TRUESTORY_RESTORE_FROM", value_name = "FILE")]
    pub from: PathBuf,
}

/// What to verify.
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// Where everything is.
    #[command(flatten)]
    pub folder: Folder,
    /// A backup to verify instead.
    #[arg(long, env = "TRUESTORY_CHECK_FILE", value_name = "FILE")]
    pub file: Option<PathBuf>,
}

/// What to write out.
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    /// Where everything is.
    #[command(flatten)]
    pub folder: Folder,
    /// The project, by its identity or its name; may be left out where there is one alone.
    #[arg(long, env = "TRUESTORY_EXPORT_PROJECT", value_name = "PROJECT")]
    pub project: Option<String>,
    /// How: as Tracker's CSV, or all of it as JSON.
    #[arg(long, env = "TRUESTORY_EXPORT_FORMAT", value_name = "FORMAT", default_value = "csv")]
    pub format: ExportFormat,
}

/// Whose password to recover.
#[derive(Clone, Debug, Args)]
pub struct RecoverArgs {
    /// Where everything is.
    #[command(flatten)]
    pub folder: Folder,
    /// The address by which the person signs in.
    #[arg(long, env = "TRUESTORY_RECOVER_EMAIL", value_name = "EMAIL")]
    pub email: String,
    /// The address under which people reach the server, for the link to begin with.
    #[arg(long, env = "TRUESTORY_URL", value_name = "URL")]
    pub url: Option<String>,
}

/// How a project is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// As Tracker's CSV.
    Csv,
    /// All of it as JSON.
    Json,
}

/// How to serve, everything found right.
#[derive(Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder that holds everything.
    pub data: PathBuf,
    /// The names under which to answer.
    pub hosts: Hosts,
    /// Who is let in.
    pub entrance: Entrance,
    /// Whom the server speaks to outside.
    pub outside: Outside,
    /// Whether to fill a sample project.
    pub demo: bool,
    /// The realtime application's credentials.
    pub secrets: Secrets,
    /// Held for as long as the folder is in use.
    _lock: File,
}

/// A setting that cannot be used.
#[derive(Debug)]
pub struct ConfigError {
    /// The setting, as it is written on the command line and in the environment.
    pub setting: &'static str,
    /// What is wrong with it.
    pub wrong: String,
    /// What would be right.
    pub right: &'static str,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.setting, self.wrong, self.right)
    }
}

impl std::error::Error for ConfigError {}

/// The setting that names the data folder.
pub const DATA: &str = "--data (TRUESTORY_DATA)";
/// The setting that says where to listen.
pub const LISTEN: &str = "--listen (TRUESTORY_LISTEN)";
/// The setting that names the backup to write.
pub const TO: &str = "--to (TRUESTORY_BACKUP_TO)";
/// The setting that names the backup to restore.
pub const FROM: &str = "--from (TRUESTORY_RESTORE_FROM)";
/// The setting that names the backup to verify.
pub const CHECKED: &str = "--file (TRUESTORY_CHECK_FILE)";
/// The setting that says whose password to recover.
pub const EMAIL: &str = "--email (TRUESTORY_RECOVER_EMAIL)";
/// The setting that names the project to write out.
pub const PROJECT: &str = "--project (TRUESTORY_EXPORT_PROJECT)";

impl Config {
    /// Makes the data folder ready and takes possession of it.
    pub fn new(args: ServeArgs) -> Result<Config, ConfigError> {
        let (entrance, outside) = (entrance(&args)?, outside(&args)?);
        let lock = claim(&args.folder.data)?;
        let secrets = secrets::read_or_make(&args)?;
        let names: Vec<String> = args.host.iter().cloned().chain(entrance.host()).collect();
        Ok(Config {
            listen: args.listen,
            hosts: Hosts::new(args.listen, &names),
            entrance,
            outside,
            data: args.folder.data,
            demo: args.demo,
            secrets,
            _lock: lock,
        })
    }
}

fn entrance(args: &ServeArgs) -> Result<Entrance, ConfigError> {
    let proxies = args.trusted_proxy.iter().map(|text| entrance::proxy(text));
    let origins = args.origin.iter().map(|text| entrance::origin(text));
    Ok(Entrance {
        // Who looks around in a sample has no account.
        open: args.open || args.demo,
        sign_up: args.sign_up,
        url: args.url.as_deref().map(entrance::url).transpose()?,
        proxies: proxies.collect::<Result<_, _>>()?,
        origins: origins.collect::<Result<_, _>>()?,
    })
}

fn outside(args: &ServeArgs) -> Result<Outside, ConfigError> {
    Ok(Outside {
        mail: mail::read(args.smtp.as_deref(), args.mail_from.as_deref(), args.url.as_deref())?,
        webhooks: if args.allow_private_webhooks {
            Reach::Anywhere
        } else {
            Reach::Public
        },
        provider: provider::provider(args)?,
    })
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let wanted = "give an address and a port, such as 127.0.0.1:8080 or 0.0.0.0:80";
    let mut found = text.to_socket_addrs().map_err(|error| format!("{error}; {wanted}"))?;
    found.next().ok_or_else(|| format!("no such address; {wanted}"))
}

/// Makes a data folder ready and takes possession of it for as long as the file is held: two servers on one folder would
/// each believe to be the only writer.
pub fn claim(data: &Path) -> Result<File, ConfigError> {
    fs::create_dir_all(data).map_err(|error| unusable(data, &error))?;
    let file = File::create(data.join("truestory.lock")).map_err(|error| unusable(data, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ConfigError {
            setting: DATA,
            wrong: format!("{} is in use by another truestory", data.display()),
            right: "stop that one, or give each its own folder",
        }),
        Err(TryLockError::Error(error)) => Err(unusable(data, &error)),
    }
}

fn unusable(data: &Path, error: &io::Error) -> ConfigError {
    ConfigError {
        setting: DATA,
        wrong: format!("{} cannot be used: {error}", data.display()),
        right: "give a folder that this user may write to",
    }
}
