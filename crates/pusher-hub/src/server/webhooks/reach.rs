//! Which addresses may be posted to. Knows addresses, not what is posted.
//!
//! Whoever may name an address to post to could otherwise reach what only this machine can reach (OWASP ASVS 1.3.6).

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::{
    ClientBuilder, Url,
    dns::{Addrs, Name, Resolve, Resolving},
};
use tokio::net::lookup_host;

use super::WebhookError;

/// Which addresses webhooks may be posted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of the public internet; what a name stands for is looked at for each connection.
    Public,
    /// Those of this machine and of private networks too.
    Anywhere,
}

/// Names that stand for public addresses.
struct PublicNames;

impl Reach {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is none, or out of reach.
    pub(super) fn check(self, url: &str) -> Result<Url, WebhookError> {
        let refused = |reason: String| {
            Err(WebhookError::Address {
                url: url.to_owned(),
                reason,
            })
        };
        let parsed = match Url::parse(url) {
            Ok(parsed) => parsed,
            Err(error) => return refused(format!("{error}; expected such as https://example.com/hook")),
        };
        if !matches!(parsed.scheme(), "http" | "https") {
            return refused("expected http:// or https://".to_owned());
        }
        match self {
            Self::Anywhere => Ok(parsed),
            Self::Public if is_private(&parsed) => Err(WebhookError::Private { url: url.to_owned() }),
            Self::Public => Ok(parsed),
        }
    }

    pub(super) fn limit(self, client: ClientBuilder) -> ClientBuilder {
        match self {
            // A proxy would look names up for itself.
            Self::Public => client.no_proxy().dns_resolver(Arc::new(PublicNames)),
            Self::Anywhere => client.no_proxy(),
        }
    }
}

/// Of names only those are known before they are looked up that stand for this machine.
fn is_private(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    match literal.parse() {
        Ok(address) => !is_public(address),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                let message = format!("{} stands for private addresses alone", name.as_str());
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, message).into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether the address belongs to the public internet (IANA's registries of special-purpose addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(address) => is_public_v4(address),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let is_special = address.is_unspecified()
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        // "This network", carriers' shared space, protocol assignments, benchmarks, reserved and broadcast.
        || first == 0
        || (first == 100 && (64..128).contains(&second))
        || (first, second, third) == (192, 0, 0)
        || (first == 198 && (18..20).contains(&second))
        || first >= 240;
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Global unicast is 2000::/3; of it, 2001::/23 is for protocols, 2001:db8::/32 and 3fff::/20 for documentation.
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_protocol = first == 0x2001 && second < 0x0200;
    let is_documentation = (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    is_global && !is_protocol && !is_documentation
}

/// The address behind one that only translates it: mapped (`::ffff:0:0/96`), NAT64 (`64:ff9b::/96`), 6to4 (`2002::/16`).
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
