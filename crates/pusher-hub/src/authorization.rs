//! What clients ask an authorisation endpoint, and what it answers. Knows the forms and the JSON, not how they come.
//!
//! The protocol's own form names one channel: `socket_id=…&channel_name=…`, answered by the authorisation itself. Beside it goes
//! the convention of the pusher-js plugin `pusher-js-auth` for several: `channel_name[0]=…&channel_name[1]=…`, answered by
//! `{"private-a":{"status":200,"data":{"auth":…}},"private-b":{"status":403}}`.

use std::{collections::BTreeMap, error::Error, fmt};

use pusher_channels::protocol::{ChannelName, ChannelNameError, SocketId};
use serde::Serialize;

use crate::Authorization;

/// Most channels in one form. Clients of this project ask for 50 at a time.
const MAX_CHANNELS: usize = 100;

/// Which socket asks to hear which channels.
///
/// ```
/// use pusher_hub::{App, AuthorizationForm};
///
/// let app = App::new("app id", "key", "secret");
/// let form = AuthorizationForm::parse("socket_id=1.2&channel_name=private-orders")?;
/// let answer = form.answer(|channel| {
///     let may_hear = channel.as_str() != "private-vault";
///     may_hear.then(|| app.sign_private(form.socket_id(), channel))
/// });
/// assert_eq!(answer.status, 200);
/// assert!(answer.json.starts_with(r#"{"auth":"key:"#));
/// # Ok::<_, pusher_hub::AuthorizationFormError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationForm {
    socket_id: SocketId,
    channels: Channels,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Channels {
    One(ChannelName),
    Several(Vec<ChannelName>),
}

/// What to answer a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body, `application/json`. It is for this client alone: tell caches not to keep it.
    pub json: String,
}

/// Why a form cannot be answered; a client's mistake, status 400.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationFormError {
    /// `socket_id` is missing or is none.
    SocketId,
    /// There is no `channel_name`.
    NoChannel,
    /// A `channel_name` is none.
    Channel(ChannelNameError),
    /// There are this many channels, more than 100.
    TooManyChannels(usize),
}

/// One channel's part of an answer for several.
#[derive(Serialize)]
struct Part {
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Authorization>,
}

impl AuthorizationForm {
    /// Reads the body of a form POST.
    ///
    /// # Errors
    /// When it does not say which socket asks for which channels.
    pub fn parse(form: &str) -> Result<Self, AuthorizationFormError> {
        let (mut socket_id, mut one, mut several) = (None, None, Vec::new());
        for (name, value) in form_urlencoded::parse(form.as_bytes()) {
            match &*name {
                "socket_id" => socket_id = SocketId::parse(&value).ok(),
                "channel_name" => one = Some(value),
                name if is_indexed(name) => several.push(value),
                // Programs may send what is theirs along.
                _ => {}
            }
        }
        let named = |name: &str| ChannelName::new(name).map_err(AuthorizationFormError::Channel);
        let channels = match one {
            Some(one) => Channels::One(named(&one)?),
            None if several.is_empty() => return Err(AuthorizationFormError::NoChannel),
            None if several.len() > MAX_CHANNELS => {
                return Err(AuthorizationFormError::TooManyChannels(several.len()));
            }
            None => Channels::Several(several.iter().map(|name| named(name)).collect::<Result<_, _>>()?),
        };
        Ok(Self {
            socket_id: socket_id.ok_or(AuthorizationFormError::SocketId)?,
            channels,
        })
    }

    /// Which socket asks.
    pub fn socket_id(&self) -> &SocketId {
        &self.socket_id
    }

    /// The channels it wants to hear: at least one, at most 100.
    pub fn channels(&self) -> &[ChannelName] {
        match &self.channels {
            Channels::One(channel) => std::slice::from_ref(channel),
            Channels::Several(channels) => channels,
        }
    }

    /// The channel, where the form names one as the protocol has it, so that a refusal may say more than that it is one.
    pub fn only_channel(&self) -> Option<&ChannelName> {
        match &self.channels {
            Channels::One(channel) => Some(channel),
            Channels::Several(_) => None,
        }
    }

    /// The answer in the form that was asked in. `decide` answers each channel's authorisation, or none where it is refused.
    pub fn answer(&self, mut decide: impl FnMut(&ChannelName) -> Option<Authorization>) -> AuthorizationAnswer {
        match &self.channels {
            Channels::One(channel) => match decide(channel) {
                Some(authorization) => AuthorizationAnswer {
                    status: 200,
                    json: json(&authorization),
                },
                None => AuthorizationAnswer {
                    status: 403,
                    json: r#"{"error":"channel_name: not allowed"}"#.to_owned(),
                },
            },
            Channels::Several(channels) => {
                let parts = channels
                    .iter()
                    .map(|channel| (channel.as_str(), Part::of(decide(channel))));
                AuthorizationAnswer {
                    status: 200,
                    json: json(&parts.collect::<BTreeMap<_, _>>()),
                }
            }
        }
    }
}

impl Part {
    fn of(data: Option<Authorization>) -> Self {
        let status = if data.is_some() { 200 } else { 403 };
        Self { status, data }
    }
}

/// `channel_name[0]`, or `channel_name[]` as other programs write it.
fn is_indexed(name: &str) -> bool {
    name.strip_prefix("channel_name[")
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
}

fn json(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).expect("keys are text and values are numbers and texts")
}

impl fmt::Display for AuthorizationFormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SocketId => f.write_str("socket_id: expected two numbers with a dot between"),
            Self::NoChannel => f.write_str("channel_name: missing"),
            Self::Channel(error) => write!(f, "channel_name: {error}"),
            Self::TooManyChannels(count) => {
                write!(f, "channel_name: {count} channels, at most {MAX_CHANNELS} are allowed")
            }
        }
    }
}

impl Error for AuthorizationFormError {}

#[cfg(test)]
mod tests;
