//! The driver for tokio: for tests, for load, for programs without a page.
//!
//! Knows tokio and TCP; `wss://` needs the feature `rustls` and ends in [`State::Failed`] without it. Must never decide anything about the
//! connection: the [`client`](crate::client) does.
//!
//! ```no_run
//! use pusher_channels::{ChannelName, Config, Notice, native::{Channels, Options}};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let (channels, mut notices) = Channels::connect(Options::new(Config::new("127.0.0.1:8080", "app-key")));
//! channels.subscribe(&ChannelName::new("orders")?);
//! while let Some(notice) = notices.recv().await {
//!     if let Notice::Event(event) = notice {
//!         println!("{}: {}", event.name, event.data);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod authorize;
mod dial;
mod engine;
mod link;
mod options;
mod people;
mod requests;
mod resume;
mod socket;
#[cfg(feature = "rustls")]
mod trust;

use tokio::sync::{mpsc, watch};

use crate::{
    client::{Address, Input, Notice, State},
    protocol::{ChannelName, SocketId},
};

use engine::Engine;
use people::Wish;

pub use options::Options;
pub use resume::Resume;
#[cfg(feature = "rustls")]
pub use trust::Trust;

/// Everything the connection tells, in order. Not bounded: a reader that stops reading gathers what arrives.
pub type Notices = mpsc::UnboundedReceiver<Notice>;

/// A connection, shared by all clones of this handle; it is closed when the last one is dropped.
#[derive(Clone, Debug)]
pub struct Channels {
    wishes: mpsc::UnboundedSender<Wish>,
    status: watch::Receiver<Status>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Status {
    state: State,
    socket_id: Option<SocketId>,
}

impl Channels {
    /// Connects on a task of the present tokio runtime, and stays connected until the last handle is dropped.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn connect(options: Options) -> (Self, Notices) {
        let (wishes, wishes_received) = mpsc::unbounded_channel();
        let (notices, notices_received) = mpsc::unbounded_channel();
        let (engine, status) = Engine::new(options, notices);
        tokio::spawn(engine.run(wishes_received));
        let channels = Self { wishes, status };
        channels.reconnect();
        (channels, notices_received)
    }

    /// Hears a channel from now on. Wishing twice is wishing once.
    pub fn subscribe(&self, channel: &ChannelName) {
        self.wish(Input::ChannelWanted(channel.clone()));
    }

    /// Hears a channel no longer.
    pub fn unsubscribe(&self, channel: &ChannelName) {
        self.wish(Input::ChannelDropped(channel.clone()));
    }

    /// The connection's state.
    pub fn state(&self) -> State {
        self.status.borrow().state
    }

    /// The connection's id while it is connected. A server leaves this socket out of a trigger that names it.
    pub fn socket_id(&self) -> Option<String> {
        self.status.borrow().socket_id.as_ref().map(|id| id.as_str().to_owned())
    }

    /// Doubts the connection: it must answer a ping within a few seconds, or is made anew. Tries at once if there is none.
    pub fn check(&self) {
        self.wish(Input::Woke);
    }

    /// Closes the connection. Channels stay wanted and are subscribed again by [`reconnect`](Self::reconnect).
    pub fn disconnect(&self) {
        self.wish(Input::DisconnectRequested);
    }

    /// Connects again after [`disconnect`](Self::disconnect) or a refusal; otherwise does nothing.
    pub fn reconnect(&self) {
        self.wish(Input::ConnectRequested);
    }

    /// Connects to another server, another app, or both; what is subscribed to stays.
    pub fn switch_address(&self, address: Address) {
        self.wish(Input::AddressChanged(address));
        self.reconnect();
    }

    /// Connects to an app on a cluster of the service pusher.com; what is subscribed to stays.
    pub fn switch_cluster(&self, key: &str, cluster: &str) {
        self.switch_address(Address::cluster(cluster, key));
    }

    fn wish(&self, input: Input) {
        self.tell_engine(Wish::Happened(input));
    }

    fn tell_engine(&self, wish: Wish) {
        // The task ends before the handles only when the whole runtime does.
        let _ = self.wishes.send(wish);
    }
}

#[cfg(test)]
mod tests;
