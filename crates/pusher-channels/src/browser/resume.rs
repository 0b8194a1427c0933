//! The handles for events that carry a number: who fetches what was missed, and what becomes of it. Decides nothing.

use std::{future::Future, pin::Pin, rc::Rc};

use wasm_bindgen_futures::spawn_local;

use super::{Binding, Channel, engine::Engine, handlers::Handler};
use crate::{
    client::{self, FetchAttempt, Input, MissedEvent, MissedFailure, Notice},
    protocol::ChannelName,
};

/// The answer of a function that fetches, some time later.
type Fetched = Pin<Box<dyn Future<Output = Result<Vec<MissedEvent>, MissedFailure>>>>;
/// Fetches all events after a number.
type Fetch = dyn Fn(u64) -> Fetched;

/// How a channel's events are numbered, and who fetches those that were missed.
pub type Resume = client::Resume<Rc<Fetch>>;

/// A function that waits for something about what was missed. Cloning is cheap.
#[derive(Clone)]
pub(super) enum ResumeHandler {
    /// Not called with a notice: the engine asks it.
    Fetch(Rc<Fetch>),
    CatchingUp(Rc<dyn Fn()>),
    CaughtUp(Rc<dyn Fn()>),
    NotResumable(Rc<dyn Fn(&str)>),
}

impl Resume {
    /// Numbered in the field `seq`, from the first event on that is heard. The function is given a number and fetches all
    /// events with a higher one, in any order; a number that it leaves out below the highest counts as never triggered.
    pub fn new<F, A>(fetch: F) -> Self
    where
        F: Fn(u64) -> A + 'static,
        A: Future<Output = Result<Vec<MissedEvent>, MissedFailure>> + 'static,
    {
        Self::by(Rc::new(move |after| Box::pin(fetch(after))))
    }
}

impl ResumeHandler {
    /// Calls the function if this is what it waits for.
    pub fn call(&self, notice: &Notice) {
        match (self, notice) {
            (Self::CatchingUp(call), Notice::CatchingUp(_)) | (Self::CaughtUp(call), Notice::CaughtUp(_)) => call(),
            (Self::NotResumable(call), Notice::NotResumable { reason, .. }) => call(reason),
            (Self::Fetch(_) | Self::CatchingUp(_) | Self::CaughtUp(_) | Self::NotResumable(_), _) => {}
        }
    }
}

impl Channel {
    /// Tells numbered events in their order and each once, as long as the binding is kept: what is doubled is dropped, and
    /// where one is missing, or some may be after a reconnect, those after it wait until it was fetched. Events without a
    /// number, and those that clients trigger, are told as they come.
    ///
    /// Another call goes on from where the channel is, or from what [`Resume::after`] says; the newest function fetches.
    pub fn resume_with(&self, resume: Resume) -> Binding {
        let Resume { field, after, fetch } = resume;
        let binding = self.bind_handler(Handler::Resume(ResumeHandler::Fetch(fetch)));
        self.engine().feed(Input::ResumeRequested {
            channel: self.name().clone(),
            field,
            after,
        });
        binding
    }

    /// Calls when events may be missing and are fetched: what is shown may not be the newest.
    pub fn bind_catching_up(&self, handler: impl Fn() + 'static) -> Binding {
        self.bind_handler(Handler::Resume(ResumeHandler::CatchingUp(Rc::new(handler))))
    }

    /// Calls when all that was missed has been told.
    pub fn bind_caught_up(&self, handler: impl Fn() + 'static) -> Binding {
        self.bind_handler(Handler::Resume(ResumeHandler::CaughtUp(Rc::new(handler))))
    }

    /// Calls, with a reason for people, when events are missing that cannot be fetched: the application loads its state
    /// anew, and says by [`resume_with`](Self::resume_with) and [`Resume::after`] where it is then.
    pub fn bind_not_resumable(&self, handler: impl Fn(&str) + 'static) -> Binding {
        self.bind_handler(Handler::Resume(ResumeHandler::NotResumable(Rc::new(handler))))
    }
}

impl Engine {
    pub(super) fn fetch_missed(&self, channel: ChannelName, after: u64, attempt: FetchAttempt) {
        // Without one, nobody resumes any more, and the client was told so.
        let Some(fetch) = self.fetcher(&channel) else {
            return;
        };
        let engine = self.weak();
        spawn_local(async move {
            let input = Input::of_missed(channel, attempt, fetch(after).await);
            if let Some(engine) = engine.upgrade() {
                engine.feed(input);
            }
        });
    }

    /// After a function was unbound: if it was the last that fetches, nothing is resumed any more.
    pub(super) fn stop_resuming(&self, channel: &ChannelName) {
        if self.fetcher(channel).is_none() {
            self.feed(Input::ResumeEnded(channel.clone()));
        }
    }

    /// The newest function that fetches what a channel missed.
    fn fetcher(&self, channel: &ChannelName) -> Option<Rc<Fetch>> {
        let bound = self.bound_to(channel);
        bound.into_iter().rev().find_map(|handler| match handler {
            Handler::Resume(ResumeHandler::Fetch(fetch)) => Some(fetch),
            _ => None,
        })
    }
}
