//! What is to happen and when: a heap ordered by time and then by the order of planning, so that a seed has one course.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Simulated time, in milliseconds since the beginning.
pub(crate) type Time = u64;

#[derive(Debug)]
struct Entry<E> {
    at: Time,
    sequence: u64,
    event: E,
}

/// What is to happen.
#[derive(Debug)]
pub(crate) struct Agenda<E> {
    heap: BinaryHeap<Entry<E>>,
    sequence: u64,
}

impl<E> Agenda<E> {
    pub(crate) fn new() -> Agenda<E> {
        Agenda {
            heap: BinaryHeap::new(),
            sequence: 0,
        }
    }

    pub(crate) fn plan(&mut self, at: Time, event: E) {
        self.sequence += 1;
        let sequence = self.sequence;
        self.heap.push(Entry { at, sequence, event });
    }

    pub(crate) fn next(&mut self) -> Option<(Time, E)> {
        self.heap.pop().map(|entry| (entry.at, entry.event))
    }
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<E> Eq for Entry<E> {}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Entry<E> {
    // The heap's greatest is the earliest.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}
