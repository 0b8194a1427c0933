//! One app: its id, key and secret, and what it signs. Knows no connection and no channel's subscribers.
//!
//! Signatures are HMAC-SHA256 with the app's secret, in lower-case hexadecimal.

use std::{error::Error, fmt, sync::Arc};

use hmac::{Hmac, KeyInit, Mac};
use pusher_channels::protocol::{ChannelName, SocketId};
use serde::Serialize;
use sha2::Sha256;

use crate::MasterKey;

/// An app's id: its name among the hub's apps, never a secret. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AppId(Arc<str>);

/// One app: whoever knows its key may connect, whoever knows its secret may sign.
#[derive(Clone)]
pub struct App {
    id: AppId,
    key: Arc<str>,
    // Keyed once: each signature starts from a clone.
    mac: Hmac<Sha256>,
    standing: Standing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Enabled,
    Disabled,
}

/// What an authorisation endpoint answers to a client that wants to subscribe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Authorization {
    /// `KEY:SIGNATURE`.
    pub auth: String,
    /// The signed member of a presence channel, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_data: Option<String>,
    /// The key of an encrypted channel, in base64. It is not signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_secret: Option<String>,
}

/// What an authentication endpoint answers to a client that wants to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UserAuthorization {
    /// `KEY:SIGNATURE`.
    pub auth: String,
    /// The signed user, as JSON text.
    pub user_data: String,
}

/// Why a client's `auth` does not open a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// There is none.
    Missing,
    /// It is not of the form `KEY:SIGNATURE`, the signature being 64 hexadecimal digits.
    Malformed,
    /// The key is not this app's.
    OtherKey,
    /// The signature is not the one for this socket, channel and channel data.
    BadSignature,
}

impl AppId {
    /// An id of this text.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl App {
    /// An app of these credentials. The key stands in the URL that clients connect to; the secret is kept in a form
    /// that is never shown.
    pub fn new(id: &str, key: &str, secret: &str) -> Self {
        Self {
            id: AppId::new(id),
            key: key.into(),
            mac: Hmac::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length"),
            standing: Standing::Enabled,
        }
    }

    /// The same, disabled: connections are refused with the close code 4003, calls of the HTTP API with the status 403.
    #[must_use]
    pub fn disabled(self) -> Self {
        Self {
            standing: Standing::Disabled,
            ..self
        }
    }

    /// Whether the app is disabled.
    pub fn is_disabled(&self) -> bool {
        self.standing == Standing::Disabled
    }

    /// The app's id.
    pub fn id(&self) -> &AppId {
        &self.id
    }

    /// The app's key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Lets this socket subscribe to a private channel. Whether it may is the caller's decision.
    pub fn sign_private(&self, socket_id: &SocketId, channel: &ChannelName) -> Authorization {
        Authorization {
            auth: self.auth(&format!("{socket_id}:{channel}")),
            channel_data: None,
            shared_secret: None,
        }
    }

    /// Lets this socket subscribe to an encrypted channel, and open what is sealed there.
    pub fn sign_encrypted(&self, socket_id: &SocketId, channel: &ChannelName, key: &MasterKey) -> Authorization {
        Authorization {
            shared_secret: Some(key.shared_secret_base64(channel)),
            ..self.sign_private(socket_id, channel)
        }
    }

    /// Lets this socket subscribe to a presence channel as the member that `channel_data` describes
    /// (JSON text with `user_id` and, if wanted, `user_info`).
    pub fn sign_presence(&self, socket_id: &SocketId, channel: &ChannelName, channel_data: &str) -> Authorization {
        Authorization {
            auth: self.auth(&format!("{socket_id}:{channel}:{channel_data}")),
            channel_data: Some(channel_data.to_owned()),
            shared_secret: None,
        }
    }

    /// Signs this socket in as the user that `user_data` describes (JSON text with `id`).
    pub fn sign_user(&self, socket_id: &SocketId, user_data: &str) -> UserAuthorization {
        UserAuthorization {
            auth: self.auth(&format!("{socket_id}::user::{user_data}")),
            user_data: user_data.to_owned(),
        }
    }

    /// The app's signature of a text. Webhooks carry the one of their body.
    pub fn sign(&self, text: &str) -> String {
        hex::encode(self.mac_of(text).finalize().into_bytes())
    }

    /// Whether this is the app's signature of the text; compared in constant time.
    pub fn verify(&self, text: &str, signature: &str) -> bool {
        let mut expected = [0; 32];
        hex::decode_to_slice(signature, &mut expected).is_ok() && self.mac_of(text).verify_slice(&expected).is_ok()
    }

    /// Checks what a client sent with its subscription, in constant time. Channel data that was sent is part of the
    /// signed string on every kind of channel.
    ///
    /// # Errors
    /// When the `auth` does not open this channel to this socket.
    pub(crate) fn check_auth(&self, signed: Signed<'_>, auth: Option<&str>) -> Result<(), AuthError> {
        self.check(&signed.to_string(), auth.ok_or(AuthError::Missing)?)
    }

    /// Checks what a client sent to sign in, in constant time.
    ///
    /// # Errors
    /// When the `auth` is not for this socket and user.
    pub(crate) fn check_user(&self, socket_id: &SocketId, user_data: &str, auth: &str) -> Result<(), AuthError> {
        self.check(&format!("{socket_id}::user::{user_data}"), auth)
    }

    fn check(&self, signed: &str, auth: &str) -> Result<(), AuthError> {
        let (key, signature) = auth.split_once(':').ok_or(AuthError::Malformed)?;
        let mut expected = [0; 32];
        hex::decode_to_slice(signature, &mut expected).map_err(|_| AuthError::Malformed)?;
        if key != &*self.key {
            return Err(AuthError::OtherKey);
        }
        self.mac_of(signed)
            .verify_slice(&expected)
            .map_err(|_| AuthError::BadSignature)
    }

    fn auth(&self, signed: &str) -> String {
        format!("{}:{}", self.key, self.sign(signed))
    }

    fn mac_of(&self, signed: &str) -> Hmac<Sha256> {
        self.mac.clone().chain_update(signed)
    }
}

/// What the signature of a subscription covers: `socket_id:channel[:channel_data]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signed<'a> {
    pub socket_id: &'a SocketId,
    pub channel: &'a ChannelName,
    pub channel_data: Option<&'a str>,
}

impl fmt::Display for Signed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.socket_id, self.channel)?;
        match self.channel_data {
            Some(data) => write!(f, ":{data}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("id", &self.id)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "auth: this channel needs one, KEY:SIGNATURE",
            Self::Malformed => "auth: expected KEY:SIGNATURE, the signature being 64 hexadecimal digits",
            Self::OtherKey => "auth: the key is not the one of this connection's app",
            Self::BadSignature => "auth: the signature is not the one for this socket_id, channel and channel_data",
        })
    }
}

impl Error for AuthError {}

#[cfg(test)]
mod tests;
