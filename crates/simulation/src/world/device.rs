//! Devices: what they keep of each project, written in order and only when it is written; what their tabs tell each other.

use super::page::{Page, Tab};
use super::{Event, World};
use crate::agenda::Time;
use crate::counters::Counter;
use crate::defect::Defect;
use backlog::Mid;
use replica::{Input, Kept, Loaded, Rule, Saved, Write};
use std::collections::BTreeMap;

/// What a device keeps of one project.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keeping {
    pub(crate) kept: BTreeMap<Mid, Kept>,
    base: Option<Box<Saved>>,
}

#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) person: usize,
    pub(crate) online: bool,
    pub(crate) asleep: bool,
    pub(crate) slow_until: Time,
    /// How far its clock is off, in milliseconds.
    pub(crate) clock: i64,
    pub(crate) keeping: Vec<Keeping>,
}

/// Something on its way to the device's disk.
#[derive(Debug)]
pub(crate) enum ToDisk {
    Keep(Box<Kept>),
    Write(Vec<Write>),
    Save(Box<Saved>),
}

impl World {
    pub(crate) fn add_device(&mut self, person: usize) -> usize {
        self.devices.push(Device {
            person,
            online: true,
            asleep: false,
            slow_until: 0,
            clock: 0,
            keeping: vec![Keeping::default(); self.script.projects],
        });
        self.devices.len() - 1
    }

    pub(crate) fn open_tab(&mut self, device: usize, project: usize) {
        let tab = self.tabs.len();
        let seed = self.dice.next();
        // Some pages ask no role, like a program that someone wrote themselves: the server has to.
        let forged = self.dice.percent(15).then_some(Rule::Role);
        let page = Page::new(seed, self.defect.and_then(Defect::rule).or(forged));
        self.tabs.push(Tab {
            device,
            project,
            person: self.devices[device].person,
            page: Some(Box::new(page)),
        });
        let now = self.now;
        self.note(|| format!("{now:>7} tab {tab}: opens project {project} on device {device}"));
        let read_in = self.dice.between(1, 12);
        self.plan(read_in, Event::DeviceRead(tab));
        let tick_in = self.dice.between(1_000, 15_000);
        self.plan(tick_in, Event::Ticked(tab));
        let save_in = self.dice.between(1_000, 9_000);
        self.plan(save_in, Event::SaveDue(tab));
    }

    pub(crate) fn device_read(&mut self, tab: usize) {
        let Tab { device, project, .. } = self.tabs[tab];
        if self.tabs[tab].page.is_none() {
            return;
        }
        // Some go through the text that a device really holds.
        let as_text = self.dice.percent(20);
        let keeping = &self.devices[device].keeping[project];
        let kept = keeping.kept.values().filter_map(|kept| {
            if as_text {
                Kept::from_text(&kept.to_text()).ok()
            } else {
                Some(kept.clone())
            }
        });
        let saved = keeping.base.as_ref().and_then(|base| {
            if as_text {
                Saved::from_text(&base.to_text()).map(Box::new)
            } else {
                Some(base.clone())
            }
        });
        let loaded = Loaded {
            kept: kept.collect(),
            saved,
        };
        self.tell(tab, Input::Loaded(loaded));
        self.connect(tab);
    }

    pub(crate) fn write(&mut self, tab: usize, what: ToDisk) {
        let device = self.tabs[tab].device;
        let slow = self.devices[device].slow_until > self.now;
        let takes = match (&what, slow) {
            (ToDisk::Save(_), false) => self.dice.between(3, 60),
            (ToDisk::Keep(_) | ToDisk::Write(_), false) => self.dice.between(1, 20),
            (_, true) => self.dice.between(200, 2_500),
        };
        let Some(page) = &mut self.tabs[tab].page else { return };
        // A device writes in order.
        let at = page.written_by.max(self.now + takes);
        page.written_by = at;
        page.writing.push_back(what);
        self.agenda.plan(at, Event::DeviceWrote(tab));
    }

    pub(crate) fn device_wrote(&mut self, tab: usize) {
        let in_memory = self.has(Defect::QueueInMemory);
        let Tab { device, project, .. } = self.tabs[tab];
        let Some(what) = self.tabs[tab].page.as_mut().and_then(|page| page.writing.pop_front()) else {
            return;
        };
        self.search = true;
        let keeping = &mut self.devices[device].keeping[project];
        match what {
            ToDisk::Keep(kept) => {
                let mid = kept.mid;
                if !in_memory {
                    keeping.kept.insert(mid, *kept);
                }
                self.book.kept(mid);
                self.tell(tab, Input::Kept(mid));
                self.tell_others(tab);
            }
            ToDisk::Write(writes) => {
                for write in writes {
                    match write {
                        Write::Put(kept) => {
                            keeping.kept.insert(kept.mid, *kept);
                        }
                        Write::Remove(mid) => {
                            keeping.kept.remove(&mid);
                        }
                    }
                }
                self.tell_others(tab);
            }
            ToDisk::Save(saved) => {
                let version = saved.version;
                keeping.base = Some(saved);
                self.tell(tab, Input::Saved(version));
            }
        }
    }

    pub(crate) fn tell_others(&mut self, tab: usize) {
        let Tab { device, project, .. } = self.tabs[tab];
        for other in 0..self.tabs.len() {
            let is_beside = other != tab && (self.tabs[other].device, self.tabs[other].project) == (device, project);
            if is_beside && self.tabs[other].page.is_some() {
                let told_in = self.dice.between(1, 4);
                self.plan(told_in, Event::OthersWrote(other));
            }
        }
    }

    pub(crate) fn others_wrote(&mut self, tab: usize) {
        let Tab { device, project, .. } = self.tabs[tab];
        let is_loaded = self.tabs[tab]
            .page
            .as_ref()
            .is_some_and(|page| page.replica.is_loaded());
        if !is_loaded || self.devices[device].asleep {
            return;
        }
        self.count(Counter::TabsTold);
        let kept = self.devices[device].keeping[project].kept.values().cloned().collect();
        self.tell(tab, Input::Loaded(Loaded { saved: None, kept }));
    }

    /// A tab is gone, with all that was on its way to the disk.
    pub(crate) fn close_tab(&mut self, tab: usize) {
        let Some(page) = self.tabs[tab].page.take() else { return };
        self.counters.add(Counter::WritesLost, page.writing.len() as u64);
        if let Some(conn) = page.conn {
            self.hang_up(conn);
        }
    }

    /// The tabs of a device that are open.
    pub(crate) fn tabs_of(&self, device: usize) -> Vec<usize> {
        let open = |tab: &usize| self.tabs[*tab].device == device && self.tabs[*tab].page.is_some();
        (0..self.tabs.len()).filter(open).collect()
    }
}
