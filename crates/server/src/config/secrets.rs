//! The realtime application's credentials: made at the first start, kept in a file that only its owner can read.

use super::{ConfigError, ServeArgs};
use crate::ambient;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

const FILE: &str = "secrets.json";
const SETTING: &str = "secrets.json in --data (TRUESTORY_DATA)";
/// The fewest characters of a secret: who guesses it can sign for any channel.
const MIN_SECRET: usize = 16;

/// The credentials of the realtime application.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// Names the application.
    pub app_id: String,
    /// Names it to clients; public.
    pub key: String,
    /// Signs for it. Stands in no URL and in no log.
    pub secret: String,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets")
            .field("app_id", &self.app_id)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// What was given wins over what is in the file; the file is made where there is none.
pub(super) fn read_or_make(args: &ServeArgs) -> Result<Secrets, ConfigError> {
    let path = args.folder.data.join(FILE);
    let kept = match fs::read_to_string(&path) {
        Ok(text) => read(&path, &text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(&args.folder.data)?,
        Err(error) => return Err(broken(format!("it cannot be read: {error}"))),
    };
    Ok(Secrets {
        app_id: args.pusher_app_id.clone().unwrap_or(kept.app_id),
        key: args.pusher_key.clone().unwrap_or(kept.key),
        secret: args.pusher_secret.clone().unwrap_or(kept.secret),
    })
}

/// An application id or key: it stands in URLs.
pub(super) fn word(text: &str) -> Result<String, String> {
    let fits = (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if fits {
        Ok(text.to_owned())
    } else {
        Err("give 1 to 64 letters, digits, - or _".into())
    }
}

pub(super) fn secret(text: &str) -> Result<String, String> {
    let fits = text.len() >= MIN_SECRET && text.bytes().all(|b| b.is_ascii_graphic());
    if fits {
        Ok(text.to_owned())
    } else {
        Err(format!("give at least {MIN_SECRET} characters without spaces"))
    }
}

fn read(path: &Path, text: &str) -> Result<Secrets, ConfigError> {
    let secrets: Secrets = serde_json::from_str(text).map_err(|error| broken(format!("it does not parse: {error}")))?;
    for (field, checked) in [
        ("app_id", word(&secrets.app_id)),
        ("key", word(&secrets.key)),
        ("secret", secret(&secrets.secret)),
    ] {
        checked.map_err(|wanted| broken(format!("its {field} cannot be used: {wanted}")))?;
    }
    let file = File::open(path).map_err(|error| broken(format!("it cannot be read: {error}")))?;
    restrict(&file).map_err(|error| broken(format!("it cannot be kept from others: {error}")))?;
    Ok(secrets)
}

fn make(data: &Path) -> Result<Secrets, ConfigError> {
    let secrets = generate();
    write(data, &secrets).map_err(|error| broken(format!("it cannot be written: {error}")))?;
    Ok(secrets)
}

fn generate() -> Secrets {
    let digits = ambient::bits128().0 % 900_000 + 100_000;
    let hex = || ambient::bits128().to_string();
    Secrets {
        app_id: digits.to_string(),
        key: hex(),
        secret: hex(),
    }
}

// By another name first: a crash half-way leaves no broken file under the right name.
fn write(data: &Path, secrets: &Secrets) -> io::Result<()> {
    let unfinished = data.join("secrets.json.new");
    let _ = fs::remove_file(&unfinished);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(serde_json::to_string_pretty(secrets)?.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, data.join(FILE))
}

#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn restrict(_: &File) -> io::Result<()> {
    Ok(())
}

fn broken(wrong: String) -> ConfigError {
    ConfigError {
        setting: SETTING,
        wrong,
        right: "mend it, or remove it so that a new one is made",
    }
}
