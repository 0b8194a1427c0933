//! Webhooks: what happens on an app's channels, told to the app's own programs by HTTP.
//!
//! Pure, as the hub: [`Webhooks::handle`] takes what happened, [`Webhooks::poll_output`] answers what to do. Knows events,
//! batches and deadlines; must never know a socket or a clock. Time is an argument: the time since the Unix epoch, which must
//! never fall.
//!
//! A post is `{"time_ms":…,"events":[…]}` with `X-Pusher-Key` and `X-Pusher-Signature`, the app's signature of the body. Each
//! address has one post under way at a time, so that events arrive in order; what happens meanwhile makes up the next post. A
//! post that is not answered by a status of 200 to 299 is sent again with growing pauses for five minutes, then given up. A
//! channel that is vacated, and a member who leaves, are told of after three seconds, and not at all if they are back by then:
//! a page that is loaded anew stays silent.

mod absences;
mod address;
mod event;

use std::{collections::VecDeque, time::Duration};

use self::{absences::Absences, address::Address};
pub use self::{
    address::Post,
    event::{Event, Kind},
};
use crate::{App, AppId};

/// Most events that wait for one address. More are dropped, the newest first: then it has been out of reach for long.
const MAX_WAITING: usize = 10_000;

/// An address that wants to know what happens on an app's channels.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The app.
    pub app: App,
    /// Where to post.
    pub url: String,
    /// What to tell; nothing else is.
    pub kinds: Vec<Kind>,
    /// Most events in one post, at least one.
    pub max_events: usize,
}

/// A webhook's place among those that [`Webhooks::new`] was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebhookId(pub usize);

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// Something happened on a channel.
    Happened {
        /// Of which app.
        app: AppId,
        /// What.
        event: Event,
    },
    /// A post was taken.
    Delivered {
        /// By which address.
        webhook: WebhookId,
    },
    /// A post was not taken.
    Failed {
        /// By which address.
        webhook: WebhookId,
        /// Why, for people.
        reason: String,
    },
    /// The program is about to stop: what waits for company or for somebody's return is to go out now.
    EndingBegan,
    /// The time that [`Webhooks::poll_timeout`] named has come.
    TimePassed,
}

/// What to do, or what there is to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send this; then hand in [`Input::Delivered`] or [`Input::Failed`]. Until then the address gets nothing else.
    Send {
        /// For which webhook.
        webhook: WebhookId,
        /// What.
        post: Post,
    },
    /// A post was given up.
    GaveUp {
        /// For which webhook.
        webhook: WebhookId,
        /// How many events were in it.
        events: usize,
        /// Why the last try failed.
        reason: String,
    },
    /// So many events wait that new ones are dropped; said once until some are sent.
    Overflowed {
        /// For which webhook.
        webhook: WebhookId,
    },
}

/// Webhooks without their sockets.
#[derive(Debug)]
pub struct Webhooks {
    addresses: Vec<Address>,
    absences: Absences,
    outputs: VecDeque<Output>,
    pace: Pace,
}

/// Whether anything waits for anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Patient,
    Ending,
}

impl Webhook {
    /// A webhook for everything that happens on an app's channels, up to 100 events in a post.
    pub fn new(app: App, url: impl Into<String>) -> Self {
        Self {
            app,
            url: url.into(),
            kinds: Kind::ALL.to_vec(),
            max_events: 100,
        }
    }

    /// Whether it makes a difference here: an arrival ends an absence also where nobody wants to know of arrivals.
    fn is_about(&self, app: &AppId, event: &Event) -> bool {
        let kind = event.kind();
        let is_chosen = |kind| self.kinds.contains(&kind);
        self.app.id() == app && (is_chosen(kind) || kind.opposite().is_some_and(is_chosen))
    }

    fn wants(&self, app: &AppId, event: &Event) -> bool {
        self.app.id() == app && self.kinds.contains(&event.kind())
    }
}

impl Webhooks {
    /// Tells these addresses.
    pub fn new(webhooks: Vec<Webhook>) -> Self {
        Self {
            addresses: webhooks.into_iter().map(Address::new).collect(),
            absences: Absences::default(),
            outputs: VecDeque::new(),
            pace: Pace::Patient,
        }
    }

    /// Takes what happened at this time, since the Unix epoch.
    pub fn handle(&mut self, input: Input, now: Duration) {
        match input {
            Input::Happened { app, event } => self.happened(app, event, now),
            Input::Delivered { webhook } => {
                if let Some(address) = self.addresses.get_mut(webhook.0) {
                    address.delivered(now);
                }
            }
            Input::Failed { webhook, reason } => self.failed(webhook, reason, now),
            Input::EndingBegan => {
                self.pace = Pace::Ending;
                for (app, event) in self.absences.take_all() {
                    self.tell(&app, &event, now);
                }
            }
            Input::TimePassed => {}
        }
        for (app, event) in self.absences.take_due(now) {
            self.tell(&app, &event, now);
        }
        self.send_due(now);
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to hand in [`Input::TimePassed`], if nothing else happens before. Coming early or late does no harm.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let due = self.addresses.iter().filter_map(Address::due);
        due.chain(self.absences.next_due()).min()
    }

    /// Whether there is nothing more to tell.
    pub fn is_idle(&self) -> bool {
        self.absences.is_empty() && self.addresses.iter().all(Address::is_idle)
    }

    fn happened(&mut self, app: AppId, event: Event, now: Duration) {
        if !self
            .addresses
            .iter()
            .any(|address| address.webhook.is_about(&app, &event))
        {
            return;
        }
        let told = match self.pace {
            Pace::Patient => self.absences.pass(&app, event, now),
            Pace::Ending => Some(event),
        };
        if let Some(event) = told {
            self.tell(&app, &event, now);
        }
    }

    fn tell(&mut self, app: &AppId, event: &Event, now: Duration) {
        for (index, address) in self.addresses.iter_mut().enumerate() {
            if address.webhook.wants(app, event) && address.add(event.encode(), now).is_err() {
                let webhook = WebhookId(index);
                self.outputs.push_back(Output::Overflowed { webhook });
            }
        }
    }

    fn failed(&mut self, webhook: WebhookId, reason: String, now: Duration) {
        let given_up = self
            .addresses
            .get_mut(webhook.0)
            .and_then(|address| address.failed(now));
        if let Some(events) = given_up {
            self.outputs.push_back(Output::GaveUp {
                webhook,
                events,
                reason,
            });
        }
    }

    fn send_due(&mut self, now: Duration) {
        for (index, address) in self.addresses.iter_mut().enumerate() {
            let post = match self.pace {
                Pace::Patient => address.next_post(now),
                Pace::Ending => address.next_post_at_once(now),
            };
            if let Some(post) = post {
                let webhook = WebhookId(index);
                self.outputs.push_back(Output::Send { webhook, post });
            }
        }
    }
}

#[cfg(test)]
mod tests;
