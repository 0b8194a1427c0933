//! Webhooks: every change of a project is posted to the addresses that its owners gave, each in order and at least once. What is
//! told to whom and when is decided by `rounds`; here are the store, the clock and the network around it. It hears of changes
//! after they were recorded, and nobody who records one waits for it.

mod course;
mod parcel;
mod rounds;

use crate::ambient;
use crate::realtime::{Changed, Changes};
use crate::store::{Progress, Receiver, Store};
use backlog::id::Bits128;
use backlog::{Millis, ProjectId, Recorded};
use parcel::Parcel;
use pusher_hub::{Courier, Letter, Reach, WebhookError};
use rounds::{Input, Output, Rounds};
use std::collections::HashMap;
use std::future;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

/// The most webhooks of one project.
pub const MOST: u32 = 10;
/// How many orders may wait before whoever gives them does.
const WAITING: usize = 64;
/// What receivers are told of who posts.
const AGENT: &str = concat!("truestory/", env!("CARGO_PKG_VERSION"));

/// The deliveries of this server. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub struct Deliveries {
    courier: Courier,
    orders: mpsc::Sender<Order>,
}

enum Order {
    Begin(Box<Receiver>),
    End(Bits128),
    Stop,
}

struct Driver {
    store: Store,
    courier: Courier,
    rounds: Rounds,
    receivers: HashMap<Bits128, Arc<Receiver>>,
    orders: mpsc::Receiver<Order>,
    changes: Changes,
    /// What is looked for and what is posted.
    work: JoinSet<Input>,
    /// What is written down.
    keeping: JoinSet<Input>,
}

impl Deliveries {
    /// Delivers what the store has and what is recorded from now on. The task ends once [`Deliveries::stop`] was called, or every
    /// clone is gone.
    ///
    /// # Errors
    /// When there is no HTTP client to be had.
    pub fn start(store: Store, changes: Changes, reach: Reach) -> Result<(Deliveries, JoinHandle<()>), WebhookError> {
        let courier = Courier::new(AGENT, reach)?;
        let (orders, waiting) = mpsc::channel(WAITING);
        let driver = Driver {
            store,
            courier: courier.clone(),
            rounds: Rounds::default(),
            receivers: HashMap::new(),
            orders: waiting,
            changes,
            work: JoinSet::new(),
            keeping: JoinSet::new(),
        };
        Ok((Deliveries { courier, orders }, tokio::spawn(driver.run())))
    }

    /// Whether this address can be posted to, as far as it can be told without a look at the network.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check(&self, url: &str) -> Result<(), WebhookError> {
        self.courier.check(url)
    }

    /// A webhook was made.
    pub async fn begin(&self, receiver: Receiver) {
        self.order(Order::Begin(Box::new(receiver))).await;
    }

    /// A webhook was removed.
    pub async fn end(&self, webhook: Bits128) {
        self.order(Order::End(webhook)).await;
    }

    /// Writes down how far everyone got, and ends. What is under way is delivered again after the next start.
    pub async fn stop(&self) {
        self.order(Order::Stop).await;
    }

    async fn order(&self, order: Order) {
        // Where the task has ended, the next start reads the store.
        let _ = self.orders.send(order).await;
    }
}

impl Driver {
    async fn run(mut self) {
        match self.store.receivers().await {
            Ok(receivers) => receivers.into_iter().for_each(|receiver| self.begin(receiver)),
            Err(error) => {
                tracing::error!(%error, "webhooks cannot be read; nothing is delivered until the next start");
                return;
            }
        }
        while let Some(input) = self.next().await {
            self.feed(input);
        }
        self.work.abort_all();
        self.feed(Input::EndingBegan);
        while !self.rounds.is_settled() {
            match self.keeping.join_next().await {
                Some(Ok(kept)) => self.feed(kept),
                // Nothing is being written any more.
                Some(Err(_)) | None => return,
            }
        }
    }

    /// What happened next; none where it is time to end.
    async fn next(&mut self) -> Option<Input> {
        loop {
            let alarm = alarm(self.rounds.poll_timeout());
            tokio::select! {
                order = self.orders.recv() => match order {
                    Some(Order::Begin(receiver)) => self.begin(*receiver),
                    Some(Order::End(webhook)) => {
                        self.receivers.remove(&webhook);
                        return Some(Input::Removed(webhook));
                    }
                    Some(Order::Stop) | None => return None,
                },
                changed = self.changes.next() => return changed.map(|changed| match changed {
                    Changed::In(project) => Input::Recorded(project),
                    Changed::Somewhere => Input::Missed,
                }),
                // What panicked or was aborted: the first cannot be, after the second nobody asks.
                Some(done) = self.work.join_next() => return done.ok(),
                Some(kept) = self.keeping.join_next() => return kept.ok(),
                () = alarm => return Some(Input::TimePassed),
            }
        }
    }

    fn begin(&mut self, receiver: Receiver) {
        let made = Input::Made(receiver.project, receiver.progress.clone());
        self.receivers.insert(receiver.progress.webhook, Arc::new(receiver));
        self.feed(made);
    }

    fn feed(&mut self, input: Input) {
        self.rounds.handle(input, ambient::now());
        while let Some(output) = self.rounds.poll_output() {
            self.perform(output);
        }
    }

    fn perform(&mut self, output: Output) {
        match output {
            Output::Find {
                webhook,
                project,
                after,
            } => {
                let store = self.store.clone();
                self.work.spawn(find(store, webhook, (project, after)));
            }
            Output::Post { webhook, change } => {
                let (courier, receiver) = (self.courier.clone(), self.receivers.get(&webhook).cloned());
                self.work.spawn(async move {
                    match receiver {
                        Some(receiver) => post(&courier, &receiver, &change).await,
                        // It was removed just now.
                        None => Input::Refused(webhook, "the webhook is gone".to_owned()),
                    }
                });
            }
            Output::Keep(progress) => {
                let store = self.store.clone();
                self.keeping.spawn(keep(store, progress));
            }
        }
    }
}

async fn find(store: Store, webhook: Bits128, (project, after): (ProjectId, u64)) -> Input {
    match store.changes(project, after, after + 1).await {
        Ok(mut changes) => Input::Found(webhook, changes.pop().map(Box::new)),
        Err(error) => {
            tracing::warn!(%error, %webhook, "a change for a webhook cannot be read");
            Input::Unread(webhook)
        }
    }
}

async fn post(courier: &Courier, receiver: &Receiver, change: &Recorded) -> Input {
    let webhook = receiver.progress.webhook;
    let Parcel {
        event,
        delivery,
        signature,
        body,
    } = Parcel::new(receiver, change);
    let headers = [
        (parcel::EVENT, event),
        (parcel::DELIVERY, &*delivery),
        (parcel::SIGNATURE, &*signature),
    ];
    let letter = Letter {
        url: &receiver.url,
        headers: &headers,
        body,
    };
    match courier.post(letter).await {
        Ok(()) => Input::Taken(webhook),
        Err(reason) => {
            tracing::debug!(%webhook, rev = change.rev, reason, "a webhook did not take a change");
            Input::Refused(webhook, reason)
        }
    }
}

async fn keep(store: Store, progress: Vec<Progress>) -> Input {
    for one in progress.iter().filter(|one| one.given_up) {
        tracing::warn!(webhook = %one.webhook, last = one.last, "a webhook was given up");
    }
    match store.keep_progress(&progress).await {
        Ok(()) => Input::Kept,
        Err(error) => {
            tracing::error!(%error, "how far webhooks got is not written down; what they had they may get again");
            Input::Unkept
        }
    }
}

async fn alarm(at: Option<Millis>) {
    match at {
        Some(at) => {
            let wait = at.0.saturating_sub(ambient::now().0);
            tokio::time::sleep(Duration::from_millis(wait.max(0).unsigned_abs())).await;
        }
        None => future::pending().await,
    }
}

#[cfg(test)]
mod tests;
