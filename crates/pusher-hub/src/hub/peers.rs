//! The other nodes: who lives, what each has, and what of it was heard. Knows numbers and times, not what clients are told.
//!
//! Each node owns its rows and counts its changes. Whoever misses a number, or has heard nothing yet, asks that node for all it
//! has. So words may be lost, doubled and reordered: a row tells how it stands, not what happened, and the beat tells the last
//! number.

mod holdings;
mod word;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use pusher_channels::protocol::{ChannelName, RawJson};

pub(super) use self::{
    holdings::{Holdings, Row, Teller, Thing},
    word::{PeerWord, ROWS_PER_WORD, SpreadCached, SpreadClientEvent, SpreadEvent, WireRow, encode, parse, raw},
};
use super::{AppIndex, Place};
use crate::NodeId;

/// Time between two beats.
pub(super) const BEAT: Duration = Duration::from_secs(3);
/// A node that is not heard of for so long is dead: three beats and a bit.
const DEAD_AFTER: Duration = Duration::from_secs(10);
/// Without the broker nobody is heard of. What the others had stands for so long, as most brokers are back soon.
const PATIENCE: Duration = Duration::from_secs(30);
/// Least time between two states that a node tells, and between two questions for one.
pub(super) const PAUSE: Duration = Duration::from_secs(1);
/// Most other nodes.
const MAX_NODES: usize = 64;
/// Most parts of a state.
const MAX_PARTS: u32 = 20_000;

/// Whether the others can be spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Joined,
    Lost { since: Duration },
}

#[derive(Debug)]
pub(super) struct Peers {
    /// None when there are no others.
    pub me: Option<NodeId>,
    pub link: Link,
    nodes: BTreeMap<NodeId, Peer>,
    /// What changed here and is still to be told, and who tells of its end.
    pub touched: BTreeMap<Thing, Teller>,
    /// Of the last change here.
    pub number: u64,
    pub next_beat: Duration,
    /// When to tell the state, if somebody wants it.
    pub state_due: Option<Duration>,
    pub state_told_at: Option<Duration>,
    pub farewell: Farewell,
    /// Words that were not understood.
    pub ignored: u64,
    /// Events that the others did not get to hear.
    pub unspread: u64,
}

/// Whether this node has taken its leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Farewell {
    Unsaid,
    Said,
}

#[derive(Debug)]
struct Peer {
    heard_at: Duration,
    /// The number up to which the holdings are true; none before the first state.
    applied: Option<u64>,
    asked_at: Option<Duration>,
    holdings: Holdings,
    incoming: Option<Incoming>,
}

/// A state of which parts are missing.
#[derive(Debug)]
struct Incoming {
    number: u64,
    parts: u32,
    got: BTreeMap<u32, Vec<Row>>,
}

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Next,
    /// It was heard before, or counts for nothing any more.
    Old,
    /// Something was missed.
    Gap,
}

/// A part of a state.
pub(super) struct Part {
    pub number: u64,
    pub part: u32,
    pub parts: u32,
    pub rows: Vec<Row>,
}

impl Peers {
    pub fn new(me: Option<NodeId>) -> Self {
        Self {
            me,
            link: Link::Lost { since: Duration::ZERO },
            nodes: BTreeMap::new(),
            touched: BTreeMap::new(),
            number: 0,
            next_beat: Duration::ZERO,
            state_due: None,
            state_told_at: None,
            farewell: Farewell::Unsaid,
            ignored: 0,
            unspread: 0,
        }
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// How many the others have of a thing.
    pub fn count(&self, thing: &Thing) -> usize {
        self.nodes.values().map(|peer| peer.holdings.count(thing)).sum()
    }

    pub fn has(&self, thing: &Thing) -> bool {
        self.nodes.values().any(|peer| peer.holdings.count(thing) > 0)
    }

    /// How many connections of other nodes subscribe to a channel.
    pub fn subscriptions(&self, place: &Place) -> usize {
        match self.nodes.is_empty() {
            true => 0,
            false => self.count(&Thing::Channel(place.clone())),
        }
    }

    pub fn has_member(&self, place: &Place, user_id: &str) -> bool {
        !self.nodes.is_empty() && self.has(&Thing::Member(place.clone(), user_id.into()))
    }

    pub fn is_online(&self, app: AppIndex, user_id: &str) -> bool {
        !self.nodes.is_empty() && self.has(&Thing::User(app, user_id.into()))
    }

    /// What the node of the smallest id tells of a member; none when no other node has them.
    pub fn info(&self, thing: &Thing) -> Option<&Option<RawJson>> {
        self.nodes.values().find_map(|peer| peer.holdings.info(thing))
    }

    /// The members that other nodes have, each once.
    pub fn members(&self, place: &Place) -> BTreeMap<Arc<str>, Option<RawJson>> {
        let mut members = BTreeMap::new();
        for (user_id, info) in self.nodes.values().flat_map(|peer| peer.holdings.members(place)) {
            members.entry(Arc::clone(user_id)).or_insert_with(|| info.clone());
        }
        members
    }

    /// The channels that somebody hears on another node.
    pub fn channels(&self, app: AppIndex) -> impl Iterator<Item = &ChannelName> {
        self.nodes.values().flat_map(move |peer| peer.holdings.channels(app))
    }

    /// Whether of all living nodes, one perhaps left out, this has the smallest id.
    pub fn is_smallest(&self, except: Option<NodeId>) -> bool {
        let others = self.nodes.keys().copied().find(|&node| Some(node) != except);
        others.is_none_or(|other| self.me < Some(other))
    }

    /// A node is heard of. Answers whether its words count: there may be too many nodes.
    pub fn heard(&mut self, node: NodeId, now: Duration) -> bool {
        if !self.nodes.contains_key(&node) && self.nodes.len() >= MAX_NODES {
            self.ignored += 1;
            return false;
        }
        let peer = self.nodes.entry(node).or_insert_with(|| Peer::new(now));
        peer.heard_at = now;
        true
    }

    /// What a number that a node's change or beat says means.
    pub fn step(&self, node: NodeId, number: u64) -> Step {
        match self.nodes.get(&node).and_then(|peer| peer.applied) {
            Some(applied) if number <= applied => Step::Old,
            Some(applied) if number == applied + 1 => Step::Next,
            Some(_) | None => Step::Gap,
        }
    }

    pub fn applied(&mut self, node: NodeId, number: u64) {
        if let Some(peer) = self.nodes.get_mut(&node) {
            peer.applied = Some(number);
        }
    }

    /// Whether a node is to be asked for its state now: not again and again.
    pub fn may_ask(&mut self, node: NodeId, now: Duration) -> bool {
        let Some(peer) = self.nodes.get_mut(&node) else {
            return false;
        };
        let may = peer.asked_at.is_none_or(|asked_at| now >= asked_at + PAUSE);
        if may {
            peer.asked_at = Some(now);
        }
        may
    }

    /// Sets a row of a node; answers how many all others have of the thing before and after.
    pub fn set(&mut self, node: NodeId, row: Row) -> (usize, usize) {
        let thing = row.thing.clone();
        let before = self.count(&thing);
        if let Some(peer) = self.nodes.get_mut(&node) {
            peer.holdings.set(row);
        }
        (before, self.count(&thing))
    }

    /// Takes a part of a node's state. Answers the rows that make its holdings so, once all parts are there.
    pub fn collect(&mut self, node: NodeId, part: Part) -> Option<Vec<Row>> {
        let peer = self.nodes.get_mut(&node)?;
        let is_old = peer.applied.is_some_and(|applied| part.number <= applied);
        if is_old || part.parts > MAX_PARTS || part.part >= part.parts {
            return None;
        }
        let (number, parts) = (part.number, part.parts);
        match &peer.incoming {
            Some(incoming) if incoming.number > number => return None,
            Some(incoming) if incoming.number == number && incoming.parts == parts => {}
            Some(_) | None => {
                let got = BTreeMap::new();
                peer.incoming = Some(Incoming { number, parts, got });
            }
        }
        let incoming = peer.incoming.as_mut()?;
        incoming.got.insert(part.part, part.rows);
        if incoming.got.len() < parts as usize {
            return None;
        }
        let rows: Vec<Row> = peer.incoming.take()?.got.into_values().flatten().collect();
        peer.applied = Some(number);
        Some(peer.until(rows))
    }

    /// Forgets a node; answers what it had.
    pub fn remove(&mut self, node: NodeId) -> Vec<(Thing, usize)> {
        let Some(Peer { holdings, .. }) = self.nodes.remove(&node) else {
            return Vec::new();
        };
        let with_count = |thing: Thing| (thing.clone(), holdings.count(&thing));
        holdings.things().into_iter().map(with_count).collect()
    }

    /// Time without the broker does not count as silence.
    pub fn heard_all(&mut self, now: Duration) {
        for peer in self.nodes.values_mut() {
            peer.heard_at = now;
        }
    }

    /// A node that is dead by now, or given up; and who tells what ends with it.
    pub fn dead(&self, now: Duration) -> Option<(NodeId, Teller)> {
        let teller = match self.link {
            Link::Joined => Teller::Smallest,
            // It may well live, and tell for itself.
            Link::Lost { .. } => Teller::Them,
        };
        let mut nodes = self.nodes.iter();
        let (&node, _) = nodes.find(|(_, peer)| self.death(peer) <= now)?;
        Some((node, teller))
    }

    /// When something is to be done.
    pub fn next_due(&self) -> Option<Duration> {
        self.me?;
        let deaths = self.nodes.values().map(|peer| self.death(peer)).min();
        let joined = match (self.link, self.farewell) {
            (Link::Joined, Farewell::Unsaid) => [Some(self.next_beat), self.state_due],
            (Link::Lost { .. }, _) | (_, Farewell::Said) => [None, None],
        };
        joined.into_iter().chain([deaths]).flatten().min()
    }

    fn death(&self, peer: &Peer) -> Duration {
        match self.link {
            Link::Joined => peer.heard_at + DEAD_AFTER,
            Link::Lost { since } => since + PATIENCE,
        }
    }
}

impl Peer {
    fn new(now: Duration) -> Self {
        Self {
            heard_at: now,
            applied: None,
            asked_at: None,
            holdings: Holdings::default(),
            incoming: None,
        }
    }

    /// The rows that make the holdings equal to these: first what is gone, then what there is.
    fn until(&self, rows: Vec<Row>) -> Vec<Row> {
        let there: BTreeSet<&Thing> = rows.iter().map(|row| &row.thing).collect();
        let mut gone = self.holdings.things();
        gone.retain(|thing| !there.contains(thing));
        let gone = gone.into_iter().map(|thing| Row::gone(thing, Teller::Them));
        gone.chain(rows.iter().cloned()).collect()
    }
}
