//! The hub as one of several nodes: what it tells the others and hears from them, and when. What follows for channels and users
//! stands in [`elsewhere`], for events in [`spread`].

mod elsewhere;
mod spread;

use std::{mem, time::Duration};

use super::{
    Hub, Phase,
    peers::{BEAT, Farewell, Link, PAUSE, Part, PeerWord, ROWS_PER_WORD, Step, Teller, Thing, WireRow, encode, parse},
};
use crate::{AppId, Cluster, NodeId, Output};

impl Hub {
    /// Whether the other nodes can be spoken to, and how many there are.
    pub fn cluster(&self) -> Cluster {
        match (self.peers.me, self.peers.link) {
            (None, _) => Cluster::Alone,
            (Some(_), Link::Joined) => Cluster::Joined {
                others: self.peers.len(),
            },
            (Some(_), Link::Lost { .. }) => Cluster::CutOff,
        }
    }

    /// How many events the other nodes did not get to hear, and how many words of theirs were not understood.
    pub fn unspread_and_ignored(&self) -> (u64, u64) {
        (self.peers.unspread, self.peers.ignored)
    }

    pub(super) fn broker_joined(&mut self, now: Duration) {
        if self.peers.me.is_none() || self.peers.link == Link::Joined {
            return;
        }
        self.peers.link = Link::Joined;
        if self.peers.farewell == Farewell::Said {
            return;
        }
        self.peers.heard_all(now);
        self.peers.next_beat = now + BEAT;
        self.tell(&PeerWord::Hello);
        // The others may know what stood here before the broker was lost.
        self.peers.state_due = Some(now);
    }

    pub(super) fn broker_lost(&mut self, now: Duration) {
        if self.peers.link == Link::Joined {
            self.peers.link = Link::Lost { since: now };
            self.peers.state_due = None;
        }
    }

    pub(super) fn peer_said(&mut self, text: &str, now: Duration) {
        if self.peers.me.is_none() {
            return;
        }
        match parse(text) {
            // A broker may bring back what was said here.
            Some((from, _)) if Some(from) == self.peers.me => {}
            Some((from, word)) => self.take_word(from, word, now),
            None => self.peers.ignored += 1,
        }
    }

    fn take_word(&mut self, from: NodeId, word: PeerWord, now: Duration) {
        match word {
            PeerWord::Hello => self.greeted(from, now),
            PeerWord::Beat { number } => self.beat_heard(from, number, now),
            PeerWord::Change { number, rows } => {
                if self.is_next(from, number, now) {
                    let rows = self.rows(rows).into_iter();
                    rows.for_each(|row| self.take_row(from, row));
                }
            }
            PeerWord::State {
                number,
                part,
                parts,
                rows,
            } => {
                let part = Part {
                    number,
                    part,
                    parts,
                    rows: self.rows(rows),
                };
                self.take_part(from, part, now);
            }
            PeerWord::Ask { node } if Some(node) == self.peers.me => self.want_state(now),
            PeerWord::Ask { .. } => {}
            PeerWord::Bye => self.gone(from, Teller::Smallest),
            PeerWord::Event(event) => self.event_spread(event, now),
            PeerWord::ClientEvent(event) => self.client_event_spread(event),
            PeerWord::Cached(cached) => self.cached_spread(cached, now),
            PeerWord::Terminate { app, user } => self.terminate_here(&AppId::new(&app), &user),
            PeerWord::Withdraw { app, channel, socket } => self.withdrawal_spread(&app, &channel, &socket),
        }
    }

    /// Somebody is new, or was away.
    fn greeted(&mut self, from: NodeId, now: Duration) {
        if !self.peers.heard(from, now) {
            return;
        }
        self.want_state(now);
        if self.peers.is_smallest(Some(from)) {
            self.tell_cached(now);
        }
    }

    /// The beat after a lost change says its number.
    fn beat_heard(&mut self, from: NodeId, number: u64, now: Duration) {
        if self.peers.heard(from, now) {
            match self.peers.step(from, number) {
                Step::Old => {}
                Step::Next | Step::Gap => self.ask(from, now),
            }
        }
    }

    /// Whether a change is the one to make now.
    fn is_next(&mut self, from: NodeId, number: u64, now: Duration) -> bool {
        if !self.peers.heard(from, now) {
            return false;
        }
        match self.peers.step(from, number) {
            Step::Next => {
                self.peers.applied(from, number);
                true
            }
            Step::Old => false,
            Step::Gap => {
                self.ask(from, now);
                false
            }
        }
    }

    fn take_part(&mut self, from: NodeId, part: Part, now: Duration) {
        if self.peers.heard(from, now) {
            let rows = self.peers.collect(from, part).into_iter().flatten();
            rows.for_each(|row| self.take_row(from, row));
        }
    }

    fn ask(&mut self, node: NodeId, now: Duration) {
        if self.peers.may_ask(node, now) {
            self.tell(&PeerWord::Ask { node });
        }
    }

    fn want_state(&mut self, now: Duration) {
        let told_at = self.peers.state_told_at;
        let due = told_at.map_or(now, |told_at| now.max(told_at + PAUSE));
        self.peers.state_due.get_or_insert(due);
    }

    /// A node left or died; what it had has ended.
    fn gone(&mut self, node: NodeId, teller: Teller) {
        for (thing, count) in self.peers.remove(node) {
            let after = self.peers.count(&thing);
            self.changed_elsewhere(elsewhere::Shift {
                thing,
                info: None,
                before: after + count,
                after,
                teller,
            });
        }
    }

    /// To be called after everything else: tells what changed, beats, and looks who is dead.
    pub(super) fn keep_cluster(&mut self, now: Duration) {
        if self.peers.me.is_none() || self.peers.farewell == Farewell::Said {
            return;
        }
        while let Some((node, teller)) = self.peers.dead(now) {
            self.gone(node, teller);
        }
        self.tell_changes();
        if self.peers.link != Link::Joined {
            return;
        }
        if self.peers.state_due.is_some_and(|due| due <= now) {
            self.peers.state_due = None;
            // Nobody heard it where nobody is.
            self.peers.state_told_at = (self.peers.len() > 0).then_some(now);
            self.tell_state();
        }
        if self.peers.next_beat <= now {
            self.peers.next_beat = now + BEAT;
            let number = self.peers.number;
            self.tell(&PeerWord::Beat { number });
        }
        if matches!(self.phase, Phase::Draining) && self.connections.len() == 0 {
            self.tell(&PeerWord::Bye);
            self.peers.farewell = Farewell::Said;
        }
    }

    /// Something here changed. It is told once, when all else is done.
    pub(super) fn touch(&mut self, thing: Thing, teller: Teller) {
        if self.peers.me.is_some() {
            self.peers.touched.insert(thing, teller);
        }
    }

    fn tell_changes(&mut self) {
        let touched = mem::take(&mut self.peers.touched);
        let rows = touched.into_iter().map(|(thing, teller)| self.own_row(thing, teller));
        // What has ended before what there is, and members before their channels.
        let (gone, mut there): (Vec<_>, Vec<_>) = rows.partition(|row| row.count == 0);
        let mut rows: Vec<WireRow> = gone.into_iter().rev().map(|row| self.wire(row)).collect();
        rows.extend(there.drain(..).map(|row| self.wire(row)));
        for rows in in_chunks(rows) {
            self.peers.number += 1;
            let number = self.peers.number;
            self.tell(&PeerWord::Change { number, rows });
        }
    }

    fn tell_state(&mut self) {
        let things = self.own_things();
        let rows = things.into_iter().map(|thing| self.own_row(thing, Teller::Them));
        let rows: Vec<WireRow> = rows.map(|row| self.wire(row)).collect();
        let mut chunks = in_chunks(rows);
        if chunks.is_empty() {
            chunks.push(Vec::new());
        }
        let (number, parts) = (self.peers.number, u32::try_from(chunks.len()).unwrap_or(u32::MAX));
        for (part, rows) in (0..).zip(chunks) {
            self.tell(&PeerWord::State {
                number,
                part,
                parts,
                rows,
            });
        }
    }

    /// Says a word to all other nodes, if they can be spoken to.
    fn tell(&mut self, word: &PeerWord) {
        if let (Some(me), Link::Joined) = (self.peers.me, self.peers.link) {
            self.outputs.push_back(Output::TellPeers(encode(me, word)));
        }
    }
}

fn in_chunks(rows: Vec<WireRow>) -> Vec<Vec<WireRow>> {
    let mut chunks: Vec<Vec<WireRow>> = Vec::new();
    for row in rows {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < ROWS_PER_WORD => chunk.push(row),
            Some(_) | None => chunks.push(vec![row]),
        }
    }
    chunks
}
