//! What is asked for: the calls of the API, read from path, query and body. Knows the limits of each call, not who may ask.

use percent_encoding::percent_decode_str;
use pusher_channels::protocol::{
    ChannelKind, ChannelName, EventName, SocketId,
    limits::{MAX_BATCH, MAX_CHANNELS_PER_TRIGGER, MAX_USER_ID},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    query::Query,
    refusal::{Refusal, quote},
};
use crate::{Trigger, TriggerError};

/// What an app's program asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Trigger an event.
    Trigger {
        /// The event.
        trigger: Trigger,
        /// What to tell of its channels.
        info: Vec<Attribute>,
    },
    /// Trigger several events, in this order.
    TriggerBatch(Vec<BatchedEvent>),
    /// Which channels are occupied?
    Channels {
        /// Only those whose names start so.
        prefix: String,
        /// What to tell of each.
        info: Vec<Attribute>,
    },
    /// What is there to tell of a channel?
    Channel {
        /// Which.
        channel: ChannelName,
        /// What to tell of it.
        info: Vec<Attribute>,
    },
    /// Who is on a presence channel?
    Users {
        /// Which.
        channel: ChannelName,
    },
    /// Close all connections of a signed-in user.
    TerminateConnections {
        /// Whose.
        user_id: String,
    },
}

/// One of several events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchedEvent {
    /// The event.
    pub trigger: Trigger,
    /// What to tell of its channel.
    pub info: Vec<Attribute>,
}

/// What can be told of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// How many users are there; presence channels alone know.
    UserCount,
    /// How many connections subscribe to it.
    SubscriptionCount,
    /// The event that a cache channel keeps.
    Cache,
}

/// A request of an app, the app's id taken off.
pub(super) struct Question<'a> {
    pub method: &'a str,
    /// What follows `/apps/{id}`.
    pub path: &'a str,
    pub query: &'a Query,
    pub body: &'a [u8],
}

#[derive(Deserialize)]
struct EventBody {
    name: String,
    data: String,
    channel: Option<String>,
    channels: Option<Vec<String>>,
    socket_id: Option<String>,
    info: Option<String>,
}

#[derive(Deserialize)]
struct BatchBody {
    batch: Vec<EventBody>,
}

impl Call {
    pub(super) fn read(question: &Question<'_>) -> Result<Self, Refusal> {
        match (question.method, question.path) {
            ("POST", "/events") => read_trigger(parse(question.body)?),
            ("POST", "/batch_events") => read_batch(parse(question.body)?),
            ("POST", path) => read_terminate(path),
            ("GET", "/channels") => read_channels(question.query),
            ("GET", path) => read_channel(path, question.query),
            _ => Err(Refusal::NoSuchCall),
        }
    }
}

impl Attribute {
    /// Reads `info`: names with commas between.
    fn parse_all(info: Option<&str>) -> Result<Vec<Self>, Refusal> {
        let names = info.unwrap_or_default().split(',').map(str::trim);
        names.filter(|name| !name.is_empty()).map(Self::parse).collect()
    }

    fn parse(name: &str) -> Result<Self, Refusal> {
        match name {
            "user_count" => Ok(Self::UserCount),
            "subscription_count" => Ok(Self::SubscriptionCount),
            "cache" => Ok(Self::Cache),
            _ => bad(format!(
                "info: {} is unknown; there are user_count, subscription_count and cache",
                quote(name)
            )),
        }
    }

    /// Whether there can be such a thing on this channel.
    pub(super) fn is_of(self, channel: &ChannelName) -> bool {
        match self {
            Self::UserCount => channel.kind() == ChannelKind::Presence,
            Self::SubscriptionCount => true,
            Self::Cache => channel.is_cache(),
        }
    }
}

fn bad<T>(message: String) -> Result<T, Refusal> {
    Err(Refusal::BadRequest(message))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| Refusal::BadRequest(format!("body: {error}")))
}

fn read_trigger(body: EventBody) -> Result<Call, Refusal> {
    let BatchedEvent { trigger, info } = read_event(body)?;
    Ok(Call::Trigger { trigger, info })
}

fn read_batch(body: BatchBody) -> Result<Call, Refusal> {
    let count = body.batch.len();
    if count > MAX_BATCH {
        return bad(format!("batch: {count} events, at most {MAX_BATCH} are allowed"));
    }
    if body.batch.iter().any(|event| event.channel.is_none()) {
        return bad("channel: missing from an event of the batch".to_owned());
    }
    let events: Result<_, _> = body.batch.into_iter().map(read_event).collect();
    Ok(Call::TriggerBatch(events?))
}

fn read_event(body: EventBody) -> Result<BatchedEvent, Refusal> {
    let channels = read_names(body.channel, body.channels)?;
    let event = EventName::new(&body.name).map_err(|error| Refusal::BadRequest(format!("name: {error}")))?;
    let mut trigger = Trigger::on_channels(channels, event, body.data).map_err(|error| match error {
        TriggerError::DataTooLong(_) => Refusal::TooLarge(error.to_string()),
        TriggerError::TooManyChannels(_) | TriggerError::EncryptedAmongOthers => Refusal::BadRequest(error.to_string()),
    })?;
    if let Some(socket_id) = body.socket_id.filter(|id| !id.is_empty()) {
        let socket_id = SocketId::parse(&socket_id);
        trigger = trigger.except(socket_id.map_err(|error| Refusal::BadRequest(format!("socket_id: {error}")))?);
    }
    Ok(BatchedEvent {
        trigger,
        info: Attribute::parse_all(body.info.as_deref())?,
    })
}

/// The channels of an event, each once: nobody is to hear it twice.
fn read_names(one: Option<String>, several: Option<Vec<String>>) -> Result<Vec<ChannelName>, Refusal> {
    let names = match (one, several) {
        (Some(one), None) => vec![one],
        (None, Some(several)) => several,
        (None, None) => return bad("channels: missing".to_owned()),
        (Some(_), Some(_)) => return bad("channel: give either channel or channels".to_owned()),
    };
    if names.is_empty() {
        return bad("channels: at least one is needed".to_owned());
    }
    if names.len() > MAX_CHANNELS_PER_TRIGGER {
        return bad(TriggerError::TooManyChannels(names.len()).to_string());
    }
    let mut channels = Vec::with_capacity(names.len());
    for name in &names {
        let channel = read_name(name)?;
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    let is_encrypted = |channel: &ChannelName| channel.kind() == ChannelKind::Encrypted;
    if channels.len() > 1 && channels.iter().any(is_encrypted) {
        return bad(TriggerError::EncryptedAmongOthers.to_string());
    }
    Ok(channels)
}

fn read_name(name: &str) -> Result<ChannelName, Refusal> {
    ChannelName::new(name).map_err(|error| Refusal::BadRequest(format!("channel {}: {error}", quote(name))))
}

fn read_channels(query: &Query) -> Result<Call, Refusal> {
    let prefix = query.get("filter_by_prefix").unwrap_or_default();
    let info = Attribute::parse_all(query.get("info"))?;
    if info.contains(&Attribute::UserCount) && !prefix.starts_with("presence-") {
        return bad("info: user_count needs a filter_by_prefix that begins with presence-".to_owned());
    }
    if info.contains(&Attribute::Cache) {
        return bad("info: cache is told of one channel at a time".to_owned());
    }
    Ok(Call::Channels {
        prefix: prefix.to_owned(),
        info,
    })
}

fn read_channel(path: &str, query: &Query) -> Result<Call, Refusal> {
    let name = path.strip_prefix("/channels/").ok_or(Refusal::NoSuchCall)?;
    if let Some(name) = name.strip_suffix("/users") {
        let channel = read_name(&decode(name)?)?;
        if channel.kind() != ChannelKind::Presence {
            return bad("users are known on presence channels alone".to_owned());
        }
        return Ok(Call::Users { channel });
    }
    let channel = read_name(&decode(name)?)?;
    let info = Attribute::parse_all(query.get("info"))?;
    match info.iter().find(|attribute| !attribute.is_of(&channel)) {
        Some(Attribute::UserCount) => bad("info: user_count is known on presence channels alone".to_owned()),
        Some(Attribute::Cache) => bad("info: cache is known on cache channels alone".to_owned()),
        Some(Attribute::SubscriptionCount) | None => Ok(Call::Channel { channel, info }),
    }
}

fn read_terminate(path: &str) -> Result<Call, Refusal> {
    let user_id = path
        .strip_prefix("/users/")
        .and_then(|rest| rest.strip_suffix("/terminate_connections"))
        .ok_or(Refusal::NoSuchCall)?;
    let user_id = decode(user_id)?;
    match user_id.chars().count() {
        0 => bad("user id: missing".to_owned()),
        1..=MAX_USER_ID => Ok(Call::TerminateConnections { user_id }),
        count => bad(format!(
            "user id: {count} characters, at most {MAX_USER_ID} are allowed"
        )),
    }
}

fn decode(text: &str) -> Result<String, Refusal> {
    let decoded = percent_decode_str(text).decode_utf8();
    let decoded = decoded.map_err(|_| Refusal::BadRequest(format!("path: {} is not UTF-8", quote(text))))?;
    Ok(decoded.into_owned())
}
