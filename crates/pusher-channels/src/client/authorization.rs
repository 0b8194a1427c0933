//! What is asked of an authorisation endpoint and what it answers. Knows the forms and the JSON, not how they are fetched.

use std::fmt;

use serde::Deserialize;

use super::{SharedSecret, config::url_encoded};
use crate::protocol::{ChannelName, SocketId};

/// Which socket asks for which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The channel to hear.
    pub channel: ChannelName,
    /// The connection that is to hear it.
    pub socket_id: SocketId,
}

/// Lets one socket hear one channel: `{"auth":"KEY:SIGNATURE","channel_data":"…","shared_secret":"…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct ChannelAuthorization {
    /// `KEY:SIGNATURE`.
    pub auth: String,
    /// On presence channels who subscribes, as JSON text. It is part of what was signed and is sent on unchanged.
    pub channel_data: Option<String>,
    /// On encrypted channels their key. It is neither signed nor sent on.
    pub shared_secret: Option<SharedSecret>,
}

/// Which socket asks who its user is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticationRequest {
    /// The connection that is to be the user's.
    pub socket_id: SocketId,
}

/// Says who uses one socket: `{"auth":"KEY:SIGNATURE","user_data":"…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct UserAuthentication {
    /// `KEY:SIGNATURE`.
    pub auth: String,
    /// The user, as JSON text. It is part of what was signed and is sent on unchanged.
    pub user_data: String,
}

/// Why a channel cannot be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationFailure {
    /// The HTTP status of the endpoint, or the one the server named; none when there was no answer.
    pub status: Option<u16>,
    /// The reason, for people.
    pub message: String,
}

impl AuthorizationRequest {
    /// The body of the form POST that the protocol's authorisation endpoints read.
    pub fn form(&self) -> String {
        let (socket_id, channel) = (url_encoded(self.socket_id.as_str()), url_encoded(self.channel.as_str()));
        format!("socket_id={socket_id}&channel_name={channel}")
    }
}

impl AuthenticationRequest {
    /// The body of the form POST that the protocol's user authentication endpoints read.
    pub fn form(&self) -> String {
        format!("socket_id={}", url_encoded(self.socket_id.as_str()))
    }
}

impl ChannelAuthorization {
    /// An authorisation from its `KEY:SIGNATURE`, without channel data or a key.
    pub fn new(auth: impl Into<String>) -> Self {
        Self {
            auth: auth.into(),
            channel_data: None,
            shared_secret: None,
        }
    }

    /// The same with the channel data that was signed with it.
    pub fn with_channel_data(mut self, channel_data: impl Into<String>) -> Self {
        self.channel_data = Some(channel_data.into());
        self
    }

    /// The same with the key of an encrypted channel.
    pub fn with_shared_secret(mut self, shared_secret: SharedSecret) -> Self {
        self.shared_secret = Some(shared_secret);
        self
    }

    /// Reads an endpoint's answer, given its HTTP status and body.
    ///
    /// # Errors
    /// When the status is not a success or the body is not an authorisation.
    pub fn from_response(status: u16, body: &str) -> Result<Self, AuthorizationFailure> {
        read(status, body)
    }
}

impl UserAuthentication {
    /// An authentication from its `KEY:SIGNATURE` and the user data that was signed with it.
    pub fn new(auth: impl Into<String>, user_data: impl Into<String>) -> Self {
        Self {
            auth: auth.into(),
            user_data: user_data.into(),
        }
    }

    /// Reads an endpoint's answer, given its HTTP status and body.
    ///
    /// # Errors
    /// When the status is not a success or the body is not an authentication.
    pub fn from_response(status: u16, body: &str) -> Result<Self, AuthorizationFailure> {
        read(status, body)
    }
}

/// One message for all endpoints: what they answer is told apart by who asked.
fn read<'a, T: Deserialize<'a>>(status: u16, body: &'a str) -> Result<T, AuthorizationFailure> {
    if !(200..300).contains(&status) {
        return Err(AuthorizationFailure::answered(status));
    }
    serde_json::from_str(body).map_err(|error| AuthorizationFailure {
        status: Some(status),
        message: format!("the authorisation endpoint's answer cannot be read: {error}"),
    })
}

impl AuthorizationFailure {
    /// A failure without an answer.
    pub fn unanswered(message: impl Into<String>) -> Self {
        Self {
            status: None,
            message: message.into(),
        }
    }

    /// A failure by the endpoint's HTTP status.
    pub(crate) fn answered(status: u16) -> Self {
        let message = match status {
            401 => "the authorisation endpoint answered 401: nobody is signed in".to_owned(),
            403 => "the authorisation endpoint answered 403: not allowed".to_owned(),
            _ => format!("the authorisation endpoint answered {status}"),
        };
        Self {
            status: Some(status),
            message,
        }
    }
}

impl fmt::Display for AuthorizationFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AuthorizationFailure {}
