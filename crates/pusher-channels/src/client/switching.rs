//! From one carrier to a better one while connected: the better one is opened beside, and takes over with its handshake.
//! The old one is heard until every channel is subscribed on the new one. Knows both connections, not what carries them.

use std::time::Duration;

use super::{Attempt, Carrier, Client, Notice, Output, Subscription, connection::Phase, ladder::Failure};
use crate::protocol::{ChannelName, FrameError, ServerFrame, SocketId};

/// How long the old connection is heard when a channel cannot be subscribed on the new one.
const OVERLAP: Duration = Duration::from_secs(5);

/// What is done about better carriers than the present one.
#[derive(Debug, Default)]
pub(super) enum Look {
    /// Nothing: there is no better one, or no connection.
    #[default]
    None,
    /// Waiting for the next look.
    Waiting { until: Duration },
    /// A better one is being opened beside.
    Opening { attempt: Attempt, deadline: Duration },
}

/// A connection that another one has replaced.
#[derive(Debug)]
pub(super) struct Retiring {
    attempt: Attempt,
    until: Duration,
}

impl Client {
    /// What carries the frames, or would with the next connection.
    pub fn carrier(&self) -> Carrier {
        self.ladder.carrier()
    }

    /// When something is to be done about carriers.
    pub(super) fn switching_due(&self) -> Option<Duration> {
        let look = match self.look {
            Look::None => None,
            Look::Waiting { until } => Some(until),
            Look::Opening { deadline, .. } => Some(deadline),
        };
        let retiring = self.retiring.as_ref().map(|retiring| retiring.until);
        [look, retiring].into_iter().flatten().min()
    }

    pub(super) fn run_switching_timers(&mut self) {
        match self.look {
            Look::Waiting { until } if until <= self.now => self.open_beside(),
            Look::Opening { deadline, .. } if deadline <= self.now => self.look_failed(),
            Look::None | Look::Waiting { .. } | Look::Opening { .. } => {}
        }
        let is_due = |retiring: &Retiring| retiring.until <= self.now;
        if self.retiring.as_ref().is_some_and(is_due) || self.channels.all_subscribed() {
            self.let_go();
        }
    }

    /// After a handshake: says what carries from now on, and plans to look at better ones.
    pub(super) fn carrier_connected(&mut self) {
        let carrier = self.carrier();
        if self.told_carrier != carrier {
            let previous = std::mem::replace(&mut self.told_carrier, carrier);
            self.tell(Notice::CarrierChanged {
                previous,
                current: carrier,
            });
        }
        self.plan_look();
    }

    /// The present carrier brought no handshake, or not for long.
    pub(super) fn carrier_failed(&mut self, failure: Failure) {
        // Without a network no carrier passes, so it says nothing about this one.
        if self.network == Network::There {
            self.ladder.failed(failure);
        }
    }

    /// Looks at once, if there is something to look at: the network may be another one.
    pub(super) fn look_now(&mut self) {
        if let Look::Waiting { .. } = self.look {
            self.open_beside();
        }
    }

    /// Ends everything but the present connection.
    pub(super) fn forget_other_connections(&mut self) {
        if let Look::Opening { attempt, .. } = self.look {
            self.outputs.push_back(Output::Close { attempt });
        }
        self.look = Look::None;
        self.let_go();
    }

    /// A frame of a connection that is not the present one.
    pub(super) fn on_received_beside(&mut self, attempt: Attempt, text: &str) {
        if self.is_looking_by(attempt) {
            self.on_candidate_said(attempt, ServerFrame::parse(text));
        } else if self.is_retiring(attempt) {
            if let Ok(frame) = ServerFrame::parse(text) {
                self.on_retiring_said(frame);
            }
        }
    }

    /// A connection that is not the present one closed. Its code does not matter: what is true of both will be said on the present one.
    pub(super) fn on_closed_beside(&mut self, attempt: Attempt) {
        if self.is_looking_by(attempt) {
            self.look = Look::None;
            self.ladder.look_failed();
            self.plan_look();
        } else if self.is_retiring(attempt) {
            self.retiring = None;
        }
    }

    /// A better carrier can never be used here.
    pub(super) fn on_unsupported_beside(&mut self, attempt: Attempt) {
        if self.is_looking_by(attempt) {
            if let Some(carrier) = self.ladder.better() {
                self.ladder.remove(carrier);
            }
            self.look = Look::None;
            self.plan_look();
        }
    }

    fn plan_look(&mut self) {
        self.look = match self.ladder.better() {
            Some(_) => Look::Waiting {
                until: self.now.saturating_add(self.ladder.wait_for_look(&mut self.random)),
            },
            None => Look::None,
        };
    }

    fn open_beside(&mut self) {
        let Some(carrier) = self.ladder.better() else {
            self.look = Look::None;
            return;
        };
        let attempt = self.next_attempt();
        self.look = Look::Opening {
            attempt,
            deadline: self.now.saturating_add(self.config.connect_timeout),
        };
        self.outputs.push_back(Output::Open {
            carrier,
            url: self.url_for(carrier),
            attempt,
        });
    }

    fn look_failed(&mut self) {
        if let Look::Opening { attempt, .. } = self.look {
            self.outputs.push_back(Output::Close { attempt });
        }
        self.ladder.look_failed();
        self.plan_look();
    }

    fn on_candidate_said(&mut self, attempt: Attempt, said: Result<ServerFrame, FrameError>) {
        match said {
            Ok(ServerFrame::ConnectionEstablished {
                socket_id,
                activity_timeout,
            }) => self.take_over(attempt, socket_id, activity_timeout),
            // Nothing else comes before a handshake, unless it is a refusal.
            Ok(_) | Err(_) => self.look_failed(),
        }
    }

    fn take_over(&mut self, attempt: Attempt, socket_id: SocketId, activity_timeout: Duration) {
        self.let_go();
        self.retiring = Some(Retiring {
            attempt: self.attempt,
            until: self.now.saturating_add(OVERLAP),
        });
        self.look = Look::None;
        self.ladder.climb();
        self.attempt = attempt;
        self.phase = Phase::Opening { deadline: self.now };
        self.forget_progress();
        self.on_handshake(socket_id, activity_timeout);
    }

    /// Events that the new connection cannot bring yet.
    fn on_retiring_said(&mut self, frame: ServerFrame) {
        let channel = match &frame {
            ServerFrame::Event { channel, .. } => channel.as_ref(),
            ServerFrame::ClientEvent { channel, .. } => Some(channel),
            ServerFrame::ConnectionEstablished { .. }
            | ServerFrame::SubscriptionSucceeded { .. }
            | ServerFrame::SubscriptionError { .. }
            | ServerFrame::SubscriptionCount { .. }
            | ServerFrame::MemberAdded { .. }
            | ServerFrame::MemberRemoved { .. }
            | ServerFrame::SigninSuccess { .. }
            | ServerFrame::WatchlistEvents { .. }
            | ServerFrame::CacheMiss { .. }
            | ServerFrame::Error { .. }
            | ServerFrame::Ping
            | ServerFrame::Pong => None,
        };
        if channel.is_some_and(|channel| self.is_not_heard_yet(channel)) {
            self.on_frame(frame);
        }
    }

    fn is_not_heard_yet(&self, channel: &ChannelName) -> bool {
        match self.subscription(channel) {
            Some(Subscription::Unsent | Subscription::Authorizing | Subscription::Pending) => true,
            Some(Subscription::Subscribed) | None => false,
        }
    }

    fn let_go(&mut self) {
        if let Some(Retiring { attempt, .. }) = self.retiring.take() {
            self.outputs.push_back(Output::Close { attempt });
        }
    }

    fn is_looking_by(&self, attempt: Attempt) -> bool {
        matches!(self.look, Look::Opening { attempt: opening, .. } if opening == attempt)
    }

    fn is_retiring(&self, attempt: Attempt) -> bool {
        self.retiring
            .as_ref()
            .is_some_and(|retiring| retiring.attempt == attempt)
    }
}

/// Whether the device has a network, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    There,
    Gone,
}
