//! What one other node has: subscriptions, members, signed-in users. Knows nothing of words or frames.

use std::{collections::BTreeMap, sync::Arc};

use pusher_channels::protocol::{ChannelKind, ChannelName, RawJson};

use crate::hub::{AppIndex, Place};

/// Most things that are kept of one node; what is beyond them is left out.
const MAX_THINGS: usize = 1_000_000;

/// Something of which a node can have some.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::hub) enum Thing {
    /// Subscriptions of a channel.
    Channel(Place),
    /// A user on a presence channel.
    Member(Place, Arc<str>),
    /// A signed-in user.
    User(AppIndex, Arc<str>),
}

/// How many a node has of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::hub) struct Row {
    pub thing: Thing,
    /// Of members and users 1 or 0.
    pub count: u32,
    /// Of members, what the application tells of them.
    pub info: Option<RawJson>,
    pub teller: Teller,
}

/// Who tells the program what changed on another node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::hub) enum Teller {
    /// The node where it happened, or nobody needs to.
    Them,
    /// That node left others behind, as it believed. If none are there, they all left in the same moment, and the living node of
    /// the smallest id tells of the end.
    Whoever,
    /// The living node of the smallest id, as the other died.
    Smallest,
}

#[derive(Debug, Default)]
pub(in crate::hub) struct Holdings(BTreeMap<Thing, Holding>);

#[derive(Debug)]
struct Holding {
    count: u32,
    info: Option<RawJson>,
}

impl Holdings {
    pub fn set(&mut self, row: Row) {
        let Row { thing, count, info, .. } = row;
        if count == 0 {
            self.0.remove(&thing);
        } else if self.0.len() < MAX_THINGS || self.0.contains_key(&thing) {
            self.0.insert(thing, Holding { count, info });
        }
    }

    pub fn count(&self, thing: &Thing) -> usize {
        self.0.get(thing).map_or(0, |holding| holding.count as usize)
    }

    /// What is told of a member; none when there is no such member.
    pub fn info(&self, thing: &Thing) -> Option<&Option<RawJson>> {
        self.0.get(thing).map(|holding| &holding.info)
    }

    /// All, members before their channels, so that they can be taken away in this order.
    pub fn things(&self) -> Vec<Thing> {
        self.0.keys().rev().cloned().collect()
    }

    pub fn members(&self, place: &Place) -> impl Iterator<Item = (&Arc<str>, &Option<RawJson>)> {
        let from = Thing::Member(place.clone(), "".into());
        let of_place = self.0.range(from..).map_while(move |(thing, holding)| match thing {
            Thing::Member(at, user_id) => Some((at, user_id, &holding.info)),
            Thing::Channel(_) | Thing::User(..) => None,
        });
        let of_place = of_place.take_while(move |(at, ..)| *at == place);
        of_place.map(|(_, user_id, info)| (user_id, info))
    }

    pub fn channels(&self, app: AppIndex) -> impl Iterator<Item = &ChannelName> {
        let channels = self.0.keys().map_while(|thing| match thing {
            Thing::Channel(place) => Some(place),
            Thing::Member(..) | Thing::User(..) => None,
        });
        channels
            .filter(move |place| place.app == app)
            .map(|place| &place.channel)
    }
}

impl Row {
    /// That there is nothing left.
    pub fn gone(thing: Thing, teller: Teller) -> Self {
        Self {
            thing,
            count: 0,
            info: None,
            teller,
        }
    }

    /// Whether it can be so: only presence channels have members.
    pub fn is_possible(&self) -> bool {
        match &self.thing {
            Thing::Channel(_) | Thing::User(..) => true,
            Thing::Member(place, _) => place.channel.kind() == ChannelKind::Presence,
        }
    }
}
