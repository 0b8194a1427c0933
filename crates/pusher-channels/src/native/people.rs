//! Members, users and events that clients trigger: what a handle asks the task that owns the client. Decides nothing.

use std::{sync::Arc, time::Duration};

use tokio::sync::oneshot;

use super::{Channels, resume::Fetch};
use crate::{
    client::{Client, ClientEvent, Input, Members, TriggerRefusal},
    protocol::{ChannelName, User},
};

/// What a handle wishes of the task.
pub(super) enum Wish {
    /// That this has happened.
    Happened(Input),
    /// That this function fetches what a channel misses.
    FetchMissedBy(ChannelName, Arc<Fetch>),
    /// To ask or do something with the client, given the time.
    Asked(Question),
}

/// Answers through a channel of its own.
pub(super) type Question = Box<dyn FnOnce(&mut Client, Duration) + Send>;

impl Channels {
    /// The channels that are subscribed to or about to be, in the order of their names.
    pub async fn all_channels(&self) -> Vec<ChannelName> {
        let channels = self.ask(|client, _| client.channels().cloned().collect()).await;
        channels.unwrap_or_default()
    }

    /// Who is on a presence channel now; none unless it is subscribed to or about to be.
    pub async fn members(&self, channel: &ChannelName) -> Option<Members> {
        let channel = channel.clone();
        self.ask(move |client, _| client.members(&channel).cloned())
            .await
            .flatten()
    }

    /// How many connections hear a channel, this one included, as the server told last; none when it did not. Servers that
    /// count tell it of all but presence channels.
    pub async fn subscription_count(&self, channel: &ChannelName) -> Option<u64> {
        let channel = channel.clone();
        self.ask(move |client, _| client.subscription_count(&channel))
            .await
            .flatten()
    }

    /// Triggers an event, `client-…`, for the other subscribers of a private or presence channel. They hear it only if the
    /// server allows it; its refusals come as [`Notice::Error`](crate::Notice::Error).
    ///
    /// # Errors
    /// When it cannot be: wrong name or channel, more than 10 KB, no subscription at this moment, more than 10 in a second.
    pub async fn trigger(&self, event: ClientEvent) -> Result<(), TriggerRefusal> {
        self.ask(move |client, now| client.trigger(event, now))
            .await
            .unwrap_or(Err(TriggerRefusal::NotSubscribed))
    }

    /// Signs the program's user in, now and after each reconnect, as the one whom the user authentication of the options
    /// names. Asking twice is asking once.
    pub fn sign_in(&self) {
        self.wish(Input::SignInRequested);
    }

    /// The user who is signed in on the present connection.
    pub async fn user(&self) -> Option<User> {
        self.ask(|client, _| client.user().cloned()).await.flatten()
    }

    /// The answer comes after all that was wished before; none when the runtime ends first.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Client, Duration) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let asked = Wish::Asked(Box::new(move |client, now| {
            // Who asked may have stopped waiting.
            let _ = answer.send(question(client, now));
        }));
        let _ = self.wishes.send(asked);
        answered.await.ok()
    }
}
