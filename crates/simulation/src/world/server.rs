//! The server's process: the same parts joined as the server joins them. One writer with group commit, heads for readers,
//! announcements after the commit, a hub, beacons. All of it is gone when it is killed; the disk stays.

use super::network::{Answer, What};
use super::page::channel;
use super::{Event, World};
use crate::agenda::Time;
use crate::breach::{Breach, Invariant};
use crate::counters::Counter;
use crate::defect::Defect;
use crate::random::Dice;
use crate::store::{Row, actor};
use backlog::api::{self, Beacon, Fate, Outcome, Sent, SyncAnswer, SyncRequest};
use backlog::service::{self, Arrived, CatchUp, Done, Fates, Reader, Step};
use backlog::{Command, Digest, Ledger, Mid, Millis, Recorded};
use pusher_channels::{ChannelAuthorization, SocketId};
use pusher_hub::protocol::EventName;
use pusher_hub::{App, Audience, Hub, HubConfig, Input as HubInput, Output as HubOutput, Trigger};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

pub(crate) const KEY: &str = "key";
/// The time between two beacons for all.
pub(crate) const BEACON_EVERY: Time = 10_000;
/// How long the planted defect remembers mutation ids.
const EXPIRY: Time = 3_000;

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) up: bool,
    /// Which process it is; what an earlier one had planned does not happen.
    pub(crate) life: u64,
    /// How far its clock is off, in milliseconds.
    pub(crate) clock: i64,
    /// Whether it is to be killed right after the next commit.
    pub(crate) dies_after_commit: bool,
    /// Decides how the disk loses the next commit after confirming it, if it is to.
    pub(crate) lies_after_commit: Option<u64>,
    /// Whether it is to be killed while it works on the next batch.
    pub(crate) dies_in_batch: bool,
    heads: Vec<Option<Rc<Head>>>,
    waiting: Vec<Asked>,
    batch: Option<Batch>,
    app: App,
    hub: Hub,
    hub_due: Option<Time>,
    // For whom it signed: who a socket belongs to.
    signed: BTreeMap<String, usize>,
}

#[derive(Debug)]
pub(crate) struct Head {
    ledger: Ledger,
    digest: OnceCell<Digest>,
}

#[derive(Clone, Debug)]
struct Asked {
    call: usize,
    project: usize,
    person: usize,
    socket: Option<SocketId>,
    request: Rc<SyncRequest>,
}

#[derive(Debug)]
struct Batch {
    rows: Vec<Row>,
    ledgers: Vec<(usize, Ledger)>,
    announcements: Vec<Announcement>,
    done: Vec<(Asked, Vec<Outcome>)>,
}

/// An answer whose head is taken and whose rest is still to be read.
#[derive(Debug)]
pub(crate) struct Pending {
    asked: Asked,
    head: Rc<Head>,
    outcomes: Vec<Outcome>,
}

/// What is told to subscribers.
#[derive(Clone, Debug)]
pub(crate) struct Announcement {
    project: usize,
    name: &'static str,
    data: String,
    audience: Audience,
}

impl Server {
    pub(crate) fn new(projects: usize) -> Server {
        let app = App::new("simulated", KEY, "secret");
        Server {
            up: false,
            life: 0,
            clock: 0,
            dies_after_commit: false,
            dies_in_batch: false,
            lies_after_commit: None,
            heads: vec![None; projects],
            waiting: Vec::new(),
            batch: None,
            hub: hub(&app),
            app,
            hub_due: None,
            signed: BTreeMap::new(),
        }
    }
}

fn hub(app: &App) -> Hub {
    let mut config = HubConfig::new(vec![app.clone()]);
    // Sooner than in life, so that dead sockets are found within a course.
    config.activity_timeout = Duration::from_secs(20);
    config.pong_wait = Duration::from_secs(6);
    Hub::new(config)
}

impl Head {
    fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| self.ledger.project().digest())
    }
}

impl World {
    pub(crate) fn server_started(&mut self) {
        if self.server.up {
            return;
        }
        self.server.up = true;
        let life = self.server.life;
        let now = self.now;
        self.note(|| format!("{now:>7} server: starts, life {life}"));
        if !self.has(Defect::NoBeacon) {
            let first = self.dice.between(100, BEACON_EVERY);
            self.plan(first, Event::BeaconsDue(life));
        }
    }

    /// The process is gone.
    pub(crate) fn kill(&mut self, restart_in: Time) {
        self.count(Counter::Kills);
        let now = self.now;
        self.note(|| format!("{now:>7} server: is killed"));
        let clock = self.server.clock;
        let life = self.server.life + 1;
        self.server = Server::new(self.script.projects);
        (self.server.clock, self.server.life) = (clock, life);
        self.server_vanished();
        self.plan(restart_in, Event::ServerStarted);
    }

    pub(crate) fn request_arrived(&mut self, call: usize) {
        let (tab, what) = (self.calls[call].tab, self.calls[call].what.clone());
        if !self.server.up {
            let takes = self.latency();
            return self.plan(takes, Event::Answered(call, Box::new(Answer::Unreachable)));
        }
        let (person, project) = (self.tabs[tab].person, self.tabs[tab].project);
        if !self.members[project][person] {
            self.count(Counter::ForbiddenRequests);
            return self.answer(call, Answer::Forbidden);
        }
        match what {
            What::Sync(request, _) if request.commands.iter().any(|sent| self.book.is_poison(sent.mid)) => {
                self.count(Counter::Poison);
                self.answer(call, Answer::Unreadable);
            }
            What::Sync(request, socket) => {
                let asked = Asked {
                    call,
                    project,
                    person,
                    socket,
                    request,
                };
                self.take_up(asked);
            }
            What::Authorize { socket_id, .. } => {
                self.server.signed.insert(socket_id.to_string(), person);
                let signed = self.server.app.sign_private(&socket_id, &channel(project));
                let authorization = ChannelAuthorization {
                    auth: signed.auth,
                    channel_data: signed.channel_data,
                };
                self.answer(call, Answer::Signed(authorization));
            }
        }
    }

    fn take_up(&mut self, asked: Asked) {
        if asked.request.commands.is_empty() {
            let Some(head) = self.head(asked.project) else { return };
            return self.plan_answer(Pending {
                asked,
                head,
                outcomes: Vec::new(),
            });
        }
        self.server.waiting.push(asked);
        if self.server.batch.is_none() {
            self.begin_batch();
        }
    }

    fn head(&mut self, project: usize) -> Option<Rc<Head>> {
        if self.server.heads[project].is_none() {
            let Some(ledger) = self.disk.projects[project].replay() else {
                self.fail(Breach::new(Invariant::I1, "the stored history does not hold together"));
                return None;
            };
            let digest = OnceCell::new();
            self.server.heads[project] = Some(Rc::new(Head { ledger, digest }));
        }
        self.server.heads[project].clone()
    }

    /// The transaction: what waits is carried out on copies.
    fn begin_batch(&mut self) {
        let waiting = std::mem::take(&mut self.server.waiting);
        let mut batch = Batch {
            rows: Vec::new(),
            ledgers: Vec::new(),
            announcements: Vec::new(),
            done: Vec::new(),
        };
        for asked in waiting {
            let Some(head) = self.head(asked.project) else { return };
            let open = batch.ledgers.iter().position(|(project, _)| *project == asked.project);
            let place = open.unwrap_or_else(|| {
                batch.ledgers.push((asked.project, head.ledger.clone()));
                batch.ledgers.len() - 1
            });
            self.carry_out(asked, place, &mut batch);
        }
        if self.has(Defect::PublishBeforeCommit) {
            for announcement in std::mem::take(&mut batch.announcements) {
                self.announce(announcement);
            }
        }
        if self.server.dies_in_batch {
            self.count(Counter::KillsInBatch);
            let restart_in = self.dice.between(50, 4_000);
            return self.kill(restart_in);
        }
        self.server.batch = Some(batch);
        let life = self.server.life;
        let slow = self.dice.percent(10);
        let takes = if slow {
            self.dice.between(20, 400)
        } else {
            self.dice.between(1, 6)
        };
        self.plan(takes, Event::Committed(life));
    }

    fn carry_out(&mut self, asked: Asked, place: usize, batch: &mut Batch) {
        let author = actor(asked.person);
        let at = Millis(self.now as i64 + self.server.clock);
        let mut known = self.known(&asked, batch);
        let (_, ledger) = &mut batch.ledgers[place];
        let commands = if self.defect == Some(Defect::AnchorOfDeletedStory) {
            without_deleted_anchors(&asked.request.commands, ledger)
        } else {
            asked.request.commands.clone()
        };
        let arrived = Arrived {
            author: &author,
            at,
            commands: &commands,
        };
        let steps = service::carry_out(ledger, &mut known, arrived);
        let outcomes = steps.iter().map(Step::outcome).collect();
        for Step { sent, done } in steps {
            match done {
                Done::Repeated(_) => self.count(Counter::Repeated),
                Done::Recorded(recorded) => {
                    let (name, data) = api::event_of(&recorded);
                    batch.announcements.push(Announcement {
                        project: asked.project,
                        name,
                        data,
                        audience: asked.socket.clone().map_or(Audience::Everyone, Audience::Except),
                    });
                    batch.rows.push(Row::Change(asked.project, Rc::from(recorded)));
                }
                Done::Refused(reason) => {
                    batch
                        .rows
                        .push(Row::Refusal(asked.project, author.id, sent.mid, reason));
                }
            }
        }
        batch.done.push((asked, outcomes));
    }

    /// The fates of what was sent, as far as the store and the batch know them.
    fn known(&self, asked: &Asked, batch: &Batch) -> Fates {
        let mids: Vec<Mid> = asked.request.commands.iter().map(|sent| sent.mid).collect();
        let mut known = self.disk.fates((asked.project, actor(asked.person).id), &mids);
        for row in &batch.rows {
            match row {
                Row::Change(project, recorded) if *project == asked.project => {
                    known.insert(recorded.mid, Fate::Applied(recorded.rev));
                }
                Row::Refusal(project, _, mid, reason) if *project == asked.project => {
                    known.insert(*mid, Fate::Rejected(reason.clone()));
                }
                Row::Change(..) | Row::Refusal(..) => {}
            }
        }
        let truth = &self.truths[asked.project];
        let is_fresh = |mid: &Mid| truth.recorded_at(*mid).is_none_or(|at| at + EXPIRY > self.now);
        match self.defect {
            Some(Defect::NoIdempotency) => known.clear(),
            Some(Defect::IdempotencyWithExpiry) => known.retain(|mid, _| is_fresh(mid)),
            Some(_) | None => {}
        }
        known
    }

    pub(crate) fn committed(&mut self, life: u64) {
        if life != self.server.life {
            return;
        }
        let Some(batch) = self.server.batch.take() else { return };
        self.disk.commit(&batch.rows, &batch.ledgers);
        self.search = true;
        for row in &batch.rows {
            if let Row::Change(project, recorded) = row {
                self.record(*project, recorded);
            }
        }
        if self.server.dies_after_commit {
            self.count(Counter::KillsAfterCommit);
            let restart_in = self.dice.between(50, 4_000);
            return self.kill(restart_in);
        }
        if let Some(seed) = self.server.lies_after_commit.take() {
            let after = Dice::new(seed).between(1, 80);
            self.plan(after, Event::LieDue(life, seed));
        }
        for (project, ledger) in batch.ledgers {
            let digest = OnceCell::new();
            self.server.heads[project] = Some(Rc::new(Head { ledger, digest }));
        }
        for announcement in batch.announcements {
            self.announce(announcement);
        }
        for (asked, outcomes) in batch.done {
            let Some(head) = self.head(asked.project) else { return };
            self.plan_answer(Pending { asked, head, outcomes });
        }
        if !self.server.waiting.is_empty() {
            self.begin_batch();
        }
    }

    fn record(&mut self, project: usize, recorded: &Recorded) {
        let now = self.now;
        self.note(|| {
            format!(
                "{now:>7} server: commits {} {} {}",
                recorded.rev,
                super::network::short(recorded.mid),
                recorded.change.event_name()
            )
        });
        let asked = self.book.get(recorded.mid).map(|given| &given.command);
        if let Err(breach) = self.truths[project].record(recorded, asked, now) {
            self.fail(breach);
        }
    }

    fn plan_answer(&mut self, pending: Pending) {
        let life = self.server.life;
        let takes = if self.dice.percent(80) {
            self.dice.between(0, 2)
        } else {
            self.dice.between(3, 40)
        };
        self.plan(takes, Event::AnswerDue(life, Box::new(pending)));
    }

    /// The rest of an answer is read, a moment after its head was taken.
    pub(crate) fn answer_due(&mut self, life: u64, pending: Pending) {
        if life != self.server.life {
            return;
        }
        let Pending {
            asked,
            head,
            mut outcomes,
        } = pending;
        let (project, person) = (asked.project, asked.person);
        if !self.members[project][person] {
            return self.answer(asked.call, Answer::Forbidden);
        }
        let version = head.ledger.version();
        let mids = service::untold(asked.request.ask.clone(), &outcomes);
        let fates = self.disk.fates((project, actor(person).id), &mids);
        outcomes.extend(service::tell(mids, &fates, version));
        let mut answer = SyncAnswer {
            epoch: self.disk.epoch,
            rev: version.rev,
            hash: version.hash,
            digest: head.digest(),
            changes: Vec::new(),
            outcomes,
            snapshot: None,
            reset: false,
        };
        let reader = Reader {
            since: asked.request.since,
            full: asked.request.full,
            head: version,
        };
        let missed = reader.span().map(|span| self.disk.missed(project, span));
        match reader.catch_up(missed) {
            CatchUp::Nothing => {}
            CatchUp::Changes { after, upto } => {
                let history = &self.disk.projects[project].history;
                let range = usize::try_from(after).unwrap_or(0)..usize::try_from(upto).unwrap_or(0);
                answer.changes = history[range]
                    .iter()
                    .map(|recorded| Recorded::clone(recorded))
                    .collect();
            }
            CatchUp::Reset => {
                self.count(Counter::Resets);
                answer.reset = true;
            }
            CatchUp::Snapshot => {
                self.count(Counter::Snapshots);
                let torn = self.has(Defect::TornSnapshot).then(|| self.head(project)).flatten();
                let of = torn.as_ref().unwrap_or(&head);
                answer.snapshot = Some(Box::new(of.ledger.project().snapshot()));
            }
        }
        self.answer(asked.call, Answer::Sync(Box::new(answer)));
    }

    /// What is told goes by a relay that may lose, double, delay and reorder anything.
    fn announce(&mut self, announcement: Announcement) {
        let life = self.server.life;
        let beacon = announcement.name == api::BEACON;
        let for_one = matches!(announcement.audience, Audience::Only(_));
        let lost = match (self.is_calm(), beacon) {
            (false, _) => 15,
            // Once the faults stop, beacons alone must do: events are mostly lost, and so is the beacon that greets.
            (true, false) => 70,
            (true, true) if for_one => 50,
            (true, true) => 0,
        };
        if self.dice.percent(lost) {
            return self.count(Counter::EventsDropped);
        }
        if self.dice.percent(10) {
            self.count(Counter::EventsDoubled);
            let later = self.dice.between(0, 900);
            self.plan(later, Event::TriggerDue(life, Box::new(announcement.clone())));
        }
        let takes = if self.dice.percent(15) {
            self.count(Counter::EventsDelayed);
            self.dice.between(10, 700)
        } else {
            0
        };
        self.plan(takes, Event::TriggerDue(life, Box::new(announcement)));
    }

    pub(crate) fn trigger_due(&mut self, life: u64, announcement: &Announcement) {
        if life != self.server.life {
            return;
        }
        let name = EventName::new(announcement.name).expect("the contract's event names are short words");
        let trigger = Trigger::new(channel(announcement.project), name, announcement.data.clone())
            .expect("the contract keeps events below the protocol's limit");
        let app = self.server.app.id().clone();
        let trigger = trigger.to(announcement.audience.clone());
        self.hub(HubInput::Triggered { app: &app, trigger }, Some(announcement.project));
    }

    pub(crate) fn beacons_due(&mut self, life: u64) {
        if life != self.server.life {
            return;
        }
        for project in 0..self.script.projects {
            self.beacon(project, Audience::Everyone);
        }
        self.plan(BEACON_EVERY, Event::BeaconsDue(life));
    }

    fn beacon(&mut self, project: usize, audience: Audience) {
        let Some(head) = self.head(project) else { return };
        let version = head.ledger.version();
        let beacon = Beacon {
            rev: version.rev,
            hash: version.hash,
            digest: head.digest(),
        };
        self.announce(Announcement {
            project,
            name: api::BEACON,
            data: api::to_json(&beacon),
            audience,
        });
    }

    pub(crate) fn hub_due(&mut self, life: u64) {
        if life == self.server.life {
            self.server.hub_due = None;
            self.hub(HubInput::TimePassed, None);
        }
    }

    /// Hands the hub what happened and does what it says. `about` is the project that an event tells of.
    pub(crate) fn hub(&mut self, input: HubInput<'_>, about: Option<usize>) {
        let now = Duration::from_millis(self.now);
        self.server.hub.handle(input, now);
        let mut subscribed = Vec::new();
        while let Some(output) = self.server.hub.poll_output() {
            match output {
                HubOutput::Send { mut to, frame } => {
                    // The hub keeps subscribers in no order.
                    to.sort_unstable();
                    let frame: Rc<str> = frame.into();
                    for conn in to {
                        let conn = conn.0 as usize;
                        self.check_hearer(conn, about);
                        self.push(conn, frame.clone());
                    }
                }
                HubOutput::Close { conn, code, .. } => self.close(conn.0 as usize, code),
                HubOutput::Subscribed { channel, socket_id, .. } => subscribed.push((channel, socket_id)),
                HubOutput::ChannelOccupied { .. } | HubOutput::ChannelVacated { .. } => {}
            }
        }
        for (name, socket_id) in subscribed {
            let project = (0..self.script.projects).find(|project| channel(*project) == name);
            if let Some(project) = project {
                self.greet(project, socket_id);
            }
        }
        let due = self.server.hub.poll_timeout().map(|due| due.as_millis() as Time);
        if let Some(due) = due.filter(|due| self.server.hub_due.is_none_or(|planned| *due < planned)) {
            self.server.hub_due = Some(due);
            self.agenda.plan(due.max(self.now), Event::HubDue(self.server.life));
        }
    }

    // An authorisation that was signed while someone was a member is still good when they are one no more.
    fn greet(&mut self, project: usize, socket_id: SocketId) {
        let person = self.server.signed.get(socket_id.as_str()).copied();
        if person.is_some_and(|person| self.members[project][person]) {
            if !self.has(Defect::NoBeacon) {
                self.beacon(project, Audience::Only(socket_id));
            }
        } else {
            self.withdraw(project, &socket_id);
        }
    }

    fn withdraw(&mut self, project: usize, socket_id: &SocketId) {
        self.count(Counter::SubscriptionsEnded);
        let (app, channel) = (self.server.app.id().clone(), channel(project));
        let input = HubInput::AuthorizationWithdrawn {
            app: &app,
            channel: &channel,
            socket_id,
        };
        self.hub(input, None);
    }

    pub(crate) fn end_subscriptions(&mut self, project: usize, person: usize) {
        let of_person = self.server.signed.iter().filter(|(_, by)| **by == person);
        let sockets: Vec<SocketId> = of_person.filter_map(|(text, _)| SocketId::parse(text).ok()).collect();
        for socket_id in sockets {
            self.withdraw(project, &socket_id);
        }
    }

    /// Gives the project some stories before anyone looks.
    pub(crate) fn furnish(&mut self) {
        for project in 0..self.script.projects {
            let Some(mut ledger) = self.disk.projects[project].replay() else {
                return;
            };
            let mut rows = Vec::new();
            for _ in 0..self.dice.between(3, 9) {
                let command = self.new_story(None);
                let mid = Mid(self.dice.bits());
                let sent = Sent { mid, base: 0, command };
                if let Ok(recorded) = ledger.enter(&sent, &actor(0), Millis(0)) {
                    self.record(project, &recorded);
                    rows.push(Row::Change(project, Rc::new(recorded)));
                }
            }
            self.disk.commit(&rows, &[(project, ledger)]);
        }
        // A disk that lies does not lose what was there from the beginning.
        self.disk.settle();
    }
}

fn without_deleted_anchors(commands: &[Sent], ledger: &Ledger) -> Vec<Sent> {
    let mut commands = commands.to_vec();
    for sent in &mut commands {
        if let Command::MoveStories { after, .. } = &mut sent.command {
            *after = after.filter(|id| ledger.project().story(*id).is_some());
        }
    }
    commands
}
