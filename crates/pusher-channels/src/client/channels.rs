//! The channels that are wanted and how far each subscription is. Knows nothing of how a connection comes to be.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use super::{Attempt, AuthorizationFailure, ChannelAuthorization, Client, Notice, Output, backoff::channel_delay};
use crate::protocol::{ChannelName, ClientFrame};

/// An authorisation that has not come by then is asked for again.
const AUTHORIZE_TIMEOUT: Duration = Duration::from_secs(15);
/// A subscription that the server has not answered by then is tried again: some servers refuse in silence, or by a
/// `pusher:error` that names no channel.
const SUBSCRIBE_TIMEOUT: Duration = Duration::from_secs(15);

/// Most channels in one request for authorisations. With a user object of 1 KB each, the largest that the protocol allows,
/// the answer stays under 64 KB.
const MAX_CHANNELS_PER_REQUEST: usize = 50;

/// How far the subscription to a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subscription {
    /// Not asked for: there is no connection, or a failed try waits for the next one.
    Unsent,
    /// The authorisation is being fetched.
    Authorizing,
    /// The server was asked.
    Pending,
    /// The server said yes.
    Subscribed,
}

/// All channels that are wanted, and those whose end waits for the server's answer.
#[derive(Debug, Default)]
pub(super) struct Known {
    entries: BTreeMap<ChannelName, Entry>,
    /// Those whose authorisation is wanted and not asked for yet.
    unasked: VecDeque<ChannelName>,
}

#[derive(Debug)]
struct Entry {
    subscription: Subscription,
    wish: Wish,
    /// When to do something if nothing happens: try again, or stop waiting for an answer.
    due: Option<Duration>,
    failures: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Wanted,
    /// Dropped while an answer is awaited. Wanting it again only takes this back.
    Dropped,
}

impl Known {
    pub fn due(&self) -> Option<Duration> {
        self.entries.values().filter_map(|entry| entry.due).min()
    }

    pub fn subscription(&self, channel: &ChannelName) -> Option<Subscription> {
        self.entries
            .get(channel)
            .filter(|entry| entry.wish == Wish::Wanted)
            .map(|entry| entry.subscription)
    }

    pub fn is_wanted(&self, channel: &ChannelName) -> bool {
        self.subscription(channel).is_some()
    }

    /// The connection is gone, and with it every subscription; what is wanted stays.
    pub fn forget_progress(&mut self) {
        self.unasked.clear();
        self.entries.retain(|_, entry| entry.wish == Wish::Wanted);
        for entry in self.entries.values_mut() {
            entry.subscription = Subscription::Unsent;
            entry.due = None;
        }
    }

    fn awaits_authorization(&self, channel: &ChannelName) -> bool {
        self.entries
            .get(channel)
            .is_some_and(|entry| entry.subscription == Subscription::Authorizing)
    }

    fn in_progress(&mut self, channel: &ChannelName, subscription: Subscription) -> Option<&mut Entry> {
        self.entries
            .get_mut(channel)
            .filter(|entry| entry.subscription == subscription)
    }
}

impl Client {
    pub(super) fn on_channel_wanted(&mut self, channel: ChannelName) {
        if let Some(entry) = self.channels.entries.get_mut(&channel) {
            entry.wish = Wish::Wanted;
            return;
        }
        let entry = Entry {
            subscription: Subscription::Unsent,
            wish: Wish::Wanted,
            due: None,
            failures: 0,
        };
        self.channels.entries.insert(channel.clone(), entry);
        self.subscribe(&channel);
    }

    pub(super) fn on_channel_dropped(&mut self, channel: ChannelName) {
        let Some(entry) = self.channels.entries.get_mut(&channel) else {
            return;
        };
        match entry.subscription {
            Subscription::Authorizing | Subscription::Pending => entry.wish = Wish::Dropped,
            Subscription::Unsent => {
                self.channels.entries.remove(&channel);
            }
            Subscription::Subscribed => self.unsubscribe(channel),
        }
    }

    pub(super) fn on_authorized(&mut self, channel: ChannelName, attempt: Attempt, answer: ChannelAuthorization) {
        if attempt != self.attempt {
            return;
        }
        let Some(entry) = self.channels.in_progress(&channel, Subscription::Authorizing) else {
            return;
        };
        match entry.wish {
            Wish::Wanted => self.request(channel, Some(answer)),
            Wish::Dropped => {
                self.channels.entries.remove(&channel);
            }
        }
    }

    pub(super) fn on_authorization_failed(
        &mut self,
        channel: ChannelName,
        attempt: Attempt,
        failure: AuthorizationFailure,
    ) {
        if attempt == self.attempt && self.channels.in_progress(&channel, Subscription::Authorizing).is_some() {
            self.fail(channel, failure);
        }
    }

    pub(super) fn on_subscription_succeeded(&mut self, channel: ChannelName) {
        let Some(entry) = self.channels.in_progress(&channel, Subscription::Pending) else {
            return;
        };
        match entry.wish {
            Wish::Wanted => {
                entry.subscription = Subscription::Subscribed;
                entry.due = None;
                entry.failures = 0;
                self.tell(Notice::Subscribed(channel));
            }
            Wish::Dropped => self.unsubscribe(channel),
        }
    }

    pub(super) fn on_subscription_error(&mut self, channel: ChannelName, status: Option<u16>, message: String) {
        match self.channels.subscription(&channel) {
            Some(Subscription::Pending | Subscription::Subscribed) => {
                self.fail(channel, AuthorizationFailure { status, message });
            }
            Some(Subscription::Unsent | Subscription::Authorizing) => {}
            None => {
                self.channels.entries.remove(&channel);
            }
        }
    }

    /// Starts every subscription, after a handshake.
    pub(super) fn subscribe_all(&mut self) {
        let channels: Vec<ChannelName> = self.channels.entries.keys().cloned().collect();
        for channel in &channels {
            self.subscribe(channel);
        }
    }

    pub(super) fn run_channel_timers(&mut self) {
        let now = self.now;
        let is_due = |entry: &Entry| entry.due.is_some_and(|at| at <= now);
        let due: Vec<(ChannelName, Subscription)> = self
            .channels
            .entries
            .iter()
            .filter(|(_, entry)| is_due(entry))
            .map(|(channel, entry)| (channel.clone(), entry.subscription))
            .collect();
        for (channel, subscription) in due {
            match subscription {
                Subscription::Unsent => self.subscribe(&channel),
                Subscription::Authorizing => {
                    self.fail(
                        channel,
                        AuthorizationFailure::unanswered("the authorisation did not come in time"),
                    );
                }
                Subscription::Pending => {
                    self.send(&ClientFrame::Unsubscribe {
                        channel: channel.clone(),
                    });
                    self.fail(
                        channel,
                        AuthorizationFailure::unanswered("the server did not answer in time"),
                    );
                }
                Subscription::Subscribed => {}
            }
        }
    }

    fn subscribe(&mut self, channel: &ChannelName) {
        if self.phase.socket_id().is_none() {
            return;
        }
        if channel.needs_authorization() {
            self.advance(
                channel,
                Subscription::Authorizing,
                self.now.saturating_add(AUTHORIZE_TIMEOUT),
            );
            self.channels.unasked.push_back(channel.clone());
        } else {
            self.request(channel.clone(), None);
        }
    }

    /// Asks for the authorisations that are wanted by now. Who was dropped or answered meanwhile is left out.
    pub(super) fn next_authorize(&mut self) -> Option<Output> {
        let socket_id = self.phase.socket_id()?.clone();
        let known = &mut self.channels;
        let mut channels = Vec::new();
        while channels.len() < MAX_CHANNELS_PER_REQUEST {
            let Some(channel) = known.unasked.pop_front() else {
                break;
            };
            if known.awaits_authorization(&channel) && !channels.contains(&channel) {
                channels.push(channel);
            }
        }
        (!channels.is_empty()).then_some(Output::Authorize {
            channels,
            socket_id,
            attempt: self.attempt,
        })
    }

    fn request(&mut self, channel: ChannelName, authorization: Option<ChannelAuthorization>) {
        self.advance(
            &channel,
            Subscription::Pending,
            self.now.saturating_add(SUBSCRIBE_TIMEOUT),
        );
        let (auth, channel_data) = match authorization {
            Some(authorization) => (Some(authorization.auth), authorization.channel_data),
            None => (None, None),
        };
        self.send(&ClientFrame::Subscribe {
            channel,
            auth,
            channel_data,
        });
    }

    fn advance(&mut self, channel: &ChannelName, subscription: Subscription, due: Duration) {
        if let Some(entry) = self.channels.entries.get_mut(channel) {
            entry.subscription = subscription;
            entry.due = Some(due);
        }
    }

    fn unsubscribe(&mut self, channel: ChannelName) {
        self.channels.entries.remove(&channel);
        self.send(&ClientFrame::Unsubscribe { channel });
    }

    fn fail(&mut self, channel: ChannelName, failure: AuthorizationFailure) {
        let Some(entry) = self.channels.entries.get_mut(&channel) else {
            return;
        };
        if entry.wish == Wish::Dropped {
            self.channels.entries.remove(&channel);
            return;
        }
        entry.failures = entry.failures.saturating_add(1);
        let retry_in = channel_delay(entry.failures, &mut self.random);
        entry.subscription = Subscription::Unsent;
        entry.due = Some(self.now.saturating_add(retry_in));
        self.tell(Notice::SubscriptionFailed {
            channel,
            failure,
            retry_in,
        });
    }
}
