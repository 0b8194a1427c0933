//! What goes wrong, and when it mends.

use super::device::Device;
use super::{Event, World};
use crate::counters::Counter;
use crate::random::Dice;
use crate::script::Act;
use backlog::Epoch;
use pusher_channels::client::Input as ChannelInput;

impl World {
    pub(crate) fn act(&mut self, index: usize) {
        let entry = self.script.entries[index];
        let mut dice = Dice::new(entry.seed);
        let dice = &mut dice;
        let now = self.now;
        if !entry.act.is_done() {
            self.note(|| format!("{now:>7} fault: {:?}", entry.act));
        }
        match entry.act {
            Act::Command => self.command(dice),
            Act::Undo => self.undo(dice),
            Act::Attend => self.attend(dice),
            Act::Kill => self.kill_now(dice),
            Act::KillInBatch => self.server.dies_in_batch = true,
            Act::KillAfterCommit => self.server.dies_after_commit = true,
            Act::PowerLoss => self.lose_power(dice, 0),
            Act::LyingDisk => self.let_disk_lie(dice),
            Act::Offline => self.go_offline(dice),
            Act::Sleep => self.go_to_sleep(dice),
            Act::Reload => self.reload(dice),
            Act::TabCrash => self.crash_tab(dice),
            Act::DeviceCrash => self.crash_device(dice),
            Act::SecondTab => self.open_second_tab(dice),
            Act::CopyProfile => self.copy_profile(dice),
            Act::Compaction => self.compact(dice),
            Act::Backup => self.backup = Some(self.disk.clone()),
            Act::Restore => self.restore(dice),
            Act::Remove => self.remove(dice),
            Act::Admit => self.admit(dice),
            Act::Recast => self.recast(dice),
            Act::ClockJump => self.jump_clock(dice),
            Act::CutSocket => {
                if let Some(conn) = dice.pick(&self.open_conns()).copied() {
                    self.count(Counter::SocketsCut);
                    self.cut(conn);
                }
            }
            Act::HalfOpen => {
                if let Some(conn) = dice.pick(&self.open_conns()).copied() {
                    self.count(Counter::HalfOpen);
                    self.go_dead(conn);
                }
            }
            Act::Garble => self.garbles = true,
            Act::SlowDisk => {
                let device = dice.below(self.devices.len());
                self.count(Counter::SlowDisks);
                self.devices[device].slow_until = now + dice.between(1_000, 8_000);
            }
        }
    }

    fn kill_now(&mut self, dice: &mut Dice) {
        if self.server.up {
            self.kill(dice.between(50, 4_000));
        }
    }

    // Mostly soon after a commit, so that what it loses has just been confirmed and the answer is still on its way.
    fn let_disk_lie(&mut self, dice: &mut Dice) {
        if dice.percent(70) {
            self.server.lies_after_commit = Some(dice.next());
        } else {
            let batches = 1 + dice.below(4);
            self.lose_power(dice, batches);
        }
    }

    /// The disk loses what it confirmed a moment ago.
    pub(crate) fn lie_due(&mut self, life: u64, seed: u64) {
        if life == self.server.life {
            let mut dice = Dice::new(seed);
            let batches = 1 + dice.below(3);
            self.lose_power(&mut dice, batches);
        }
    }

    fn lose_power(&mut self, dice: &mut Dice, batches: usize) {
        if !self.server.up {
            return;
        }
        self.count(Counter::PowerLosses);
        let lost = self.disk.lose(batches);
        self.counters.add(Counter::RevisionsLost, lost as u64);
        // What people are can be lost where no revision is.
        if batches > 0 {
            self.put_back();
        }
        let soon = dice.percent(60);
        self.kill(if soon {
            dice.between(20, 300)
        } else {
            dice.between(300, 6_000)
        });
    }

    /// The disk holds another past than it did.
    fn put_back(&mut self) {
        self.search = true;
        for (truth, stored) in self.truths.iter_mut().zip(&self.disk.projects) {
            if let Some(ledger) = stored.replay() {
                truth.put_back(ledger, stored);
            }
        }
        let (now, heads) = (
            self.now,
            self.truths.iter().map(|truth| truth.head().rev).collect::<Vec<_>>(),
        );
        self.note(|| format!("{now:>7} disk: put back to revisions {heads:?}"));
    }

    fn restore(&mut self, dice: &mut Dice) {
        let Some(backup) = self.backup.clone() else { return };
        if !self.server.up {
            return;
        }
        self.count(Counter::Restores);
        self.disk = backup;
        self.disk.epoch = Epoch(dice.bits());
        self.put_back();
        self.kill(dice.between(100, 3_000));
    }

    fn go_offline(&mut self, dice: &mut Dice) {
        let device = dice.below(self.devices.len());
        if !self.devices[device].online {
            return;
        }
        self.count(Counter::Offline);
        self.devices[device].online = false;
        for tab in self.tabs_of(device) {
            self.feed(tab, ChannelInput::WentOffline);
        }
        self.plan(dice.between(500, 15_000), Event::Back(device));
    }

    fn go_to_sleep(&mut self, dice: &mut Dice) {
        let device = dice.below(self.devices.len());
        if !self.devices[device].online {
            return;
        }
        self.count(Counter::Sleeps);
        self.devices[device].online = false;
        self.devices[device].asleep = true;
        self.plan(dice.between(2_000, 25_000), Event::Back(device));
    }

    pub(crate) fn come_back(&mut self, device: usize) {
        let Device { online, asleep, .. } = &mut self.devices[device];
        let (was_online, was_asleep) = (std::mem::replace(online, true), std::mem::replace(asleep, false));
        if was_online {
            return;
        }
        let now = self.now;
        self.note(|| format!("{now:>7} device {device}: is back"));
        for tab in self.tabs_of(device) {
            let input = if was_asleep {
                ChannelInput::Woke
            } else {
                ChannelInput::WentOnline
            };
            self.feed(tab, input);
            // What other tabs wrote while this one slept was told to it then, in vain.
            self.others_wrote(tab);
            self.wake(tab);
        }
    }

    fn open_tabs(&self) -> Vec<usize> {
        (0..self.tabs.len())
            .filter(|tab| self.tabs[*tab].page.is_some())
            .collect()
    }

    fn reload(&mut self, dice: &mut Dice) {
        let Some(tab) = dice.pick(&self.open_tabs()).copied() else {
            return;
        };
        self.count(Counter::Reloads);
        self.close_tab(tab);
        self.plan(
            dice.between(5, 200),
            Event::TabOpened(self.tabs[tab].device, self.tabs[tab].project),
        );
    }

    fn crash_tab(&mut self, dice: &mut Dice) {
        let Some(tab) = dice.pick(&self.open_tabs()).copied() else {
            return;
        };
        self.count(Counter::TabCrashes);
        self.close_tab(tab);
        self.plan(
            dice.between(100, 12_000),
            Event::TabOpened(self.tabs[tab].device, self.tabs[tab].project),
        );
    }

    fn crash_device(&mut self, dice: &mut Dice) {
        let device = dice.below(self.devices.len());
        self.count(Counter::DeviceCrashes);
        for tab in self.tabs_of(device) {
            self.close_tab(tab);
            self.plan(
                dice.between(1_000, 12_000),
                Event::TabOpened(device, self.tabs[tab].project),
            );
        }
    }

    fn open_second_tab(&mut self, dice: &mut Dice) {
        if let Some(tab) = dice.pick(&self.open_tabs()).copied()
            && self.open_tabs().len() < 8
        {
            self.count(Counter::SecondTabs);
            self.open_tab(self.tabs[tab].device, self.tabs[tab].project);
        }
    }

    /// Another device has all that this one has written so far, and its owner uses both.
    fn copy_profile(&mut self, dice: &mut Dice) {
        let Some(tab) = dice.pick(&self.open_tabs()).copied() else {
            return;
        };
        if self.devices.len() >= 6 {
            return;
        }
        self.count(Counter::ProfilesCopied);
        let from = self.tabs[tab].device;
        let device = self.add_device(self.tabs[tab].person);
        self.devices[device].keeping = self.devices[from].keeping.clone();
        self.open_tab(device, self.tabs[tab].project);
    }

    fn compact(&mut self, dice: &mut Dice) {
        self.count(Counter::Compactions);
        for stored in &mut self.disk.projects {
            let kept = dice.between(0, 4);
            let upto = (stored.history.len() as u64).saturating_sub(kept);
            stored.compact(upto);
        }
    }

    fn jump_clock(&mut self, dice: &mut Dice) {
        self.count(Counter::ClockJumps);
        let far = dice.between(0, 7_200_000) as i64 - 3_600_000;
        match dice.below(self.devices.len() + 1) {
            0 => self.server.clock += far,
            device => self.devices[device - 1].clock += far,
        }
    }
}
