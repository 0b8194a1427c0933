//! Tries, counted under keys, in bounded memory.

use super::{Key, Rule};
use backlog::Millis;
use std::collections::HashMap;

/// Where it is full, so large a part is forgotten at once: the sorting is paid for by many that come.
const FORGOTTEN: usize = 8;

/// Tries of one kind.
#[derive(Debug)]
pub(super) struct Tallies {
    known: HashMap<Key, Tally>,
    most: usize,
}

/// Tries under one key.
#[derive(Clone, Copy, Debug)]
struct Tally {
    /// How many count, as of the last.
    tries: u32,
    /// When the last one was.
    last: Millis,
}

impl Tallies {
    pub(super) fn new(most: usize) -> Tallies {
        Tallies {
            known: HashMap::new(),
            most: most.max(FORGOTTEN),
        }
    }

    /// How many milliseconds the next try has to wait.
    pub(super) fn wait(&self, key: &Key, rule: Rule, now: Millis) -> i64 {
        let Some(tally) = self.known.get(key) else { return 0 };
        let wait = rule.after(tally.tries_left(rule, now));
        (wait - tally.quiet(now)).max(0)
    }

    /// Counts a try.
    pub(super) fn count(&mut self, key: Key, rule: Rule, now: Millis) {
        if self.known.len() >= self.most && !self.known.contains_key(&key) {
            self.forget_the_oldest();
        }
        let tally = self.known.entry(key).or_insert(Tally { tries: 0, last: now });
        tally.tries = tally.tries_left(rule, now).saturating_add(1);
        tally.last = now;
    }

    /// Takes the last try back.
    pub(super) fn take_back(&mut self, key: &Key) {
        if let Some(tally) = self.known.get_mut(key) {
            tally.tries = tally.tries.saturating_sub(1);
        }
    }

    fn forget_the_oldest(&mut self) {
        let mut times: Vec<Millis> = self.known.values().map(|tally| tally.last).collect();
        let kept_from = times.len() / FORGOTTEN;
        let (_, oldest_kept, _) = times.select_nth_unstable(kept_from);
        let oldest_kept = *oldest_kept;
        self.known.retain(|_, tally| tally.last > oldest_kept);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}

impl Tally {
    fn quiet(self, now: Millis) -> i64 {
        // A clock that was put back has nobody wait for it to come round.
        let quiet = now.0 - self.last.0;
        if quiet < 0 { i64::MAX } else { quiet }
    }

    /// How many tries quiet time has not forgiven.
    fn tries_left(self, rule: Rule, now: Millis) -> u32 {
        let forgiven = u32::try_from(self.quiet(now) / rule.forgiven).unwrap_or(u32::MAX);
        self.tries.saturating_sub(forgiven)
    }
}

impl Rule {
    /// How many milliseconds lie between so many tries and the next.
    fn after(self, tries: u32) -> i64 {
        match tries.checked_sub(self.free) {
            // Twenty doublings of a second are twelve days, more than any limit.
            Some(more) => self.longest.min(self.first << more.min(20)),
            None => 0,
        }
    }
}
