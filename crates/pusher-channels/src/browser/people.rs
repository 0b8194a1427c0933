//! The handles for members, users and events that clients trigger. Knows what the client tells of people; decides nothing.

use std::rc::Rc;

use super::{Binding, Channel, Channels, handlers::Handler};
use crate::{
    client::{AuthorizationFailure, ClientEvent, Input, Members, Notice, TriggerRefusal},
    protocol::{EventName, Member, RawJson, User, WatchlistEvent},
};

/// Takes an event's data and the user id of who triggered it.
type OnClientEvent = dyn Fn(&str, Option<&str>);

/// A function that waits for something about people. Cloning is cheap.
#[derive(Clone)]
pub(super) enum PeopleHandler {
    MemberAdded(Rc<dyn Fn(&Member)>),
    MemberRemoved(Rc<dyn Fn(&Member)>),
    SubscriptionCount(Rc<dyn Fn(u64)>),
    ClientEvent { name: Rc<str>, call: Rc<OnClientEvent> },
    SignedIn(Rc<dyn Fn(&User)>),
    SignInFailed(Rc<dyn Fn(&AuthorizationFailure)>),
    UserEvent { name: Rc<str>, call: Rc<dyn Fn(&str)> },
    Watchlist(Rc<dyn Fn(&WatchlistEvent)>),
}

impl PeopleHandler {
    /// Calls the function if this is what it waits for.
    pub fn call(&self, notice: &Notice) {
        match (self, notice) {
            (Self::MemberAdded(call), Notice::MemberAdded { member, .. })
            | (Self::MemberRemoved(call), Notice::MemberRemoved { member, .. }) => call(member),
            (Self::SubscriptionCount(call), Notice::SubscriptionCount { count, .. }) => call(*count),
            (Self::ClientEvent { name, call }, Notice::Event(event)) if **name == event.name => {
                call(&event.data, event.user_id.as_deref());
            }
            (Self::SignedIn(call), Notice::SignedIn(user)) => call(user),
            (Self::SignInFailed(call), Notice::SignInFailed { failure, .. }) => call(failure),
            (Self::UserEvent { name, call }, Notice::UserEvent(event)) if **name == event.name => call(&event.data),
            (Self::Watchlist(call), Notice::Watchlist(event)) => call(event),
            (
                Self::MemberAdded(_)
                | Self::MemberRemoved(_)
                | Self::SubscriptionCount(_)
                | Self::ClientEvent { .. }
                | Self::SignedIn(_)
                | Self::SignInFailed(_)
                | Self::UserEvent { .. }
                | Self::Watchlist(_),
                _,
            ) => {}
        }
    }
}

impl Channel {
    /// Who is on the channel now. Nobody before the subscription succeeded, without a connection, and on channels that are
    /// no presence channels.
    pub fn members(&self) -> Members {
        self.engine()
            .ask(|client| client.members(self.name()).cloned())
            .unwrap_or_default()
    }

    /// Calls with each user whose first connection came, on presence channels. Who was there before is in
    /// [`members`](Self::members).
    pub fn bind_member_added(&self, handler: impl Fn(&Member) + 'static) -> Binding {
        self.bind_handler(Handler::People(PeopleHandler::MemberAdded(Rc::new(handler))))
    }

    /// Calls with each user whose last connection went, on presence channels.
    pub fn bind_member_removed(&self, handler: impl Fn(&Member) + 'static) -> Binding {
        self.bind_handler(Handler::People(PeopleHandler::MemberRemoved(Rc::new(handler))))
    }

    /// How many connections hear the channel, this one included, as the server told last; none when it did not. Servers
    /// that count tell it of all but presence channels.
    pub fn subscription_count(&self) -> Option<u64> {
        self.engine().ask(|client| client.subscription_count(self.name()))
    }

    /// Calls with each new [`subscription_count`](Self::subscription_count).
    pub fn bind_subscription_count(&self, handler: impl Fn(u64) + 'static) -> Binding {
        self.bind_handler(Handler::People(PeopleHandler::SubscriptionCount(Rc::new(handler))))
    }

    /// Triggers an event, `client-…`, for the other subscribers of a private or presence channel. They hear it only if the
    /// server allows it; its refusals are told to [`Channels::bind_error`].
    ///
    /// # Errors
    /// When it cannot be: wrong name or channel, more than 10 KB, no subscription at this moment, more than 10 in a second.
    pub fn trigger(&self, event: &EventName, data: RawJson) -> Result<(), TriggerRefusal> {
        self.engine().trigger(ClientEvent {
            channel: self.name().clone(),
            name: event.clone(),
            data,
        })
    }

    /// Calls with the data of each event of this name, and with the user id of who triggered it if that is known: servers tell
    /// it of events that clients triggered on presence channels.
    pub fn bind_client_event(&self, event: &str, handler: impl Fn(&str, Option<&str>) + 'static) -> Binding {
        self.bind_handler(Handler::People(PeopleHandler::ClientEvent {
            name: event.into(),
            call: Rc::new(handler),
        }))
    }
}

impl Channels {
    /// Signs the page's user in, now and after each reconnect, as the one whom the user authentication of the options names.
    /// Asking twice is asking once.
    pub fn sign_in(&self) {
        self.engine.feed(Input::SignInRequested);
    }

    /// The user who is signed in on the present connection.
    pub fn user(&self) -> Option<User> {
        self.engine.ask(|client| client.user().cloned())
    }

    /// Calls each time the user is signed in: the first time and after each reconnect.
    pub fn bind_signed_in(&self, handler: impl Fn(&User) + 'static) -> Binding {
        self.bind(Handler::People(PeopleHandler::SignedIn(Rc::new(handler))))
    }

    /// Calls each time the sign-in fails. It is tried again by itself.
    pub fn bind_sign_in_failed(&self, handler: impl Fn(&AuthorizationFailure) + 'static) -> Binding {
        self.bind(Handler::People(PeopleHandler::SignInFailed(Rc::new(handler))))
    }

    /// Calls with the data of each event of this name that was triggered for the signed-in user.
    pub fn bind_user_event(&self, event: &str, handler: impl Fn(&str) + 'static) -> Binding {
        self.bind(Handler::People(PeopleHandler::UserEvent {
            name: event.into(),
            call: Rc::new(handler),
        }))
    }

    /// Calls when users of the signed-in user's watchlist came (`online`) or went (`offline`).
    pub fn bind_watchlist(&self, handler: impl Fn(&WatchlistEvent) + 'static) -> Binding {
        self.bind(Handler::People(PeopleHandler::Watchlist(Rc::new(handler))))
    }
}
