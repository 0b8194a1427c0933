//! A page: joins the replica and the channel client as the board and its services do, and keeps the board's pace of retries.

use super::device::ToDisk;
use super::network::{Answer, What, short};
use super::{Event, World, project_id};
use crate::agenda::Time;
use crate::counters::Counter;
use crate::defect::Defect;
use backlog::api::{self, Heard};
use backlog::{Epoch, Mid, Version};
use pusher_channels::client::{Client, Input as ChannelInput, Output as ChannelOutput};
use pusher_channels::{ChannelName, Config, Notice, State};
use replica::{Input, Output, Refusal, Replica, Rule, Stage, Write};
use std::collections::{HashSet, VecDeque};
use std::rc::Rc;
use std::time::Duration;

/// The time between two ticks.
const TICK: Time = 15_000;
/// Ticks between two requests while the channel is live.
const LIVE_TICKS: u32 = 4;
/// The longest wait between two attempts.
const LONGEST_WAIT: u64 = 15_000;

#[derive(Debug)]
pub(crate) struct Tab {
    pub(crate) device: usize,
    pub(crate) project: usize,
    pub(crate) person: usize,
    /// None once it is closed or crashed.
    pub(crate) page: Option<Box<Page>>,
}

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) replica: Replica,
    pub(crate) client: Client,
    pub(crate) pace: Pace,
    pub(crate) conn: Option<usize>,
    pub(crate) live_since: Option<Time>,
    pub(crate) writing: VecDeque<ToDisk>,
    pub(crate) written_by: Time,
    pub(crate) call: Option<usize>,
    channel_due: Option<Time>,
    /// Own commands that were seen here.
    pub(crate) shown: HashSet<Mid>,
    /// The base that was judged last.
    pub(crate) judged: Option<(Epoch, Version)>,
}

/// What the board knows of the connection; it decides when to ask again.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    channel: bool,
    failures: u32,
    retrying: bool,
    ticks: u32,
}

impl Page {
    pub(crate) fn new(seed: u64, broken: Option<Rule>) -> Page {
        let mut replica = Replica::new();
        if let Some(rule) = broken {
            replica.break_rule(rule);
        }
        Page {
            replica,
            client: Client::new(Config::new("simulated", super::server::KEY), seed),
            pace: Pace::default(),
            conn: None,
            live_since: None,
            writing: VecDeque::new(),
            written_by: 0,
            call: None,
            channel_due: None,
            shown: HashSet::new(),
            judged: None,
        }
    }
}

impl Pace {
    fn failed(&mut self, random: u64) -> Option<u64> {
        self.failures += 1;
        if std::mem::replace(&mut self.retrying, true) {
            return None;
        }
        let most = (1_000 << self.failures.min(5).saturating_sub(1)).min(LONGEST_WAIT);
        Some(most / 4 + random % (most - most / 4))
    }

    fn ticked(&mut self) -> bool {
        self.ticks += 1;
        !self.retrying && (!self.channel || self.ticks.is_multiple_of(LIVE_TICKS))
    }
}

impl World {
    /// Hands a page's replica what happened and does what it says.
    pub(crate) fn tell(&mut self, tab: usize, input: Input) {
        if self.tabs[tab].page.is_none() {
            return;
        }
        let now = self.now;
        self.note(|| format!("{now:>7} tab {tab}: {}", in_words(&input)));
        let had_gap = matches!(&input, Input::ChangeHeard(_));
        let was_beacon = matches!(&input, Input::BeaconHeard(_));
        let was_garbled = self.garbled && self.is_garbled(tab);
        let Some(page) = &mut self.tabs[tab].page else { return };
        let outputs = page.replica.handle(input);
        if outputs.is_empty() {
            return;
        }
        for output in outputs {
            match output {
                Output::Keep(kept) => self.write(tab, ToDisk::Keep(kept)),
                Output::Write(writes) => {
                    self.count_repushed(tab, &writes);
                    self.write(tab, ToDisk::Write(writes));
                }
                Output::Save(saved) => self.write(tab, ToDisk::Save(saved)),
                Output::Sync(request) => {
                    if had_gap {
                        self.count(Counter::GapSyncs);
                    }
                    if was_beacon {
                        self.count(Counter::BeaconSyncs);
                    }
                    let socket = self.tabs[tab]
                        .page
                        .as_ref()
                        .and_then(|page| page.client.socket_id().cloned());
                    let call = self.call(tab, What::Sync(Rc::new(request), socket));
                    if let Some(page) = &mut self.tabs[tab].page {
                        page.call = Some(call);
                    }
                }
                Output::ViewChanged | Output::WordsChanged | Output::RoleChanged | Output::Applied(_) => {}
                Output::Overwritten(_) => self.count(Counter::Overwritten),
                Output::Rejected { .. } => self.count(Counter::RefusedAtOnce),
                Output::NeedsAttention(mid) => self.count_attention(tab, mid),
            }
        }
        if was_garbled && !self.is_garbled(tab) {
            self.count(Counter::DigestsHealed);
        }
        self.check_tab(tab);
    }

    /// Commands that were recorded once, are not, and wait again.
    fn count_repushed(&mut self, tab: usize, writes: &[Write]) {
        let truth = &self.truths[self.tabs[tab].project];
        let is_lost = |write: &&Write| match write {
            Write::Put(kept) => {
                kept.stage == Stage::Pending && truth.recorded_at(kept.mid).is_some() && !truth.has(kept.mid)
            }
            Write::Remove(_) => false,
        };
        let lost = writes.iter().filter(is_lost).count();
        self.counters.add(Counter::Repushed, lost as u64);
    }

    fn count_attention(&mut self, tab: usize, mid: Mid) {
        let stage = self.tabs[tab]
            .page
            .as_ref()
            .and_then(|page| page.replica.kept(mid))
            .map(|kept| &kept.stage);
        let counter = match stage {
            Some(Stage::Lost) => Counter::Lost,
            Some(Stage::Refused(Refusal::Unreadable(_))) => Counter::Unreadable,
            Some(Stage::Refused(Refusal::Failing)) => Counter::Failing,
            Some(Stage::Refused(_) | Stage::Pending | Stage::Confirmed { .. }) | None => Counter::Refused,
        };
        self.count(counter);
    }

    pub(crate) fn wake(&mut self, tab: usize) {
        self.tell(tab, Input::Woke);
    }

    pub(crate) fn ticked(&mut self, tab: usize) {
        let asleep = self.devices[self.tabs[tab].device].asleep;
        let Some(page) = &mut self.tabs[tab].page else { return };
        let due = !asleep && page.pace.ticked();
        self.plan(TICK, Event::Ticked(tab));
        if due {
            self.wake(tab);
        }
    }

    pub(crate) fn save_due(&mut self, tab: usize) {
        if self.tabs[tab].page.is_none() {
            return;
        }
        self.tell(tab, Input::SaveDue);
        let next = self.dice.between(3_000, 12_000);
        self.plan(next, Event::SaveDue(tab));
    }

    /// An answer reached the page, or there is none.
    pub(crate) fn sync_answered(&mut self, tab: usize, answer: Answer) {
        let wedges = self.has(Defect::PoisonWedgesQueue);
        let Some(page) = &mut self.tabs[tab].page else { return };
        page.call = None;
        match answer {
            Answer::Sync(answer) => {
                page.pace.failures = 0;
                self.tell(tab, Input::SyncAnswered(answer));
            }
            Answer::Unreadable if !wedges => {
                page.pace.failures = 0;
                self.tell(tab, Input::SyncRefused("a word that it does not know".to_owned()));
            }
            Answer::Broken => {
                let wait = page.pace.failed(self.dice.next());
                self.tell(tab, Input::SyncBroke);
                if let Some(wait) = wait {
                    self.plan(wait, Event::RetryDue(tab));
                }
            }
            Answer::Gone => self.wipe(tab),
            Answer::Unreadable | Answer::Unreachable | Answer::Forbidden | Answer::Signed(_) => {
                let wait = page.pace.failed(self.dice.next());
                self.tell(tab, Input::SyncFailed);
                if let Some(wait) = wait {
                    self.plan(wait, Event::RetryDue(tab));
                }
            }
        }
    }

    pub(crate) fn retry_due(&mut self, tab: usize) {
        let asleep = self.devices[self.tabs[tab].device].asleep;
        let Some(page) = &mut self.tabs[tab].page else { return };
        page.pace.retrying = false;
        if !asleep {
            self.wake(tab);
        }
    }

    /// Subscribes to the project's channel.
    pub(crate) fn connect(&mut self, tab: usize) {
        let channel = channel(self.tabs[tab].project);
        self.feed(tab, ChannelInput::ConnectRequested);
        self.feed(tab, ChannelInput::ChannelWanted(channel));
    }

    pub(crate) fn channel_due(&mut self, tab: usize) {
        let asleep = self.devices[self.tabs[tab].device].asleep;
        let Some(page) = &mut self.tabs[tab].page else { return };
        page.channel_due = None;
        if !asleep {
            self.feed(tab, ChannelInput::TimePassed);
        }
    }

    /// Hands a page's channel client what happened and does what it says.
    pub(crate) fn feed(&mut self, tab: usize, input: ChannelInput) {
        let now = Duration::from_millis(self.now);
        let Some(page) = &mut self.tabs[tab].page else { return };
        page.client.handle(input, now);
        while let Some(output) = self.tabs[tab].page.as_mut().and_then(|page| page.client.poll_output()) {
            self.perform(tab, output);
        }
        let Some(page) = &mut self.tabs[tab].page else { return };
        let due = page
            .client
            .poll_timeout()
            .map(|due| u64::try_from(due.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX));
        if let Some(due) = due.filter(|due| page.channel_due.is_none_or(|planned| *due < planned)) {
            page.channel_due = Some(due);
            self.agenda.plan(due.max(self.now), Event::ChannelDue(tab));
        }
    }

    fn perform(&mut self, tab: usize, output: ChannelOutput) {
        match output {
            ChannelOutput::Open { attempt, .. } => {
                let conn = self.dial(tab, attempt);
                if let Some(page) = &mut self.tabs[tab].page {
                    page.conn = Some(conn);
                }
            }
            ChannelOutput::Close { .. } => {
                if let Some(conn) = self.tabs[tab].page.as_mut().and_then(|page| page.conn.take()) {
                    self.hang_up(conn);
                }
            }
            ChannelOutput::Send { text, .. } => {
                if let Some(conn) = self.tabs[tab].page.as_ref().and_then(|page| page.conn) {
                    self.send(conn, text);
                }
            }
            ChannelOutput::Authorize {
                channels,
                socket_id,
                attempt,
            } => {
                for channel in channels {
                    let socket_id = socket_id.clone();
                    self.call(
                        tab,
                        What::Authorize {
                            channel,
                            socket_id,
                            attempt,
                        },
                    );
                }
            }
            // The page signs nobody in, and fetches what it missed by itself.
            ChannelOutput::AuthenticateUser { .. } | ChannelOutput::FetchMissed { .. } => {}
            ChannelOutput::Tell(notice) => self.noticed(tab, notice),
        }
    }

    fn noticed(&mut self, tab: usize, notice: Notice) {
        match notice {
            Notice::StateChanged { current, .. } if current != State::Connected => self.channel_changed(tab, Live::No),
            Notice::Subscribed(_) => self.channel_changed(tab, Live::Yes),
            // What hears no more for a while is lost too.
            Notice::SubscriptionFailed { .. } => {
                if let Some(page) = &mut self.tabs[tab].page {
                    page.live_since = None;
                }
            }
            Notice::Event(event) if event.name == api::BEACON => {
                if let Ok(beacon) = serde_json::from_str(&event.data) {
                    self.tell(tab, Input::BeaconHeard(beacon));
                }
            }
            Notice::Event(event) if event.name == api::ACCESS => self.wake(tab),
            Notice::Event(event) => match api::heard(&event.name, &event.data) {
                Some(Heard::Change(recorded)) => self.tell(tab, Input::ChangeHeard(recorded)),
                Some(Heard::Bare(bare)) => {
                    self.count(Counter::BareEvents);
                    self.tell(tab, Input::BareHeard(bare));
                }
                None => {}
            },
            // What else is told, now or by a later version, does not change what the page does.
            _ => {}
        }
    }

    fn channel_changed(&mut self, tab: usize, live: Live) {
        let fetched_before = self.has(Defect::FetchBeforeSubscribe);
        let now = self.now;
        let Some(page) = &mut self.tabs[tab].page else { return };
        let news = std::mem::replace(&mut page.pace.channel, live == Live::Yes) != (live == Live::Yes);
        page.live_since = (live == Live::Yes).then_some(now);
        let wakes = match live {
            Live::Yes => !fetched_before,
            Live::No => news,
        };
        if wakes {
            self.wake(tab);
        }
    }
}

fn in_words(input: &Input) -> String {
    match input {
        Input::Loaded(loaded) => {
            let saved = loaded.saved.as_ref().map(|saved| saved.version.rev);
            let kept: Vec<String> = loaded
                .kept
                .iter()
                .map(|kept| format!("{} {:?}", short(kept.mid), kept.stage))
                .collect();
            format!("< loaded base {saved:?} kept {kept:?}")
        }
        Input::Commanded(given) => format!("< commanded {}", short(given.mid)),
        Input::Kept(mid) => format!("< kept {}", short(*mid)),
        Input::ChangeHeard(recorded) => format!("< heard {} {}", recorded.version(), short(recorded.mid)),
        Input::BareHeard(bare) => format!("< heard bare {}", bare.rev),
        Input::BeaconHeard(beacon) => format!("< beacon {}.{}", beacon.rev, beacon.hash.0),
        Input::SyncAnswered(answer) => format!("< answered {}", answer.version()),
        Input::SyncFailed => "< sync failed".to_owned(),
        Input::SyncBroke => "< sync broke".to_owned(),
        Input::SyncRefused(_) => "< sync refused".to_owned(),
        Input::Woke => "< woke".to_owned(),
        Input::SaveDue => "< save due".to_owned(),
        Input::Saved(version) => format!("< saved {version}"),
        Input::Wiped => "< wiped".to_owned(),
        Input::Dismissed(mid) => format!("< dismissed {}", short(*mid)),
    }
}

/// Whether the channel carries events.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Live {
    Yes,
    No,
}

pub(crate) fn channel(project: usize) -> ChannelName {
    ChannelName::new(&api::channel_of(project_id(project))).expect("the prefix and hex digits make a channel name")
}
