//! What a call does to the hub, and the JSON that answers it. Knows no request.

use std::{collections::BTreeMap, time::Duration};

use pusher_channels::protocol::{ChannelKind, ChannelName};
use serde::Serialize;

use super::call::{Attribute, BatchedEvent, Call};
use crate::{AppId, Cached, Hub, Input};

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
    /// `null` where nothing is cached.
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<Option<ToldCache>>,
}

#[derive(Serialize)]
struct ToldCache {
    data: String,
    /// In seconds.
    ttl: u64,
}

#[derive(Serialize)]
struct Channels {
    channels: BTreeMap<String, Told>,
}

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

/// What the hub knows of an app at this time.
struct Knowledge<'a> {
    hub: &'a Hub,
    app: &'a AppId,
    now: Duration,
}

/// Does what is asked at this time, and answers the JSON of the reply. The hub's outputs are to be done before it is sent.
pub fn carry_out(hub: &mut Hub, app: &AppId, call: Call, now: Duration) -> String {
    match call {
        Call::Trigger { trigger, info } => {
            let channels = trigger.channels.clone();
            hub.handle(Input::Triggered { app, trigger }, now);
            match info.is_empty() {
                true => NOTHING.to_owned(),
                false => Knowledge { hub, app, now }.of_all(&channels, &info),
            }
        }
        Call::TriggerBatch(events) => trigger_batch(hub, app, events, now),
        Call::Channels { prefix, info } => {
            let mut channels = hub.occupied(app, &prefix);
            // What one user alone can subscribe to is no channel that a program would look after.
            channels.retain(|channel| channel.kind() != ChannelKind::ServerToUser);
            Knowledge { hub, app, now }.of_all(&channels, &info)
        }
        Call::Channel { channel, info } => {
            let told = Knowledge { hub, app, now }.of(&channel, &info);
            json(&Told {
                occupied: Some(hub.subscription_count(app, &channel) > 0),
                ..told
            })
        }
        Call::Users { channel } => json(&Users {
            users: hub.user_ids(app, &channel).into_iter().map(|id| User { id }).collect(),
        }),
        Call::TerminateConnections { user_id } => {
            let user_id = &user_id;
            hub.handle(Input::UserTerminated { app, user_id }, now);
            NOTHING.to_owned()
        }
    }
}

fn trigger_batch(hub: &mut Hub, app: &AppId, events: Vec<BatchedEvent>, now: Duration) -> String {
    let asked = events.iter().any(|event| !event.info.is_empty());
    let mut batch = Vec::with_capacity(events.len());
    for BatchedEvent { trigger, info } in events {
        let channels = trigger.channels.clone();
        hub.handle(Input::Triggered { app, trigger }, now);
        let knowledge = Knowledge { hub, app, now };
        // An event of a batch has one channel.
        batch.extend(channels.first().map(|channel| knowledge.of(channel, &info)));
    }
    match asked {
        true => json(&Batch { batch }),
        false => NOTHING.to_owned(),
    }
}

impl Knowledge<'_> {
    fn of_all(&self, channels: &[ChannelName], info: &[Attribute]) -> String {
        let told = |channel: &ChannelName| (channel.as_str().to_owned(), self.of(channel, info));
        json(&Channels {
            channels: channels.iter().map(told).collect(),
        })
    }

    /// What does not exist on a channel of this kind is left out.
    fn of(&self, channel: &ChannelName, info: &[Attribute]) -> Told {
        let Self { hub, app, now } = *self;
        let mut told = Told::default();
        for attribute in info.iter().filter(|attribute| attribute.is_of(channel)) {
            match attribute {
                Attribute::UserCount => told.user_count = Some(hub.user_count(app, channel)),
                Attribute::SubscriptionCount => told.subscription_count = Some(hub.subscription_count(app, channel)),
                Attribute::Cache => {
                    let cached = hub.cached(app, channel, now);
                    told.cache = Some(cached.map(|Cached { data, ttl }| ToldCache {
                        data,
                        ttl: ttl.as_secs(),
                    }));
                }
            }
        }
        told
    }
}

fn json(reply: &impl Serialize) -> String {
    serde_json::to_string(reply).expect("keys are text and values are numbers, texts and lists of them")
}
