//! What a client does from its start to its end: hands the replica what happened and does what it says.

use super::patience::{Patience, TICK};
use super::{Home, Order, Role, Standing};
use crate::clock;
use crate::defect::Defect;
use crate::http::{ApiError, Http};
use crate::person::Person;
use crate::witness::{Base, Count};
use backlog::api::{self, Heard, Session, SyncAnswer, SyncRequest};
use backlog::{Command, Mid, Project};
use pusher_channels::native::{Channels, Notices, Options};
use pusher_channels::{ChannelName, Config, Event, Notice, State};
use replica::{Given, Input, Kept, Output, Replica, Stage, Undo, Write};
use std::collections::VecDeque;
use std::io;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at, sleep_until};

/// How long a wait is at most, where none is under way.
const FAR: Duration = Duration::from_secs(3_600);

/// So many of the own last commands a person may still take back.
const MIND: usize = 5;

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

    /// The person does one thing: sees to what needs attention, takes something back, or does something else.
    async fn act(&mut self) -> io::Result<()> {
        if let Some(kept) = self.next_to_see_to() {
            return self.see_to(kept).await;
        }
        let back = self.person.dice().percent(8).then(|| self.regretted()).flatten();
        if let Some(undo) = back {
            for command in undo.commands {
                let links = Links {
                    undoes: Some(undo.mid),
                    replaces: None,
                };
                self.give(command, links).await?;
            }
            self.home.witness.count(Count::TakenBack);
            return Ok(());
        }
        match self.replica.view().and_then(|project| self.person.wish(project)) {
            Some(command) => self.give(command, Links::default()).await,
            None => Ok(()),
        }
    }

    fn next_to_see_to(&self) -> Option<Kept> {
        let again = |kept: &&Kept| !self.given_again.contains(&kept.mid);
        match self.home.role {
            Role::Front => self.replica.attention().find(again).cloned(),
            Role::Behind => None,
        }
    }

    /// What a restore took away and the person was offered and has not given again.
    fn lost(&self) -> impl Iterator<Item = &Kept> {
        let is_lost = |kept: &&Kept| kept.stage == Stage::Lost && !self.given_again.contains(&kept.mid);
        let front = self.home.role == Role::Front;
        self.replica.attention().filter(is_lost).filter(move |_| front)
    }

    /// What a restore took away is given again; what was refused is thrown away, sooner or later.
    async fn see_to(&mut self, kept: Kept) -> io::Result<()> {
        if kept.stage != Stage::Lost {
            return self.tell(Input::Dismissed(kept.mid)).await;
        }
        self.given_again.push(kept.mid);
        self.home.witness.count(Count::GivenAgain);
        let links = Links {
            undoes: None,
            replaces: Some(kept.mid),
        };
        self.give(kept.command, links).await
    }

    /// One of the last own commands, where it can be taken back.
    fn regretted(&mut self) -> Option<Undo> {
        let mid = *self.person.dice().pick(&self.last)?;
        self.replica.undo(mid).ok()
    }

    async fn give(&mut self, command: Command, Links { undoes, replaces }: Links) -> io::Result<()> {
        let mid = Mid(self.person.dice().bits());
        self.home.witness.given(self.home.client, mid, &command);
        self.last.push(mid);
        if self.last.len() > MIND {
            self.last.remove(0);
        }
        self.tell(Input::Commanded(Given {
            mid,
            command,
            at: clock::now(),
            undoes,
            replaces,
        }))
        .await
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

    fn ask_session(&mut self) {
        let http = self.http.clone();
        self.requests
            .spawn(async move { Answered::Session(http.session().await.map(|(session, _)| session)) });
    }

    async fn answered(&mut self, answered: Answered) -> io::Result<()> {
        match answered {
            Answered::Session(Ok(session)) => {
                self.patience.answered();
                if self.channel.is_none() {
                    self.channel = Some(self.subscribe(&session));
                }
                let first = self.session.replace(session).is_none();
                if first { self.tell(Input::Woke).await } else { Ok(()) }
            }
            Answered::Sync(Ok(answer)) => {
                self.patience.answered();
                self.home.witness.count(Count::Syncs);
                self.tell(Input::SyncAnswered(answer)).await
            }
            Answered::Session(Err(error)) => {
                self.failed(&error);
                Ok(())
            }
            Answered::Sync(Err(error)) => self.sync_failed(error).await,
        }
    }

    async fn sync_failed(&mut self, error: ApiError) -> io::Result<()> {
        match error {
            ApiError::Refused(why) => {
                self.home
                    .witness
                    .note(format!("client {} was refused: {why}", self.home.client));
                self.tell(Input::SyncRefused(why)).await
            }
            ApiError::NoSession => {
                self.session = None;
                self.failed(&error);
                self.tell(Input::SyncFailed).await
            }
            ApiError::Unreachable(_) | ApiError::Busy(_) => {
                self.failed(&error);
                self.tell(Input::SyncFailed).await
            }
        }
    }

    fn failed(&mut self, error: &ApiError) {
        self.home.witness.count(Count::FailedRequests);
        if let ApiError::Busy(status) = error {
            self.home
                .witness
                .note(format!("client {}: the server answered {status}", self.home.client));
        }
        let wait = self.patience.failed(self.person.dice().roll());
        if let Some(wait) = wait {
            self.retry_at = Some(clock::instant() + wait);
        }
    }

    fn subscribe(&self, session: &Session) -> (Channels, Notices) {
        let http = self.http.clone();
        let config = Config::new(self.home.proxy.to_string(), session.realtime_key.clone());
        let options = Options::new(config).authorized_by(move |request| {
            let http = http.clone();
            async move { http.authorize(request).await }
        });
        let (channels, notices) = Channels::connect(options);
        if let Ok(name) = ChannelName::new(&api::channel_of(self.home.project)) {
            channels.subscribe(&name);
        }
        (channels, notices)
    }

    async fn noticed(&mut self, notice: Notice) -> io::Result<()> {
        match notice {
            Notice::Subscribed(_) => {
                self.home.witness.count(Count::Subscriptions);
                self.patience.live = true;
                self.wake().await
            }
            Notice::StateChanged { current, .. } if current != State::Connected => {
                // Where the channel is lost, the question is whether the server is lost too.
                match std::mem::replace(&mut self.patience.live, false) {
                    true => self.wake().await,
                    false => Ok(()),
                }
            }
            Notice::Event(event) => self.heard(&event).await,
            Notice::StateChanged { .. }
            | Notice::ConnectingIn(_)
            | Notice::SubscriptionFailed { .. }
            | Notice::Error { .. }
            | Notice::BadFrame(_) => Ok(()),
        }
    }

    async fn heard(&mut self, event: &Event) -> io::Result<()> {
        if event.name == api::BEACON {
            return match serde_json::from_str(&event.data) {
                Ok(beacon) => self.tell(Input::BeaconHeard(beacon)).await,
                Err(_) => Ok(()),
            };
        }
        match api::heard(&event.name, &event.data) {
            Some(Heard::Change(recorded)) => {
                self.home.witness.count(Count::ChangesHeard);
                let (rev, at) = (recorded.rev, recorded.at);
                self.tell(Input::ChangeHeard(recorded)).await?;
                if self.replica.version().is_some_and(|version| version.rev == rev) {
                    self.home.witness.seen().heard.push(clock::now().0 - at.0);
                }
                Ok(())
            }
            Some(Heard::Bare(bare)) => self.tell(Input::BareHeard(bare)).await,
            None => Ok(()),
        }
    }

    async fn wake(&mut self) -> io::Result<()> {
        if self.session.is_some() {
            self.tell(Input::Woke).await
        } else {
            self.ask_session();
            Ok(())
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
            Output::ViewChanged | Output::WordsChanged | Output::Applied(_) | Output::NeedsAttention(_) => {}
        }
        Ok(None)
    }

    fn send(&mut self, request: SyncRequest) {
        let (http, project) = (self.http.clone(), self.home.project);
        let socket = self.channel.as_ref().and_then(|(channels, _)| channels.socket_id());
        self.requests
            .spawn(async move { Answered::Sync(http.sync(project, &request, socket).await.map(Box::new)) });
    }
}

/// How a command belongs to others.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    undoes: Option<Mid>,
    replaces: Option<Mid>,
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
