//! By which server letters are sent, and from whom.

use super::ConfigError;
use backlog::person::Email;
use std::fmt;
use std::net::IpAddr;
use url::Url;

/// The setting that names the server that sends letters.
pub const SMTP: &str = "--smtp (TRUESTORY_SMTP)";
/// The setting that says from whom they come.
pub const MAIL_FROM: &str = "--mail-from (TRUESTORY_MAIL_FROM)";

/// Ports by RFC 8314 and RFC 6409.
const SUBMISSIONS: u16 = 465;
const SUBMISSION: u16 = 587;

/// By which server letters are sent, and from whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The server's name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept secret.
    pub secrecy: Secrecy,
    /// Who sends there, where it wants to know.
    pub login: Option<Login>,
    /// From whom letters come.
    pub from: Email,
}

/// How the way to the server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// By TLS from the start: `smtps://`.
    Tls,
    /// By STARTTLS, or no letter is sent: a password goes over a network.
    StartTls,
    /// By STARTTLS where the server offers it: no password is at stake, or it stays on this machine.
    WhereOffered,
}

/// A name and a password for the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// Reads the two settings; none where neither is given. The links in letters need the address of the server as well, since what a request
/// says of it cannot be believed. What is wrong is said without what was given, since a password may stand in it.
pub fn read(smtp: Option<&str>, from: Option<&str>, url: Option<&str>) -> Result<Option<Post>, ConfigError> {
    match (smtp, from) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) if url.is_none() => Err(ConfigError {
            setting: SMTP,
            wrong: "needs --url (TRUESTORY_URL) beside it, for the links in letters".into(),
            right: "give the address that people type, such as --url https://backlog.example.com",
        }),
        (Some(smtp), Some(from)) => post(smtp, from).map(Some),
        (Some(_), None) => Err(ConfigError {
            setting: MAIL_FROM,
            wrong: "is missing beside --smtp".into(),
            right: "give the address from which letters come, such as truestory@example.com",
        }),
        (None, Some(_)) => Err(ConfigError {
            setting: SMTP,
            wrong: "is missing beside --mail-from".into(),
            right: RIGHT,
        }),
    }
}

const RIGHT: &str = "give the server that sends letters, such as smtps://user:password@mail.example.com";

fn post(smtp: &str, from: &str) -> Result<Post, ConfigError> {
    let wrong = |wrong: &str| ConfigError {
        setting: SMTP,
        wrong: wrong.into(),
        right: RIGHT,
    };
    let url = Url::parse(smtp).map_err(|error| wrong(&format!("cannot be read: {error}")))?;
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or_else(|| wrong("names no server"))?;
    let more = !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
    if more {
        return Err(wrong("has more than a server and a port"));
    }
    let login =
        login(&url).ok_or_else(|| wrong("has a user without a password, or one whose %-signs are not UTF-8"))?;
    let (secrecy, usual) = match url.scheme() {
        "smtps" => (Secrecy::Tls, SUBMISSIONS),
        "smtp" if login.is_some() && !is_here(host) => (Secrecy::StartTls, SUBMISSION),
        "smtp" => (Secrecy::WhereOffered, SUBMISSION),
        _ => return Err(wrong("is neither smtp:// nor smtps://")),
    };
    let from = Email::new(from).map_err(|problem| ConfigError {
        setting: MAIL_FROM,
        wrong: problem.to_string(),
        right: "give the address from which letters come, such as truestory@example.com",
    })?;
    Ok(Post {
        host: host.trim_matches(['[', ']']).to_owned(),
        port: url.port().unwrap_or(usual),
        secrecy,
        login: login.map(|(user, password)| Login { user, password }),
        from,
    })
}

/// The name and the password; `Some(None)` where there are none, `None` where they cannot be used.
fn login(url: &Url) -> Option<Option<(String, String)>> {
    match (url.username(), url.password()) {
        ("", None) => Some(None),
        ("", Some(_)) | (_, None) => None,
        (user, Some(password)) => Some(Some((decoded(user)?, decoded(password)?))),
    }
}

/// A part of an address without its %-signs.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        bytes.push(match byte {
            b'%' => u8::try_from(digit()? * 16 + digit()?).ok()?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn is_here(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
