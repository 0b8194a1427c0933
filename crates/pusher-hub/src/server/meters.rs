//! What is counted while the hub runs. Knows numbers; nothing decides by them.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Figures, Hub};

/// Counts since the start.
#[derive(Debug, Default)]
pub(super) struct Meters {
    frames_received: AtomicU64,
    frames_sent: AtomicU64,
    connections_refused: AtomicU64,
    connections_too_slow: AtomicU64,
    calls_answered: AtomicU64,
    calls_refused: AtomicU64,
    news_lost: AtomicU64,
    words_lost: AtomicU64,
}

impl Meters {
    pub fn frame_received(&self) {
        add(&self.frames_received, 1);
    }

    pub fn frames_sent(&self, count: usize) {
        add(&self.frames_sent, count as u64);
    }

    pub fn connection_refused(&self) {
        add(&self.connections_refused, 1);
    }

    pub fn connection_too_slow(&self) {
        add(&self.connections_too_slow, 1);
    }

    pub fn call_answered(&self) {
        add(&self.calls_answered, 1);
    }

    pub fn call_refused(&self) {
        add(&self.calls_refused, 1);
    }

    pub fn news_lost(&self) {
        add(&self.news_lost, 1);
    }

    /// A word to other nodes.
    pub fn word_lost(&self) {
        add(&self.words_lost, 1);
    }

    pub fn figures(&self, hub: &Hub) -> Figures {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let (unspread, words_ignored) = hub.unspread_and_ignored();
        Figures {
            apps: hub.figures(),
            frames_received: read(&self.frames_received),
            frames_sent: read(&self.frames_sent),
            connections_refused: read(&self.connections_refused),
            connections_too_slow: read(&self.connections_too_slow),
            calls_answered: read(&self.calls_answered),
            calls_refused: read(&self.calls_refused),
            news_lost: read(&self.news_lost),
            cluster: hub.cluster(),
            events_unspread: unspread + read(&self.words_lost),
            words_ignored,
        }
    }
}

fn add(counter: &AtomicU64, count: u64) {
    counter.fetch_add(count, Ordering::Relaxed);
}
