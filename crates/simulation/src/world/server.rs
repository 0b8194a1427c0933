//! The server's process: the same parts joined as the server joins them. One writer with group commit, heads for readers,
//! announcements after the commit, a hub, beacons. All of it is gone when it is killed; the disk stays.

mod answer;
mod realtime;
mod writer;

use super::network::{Answer, What};
use super::page::channel;
use super::{Event, World};
use crate::agenda::Time;
use crate::book::Effect;
use crate::breach::{Breach, Invariant};
use crate::counters::Counter;
use crate::defect::Defect;
use crate::store::{Row, Seat, Standing, actor};
use backlog::api::{Outcome, SyncRequest};
use backlog::{Digest, Ledger, Mid, Millis, Role, Sent};
use pusher_channels::{ChannelAuthorization, SocketId};
use pusher_hub::{App, Audience, Hub, HubConfig, SubscriptionCounts};
use realtime::BEACON_EVERY;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

pub(crate) const KEY: &str = "key";

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
    /// Who is to be something else right before the writer comes to their next commands.
    pub(crate) meets: Option<Seat>,
    heads: Vec<Option<Rc<Head>>>,
    waiting: Vec<Task>,
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
    /// What the person was when it came in.
    role: Role,
}

/// What waits for the writer.
#[derive(Debug)]
enum Task {
    CarryOut(Asked),
    Seat(Seat),
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
            meets: None,
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
    config.subscription_counts = SubscriptionCounts::Silent;
    Hub::new(config)
}

/// What someone is answered who is not in a project.
fn refusal(standing: Standing) -> Answer {
    match standing {
        Standing::Ended => Answer::Gone,
        Standing::Never | Standing::Is(_) => Answer::Forbidden,
    }
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
        let role = match self.disk.projects[project].standings[person] {
            Standing::Is(role) => role,
            standing @ (Standing::Never | Standing::Ended) => {
                self.count(Counter::ForbiddenRequests);
                return self.answer(call, refusal(standing));
            }
        };
        let effect = match &what {
            What::Sync(request, _) => self.effect_of(request),
            What::Authorize { .. } => Effect::Sound,
        };
        match what {
            What::Sync(..) if effect == Effect::Unreadable => {
                self.count(Counter::Poison);
                self.answer(call, Answer::Unreadable);
            }
            What::Sync(..) if effect == Effect::Breaking => {
                self.count(Counter::Broken);
                self.answer(call, Answer::Broken);
            }
            What::Sync(request, socket) => {
                let asked = Asked {
                    call,
                    project,
                    person,
                    socket,
                    request,
                    role,
                };
                self.take_up(asked);
            }
            What::Authorize { socket_id, .. } => {
                self.server.signed.insert(socket_id.to_string(), person);
                let signed = self.server.app.sign_private(&socket_id, &channel(project));
                let authorization = ChannelAuthorization::new(signed.auth);
                self.answer(call, Answer::Signed(authorization));
            }
        }
    }

    // What cannot be read is refused before anything is tried.
    fn effect_of(&self, request: &SyncRequest) -> Effect {
        let effects: Vec<Effect> = request.commands.iter().map(|sent| self.book.effect(sent.mid)).collect();
        [Effect::Unreadable, Effect::Breaking]
            .into_iter()
            .find(|effect| effects.contains(effect))
            .unwrap_or(Effect::Sound)
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
        let concerns = |seat: &Seat| (seat.project, seat.person) == (asked.project, asked.person);
        if let Some(seat) = self.server.meets.take_if(|seat| concerns(seat)) {
            self.ask_to_seat(seat);
        }
        self.queue(Task::CarryOut(asked));
    }

    fn queue(&mut self, task: Task) {
        self.server.waiting.push(task);
        if self.server.batch.is_none() {
            self.begin_batch();
        }
    }

    /// Whoever may, has someone be something else in a project.
    pub(crate) fn seat_by_writer(&mut self, seat: Seat) {
        self.queue(Task::Seat(seat));
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
                    self.record(project, &recorded, Some(&sent.command));
                    rows.push(Row::Change(project, Rc::new(recorded)));
                }
            }
            self.disk.commit(&rows, &[(project, ledger)]);
        }
        // A disk that lies does not lose what was there from the beginning.
        self.disk.settle();
    }
}
