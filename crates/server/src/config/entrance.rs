//! Who is let in, and under which address people reach the server.

use super::ConfigError;
use ipnet::IpNet;
use std::net::IpAddr;
use url::Url;

/// The setting that names the address under which people reach the server.
pub const URL: &str = "--url (TRUESTORY_URL)";
/// The setting that names the proxies before the server.
pub const TRUSTED_PROXY: &str = "--trusted-proxy (TRUESTORY_TRUSTED_PROXY)";
/// The setting that names other pages that may listen.
pub const ORIGIN: &str = "--origin (TRUESTORY_ORIGIN)";

/// Who is let in, and how they get here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entrance {
    /// Whether everyone is let in, as an owner of everything.
    pub open: bool,
    /// Whether one may make an account without an invitation.
    pub sign_up: bool,
    /// The address under which people reach the server, without a last slash; none where nobody said.
    pub url: Option<String>,
    /// The proxies whose word about a request's origin is taken.
    pub proxies: Vec<IpNet>,
    /// Origins of other pages that may open the WebSocket.
    pub origins: Vec<String>,
}

impl Entrance {
    /// Everyone is let in.
    pub fn open() -> Entrance {
        Entrance {
            open: true,
            ..Entrance::default()
        }
    }

    /// Whether people come by TLS, so that cookies may insist on it.
    pub fn is_secure(&self) -> bool {
        self.url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The name in the address under which people reach the server.
    pub fn host(&self) -> Option<String> {
        let url = Url::parse(self.url.as_ref()?).ok()?;
        url.host_str().map(str::to_owned)
    }

    /// Where a request comes from: the last address that no trusted proxy added.
    pub fn client(&self, peer: IpAddr, forwarded_for: &str) -> IpAddr {
        let trusted = |address: &IpAddr| self.proxies.iter().any(|proxy| proxy.contains(&address.to_canonical()));
        let mut client = peer;
        for told in forwarded_for.rsplit(',') {
            match told.trim().parse() {
                Ok(address) if trusted(&client) => client = address,
                Ok(_) | Err(_) => break,
            }
        }
        client.to_canonical()
    }
}

/// Reads an address such as `https://backlog.example.com`.
pub fn url(text: &str) -> Result<String, ConfigError> {
    let wrong = |wrong: &str| ConfigError {
        setting: URL,
        wrong: format!("“{text}” {wrong}"),
        right: "give the address that people type, without a path, such as https://backlog.example.com",
    };
    let url = Url::parse(text).map_err(|error| wrong(&error.to_string()))?;
    match url.scheme() {
        "http" | "https" if url.host().is_some() => {}
        _ => return Err(wrong("is no address of the web")),
    }
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    match bare && url.username().is_empty() && url.password().is_none() {
        true => Ok(url.origin().ascii_serialization()),
        false => Err(wrong("has more than a host and a port")),
    }
}

/// Reads an origin, written as a browser sends it.
pub fn origin(text: &str) -> Result<String, ConfigError> {
    url(text).map_err(|error| ConfigError {
        setting: ORIGIN,
        right: "give scheme and host, such as https://intranet.example.com",
        ..error
    })
}

/// Reads an address or a range of addresses.
pub fn proxy(text: &str) -> Result<IpNet, ConfigError> {
    let range = text.parse::<IpNet>().ok();
    let one = || text.parse::<IpAddr>().ok().map(IpNet::from);
    range.or_else(one).ok_or_else(|| ConfigError {
        setting: TRUSTED_PROXY,
        wrong: format!("“{text}” is no network address"),
        right: "give the proxy's address, or a range such as 10.0.0.0/8",
    })
}

#[cfg(test)]
mod tests;
