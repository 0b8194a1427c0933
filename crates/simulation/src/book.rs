//! Every command that people gave, and what they have let go of.

use backlog::{Command, Mid};
use std::collections::HashMap;

#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) person: usize,
    pub(crate) project: usize,
    pub(crate) command: Command,
    /// Whether the device said that it holds it.
    pub(crate) kept: bool,
    /// Whether a person threw it away or gave another one in its place.
    pub(crate) released: bool,
    /// What the server makes of a request with it.
    pub(crate) effect: Effect,
}

/// What a command does to a request that carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing out of the ordinary.
    Sound,
    /// The server cannot read it.
    Unreadable,
    /// The server fails at it.
    Breaking,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Book {
    given: HashMap<Mid, Given>,
    order: Vec<Mid>,
}

impl Book {
    pub(crate) fn enter(&mut self, mid: Mid, given: Given) {
        self.order.push(mid);
        self.given.insert(mid, given);
    }

    pub(crate) fn get(&self, mid: Mid) -> Option<&Given> {
        self.given.get(&mid)
    }

    pub(crate) fn kept(&mut self, mid: Mid) {
        if let Some(given) = self.given.get_mut(&mid) {
            given.kept = true;
        }
    }

    pub(crate) fn release(&mut self, mid: Mid) {
        if let Some(given) = self.given.get_mut(&mid) {
            given.released = true;
        }
    }

    pub(crate) fn is_released(&self, mid: Mid) -> bool {
        self.given.get(&mid).is_some_and(|given| given.released)
    }

    pub(crate) fn effect(&self, mid: Mid) -> Effect {
        self.given.get(&mid).map_or(Effect::Sound, |given| given.effect)
    }

    /// In the order in which they were given.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Mid, &Given)> {
        self.order.iter().filter_map(|mid| Some((*mid, self.given.get(mid)?)))
    }
}
