//! Frames that a client sends. Knows their JSON, for either end.

use serde::Deserialize;

use super::{
    ChannelName, EventName, FrameError, RawJson, events,
    json::{Envelope, Object},
};

/// A frame from client to server. Its data is a JSON object, not a string of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFrame {
    /// `pusher:subscribe`.
    Subscribe {
        /// What to hear.
        channel: ChannelName,
        /// `KEY:SIGNATURE`; none for a public channel.
        auth: Option<String>,
        /// On presence channels who subscribes, as JSON text. If sent, it is part of the signed string on any channel.
        channel_data: Option<String>,
    },
    /// `pusher:unsubscribe`.
    Unsubscribe {
        /// What to hear no longer.
        channel: ChannelName,
    },
    /// `pusher:signin`.
    SignIn {
        /// `KEY:SIGNATURE`.
        auth: String,
        /// Who signs in, as the JSON text that was signed; [`User`](super::User) reads it.
        user_data: String,
    },
    /// `pusher:ping`.
    Ping,
    /// `pusher:pong`.
    Pong,
    /// An event that a client triggers, for the channel's other subscribers.
    ClientEvent {
        /// Its name, with the prefix `client-`.
        event: EventName,
        /// Where; private or presence.
        channel: ChannelName,
        /// Its data, passed on as written.
        data: RawJson,
    },
}

#[derive(Deserialize)]
struct SubscribeData {
    channel: String,
    auth: Option<String>,
    channel_data: Option<String>,
}

#[derive(Deserialize)]
struct SignInData {
    auth: String,
    user_data: String,
}

#[derive(Deserialize)]
struct UnsubscribeData {
    channel: String,
}

impl ClientFrame {
    /// Reads a frame; unknown fields are ignored.
    ///
    /// # Errors
    /// When the text is no frame that a client may send; the error names the field.
    pub fn parse(text: &str) -> Result<Self, FrameError> {
        let frame = Envelope::parse(text)?;
        match &*frame.event {
            events::SUBSCRIBE => parse_subscribe(&frame),
            events::UNSUBSCRIBE => {
                let data: UnsubscribeData =
                    serde_json::from_str(&frame.data_text()).map_err(|error| frame.bad_data(error))?;
                Ok(Self::Unsubscribe {
                    channel: ChannelName::new(&data.channel)?,
                })
            }
            events::SIGNIN => {
                let data: SignInData =
                    serde_json::from_str(&frame.data_text()).map_err(|error| frame.bad_data(error))?;
                Ok(Self::SignIn {
                    auth: data.auth,
                    user_data: data.user_data,
                })
            }
            events::PING => Ok(Self::Ping),
            events::PONG => Ok(Self::Pong),
            name if name.starts_with(events::CLIENT_PREFIX) => Ok(Self::ClientEvent {
                event: EventName::new(name)?,
                channel: frame.required_channel()?,
                data: frame.raw_data(),
            }),
            name => Err(FrameError::UnknownEvent(name.to_owned())),
        }
    }

    /// The frame's JSON.
    pub fn encode(&self) -> String {
        match self {
            Self::Subscribe {
                channel,
                auth,
                channel_data,
            } => {
                let data = Object::new()
                    .text("auth", auth.as_deref().unwrap_or_default())
                    .optional_text("channel_data", channel_data.as_deref())
                    .text("channel", channel.as_str());
                Object::frame(events::SUBSCRIBE).raw("data", &data.finish()).finish()
            }
            Self::Unsubscribe { channel } => {
                let data = Object::new().text("channel", channel.as_str());
                Object::frame(events::UNSUBSCRIBE).raw("data", &data.finish()).finish()
            }
            Self::SignIn { auth, user_data } => {
                let data = Object::new().text("auth", auth).text("user_data", user_data);
                Object::frame(events::SIGNIN).raw("data", &data.finish()).finish()
            }
            Self::Ping => Object::frame(events::PING).raw("data", "{}").finish(),
            Self::Pong => Object::frame(events::PONG).raw("data", "{}").finish(),
            Self::ClientEvent { event, channel, data } => Object::frame(event.as_str())
                .text("channel", channel.as_str())
                .raw("data", data.as_str())
                .finish(),
        }
    }
}

fn parse_subscribe(frame: &Envelope<'_>) -> Result<ClientFrame, FrameError> {
    let data: SubscribeData = serde_json::from_str(&frame.data_text()).map_err(|error| frame.bad_data(error))?;
    Ok(ClientFrame::Subscribe {
        channel: ChannelName::new(&data.channel)?,
        auth: data.auth.filter(|auth| !auth.is_empty()),
        channel_data: data.channel_data,
    })
}
