//! What a client does from its start to its end: hands the replica what happened and does what it says.

mod deeds;
mod wire;

use super::patience::{Patience, TICK};
use super::{Home, Order, Standing};
use crate::clock;
use crate::defect::Defect;
use crate::http::{ApiError, Http};
use crate::person::Person;
use crate::witness::{Base, Count};
use backlog::api::{Session, SyncAnswer};
use backlog::{Mid, Project};
use pusher_channels::Notice;
use pusher_channels::native::{Channels, Notices};
use replica::{Input, Output, Replica, Write};
use std::collections::VecDeque;
use std::io;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at, sleep_until};

/// How long a wait is at most, where none is under way.
const FAR: Duration = Duration::from_secs(3_600);

/// A client at work.
pub(super) struct Talk {
    home: Home,
    http: Http,
    person: Person,
    replica: Replica,
    session: Option<Session>,
    channel: Option<(Channels, Notices)>,
    requests: JoinSet<Answered>,
    patience: Patience,
    retry_at: Option<Instant>,
    /// Own commands that were lost in a restore and given again.
    given_again: Vec<Mid>,
    /// Own commands that the person still has in mind.
    last: Vec<Mid>,
}

/// A request that came back.
enum Answered {
    Session(Result<Session, ApiError>),
    Sync(Result<Box<SyncAnswer>, ApiError>),
}

impl Talk {
    pub(super) fn new(home: Home, person: Person) -> Talk {
        Talk {
            http: home.http(),
            person,
            replica: replica(home.defect),
            session: None,
            channel: None,
            requests: JoinSet::new(),
            patience: Patience::default(),
            retry_at: None,
            given_again: Vec::new(),
            last: Vec::new(),
            home,
        }
    }

    /// Until its handle is dropped.
    ///
    /// # Errors
    /// When the device fails.
    pub(super) async fn run(mut self, mut orders: mpsc::UnboundedReceiver<Order>) -> io::Result<()> {
        let mut news = self.home.device.news();
        let loaded = self.home.device.load().await?;
        for kept in &loaded.kept {
            self.home.witness.found(kept);
        }
        self.tell(Input::Loaded(loaded)).await?;
        self.ask_session();
        let mut ticks = interval_at(clock::instant() + TICK, TICK);
        loop {
            let retry = self.retry_at.unwrap_or_else(|| clock::instant() + FAR);
            tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => self.obey(order).await?,
                    None => return Ok(()),
                },
                Some(Ok(answered)) = self.requests.join_next() => self.answered(answered).await?,
                Some(notice) = next(&mut self.channel) => self.noticed(notice).await?,
                () = sleep_until(retry) => {
                    self.retry_at = None;
                    self.patience.waiting = false;
                    self.wake().await?;
                }
                _ = ticks.tick() => {
                    if self.patience.ticked() {
                        self.wake().await?;
                    }
                }
                tab = news.recv() => match tab {
                    Ok(tab) if tab == self.home.tab() => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => self.read_again().await?,
                    Err(RecvError::Closed) => return Ok(()),
                },
            }
        }
    }

    async fn obey(&mut self, order: Order) -> io::Result<()> {
        match order {
            Order::Act => self.act().await,
            Order::SeeTo => match self.next_to_see_to() {
                Some(kept) => self.see_to(kept).await,
                None => Ok(()),
            },
            Order::Save => self.tell(Input::SaveDue).await,
            Order::Tell(tell) => {
                // Whoever asked may have given up.
                let _ = tell.send(self.standing());
                Ok(())
            }
        }
    }

    fn standing(&self) -> Standing {
        Standing {
            version: self.replica.version(),
            epoch: self.replica.epoch(),
            base: self.replica.base().map(Project::digest),
            view: self.replica.view().map(Project::digest),
            pending: self.replica.pending().map(|kept| kept.mid).collect(),
            overlay: self.replica.overlay().count(),
            lost: self.lost().count(),
        }
    }

    /// Shows the witness what the base is.
    fn show_base(&self) {
        let replica = &self.replica;
        if let (Some(epoch), Some(version), Some(base)) = (replica.epoch(), replica.version(), replica.base()) {
            self.home.witness.seen().bases.insert(Base {
                client: self.home.client,
                epoch,
                version,
                digest: base.digest(),
            });
        }
    }

    async fn read_again(&mut self) -> io::Result<()> {
        let loaded = self.home.device.load_own().await?;
        self.tell(Input::Loaded(loaded)).await
    }

    /// Hands the replica what happened, and what comes of that, until nothing does.
    async fn tell(&mut self, input: Input) -> io::Result<()> {
        let before = self.replica.version();
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            for output in self.replica.handle(input) {
                inputs.extend(self.perform(output).await?);
            }
        }
        if self.replica.version() != before {
            self.show_base();
        }
        Ok(())
    }

    async fn perform(&mut self, output: Output) -> io::Result<Option<Input>> {
        let (witness, device, tab) = (&self.home.witness, &self.home.device, self.home.tab());
        match output {
            Output::Keep(kept) => {
                let mid = kept.mid;
                if self.home.defect != Some(Defect::Forgets) {
                    device.keep(*kept, tab).await?;
                }
                witness.kept(mid);
                return Ok(Some(Input::Kept(mid)));
            }
            Output::Write(writes) => {
                for write in &writes {
                    if let Write::Put(kept) = write {
                        witness.found(kept);
                    }
                }
                device.write(writes, tab).await?;
            }
            Output::Save(saved) => {
                let version = saved.version;
                device.save(*saved, tab).await?;
                return Ok(Some(Input::Saved(version)));
            }
            Output::Sync(request) => self.send(request),
            Output::Rejected { .. } => witness.count(Count::RefusedHere),
            Output::Overwritten(_) => witness.count(Count::Overwritten),
            Output::ViewChanged
            | Output::WordsChanged
            | Output::RoleChanged
            | Output::Applied(_)
            | Output::NeedsAttention(_) => {}
        }
        Ok(None)
    }
}

/// A replica that keeps all rules, or all but one.
fn replica(defect: Option<Defect>) -> Replica {
    match defect {
        #[cfg(feature = "defects")]
        Some(Defect::Without(rule)) => {
            let mut replica = Replica::new();
            replica.break_rule(rule);
            replica
        }
        Some(Defect::Forgets) | None => Replica::new(),
    }
}

async fn next(channel: &mut Option<(Channels, Notices)>) -> Option<Notice> {
    match channel {
        Some((_, notices)) => notices.recv().await,
        None => std::future::pending().await,
    }
}
