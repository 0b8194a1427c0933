//! The key of an encrypted channel. Knows its form; shows it to nobody who prints it.

use std::fmt;

use serde::Deserialize;

/// The key of an encrypted channel: 32 bytes, which the server derives from its master key and the channel's name.
/// Its debug form hides it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SharedSecret([u8; 32]);

/// The text is not the base64 form of 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedSecretError;

impl SharedSecret {
    /// A key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the base64 form that authorisation endpoints answer.
    ///
    /// # Errors
    /// When the text is not base64 or not 32 bytes long.
    pub fn from_base64(text: &str) -> Result<Self, SharedSecretError> {
        let bytes = decode_base64(text).ok_or(SharedSecretError)?;
        bytes.try_into().map(Self).map_err(|_| SharedSecretError)
    }

    /// The key's bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TryFrom<String> for SharedSecret {
    type Error = SharedSecretError;

    fn try_from(text: String) -> Result<Self, SharedSecretError> {
        Self::from_base64(&text)
    }
}

impl fmt::Debug for SharedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedSecret(..)")
    }
}

impl fmt::Display for SharedSecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a shared secret is 32 bytes in base64")
    }
}

impl std::error::Error for SharedSecretError {}

/// The bytes of a text in standard base64 (RFC 4648, section 4) with its padding; none when it is not that.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text
        .strip_suffix('=')
        .map_or(text, |rest| rest.strip_suffix('=').unwrap_or(rest));
    if text.len() % 4 != 0 || digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.as_bytes().chunks(4) {
        let mut bits = 0;
        for &digit in group {
            bits = bits << 6 | value_of(digit)?;
        }
        // A short group counts as filled with zeros; each missing digit costs a byte.
        bits <<= 6 * (4 - group.len() as u32);
        bytes.extend_from_slice(&bits.to_be_bytes()[1..group.len()]);
    }
    Some(bytes)
}

fn value_of(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests;
