//! The id a server gives to one connection. Knows its form only.

use std::{error::Error, fmt, str::FromStr, sync::Arc};

/// Longest id that is accepted, in characters: two numbers of 64 bits and a dot fit, with room to spare.
const MAX_LENGTH: usize = 64;

/// One connection's id, `digits.digits`. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SocketId(Arc<str>);

/// The text is not of the form `digits.digits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketIdError;

impl SocketId {
    /// The id of two numbers, for a server that makes one.
    pub fn from_parts(first: u64, second: u64) -> Self {
        Self(format!("{first}.{second}").into())
    }

    /// Reads an id.
    ///
    /// # Errors
    /// When the text is not two runs of digits with one dot between.
    pub fn parse(text: &str) -> Result<Self, SocketIdError> {
        let (first, second) = text.split_once('.').ok_or(SocketIdError)?;
        if text.len() > MAX_LENGTH || !is_digits(first) || !is_digits(second) {
            return Err(SocketIdError);
        }
        Ok(Self(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

impl FromStr for SocketId {
    type Err = SocketIdError;

    fn from_str(text: &str) -> Result<Self, SocketIdError> {
        Self::parse(text)
    }
}

impl fmt::Display for SocketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for SocketIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a socket id is two numbers with a dot between")
    }
}

impl Error for SocketIdError {}
