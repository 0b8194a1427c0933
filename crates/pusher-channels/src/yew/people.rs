//! Members, the signed-in user, and events that clients trigger, as components see them. Knows no connection.

use std::{error::Error, fmt, rc::Rc};

use ::yew::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    connection::use_channels,
    kept::{use_bindings, use_newest},
};
use crate::{
    browser::{Channel, Reading},
    client::{Members, TriggerRefusal, read_data},
    protocol::{EventName, EventNameError, RawJson, User, WatchlistEvent},
};

/// Who is on a presence channel. The component is rendered again when somebody comes or goes.
#[hook]
pub fn use_presence(channel: &Channel) -> Members {
    let component = use_force_update();
    // Nobody is known without a connection.
    let _ = super::use_connection_state();
    use_bindings(channel.clone(), move |channel| {
        let (subscribed, added) = (component.clone(), component.clone());
        vec![
            channel.on_subscribed(move || subscribed.force_update()),
            channel.bind_member_added(move |_| added.force_update()),
            channel.bind_member_removed(move |_| component.force_update()),
        ]
    });
    channel.members()
}

/// How many connections hear a channel, this one included, as the server told last; see [`Channel::subscription_count`]. The
/// component is rendered again when it changes.
#[hook]
pub fn use_subscription_count(channel: &Channel) -> Option<u64> {
    let component = use_force_update();
    use_bindings(channel.clone(), move |channel| {
        vec![channel.bind_subscription_count(move |_| component.force_update())]
    });
    channel.subscription_count()
}

/// Signs the page's user in, as [`Channels::sign_in`](crate::browser::Channels::sign_in) does. Returns who it is on the present
/// connection; the component is rendered again when that changes.
///
/// # Panics
/// As [`use_channels`].
#[hook]
pub fn use_sign_in() -> Option<User> {
    let channels = use_channels();
    let component = use_force_update();
    let _ = super::use_connection_state();
    use_bindings(channels.clone(), move |channels| {
        let binding = channels.bind_signed_in(move |_| component.force_update());
        channels.sign_in();
        vec![binding]
    });
    channels.user()
}

/// Calls with the data of each event of this name that was triggered for the signed-in user, read from its JSON. What cannot be
/// read is told as [`Channel::bind`] tells it.
///
/// # Panics
/// As [`use_channels`].
#[hook]
pub fn use_user_event<T: DeserializeOwned + 'static>(event: &str, handler: impl Fn(T) + 'static) {
    use_user_reading(event, Rc::new(move |data| read_data(data).map(&handler)));
}

/// The part of [`use_user_event`] that is the same for every type.
#[hook]
fn use_user_reading(event: &str, reading: Rc<Reading>) {
    let channels = use_channels();
    let newest = use_newest(reading);
    use_bindings((channels, event.to_owned()), move |(channels, event)| {
        let (name, of) = (event.clone(), channels.clone());
        vec![channels.bind_user_event(event, move |data| {
            if let Err(error) = newest.get()(data) {
                of.complain_of_data(&name, &error);
            }
        })]
    });
}

/// Calls when users of the signed-in user's watchlist came (`online`) or went (`offline`).
///
/// # Panics
/// As [`use_channels`].
#[hook]
pub fn use_watchlist(handler: impl Fn(&WatchlistEvent) + 'static) {
    let newest = use_newest::<Rc<dyn Fn(&WatchlistEvent)>>(Rc::new(handler));
    let channels = use_channels();
    use_bindings(channels, move |channels| {
        vec![channels.bind_watchlist(move |event| newest.get()(event))]
    });
}

/// Triggers events on a private or presence channel, for its other subscribers.
#[hook]
pub fn use_trigger(channel: &Channel) -> Trigger {
    Trigger {
        channel: channel.clone(),
    }
}

/// Calls with the data of each client event of this name, read from its JSON, and with the user id of who triggered it: servers
/// tell it on presence channels. What cannot be read is told as [`Channel::bind`] tells it.
#[hook]
pub fn use_client_event<T: DeserializeOwned + 'static>(
    channel: &Channel,
    event: &str,
    handler: impl Fn(T, Option<&str>) + 'static,
) {
    use_client_reading(
        channel,
        event,
        Rc::new(move |data, by| {
            handler(read_data(data)?, by);
            Ok(())
        }),
    );
}

/// Reads an event's data and calls the application with it and with who triggered it.
type ClientReading = dyn Fn(&str, Option<&str>) -> Result<(), serde_json::Error>;

/// The part of [`use_client_event`] that is the same for every type.
#[hook]
fn use_client_reading(channel: &Channel, event: &str, reading: Rc<ClientReading>) {
    let newest = use_newest(reading);
    use_bindings((channel.clone(), event.to_owned()), move |(channel, event)| {
        let (name, on) = (event.clone(), channel.clone());
        vec![channel.bind_client_event(event, move |data, by| {
            if let Err(error) = newest.get()(data, by) {
                on.complain_of_data(&name, &error);
            }
        })]
    });
}

/// Triggers events; made by [`use_trigger`]. Goes into callbacks: clones are cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    channel: Channel,
}

/// Why an event was not triggered. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TriggerError {
    /// This is no event name.
    Name(EventNameError),
    /// The data has no JSON; the reason is in words.
    Data(String),
    /// The event cannot be triggered there or now.
    Refused(TriggerRefusal),
}

impl Trigger {
    /// Triggers an event, `client-…`, with data that is written as JSON.
    ///
    /// # Errors
    /// As [`Channel::trigger`]; and when the name is none, or the data has no JSON.
    pub fn trigger<T: Serialize>(&self, event: &str, data: &T) -> Result<(), TriggerError> {
        self.trigger_json(event, serde_json::to_string(data))
    }

    fn trigger_json(&self, event: &str, json: Result<String, serde_json::Error>) -> Result<(), TriggerError> {
        let event = EventName::new(event).map_err(TriggerError::Name)?;
        let json = json.map_err(|error| TriggerError::Data(error.to_string()))?;
        let data = RawJson::new(&json).map_err(TriggerError::Data)?;
        self.channel.trigger(&event, data).map_err(TriggerError::Refused)
    }
}

impl fmt::Display for TriggerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(f),
            Self::Data(reason) => write!(f, "the data cannot be written as JSON: {reason}"),
            Self::Refused(refusal) => refusal.fmt(f),
        }
    }
}

impl Error for TriggerError {}
