//! The handles to a channel and to a bound function. Know when to let go; what follows is not theirs.

use std::{fmt, rc::Rc};

use serde::de::DeserializeOwned;

use super::{
    engine::Engine,
    handlers::{Handler, HandlerId, Reading, Scope},
};
use crate::{
    client::{AuthorizationFailure, DecryptionError, Input, Subscription, read_data},
    protocol::ChannelName,
};

/// A channel that is heard. Clones share it; the last one that is dropped, [`Binding`]s included, unsubscribes.
#[derive(Clone)]
pub struct Channel {
    membership: Rc<Membership>,
}

/// Unsubscribes when dropped; there is one for each channel at most.
pub(super) struct Membership {
    engine: Rc<Engine>,
    name: ChannelName,
}

/// A bound function. Unbinds when dropped, and until then keeps what it is bound to.
#[must_use = "a binding unbinds when it is dropped"]
pub struct Binding {
    engine: Rc<Engine>,
    scope: Scope,
    id: HandlerId,
    _channel: Option<Channel>,
}

impl Channel {
    pub(super) fn new(membership: Rc<Membership>) -> Self {
        Self { membership }
    }

    /// The channel's name.
    pub fn name(&self) -> &ChannelName {
        &self.membership.name
    }

    /// How far the subscription is.
    pub fn subscription(&self) -> Subscription {
        let name = self.name();
        // A channel with a handle is wanted, so the client knows it.
        self.membership
            .engine
            .ask(|client| client.subscription(name))
            .unwrap_or(Subscription::Unsent)
    }

    /// Calls with the data of each event of this name, read from its JSON; data that is no JSON counts as a string, none
    /// at all as `null`. What cannot be read is told to [`bind_error`](super::Channels::bind_error) and in the console.
    pub fn bind<T: DeserializeOwned + 'static>(&self, event: &str, handler: impl Fn(T) + 'static) -> Binding {
        self.bind_reading(event, Rc::new(move |data| read_data(data).map(&handler)))
    }

    /// Calls with the data of each event of this name, as it was triggered.
    pub fn bind_raw(&self, event: &str, handler: impl Fn(&str) + 'static) -> Binding {
        self.bind_handler(Handler::Event {
            name: event.into(),
            call: Rc::new(handler),
        })
    }

    /// Calls with the name and the data of each event of the channel, in their order.
    pub fn bind_all(&self, handler: impl Fn(&str, &str) + 'static) -> Binding {
        self.bind_handler(Handler::AnyEvent(Rc::new(handler)))
    }

    /// Calls each time the subscription succeeds: the first time and after each reconnect. What was triggered in between
    /// was missed. Not called for a success before it was bound; see [`subscription`](Self::subscription).
    pub fn on_subscribed(&self, handler: impl Fn() + 'static) -> Binding {
        self.bind_handler(Handler::Subscribed(Rc::new(handler)))
    }

    /// Calls each time the subscription fails. It is tried again by itself.
    pub fn on_subscription_failed(&self, handler: impl Fn(&AuthorizationFailure) + 'static) -> Binding {
        self.bind_handler(Handler::SubscriptionFailed(Rc::new(handler)))
    }

    pub(super) fn engine(&self) -> &Engine {
        &self.membership.engine
    }

    /// Says that an event's data could not be read, as [`bind`](Self::bind) does.
    #[cfg(feature = "yew")]
    pub(crate) fn complain_of_data(&self, event: &str, error: &serde_json::Error) {
        self.engine().feed(Input::DataUnreadable {
            channel: Some(self.name().clone()),
            event: event.to_owned(),
            reason: error.to_string(),
        });
    }

    /// The part of [`bind`](Self::bind) that is the same for every type.
    pub(crate) fn bind_reading(&self, event: &str, call: Rc<Reading>) -> Binding {
        self.bind_handler(Handler::ReadEvent {
            name: event.into(),
            call,
        })
    }

    /// Calls with the name of each event that could not be decrypted, and why. The subscription stays.
    pub fn on_decryption_failed(&self, handler: impl Fn(&str, &DecryptionError) + 'static) -> Binding {
        self.bind_handler(Handler::DecryptionFailed(Rc::new(handler)))
    }

    pub(super) fn bind_handler(&self, handler: Handler) -> Binding {
        let scope = Scope::Channel(self.name().clone());
        Binding::new(&self.membership.engine, scope, Some(self.clone()), handler)
    }
}

impl PartialEq for Channel {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.membership, &other.membership)
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Channel").field(&self.name().as_str()).finish()
    }
}

impl Membership {
    pub fn new(engine: Rc<Engine>, name: ChannelName) -> Self {
        Self { engine, name }
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        self.engine.feed(Input::ChannelDropped(self.name.clone()));
    }
}

impl Binding {
    pub(super) fn new(engine: &Rc<Engine>, scope: Scope, channel: Option<Channel>, handler: Handler) -> Self {
        let id = engine.bind(scope.clone(), handler);
        Self {
            engine: engine.clone(),
            scope,
            id,
            _channel: channel,
        }
    }
}

impl Drop for Binding {
    fn drop(&mut self) {
        self.engine.unbind(&self.scope, self.id);
    }
}

impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Binding").field(&self.scope).finish()
    }
}
