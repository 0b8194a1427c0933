//! Events of encrypted channels: opened with the channel's key, which is fetched once more when it does not fit.
//!
//! Knows each channel's key and what waits for a new one. Must never know how a key is fetched.

use std::{collections::VecDeque, fmt, mem, time::Duration};

use super::{AuthorizationFailure, ChannelAuthorization, Client, Event, Notice, SharedSecret};
use crate::protocol::{ChannelKind, ChannelName, events};

mod sealed;

/// A key that does not come within this time is given up. As long as an authorisation may take, for it is one.
pub(super) const KEY_TIMEOUT: Duration = Duration::from_secs(15);
/// After a new key did not fit either, none is fetched for this long: who seals events with a wrong key could make every
/// client ask for each of them.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(10);
/// So many events wait for a new key; further ones are told as failures.
const MAX_WAITING: usize = 100;

/// Why an event of an encrypted channel stays closed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecryptionError {
    /// It came before the channel's key.
    NoKey,
    /// Its data is not `{"nonce":"…","ciphertext":"…"}` with base64 of the right lengths.
    NotSealed,
    /// The channel's key does not open it, nor did one that was fetched for it or shortly before.
    WrongKey,
    /// The channel's key does not open it, and a new one could not be fetched.
    KeyNotFetched(AuthorizationFailure),
    /// What it holds is no UTF-8 text.
    NotText,
    /// Too many events wait for a new key.
    TooManyWaiting,
}

/// The key of one channel.
#[derive(Debug)]
pub(super) struct Key {
    secret: SharedSecret,
    fetch: Fetch,
}

#[derive(Debug)]
enum Fetch {
    /// A new key may be fetched from then on.
    From(Duration),
    /// A new key was asked for, and these events wait for it.
    Asked(VecDeque<Event>),
}

impl Key {
    pub fn new(secret: SharedSecret) -> Self {
        Self {
            secret,
            fetch: Fetch::From(Duration::ZERO),
        }
    }

    pub fn is_asked_for(&self) -> bool {
        matches!(self.fetch, Fetch::Asked(_))
    }

    fn may_be_fetched(&self, now: Duration) -> bool {
        matches!(self.fetch, Fetch::From(then) if then <= now)
    }

    /// What waits until now; nothing waits any more.
    fn stop_waiting(&mut self, next_fetch: Duration) -> VecDeque<Event> {
        match mem::replace(&mut self.fetch, Fetch::From(next_fetch)) {
            Fetch::From(_) => VecDeque::new(),
            Fetch::Asked(waiting) => waiting,
        }
    }
}

/// Whether the channel's events are sealed and can be opened in this build.
pub(super) fn is_encrypted(channel: &ChannelName) -> bool {
    sealed::CAN_BE_OPENED && channel.kind() == ChannelKind::Encrypted
}

/// Why this build cannot hear the channel at all, if so.
pub(super) fn unsupported(channel: &ChannelName) -> Option<AuthorizationFailure> {
    let is_unsupported = !sealed::CAN_BE_OPENED && channel.kind() == ChannelKind::Encrypted;
    is_unsupported.then(|| {
        AuthorizationFailure::unanswered(
            "the channel is encrypted, and this program was built without the feature `encrypted` of pusher-channels",
        )
    })
}

fn secret_in(authorization: &mut ChannelAuthorization) -> Result<SharedSecret, AuthorizationFailure> {
    authorization.shared_secret.take().ok_or_else(|| {
        AuthorizationFailure::unanswered("the authorisation of this encrypted channel has no `shared_secret`")
    })
}

impl Client {
    /// Takes the key out of an encrypted channel's authorisation; every other channel has none.
    pub(super) fn take_key(
        &mut self,
        channel: &ChannelName,
        authorization: &mut ChannelAuthorization,
    ) -> Result<(), AuthorizationFailure> {
        if is_encrypted(channel) {
            let secret = secret_in(authorization)?;
            match self.channels.key(channel) {
                // What waits from an earlier connection is opened now.
                Some(_) => self.on_key_fetched(channel, secret),
                None => self.channels.keep_key(channel, Key::new(secret)),
            }
        }
        Ok(())
    }

    /// Opens an event of an encrypted channel; the protocol's own events are not sealed and pass.
    pub(super) fn on_sealed(&mut self, channel: &ChannelName, event: Event) {
        if event.name.starts_with(events::RESERVED_PREFIX) {
            return self.hear(event);
        }
        let now = self.now;
        let Some(key) = self.channels.key(channel) else {
            return self.tell_closed(event, DecryptionError::NoKey);
        };
        if let Fetch::Asked(waiting) = &mut key.fetch {
            if waiting.len() == MAX_WAITING {
                return self.tell_closed(event, DecryptionError::TooManyWaiting);
            }
            waiting.push_back(event);
            return;
        }
        let may_be_fetched = key.may_be_fetched(now);
        match sealed::open(&key.secret, &event.data) {
            Ok(data) => self.hear(Event { data, ..event }),
            Err(DecryptionError::WrongKey) if may_be_fetched => self.wait_for_key(channel, event),
            Err(error) => self.tell_closed(event, error),
        }
    }

    /// The authorisation came that was asked for because of its key.
    pub(super) fn on_key_answered(&mut self, channel: &ChannelName, mut authorization: ChannelAuthorization) {
        match secret_in(&mut authorization) {
            Ok(secret) => self.on_key_fetched(channel, secret),
            Err(failure) => self.on_key_not_fetched(channel, &failure),
        }
    }

    pub(super) fn on_key_overdue(&mut self, channel: &ChannelName) {
        if self.channels.stop_awaiting_key(channel) {
            let failure = AuthorizationFailure::unanswered("the key did not come in time");
            self.on_key_not_fetched(channel, &failure);
        }
    }

    fn on_key_fetched(&mut self, channel: &ChannelName, secret: SharedSecret) {
        let now = self.now;
        let Some(key) = self.channels.key(channel) else {
            return;
        };
        key.secret = secret.clone();
        let waiting = key.stop_waiting(now);
        for event in waiting {
            match sealed::open(&secret, &event.data) {
                Ok(data) => self.hear(Event { data, ..event }),
                Err(error) => {
                    self.pause_fetching(channel);
                    self.tell_closed(event, error);
                }
            }
        }
    }

    /// No new key came. The subscription stays: the next event may fit the old one.
    pub(super) fn on_key_not_fetched(&mut self, channel: &ChannelName, failure: &AuthorizationFailure) {
        let next_fetch = self.now.saturating_add(PAUSE_AFTER_FAILURE);
        let Some(key) = self.channels.key(channel) else {
            return;
        };
        for event in key.stop_waiting(next_fetch) {
            self.tell_closed(event, DecryptionError::KeyNotFetched(failure.clone()));
        }
    }

    fn wait_for_key(&mut self, channel: &ChannelName, event: Event) {
        let due = self.now.saturating_add(KEY_TIMEOUT);
        if !self.channels.ask_for_key(channel, due) {
            return self.tell_closed(event, DecryptionError::WrongKey);
        }
        if let Some(key) = self.channels.key(channel) {
            key.fetch = Fetch::Asked(VecDeque::from([event]));
        }
    }

    fn pause_fetching(&mut self, channel: &ChannelName) {
        let next_fetch = self.now.saturating_add(PAUSE_AFTER_FAILURE);
        if let Some(key) = self.channels.key(channel) {
            key.fetch = Fetch::From(next_fetch);
        }
    }

    fn tell_closed(&mut self, event: Event, error: DecryptionError) {
        if let Some(channel) = event.channel {
            let event = event.name;
            self.tell(Notice::DecryptionFailed { channel, event, error });
        }
    }
}

impl fmt::Display for DecryptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("an encrypted event came before the channel's key"),
            Self::NotSealed => f.write_str("an event of an encrypted channel has no usable `nonce` and `ciphertext`"),
            Self::WrongKey => f.write_str("an encrypted event does not fit the channel's key"),
            Self::KeyNotFetched(failure) => {
                write!(
                    f,
                    "an encrypted event does not fit the channel's key, and no new one came: {failure}"
                )
            }
            Self::NotText => f.write_str("an encrypted event holds no text"),
            Self::TooManyWaiting => f.write_str("too many encrypted events wait for a new key"),
        }
    }
}

impl std::error::Error for DecryptionError {}
