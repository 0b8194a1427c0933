//! One sealed event: XSalsa20-Poly1305 with a nonce of 24 bytes, as NaCl's secretbox. Knows the form, no channel.

use super::DecryptionError;
use crate::client::SharedSecret;

#[cfg(feature = "encrypted")]
pub(super) use with_cipher::open;
#[cfg(not(feature = "encrypted"))]
pub(super) use without_cipher::open;

/// Whether this build holds the cipher.
pub(super) const CAN_BE_OPENED: bool = cfg!(feature = "encrypted");

#[cfg(feature = "encrypted")]
mod with_cipher {
    use crypto_secretbox::{KeyInit, Nonce, XSalsa20Poly1305, aead::Aead};
    use serde::Deserialize;

    use super::{DecryptionError, SharedSecret};
    use crate::client::shared_secret::decode_base64;

    /// The authentication tag, in bytes; it stands before the text.
    const TAG: usize = 16;

    #[derive(Deserialize)]
    struct Sealed {
        nonce: String,
        ciphertext: String,
    }

    /// The text that was sealed.
    pub fn open(secret: &SharedSecret, data: &str) -> Result<String, DecryptionError> {
        let (nonce, ciphertext) = read(data).ok_or(DecryptionError::NotSealed)?;
        let cipher = XSalsa20Poly1305::new(secret.as_bytes().into());
        let opened = cipher.decrypt(&nonce, ciphertext.as_slice());
        let bytes = opened.map_err(|_| DecryptionError::WrongKey)?;
        String::from_utf8(bytes).map_err(|_| DecryptionError::NotText)
    }

    fn read(data: &str) -> Option<(Nonce, Vec<u8>)> {
        let sealed: Sealed = serde_json::from_str(data).ok()?;
        let nonce: [u8; 24] = decode_base64(&sealed.nonce)?.try_into().ok()?;
        let ciphertext = decode_base64(&sealed.ciphertext)?;
        (ciphertext.len() >= TAG).then_some((nonce.into(), ciphertext))
    }
}

#[cfg(not(feature = "encrypted"))]
mod without_cipher {
    use super::{DecryptionError, SharedSecret};

    /// Never asked: without the cipher no encrypted channel is subscribed to.
    pub fn open(_: &SharedSecret, _: &str) -> Result<String, DecryptionError> {
        Err(DecryptionError::WrongKey)
    }
}

#[cfg(test)]
mod tests;
