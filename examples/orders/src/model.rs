//! What the page knows: all orders, or one of them. Pure values. Know no browser and no network.

use std::collections::BTreeMap;

use crate::wire::{Deleted, Order, Snapshot};

/// All orders, as far as they are known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct All {
    /// The revision of `orders`; none before the first answer.
    rev: Option<u64>,
    /// The latest revision that was heard of.
    newest: u64,
    orders: BTreeMap<u32, Order>,
}

/// One order, as far as it is known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum One {
    /// Not answered yet.
    #[default]
    Awaited,
    /// It is so.
    Here(Order),
    /// It is no more, or never was.
    Gone,
}

/// What was heard of all orders, or answered.
#[derive(Debug)]
pub enum AllMsg {
    /// The server answered with all of them.
    Fetched(Snapshot),
    /// One was created or changed.
    Saved(Order),
    /// One was deleted.
    Deleted(Deleted),
}

/// What was heard of one order, or answered.
#[derive(Debug)]
pub enum OneMsg {
    /// It is so.
    Saved(Order),
    /// It is no more.
    Deleted,
}

impl All {
    /// Takes in what happened.
    pub fn update(&mut self, msg: AllMsg) {
        match msg {
            // One that is older than the orders here, because changes overtook it, is no news.
            AllMsg::Fetched(snapshot) if self.rev > Some(snapshot.rev) => {}
            AllMsg::Fetched(snapshot) => {
                self.newest = self.newest.max(snapshot.rev);
                self.rev = Some(snapshot.rev);
                self.orders = snapshot.orders.into_iter().map(|order| (order.id, order)).collect();
            }
            AllMsg::Saved(order) => {
                if self.follows(order.rev) {
                    self.orders.insert(order.id, order);
                }
            }
            AllMsg::Deleted(deleted) => {
                if self.follows(deleted.rev) {
                    self.orders.remove(&deleted.id);
                }
            }
        }
    }

    /// The orders, latest first; none before the first answer.
    pub fn orders(&self) -> Option<impl Iterator<Item = &Order>> {
        self.rev.map(|_| self.orders.values().rev())
    }

    /// The latest revision that was heard of, if the orders here are older: then they must be fetched.
    pub fn missing(&self) -> Option<u64> {
        (self.rev < Some(self.newest)).then_some(self.newest)
    }

    /// Events may be lost, doubled or late: only the very next revision is applied. A later one tells that some were missed.
    fn follows(&mut self, rev: u64) -> bool {
        self.newest = self.newest.max(rev);
        let follows = self.rev.is_some_and(|known| known + 1 == rev);
        if follows {
            self.rev = Some(rev);
        }
        follows
    }
}

impl One {
    /// Takes in what happened. What is heard is always the whole order, so the latest is enough: nothing lies between.
    pub fn update(&mut self, msg: OneMsg) {
        match (msg, &*self) {
            (OneMsg::Saved(order), Self::Here(known)) if order.rev < known.rev => {}
            (OneMsg::Saved(_), Self::Gone) => {}
            (OneMsg::Saved(order), Self::Awaited | Self::Here(_)) => *self = Self::Here(order),
            (OneMsg::Deleted, _) => *self = Self::Gone,
        }
    }
}

#[cfg(test)]
mod tests;
