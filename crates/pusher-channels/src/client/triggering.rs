//! Events that this client triggers. Knows where they are allowed and how many; must never know who hears them.

use std::{collections::VecDeque, error::Error, fmt, time::Duration};

use super::{Client, Subscription};
use crate::protocol::{
    ChannelKind, ChannelName, ClientFrame, EventName, RawJson,
    limits::{CLIENT_EVENTS_PER_SECOND, MAX_EVENT_DATA},
};

/// What the limit is counted over: a tenth more than its second, as the network may bring events closer together than they
/// were triggered.
const WINDOW: Duration = Duration::from_millis(1100);

/// An event that a client triggers, for the channel's other subscribers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientEvent {
    /// Where: private or presence, not encrypted, and subscribed to.
    pub channel: ChannelName,
    /// Its name, with the prefix `client-`.
    pub name: EventName,
    /// Its data, passed on as written; at most 10 KB.
    pub data: RawJson,
}

/// Why an event was not triggered. Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TriggerRefusal {
    /// The name lacks the prefix `client-`.
    NoClientEvent,
    /// Clients may trigger on private and presence channels only.
    WrongChannel,
    /// Servers take no client events on encrypted channels: they could not tell them from plain ones.
    Encrypted,
    /// The data is larger than [`MAX_EVENT_DATA`] bytes.
    TooLarge,
    /// The channel is not subscribed to, or there is no connection now.
    NotSubscribed,
    /// [`CLIENT_EVENTS_PER_SECOND`] were triggered within the last second. A server would answer with error 4301.
    TooMany,
}

/// When the latest events were triggered, as many as one second allows.
#[derive(Debug, Default)]
pub(super) struct Triggered(VecDeque<Duration>);

impl Triggered {
    fn note(&mut self, now: Duration) -> Result<(), TriggerRefusal> {
        if self.0.len() >= CLIENT_EVENTS_PER_SECOND as usize {
            if self.0.front().is_some_and(|first| now.saturating_sub(*first) < WINDOW) {
                return Err(TriggerRefusal::TooMany);
            }
            self.0.pop_front();
        }
        self.0.push_back(now);
        Ok(())
    }
}

impl Client {
    /// Triggers an event at a time on the clock of [`handle`](Self::handle). Afterwards there is something to
    /// [`poll_output`](Self::poll_output).
    ///
    /// # Errors
    /// When the server would refuse it; see [`TriggerRefusal`].
    pub fn trigger(&mut self, event: ClientEvent, now: Duration) -> Result<(), TriggerRefusal> {
        self.now = self.now.max(now);
        if !event.name.is_client() {
            return Err(TriggerRefusal::NoClientEvent);
        }
        match event.channel.kind() {
            ChannelKind::Private | ChannelKind::Presence => {}
            ChannelKind::Public | ChannelKind::ServerToUser => return Err(TriggerRefusal::WrongChannel),
            ChannelKind::Encrypted => return Err(TriggerRefusal::Encrypted),
        }
        if event.data.as_str().len() > MAX_EVENT_DATA {
            return Err(TriggerRefusal::TooLarge);
        }
        if self.subscription(&event.channel) != Some(Subscription::Subscribed) {
            return Err(TriggerRefusal::NotSubscribed);
        }
        self.triggered.note(self.now)?;
        self.send(&ClientFrame::ClientEvent {
            event: event.name,
            channel: event.channel,
            data: event.data,
        });
        Ok(())
    }
}

impl fmt::Display for TriggerRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoClientEvent => f.write_str("the name of an event that a client triggers starts with client-"),
            Self::WrongChannel => f.write_str("clients trigger events on private and presence channels only"),
            Self::Encrypted => f.write_str("clients trigger no events on encrypted channels"),
            Self::TooLarge => write!(f, "the data of an event has at most {MAX_EVENT_DATA} bytes"),
            Self::NotSubscribed => f.write_str("the channel is not subscribed to at this moment"),
            Self::TooMany => write!(
                f,
                "a client triggers at most {CLIENT_EVENTS_PER_SECOND} events in a second"
            ),
        }
    }
}

impl Error for TriggerRefusal {}
