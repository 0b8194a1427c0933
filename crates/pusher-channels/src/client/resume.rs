//! Events that carry a number: what was missed is fetched, and all are told in order, each once.
//!
//! Knows which channels are resumed, how far each is, and when to ask. Must never know how an application fetches.
//!
//! Not a part of the protocol: an application numbers the events of a channel 1, 2, 3 and so on in a field of their data.
//! Events without the number, and those that clients trigger, are told as they come.

mod missed;
mod number;
mod request;
mod sequence;

use std::time::Duration;

use super::{Client, Event, Notice, Output, Subscription, backoff::channel_delay, sorted::Sorted};
use crate::protocol::{ChannelName, events};

pub use missed::{FetchAttempt, MissedEvent, MissedFailure};
pub use request::Resume;

use number::number_in;
use sequence::Sequence;

/// What was missed and has not come by then is asked for again.
const FETCH_TIMEOUT: Duration = Duration::from_secs(30);
/// After so many failures in a row it is told that nothing can be resumed. With the waits in between some 2 minutes.
const MAX_FAILURES: u32 = 8;

/// The channels that are resumed.
#[derive(Debug, Default)]
pub(super) struct Resumed {
    channels: Sorted<ChannelName, Resuming>,
    pub last_attempt: FetchAttempt,
}

#[derive(Debug)]
struct Resuming {
    field: String,
    sequence: Sequence,
    stage: Stage,
    failures: u32,
}

#[derive(Debug)]
enum Stage {
    /// Nothing is missing that one knows of.
    Level,
    /// What is missing is being fetched.
    Fetching { attempt: FetchAttempt, deadline: Duration },
    /// The next try waits.
    Waiting { until: Duration },
}

impl Stage {
    fn due(&self) -> Option<Duration> {
        match self {
            Self::Level => None,
            Self::Fetching { deadline, .. } => Some(*deadline),
            Self::Waiting { until } => Some(*until),
        }
    }
}

impl Resumed {
    pub fn due(&self) -> Option<Duration> {
        self.channels.values().filter_map(|resuming| resuming.stage.due()).min()
    }

    /// How many channels wait for what they missed.
    pub fn catching_up(&self) -> usize {
        let waits = |resuming: &&Resuming| !matches!(resuming.stage, Stage::Level);
        self.channels.values().filter(waits).count()
    }

    /// The connection is gone. What was missed is asked for when the channel is heard again.
    pub fn forget_progress(&mut self) {
        for resuming in self.channels.values_mut() {
            resuming.stage = Stage::Level;
        }
    }

    pub fn forget(&mut self, channel: &ChannelName) {
        self.channels.remove(channel);
    }

    /// The channel whose answer is awaited by this attempt.
    fn awaiting(&mut self, channel: &ChannelName, awaited: FetchAttempt) -> Option<&mut Resuming> {
        self.channels
            .get_mut(channel)
            .filter(|resuming| matches!(resuming.stage, Stage::Fetching { attempt, .. } if attempt == awaited))
    }
}

impl Client {
    pub(super) fn on_resume_requested(&mut self, channel: ChannelName, field: String, after: Option<u64>) {
        let Some(subscription) = self.channels.subscription(&channel) else {
            return;
        };
        let known = self.resumed.channels.remove(&channel);
        let sequence = match (after, known) {
            // Another part of the application wants the same.
            (None, Some(known)) => known.sequence,
            (after, _) => Sequence::new(after),
        };
        let resuming = Resuming {
            field,
            sequence,
            stage: Stage::Level,
            failures: 0,
        };
        self.resumed.channels.insert(channel.clone(), resuming);
        if subscription == Subscription::Subscribed {
            self.catch_up(&channel);
        }
    }

    pub(super) fn on_resume_ended(&mut self, channel: ChannelName) {
        let held = match self.resumed.channels.remove(&channel) {
            Some(mut resuming) => resuming.sequence.skip(),
            None => Vec::new(),
        };
        self.tell_all(held);
    }

    /// After the channel came to be heard: what was triggered before was missed.
    pub(super) fn catch_up(&mut self, channel: &ChannelName) {
        let Some(resuming) = self.resumed.channels.get_mut(channel) else {
            return;
        };
        resuming.failures = 0;
        if resuming.sequence.last().is_some() {
            self.tell(Notice::CatchingUp(channel.clone()));
            self.fetch_missed(channel);
        }
    }

    /// Tells an event of a channel when its turn has come.
    pub(super) fn hear(&mut self, event: Event) {
        match self.number_of(&event) {
            Some((channel, number)) => self.hear_numbered(channel, number, event),
            None => self.tell(Notice::Event(event)),
        }
    }

    /// None for an event that waits for no other.
    fn number_of(&self, event: &Event) -> Option<(ChannelName, u64)> {
        let channel = event.channel.as_ref()?;
        let resuming = self.resumed.channels.get(channel)?;
        // What other clients trigger bears no number of the application's.
        let may_bear_one = !event.name.starts_with(events::CLIENT_PREFIX);
        let number = may_bear_one.then(|| number_in(&event.data, &resuming.field))??;
        Some((channel.clone(), number))
    }

    fn hear_numbered(&mut self, channel: ChannelName, number: u64, event: Event) {
        let Some(resuming) = self.resumed.channels.get_mut(&channel) else {
            return;
        };
        let was_level = matches!(resuming.stage, Stage::Level);
        let ready = resuming.sequence.hear(number, event);
        let (came_in_order, is_complete) = (!ready.is_empty(), resuming.sequence.is_complete());
        self.tell_all(ready);
        if was_level && !is_complete {
            self.tell(Notice::CatchingUp(channel.clone()));
            self.fetch_missed(&channel);
        } else if !was_level && came_in_order && is_complete {
            // It followed the last one, so nothing is missing, and what comes next is heard.
            self.caught_up(channel);
        }
    }

    pub(super) fn on_missed_fetched(&mut self, channel: ChannelName, attempt: FetchAttempt, events: Vec<MissedEvent>) {
        let Some(resuming) = self.resumed.awaiting(&channel, attempt) else {
            return;
        };
        let Some(fetched) = numbered(&channel, &resuming.field, events) else {
            let reason = format!("an event that was fetched has no number in {}", resuming.field);
            return self.fetch_failed(channel, reason);
        };
        let ready = resuming.sequence.fill(fetched);
        let (came_further, is_complete) = (!ready.is_empty(), resuming.sequence.is_complete());
        if came_further {
            resuming.failures = 0;
        }
        self.tell_all(ready);
        if is_complete {
            self.caught_up(channel);
        } else if came_further {
            self.fetch_missed(&channel);
        } else {
            self.fetch_failed(channel, "what was fetched does not reach what was heard".to_owned());
        }
    }

    pub(super) fn on_missed_failed(&mut self, channel: ChannelName, attempt: FetchAttempt, failure: MissedFailure) {
        let Some(resuming) = self.resumed.awaiting(&channel, attempt) else {
            return;
        };
        match failure {
            MissedFailure::Unanswered(reason) => self.fetch_failed(channel, reason),
            MissedFailure::Gone(reason) => {
                let held = resuming.sequence.begin_anew();
                self.give_up_resuming(channel, reason, held);
            }
        }
    }

    pub(super) fn run_resume_timers(&mut self) {
        let now = self.now;
        let is_due = |resuming: &Resuming| resuming.stage.due().is_some_and(|at| at <= now);
        let channels = self.resumed.channels.iter();
        let due: Vec<ChannelName> = channels
            .filter(|(_, resuming)| is_due(resuming))
            .map(|(channel, _)| channel.clone())
            .collect();
        for channel in due {
            match self.resumed.channels.get(&channel).map(|resuming| &resuming.stage) {
                Some(Stage::Fetching { .. }) => {
                    self.fetch_failed(channel, "what was missed did not come in time".to_owned());
                }
                Some(Stage::Waiting { .. }) => self.fetch_missed(&channel),
                Some(Stage::Level) | None => {}
            }
        }
    }

    fn fetch_missed(&mut self, channel: &ChannelName) {
        let deadline = self.now.saturating_add(FETCH_TIMEOUT);
        let Some(resuming) = self.resumed.channels.get_mut(channel) else {
            return;
        };
        self.resumed.last_attempt.0 += 1;
        let attempt = self.resumed.last_attempt;
        resuming.stage = Stage::Fetching { attempt, deadline };
        self.outputs.push_back(Output::FetchMissed {
            channel: channel.clone(),
            after: resuming.sequence.last().unwrap_or_default(),
            attempt,
        });
    }

    fn fetch_failed(&mut self, channel: ChannelName, reason: String) {
        let Some(resuming) = self.resumed.channels.get_mut(&channel) else {
            return;
        };
        resuming.failures = resuming.failures.saturating_add(1);
        if resuming.failures >= MAX_FAILURES {
            let held = resuming.sequence.skip();
            return self.give_up_resuming(channel, reason, held);
        }
        let delay = channel_delay(resuming.failures, &mut self.random);
        resuming.stage = Stage::Waiting {
            until: self.now.saturating_add(delay),
        };
    }

    fn give_up_resuming(&mut self, channel: ChannelName, reason: String, held: Vec<Event>) {
        self.end_catching_up(&channel);
        self.tell(Notice::NotResumable { channel, reason });
        self.tell_all(held);
    }

    fn caught_up(&mut self, channel: ChannelName) {
        self.end_catching_up(&channel);
        self.tell(Notice::CaughtUp(channel));
    }

    fn end_catching_up(&mut self, channel: &ChannelName) {
        if let Some(resuming) = self.resumed.channels.get_mut(channel) {
            resuming.stage = Stage::Level;
            resuming.failures = 0;
        }
    }

    fn tell_all(&mut self, events: Vec<Event>) {
        for event in events {
            self.tell(Notice::Event(event));
        }
    }
}

/// Events by their numbers; none when one lacks its number.
fn numbered(channel: &ChannelName, field: &str, events: Vec<MissedEvent>) -> Option<Sorted<u64, Event>> {
    let mut numbered = Vec::with_capacity(events.len());
    for MissedEvent { name, data } in events {
        let number = number_in(&data, field)?;
        let event = Event {
            channel: Some(channel.clone()),
            name,
            data,
            user_id: None,
        };
        numbered.push((number, event));
    }
    Some(Sorted::of(numbered))
}
