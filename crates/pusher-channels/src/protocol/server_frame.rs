//! Frames that a server sends. Knows their JSON, for either end.

use std::time::Duration;

use serde::Deserialize;

use super::{
    ChannelName, CloseCode, FrameError, Member, RawJson, SocketId, WatchlistEvent, events,
    json::{Envelope, Object},
};

/// A frame from server to client.
///
/// Data is written as a JSON *string* (double-encoded), as strict clients need it; both a string and bare JSON are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerFrame {
    /// `pusher:connection_established`.
    ConnectionEstablished {
        /// The connection's id.
        socket_id: SocketId,
        /// After this much silence the client pings. Whole seconds on the wire, never zero.
        activity_timeout: Duration,
    },
    /// `pusher_internal:subscription_succeeded`.
    SubscriptionSucceeded {
        /// The channel.
        channel: ChannelName,
        /// JSON text; `{}` but on presence channels, where [`Roster`](super::Roster) reads it.
        data: String,
    },
    /// `pusher:subscription_error`.
    SubscriptionError {
        /// The channel.
        channel: ChannelName,
        /// The sort of error, `AuthError` for one.
        kind: String,
        /// The reason, for people.
        error: String,
        /// The HTTP status that fits.
        status: Option<u16>,
    },
    /// `pusher:error`; its data is an object, not a string.
    Error {
        /// The code, in the ranges of the close codes.
        code: Option<CloseCode>,
        /// The reason, for people.
        message: String,
    },
    /// `pusher:ping`.
    Ping,
    /// `pusher:pong`.
    Pong,
    /// `pusher_internal:subscription_count`: how many connections subscribe to a channel; never told of presence channels.
    SubscriptionCount {
        /// The channel.
        channel: ChannelName,
        /// How many.
        count: u64,
    },
    /// `pusher_internal:member_added`: a user's first connection subscribed.
    MemberAdded {
        /// The presence channel.
        channel: ChannelName,
        /// Who.
        member: Member,
    },
    /// `pusher_internal:member_removed`: a user's last connection is gone.
    MemberRemoved {
        /// The presence channel.
        channel: ChannelName,
        /// Who.
        user_id: String,
    },
    /// `pusher:signin_success`.
    SigninSuccess {
        /// Who signed in, as the JSON text that was signed.
        user_data: String,
    },
    /// `pusher_internal:watchlist_events`.
    WatchlistEvents {
        /// Who came and went.
        events: Vec<WatchlistEvent>,
    },
    /// `pusher:cache_miss`: nothing is cached on this channel.
    CacheMiss {
        /// The cache channel.
        channel: ChannelName,
    },
    /// An event that another client triggered; its data is passed on as written.
    ClientEvent {
        /// Its name, with the prefix `client-`.
        event: String,
        /// The channel.
        channel: ChannelName,
        /// Its data.
        data: RawJson,
        /// Who triggered it; on presence channels only.
        user_id: Option<String>,
    },
    /// Any other event: one that the application triggered, or one of the protocol that has no frame of its own here.
    Event {
        /// Its name.
        event: String,
        /// The channel; none for events that concern the connection.
        channel: Option<ChannelName>,
        /// Its data: JSON text by custom, any text by right. Empty when the frame has none.
        data: String,
        /// Who triggered it.
        user_id: Option<String>,
    },
}

#[derive(Deserialize)]
struct EstablishedData {
    socket_id: String,
    activity_timeout: u64,
}

#[derive(Deserialize)]
struct ErrorData {
    code: Option<u16>,
    message: Option<String>,
}

#[derive(Deserialize)]
struct SubscriptionCountData {
    subscription_count: u64,
}

#[derive(Deserialize)]
struct SigninData {
    user_data: String,
}

#[derive(Deserialize)]
struct SubscriptionErrorData {
    r#type: Option<String>,
    error: Option<String>,
    status: Option<u16>,
}

impl ServerFrame {
    /// Reads a frame; unknown fields are ignored.
    ///
    /// # Errors
    /// When the text is no frame, lacks what its event needs, or names an illegal channel.
    pub fn parse(text: &str) -> Result<Self, FrameError> {
        let frame = Envelope::parse(text)?;
        match &*frame.event {
            events::CONNECTION_ESTABLISHED => parse_established(&frame),
            events::SUBSCRIPTION_SUCCEEDED => Ok(Self::SubscriptionSucceeded {
                channel: frame.required_channel()?,
                data: frame.data_text().into_owned(),
            }),
            events::SUBSCRIPTION_ERROR => parse_subscription_error(&frame),
            events::ERROR => Ok(parse_error(&frame)),
            events::PING => Ok(Self::Ping),
            events::PONG => Ok(Self::Pong),
            events::SUBSCRIPTION_COUNT => {
                let data: SubscriptionCountData =
                    serde_json::from_str(&frame.data_text()).map_err(|error| frame.bad_data(error))?;
                Ok(Self::SubscriptionCount {
                    channel: frame.required_channel()?,
                    count: data.subscription_count,
                })
            }
            events::MEMBER_ADDED => Ok(Self::MemberAdded {
                channel: frame.required_channel()?,
                member: Member::parse(&frame.data_text()).map_err(|reason| frame.bad_data(reason))?,
            }),
            events::MEMBER_REMOVED => {
                let member = Member::parse(&frame.data_text()).map_err(|reason| frame.bad_data(reason))?;
                Ok(Self::MemberRemoved {
                    channel: frame.required_channel()?,
                    user_id: member.user_id,
                })
            }
            events::SIGNIN_SUCCESS => {
                let data: SigninData =
                    serde_json::from_str(&frame.data_text()).map_err(|error| frame.bad_data(error))?;
                Ok(Self::SigninSuccess {
                    user_data: data.user_data,
                })
            }
            events::WATCHLIST_EVENTS => Ok(Self::WatchlistEvents {
                events: WatchlistEvent::parse_all(&frame.data_text()).map_err(|reason| frame.bad_data(reason))?,
            }),
            events::CACHE_MISS => Ok(Self::CacheMiss {
                channel: frame.required_channel()?,
            }),
            name if name.starts_with(events::CLIENT_PREFIX) => Ok(Self::ClientEvent {
                event: name.to_owned(),
                channel: frame.required_channel()?,
                data: frame.raw_data(),
                user_id: frame.user_id(),
            }),
            name => Ok(Self::Event {
                event: name.to_owned(),
                channel: frame.channel()?,
                data: frame.data_text().into_owned(),
                user_id: frame.user_id(),
            }),
        }
    }

    /// The frame's JSON.
    pub fn encode(&self) -> String {
        match self {
            Self::ConnectionEstablished {
                socket_id,
                activity_timeout,
            } => {
                let data = Object::new()
                    .text("socket_id", socket_id.as_str())
                    .number("activity_timeout", activity_timeout.as_secs().max(1));
                Object::frame(events::CONNECTION_ESTABLISHED)
                    .text("data", &data.finish())
                    .finish()
            }
            Self::SubscriptionSucceeded { channel, data } => on_channel(events::SUBSCRIPTION_SUCCEEDED, channel, data),
            Self::SubscriptionError {
                channel,
                kind,
                error,
                status,
            } => encode_subscription_error(channel, Object::new().text("type", kind).text("error", error), *status),
            Self::Error { code, message } => {
                let code = code.map_or("null".to_owned(), |code| code.to_string());
                let data = Object::new().raw("code", &code).text("message", message);
                Object::frame(events::ERROR).raw("data", &data.finish()).finish()
            }
            Self::Ping => Object::frame(events::PING).text("data", "{}").finish(),
            Self::Pong => Object::frame(events::PONG).text("data", "{}").finish(),
            Self::SubscriptionCount { channel, count } => {
                let data = Object::new().number("subscription_count", *count).finish();
                on_channel(events::SUBSCRIPTION_COUNT, channel, &data)
            }
            Self::MemberAdded { channel, member } => on_channel(events::MEMBER_ADDED, channel, &member.encode()),
            Self::MemberRemoved { channel, user_id } => {
                let data = Object::new().text("user_id", user_id).finish();
                on_channel(events::MEMBER_REMOVED, channel, &data)
            }
            Self::SigninSuccess { user_data } => {
                let data = Object::new().text("user_data", user_data);
                Object::frame(events::SIGNIN_SUCCESS)
                    .text("data", &data.finish())
                    .finish()
            }
            Self::WatchlistEvents { events: came_and_went } => Object::frame(events::WATCHLIST_EVENTS)
                .text("data", &WatchlistEvent::encode_all(came_and_went))
                .finish(),
            Self::CacheMiss { channel } => Object::frame(events::CACHE_MISS)
                .text("channel", channel.as_str())
                .finish(),
            Self::ClientEvent {
                event,
                channel,
                data,
                user_id,
            } => Object::frame(event)
                .text("channel", channel.as_str())
                .raw("data", data.as_str())
                .optional_text("user_id", user_id.as_deref())
                .finish(),
            Self::Event {
                event,
                channel,
                data,
                user_id,
            } => Object::frame(event)
                .optional_text("channel", channel.as_ref().map(ChannelName::as_str))
                .text("data", data)
                .optional_text("user_id", user_id.as_deref())
                .finish(),
        }
    }
}

fn on_channel(event: &str, channel: &ChannelName, data: &str) -> String {
    Object::frame(event)
        .text("channel", channel.as_str())
        .text("data", data)
        .finish()
}

fn encode_subscription_error(channel: &ChannelName, data: Object, status: Option<u16>) -> String {
    let data = match status {
        Some(status) => data.number("status", status.into()),
        None => data,
    };
    Object::frame(events::SUBSCRIPTION_ERROR)
        .text("channel", channel.as_str())
        .raw("data", &data.finish())
        .finish()
}

fn parse_established(frame: &Envelope<'_>) -> Result<ServerFrame, FrameError> {
    let data: EstablishedData =
        serde_json::from_str(&frame.data_text()).map_err(|error| FrameError::Handshake(error.to_string()))?;
    let socket_id = SocketId::parse(&data.socket_id).map_err(|error| FrameError::Handshake(error.to_string()))?;
    if data.activity_timeout == 0 {
        return Err(FrameError::Handshake("activity_timeout is zero".to_owned()));
    }
    Ok(ServerFrame::ConnectionEstablished {
        socket_id,
        activity_timeout: Duration::from_secs(data.activity_timeout),
    })
}

/// Takes what it finds: an error that cannot be read is still an error, and its text is worth showing.
fn parse_error(frame: &Envelope<'_>) -> ServerFrame {
    let text = frame.data_text();
    match serde_json::from_str::<ErrorData>(&text) {
        Ok(data) => ServerFrame::Error {
            code: data.code.map(CloseCode),
            message: data.message.unwrap_or_default(),
        },
        Err(_) => ServerFrame::Error {
            code: None,
            message: text.into_owned(),
        },
    }
}

/// As [`parse_error`]: only the channel must be there.
fn parse_subscription_error(frame: &Envelope<'_>) -> Result<ServerFrame, FrameError> {
    let channel = frame.required_channel()?;
    let text = frame.data_text();
    let data = serde_json::from_str(&text).unwrap_or_else(|_| SubscriptionErrorData {
        r#type: None,
        error: Some(text.into_owned()),
        status: None,
    });
    Ok(ServerFrame::SubscriptionError {
        channel,
        kind: data.r#type.unwrap_or_default(),
        error: data.error.unwrap_or_default(),
        status: data.status,
    })
}
