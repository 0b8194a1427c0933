//! Asks the application's functions who may hear what, and who the user is, each on a task of its own. Must never know what
//! becomes of an answer.

use std::{future::Future, time::Duration};

use tokio::{sync::mpsc, task::JoinSet, time::timeout};

use super::options::{Authenticator, Authorizer};
use crate::{
    client::{
        Attempt, AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, BatchRequest, ChannelAnswer, Input,
    },
    protocol::{ChannelName, SocketId},
};

/// A function that takes longer is given up. The client itself waits no longer.
const PATIENCE: Duration = Duration::from_secs(15);

/// Asks the application's functions; those that still run when it is dropped are ended.
#[derive(Debug)]
pub(super) struct Asker {
    authorizer: Authorizer,
    authenticator: Authenticator,
    asking: JoinSet<()>,
    answers: mpsc::UnboundedSender<Input>,
    answered: mpsc::UnboundedReceiver<Input>,
}

impl Asker {
    pub fn new(authorizer: Authorizer, authenticator: Authenticator) -> Self {
        let (answers, answered) = mpsc::unbounded_channel();
        Self {
            authorizer,
            authenticator,
            asking: JoinSet::new(),
            answers,
            answered,
        }
    }

    /// The next answer. There may never be one.
    pub async fn next(&mut self) -> Input {
        match self.answered.recv().await {
            Some(input) => input,
            // Never: one sender is held here.
            None => std::future::pending().await,
        }
    }

    /// Asks for channels; each has its own answer.
    pub fn authorize(&mut self, request: BatchRequest, attempt: Attempt) {
        match self.authorizer.clone() {
            Authorizer::Nobody => {
                let nobody = || {
                    Err(AuthorizationFailure::unanswered(
                        "there is no authoriser; give one by Options::authorized_by",
                    ))
                };
                for channel in request.channels {
                    answer(&self.answers, channel, attempt, nobody());
                }
            }
            Authorizer::Single(ask) => {
                for channel in request.channels {
                    let socket_id = request.socket_id.clone();
                    let asked = ask(AuthorizationRequest {
                        channel: channel.clone(),
                        socket_id,
                    });
                    let answers = self.answers.clone();
                    self.spawn(async move { answer(&answers, channel, attempt, asked.await) });
                }
            }
            Authorizer::Batched(ask) => {
                let asked = ask(request.clone());
                let answers = self.answers.clone();
                self.spawn(async move {
                    for (channel, each) in request.complete(asked.await) {
                        answer(&answers, channel, attempt, each);
                    }
                });
            }
        }
    }

    /// Asks who the user is.
    pub fn authenticate(&mut self, socket_id: SocketId, attempt: Attempt) {
        let answers = self.answers.clone();
        let authenticator = self.authenticator.clone();
        self.spawn(async move {
            let answer = match authenticator {
                Authenticator::Handler(ask) => ask(AuthenticationRequest { socket_id }).await,
                Authenticator::Nobody => Err(AuthorizationFailure::unanswered(
                    "there is no authenticator; give one by Options::authenticated_by",
                )),
            };
            // Who asked may be gone.
            let _ = answers.send(Input::of_authentication(attempt, answer));
        });
    }

    /// A function that panics or takes too long leaves its channel to the client's own timeout.
    fn spawn(&mut self, asking: impl Future<Output = ()> + Send + 'static) {
        while self.asking.try_join_next().is_some() {}
        self.asking.spawn(async move {
            let _ = timeout(PATIENCE, asking).await;
        });
    }
}

fn answer(answers: &mpsc::UnboundedSender<Input>, channel: ChannelName, attempt: Attempt, answer: ChannelAnswer) {
    // Who asked may be gone.
    let _ = answers.send(Input::of_authorization(channel, attempt, answer));
}
