//! The client without a socket: what happened goes in with the time, what to do comes out.
//!
//! Knows the connection's states, its timers, and every channel that is wanted. Must never know a socket, a clock or
//! a source of chance: the drivers own those.

mod address;
mod authorization;
mod backoff;
mod batch;
mod carrier;
mod channels;
mod config;
mod connection;
mod data;
mod encryption;
pub mod http;
mod input;
mod ladder;
mod members;
mod moving;
mod output;
mod ping_delay;
mod refusal;
mod resume;
mod shared_secret;
mod sorted;
mod state;
mod switching;
mod triggering;
mod user;
mod vitals;

use std::{collections::VecDeque, time::Duration};

use crate::protocol::{ChannelName, SocketId};

pub use address::{Address, Scheme};
pub use authorization::{
    AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, ChannelAuthorization, UserAuthentication,
};
pub use batch::{BatchAnswer, BatchRequest, ChannelAnswer, ChannelAnswers};
pub use carrier::Carrier;
pub use channels::Subscription;
pub use config::Config;
#[cfg(feature = "browser")]
pub(crate) use config::url_encoded;
pub use data::read_data;
pub use encryption::DecryptionError;
pub use input::{Attempt, Input};
pub use members::Members;
pub use output::{Event, Notice, Output};
pub use resume::{FetchAttempt, MissedEvent, MissedFailure, Resume};
pub use shared_secret::{SharedSecret, SharedSecretError};
#[cfg(feature = "browser")]
pub(crate) use sorted::Sorted;
pub use state::State;
pub use triggering::{ClientEvent, TriggerRefusal};
pub use vitals::Vitals;

use backoff::{Outage, Random};
use channels::Known;
use connection::Phase;
use ladder::Ladder;
use ping_delay::PingDelay;
use resume::Resumed;
use switching::{Look, Network, Retiring};
use triggering::Triggered;
use user::SignIn;
use vitals::Pulse;

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
    /// How many there have been.
    attempts: u64,
    ladder: Ladder,
    /// The carrier that the application knows of.
    told_carrier: Carrier,
    network: Network,
    look: Look,
    retiring: Option<Retiring>,
    outage: Outage,
    ping_delay: PingDelay,
    unavailable_at: Option<Duration>,
    channels: Known,
    sign_in: SignIn,
    triggered: Triggered,
    resumed: Resumed,
    pulse: Pulse,
    outputs: VecDeque<Output>,
}

impl Client {
    /// A client that has done nothing yet. The seed spreads this client's reconnects; give each client its own.
    pub fn new(config: Config, seed: u64) -> Self {
        let ladder = Ladder::new(&config.carriers);
        Self {
            config,
            random: Random::new(seed),
            now: Duration::ZERO,
            state: State::Initialized,
            phase: Phase::Idle,
            attempt: Attempt::default(),
            attempts: 0,
            told_carrier: ladder.carrier(),
            ladder,
            network: Network::There,
            look: Look::None,
            retiring: None,
            outage: Outage::default(),
            ping_delay: PingDelay::default(),
            unavailable_at: None,
            channels: Known::default(),
            sign_in: SignIn::default(),
            triggered: Triggered::default(),
            resumed: Resumed::default(),
            pulse: Pulse::default(),
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
        let switching = self.switching_due();
        [
            connection,
            switching,
            self.unavailable_at,
            self.sign_in.due(),
            self.channels.due(),
            self.resumed.due(),
        ]
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

    /// The channels that the application wants to hear, in the order of their names.
    pub fn channels(&self) -> impl Iterator<Item = &ChannelName> {
        self.channels.wanted()
    }

    fn take(&mut self, input: Input) {
        match input {
            Input::TimePassed => {}
            Input::ConnectRequested => self.on_connect_requested(),
            Input::DisconnectRequested => self.on_disconnect_requested(),
            Input::AddressChanged(address) => self.on_address_changed(address),
            Input::SignInRequested => self.on_sign_in_requested(),
            Input::ChannelWanted(channel) => self.on_channel_wanted(channel),
            Input::ChannelDropped(channel) => self.on_channel_left(channel),
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
            Input::ResumeRequested { channel, field, after } => self.on_resume_requested(channel, field, after),
            Input::ResumeEnded(channel) => self.on_resume_ended(channel),
            Input::MissedFetched {
                channel,
                attempt,
                events,
            } => self.on_missed_fetched(channel, attempt, events),
            Input::MissedFailed {
                channel,
                attempt,
                failure,
            } => self.on_missed_failed(channel, attempt, failure),
            Input::DataUnreadable { channel, event, reason } => self.on_data_unreadable(channel, &event, &reason),
            Input::UserAuthenticated {
                attempt,
                authentication,
            } => self.on_user_authenticated(attempt, authentication),
            Input::UserAuthenticationFailed { attempt, failure } => {
                self.on_user_authentication_failed(attempt, failure);
            }
            Input::WentOnline => self.on_went_online(),
            Input::WentOffline => self.on_went_offline(),
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
        self.run_switching_timers();
        self.run_sign_in_timer();
        self.run_channel_timers();
        self.run_resume_timers();
    }

    fn tell(&mut self, notice: Notice) {
        self.outputs.push_back(Output::Tell(notice));
    }
}

#[cfg(test)]
mod tests;
