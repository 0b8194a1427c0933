//! Names of channels: which are legal, and what kind of channel a name stands for. Knows no subscription.

use std::{borrow::Borrow, error::Error, fmt, str::FromStr, sync::Arc};

use super::limits::MAX_CHANNEL_NAME;

const SERVER_TO_USER_PREFIX: &str = "#server-to-user-";

/// A legal channel name: 1 to 200 characters of `A-Z a-z 0-9 _ - = @ , . ;`, with a leading `#` only in
/// `#server-to-user-…`. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChannelName(Arc<str>);

/// What a channel's name says about who may hear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// Anyone who knows the app's key.
    Public,
    /// `private-`: needs an authorisation for each socket.
    Private,
    /// `presence-`: private, and knows its members.
    Presence,
    /// `private-encrypted-`: private, and its data is encrypted end to end.
    Encrypted,
    /// `#server-to-user-`: events for one signed-in user.
    ServerToUser,
}

/// Why a text is no channel name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChannelNameError {
    /// The name has no characters (or none after `#server-to-user-`).
    Empty,
    /// The name is longer than [`MAX_CHANNEL_NAME`] characters.
    TooLong,
    /// This character may not stand in a name.
    BadCharacter(char),
}

impl ChannelName {
    /// Checks and keeps a name.
    ///
    /// # Errors
    /// When the name is empty, too long or has a character that the protocol does not allow.
    pub fn new(name: &str) -> Result<Self, ChannelNameError> {
        let rest = name.strip_prefix(SERVER_TO_USER_PREFIX).unwrap_or(name);
        if rest.is_empty() {
            return Err(ChannelNameError::Empty);
        }
        if let Some(bad) = rest.chars().find(|&c| !is_allowed(c)) {
            return Err(ChannelNameError::BadCharacter(bad));
        }
        if name.len() > MAX_CHANNEL_NAME {
            return Err(ChannelNameError::TooLong);
        }
        Ok(Self(name.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of channel, by the name's prefix.
    pub fn kind(&self) -> ChannelKind {
        self.kind_and_rest().0
    }

    /// Whether the channel repeats its last event to new subscribers: `cache-` right after the kind's prefix.
    pub fn is_cache(&self) -> bool {
        self.kind_and_rest().1.starts_with("cache-")
    }

    /// Whether a subscription needs an authorisation.
    pub fn needs_authorization(&self) -> bool {
        match self.kind() {
            ChannelKind::Private | ChannelKind::Presence | ChannelKind::Encrypted => true,
            ChannelKind::Public | ChannelKind::ServerToUser => false,
        }
    }

    fn kind_and_rest(&self) -> (ChannelKind, &str) {
        // The longer prefix first: every encrypted name also starts with `private-`.
        const PREFIXES: [(&str, ChannelKind); 4] = [
            ("private-encrypted-", ChannelKind::Encrypted),
            ("private-", ChannelKind::Private),
            ("presence-", ChannelKind::Presence),
            (SERVER_TO_USER_PREFIX, ChannelKind::ServerToUser),
        ];
        PREFIXES
            .iter()
            .find_map(|&(prefix, kind)| Some((kind, self.0.strip_prefix(prefix)?)))
            .unwrap_or((ChannelKind::Public, &self.0))
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-=@,.;".contains(c)
}

impl FromStr for ChannelName {
    type Err = ChannelNameError;

    fn from_str(name: &str) -> Result<Self, ChannelNameError> {
        Self::new(name)
    }
}

impl AsRef<str> for ChannelName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ChannelName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ChannelNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a channel name needs at least one character"),
            Self::TooLong => write!(f, "a channel name has at most {MAX_CHANNEL_NAME} characters"),
            Self::BadCharacter(c) => write!(f, "a channel name cannot contain {c:?}"),
        }
    }
}

impl Error for ChannelNameError {}
