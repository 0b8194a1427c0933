//! When the faults stop: what is mended, what stays broken, and when all is well again.

use super::network::Answer;
use super::page::Tab;
use super::{Event, World};
use crate::agenda::Time;
use crate::book::Effect;
use crate::breach::{Breach, Invariant};
use crate::random::Dice;
use backlog::{Role, Version};
use replica::Kept;

/// By then queues are empty and all pages agree. The slowest way leads over a dead socket that nobody noticed: a page asks
/// once a minute even so.
const LONGEST_CALM: Time = 100_000;
/// A page that hears its channel is never further behind: the time between two beacons, and a way there and back.
const BEHIND_LIVE: Time = 12_500;
/// What a page asks goes with what it sends, so that one with a command at which the server fails reads only once it has asked
/// with all, with one and with none.
const BEHIND_BREAKING: Time = 32_500;
/// After subscribing a page knows by then what was there before.
const BEHIND_SUBSCRIBED: Time = 2_500;

impl World {
    pub(crate) fn calm_down(&mut self) {
        self.calm = Some(self.now);
        let now = self.now;
        self.note(|| format!("{now:>7} calm"));
        (self.server.dies_after_commit, self.server.dies_in_batch) = (false, false);
        self.server.lies_after_commit = None;
        self.server.meets = None;
        if !self.server.up {
            self.plan(10, Event::ServerStarted);
        }
        for device in 0..self.devices.len() {
            self.come_back(device);
            self.devices[device].slow_until = 0;
        }
        self.plan(50, Event::BackIn);
        for conn in self.open_conns() {
            // Some sockets stay dead; ticks must do for them.
            if self.is_dead(conn) && self.dice.percent(60) {
                self.cut(conn);
            }
        }
        // What was on its way comes to nothing at once, not after a page's patience.
        for call in 0..self.calls.len() {
            if !self.calls[call].over {
                self.plan(50, Event::Answered(call, Box::new(Answer::Unreachable)));
            }
        }
        self.open_what_is_closed();
        let word_in = self.dice.between(6_000, 14_000);
        self.plan(word_in, Event::LastWord);
    }

    /// Every device has a tab again of each project of which it keeps something.
    fn open_what_is_closed(&mut self) {
        for device in 0..self.devices.len() {
            for project in 0..self.script.projects {
                let keeps = !self.devices[device].keeping[project].kept.is_empty();
                let open = self
                    .tabs_of(device)
                    .iter()
                    .any(|tab| self.tabs[*tab].project == project);
                if keeps && !open {
                    self.open_tab(device, project);
                }
            }
        }
    }

    /// One more command, while another page's socket is lost: the change is told to nobody who is not there.
    pub(crate) fn say_last_word(&mut self) {
        let mut dice = Dice::new(self.dice.next());
        let settled: Vec<usize> = (0..self.tabs.len()).filter(|tab| self.is_settled(*tab)).collect();
        let adds = |tab: &usize| {
            let Tab { project, person, .. } = self.tabs[*tab];
            self.role(project, person) >= Some(Role::Member)
        };
        let able: Vec<usize> = settled.iter().copied().filter(adds).collect();
        let Some(tab) = dice.pick(&able).copied() else {
            self.last_word = Some(self.now);
            return;
        };
        let others: Vec<usize> = settled.iter().copied().filter(|other| *other != tab).collect();
        if let Some(conn) = dice
            .pick(&others)
            .and_then(|other| self.tabs[*other].page.as_ref()?.conn)
        {
            self.cut(conn);
        }
        let command = self.new_story(Some(self.tabs[tab].project));
        self.give(tab, command.into(), &mut dice);
        self.last_word = Some(self.now);
    }

    /// Whether a page is of someone who may see the project, and there is no more to come for it.
    fn is_settled(&self, tab: usize) -> bool {
        let is_written = self.tabs[tab].page.as_ref().is_some_and(|page| page.writing.is_empty());
        if self.garbled && self.is_garbled(tab) {
            return false;
        }
        let is_there = self.version(tab) == Some(self.head_for(tab)) && !self.has_pending(tab);
        self.is_of_member(tab) && is_written && is_there && self.knows_role(tab)
    }

    /// Whether a page knows what its person is.
    fn knows_role(&self, tab: usize) -> bool {
        let Tab { project, person, .. } = self.tabs[tab];
        let known = self.tabs[tab].page.as_ref().and_then(|page| page.replica.role());
        known == self.role(project, person)
    }

    pub(crate) fn is_garbled(&self, tab: usize) -> bool {
        let base = self.tabs[tab].page.as_ref().and_then(|page| page.replica.base());
        let node = self
            .version(tab)
            .and_then(|version| self.truths[self.tabs[tab].project].node(version));
        base.zip(node).is_some_and(|(base, node)| base.digest() != node.digest)
    }

    fn has_breaking(&self, tab: usize) -> bool {
        let breaks = |kept: &Kept| self.book.effect(kept.mid) == Effect::Breaking;
        let replica = self.tabs[tab].page.as_ref().map(|page| &page.replica);
        replica.is_some_and(|replica| replica.pending().any(breaks))
    }

    fn is_of_member(&self, tab: usize) -> bool {
        let tab = &self.tabs[tab];
        tab.page.is_some() && self.role(tab.project, tab.person).is_some()
    }

    fn version(&self, tab: usize) -> Option<Version> {
        self.tabs[tab].page.as_ref().and_then(|page| page.replica.version())
    }

    fn head_for(&self, tab: usize) -> Version {
        self.truths[self.tabs[tab].project].head()
    }

    pub(crate) fn is_over(&mut self) -> bool {
        let (Some(calm), Some(last_word)) = (self.calm, self.last_word) else {
            return false;
        };
        let members: Vec<usize> = (0..self.tabs.len()).filter(|tab| self.is_of_member(*tab)).collect();
        let open: Vec<usize> = members.into_iter().filter(|tab| !self.is_settled(*tab)).collect();
        if open.is_empty() && last_word + 1_500 < self.now {
            return true;
        }
        if self.now > calm + LONGEST_CALM {
            let tab = open.first().copied().unwrap_or_default();
            let breach = if self.has_pending(tab) {
                Breach::new(Invariant::L1, format!("tab {tab} still has something to send"))
            } else {
                let (at, head) = (self.version(tab), self.head_for(tab));
                Breach::new(Invariant::L2, format!("tab {tab} is at {at:?}, the server at {head:?}"))
            };
            self.fail(breach);
        }
        false
    }

    /// L3: a page that hears its channel is not far behind.
    pub(crate) fn check_staleness(&mut self) {
        let Some(calm) = self.calm else { return };
        for tab in 0..self.tabs.len() {
            let Some(page) = &self.tabs[tab].page else { continue };
            let (Some(live), Some(version), Some(conn)) = (page.live_since, page.replica.version(), page.conn) else {
                continue;
            };
            let truth = &self.truths[self.tabs[tab].project];
            // A page that holds what the server lost finds out when it asks, within a minute.
            if !self.is_of_member(tab) || !self.is_healthy(conn) || !truth.is_current(version) {
                continue;
            }
            let Some(missing) = truth.next_at(version.rev) else {
                continue;
            };
            let mended = calm + BEHIND_LIVE;
            let bound = if self.has_breaking(tab) {
                BEHIND_BREAKING
            } else {
                BEHIND_LIVE
            };
            let late = self.now > missing.max(live).max(calm) + bound;
            let late_after_subscribing =
                bound == BEHIND_LIVE && missing < live && live > mended && self.now > live + BEHIND_SUBSCRIBED;
            if late || late_after_subscribing {
                let (now, rev) = (self.now, version.rev);
                let what = format!(
                    "tab {tab} is at {rev} at {now}, what follows is there since {missing}, it hears since {live}"
                );
                return self.fail(Breach::new(Invariant::L3, what));
            }
        }
    }
}
