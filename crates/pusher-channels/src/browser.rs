//! The driver for a page: one WebSocket, the page's timers and its events, handles that release what they hold.
//!
//! Knows the browser. Must never decide anything about the connection: the [`client`](crate::client) does.
//!
//! ```no_run
//! use pusher_channels::{ChannelName, browser::{Channels, Options}};
//!
//! # fn start() -> Result<(), Box<dyn std::error::Error>> {
//! let channels = Channels::connect(Options::same_origin("app-key"));
//! let project = channels.subscribe(&ChannelName::new("private-project-1")?);
//! let caught_up = project.on_subscribed(|| println!("fetch what was missed"));
//! let events = project.bind_all(|event, data| println!("{event}: {data}"));
//! # Ok(())
//! # }
//! ```

mod authorize;
mod carriers;
mod channel;
mod endpoint;
mod engine;
mod handlers;
mod options;
mod page;
mod people;
#[cfg(feature = "http-carriers")]
mod requests;
mod resume;
mod socket;

use std::{fmt, rc::Rc, time::Duration};

use crate::{
    client::{Address, Carrier, Client, Input, State, Vitals},
    protocol::{ChannelName, CloseCode},
};

pub use channel::{Binding, Channel};
pub use endpoint::{Endpoint, Extras};
pub use options::{Authenticator, Authorizer, Options};
pub use resume::Resume;

use engine::Engine;
#[cfg(feature = "yew")]
pub(crate) use handlers::Reading;
use handlers::{Handler, Scope};

/// A connection, shared by all clones of this handle.
///
/// Clones, [`Channel`]s and [`Binding`]s keep it; with the last of them the socket, the timers and all listeners are
/// released. Handlers may call any method, of this handle or another; they are called one after the other in the order
/// in which they were bound, and never for what happened before.
#[derive(Clone)]
pub struct Channels {
    engine: Rc<Engine>,
}

impl Channels {
    /// Connects, and stays connected until the last handle is dropped.
    pub fn connect(options: Options) -> Self {
        let channels = Self {
            engine: Engine::new(options),
        };
        channels.reconnect();
        channels
    }

    /// Hears a channel until the last handle to it is dropped. Several handles share one subscription.
    pub fn subscribe(&self, name: &ChannelName) -> Channel {
        self.engine.subscribe(name)
    }

    /// Calls with the channel, the name and the data of each event of every channel, after what is bound to the channel
    /// itself. An event that concerns the connection has no channel.
    pub fn bind_all(&self, handler: impl Fn(Option<&ChannelName>, &str, &str) + 'static) -> Binding {
        let handler = Handler::EventAnywhere(Rc::new(handler));
        Binding::new(&self.engine, Scope::Everywhere, None, handler)
    }

    /// The channels that are subscribed to or about to be, in the order of their names.
    pub fn all_channels(&self) -> Vec<ChannelName> {
        self.engine.ask(|client| client.channels().cloned().collect())
    }

    /// Calls with each new state of the connection.
    pub fn bind_state(&self, handler: impl Fn(State) + 'static) -> Binding {
        self.bind(Handler::State(Rc::new(handler)))
    }

    /// Calls with each new carrier of the frames. If the connection stands it stays `connected`; every channel is subscribed again.
    pub fn bind_carrier(&self, handler: impl Fn(Carrier) + 'static) -> Binding {
        self.bind(Handler::Carrier(Rc::new(handler)))
    }

    /// What carries the frames, or would with the next connection.
    pub fn carrier(&self) -> Carrier {
        self.engine.ask(Client::carrier)
    }

    /// Calls with the time until the next try, each time that one is planned.
    pub fn bind_connecting_in(&self, handler: impl Fn(Duration) + 'static) -> Binding {
        self.bind(Handler::ConnectingIn(Rc::new(handler)))
    }

    /// Calls when the server complains or refuses, with the protocol's code if there is one and a reason for people; also
    /// when an event's data cannot be read by who bound it.
    pub fn bind_error(&self, handler: impl Fn(Option<CloseCode>, &str) + 'static) -> Binding {
        self.bind(Handler::Error(Rc::new(handler)))
    }

    /// The connection's state.
    pub fn state(&self) -> State {
        self.engine.ask(|client| client.state())
    }

    /// The connection's id while it is connected. A server leaves this socket out of a trigger that names it.
    pub fn socket_id(&self) -> Option<String> {
        self.engine
            .ask(|client| client.socket_id().map(|id| id.as_str().to_owned()))
    }

    /// How well the connection does. Its times are since the page began, as `performance.now()` tells them.
    pub fn vitals(&self) -> Vitals {
        self.engine.ask(Client::vitals)
    }

    /// Doubts the connection: it must answer a ping within a few seconds, or is made anew. Tries at once if there is none.
    pub fn check(&self) {
        self.engine.feed(Input::Woke);
    }

    /// Closes the connection. Channels stay wanted and are subscribed again by [`reconnect`](Self::reconnect).
    pub fn disconnect(&self) {
        self.engine.feed(Input::DisconnectRequested);
    }

    /// Connects again after [`disconnect`](Self::disconnect) or a refusal; otherwise does nothing.
    pub fn reconnect(&self) {
        self.engine.feed(Input::ConnectRequested);
    }

    /// Connects to another server, another app, or both; what is subscribed to stays.
    pub fn switch_address(&self, address: Address) {
        self.engine.feed(Input::AddressChanged(page::secured(address)));
        self.reconnect();
    }

    /// Connects to an app on a cluster of the service pusher.com; what is subscribed to stays.
    pub fn switch_cluster(&self, key: &str, cluster: &str) {
        self.switch_address(Address::cluster(cluster, key));
    }

    /// Says that the data of an event for the user could not be read, as [`Channel::bind`] does.
    #[cfg(feature = "yew")]
    pub(crate) fn complain_of_data(&self, event: &str, error: &serde_json::Error) {
        self.engine.feed(Input::DataUnreadable {
            channel: None,
            event: event.to_owned(),
            reason: error.to_string(),
        });
    }

    fn bind(&self, handler: Handler) -> Binding {
        Binding::new(&self.engine, Scope::Connection, None, handler)
    }
}

impl PartialEq for Channels {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.engine, &other.engine)
    }
}

impl fmt::Debug for Channels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Channels")
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
