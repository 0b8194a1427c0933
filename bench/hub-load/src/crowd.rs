//! Many clients of one server, each on a task, and what they have in common: how many are subscribed, how much was heard.
//! Knows the native driver and the clock; must never know what is measured with it.

use std::{
    net::SocketAddr,
    time::{Duration, SystemTime},
};

use pusher_channels::{
    ChannelName, Config, Notice, State,
    native::{Channels, Notices, Options},
};
use pusher_hub::App;
use tokio::{sync::watch, time::timeout};

/// So many may be on their way at a time: more than a server accepts in one breath would only measure the kernel's queue.
const AT_A_TIME: usize = 200;
/// Nothing that is waited for takes longer on a machine that is not broken.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where to connect.
pub struct Target {
    /// Host and port.
    pub address: SocketAddr,
    /// The app that is heard.
    pub app: App,
}

/// Clients that are subscribed, for as long as this is kept.
pub struct Crowd {
    clients: Vec<Channels>,
    counts: watch::Receiver<Counts>,
    /// Events that were waited for, all clients taken together.
    awaited: u64,
}

/// What became of all clients together.
#[derive(Debug, Default)]
struct Counts {
    subscribed: usize,
    losses: usize,
    heard: u64,
    /// When each was subscribed after its loss, milliseconds since 1970.
    back: Vec<u64>,
    complaint: Option<String>,
}

impl Crowd {
    /// Connects so many clients, each subscribed to the channel of its place, and waits for all.
    ///
    /// # Errors
    /// When not all are subscribed within two minutes, or one is lost again; says what the server complained of.
    pub async fn gather(target: &Target, size: usize, channel: impl Fn(usize) -> ChannelName) -> Result<Self, String> {
        let (sender, counts) = watch::channel(Counts::default());
        let mut crowd = Self {
            clients: Vec::with_capacity(size),
            counts,
            awaited: 0,
        };
        for place in 0..size {
            let config = Config::new(target.address.to_string(), target.app.key());
            let (client, notices) = Channels::connect(Options::new(config));
            client.subscribe(&channel(place));
            tokio::spawn(count(notices, sender.clone()));
            crowd.clients.push(client);
            crowd
                .until("to be subscribed", |counts| counts.subscribed + AT_A_TIME > place)
                .await?;
        }
        crowd
            .until("to be subscribed", |counts| counts.subscribed == size)
            .await?;
        crowd.is_whole()?;
        Ok(crowd)
    }

    /// Whether everyone is still subscribed and never was not.
    ///
    /// # Errors
    /// When some were lost, with the server's words if there are any.
    pub fn is_whole(&self) -> Result<(), String> {
        let counts = self.counts.borrow();
        let (size, lost) = (self.clients.len(), counts.losses);
        if counts.subscribed == size && lost == 0 {
            return Ok(());
        }
        let complaint = counts.complaint.as_deref().unwrap_or("without a word");
        Err(format!("{lost} of {size} connections were lost: {complaint}"))
    }

    /// Waits until everyone has heard so many events more.
    ///
    /// # Errors
    /// When somebody has not within two minutes.
    pub async fn heard(&mut self, events: u64) -> Result<(), String> {
        self.awaited += events * self.clients.len() as u64;
        let awaited = self.awaited;
        self.until("to hear the event", |counts| counts.heard >= awaited).await
    }

    /// Waits until everyone was lost and is subscribed again; answers when, as milliseconds since 1970.
    ///
    /// # Errors
    /// When somebody is not back within two minutes.
    pub async fn lost_and_back(&mut self) -> Result<Vec<u64>, String> {
        let size = self.clients.len();
        self.until("to come back", |counts| {
            counts.back.len() >= size && counts.subscribed == size
        })
        .await?;
        Ok(self.counts.borrow().back.clone())
    }

    async fn until(&mut self, what: &str, holds: impl FnMut(&Counts) -> bool) -> Result<(), String> {
        if let Ok(Ok(_)) = timeout(PATIENCE, self.counts.wait_for(holds)).await {
            return Ok(());
        }
        let counts = self.counts.borrow();
        let (size, subscribed) = (self.clients.len(), counts.subscribed);
        let complaint = counts.complaint.as_deref().unwrap_or("nobody complained");
        Err(format!(
            "waited in vain for all {size} {what}; {subscribed} are subscribed; {complaint}"
        ))
    }
}

/// Reads what one client is told, until its handle is gone.
async fn count(mut notices: Notices, counts: watch::Sender<Counts>) {
    let (mut was_lost, mut subscribed) = (false, false);
    while let Some(notice) = notices.recv().await {
        if let Notice::Event(_) = &notice {
            counts.send_modify(|counts| counts.heard += 1);
        } else if let Notice::Subscribed(_) = &notice {
            subscribed = true;
            counts.send_modify(|counts| {
                counts.subscribed += 1;
                if was_lost {
                    counts.back.push(now());
                }
            });
        } else if let Notice::StateChanged {
            previous: State::Connected,
            ..
        } = &notice
        {
            was_lost = true;
            let was_subscribed = std::mem::take(&mut subscribed);
            counts.send_modify(|counts| {
                counts.losses += 1;
                counts.subscribed -= usize::from(was_subscribed);
            });
        } else if let Notice::Error { message, .. } = notice {
            counts.send_modify(|counts| counts.complaint = Some(message));
        } else if let Notice::SubscriptionFailed { failure, .. } = notice {
            counts.send_modify(|counts| counts.complaint = Some(failure.message));
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the moment is compared with the one at which the server came back"
)]
fn now() -> u64 {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
