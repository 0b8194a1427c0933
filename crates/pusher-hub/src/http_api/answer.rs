//! What a call does to the hub, and the JSON that answers it. Knows no request.

use std::{collections::BTreeMap, time::Duration};

use pusher_channels::protocol::{ChannelKind, ChannelName};
use serde::Serialize;

use super::call::{Attribute, BatchedEvent, Call};
use crate::{AppId, Hub, Input, Trigger};

/// `{}`, to the byte: programs compare it.
const NOTHING: &str = "{}";

/// What is told of a channel; what was not asked for is left out.
#[derive(Default, Serialize)]
struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    occupied: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subscription_count: Option<usize>,
}

#[derive(Serialize)]
struct Channels {
    channels: BTreeMap<ChannelText, Told>,
}

/// A channel's name as a key of JSON.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(transparent)]
struct ChannelText(String);

#[derive(Serialize)]
struct Batch {
    batch: Vec<Told>,
}

#[derive(Serialize)]
struct Users {
    users: Vec<User>,
}

#[derive(Serialize)]
struct User {
    id: String,
}

/// Does what is asked at this time, and answers the JSON of the reply. The hub's outputs are to be done before it is sent.
pub fn carry_out(hub: &mut Hub, app: &AppId, call: Call, now: Duration) -> String {
    match call {
        Call::Trigger { trigger, info } => {
            let channels = trigger.channels.clone();
            hub.handle(Input::Triggered { app, trigger }, now);
            match info.is_empty() {
                true => NOTHING.to_owned(),
                false => told_of_all(hub, app, &channels, &info),
            }
        }
        Call::TriggerBatch(events) => trigger_batch(hub, app, events, now),
        Call::Channels { prefix, info } => {
            let mut channels = hub.occupied(app, &prefix);
            // What one user alone can subscribe to is no channel that a program would look after.
            channels.retain(|channel| channel.kind() != ChannelKind::ServerToUser);
            told_of_all(hub, app, &channels, &info)
        }
        Call::Channel { channel, info } => {
            let told = Told {
                occupied: Some(hub.subscription_count(app, &channel) > 0),
                ..told_of(hub, app, &channel, &info)
            };
            json(&told)
        }
        Call::Users { channel } => json(&Users {
            users: hub.user_ids(app, &channel).into_iter().map(|id| User { id }).collect(),
        }),
        // Nobody can sign in yet, so nobody is signed in.
        Call::TerminateConnections { user_id: _ } => NOTHING.to_owned(),
    }
}

fn trigger_batch(hub: &mut Hub, app: &AppId, events: Vec<BatchedEvent>, now: Duration) -> String {
    let asked = events.iter().any(|event| !event.info.is_empty());
    let mut batch = Vec::with_capacity(events.len());
    for BatchedEvent { trigger, info } in events {
        let Trigger { channels, .. } = &trigger;
        let channel = channels.first().cloned();
        hub.handle(Input::Triggered { app, trigger }, now);
        batch.push(channel.map_or_else(Told::default, |channel| told_of(hub, app, &channel, &info)));
    }
    match asked {
        true => json(&Batch { batch }),
        false => NOTHING.to_owned(),
    }
}

fn told_of_all(hub: &Hub, app: &AppId, channels: &[ChannelName], info: &[Attribute]) -> String {
    let told = |channel: &ChannelName| {
        (
            ChannelText(channel.as_str().to_owned()),
            told_of(hub, app, channel, info),
        )
    };
    json(&Channels {
        channels: channels.iter().map(told).collect(),
    })
}

/// What does not exist on a channel of this kind is left out.
fn told_of(hub: &Hub, app: &AppId, channel: &ChannelName, info: &[Attribute]) -> Told {
    let mut told = Told::default();
    for attribute in info.iter().filter(|attribute| attribute.is_of(channel)) {
        match attribute {
            Attribute::UserCount => told.user_count = Some(hub.user_ids(app, channel).len()),
            Attribute::SubscriptionCount => told.subscription_count = Some(hub.subscription_count(app, channel)),
            Attribute::Cache => {}
        }
    }
    told
}

fn json(reply: &impl Serialize) -> String {
    serde_json::to_string(reply).expect("keys are text and values are numbers, texts and lists of them")
}
