//! The keys of encrypted channels, and events sealed with them. Knows no connection; the hub only ever passes on what is sealed.
//!
//! A channel's key is the SHA-256 of its name followed by the app's master key. Authorised clients are told it as
//! `shared_secret`; events are sealed with it by NaCl's secretbox (XSalsa20-Poly1305).

use std::{error::Error, fmt};

use base64::{Engine, prelude::BASE64_STANDARD};
use pusher_channels::protocol::ChannelName;
use sha2::{Digest, Sha256};

/// The master key of an app's encrypted channels: 32 bytes that only the app's own programs know. Its debug form hides it.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

/// The text is not the base64 form of 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MasterKeyError;

impl MasterKey {
    /// A key from its bytes, which must come from a good source of chance.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the base64 form that server libraries of the protocol take (`encryptionMasterKeyBase64`).
    ///
    /// # Errors
    /// When the text is not base64 or not 32 bytes long.
    pub fn from_base64(text: &str) -> Result<Self, MasterKeyError> {
        let bytes = BASE64_STANDARD.decode(text).map_err(|_| MasterKeyError)?;
        bytes.try_into().map(Self).map_err(|_| MasterKeyError)
    }

    /// The key of one channel.
    pub(crate) fn shared_secret(&self, channel: &ChannelName) -> [u8; 32] {
        Sha256::new()
            .chain_update(channel.as_str())
            .chain_update(self.0)
            .finalize()
            .into()
    }

    /// As clients are told it.
    pub(crate) fn shared_secret_base64(&self, channel: &ChannelName) -> String {
        BASE64_STANDARD.encode(self.shared_secret(channel))
    }

    /// Seals an event's data for an encrypted channel: the result is what to trigger. The nonce must come from a good source of
    /// chance, anew for each event. What is sealed is longer by a third and about 100 bytes, and must keep the limit of event data.
    #[cfg(feature = "encrypted")]
    pub fn seal(&self, channel: &ChannelName, data: &str, nonce: [u8; 24]) -> String {
        use crypto_secretbox::{KeyInit, Nonce, XSalsa20Poly1305, aead::Aead};

        let key = self.shared_secret(channel);
        let sealed = XSalsa20Poly1305::new(&key.into()).encrypt(Nonce::from_slice(&nonce), data.as_bytes());
        let sealed = sealed.expect("only data of many gigabytes is too long for this cipher");
        let (nonce, ciphertext) = (BASE64_STANDARD.encode(nonce), BASE64_STANDARD.encode(sealed));
        format!(r#"{{"nonce":"{nonce}","ciphertext":"{ciphertext}"}}"#)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

impl fmt::Display for MasterKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a master key is 32 bytes in base64")
    }
}

impl Error for MasterKeyError {}

#[cfg(test)]
mod tests;
