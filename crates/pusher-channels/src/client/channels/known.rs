//! What is kept of each channel, looked up and changed. Knows no rule about when.

use std::time::Duration;

use super::{Audience, ChannelAuthorization, Entry, Key, Known, Subscription, Wish};
use crate::protocol::{ChannelKind, ChannelName};

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

    /// Whether every channel that is wanted is heard.
    pub fn all_subscribed(&self) -> bool {
        let waits = |entry: &Entry| entry.wish == Wish::Wanted && entry.subscription != Subscription::Subscribed;
        !self.entries.values().any(waits)
    }

    /// All that the application wants; the channel of the signed-in user is the client's own wish.
    pub fn wanted(&self) -> impl Iterator<Item = &ChannelName> {
        let wanted = self.entries.iter().filter(|(_, entry)| entry.wish == Wish::Wanted);
        wanted
            .map(|(channel, _)| channel)
            .filter(|channel| channel.kind() != ChannelKind::ServerToUser)
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
            entry.held = None;
        }
    }

    /// There is no connection that could tell who hears what.
    pub fn forget_audiences(&mut self) {
        for entry in self.entries.values_mut() {
            entry.audience = Audience::default();
        }
    }

    /// Who hears a channel that is wanted.
    pub fn audience(&self, channel: &ChannelName) -> Option<&Audience> {
        self.entries
            .get(channel)
            .filter(|entry| entry.wish == Wish::Wanted)
            .map(|entry| &entry.audience)
    }

    /// The same, to be changed: only once the server said yes.
    pub fn audience_heard(&mut self, channel: &ChannelName) -> Option<&mut Audience> {
        self.in_progress(channel, Subscription::Subscribed)
            .map(|entry| &mut entry.audience)
    }

    /// Names the member that this client will be.
    pub fn join_as(&mut self, channel: &ChannelName, me: String) {
        if let Some(entry) = self.entries.get_mut(channel) {
            entry.audience.members.get_or_insert_default().call_me(me);
        }
    }

    /// Keeps an authorisation until it is taken back; how long that may last is the sign-in's matter.
    pub fn hold(&mut self, channel: &ChannelName, authorization: ChannelAuthorization) {
        if let Some(entry) = self.entries.get_mut(channel) {
            entry.held = Some(authorization);
            entry.due = None;
        }
    }

    /// All that was held for channels that are still wanted; the others end here.
    pub fn take_held(&mut self) -> Vec<(ChannelName, ChannelAuthorization)> {
        self.entries
            .retain(|_, entry| entry.wish == Wish::Wanted || entry.held.is_none());
        let entries = self.entries.iter_mut();
        entries
            .filter_map(|(channel, entry)| Some((channel.clone(), entry.held.take()?)))
            .collect()
    }

    /// The channels that need an authorisation and wait for the server's answer.
    pub fn awaiting_consent(&self) -> impl Iterator<Item = &ChannelName> {
        let pending = self
            .entries
            .iter()
            .filter(|(_, entry)| entry.subscription == Subscription::Pending);
        pending
            .map(|(channel, _)| channel)
            .filter(|channel| channel.needs_authorization())
    }

    /// The key of an encrypted channel, once it is authorised.
    pub fn key(&mut self, channel: &ChannelName) -> Option<&mut Key> {
        self.entries.get_mut(channel)?.key.as_mut()
    }

    /// Keeps the key of an encrypted channel.
    pub fn keep_key(&mut self, channel: &ChannelName, key: Key) {
        if let Some(entry) = self.entries.get_mut(channel) {
            entry.key = Some(key);
        }
    }

    /// Wants another key; false if none will come, because the one that is here is fresh.
    pub fn ask_for_key(&mut self, channel: &ChannelName, due: Duration) -> bool {
        let Some(entry) = self.entries.get_mut(channel) else {
            return false;
        };
        match entry.subscription {
            Subscription::Subscribed => {
                entry.due = Some(due);
                self.unasked.push_back(channel.clone());
                true
            }
            // The authorisation that every subscription begins with brings one.
            Subscription::Unsent | Subscription::Authorizing => true,
            Subscription::Pending => false,
        }
    }

    /// Whether what comes next is the answer to [`ask_for_key`](Self::ask_for_key); nothing is due any more then.
    pub fn stop_awaiting_key(&mut self, channel: &ChannelName) -> bool {
        let subscribed = self.in_progress(channel, Subscription::Subscribed);
        subscribed.is_some_and(|entry| entry.due.take().is_some())
    }

    pub(super) fn awaits_authorization(&self, channel: &ChannelName) -> bool {
        self.entries.get(channel).is_some_and(|entry| match entry.subscription {
            Subscription::Authorizing => true,
            Subscription::Subscribed => entry.key.as_ref().is_some_and(Key::is_asked_for),
            Subscription::Unsent | Subscription::Pending => false,
        })
    }

    pub(super) fn in_progress(&mut self, channel: &ChannelName, subscription: Subscription) -> Option<&mut Entry> {
        self.entries
            .get_mut(channel)
            .filter(|entry| entry.subscription == subscription)
    }
}
