//! Channels and members that are gone, and perhaps back in a moment. Knows no address.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    time::Duration,
};

use super::event::Event;
use crate::AppId;

/// How long somebody may be gone before it is told ("delayed up to 3 s" in the vendor's documents).
const PATIENCE: Duration = Duration::from_secs(3);
/// Most absences that are waited for; more are told at once. As many as a full hub can lose in one moment.
const MAX_WAITING: usize = 100_000;

/// What is gone: a channel's subscribers, or one member.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Gone {
    app: AppId,
    channel: String,
    user_id: Option<String>,
}

/// When to tell, and which of those told at one time comes first.
type Turn = (Duration, u64);

#[derive(Debug, Default)]
pub(super) struct Absences {
    turns: HashMap<Gone, Turn>,
    waiting: BTreeMap<Turn, (Gone, Event)>,
    next: u64,
}

impl Absences {
    /// What is to be told of this at once, if anything.
    pub fn pass(&mut self, app: &AppId, event: Event, now: Duration) -> Option<Event> {
        let gone = |user_id: Option<&String>| Gone {
            app: app.clone(),
            channel: event.channel().as_str().to_owned(),
            user_id: user_id.cloned(),
        };
        match &event {
            Event::ChannelVacated { .. } => {
                let gone = gone(None);
                self.begin(gone, event, now)
            }
            Event::MemberRemoved { user_id, .. } => {
                let gone = gone(Some(user_id));
                self.begin(gone, event, now)
            }
            Event::ChannelOccupied { .. } => {
                let gone = gone(None);
                self.end(&gone, event)
            }
            Event::MemberAdded { user_id, .. } => {
                let gone = gone(Some(user_id));
                self.end(&gone, event)
            }
            Event::ClientEvent { .. } | Event::CacheMiss { .. } | Event::SubscriptionCount { .. } => Some(event),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub fn next_due(&self) -> Option<Duration> {
        self.waiting.first_key_value().map(|(&(due, _), _)| due)
    }

    /// Those who did not come back, in the order in which they left.
    pub fn take_due(&mut self, now: Duration) -> Vec<(AppId, Event)> {
        let later = self.waiting.split_off(&(now, u64::MAX));
        let due = mem::replace(&mut self.waiting, later);
        self.tell(due)
    }

    pub fn take_all(&mut self) -> Vec<(AppId, Event)> {
        let all = mem::take(&mut self.waiting);
        self.tell(all)
    }

    fn tell(&mut self, absences: BTreeMap<Turn, (Gone, Event)>) -> Vec<(AppId, Event)> {
        let told = absences.into_values().map(|(gone, event)| {
            self.turns.remove(&gone);
            (gone.app, event)
        });
        told.collect()
    }

    fn begin(&mut self, gone: Gone, event: Event, now: Duration) -> Option<Event> {
        if self.waiting.len() >= MAX_WAITING {
            return Some(event);
        }
        let turn = (now + PATIENCE, self.next);
        self.next += 1;
        if let Some(earlier) = self.turns.insert(gone.clone(), turn) {
            self.waiting.remove(&earlier);
        }
        self.waiting.insert(turn, (gone, event));
        None
    }

    /// Who was not away, or whose absence was told, is told of.
    fn end(&mut self, gone: &Gone, event: Event) -> Option<Event> {
        match self.turns.remove(gone) {
            Some(turn) => {
                self.waiting.remove(&turn);
                None
            }
            None => Some(event),
        }
    }
}
