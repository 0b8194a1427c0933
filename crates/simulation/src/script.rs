//! What people do and what goes wrong, planned before a run: a list from which a shrinking run can leave entries out.

use crate::agenda::Time;
use crate::random::Dice;

/// Something that happens from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Someone gives a command.
    Command,
    /// Someone takes back what they did.
    Undo,
    /// Someone sees to what needs attention.
    Attend,
    /// The server is killed.
    Kill,
    /// The server is killed while it works on a batch.
    KillInBatch,
    /// The server is killed between a commit and what follows on it.
    KillAfterCommit,
    /// The server loses power.
    PowerLoss,
    /// The server loses power, and its disk what it had confirmed.
    LyingDisk,
    /// A device loses the network for a while.
    Offline,
    /// A device sleeps for a while.
    Sleep,
    /// A page is loaded again.
    Reload,
    /// A tab crashes.
    TabCrash,
    /// A device crashes, with all its tabs.
    DeviceCrash,
    /// Someone opens a second tab.
    SecondTab,
    /// A browser profile is copied to another device.
    CopyProfile,
    /// The server forgets old changes.
    Compaction,
    /// A backup is made.
    Backup,
    /// The last backup is restored.
    Restore,
    /// Someone is removed from a project, or leaves it.
    Remove,
    /// Someone comes to a project, or comes back.
    Admit,
    /// Someone gets another role.
    Recast,
    /// A clock jumps, a device's or the server's.
    ClockJump,
    /// A socket is cut.
    CutSocket,
    /// A socket goes dead and neither end notices.
    HalfOpen,
    /// A device's disk is slow for a while.
    SlowDisk,
    /// The relay garbles an event.
    Garble,
}

impl Act {
    const FAULTS: [(Act, usize); 23] = [
        (Act::Kill, 3),
        (Act::KillInBatch, 5),
        (Act::KillAfterCommit, 8),
        (Act::PowerLoss, 4),
        (Act::LyingDisk, 8),
        (Act::Offline, 8),
        (Act::Sleep, 3),
        (Act::Reload, 8),
        (Act::TabCrash, 6),
        (Act::DeviceCrash, 3),
        (Act::SecondTab, 5),
        (Act::CopyProfile, 4),
        (Act::Compaction, 5),
        (Act::Backup, 5),
        (Act::Restore, 5),
        (Act::Remove, 6),
        (Act::Admit, 5),
        (Act::Recast, 7),
        (Act::ClockJump, 4),
        (Act::CutSocket, 6),
        (Act::HalfOpen, 5),
        (Act::SlowDisk, 3),
        (Act::Garble, 2),
    ];

    /// Whether a person does it, rather than the world to them.
    pub(crate) fn is_done(self) -> bool {
        matches!(self, Act::Command | Act::Undo | Act::Attend)
    }
}

/// One entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) at: Time,
    pub(crate) act: Act,
    /// Decides on all its details, so that leaving another entry out changes none of them.
    pub(crate) seed: u64,
}

/// How bad the network is, in percent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    pub(crate) late: u64,
}

/// A course.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) projects: usize,
    pub(crate) people: usize,
    /// Whether people are different things in a project from the beginning, not all of them owners.
    pub(crate) mixed: bool,
    pub(crate) weather: Weather,
    pub(crate) calm_at: Time,
    pub(crate) entries: Vec<Entry>,
}

impl Script {
    pub(crate) fn of(seed: u64) -> Script {
        let mut dice = Dice::new(seed);
        let calm_at = dice.between(15_000, 40_000);
        let bursts: Vec<Time> = (0..dice.between(2, 5)).map(|_| dice.between(500, calm_at)).collect();
        let weather = match dice.below(3) {
            0 => Weather::default(),
            1 => Weather {
                lost: 8,
                doubled: 8,
                late: 6,
            },
            _ => Weather {
                lost: 20,
                doubled: 15,
                late: 15,
            },
        };
        let mut script = Script {
            projects: 1 + usize::from(dice.percent(25)),
            people: 2 + usize::from(dice.percent(40)),
            mixed: dice.percent(50),
            weather,
            calm_at,
            entries: Vec::new(),
        };
        script.plan(&bursts, &mut dice);
        script
    }

    fn plan(&mut self, bursts: &[Time], dice: &mut Dice) {
        // Each seed knows half of the faults, so that those that it knows meet more often.
        let known: Vec<(Act, usize)> = Act::FAULTS.into_iter().filter(|_| dice.percent(50)).collect();
        let commands = dice.between(15, 40);
        let faults = dice.between(3, 14);
        for _ in 0..commands {
            let act = match dice.below(100) {
                0..82 => Act::Command,
                82..90 => Act::Undo,
                _ => Act::Attend,
            };
            self.add(act, bursts, dice);
        }
        for _ in 0..faults {
            if let Some(act) = weighed(&known, dice) {
                self.add(act, bursts, dice);
            }
        }
        self.entries.sort_by_key(|entry| entry.at);
    }

    fn add(&mut self, act: Act, bursts: &[Time], dice: &mut Dice) {
        let near = dice.percent(75);
        let burst = bursts.get(dice.below(bursts.len())).copied().unwrap_or(0);
        let wide = if near {
            burst + dice.between(0, 1_500)
        } else {
            dice.between(200, self.calm_at)
        };
        self.entries.push(Entry {
            at: wide.min(self.calm_at),
            act,
            seed: dice.next(),
        });
    }
}

fn weighed(acts: &[(Act, usize)], dice: &mut Dice) -> Option<Act> {
    let sum: usize = acts.iter().map(|(_, weight)| weight).sum();
    let mut left = dice.below(sum);
    for (act, weight) in acts {
        if left < *weight {
            return Some(*act);
        }
        left -= weight;
    }
    None
}
