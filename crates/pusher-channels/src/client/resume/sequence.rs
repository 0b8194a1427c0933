//! Puts numbered events into their order, each once. Knows numbers; not how what is missing is fetched.

use crate::client::{Event, sorted::Sorted};

/// No more events wait for those before them; the newest make room. They are fetched like any other that is missing.
pub(super) const MAX_HELD: usize = 1000;

/// The numbered events of one channel.
#[derive(Debug)]
pub(super) struct Sequence {
    /// The last one that was delivered; none before the first.
    last: Option<u64>,
    /// The highest that was heard of.
    newest: u64,
    /// Those that wait for one before them.
    held: Sorted<u64, Event>,
}

impl Sequence {
    /// After this number, or from the first event on that is heard.
    pub fn new(after: Option<u64>) -> Self {
        Self {
            last: after,
            newest: after.unwrap_or_default(),
            held: Sorted::new(),
        }
    }

    /// The number of the last event that was delivered.
    pub fn last(&self) -> Option<u64> {
        self.last
    }

    /// Whether everything that was heard of was delivered.
    pub fn is_complete(&self) -> bool {
        self.last.is_none_or(|last| last >= self.newest)
    }

    /// Takes an event that was heard; gives those that are in order now.
    pub fn hear(&mut self, number: u64, event: Event) -> Vec<Event> {
        let Some(last) = self.last else {
            (self.last, self.newest) = (Some(number), number);
            return vec![event];
        };
        if number <= last {
            return Vec::new();
        }
        self.newest = self.newest.max(number);
        self.held.get_or_insert_with(number, || event);
        let ready = self.ready();
        while self.held.len() > MAX_HELD {
            self.held.pop_last();
        }
        ready
    }

    /// Takes what was fetched; gives those that are in order now. Up to the highest of them nothing is missing any more: a
    /// number that was not fetched does not exist.
    pub fn fill(&mut self, fetched: Sorted<u64, Event>) -> Vec<Event> {
        let Some((&highest, _)) = fetched.last() else {
            return Vec::new();
        };
        for (number, event) in fetched {
            if self.last.is_none_or(|last| number > last) {
                self.held.get_or_insert_with(number, || event);
            }
        }
        let mut ready = self.up_to(highest);
        ready.extend(self.ready());
        ready
    }

    /// Waits no longer for what is missing; gives all that was held. Goes on after the highest number.
    pub fn skip(&mut self) -> Vec<Event> {
        self.last = self.last.map(|last| last.max(self.newest));
        std::mem::take(&mut self.held).into_values().collect()
    }

    /// Gives all that was held, and goes on after it; if nothing was, with the first event that is heard: the numbers
    /// may have begun anew.
    pub fn begin_anew(&mut self) -> Vec<Event> {
        self.last = self.held.last().map(|(&number, _)| number);
        self.newest = self.last.unwrap_or_default();
        std::mem::take(&mut self.held).into_values().collect()
    }

    /// What is held up to this number.
    fn up_to(&mut self, highest: u64) -> Vec<Event> {
        let ready = self.held.take_up_to(&highest).into_values().collect();
        self.last = self.last.max(Some(highest));
        self.newest = self.newest.max(highest);
        ready
    }

    /// What is held right after the last one.
    fn ready(&mut self) -> Vec<Event> {
        let mut ready = Vec::new();
        while let Some(next) = self.last.and_then(|last| last.checked_add(1)) {
            let Some(event) = self.held.remove(&next) else {
                break;
            };
            ready.push(event);
            self.last = Some(next);
        }
        ready
    }
}
