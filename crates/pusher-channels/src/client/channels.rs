//! The channels that are wanted and how far each subscription is. Knows nothing of how a connection comes to be.

mod known;

use std::{collections::VecDeque, time::Duration};

use super::{
    Attempt, AuthorizationFailure, BatchRequest, ChannelAuthorization, Client, Members, Notice, Output,
    backoff::channel_delay,
    encryption::{Key, unsupported},
    sorted::Sorted,
};
use crate::protocol::{ChannelKind, ChannelName, ClientFrame};

/// An authorisation that has not come by then is asked for again.
const AUTHORIZE_TIMEOUT: Duration = Duration::from_secs(15);
/// A subscription that the server has not answered by then is tried again: some servers refuse in silence, or by a
/// `pusher:error` that names no channel.
const SUBSCRIBE_TIMEOUT: Duration = Duration::from_secs(15);

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
    entries: Sorted<ChannelName, Entry>,
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
    audience: Audience,
    /// An authorisation that waits for the sign-in.
    held: Option<ChannelAuthorization>,
    /// Of an encrypted channel, from the authorisation on.
    key: Option<Key>,
}

/// Who hears a channel, as far as the server tells; nothing without a subscription.
#[derive(Debug, Default)]
pub(super) struct Audience {
    /// On presence channels, from the authorisation on.
    pub members: Option<Members>,
    /// How many connections.
    pub count: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Wanted,
    /// Dropped while an answer is awaited. Wanting it again only takes this back.
    Dropped,
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
            audience: Audience::default(),
            held: None,
            key: None,
        };
        self.channels.entries.insert(channel.clone(), entry);
        self.subscribe(&channel);
    }

    pub(super) fn on_channel_dropped(&mut self, channel: ChannelName) {
        self.resumed.forget(&channel);
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

    pub(super) fn on_authorized(&mut self, channel: ChannelName, attempt: Attempt, mut answer: ChannelAuthorization) {
        if attempt != self.attempt {
            return;
        }
        if self.channels.stop_awaiting_key(&channel) {
            return self.on_key_answered(&channel, answer);
        }
        let Some(entry) = self.channels.in_progress(&channel, Subscription::Authorizing) else {
            return;
        };
        match entry.wish {
            Wish::Wanted => match self.take_key(&channel, &mut answer) {
                Ok(()) => self.go_on_with(channel, answer),
                Err(failure) => self.fail(channel, failure),
            },
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
        if attempt != self.attempt {
            return;
        }
        if self.channels.stop_awaiting_key(&channel) {
            self.on_key_not_fetched(&channel, &failure);
        } else if self.channels.in_progress(&channel, Subscription::Authorizing).is_some() {
            self.fail(channel, failure);
        }
    }

    pub(super) fn on_subscription_succeeded(&mut self, channel: ChannelName, data: &str) {
        let Some(entry) = self.channels.in_progress(&channel, Subscription::Pending) else {
            return;
        };
        match entry.wish {
            Wish::Wanted => {
                entry.subscription = Subscription::Subscribed;
                entry.due = None;
                entry.failures = 0;
                self.fill_roster(&channel, data);
                self.tell(Notice::Subscribed(channel.clone()));
                self.catch_up(&channel);
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
                    self.withdraw(
                        channel,
                        AuthorizationFailure::unanswered("the server did not answer in time"),
                    );
                }
                Subscription::Subscribed => self.on_key_overdue(&channel),
            }
        }
    }

    /// Starts a subscription, if there is a connection. The channel of a user waits for that user's sign-in: the server
    /// lets nobody else hear it.
    pub(super) fn subscribe(&mut self, channel: &ChannelName) {
        let is_forbidden = channel.kind() == ChannelKind::ServerToUser && !self.sign_in.owns(channel);
        if is_forbidden || self.phase.socket_id().is_none() {
            return;
        }
        if let Some(failure) = unsupported(channel) {
            self.give_up_on(channel.clone(), failure);
        } else if channel.needs_authorization() {
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
        while channels.len() < BatchRequest::MAX_CHANNELS {
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

    pub(super) fn request(&mut self, channel: ChannelName, authorization: Option<ChannelAuthorization>) {
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

    /// Gives a subscription up whose answer never came, or came in a form that may be meant for another.
    pub(super) fn withdraw(&mut self, channel: ChannelName, failure: AuthorizationFailure) {
        self.send(&ClientFrame::Unsubscribe {
            channel: channel.clone(),
        });
        self.fail(channel, failure);
    }

    pub(super) fn fail(&mut self, channel: ChannelName, failure: AuthorizationFailure) {
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
        entry.audience = Audience::default();
        entry.due = Some(self.now.saturating_add(retry_in));
        self.tell(Notice::SubscriptionFailed {
            channel,
            failure,
            retry_in: Some(retry_in),
        });
    }

    /// The channel cannot be heard here at all; told again after a reconnect, which asks for nothing.
    fn give_up_on(&mut self, channel: ChannelName, failure: AuthorizationFailure) {
        self.tell(Notice::SubscriptionFailed {
            channel,
            failure,
            retry_in: None,
        });
    }
}
