//! Who fetches what a channel missed, when its events carry a number. Decides nothing.

use std::{future::Future, pin::Pin, sync::Arc};

use super::{Channels, engine::Engine, people::Wish};
use crate::{
    client::{self, FetchAttempt, Input, MissedEvent, MissedFailure, Vitals},
    protocol::ChannelName,
};

/// The answer of a function that fetches, some time later.
type Fetched = Pin<Box<dyn Future<Output = Result<Vec<MissedEvent>, MissedFailure>> + Send>>;
/// Fetches all events after a number.
pub(super) type Fetch = dyn Fn(u64) -> Fetched + Send + Sync;

/// How a channel's events are numbered, and who fetches those that were missed.
pub type Resume = client::Resume<Arc<Fetch>>;

impl Resume {
    /// Numbered in the field `seq`, from the first event on that is heard. The function is given a number and fetches all
    /// events with a higher one, in any order; a number that it leaves out below the highest counts as never triggered.
    pub fn new<F, A>(fetch: F) -> Self
    where
        F: Fn(u64) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Vec<MissedEvent>, MissedFailure>> + Send + 'static,
    {
        Self::by(Arc::new(move |after| Box::pin(fetch(after))))
    }
}

impl Channels {
    /// Tells the numbered events of a channel that is subscribed in their order and each once, until it is unsubscribed.
    /// [`Notice`](crate::Notice) says when it is catching up, and when it cannot. Another call goes on from where the
    /// channel is, or from what [`Resume::after`] says, with the newer function.
    pub fn resume_with(&self, channel: &ChannelName, resume: Resume) {
        let Resume { field, after, fetch } = resume;
        let channel = channel.clone();
        self.tell_engine(Wish::FetchMissedBy(channel.clone(), fetch));
        self.wish(Input::ResumeRequested { channel, field, after });
    }

    /// How well the connection does, its times since [`connect`](Self::connect). None when the runtime has ended the task.
    pub async fn vitals(&self) -> Option<Vitals> {
        self.ask(|client, _| client.vitals()).await
    }
}

impl Engine {
    pub(super) fn fetch_missed(&mut self, channel: ChannelName, after: u64, attempt: FetchAttempt) {
        // Set before the client was told to resume.
        let Some(fetch) = self.fetchers.get(&channel).cloned() else {
            return;
        };
        self.answers
            .spawn(async move { Input::of_missed(channel, attempt, fetch(after).await) });
    }
}
