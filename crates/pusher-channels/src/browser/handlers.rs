//! The functions that applications bound, by what they wait for. Knows no socket and calls nothing while it is borrowed.

use std::{rc::Rc, time::Duration};

use super::{people::PeopleHandler, resume::ResumeHandler};
use crate::{
    client::{AuthorizationFailure, Carrier, DecryptionError, Event, Notice, Sorted, State},
    protocol::{ChannelName, CloseCode},
};

/// What a function was bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// The connection.
    Connection,
    /// One channel.
    Channel(ChannelName),
    /// The events of every channel.
    Everywhere,
}

/// Reads an event's data and calls the application with what it read.
pub(crate) type Reading = dyn Fn(&str) -> Result<(), serde_json::Error>;
/// Takes an event's name and its data.
type OnEvent = dyn Fn(&str, &str);
/// Takes an event's channel, its name and its data.
type OnEventAnywhere = dyn Fn(Option<&ChannelName>, &str, &str);
/// Takes the event's name and why it stays closed.
type OnDecryptionFailed = dyn Fn(&str, &DecryptionError);
/// Takes the protocol's code and the reason.
type OnError = dyn Fn(Option<CloseCode>, &str);

/// A function and what it waits for. Cloning is cheap.
#[derive(Clone)]
pub(super) enum Handler {
    Event { name: Rc<str>, call: Rc<dyn Fn(&str)> },
    ReadEvent { name: Rc<str>, call: Rc<Reading> },
    AnyEvent(Rc<OnEvent>),
    EventAnywhere(Rc<OnEventAnywhere>),
    Subscribed(Rc<dyn Fn()>),
    SubscriptionFailed(Rc<dyn Fn(&AuthorizationFailure)>),
    DecryptionFailed(Rc<OnDecryptionFailed>),
    State(Rc<dyn Fn(State)>),
    Carrier(Rc<dyn Fn(Carrier)>),
    ConnectingIn(Rc<dyn Fn(Duration)>),
    Error(Rc<OnError>),
    People(PeopleHandler),
    Resume(ResumeHandler),
}

impl Handler {
    /// Calls the function if this is what it waits for.
    ///
    /// # Errors
    /// When it could not read the event's data, and so was not called.
    pub fn call(&self, notice: &Notice) -> Result<(), serde_json::Error> {
        match (self, notice) {
            (Self::Event { name, call }, Notice::Event(event)) if **name == event.name => call(&event.data),
            (Self::ReadEvent { name, call }, Notice::Event(event)) if **name == event.name => return call(&event.data),
            (Self::AnyEvent(call), Notice::Event(Event { name, data, .. })) => call(name, data),
            (Self::EventAnywhere(call), Notice::Event(event)) => call(event.channel.as_ref(), &event.name, &event.data),
            (Self::Subscribed(call), Notice::Subscribed(_)) => call(),
            (Self::SubscriptionFailed(call), Notice::SubscriptionFailed { failure, .. }) => call(failure),
            (Self::DecryptionFailed(call), Notice::DecryptionFailed { event, error, .. }) => call(event, error),
            (Self::State(call), Notice::StateChanged { current, .. }) => call(*current),
            (Self::Carrier(call), Notice::CarrierChanged { current, .. }) => call(*current),
            (Self::ConnectingIn(call), Notice::ConnectingIn(delay)) => call(*delay),
            (Self::Error(call), Notice::Error { code, message }) => call(*code, message),
            (Self::People(handler), notice) => handler.call(notice),
            (Self::Resume(handler), notice) => handler.call(notice),
            (
                Self::Event { .. }
                | Self::ReadEvent { .. }
                | Self::AnyEvent(_)
                | Self::EventAnywhere(_)
                | Self::Subscribed(_)
                | Self::SubscriptionFailed(_)
                | Self::DecryptionFailed(_)
                | Self::State(_)
                | Self::Carrier(_)
                | Self::ConnectingIn(_)
                | Self::Error(_),
                _,
            ) => {}
        }
        Ok(())
    }
}

/// Identifies one bound function for as long as the connection lives.
pub(super) type HandlerId = u64;

/// All bound functions.
#[derive(Default)]
pub(super) struct Handlers {
    by_scope: Sorted<Scope, Vec<(HandlerId, Handler)>>,
    last_id: HandlerId,
}

impl Handlers {
    pub fn insert(&mut self, scope: Scope, handler: Handler) -> HandlerId {
        self.last_id += 1;
        self.by_scope
            .get_or_insert_with(scope, Vec::new)
            .push((self.last_id, handler));
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

/// Whom a notice concerns, in the order in which they are told; what is bound to a channel comes before what is bound to all.
pub(super) fn scopes(notice: &Notice) -> [Option<Scope>; 2] {
    match notice {
        Notice::Subscribed(channel)
        | Notice::SubscriptionFailed { channel, .. }
        | Notice::DecryptionFailed { channel, .. }
        | Notice::CatchingUp(channel)
        | Notice::CaughtUp(channel)
        | Notice::NotResumable { channel, .. }
        | Notice::MemberAdded { channel, .. }
        | Notice::MemberRemoved { channel, .. }
        | Notice::SubscriptionCount { channel, .. } => [Some(Scope::Channel(channel.clone())), None],
        Notice::Event(event) => [event.channel.clone().map(Scope::Channel), Some(Scope::Everywhere)],
        Notice::StateChanged { .. }
        | Notice::CarrierChanged { .. }
        | Notice::ConnectingIn(_)
        | Notice::SignedIn(_)
        | Notice::SignInFailed { .. }
        | Notice::UserEvent(_)
        | Notice::Watchlist(_)
        | Notice::Error { .. }
        | Notice::BadFrame(_) => [Some(Scope::Connection), None],
    }
}
