//! Where a server is. Knows the form of the connect URL.

use super::config::url_encoded;
use crate::protocol::PROTOCOL_VERSION;

/// How the socket is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Plain, `ws://`.
    Ws,
    /// With TLS, `wss://`.
    Wss,
}

/// Where a server is, and which of its apps is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Address {
    /// Plain or TLS. A server that answers 4000 turns TLS on.
    pub scheme: Scheme,
    /// Host, perhaps with `:port` if that is for either scheme.
    pub host: String,
    /// The port for plain connections; none for what the host says, else 80.
    pub ws_port: Option<u16>,
    /// The port for TLS; none for what the host says, else 443.
    pub wss_port: Option<u16>,
    /// What stands before `/app/KEY`: empty, or a path that starts with a slash and does not end with one.
    pub path: String,
    /// The app's key.
    pub key: String,
}

impl Address {
    /// Plain WebSocket to a host (with `:port` unless it is 80).
    pub fn new(host: impl Into<String>, key: impl Into<String>) -> Self {
        Self {
            scheme: Scheme::Ws,
            host: host.into(),
            ws_port: None,
            wss_port: None,
            path: String::new(),
            key: key.into(),
        }
    }

    /// A cluster of the service pusher.com, with TLS: `eu`, `mt1`, `us3` and so on.
    pub fn cluster(cluster: &str, key: impl Into<String>) -> Self {
        // The rule of pusher-js (config.ts), which calls its port and scheme defaults the same.
        Self::new(format!("ws-{cluster}.pusher.com"), key).with_tls()
    }

    /// The same with TLS.
    pub fn with_tls(mut self) -> Self {
        self.scheme = Scheme::Wss;
        self
    }

    /// The same with a port for plain connections and one for TLS.
    pub fn with_ports(mut self, plain: u16, tls: u16) -> Self {
        (self.ws_port, self.wss_port) = (Some(plain), Some(tls));
        self
    }

    /// The same with something before `/app/KEY`; slashes are set as they must be.
    pub fn with_path(mut self, path: &str) -> Self {
        let path = path.trim_matches('/');
        self.path = match path {
            "" => String::new(),
            path => format!("/{path}"),
        };
        self
    }

    /// The address to open a WebSocket to.
    pub fn url(&self) -> String {
        let (scheme, port) = match self.scheme {
            Scheme::Ws => ("ws", self.ws_port),
            Scheme::Wss => ("wss", self.wss_port),
        };
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let (host, path, key) = (&self.host, &self.path, url_encoded(&self.key));
        let version = env!("CARGO_PKG_VERSION");
        format!(
            "{scheme}://{host}{port}{path}/app/{key}?protocol={PROTOCOL_VERSION}&client=pusher-channels-rs&version={version}"
        )
    }
}

#[cfg(test)]
mod tests;
