//! The world of one run: a server, a network, devices with tabs, and people, on one clock and one agenda. Knows what there is and
//! in which order things happen; each part's behaviour stands in a module of its own.

mod calm;
mod check;
mod device;
mod fault;
mod membership;
mod network;
mod page;
mod people;
mod server;
mod socket;

use crate::agenda::{Agenda, Time};
use crate::book::Book;
use crate::breach::{Breach, Invariant};
use crate::counters::{Counter, Counters};
use crate::defect::Defect;
use crate::random::Dice;
use crate::script::Script;
use crate::store::Disk;
use crate::truth::Truth;
use backlog::ProjectId;
use backlog::id::Bits128;
use device::Device;
use network::{Answer, Call};
use page::Tab;
use pusher_channels::CloseCode;
use server::{Announcement, Pending, Server};
use socket::Conn;
use std::rc::Rc;

/// A course may not take longer than this many steps: something goes round in circles.
const MOST_STEPS: u64 = 60_000;

/// What can happen.
#[derive(Debug)]
pub(crate) enum Event {
    Scripted(usize),
    Calmed,
    LastWord,
    BackIn,
    DeviceRead(usize),
    DeviceWrote(usize),
    OthersWrote(usize),
    Ticked(usize),
    RetryDue(usize),
    SaveDue(usize),
    ChannelDue(usize),
    Back(usize),
    TabOpened(usize, usize),
    RequestArrived(usize),
    Answered(usize, Box<Answer>),
    PatienceOver(usize),
    ServerStarted,
    Committed(u64),
    AnswerDue(u64, Box<Pending>),
    TriggerDue(u64, Box<Announcement>),
    BeaconsDue(u64),
    LieDue(u64, u64),
    HubDue(u64),
    SocketOpened(usize),
    ToServer(usize, String),
    ToPage(usize, Rc<str>),
    PageClosed(usize, CloseCode),
    ServerClosed(usize),
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) now: Time,
    pub(crate) agenda: Agenda<Event>,
    pub(crate) dice: Dice,
    pub(crate) defect: Option<Defect>,
    pub(crate) script: Script,
    pub(crate) calm: Option<Time>,
    pub(crate) last_word: Option<Time>,
    pub(crate) breach: Option<Breach>,
    pub(crate) steps: u64,
    pub(crate) counters: Counters,
    pub(crate) transcript: Option<Vec<String>>,
    pub(crate) disk: Disk,
    pub(crate) backup: Option<Disk>,
    pub(crate) server: Server,
    pub(crate) truths: Vec<Truth>,
    pub(crate) book: Book,
    pub(crate) devices: Vec<Device>,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) calls: Vec<Call>,
    pub(crate) conns: Vec<Conn>,
    // Until then answers are slow on their way: those of a disk that lies.
    pub(crate) slow_answers_until: Time,
    // Whether the relay is to garble the next title that it can, and whether it ever did.
    pub(crate) garbles: bool,
    pub(crate) garbled: bool,
    // Makes titles, labels and names that occur once.
    pub(crate) fresh: u64,
    // Whether something happened after which a command could be nowhere.
    pub(crate) search: bool,
}

impl World {
    pub(crate) fn new(script: Script, seed: u64, defect: Option<Defect>) -> World {
        let mut dice = Dice::new(seed ^ 0x77);
        let ids: Vec<ProjectId> = (0..script.projects).map(project_id).collect();
        let disk = Disk::new(&ids, script.people, &mut dice);
        let truths = disk
            .projects
            .iter()
            .filter_map(|stored| Some(Truth::new(stored.replay()?, stored.standings.clone())))
            .collect();
        let mut world = World {
            now: 0,
            agenda: Agenda::new(),
            server: Server::new(ids.len()),
            dice,
            defect,
            script,
            calm: None,
            last_word: None,
            breach: None,
            steps: 0,
            counters: Counters::default(),
            transcript: None,
            disk,
            backup: None,
            truths,
            book: Book::default(),
            devices: Vec::new(),
            tabs: Vec::new(),
            calls: Vec::new(),
            conns: Vec::new(),
            slow_answers_until: 0,
            garbles: false,
            garbled: false,
            fresh: 0,
            search: false,
        };
        world.begin();
        world
    }

    fn begin(&mut self) {
        self.furnish();
        self.seat_all();
        for (index, entry) in self.script.entries.iter().enumerate() {
            self.agenda.plan(entry.at, Event::Scripted(index));
        }
        self.agenda.plan(self.script.calm_at + 1, Event::Calmed);
        self.agenda.plan(0, Event::ServerStarted);
        for person in 0..self.script.people {
            let device = self.add_device(person);
            let project = self.dice.below(self.script.projects);
            self.agenda.plan(1, Event::TabOpened(device, project));
            if self.dice.percent(25) {
                self.agenda
                    .plan(self.dice.between(2, 3_000), Event::TabOpened(device, project));
            }
            if self.dice.percent(15) {
                let second = self.add_device(person);
                self.agenda.plan(2, Event::TabOpened(second, project));
            }
        }
    }

    /// Runs to the end or to the first breach.
    pub(crate) fn run(&mut self) {
        while self.step() {}
    }

    /// The next thing happens. Whether there is more to come.
    pub(crate) fn step(&mut self) -> bool {
        let Some((at, event)) = self.agenda.next().filter(|_| self.breach.is_none()) else {
            return false;
        };
        self.now = at;
        self.steps += 1;
        self.happen(event);
        self.check_step();
        let is_over = self.is_over();
        if is_over {
            self.check_end();
        }
        if self.steps > MOST_STEPS {
            self.fail(Breach::new(Invariant::L2, "the course has no end"));
        }
        !is_over && self.breach.is_none()
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Scripted(index) => self.act(index),
            Event::Calmed => self.calm_down(),
            Event::LastWord => self.say_last_word(),
            Event::BackIn => self.let_back_in(),
            Event::DeviceRead(tab) => self.device_read(tab),
            Event::DeviceWrote(tab) => self.device_wrote(tab),
            Event::OthersWrote(tab) => self.others_wrote(tab),
            Event::Ticked(tab) => self.ticked(tab),
            Event::RetryDue(tab) => self.retry_due(tab),
            Event::SaveDue(tab) => self.save_due(tab),
            Event::ChannelDue(tab) => self.channel_due(tab),
            Event::Back(device) => self.come_back(device),
            Event::TabOpened(device, project) => self.open_tab(device, project),
            Event::RequestArrived(call) => self.request_arrived(call),
            Event::Answered(call, answer) => self.answered(call, *answer),
            Event::PatienceOver(call) => self.patience_over(call),
            Event::ServerStarted => self.server_started(),
            Event::Committed(life) => self.committed(life),
            Event::AnswerDue(life, pending) => self.answer_due(life, *pending),
            Event::TriggerDue(life, announcement) => self.trigger_due(life, &announcement),
            Event::BeaconsDue(life) => self.beacons_due(life),
            Event::LieDue(life, seed) => self.lie_due(life, seed),
            Event::HubDue(life) => self.hub_due(life),
            Event::SocketOpened(conn) => self.socket_opened(conn),
            Event::ToServer(conn, text) => self.reached_server(conn, &text),
            Event::ToPage(conn, frame) => self.reached_page(conn, &frame),
            Event::PageClosed(conn, code) => self.page_closed(conn, code),
            Event::ServerClosed(conn) => self.server_closed(conn),
        }
    }

    pub(crate) fn plan(&mut self, after: Time, event: Event) {
        self.agenda.plan(self.now + after, event);
    }

    pub(crate) fn count(&mut self, counter: Counter) {
        self.counters.add(counter, 1);
    }

    pub(crate) fn fail(&mut self, breach: Breach) {
        let now = self.now;
        self.note(|| format!("{now:>7} BREACH {breach}"));
        self.breach.get_or_insert(breach);
    }

    /// Writes a line of the transcript, where one is kept.
    pub(crate) fn note(&mut self, line: impl FnOnce() -> String) {
        if let Some(transcript) = &mut self.transcript {
            transcript.push(line());
        }
    }

    pub(crate) fn has(&self, defect: Defect) -> bool {
        self.defect == Some(defect)
    }

    pub(crate) fn is_calm(&self) -> bool {
        self.calm.is_some()
    }
}

pub(crate) fn project_id(project: usize) -> ProjectId {
    ProjectId(Bits128(1 + project as u128))
}
