//! Answers of an authorisation endpoint. Knows their JSON, not how they are fetched.

use std::fmt;

use serde::Deserialize;

use super::config::url_encoded;
use crate::protocol::{ChannelName, SocketId};

/// Which socket asks for which channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The channel to hear.
    pub channel: ChannelName,
    /// The connection that is to hear it.
    pub socket_id: SocketId,
}

/// Lets one socket hear one channel: `{"auth":"KEY:SIGNATURE","channel_data":"…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChannelAuthorization {
    /// `KEY:SIGNATURE`.
    pub auth: String,
    /// On presence channels who subscribes, as JSON text. It is part of what was signed and is sent on unchanged.
    pub channel_data: Option<String>,
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

impl ChannelAuthorization {
    /// Reads an endpoint's answer, given its HTTP status and body.
    ///
    /// # Errors
    /// When the status is not a success or the body is not an authorisation.
    pub fn from_response(status: u16, body: &str) -> Result<Self, AuthorizationFailure> {
        if !(200..300).contains(&status) {
            let message = format!("the authorisation endpoint answered {status}");
            return Err(AuthorizationFailure {
                status: Some(status),
                message,
            });
        }
        serde_json::from_str(body).map_err(|error| AuthorizationFailure {
            status: Some(status),
            message: format!("the authorisation endpoint's answer cannot be read: {error}"),
        })
    }
}

impl AuthorizationFailure {
    /// A failure without an answer.
    pub fn unanswered(message: impl Into<String>) -> Self {
        Self {
            status: None,
            message: message.into(),
        }
    }
}

impl fmt::Display for AuthorizationFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AuthorizationFailure {}
