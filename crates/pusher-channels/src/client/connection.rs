//! The connection: opening, handshake, silence, loss, coming back. Knows nothing of what is subscribed.

use std::time::Duration;

use super::{
    Attempt, Carrier, Client, Event, Notice, Output, Scheme, State,
    backoff::Loss,
    encryption::is_encrypted,
    ladder::Failure,
    switching::Network,
    user::{is_of_user, watchlist_event_of},
};
use crate::protocol::{ClientFrame, CloseAction, CloseCode, FrameError, ServerFrame, SocketId, events};

/// What the connection is doing.
#[derive(Debug)]
pub(super) enum Phase {
    /// Nothing, and it shall stay so.
    Idle,
    /// Waiting for the next try.
    Waiting { until: Duration },
    /// A socket is being opened or has not sent its handshake.
    Opening { deadline: Duration },
    /// The handshake is done.
    Established(Established),
}

#[derive(Debug)]
pub(super) struct Established {
    socket_id: SocketId,
    since: Duration,
    activity_timeout: Duration,
    liveness: Liveness,
}

#[derive(Debug)]
enum Liveness {
    /// Something was heard; a ping is due when it stays silent.
    Heard { ping_at: Duration },
    /// A ping was sent; without any answer the connection is dead.
    Pinged { deadline: Duration },
}

impl Phase {
    pub fn due(&self) -> Option<Duration> {
        match self {
            Self::Idle => None,
            Self::Waiting { until } => Some(*until),
            Self::Opening { deadline } => Some(*deadline),
            Self::Established(established) => Some(match established.liveness {
                Liveness::Heard { ping_at } => ping_at,
                Liveness::Pinged { deadline } => deadline,
            }),
        }
    }

    pub fn socket_id(&self) -> Option<&SocketId> {
        match self {
            Self::Established(established) => Some(&established.socket_id),
            Self::Idle | Self::Waiting { .. } | Self::Opening { .. } => None,
        }
    }

    fn established_since(&self) -> Option<Duration> {
        match self {
            Self::Established(established) => Some(established.since),
            Self::Idle | Self::Waiting { .. } | Self::Opening { .. } => None,
        }
    }

    fn has_socket(&self) -> bool {
        matches!(self, Self::Opening { .. } | Self::Established(_))
    }
}

impl Client {
    pub(super) fn on_connect_requested(&mut self) {
        match self.phase {
            Phase::Idle => self.open(),
            Phase::Waiting { .. } | Phase::Opening { .. } | Phase::Established(_) => {}
        }
    }

    pub(super) fn on_disconnect_requested(&mut self) {
        self.stop(State::Disconnected);
    }

    pub(super) fn on_received(&mut self, attempt: Attempt, text: &str) {
        if attempt != self.attempt || !self.phase.has_socket() {
            return self.on_received_beside(attempt, text);
        }
        self.note_activity();
        match ServerFrame::parse(text) {
            Ok(frame) => self.on_frame(frame),
            Err(error) => {
                let useless = matches!(error, FrameError::Handshake(_)) && self.phase.socket_id().is_none();
                self.tell(Notice::BadFrame(error));
                if useless {
                    self.carrier_failed(Failure::Ended);
                    self.give_up(CloseAction::Backoff);
                }
            }
        }
    }

    pub(super) fn on_closed(&mut self, attempt: Attempt, code: CloseCode, reason: String) {
        if attempt != self.attempt || !self.phase.has_socket() {
            return self.on_closed_beside(attempt);
        }
        if code >= CloseCode::TLS_ONLY {
            let message = if reason.is_empty() {
                format!("the server closed with {code}")
            } else {
                reason
            };
            self.tell(Notice::Error {
                code: Some(code),
                message,
            });
        } else if !self.outage.was_stable(self.phase.established_since(), self.now) {
            // A code of the protocol's own comes from the server, and so the carrier passes.
            self.carrier_failed(Failure::Ended);
        }
        if let (CloseCode::ABNORMAL, Some(since)) = (code, self.phase.established_since()) {
            self.ping_delay
                .died(self.now.saturating_sub(since), self.config.activity_timeout);
        }
        self.lose(code.action());
    }

    pub(super) fn on_socket_unsupported(&mut self, attempt: Attempt, reason: String) {
        if attempt != self.attempt || !self.phase.has_socket() {
            return self.on_unsupported_beside(attempt);
        }
        // There is no socket to close.
        if self.phase.socket_id().is_some() {
            // It was supported well enough to shake hands, so this is an ordinary loss.
            return self.lose(CloseAction::Backoff);
        }
        self.phase = Phase::Idle;
        if self.ladder.remove(self.carrier()) {
            return self.open();
        }
        self.tell(Notice::Error {
            code: None,
            message: reason,
        });
        self.stop(State::Failed);
    }

    pub(super) fn on_went_online(&mut self) {
        self.network = Network::There;
        self.look_now();
        match self.phase {
            Phase::Waiting { .. } => self.open(),
            // The old connection may belong to the network before.
            Phase::Established(_) => self.check_activity(),
            Phase::Idle | Phase::Opening { .. } => {}
        }
    }

    pub(super) fn on_went_offline(&mut self) {
        self.network = Network::Gone;
        self.check_activity();
    }

    pub(super) fn on_woke(&mut self) {
        self.look_now();
        let patience = self.now.saturating_add(self.config.wake_pong_timeout);
        match &mut self.phase {
            Phase::Idle => {}
            Phase::Waiting { .. } => self.open(),
            Phase::Opening { deadline } => *deadline = patience.min(*deadline),
            Phase::Established(_) => self.check_activity(),
        }
    }

    /// Pings at once and waits only a short time for the answer.
    pub(super) fn check_activity(&mut self) {
        let deadline = self.now.saturating_add(self.config.wake_pong_timeout);
        let Phase::Established(established) = &mut self.phase else {
            return;
        };
        let already_checking =
            matches!(established.liveness, Liveness::Pinged { deadline: earlier } if earlier <= deadline);
        if !already_checking {
            established.liveness = Liveness::Pinged { deadline };
            self.ping();
        }
    }

    pub(super) fn on_connection_due(&mut self) {
        let pong_deadline = self.now.saturating_add(self.config.pong_timeout);
        match &mut self.phase {
            Phase::Idle => {}
            Phase::Waiting { .. } => self.open(),
            Phase::Opening { .. } => {
                self.carrier_failed(Failure::Hung);
                self.give_up(CloseAction::Backoff);
            }
            Phase::Established(established) => match established.liveness {
                Liveness::Heard { .. } => {
                    established.liveness = Liveness::Pinged {
                        deadline: pong_deadline,
                    };
                    self.ping();
                }
                Liveness::Pinged { .. } => self.give_up(CloseAction::Retry),
            },
        }
    }

    pub(super) fn send(&mut self, frame: &ClientFrame) {
        self.outputs.push_back(Output::Send {
            attempt: self.attempt,
            text: frame.encode(),
        });
    }

    pub(super) fn enter(&mut self, current: State) {
        let previous = std::mem::replace(&mut self.state, current);
        if previous != current {
            self.tell(Notice::StateChanged { previous, current });
        }
    }

    pub(super) fn on_frame(&mut self, frame: ServerFrame) {
        match frame {
            ServerFrame::ConnectionEstablished {
                socket_id,
                activity_timeout,
            } => {
                self.on_handshake(socket_id, activity_timeout);
            }
            ServerFrame::SubscriptionSucceeded { channel, data } => self.on_subscription_succeeded(channel, &data),
            ServerFrame::SubscriptionError {
                channel, error, status, ..
            } => {
                self.on_subscription_error(channel, status, error);
            }
            ServerFrame::Error { code, message } => self.on_error(code, message),
            ServerFrame::Ping => self.send(&ClientFrame::Pong),
            // That it shows life, as any frame does, was noted already.
            ServerFrame::Pong => self.pulse.pong_came(self.now),
            ServerFrame::SubscriptionCount { channel, count } => self.on_subscription_count(channel, count),
            ServerFrame::MemberAdded { channel, member } => self.on_member_added(channel, member),
            ServerFrame::MemberRemoved { channel, user_id } => self.on_member_removed(channel, &user_id),
            ServerFrame::SigninSuccess { user_data } => self.on_signin_success(&user_data),
            ServerFrame::WatchlistEvents { events } => self.on_watchlist(events),
            ServerFrame::CacheMiss { channel } => self.on_event(Event {
                channel: Some(channel),
                name: events::CACHE_MISS.to_owned(),
                data: String::new(),
                user_id: None,
            }),
            ServerFrame::ClientEvent {
                event: name,
                channel,
                data,
                user_id,
            } => self.on_event(Event {
                channel: Some(channel),
                name,
                data: data.to_data(),
                user_id,
            }),
            ServerFrame::Event {
                event: name,
                channel,
                data,
                user_id,
            } => self.on_event(Event {
                channel,
                name,
                data,
                user_id,
            }),
        }
    }

    fn on_event(&mut self, event: Event) {
        if let Some(came_or_went) = watchlist_event_of(&event) {
            return self.tell(Notice::Watchlist(came_or_went));
        }
        let wanted = event
            .channel
            .as_ref()
            .is_none_or(|channel| self.channels.is_wanted(channel));
        if !wanted || event.name.starts_with(events::INTERNAL_PREFIX) {
            return;
        }
        self.pulse.event_came(self.now);
        if is_of_user(event.channel.as_ref()) {
            self.on_user_event(event);
        } else if let Some(channel) = event.channel.clone().filter(is_encrypted) {
            self.on_sealed(&channel, event);
        } else {
            self.hear(event);
        }
    }

    pub(super) fn on_handshake(&mut self, socket_id: SocketId, server_timeout: Duration) {
        if self.phase.socket_id().is_some() {
            // A second handshake on one socket would change the id under the authorisations made for the first.
            return;
        }
        let longest = self.config.activity_timeout.min(server_timeout);
        let activity_timeout = self.ping_delay.limit(longest);
        self.phase = Phase::Established(Established {
            socket_id,
            since: self.now,
            activity_timeout,
            liveness: Liveness::Heard {
                ping_at: self.now.saturating_add(activity_timeout),
            },
        });
        self.outage.handshake_came();
        self.unavailable_at = None;
        self.carrier_connected();
        self.enter(State::Connected);
        // First, so that who waits for the user does not wait for the channels.
        self.start_sign_in();
        self.subscribe_all();
    }

    fn on_error(&mut self, code: Option<CloseCode>, message: String) {
        self.tell(Notice::Error {
            code,
            message: message.clone(),
        });
        // Before the handshake an error is a refusal of the connection, after it only a complaint: then the close decides.
        if let (Phase::Opening { .. }, Some(code)) = (&self.phase, code) {
            self.give_up(code.action());
        } else {
            self.on_complaint(code, message);
        }
    }

    fn ping(&mut self) {
        self.pulse.pinged(self.now);
        self.send(&ClientFrame::Ping);
    }

    fn note_activity(&mut self) {
        self.pulse.heard(self.now);
        if let Phase::Established(established) = &mut self.phase {
            established.liveness = Liveness::Heard {
                ping_at: self.now.saturating_add(established.activity_timeout),
            };
        }
    }

    pub(super) fn open(&mut self) {
        match self.state {
            State::Initialized | State::Failed | State::Disconnected | State::Connected => self.start_connecting(),
            State::Connecting | State::Unavailable => {}
        }
        self.attempt = self.next_attempt();
        let patience = if self.ladder.has_alternative() {
            self.config.connect_timeout.min(self.config.carrier_timeout)
        } else {
            self.config.connect_timeout
        };
        self.phase = Phase::Opening {
            deadline: self.now.saturating_add(patience),
        };
        let carrier = self.carrier();
        self.outputs.push_back(Output::Open {
            carrier,
            url: self.url_for(carrier),
            attempt: self.attempt,
        });
    }

    pub(super) fn next_attempt(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    /// The WebSocket's address serves all carriers, by HTTP instead.
    pub(super) fn url_for(&self, carrier: Carrier) -> String {
        let url = self.config.address.url();
        match carrier {
            Carrier::WebSocket => url,
            Carrier::ServerSentEvents | Carrier::LongPolling | Carrier::Polling => url.replacen("ws", "http", 1),
        }
    }

    /// All that was true of one connection only. Who hears a channel stays known if another connection goes on at once.
    pub(super) fn forget_progress(&mut self) {
        self.channels.forget_progress();
        self.sign_in.forget_progress();
        self.resumed.forget_progress();
        self.pulse.forget_progress();
    }

    fn start_connecting(&mut self) {
        self.unavailable_at = Some(self.now.saturating_add(self.config.unavailable_timeout));
        self.enter(State::Connecting);
    }

    /// The socket is still there but of no use.
    fn give_up(&mut self, action: CloseAction) {
        self.outputs.push_back(Output::Close { attempt: self.attempt });
        self.lose(action);
    }

    /// The socket is gone.
    fn lose(&mut self, action: CloseAction) {
        if self.outage.was_stable(self.phase.established_since(), self.now) {
            self.ladder.succeeded();
        }
        let loss = self.outage.lost(self.phase.established_since(), self.now);
        self.phase = Phase::Idle;
        self.forget_other_connections();
        self.forget_progress();
        self.channels.forget_audiences();
        if action == CloseAction::Refused {
            self.stop(State::Failed);
            return;
        }
        if self.state == State::Connected {
            self.start_connecting();
        }
        if self.outage.deserves_complaint() {
            let message =
                "no handshake after several tries: is there a server, is the key right, is this origin let in?"
                    .to_owned();
            self.tell(Notice::Error { code: None, message });
        }
        match (action, loss) {
            (CloseAction::SwitchToTls, _) if self.config.address.scheme == Scheme::Ws => {
                self.config.address.scheme = Scheme::Wss;
                self.open();
            }
            (CloseAction::Retry, Loss::First) => self.open(),
            // A server that asks again and again to come back at once does not get it.
            (CloseAction::Retry | CloseAction::Backoff | CloseAction::SwitchToTls | CloseAction::Refused, _) => {
                self.wait();
            }
        }
    }

    fn wait(&mut self) {
        let delay = self.outage.delay(&mut self.random, self.now);
        self.phase = Phase::Waiting {
            until: self.now.saturating_add(delay),
        };
        self.tell(Notice::ConnectingIn(delay));
    }

    fn stop(&mut self, state: State) {
        self.leave();
        self.unavailable_at = None;
        self.enter(state);
    }

    /// Lets the connection go, whatever it was doing. The state is left to who comes next.
    pub(super) fn leave(&mut self) {
        if self.phase.has_socket() {
            self.outputs.push_back(Output::Close { attempt: self.attempt });
        }
        self.forget_other_connections();
        self.phase = Phase::Idle;
        self.forget_progress();
        self.channels.forget_audiences();
    }
}
