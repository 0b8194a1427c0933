//! Through which provider of identities people sign in, if through any.

use super::{ConfigError, ServeArgs};
use std::fmt;
use std::net::IpAddr;
use url::{Host, Url};

/// The setting that names the provider.
pub const ISSUER: &str = "--oidc-issuer (TRUESTORY_OIDC_ISSUER)";
/// The setting that says as what this server is known there.
pub const CLIENT_ID: &str = "--oidc-client-id (TRUESTORY_OIDC_CLIENT_ID)";
/// The setting that proves it.
pub const CLIENT_SECRET: &str = "--oidc-client-secret (TRUESTORY_OIDC_CLIENT_SECRET)";
/// The setting that says what the provider is called.
pub const NAME: &str = "--oidc-name (TRUESTORY_OIDC_NAME)";

/// The most characters of a provider's name.
const MOST_OF_NAME: usize = 40;

/// A provider of identities, by OpenID Connect.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its address, as it writes it itself.
    pub issuer: String,
    /// As what this server is known there.
    pub client_id: String,
    /// What proves it.
    pub client_secret: String,
    /// What people know it by.
    pub name: String,
    /// Whether whoever comes through it for the first time gets an account.
    pub sign_up: bool,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// The provider that was asked for, if one was.
pub(super) fn provider(args: &ServeArgs) -> Result<Option<Provider>, ConfigError> {
    let Some(issuer) = &args.oidc_issuer else {
        return match (&args.oidc_client_id, &args.oidc_client_secret, &args.oidc_name) {
            (None, None, None) => Ok(None),
            _ => Err(missing(ISSUER, "there is more about a provider, but not where it is")),
        };
    };
    if args.open || args.demo {
        return Err(ConfigError {
            setting: ISSUER,
            wrong: "with --open or --demo there are no accounts to sign in to".to_owned(),
            right: "leave one of the two away",
        });
    }
    if args.url.is_none() {
        return Err(ConfigError {
            setting: super::entrance::URL,
            wrong: "the provider has to know where to send people back to".to_owned(),
            right: "give the address that people type, such as https://backlog.example.com",
        });
    }
    let url = issuer_url(issuer)?;
    let given = |setting, value: &Option<String>| match value {
        Some(text) if !text.is_empty() => Ok(text.clone()),
        Some(_) | None => Err(missing(setting, "the provider has given this server one")),
    };
    Ok(Some(Provider {
        issuer: issuer.clone(),
        client_id: given(CLIENT_ID, &args.oidc_client_id)?,
        client_secret: given(CLIENT_SECRET, &args.oidc_client_secret)?,
        name: match &args.oidc_name {
            Some(name) => called(name)?,
            None => url.host_str().unwrap_or_default().to_owned(),
        },
        sign_up: args.oidc_sign_up,
    }))
}

fn missing(setting: &'static str, wrong: &str) -> ConfigError {
    ConfigError {
        setting,
        wrong: format!("it is missing: {wrong}"),
        right: "give --oidc-issuer, --oidc-client-id and --oidc-client-secret together",
    }
}

/// What is asked of a provider proves who someone is, so nobody may read along or answer in its place; on this machine nobody can.
fn issuer_url(text: &str) -> Result<Url, ConfigError> {
    let wrong = |wrong: &str| ConfigError {
        setting: ISSUER,
        wrong: format!("“{text}” {wrong}"),
        right: "give the address that the provider calls its issuer, such as https://accounts.example.com",
    };
    let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
    match url.scheme() {
        "https" => {}
        "http" if is_this_machine(&url) => {}
        _ => return Err(wrong("is no https:// address")),
    }
    match url.query().is_none() && url.fragment().is_none() {
        true => Ok(url),
        false => Err(wrong("has a ? or a # in it")),
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

fn called(name: &str) -> Result<String, ConfigError> {
    let name = name.trim();
    match (1..=MOST_OF_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        true => Ok(name.to_owned()),
        false => Err(ConfigError {
            setting: NAME,
            wrong: "it is no name".to_owned(),
            right: "give 1 to 40 characters, as they stand on the button",
        }),
    }
}

#[cfg(test)]
mod tests;
