//! Webhooks over HTTP: real posts and a real clock around [`Webhooks`]. Knows the hub's news and how to post; what is told when
//! is decided by [`webhooks`](crate::webhooks).

mod courier;
mod reach;

use std::{error::Error, fmt, future, time::Duration};

use tokio::{
    select,
    sync::mpsc,
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep_until},
};

pub use self::{
    courier::{Courier, Letter},
    reach::Reach,
};
use super::{
    HubServer,
    calls::time_of_day,
    engine::{Order, clock},
    news::{ChannelNews, News},
};
use crate::webhooks::{Event, Input, Output, Post, Webhook, WebhookId, Webhooks};

/// News that may wait here; more is lost and counted.
const NEWS: usize = 64 * 1024;

/// Why webhooks cannot be posted.
#[derive(Debug)]
pub enum WebhookError {
    /// This address cannot be posted to.
    Address {
        /// As it was given.
        url: String,
        /// What is wrong with it, and what would be right.
        reason: String,
    },
    /// This address is private, and only public ones are within reach.
    Private {
        /// As it was given.
        url: String,
    },
    /// There is no HTTP client to be had; the reason is in words.
    Client(String),
    /// The hub has ended.
    ShutDown,
}

struct Poster {
    webhooks: Webhooks,
    urls: Vec<String>,
    courier: Courier,
    news: mpsc::Receiver<News>,
    answers: JoinSet<Answer>,
    clock: Clock,
}

type Answer = (WebhookId, Result<(), String>);

/// A time of day that never falls.
struct Clock {
    started: Instant,
    time_of_day: Duration,
}

enum Happened {
    News(News),
    Answered(Answer),
    TimePassed,
    /// There will be no more news.
    HubEnded,
}

impl HubServer {
    /// Posts webhooks from now on. The task ends after the hub does, once what is left was told or given up: await it for as
    /// long as there is time.
    ///
    /// # Errors
    /// When an address cannot be posted to, or the hub has ended.
    pub async fn post_webhooks(&self, webhooks: Vec<Webhook>, reach: Reach) -> Result<JoinHandle<()>, WebhookError> {
        let courier = Courier::new(concat!("pusher-hub/", env!("CARGO_PKG_VERSION")), reach)?;
        let urls: Vec<String> = webhooks.iter().map(|webhook| webhook.url.clone()).collect();
        urls.iter().try_for_each(|url| courier.check(url))?;
        let (listener, news) = mpsc::channel(NEWS);
        let poster = Poster {
            urls,
            courier,
            webhooks: Webhooks::new(webhooks),
            news,
            answers: JoinSet::new(),
            clock: Clock::new(),
        };
        let attached = self.shared.orders.send(Order::Attach(listener)).await;
        attached.map_err(|_| WebhookError::ShutDown)?;
        Ok(tokio::spawn(poster.run()))
    }
}

impl Poster {
    async fn run(mut self) {
        let mut hub_runs = true;
        loop {
            let happened = select! {
                news = self.news.recv(), if hub_runs => news.map_or(Happened::HubEnded, Happened::News),
                Some(answer) = self.answers.join_next() => match answer {
                    Ok(answer) => Happened::Answered(answer),
                    // A post that was aborted or panicked; the runtime goes down, or it cannot be.
                    Err(_) => return,
                },
                () = self.clock.alarm(self.webhooks.poll_timeout()) => Happened::TimePassed,
            };
            match happened {
                Happened::News(News { app, news }) => {
                    if let Some(event) = event_of(news) {
                        self.feed(Input::Happened { app, event });
                    }
                }
                Happened::Answered((webhook, Ok(()))) => self.feed(Input::Delivered { webhook }),
                Happened::Answered((webhook, Err(reason))) => {
                    tracing::debug!(url = %self.urls[webhook.0], reason, "a webhook was not taken");
                    self.feed(Input::Failed { webhook, reason });
                }
                Happened::TimePassed => self.feed(Input::TimePassed),
                Happened::HubEnded => {
                    hub_runs = false;
                    self.feed(Input::EndingBegan);
                }
            }
            if !hub_runs && self.webhooks.is_idle() {
                return;
            }
        }
    }

    fn feed(&mut self, input: Input) {
        self.webhooks.handle(input, self.clock.now());
        while let Some(output) = self.webhooks.poll_output() {
            self.perform(output);
        }
    }

    fn perform(&mut self, output: Output) {
        match output {
            Output::Send { webhook, post } => {
                let (courier, url) = (self.courier.clone(), self.urls[webhook.0].clone());
                self.answers
                    .spawn(async move { (webhook, send(&courier, &url, post).await) });
            }
            Output::GaveUp {
                webhook,
                events,
                reason,
            } => {
                tracing::warn!(url = %self.urls[webhook.0], events, reason, "a webhook was given up");
            }
            Output::Overflowed { webhook } => {
                tracing::warn!(url = %self.urls[webhook.0], "too many events wait for a webhook; new ones are dropped");
            }
        }
    }
}

/// What a webhook tells of this, if anything.
fn event_of(news: ChannelNews) -> Option<Event> {
    match news {
        ChannelNews::Occupied { channel } => Some(Event::ChannelOccupied { channel }),
        ChannelNews::Vacated { channel } => Some(Event::ChannelVacated { channel }),
        ChannelNews::MemberAdded { channel, user_id } => Some(Event::MemberAdded { channel, user_id }),
        ChannelNews::MemberRemoved { channel, user_id } => Some(Event::MemberRemoved { channel, user_id }),
        ChannelNews::ClientEvent {
            channel,
            event,
            data,
            socket_id,
            user_id,
        } => Some(Event::ClientEvent {
            channel,
            event,
            data,
            socket_id,
            user_id,
        }),
        ChannelNews::CacheMiss { channel } => Some(Event::CacheMiss { channel }),
        ChannelNews::SubscriptionCount { channel, count } => Some(Event::SubscriptionCount { channel, count }),
        ChannelNews::Subscribed { .. } | ChannelNews::Missed(_) => None,
    }
}

async fn send(courier: &Courier, url: &str, post: Post) -> Result<(), String> {
    let headers = [("X-Pusher-Key", &*post.key), ("X-Pusher-Signature", &*post.signature)];
    let letter = Letter {
        url,
        headers: &headers,
        body: post.body.to_string(),
    };
    courier.post(letter).await
}

impl Clock {
    fn new() -> Self {
        Self {
            started: clock(),
            time_of_day: time_of_day(),
        }
    }

    fn now(&self) -> Duration {
        self.time_of_day + clock().duration_since(self.started)
    }

    async fn alarm(&self, at: Option<Duration>) {
        match at {
            Some(at) => sleep_until(self.started + at.saturating_sub(self.time_of_day)).await,
            None => future::pending().await,
        }
    }
}

impl WebhookError {
    /// Why, without the address.
    fn reason(self) -> String {
        match self {
            Self::Address { reason, .. } | Self::Client(reason) => reason,
            Self::Private { .. } => "the address is private".to_owned(),
            Self::ShutDown => self.to_string(),
        }
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { url, reason } => write!(f, "webhook {url}: {reason}"),
            Self::Private { url } => write!(
                f,
                "webhook {url}: it is private; posts go there with Reach::Anywhere (private_webhooks = true)"
            ),
            Self::Client(reason) => write!(f, "webhooks cannot be posted: {reason}"),
            Self::ShutDown => f.write_str("the hub was shut down"),
        }
    }
}

impl Error for WebhookError {}
