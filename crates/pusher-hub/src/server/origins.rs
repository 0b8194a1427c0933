//! Which pages may connect, by the Origin header that browsers send. Knows headers as text, no request.

/// Which pages may open a connection.
///
/// Programs that are no browser send no Origin header and are always let in: the header protects a browser's user from
/// foreign pages, not the server from programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// Pages from the host and port in the request's Host header. On one's own machine (`localhost`, `127.0.0.1`, `[::1]`)
    /// the port does not matter, so that a development server can stand before this one.
    Own,
    /// These too, each written as a browser sends it: `https://board.example` or `http://board.example:8080`.
    OwnAnd(Vec<String>),
    /// Every page.
    Any,
}

impl Origins {
    /// Whether a request with these headers may connect.
    pub(super) fn allow(&self, origin: Option<&str>, host: Option<&str>) -> bool {
        let Some(origin) = origin else {
            return true;
        };
        match self {
            Self::Any => true,
            Self::Own => is_own(origin, host),
            Self::OwnAnd(others) => others.iter().any(|other| is_same(other, origin)) || is_own(origin, host),
        }
    }
}

fn is_own(origin: &str, host: Option<&str>) -> bool {
    let (Some((scheme, authority)), Some(host)) = (origin.split_once("://"), host) else {
        return false;
    };
    if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return false;
    }
    authority.eq_ignore_ascii_case(host) || (is_loopback(authority) && is_loopback(host))
}

fn is_same(allowed: &str, origin: &str) -> bool {
    allowed.trim_end_matches('/').eq_ignore_ascii_case(origin)
}

fn is_loopback(authority: &str) -> bool {
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) | None => authority,
    };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|local| local.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
