//! The client without a socket: what happened goes in with the time, what to do comes out.
//!
//! Knows the connection's states, its timers, and every channel that is wanted. Must never know a socket, a clock or
//! a source of chance: the drivers own those.

mod authorization;
mod backoff;
mod channels;
mod config;
mod connection;
mod data;
mod input;
mod output;
mod shared_secret;
mod state;

use std::{collections::VecDeque, time::Duration};

use crate::protocol::{ChannelName, SocketId};

pub use authorization::{
    AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, ChannelAuthorization, UserAuthentication,
};
pub use channels::Subscription;
pub use config::{Config, Scheme};
pub use data::read_data;
pub use input::{Attempt, Input};
pub use output::{Event, Notice, Output};
pub use shared_secret::{SharedSecret, SharedSecretError};
pub use state::State;

use backoff::{Outage, Random};
use channels::Known;
use connection::Phase;

/// A Pusher Channels client as a pure value.
///
/// A driver gives every [`Input`] to [`handle`](Self::handle), then performs all that
/// [`poll_output`](Self::poll_output) returns, in order, and calls again with [`Input::TimePassed`] when
/// [`poll_timeout`](Self::poll_timeout) has come.
#[derive(Debug)]
pub struct Client {
    config: Config,
    random: Random,
    now: Duration,
    state: State,
    phase: Phase,
    attempt: Attempt,
    outage: Outage,
    unavailable_at: Option<Duration>,
    channels: Known,
    outputs: VecDeque<Output>,
}

impl Client {
    /// A client that has done nothing yet. The seed spreads this client's reconnects; give each client its own.
    pub fn new(config: Config, seed: u64) -> Self {
        Self {
            config,
            random: Random::new(seed),
            now: Duration::ZERO,
            state: State::Initialized,
            phase: Phase::Idle,
            attempt: Attempt::default(),
            outage: Outage::default(),
            unavailable_at: None,
            channels: Known::default(),
            outputs: VecDeque::new(),
        }
    }

    /// Takes what happened, at a time since any fixed start. A time earlier than the last one counts as the last one.
    pub fn handle(&mut self, input: Input, now: Duration) {
        self.now = self.now.max(now);
        self.take(input);
        // After the input: what just arrived may be the very answer whose time has run out while the program slept.
        self.run_timers();
    }

    /// The next thing to do; none when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        // Authorisations last: what was asked for until then goes into one.
        self.outputs.pop_front().or_else(|| self.next_authorize())
    }

    /// When to call [`handle`](Self::handle) with [`Input::TimePassed`] at the latest, on the clock of `now`.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let connection = self.phase.due();
        [connection, self.unavailable_at, self.channels.due()]
            .into_iter()
            .flatten()
            .min()
    }

    /// The connection's state.
    pub fn state(&self) -> State {
        self.state
    }

    /// The id of the present connection; none unless the state is [`State::Connected`].
    pub fn socket_id(&self) -> Option<&SocketId> {
        self.phase.socket_id()
    }

    /// How far the subscription to a channel is; none when the channel is not wanted.
    pub fn subscription(&self, channel: &ChannelName) -> Option<Subscription> {
        self.channels.subscription(channel)
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::TimePassed => {}
            Input::ConnectRequested => self.on_connect_requested(),
            Input::DisconnectRequested => self.on_disconnect_requested(),
            Input::ChannelWanted(channel) => self.on_channel_wanted(channel),
            Input::ChannelDropped(channel) => self.on_channel_dropped(channel),
            Input::Received { attempt, text } => self.on_received(attempt, &text),
            Input::Closed { attempt, code, reason } => self.on_closed(attempt, code, reason),
            Input::SocketUnsupported { attempt, reason } => self.on_socket_unsupported(attempt, reason),
            Input::Authorized {
                channel,
                attempt,
                authorization,
            } => {
                self.on_authorized(channel, attempt, authorization);
            }
            Input::AuthorizationFailed {
                channel,
                attempt,
                failure,
            } => {
                self.on_authorization_failed(channel, attempt, failure);
            }
            Input::DataUnreadable { channel, event, reason } => self.on_data_unreadable(channel, &event, &reason),
            Input::WentOnline => self.on_went_online(),
            Input::WentOffline => self.check_activity(),
            Input::Woke => self.on_woke(),
        }
    }

    fn run_timers(&mut self) {
        if self.unavailable_at.is_some_and(|at| at <= self.now) {
            self.unavailable_at = None;
            self.enter(State::Unavailable);
        }
        if self.phase.due().is_some_and(|at| at <= self.now) {
            self.on_connection_due();
        }
        self.run_channel_timers();
    }

    fn tell(&mut self, notice: Notice) {
        self.outputs.push_back(Output::Tell(notice));
    }
}

#[cfg(test)]
mod tests;
