//! Runs a client on a task: performs its outputs, keeps its time, brings it what happened.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, Hasher, RandomState},
    sync::Arc,
};

use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep_until},
};

use super::{
    Options, Status,
    authorize::Asker,
    dial::Dialer,
    link::{Link, Opener},
    people::Wish,
    resume::Fetch,
};
use crate::{
    client::{Attempt, BatchRequest, Client, Input, Notice, Output},
    protocol::ChannelName,
};

/// So many wishes are taken before what they cause is done, if so many wait.
const WISHES_AT_ONCE: usize = 1000;

pub(super) struct Engine {
    client: Client,
    started: Instant,
    asker: Asker,
    pub(super) answers: JoinSet<Input>,
    pub(super) fetchers: BTreeMap<ChannelName, Arc<Fetch>>,
    opener: Opener,
    /// What happens on connections.
    happened: mpsc::UnboundedReceiver<Input>,
    /// One, or more while a better carrier takes over.
    links: Vec<(Attempt, Link)>,
    status: watch::Sender<Status>,
    notices: mpsc::UnboundedSender<Notice>,
}

impl Engine {
    pub fn new(options: Options, notices: mpsc::UnboundedSender<Notice>) -> (Self, watch::Receiver<Status>) {
        #[cfg(feature = "rustls")]
        let dialer = Dialer::new(options.trust);
        #[cfg(not(feature = "rustls"))]
        let dialer = Dialer::new();
        let (opener, happened) = Opener::new(dialer);
        let client = Client::new(options.config, RandomState::new().build_hasher().finish());
        let (status, status_received) = watch::channel(Status {
            state: client.state(),
            socket_id: None,
        });
        let engine = Self {
            client,
            started: now(),
            asker: Asker::new(options.authorizer, options.authenticator),
            answers: JoinSet::new(),
            fetchers: BTreeMap::new(),
            opener,
            happened,
            links: Vec::new(),
            status,
            notices,
        };
        (engine, status_received)
    }

    /// Until nobody can wish any more. What is open then is closed by being dropped.
    pub async fn run(mut self, mut wishes: mpsc::UnboundedReceiver<Wish>) {
        while let Some(wish) = self.next_wish(&mut wishes).await {
            self.take(wish);
            // What was wished in one breath is authorised in one request.
            for _ in 1..WISHES_AT_ONCE {
                let Ok(wish) = wishes.try_recv() else {
                    break;
                };
                self.take(wish);
            }
            self.publish_status();
            while let Some(output) = self.client.poll_output() {
                self.perform(output);
            }
        }
    }

    fn take(&mut self, wish: Wish) {
        let now = now() - self.started;
        match wish {
            Wish::Happened(input) => {
                if let Input::ChannelDropped(channel) = &input {
                    self.fetchers.remove(channel);
                }
                if let Input::Closed { attempt, .. } | Input::SocketUnsupported { attempt, .. } = &input {
                    // It is over by itself, so the client does not say that it is to be closed.
                    self.close(*attempt);
                }
                self.client.handle(input, now);
            }
            Wish::FetchMissedBy(channel, fetch) => {
                self.fetchers.insert(channel, fetch);
            }
            Wish::Asked(question) => question(&mut self.client, now),
        }
    }

    fn close(&mut self, attempt: Attempt) {
        self.links.retain(|(of, _)| *of != attempt);
    }

    /// None when all handles are gone.
    async fn next_wish(&mut self, wishes: &mut mpsc::UnboundedReceiver<Wish>) -> Option<Wish> {
        // A time that cannot be named never comes.
        let due = self.client.poll_timeout().and_then(|due| self.started.checked_add(due));
        tokio::select! {
            wish = wishes.recv() => wish,
            Some(input) = self.happened.recv() => Some(Wish::Happened(input)),
            answer = self.asker.next() => Some(Wish::Happened(answer)),
            // A function that panicked leaves its channel to the client's own timeout.
            Some(Ok(answer)) = self.answers.join_next() => Some(Wish::Happened(answer)),
            () = sleep_until(due.unwrap_or(self.started)), if due.is_some() => Some(Wish::Happened(Input::TimePassed)),
        }
    }

    /// Before the notices, so that who hears of the connection finds its socket id.
    fn publish_status(&self) {
        let status = Status {
            state: self.client.state(),
            socket_id: self.client.socket_id().cloned(),
        };
        self.status.send_if_modified(|old| {
            let changed = *old != status;
            *old = status;
            changed
        });
    }

    fn perform(&mut self, output: Output) {
        match output {
            Output::Open { carrier, url, attempt } => {
                self.links.push((attempt, self.opener.open(carrier, url, attempt)))
            }
            Output::Close { attempt } => self.close(attempt),
            Output::Send { attempt, text } => {
                if let Some((_, link)) = self.links.iter().find(|(of, _)| *of == attempt) {
                    link.send(text);
                }
            }
            Output::Authorize {
                channels,
                socket_id,
                attempt,
            } => {
                self.asker.authorize(BatchRequest { channels, socket_id }, attempt);
            }
            Output::AuthenticateUser { socket_id, attempt } => self.asker.authenticate(socket_id, attempt),
            Output::FetchMissed {
                channel,
                after,
                attempt,
            } => self.fetch_missed(channel, after, attempt),
            Output::Tell(notice) => {
                // Nobody has to listen.
                let _ = self.notices.send(notice);
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the driver reads the clock for the core")]
pub(super) fn now() -> Instant {
    Instant::now()
}
