//! Many courses, one after the other, on all cores: how many there were, what occurred in them, and the first that broke.

use crate::counters::Counters;
use crate::defect::Defect;
use crate::run::{Course, Record, run};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

/// Courses to run.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Their seeds.
    pub seeds: Range<u64>,
    /// The rule that is switched off in all of them.
    pub defect: Option<Defect>,
    /// How many run at a time.
    pub threads: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many courses were run.
    pub seeds: u64,
    /// How many steps they took together.
    pub steps: u64,
    /// What occurred in them.
    pub counters: Counters,
    /// The lowest seed that broke an invariant.
    pub broken: Option<u64>,
}

impl Campaign {
    /// Runs the courses, lower seeds first, until one breaks.
    pub fn run(&self) -> Outcome {
        let (next, broken) = (AtomicU64::new(self.seeds.start), AtomicBool::new(false));
        let work = || {
            let mut outcome = Outcome::default();
            while !broken.load(Ordering::Relaxed) {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= self.seeds.end {
                    break;
                }
                if !outcome.play(seed, self.defect) {
                    broken.store(true, Ordering::Relaxed);
                }
            }
            outcome
        };
        let mut sum = Outcome::default();
        thread::scope(|scope| {
            let workers: Vec<_> = (0..self.threads.max(1)).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                match worker.join() {
                    Ok(outcome) => sum.merge(&outcome),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        sum
    }
}

impl Outcome {
    /// Whether the course of that seed held.
    fn play(&mut self, seed: u64, defect: Option<Defect>) -> bool {
        let course = Course {
            seed,
            defect,
            entries: None,
        };
        let finding = run(&course, Record::Nothing);
        self.seeds += 1;
        self.steps += finding.steps;
        self.counters.merge(&finding.counters);
        if finding.breach.is_some() {
            self.broken = Some(seed);
        }
        finding.breach.is_none()
    }

    fn merge(&mut self, other: &Outcome) {
        self.seeds += other.seeds;
        self.steps += other.steps;
        self.counters.merge(&other.counters);
        self.broken = [self.broken, other.broken].into_iter().flatten().min();
    }
}
