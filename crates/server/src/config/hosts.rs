//! The names under which the server answers. A website can point a name of its own at this machine and have a visitor's
//! browser talk to a server that only listens here (DNS rebinding); the name in the `Host` header gives it away.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The names under which the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// All of them: the server is open to a network, and what it is called there is not known.
    Any,
    /// These, beside addresses and the names of this machine.
    Named(Arc<[String]>),
}

impl Hosts {
    /// The names of a server that listens there and was given these. Without any, one that others can reach answers under all.
    pub fn new(listen: SocketAddr, names: &[String]) -> Hosts {
        match (names, listen.ip().is_loopback()) {
            ([], false) => Hosts::Any,
            (names, _) => Hosts::Named(names.iter().map(|name| name.to_ascii_lowercase()).collect()),
        }
    }

    /// Whether the server answers a request with this `Host` header.
    pub fn include(&self, host: &str) -> bool {
        let Hosts::Named(names) = self else { return true };
        let name = without_port(host).trim_end_matches('.').to_ascii_lowercase();
        // Nobody but its owner can make an address mean this machine.
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        address || name == "localhost" || name.ends_with(".localhost") || names.contains(&name)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        // An IPv6 address stands in brackets, which the colons inside do not end.
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        Some(_) | None => host,
    }
}

#[cfg(test)]
mod tests;
