//! Asks who may hear what, and who the user is. Knows the application's authoriser, gathers what is wanted in one turn of
//! the page, and remembers whether an endpoint answers for several channels. Must never know what becomes of an answer.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen_futures::spawn_local;

use super::{Authenticator, Authorizer, Endpoint, endpoint::Form};
use crate::{
    client::{
        Attempt, AuthenticationRequest, AuthorizationFailure, AuthorizationRequest, BatchAnswer, BatchRequest,
        ChannelAnswer, ChannelAuthorization, Input, UserAuthentication,
    },
    protocol::{ChannelName, SocketId},
};

/// Takes each answer.
pub(super) type Report = Rc<dyn Fn(Input)>;

/// Asks the application's authorisers.
pub(super) struct Asker {
    authorizer: Authorizer,
    authenticator: Authenticator,
    /// What is wanted since this turn of the page began, if a request can be for several channels.
    gathered: RefCell<Vec<Wanted>>,
    form: Cell<Form>,
    report: Report,
}

struct Wanted {
    channels: Vec<ChannelName>,
    socket_id: SocketId,
    attempt: Attempt,
}

impl Asker {
    pub fn new(authorizer: Authorizer, authenticator: Authenticator, report: Report) -> Rc<Self> {
        let form = match &authorizer {
            Authorizer::Endpoint(endpoint) => endpoint.form(),
            Authorizer::Handler(_) => Form::Single,
            Authorizer::BatchHandler(_) => Form::Batched,
        };
        Rc::new(Self {
            authorizer,
            authenticator,
            gathered: RefCell::default(),
            form: Cell::new(form),
            report,
        })
    }

    /// Asks for channels; the answers are reported one by one.
    pub fn authorize(self: &Rc<Self>, channels: Vec<ChannelName>, socket_id: SocketId, attempt: Attempt) {
        let wanted = Wanted {
            channels,
            socket_id,
            attempt,
        };
        match self.form.get() {
            Form::Single => self.ask_singly(wanted),
            Form::Batched => self.gather(wanted),
        }
    }

    /// Asks who the user is.
    pub fn authenticate(self: &Rc<Self>, socket_id: SocketId, attempt: Attempt) {
        let asker = self.clone();
        spawn_local(async move {
            let answer = authenticate(&asker.authenticator, AuthenticationRequest { socket_id }).await;
            (asker.report)(Input::of_authentication(attempt, answer));
        });
    }

    /// A page may subscribe to many channels one after the other: the request waits until it has done so.
    fn gather(self: &Rc<Self>, wanted: Wanted) {
        let is_first = {
            let mut gathered = self.gathered.borrow_mut();
            gathered.push(wanted);
            gathered.len() == 1
        };
        if is_first {
            let asker = self.clone();
            // Runs when the present turn of the page is over.
            spawn_local(async move {
                for wanted in join(asker.gathered.take()) {
                    let one = asker.clone();
                    spawn_local(async move { one.ask_together(wanted).await });
                }
            });
        }
    }

    async fn ask_together(self: Rc<Self>, wanted: Wanted) {
        let Wanted {
            channels,
            socket_id,
            attempt,
        } = wanted;
        let request = BatchRequest {
            channels: channels.clone(),
            socket_id: socket_id.clone(),
        };
        let answer = match &self.authorizer {
            Authorizer::Endpoint(endpoint) => ask_batch(endpoint, request).await,
            Authorizer::BatchHandler(handler) => BatchAnswer::Each(request.clone().complete(handler(request).await)),
            // It was never batched.
            Authorizer::Handler(_) => return,
        };
        match answer {
            BatchAnswer::Each(answers) => {
                for (channel, answer) in answers {
                    self.answer(channel, attempt, answer);
                }
            }
            BatchAnswer::Unavailable(failure) => {
                for channel in channels {
                    self.answer(channel, attempt, Err(failure.clone()));
                }
            }
            BatchAnswer::NotUnderstood(_) => self.ask_singly(Wanted {
                channels,
                socket_id,
                attempt,
            }),
        }
    }

    fn ask_singly(self: &Rc<Self>, wanted: Wanted) {
        for channel in wanted.channels {
            let (asker, attempt) = (self.clone(), wanted.attempt);
            let request = AuthorizationRequest {
                channel: channel.clone(),
                socket_id: wanted.socket_id.clone(),
            };
            spawn_local(async move {
                let answer = authorize(&asker.authorizer, request).await;
                if answer.is_ok() {
                    // What refused several channels answers for one: it knows no other form.
                    asker.form.set(Form::Single);
                }
                asker.answer(channel, attempt, answer);
            });
        }
    }

    fn answer(&self, channel: ChannelName, attempt: Attempt, answer: ChannelAnswer) {
        (self.report)(Input::of_authorization(channel, attempt, answer));
    }
}

/// One request for each connection and for as many channels as one may have.
fn join(gathered: Vec<Wanted>) -> Vec<Wanted> {
    let mut joined: Vec<Wanted> = Vec::new();
    for wanted in gathered {
        let room = joined.last_mut().filter(|last| {
            last.attempt == wanted.attempt && last.channels.len() + wanted.channels.len() <= BatchRequest::MAX_CHANNELS
        });
        match room {
            Some(last) => last.channels.extend(wanted.channels),
            None => joined.push(wanted),
        }
    }
    joined
}

async fn ask_batch(endpoint: &Endpoint, request: BatchRequest) -> BatchAnswer {
    match endpoint.post(request.form()).await {
        Ok((status, body)) => request.read(status, &body),
        Err(failure) => BatchAnswer::Unavailable(failure),
    }
}

async fn authorize(authorizer: &Authorizer, request: AuthorizationRequest) -> ChannelAnswer {
    match authorizer {
        Authorizer::Handler(handler) => handler(request).await,
        Authorizer::Endpoint(endpoint) => {
            let (status, body) = endpoint.post(request.form()).await?;
            ChannelAuthorization::from_response(status, &body)
        }
        Authorizer::BatchHandler(_) => Err(AuthorizationFailure::unanswered("the authoriser did not answer")),
    }
}

async fn authenticate(
    authenticator: &Authenticator,
    request: AuthenticationRequest,
) -> Result<UserAuthentication, AuthorizationFailure> {
    match authenticator {
        Authenticator::Handler(handler) => handler(request).await,
        Authenticator::Endpoint(endpoint) => {
            let (status, body) = endpoint.post(request.form()).await?;
            UserAuthentication::from_response(status, &body)
        }
    }
}
