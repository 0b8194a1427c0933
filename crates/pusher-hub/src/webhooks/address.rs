//! One address: what waits for it, and the post that is under way. Knows no other address.

use std::{collections::VecDeque, mem, sync::Arc, time::Duration};

use super::{MAX_WAITING, Webhook};

/// An event waits so long for others to come along.
const COMPANY_WAIT: Duration = Duration::from_millis(50);
/// Most bytes of events in one post, but for a single event that is longer.
const MAX_BYTES: usize = 256 * 1024;
/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A post is tried again for so long ("for 5 minutes" in the vendor's documents).
const GIVE_UP_AFTER: Duration = Duration::from_secs(5 * 60);

/// What to send: an HTTP POST with `Content-Type: application/json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The header `X-Pusher-Key`.
    pub key: String,
    /// The header `X-Pusher-Signature`.
    pub signature: String,
    /// The body.
    pub body: Arc<str>,
}

#[derive(Debug)]
pub(super) struct Address {
    pub webhook: Webhook,
    /// Events as JSON.
    waiting: VecDeque<String>,
    state: State,
    /// Whether it was said that events are dropped.
    overflow: Overflow,
}

#[derive(Debug)]
enum State {
    /// Nothing waits.
    Idle,
    /// The first event waits for others.
    Gathering { until: Duration },
    /// An answer is awaited.
    UnderWay(Parcel),
    /// The next try has its time.
    Pausing { parcel: Parcel, until: Duration },
}

#[derive(Debug)]
enum Overflow {
    None,
    Told,
}

/// A post that is not yet delivered.
#[derive(Debug)]
struct Parcel {
    post: Post,
    events: usize,
    first_sent: Duration,
    /// The pause after the next failure.
    pause: Duration,
}

/// More events wait than may.
pub(super) struct Overflowed;

impl Address {
    pub fn new(webhook: Webhook) -> Self {
        Self {
            webhook,
            waiting: VecDeque::new(),
            state: State::Idle,
            overflow: Overflow::None,
        }
    }

    /// Takes an event, as JSON. Of events that are dropped only the first is an error.
    pub fn add(&mut self, event: String, now: Duration) -> Result<(), Overflowed> {
        if self.waiting.len() >= MAX_WAITING {
            return match self.overflow {
                Overflow::Told => Ok(()),
                Overflow::None => {
                    self.overflow = Overflow::Told;
                    Err(Overflowed)
                }
            };
        }
        self.waiting.push_back(event);
        if let State::Idle = self.state {
            self.state = State::Gathering {
                until: now + COMPANY_WAIT,
            };
        }
        Ok(())
    }

    pub fn is_idle(&self) -> bool {
        matches!(self.state, State::Idle)
    }

    pub fn due(&self) -> Option<Duration> {
        match self.state {
            State::Idle | State::UnderWay(_) => None,
            State::Gathering { until } | State::Pausing { until, .. } => Some(until),
        }
    }

    /// What is to be sent by now.
    pub fn next_post(&mut self, now: Duration) -> Option<Post> {
        if self.due()? > now {
            return None;
        }
        let parcel = match mem::replace(&mut self.state, State::Idle) {
            State::Pausing { parcel, .. } => parcel,
            State::Gathering { .. } => self.pack(now),
            // Neither is ever due.
            State::Idle | State::UnderWay(_) => return None,
        };
        let post = parcel.post.clone();
        self.state = State::UnderWay(parcel);
        Some(post)
    }

    /// As [`Address::next_post`], without waiting for company.
    pub fn next_post_at_once(&mut self, now: Duration) -> Option<Post> {
        if let State::Gathering { until } = &mut self.state {
            *until = now;
        }
        self.next_post(now)
    }

    /// What came meanwhile has waited long enough.
    pub fn delivered(&mut self, now: Duration) {
        if let State::UnderWay(_) = self.state {
            self.finish(now);
        }
    }

    /// Answers how many events were given up, if they were.
    pub fn failed(&mut self, now: Duration) -> Option<usize> {
        let mut parcel = match mem::replace(&mut self.state, State::Idle) {
            State::UnderWay(parcel) => parcel,
            // Nobody asked.
            other @ (State::Idle | State::Gathering { .. } | State::Pausing { .. }) => {
                self.state = other;
                return None;
            }
        };
        let last_try = parcel.first_sent + GIVE_UP_AFTER;
        if now >= last_try {
            self.finish(now);
            return Some(parcel.events);
        }
        let until = (now + parcel.pause).min(last_try);
        parcel.pause = (parcel.pause * 2).min(LONGEST_PAUSE);
        self.state = State::Pausing { parcel, until };
        None
    }

    fn finish(&mut self, now: Duration) {
        self.state = match self.waiting.is_empty() {
            true => State::Idle,
            false => State::Gathering { until: now },
        };
    }

    fn pack(&mut self, now: Duration) -> Parcel {
        let mut events = Vec::new();
        let mut bytes = 0;
        while let Some(event) = self.waiting.front() {
            bytes += event.len();
            let is_full = events.len() >= self.webhook.max_events || bytes > MAX_BYTES;
            if is_full && !events.is_empty() {
                break;
            }
            events.extend(self.waiting.pop_front());
        }
        self.overflow = Overflow::None;
        let body = format!(r#"{{"time_ms":{},"events":[{}]}}"#, now.as_millis(), events.join(","));
        Parcel {
            post: Post {
                key: self.webhook.app.key().to_owned(),
                signature: self.webhook.app.sign(&body),
                body: body.into(),
            },
            events: events.len(),
            first_sent: now,
            pause: FIRST_PAUSE,
        }
    }
}
