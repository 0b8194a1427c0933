//! Where a client connects and how patient it is. Knows no rule.

use std::{fmt::Write, time::Duration};

use super::{Address, Carrier};

/// Where a client connects and how patient it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// Where, and which app.
    pub address: Address,
    /// What may carry the frames, the best first. Down this list where one does not pass, and back up when it does.
    pub carriers: Vec<Carrier>,
    /// One try, from opening the socket to the handshake, is given up after this time.
    pub connect_timeout: Duration,
    /// The same, if shorter, where another carrier could be tried instead.
    pub carrier_timeout: Duration,
    /// After this much silence the client pings. The server may ask for less, never for more.
    pub activity_timeout: Duration,
    /// A ping that is not answered within this time means the connection is dead.
    pub pong_timeout: Duration,
    /// The same when there is reason for doubt: after sleep, or when the network went away.
    pub wake_pong_timeout: Duration,
    /// Without a connection for this long the state is `unavailable`.
    pub unavailable_timeout: Duration,
}

impl Config {
    /// Plain WebSocket to a host (with `:port`), with the times of pusher-js where it has them.
    pub fn new(host: impl Into<String>, key: impl Into<String>) -> Self {
        Self::at(Address::new(host, key))
    }

    /// To an address, with the times of pusher-js where it has them.
    pub fn at(address: Address) -> Self {
        Self {
            address,
            // Other servers of the protocol have no other carrier in common with this client.
            carriers: vec![Carrier::WebSocket],
            // pusher-js waits 15 s, then 30 s; most that is slower than this never comes.
            connect_timeout: Duration::from_secs(10),
            // pusher-js starts its HTTP fallback after 2 s, beside. Nothing is lost by leaving a slow WebSocket: it is tried again.
            carrier_timeout: Duration::from_secs(4),
            activity_timeout: Duration::from_secs(120),
            pong_timeout: Duration::from_secs(30),
            wake_pong_timeout: Duration::from_secs(3),
            unavailable_timeout: Duration::from_secs(10),
        }
    }
}

/// The text with everything escaped that has a meaning in a URL or in a form.
pub(crate) fn url_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
