//! The words that nodes say to each other, as JSON. Knows their form and limits, not what follows from them.

use pusher_channels::protocol::{ChannelName, EventName, RawJson, SocketId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{AppId, Audience, NodeId, Trigger};

/// Longest word that is read, in bytes. A broker's own limit is usually the same (NATS: `max_payload`).
pub(in crate::hub) const MAX_WORD: usize = 1024 * 1024;
/// Most rows in one word. Each has at most about 2.5 KiB.
pub(in crate::hub) const ROWS_PER_WORD: usize = 100;
/// Nodes that say another number are not understood, nor do they understand.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Envelope<Word> {
    v: u32,
    from: NodeId,
    word: Word,
}

/// What a node says to all others.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::hub) enum PeerWord {
    /// I am here, and want to know what you have.
    Hello,
    /// I live; this is the number of my last change.
    Beat { number: u64 },
    /// This is how it stands now with what changed here.
    Change { number: u64, rows: Vec<WireRow> },
    /// A part of all I have; there are so many parts, counted from 0. It stood so after the change of this number.
    State {
        number: u64,
        part: u32,
        parts: u32,
        rows: Vec<WireRow>,
    },
    /// This node is to tell its state.
    Ask { node: NodeId },
    /// I have no connections any more and say nothing after this.
    Bye,
    /// An event for subscribers on all nodes.
    Event(SpreadEvent),
    /// An event that a client triggered on one channel.
    ClientEvent(SpreadClientEvent),
    /// The last event of a cache channel.
    Cached(SpreadCached),
    /// Close all connections of a user.
    Terminate { app: String, user: String },
    /// End one subscription.
    Withdraw {
        app: String,
        channel: String,
        socket: String,
    },
}

#[derive(Serialize, Deserialize)]
pub(in crate::hub) struct SpreadEvent {
    pub app: String,
    channels: Vec<String>,
    event: String,
    data: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    except: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::hub) struct SpreadClientEvent {
    pub app: String,
    pub channel: String,
    pub event: String,
    pub data: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(in crate::hub) struct SpreadCached {
    pub app: String,
    pub channel: String,
    pub event: String,
    pub data: String,
    /// For how long it is still repeated, in milliseconds.
    pub ttl: u64,
}

/// How many a node has of one thing. With a channel alone: subscriptions. With a channel and a user: whether the user is a
/// member. With a user alone: whether the user is signed in.
#[derive(Serialize, Deserialize)]
pub(in crate::hub) struct WireRow {
    pub app: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<Box<RawValue>>,
    pub count: u32,
    /// Whether the node told its program, and its webhooks, of the end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub told: bool,
}

/// The word as it is sent.
pub(in crate::hub) fn encode(from: NodeId, word: &PeerWord) -> String {
    let v = VERSION;
    serde_json::to_string(&Envelope { v, from, word }).expect("words are texts, numbers and lists of them")
}

/// Who says what; none when it is no word of this version.
pub(in crate::hub) fn parse(text: &str) -> Option<(NodeId, PeerWord)> {
    if text.len() > MAX_WORD {
        return None;
    }
    let Envelope { v, from, word } = serde_json::from_str(text).ok()?;
    (v == VERSION).then_some((from, word))
}

impl SpreadEvent {
    pub fn of(app: &AppId, trigger: &Trigger) -> Self {
        let (except, only) = match &trigger.audience {
            Audience::Everyone => (None, None),
            Audience::Except(socket_id) => (Some(socket_id.as_str().to_owned()), None),
            Audience::Only(socket_id) => (None, Some(socket_id.as_str().to_owned())),
        };
        let name = |channel: &ChannelName| channel.as_str().to_owned();
        Self {
            app: app.as_str().to_owned(),
            channels: trigger.channels.iter().map(name).collect(),
            event: trigger.event.as_str().to_owned(),
            data: trigger.data.clone(),
            except,
            only,
        }
    }

    /// The event again; none when it breaks a rule.
    pub fn trigger(self) -> Option<Trigger> {
        let channels: Result<Vec<_>, _> = self.channels.iter().map(|name| ChannelName::new(name)).collect();
        let trigger = Trigger::on_channels(channels.ok()?, EventName::new(&self.event).ok()?, self.data).ok()?;
        let audience = match (self.except, self.only) {
            (None, None) => Audience::Everyone,
            (Some(socket_id), None) => Audience::Except(SocketId::parse(&socket_id).ok()?),
            (None, Some(socket_id)) => Audience::Only(SocketId::parse(&socket_id).ok()?),
            (Some(_), Some(_)) => return None,
        };
        Some(trigger.to(audience))
    }
}

/// JSON text in the form in which it stands in a word.
pub(in crate::hub) fn raw(json: &RawJson) -> Box<RawValue> {
    RawValue::from_string(json.as_str().to_owned()).expect("it was checked to be JSON")
}
