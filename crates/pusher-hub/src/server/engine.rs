//! The hub's task: feeds the hub, does what it says, keeps its time. Knows outboxes, not sockets.

use std::{
    collections::HashMap,
    future,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Utf8Bytes};
use pusher_channels::protocol::{ChannelName, CloseAction, CloseCode, SocketId};
use tokio::{
    select,
    sync::{broadcast, mpsc, oneshot},
    time::{Instant, sleep_until},
};

use super::{
    broker::{self, Broker, Heard, WordLost},
    calls::Asked,
    connection::CLOSE_WAIT,
    lock,
    meters::Meters,
    news::{News, OccupiedChannels},
    outbox::Outbox,
};
use crate::{AppId, ConnId, Figures, Hub, HubConfig, Input, Output, Trigger, http_api};

/// What the embedding program wants.
pub(super) enum Order {
    Trigger(AppId, Trigger),
    /// A socket is to hear a channel no longer.
    Withdraw(AppId, ChannelName, SocketId),
    /// The same, and what was signed before is void.
    Void(AppId, ChannelName, SocketId),
    /// What is signed for a socket counts again.
    Renew(AppId, ChannelName, SocketId),
    /// A user's connections are to be closed.
    Terminate(AppId, String),
    /// To know something of the hub. Whoever asks keeps the way to the answer in the question.
    Ask(Question),
    /// A call of the HTTP API.
    Call(Asked),
    /// To hear all news, of all apps, without missing any.
    #[cfg(feature = "webhooks")]
    Attach(mpsc::Sender<News>),
    /// To be told what is counted.
    Count(oneshot::Sender<Figures>),
    /// To be told when the last connection is gone.
    Drain(oneshot::Sender<()>),
}

/// Looks at the hub at this time.
pub(super) type Question = Box<dyn FnOnce(&Hub, Duration) + Send>;

/// What a connection's task saw.
pub(super) enum Report {
    Opened(Newcomer),
    Text(ConnId, Utf8Bytes),
    Binary(ConnId),
    Oversize(ConnId),
    Ping(ConnId),
    Closed(ConnId),
}

/// A connection before the hub knows it.
pub(super) struct Newcomer {
    pub conn: ConnId,
    pub key: String,
    pub protocol: Option<String>,
    pub nonce: u64,
    pub outbox: Arc<Outbox>,
}

pub(super) struct Engine {
    hub: Hub,
    started: Instant,
    drain_within: Duration,
    /// Of every connection whose task runs, also of those that the hub has closed.
    outboxes: HashMap<ConnId, Arc<Outbox>>,
    news: broadcast::Sender<News>,
    /// Who keeps up with all news, or else loses some that is counted.
    listeners: Vec<mpsc::Sender<News>>,
    occupied: Arc<Mutex<OccupiedChannels>>,
    meters: Arc<Meters>,
    broker: Option<Broker>,
    drain: Option<Drain>,
}

/// What the hub's task shares with everybody else.
pub(super) struct Public {
    pub news: broadcast::Sender<News>,
    pub occupied: Arc<Mutex<OccupiedChannels>>,
    pub meters: Arc<Meters>,
}

/// The hub is coming to its end.
struct Drain {
    /// Who waits for it.
    waiting: Vec<oneshot::Sender<()>>,
    /// By then every connection has had its time. Whoever is left came after, and clients may come for ever.
    until: Duration,
}

enum Happened {
    Ordered(Order),
    Reported(Report),
    Heard(Heard),
    TimePassed,
    /// Nobody is left who could want or see anything.
    Abandoned,
}

impl Engine {
    pub fn new(config: HubConfig, public: Public, broker: Option<Broker>) -> Self {
        let Public { news, occupied, meters } = public;
        Self {
            started: clock(),
            drain_within: config.drain_within,
            hub: Hub::new(config),
            outboxes: HashMap::new(),
            news,
            listeners: Vec::new(),
            occupied,
            meters,
            broker,
            drain: None,
        }
    }

    pub async fn run(mut self, mut orders: mpsc::Receiver<Order>, mut reports: mpsc::Receiver<Report>) {
        loop {
            let happened = select! {
                Some(order) = orders.recv() => Happened::Ordered(order),
                report = reports.recv() => report.map_or(Happened::Abandoned, Happened::Reported),
                heard = broker::next(&mut self.broker) => Happened::Heard(heard),
                () = alarm(self.started, self.hub.poll_timeout()) => Happened::TimePassed,
            };
            match happened {
                Happened::Ordered(order) => self.obey(order),
                Happened::Reported(report) => self.take(report),
                Happened::Heard(heard) => self.hear(heard),
                Happened::TimePassed => self.feed(Input::TimePassed),
                Happened::Abandoned => return,
            }
            if self.is_drained() {
                return self.finish(reports).await;
            }
        }
    }

    fn is_drained(&self) -> bool {
        self.drain
            .as_ref()
            .is_some_and(|drain| self.outboxes.is_empty() || drain.until < self.now())
    }

    async fn finish(self, mut reports: mpsc::Receiver<Report>) {
        reports.close();
        while let Ok(report) = reports.try_recv() {
            if let Report::Opened(Newcomer { outbox, .. }) = report {
                outbox.close(close_frame(
                    CloseCode::OVER_CAPACITY,
                    "the server is stopping".to_owned(),
                ));
            }
        }
        if let Some(broker) = self.broker {
            broker.finish().await;
        }
        for waiting in self.drain.into_iter().flat_map(|drain| drain.waiting) {
            // Whoever stopped waiting need not be told.
            let _ = waiting.send(());
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Trigger(app, trigger) => self.feed(Input::Triggered { app: &app, trigger }),
            Order::Withdraw(app, channel, socket_id) => self.feed(Input::AuthorizationWithdrawn {
                app: &app,
                channel: &channel,
                socket_id: &socket_id,
            }),
            Order::Void(app, channel, socket_id) => self.feed(Input::AuthorizationVoided {
                app: &app,
                channel: &channel,
                socket_id: &socket_id,
            }),
            Order::Renew(app, channel, socket_id) => self.feed(Input::AuthorizationRenewed {
                app: &app,
                channel: &channel,
                socket_id: &socket_id,
            }),
            Order::Terminate(app, user_id) => self.feed(Input::UserTerminated {
                app: &app,
                user_id: &user_id,
            }),
            Order::Ask(question) => question(&self.hub, self.now()),
            Order::Call(asked) => self.carry_out(asked),
            #[cfg(feature = "webhooks")]
            Order::Attach(listener) => self.listeners.push(listener),
            Order::Count(figures) => {
                // Whoever stopped waiting need not be told.
                let _ = figures.send(self.meters.figures(&self.hub));
            }
            Order::Drain(finished) => {
                let until = self.now() + self.drain_within + 2 * CLOSE_WAIT;
                let drain = self.drain.get_or_insert(Drain {
                    waiting: Vec::new(),
                    until,
                });
                drain.waiting.push(finished);
                self.feed(Input::DrainStarted);
            }
        }
    }

    /// What the call does is done before its reply is sent.
    fn carry_out(&mut self, Asked { app, call, reply }: Asked) {
        let now = self.now();
        let json = http_api::carry_out(&mut self.hub, &app, call, now);
        self.perform_all(now);
        self.meters.call_answered();
        // Whoever asked may be gone.
        let _ = reply.send(json);
    }

    fn take(&mut self, report: Report) {
        match report {
            Report::Opened(newcomer) => self.welcome(newcomer),
            Report::Text(conn, text) => {
                self.meters.frame_received();
                self.feed(Input::FrameReceived { conn, text: &text });
            }
            Report::Binary(conn) => self.feed(Input::BinaryReceived { conn }),
            Report::Oversize(conn) => self.feed(Input::OversizeReceived { conn }),
            Report::Ping(conn) => self.feed(Input::PingReceived { conn }),
            Report::Closed(conn) => {
                self.outboxes.remove(&conn);
                self.feed(Input::Closed { conn });
            }
        }
    }

    fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Joined => self.feed(Input::BrokerJoined),
            Heard::Lost => self.feed(Input::BrokerLost),
            Heard::Said(word) => self.feed(Input::PeerSaid { text: &word }),
        }
    }

    fn welcome(&mut self, newcomer: Newcomer) {
        let Newcomer {
            conn,
            key,
            protocol,
            nonce,
            outbox,
        } = newcomer;
        self.outboxes.insert(conn, outbox);
        self.feed(Input::Opened {
            conn,
            key: &key,
            protocol: protocol.as_deref(),
            nonce,
        });
    }

    fn feed(&mut self, input: Input<'_>) {
        let now = self.now();
        self.hub.handle(input, now);
        self.perform_all(now);
    }

    fn perform_all(&mut self, now: Duration) {
        while let Some(output) = self.hub.poll_output() {
            for conn in self.perform(output) {
                self.hub.handle(Input::Closed { conn }, now);
            }
        }
    }

    /// Answers the connections that proved too slow.
    fn perform(&self, output: Output) -> Vec<ConnId> {
        match output {
            Output::Send { to, frame } => return self.send(&to, frame.into()),
            Output::Close { conn, code, reason } => {
                if code.action() == CloseAction::Refused {
                    self.meters.connection_refused();
                }
                if let Some(outbox) = self.outboxes.get(&conn) {
                    outbox.close(close_frame(code, reason));
                }
            }
            Output::TellPeers(word) => {
                if let Some(Err(WordLost)) = self.broker.as_ref().map(|broker| broker.say(word)) {
                    self.meters.word_lost();
                }
            }
            Output::OccupiedElsewhere { app, channel } => lock(&self.occupied).occupied(&app, &channel),
            Output::VacatedElsewhere { app, channel } => lock(&self.occupied).vacated(&app, &channel),
            Output::ChannelOccupied { .. }
            | Output::Subscribed { .. }
            | Output::ChannelVacated { .. }
            | Output::MemberAdded { .. }
            | Output::MemberRemoved { .. }
            | Output::ClientEvent { .. }
            | Output::CacheMiss { .. }
            | Output::SubscriptionCount { .. } => self.report(output),
        }
        Vec::new()
    }

    fn send(&self, to: &[ConnId], frame: Utf8Bytes) -> Vec<ConnId> {
        let mut too_slow = Vec::new();
        self.meters.frames_sent(to.len());
        for conn in to {
            let Some(outbox) = self.outboxes.get(conn) else {
                continue;
            };
            if outbox.push(frame.clone()).is_err() {
                let reason = "too slow: too many bytes wait for this connection".to_owned();
                outbox.abandon(close_frame(CloseCode::OVER_CAPACITY, reason));
                self.meters.connection_too_slow();
                too_slow.push(*conn);
            }
        }
        too_slow
    }

    fn now(&self) -> Duration {
        clock().duration_since(self.started)
    }

    fn report(&self, output: Output) {
        let Some(news) = News::of(output) else {
            return;
        };
        lock(&self.occupied).follow(&news);
        for listener in &self.listeners {
            if listener.try_send(news.clone()).is_err() {
                self.meters.news_lost();
            }
        }
        // An error says that nobody reads the news.
        let _ = self.news.send(news);
    }
}

fn close_frame(code: CloseCode, reason: String) -> CloseFrame {
    CloseFrame {
        code: code.0,
        reason: reason.into(),
    }
}

async fn alarm(started: Instant, at: Option<Duration>) {
    match at {
        Some(at) => sleep_until(started + at).await,
        None => future::pending().await,
    }
}

#[expect(clippy::disallowed_methods, reason = "the driver is where the hub's time comes from")]
pub(super) fn clock() -> Instant {
    Instant::now()
}
