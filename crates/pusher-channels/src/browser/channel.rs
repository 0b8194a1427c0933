//! The handles to a channel and to a bound function. Know when to let go; what follows is not theirs.

use std::{fmt, rc::Rc};

use super::{
    engine::Engine,
    handlers::{Handler, HandlerId, Scope},
};
use crate::{
    client::{AuthorizationFailure, Input, Subscription},
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

    /// Calls with the data of each event of this name.
    pub fn bind(&self, event: &str, handler: impl Fn(&str) + 'static) -> Binding {
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

    fn bind_handler(&self, handler: Handler) -> Binding {
        Binding::new(&self.membership.engine, Some(self.clone()), handler)
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
    pub(super) fn new(engine: &Rc<Engine>, channel: Option<Channel>, handler: Handler) -> Self {
        let scope = channel.as_ref().map(|channel| channel.name().clone());
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
