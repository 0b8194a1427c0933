//! What was asked for: the command line, the environment, and a file. Whatever is wrong stops the start with one sentence that
//! names the setting, what was wrong and what would be right; it never shows a secret.

mod file;

use std::{
    collections::HashSet,
    fmt, fs,
    net::{SocketAddr, ToSocketAddrs},
    path::PathBuf,
    time::Duration,
};

use clap::{Parser, ValueEnum};
use pusher_hub::{
    App, ClientEvents, HubConfig, Nats, NatsError, Origins, Reach, ServerConfig, SubscriptionCounts,
    webhooks::{Kind, Webhook},
};

use self::file::{AppTable, File, WebhookTable};

/// Where to listen if nobody says.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 6001);
/// The setting that names the file.
const CONFIG: &str = "--config (PUSHER_HUB_CONFIG)";
/// The cluster's name if nobody says.
const CLUSTER: &str = "main";
/// The setting that names an app.
const APP: &str = "--app (PUSHER_HUB_APP)";

/// A server of the Pusher Channels protocol.
#[derive(Debug, Parser)]
#[command(name = "pusher-hub", version)]
pub struct Args {
    /// Where to listen; port 0 takes any free port. Without it the file's, or 127.0.0.1:6001.
    #[arg(long, env = "PUSHER_HUB_LISTEN", value_name = "ADDRESS:PORT", value_parser = address)]
    pub listen: Option<SocketAddr>,
    /// Where to serve /metrics instead, so that it is not seen where clients connect.
    #[arg(long, env = "PUSHER_HUB_METRICS_LISTEN", value_name = "ADDRESS:PORT", value_parser = address)]
    pub metrics_listen: Option<SocketAddr>,
    /// An app; may be given several times, or with commas between. In the environment its secret is not seen in lists of
    /// processes; a secret with a comma belongs in the file.
    #[arg(
        long,
        env = "PUSHER_HUB_APP",
        value_name = "ID:KEY:SECRET",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub app: Vec<String>,
    /// A NATS server that joins this hub to others with the same apps.
    #[arg(
        long,
        env = "PUSHER_HUB_BROKER",
        value_name = "nats://HOST:PORT",
        hide_env_values = true
    )]
    pub broker: Option<String>,
    /// The name that the nodes which belong together have in common at the broker. Without it the file's, or `main`.
    #[arg(long, env = "PUSHER_HUB_CLUSTER", value_name = "NAME")]
    pub cluster: Option<String>,
    /// A file with more settings, in TOML.
    #[arg(long, env = "PUSHER_HUB_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How the log on stderr is written; RUST_LOG says how much.
    #[arg(long, env = "PUSHER_HUB_LOG", value_name = "FORMAT", default_value = "text")]
    pub log: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line, for programs.
    Json,
}

/// How to serve, everything found right.
#[derive(Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where to serve the metrics, if elsewhere.
    pub metrics_listen: Option<SocketAddr>,
    /// The hub.
    pub server: ServerConfig,
    /// Whom to tell what happens.
    pub webhooks: Vec<Webhook>,
    /// Where they may be.
    pub reach: Reach,
}

/// A setting that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The setting, as it is written.
    pub setting: String,
    /// What is wrong with it, and what would be right.
    pub wrong: String,
}

impl ConfigError {
    fn new(setting: impl Into<String>, wrong: impl Into<String>) -> Self {
        Self {
            setting: setting.into(),
            wrong: wrong.into(),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.setting, self.wrong)
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads the file, if there is one; what stands on the command line goes before.
    pub fn read(args: Args) -> Result<Self, ConfigError> {
        let file = match &args.config {
            Some(path) => {
                let unreadable =
                    |error| ConfigError::new(CONFIG, format!("{} cannot be read: {error}", path.display()));
                let text = fs::read_to_string(path).map_err(unreadable)?;
                File::parse(&text).map_err(|wrong| ConfigError::new(path.display().to_string(), wrong))?
            }
            None => File::default(),
        };
        Self::new(args, file)
    }

    fn new(args: Args, file: File) -> Result<Self, ConfigError> {
        let mut apps = Vec::new();
        let mut webhooks = Vec::new();
        for text in &args.app {
            apps.push(app(
                APP,
                &AppTable::of(text).map_err(|wrong| ConfigError::new(APP, wrong))?,
            )?);
        }
        for table in &file.app {
            let app = app("app", table)?;
            for webhook_table in &table.webhook {
                webhooks.push(webhook(&app, webhook_table)?);
            }
            apps.push(app);
        }
        distinct(&apps)?;
        for origin in file.origins.iter().flatten() {
            check_origin(origin)?;
        }
        Ok(Self {
            listen: args.listen.or(file.listen).unwrap_or(LISTEN),
            metrics_listen: args.metrics_listen.or(file.metrics_listen),
            reach: match file.private_webhooks {
                true => Reach::Anywhere,
                false => Reach::Public,
            },
            server: ServerConfig {
                broker: broker(&args, &file)?,
                ..server(apps, &file)
            },
            webhooks,
        })
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let wanted = "give an address and a port, such as 127.0.0.1:6001 or 0.0.0.0:80";
    let mut found = text.to_socket_addrs().map_err(|error| format!("{error}; {wanted}"))?;
    found.next().ok_or_else(|| format!("no such address; {wanted}"))
}

fn app(setting: &str, table: &AppTable) -> Result<App, ConfigError> {
    let (named, id) = ([("id", &table.id), ("key", &table.key)], &table.id);
    for (name, value) in named {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        if value.is_empty() || !value.chars().all(is_word) {
            let wrong = format!("{name} {value:?}: expected letters, digits, and any of _ - .");
            return Err(ConfigError::new(setting, wrong));
        }
    }
    if table.secret.trim().is_empty() {
        return Err(ConfigError::new(setting, format!("app {id} has no secret")));
    }
    let app = App::new(&table.id, &table.key, &table.secret);
    Ok(if table.disabled { app.disabled() } else { app })
}

/// A name without its scheme would let no page in, and nobody would learn why.
fn check_origin(origin: &str) -> Result<(), ConfigError> {
    let known = ["https://", "http://"]
        .iter()
        .find_map(|scheme| origin.strip_prefix(scheme));
    match known.map(|host| host.trim_end_matches('/')) {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(()),
        Some(_) | None => {
            let wrong = format!("{origin:?}: expected what a browser sends, such as https://board.example");
            Err(ConfigError::new("origins", wrong))
        }
    }
}

/// Ids name apps in the HTTP API, keys where clients connect.
fn distinct(apps: &[App]) -> Result<(), ConfigError> {
    if apps.is_empty() {
        let wrong = "there is none; give --app ID:KEY:SECRET, or an [[app]] in the file";
        return Err(ConfigError::new(APP, wrong));
    }
    let (mut ids, mut keys) = (HashSet::new(), HashSet::new());
    for app in apps {
        if !ids.insert(app.id().as_str()) {
            return Err(ConfigError::new(APP, format!("two apps have the id {}", app.id())));
        }
        if !keys.insert(app.key()) {
            return Err(ConfigError::new(APP, format!("two apps have the key {}", app.key())));
        }
    }
    Ok(())
}

fn webhook(app: &App, table: &WebhookTable) -> Result<Webhook, ConfigError> {
    let wrong = |wrong: String| ConfigError::new(format!("webhook {} of app {}", table.url, app.id()), wrong);
    let mut webhook = Webhook::new(app.clone(), &table.url);
    if let Some(events) = &table.events {
        let kinds: Result<Vec<Kind>, String> = events.iter().map(|name| name.parse()).collect();
        webhook.kinds = kinds.map_err(wrong)?;
    }
    match table.max_events {
        Some(0) => return Err(wrong("max_events: expected at least 1".to_owned())),
        Some(max_events) => webhook.max_events = max_events,
        None => {}
    }
    Ok(webhook)
}

/// The broker, if one is named. Its address may have a password, which is not shown.
fn broker(args: &Args, file: &File) -> Result<Option<Nats>, ConfigError> {
    let Some(url) = args.broker.as_ref().or(file.broker.as_ref()) else {
        return Ok(None);
    };
    let cluster = args.cluster.as_ref().or(file.cluster.as_ref());
    let nats = Nats::new(url, cluster.map_or(CLUSTER, String::as_str));
    nats.map(Some).map_err(|error| {
        let setting = match error {
            NatsError::Address => "--broker (PUSHER_HUB_BROKER)",
            NatsError::Cluster => "--cluster (PUSHER_HUB_CLUSTER)",
        };
        ConfigError::new(setting, error.to_string())
    })
}

fn server(apps: Vec<App>, file: &File) -> ServerConfig {
    let mut hub = HubConfig::new(apps);
    let seconds =
        |value: Option<u32>, default: Duration| value.map_or(default, |value| Duration::from_secs(value.into()));
    hub.activity_timeout = seconds(file.activity_timeout, hub.activity_timeout);
    hub.cache_ttl = seconds(file.cache_ttl, hub.cache_ttl);
    hub.drain_within = seconds(file.drain_within, hub.drain_within);
    hub.max_connections_per_app = file.max_connections_per_app.unwrap_or(hub.max_connections_per_app);
    hub.max_channels_per_connection = file
        .max_channels_per_connection
        .unwrap_or(hub.max_channels_per_connection);
    hub.max_presence_members = file.max_presence_members.unwrap_or(hub.max_presence_members);
    if file.client_events {
        hub.client_events = ClientEvents::Forwarded;
    }
    if file.subscription_counts == Some(false) {
        hub.subscription_counts = SubscriptionCounts::Silent;
    }
    let mut server = ServerConfig::new(hub);
    server.origins = match &file.origins {
        Some(origins) => Origins::OwnAnd(origins.clone()),
        // The pages that connect to a hub that stands alone are another server's.
        None => Origins::Any,
    };
    server
}

#[cfg(test)]
mod tests;
