//! Random days: whatever fails and whenever the server is killed, every webhook gets every change, in order.

use super::*;
use std::collections::HashMap;

/// Webhooks of the project.
const WEBHOOKS: u128 = 3;
/// The revision at which they were made.
const BEGUN: u64 = 5;
const STEPS: usize = 400;

/// SplitMix64: small, good enough, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// What may happen to what is under way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weather {
    Fair,
    Foul,
}

struct World {
    dice: Dice,
    rounds: Rounds,
    now: i64,
    head: u64,
    /// What is under way: searches, posts and writes.
    pending: Vec<Output>,
    disk: HashMap<Bits128, Progress>,
    had: HashMap<Bits128, u64>,
}

impl World {
    fn new(seed: u64) -> World {
        let webhooks = || (1..=WEBHOOKS).map(Bits128);
        let mut world = World {
            dice: Dice(seed),
            rounds: Rounds::default(),
            now: 0,
            head: BEGUN,
            pending: Vec::new(),
            disk: webhooks().map(|id| (id, fresh(id.0, BEGUN))).collect(),
            had: webhooks().map(|id| (id, BEGUN)).collect(),
        };
        world.start();
        world
    }

    fn start(&mut self) {
        self.rounds = Rounds::default();
        self.pending.clear();
        for id in (1..=WEBHOOKS).map(Bits128) {
            let kept = self.disk[&id].clone();
            self.feed(Input::Made(project(), kept));
        }
    }

    fn feed(&mut self, input: Input) {
        self.rounds.handle(input, Millis(self.now));
        self.pending.extend(std::iter::from_fn(|| self.rounds.poll_output()));
    }

    fn step(&mut self) {
        match self.dice.below(20) {
            0 => self.start(),
            1..=4 => {
                self.head += 1;
                // Now and then nobody tells of it.
                if self.dice.below(5) > 0 {
                    self.feed(Input::Recorded(project()));
                }
            }
            5..=6 => self.pass_time(),
            _ => self.finish_one(Weather::Foul),
        }
    }

    fn pass_time(&mut self) {
        if let Some(at) = self.rounds.poll_timeout() {
            self.now = self.now.max(at.0);
            self.feed(Input::TimePassed);
        }
    }

    fn finish_one(&mut self, weather: Weather) {
        if self.pending.is_empty() {
            return self.pass_time();
        }
        let which = self.dice.below(self.pending.len() as u64) as usize;
        let fails = weather == Weather::Foul && self.dice.below(4) == 0;
        let done = match self.pending.swap_remove(which) {
            Output::Find { webhook, .. } if fails => Input::Unread(webhook),
            Output::Find { webhook, after, .. } => {
                let next = (after < self.head).then(|| Box::new(change(after + 1)));
                Input::Found(webhook, next)
            }
            Output::Post { webhook, change } if fails => {
                // One that fails may have been received all the same.
                if self.dice.below(2) == 0 {
                    self.receive(webhook, change.rev);
                }
                refused(webhook.0)
            }
            Output::Post { webhook, change } => {
                self.receive(webhook, change.rev);
                taken(webhook.0)
            }
            Output::Keep(_) if fails => Input::Unkept,
            Output::Keep(all) => {
                self.disk.extend(all.into_iter().map(|one| (one.webhook, one)));
                Input::Kept
            }
        };
        self.feed(done);
    }

    fn receive(&mut self, webhook: Bits128, rev: u64) {
        let had = self.had.get_mut(&webhook).expect("a webhook");
        assert!(rev <= *had + 1, "revision {rev} came after {had}");
        *had = rev.max(*had);
    }

    fn is_done(&self) -> bool {
        self.had.values().all(|had| *had == self.head) && self.disk.values().all(|kept| kept.delivered == self.head)
    }
}

#[test]
fn every_webhook_gets_every_change_in_order() {
    for seed in 0..300 {
        let mut world = World::new(seed);
        (0..STEPS).for_each(|_| world.step());
        for _ in 0..10 * STEPS {
            world.finish_one(Weather::Fair);
        }
        assert!(
            world.is_done(),
            "seed {seed}: {} of {:?} at {}",
            world.head,
            world.had,
            world.now
        );
    }
}
