//! The server's truth: the orders and their revision. Knows no network.

use std::collections::BTreeMap;

use crate::wire::{self, Deleted, Edit, Order, Snapshot, State, Title};

/// Most orders that are kept.
pub const MOST_ORDERS: usize = 200;

/// The orders, and the revision that the last change made.
pub struct Store {
    rev: u64,
    last_id: u32,
    orders: BTreeMap<u32, Order>,
}

/// Why nothing was changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no room for another order.
    Full,
    /// There is no such order (any more).
    Gone,
    /// Somebody changed the order after the revision that was seen.
    Overtaken,
    /// The new owner is none of the crew.
    Stranger,
}

impl Store {
    /// No orders, at this revision. It must be above all that an earlier run of the server gave out, so that pages which remember
    /// those take the new orders for news.
    pub fn new(rev: u64) -> Self {
        Self {
            rev,
            last_id: 0,
            orders: BTreeMap::new(),
        }
    }

    /// Everything, as of now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            rev: self.rev,
            orders: self.orders.values().cloned().collect(),
        }
    }

    /// One order.
    pub fn order(&self, id: u32) -> Result<Order, Refusal> {
        self.orders.get(&id).cloned().ok_or(Refusal::Gone)
    }

    /// Takes an order in.
    pub fn create(&mut self, title: Title) -> Result<Order, Refusal> {
        if self.orders.len() >= MOST_ORDERS {
            return Err(Refusal::Full);
        }
        self.last_id += 1;
        self.rev += 1;
        let order = Order {
            id: self.last_id,
            rev: self.rev,
            title,
            state: State::New,
            owner: None,
        };
        self.orders.insert(order.id, order.clone());
        Ok(order)
    }

    /// Changes an order, unless somebody did so after the revision that was seen.
    pub fn edit(&mut self, id: u32, edit: Edit) -> Result<Order, Refusal> {
        let order = self.orders.get_mut(&id).ok_or(Refusal::Gone)?;
        if order.rev != edit.seen {
            return Err(Refusal::Overtaken);
        }
        if edit
            .owner
            .as_deref()
            .is_some_and(|owner| wire::name_of(owner).is_none())
        {
            return Err(Refusal::Stranger);
        }
        self.rev += 1;
        order.rev = self.rev;
        order.state = edit.state;
        order.owner = edit.owner;
        Ok(order.clone())
    }

    /// Deletes an order.
    pub fn delete(&mut self, id: u32) -> Result<Deleted, Refusal> {
        self.orders.remove(&id).ok_or(Refusal::Gone)?;
        self.rev += 1;
        Ok(Deleted { id, rev: self.rev })
    }
}

#[cfg(test)]
mod tests;
