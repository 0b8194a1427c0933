//! The functions that applications bound, by what they wait for. Knows no socket and calls nothing while it is borrowed.

use std::{collections::BTreeMap, rc::Rc, time::Duration};

use crate::{
    client::{AuthorizationFailure, Event, Notice, State},
    protocol::{ChannelName, CloseCode},
};

/// What a function was bound to: a channel, or the connection.
pub(super) type Scope = Option<ChannelName>;

/// Takes an event's name and its data.
type OnEvent = dyn Fn(&str, &str);
/// Takes the protocol's code and the reason.
type OnError = dyn Fn(Option<CloseCode>, &str);

/// A function and what it waits for. Cloning is cheap.
#[derive(Clone)]
pub(super) enum Handler {
    Event { name: Rc<str>, call: Rc<dyn Fn(&str)> },
    AnyEvent(Rc<OnEvent>),
    Subscribed(Rc<dyn Fn()>),
    SubscriptionFailed(Rc<dyn Fn(&AuthorizationFailure)>),
    State(Rc<dyn Fn(State)>),
    ConnectingIn(Rc<dyn Fn(Duration)>),
    Error(Rc<OnError>),
}

impl Handler {
    /// Calls the function if this is what it waits for.
    pub fn call(&self, notice: &Notice) {
        match (self, notice) {
            (Self::Event { name, call }, Notice::Event(event)) if **name == event.name => call(&event.data),
            (Self::AnyEvent(call), Notice::Event(Event { name, data, .. })) => call(name, data),
            (Self::Subscribed(call), Notice::Subscribed(_)) => call(),
            (Self::SubscriptionFailed(call), Notice::SubscriptionFailed { failure, .. }) => call(failure),
            (Self::State(call), Notice::StateChanged { current, .. }) => call(*current),
            (Self::ConnectingIn(call), Notice::ConnectingIn(delay)) => call(*delay),
            (Self::Error(call), Notice::Error { code, message }) => call(*code, message),
            (
                Self::Event { .. }
                | Self::AnyEvent(_)
                | Self::Subscribed(_)
                | Self::SubscriptionFailed(_)
                | Self::State(_)
                | Self::ConnectingIn(_)
                | Self::Error(_),
                _,
            ) => {}
        }
    }
}

/// Identifies one bound function for as long as the connection lives.
pub(super) type HandlerId = u64;

/// All bound functions.
#[derive(Default)]
pub(super) struct Handlers {
    by_scope: BTreeMap<Scope, Vec<(HandlerId, Handler)>>,
    last_id: HandlerId,
}

impl Handlers {
    pub fn insert(&mut self, scope: Scope, handler: Handler) -> HandlerId {
        self.last_id += 1;
        self.by_scope.entry(scope).or_default().push((self.last_id, handler));
        self.last_id
    }

    /// Gives the function back, so that it is dropped when nothing is borrowed: it may hold handles of its own.
    pub fn remove(&mut self, scope: &Scope, id: HandlerId) -> Option<Handler> {
        let bound = self.by_scope.get_mut(scope)?;
        let position = bound.iter().position(|(other, _)| *other == id)?;
        let (_, handler) = bound.remove(position);
        if bound.is_empty() {
            self.by_scope.remove(scope);
        }
        Some(handler)
    }

    pub fn of(&self, scope: &Scope) -> Vec<(HandlerId, Handler)> {
        self.by_scope.get(scope).cloned().unwrap_or_default()
    }

    pub fn is_bound(&self, scope: &Scope, id: HandlerId) -> bool {
        self.by_scope
            .get(scope)
            .is_some_and(|bound| bound.iter().any(|(other, _)| *other == id))
    }
}

/// Whom a notice concerns.
pub(super) fn scope(notice: &Notice) -> Scope {
    match notice {
        Notice::Subscribed(channel) | Notice::SubscriptionFailed { channel, .. } => Some(channel.clone()),
        Notice::Event(event) => event.channel.clone(),
        Notice::StateChanged { .. } | Notice::ConnectingIn(_) | Notice::Error { .. } | Notice::BadFrame(_) => None,
    }
}
