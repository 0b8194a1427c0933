//! Runs a client on a page: performs its outputs, keeps its timer, calls what is bound.
//!
//! The rule here: nothing of the application's is called or dropped while `Inner` is borrowed.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
    time::Duration,
};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;

use super::{
    Channel, Options,
    authorize::Asker,
    carriers::Link,
    channel::Membership,
    handlers::{Handler, HandlerId, Handlers, Scope, scopes},
    page,
    resume::ResumeHandler,
};
use crate::{
    client::{Attempt, Carrier, Client, ClientEvent, Input, Notice, Output, Sorted, TriggerRefusal},
    protocol::ChannelName,
};

/// The longest time that `setTimeout` takes.
const MAX_TIMEOUT_MS: u128 = i32::MAX as u128;

pub(super) struct Engine {
    inner: RefCell<Inner>,
    /// Outputs are being performed: what a handler causes joins the queue instead of overtaking it.
    performing: Cell<bool>,
    asker: Rc<Asker>,
    this: Weak<Engine>,
    _page: Vec<EventListener>,
}

struct Inner {
    client: Client,
    /// One, or two while a better carrier takes over.
    links: Vec<(Attempt, Link)>,
    timer: Option<Timer>,
    handlers: Handlers,
    memberships: Sorted<ChannelName, Weak<Membership>>,
}

struct Timer {
    due: Duration,
    _timeout: Timeout,
}

impl Engine {
    pub fn new(options: Options) -> Rc<Self> {
        let Options {
            mut config,
            authorizer,
            authenticator,
        } = options;
        config.address = page::secured(config.address);
        let inner = Inner {
            client: Client::new(config, page::seed()),
            links: Vec::new(),
            timer: None,
            handlers: Handlers::default(),
            memberships: Sorted::new(),
        };
        Rc::new_cyclic(|this: &Weak<Self>| Self {
            inner: RefCell::new(inner),
            performing: Cell::new(false),
            asker: Asker::new(authorizer, authenticator, Rc::new(reporter(this.clone()))),
            this: this.clone(),
            _page: page::listen(reporter(this.clone())),
        })
    }

    pub fn feed(&self, input: Input) {
        if let Input::Closed { attempt, .. } | Input::SocketUnsupported { attempt, .. } = &input {
            // It is over by itself, so the client does not say that it is to be closed.
            self.close(*attempt);
        }
        self.inner.borrow_mut().client.handle(input, page::now());
        self.perform_all();
    }

    pub fn trigger(&self, event: ClientEvent) -> Result<(), TriggerRefusal> {
        let triggered = self.inner.borrow_mut().client.trigger(event, page::now());
        self.perform_all();
        triggered
    }

    pub fn ask<T>(&self, question: impl FnOnce(&Client) -> T) -> T {
        question(&self.inner.borrow().client)
    }

    pub fn subscribe(&self, name: &ChannelName) -> Channel {
        let known = self.inner.borrow().memberships.get(name).and_then(Weak::upgrade);
        let membership = known.unwrap_or_else(|| self.join(name));
        Channel::new(membership)
    }

    pub fn bind(&self, scope: Scope, handler: Handler) -> HandlerId {
        self.inner.borrow_mut().handlers.insert(scope, handler)
    }

    pub fn unbind(&self, scope: &Scope, id: HandlerId) {
        let unbound = self.inner.borrow_mut().handlers.remove(scope, id);
        if let (Some(Handler::Resume(ResumeHandler::Fetch(_))), Scope::Channel(channel)) = (&unbound, scope) {
            self.stop_resuming(channel);
        }
        // Dropped here, with nothing borrowed: it may hold the last handle to a channel.
        drop(unbound);
    }

    /// What is bound to a channel, in order.
    pub fn bound_to(&self, channel: &ChannelName) -> Vec<Handler> {
        let bound = self.inner.borrow().handlers.of(&Scope::Channel(channel.clone()));
        bound.into_iter().map(|(_, handler)| handler).collect()
    }

    pub fn weak(&self) -> Weak<Self> {
        self.this.clone()
    }

    fn join(&self, name: &ChannelName) -> Rc<Membership> {
        let this = self
            .this
            .upgrade()
            .expect("a method runs, so somebody holds the engine");
        let membership = Rc::new(Membership::new(this, name.clone()));
        let mut inner = self.inner.borrow_mut();
        inner.memberships.retain(|_, membership| membership.strong_count() > 0);
        inner.memberships.insert(name.clone(), Rc::downgrade(&membership));
        drop(inner);
        self.feed(Input::ChannelWanted(name.clone()));
        membership
    }

    fn perform_all(&self) {
        if self.performing.replace(true) {
            return;
        }
        loop {
            let output = self.inner.borrow_mut().client.poll_output();
            match output {
                Some(output) => self.perform(output),
                None => break,
            }
        }
        self.performing.set(false);
        self.set_timer();
    }

    fn perform(&self, output: Output) {
        match output {
            Output::Open { carrier, url, attempt } => self.open(carrier, &url, attempt),
            Output::Close { attempt } => self.close(attempt),
            Output::Send { attempt, text } => {
                if let Some((_, link)) = self.inner.borrow().links.iter().find(|(of, _)| *of == attempt) {
                    link.send(&text);
                }
            }
            Output::Authorize {
                channels,
                socket_id,
                attempt,
            } => {
                self.asker.authorize(channels, socket_id, attempt);
            }
            Output::AuthenticateUser { socket_id, attempt } => self.asker.authenticate(socket_id, attempt),
            Output::FetchMissed {
                channel,
                after,
                attempt,
            } => self.fetch_missed(channel, after, attempt),
            Output::Tell(notice) => self.tell(&notice),
        }
    }

    fn open(&self, carrier: Carrier, url: &str, attempt: Attempt) {
        let opened = Link::open(carrier, url, attempt, reporter(self.this.clone()));
        let mut inner = self.inner.borrow_mut();
        match opened {
            Ok(link) => inner.links.push((attempt, link)),
            Err(reason) => inner
                .client
                .handle(Input::SocketUnsupported { attempt, reason }, page::now()),
        }
    }

    fn close(&self, attempt: Attempt) {
        let mut inner = self.inner.borrow_mut();
        inner.links.retain(|(of, _)| *of != attempt);
    }

    fn tell(&self, notice: &Notice) {
        warn(notice);
        for scope in scopes(notice).into_iter().flatten() {
            let handlers = self.inner.borrow().handlers.of(&scope);
            for (id, handler) in handlers {
                // One that was called before may have unbound this one.
                let is_bound = self.inner.borrow().handlers.is_bound(&scope, id);
                if is_bound {
                    if let Err(error) = handler.call(notice) {
                        self.complain_of_data(notice, &error);
                    }
                }
            }
        }
    }

    /// Through the client, so that it is told after what is being told now.
    fn complain_of_data(&self, notice: &Notice, error: &serde_json::Error) {
        if let Notice::Event(event) = notice {
            self.feed(Input::DataUnreadable {
                channel: event.channel.clone(),
                event: event.name.clone(),
                reason: error.to_string(),
            });
        }
    }

    /// Keeps a timer that comes soon enough, though most are moved back by every message: one that comes too early
    /// changes nothing and is set again, and so not every message costs a timer.
    fn set_timer(&self) {
        let mut inner = self.inner.borrow_mut();
        let Some(due) = inner.client.poll_timeout() else {
            inner.timer = None;
            return;
        };
        if inner.timer.as_ref().is_some_and(|timer| timer.due <= due) {
            return;
        }
        let delay = due
            .saturating_sub(page::now())
            .as_nanos()
            .div_ceil(1_000_000)
            .min(MAX_TIMEOUT_MS);
        let engine = self.this.clone();
        let timeout = Timeout::new(u32::try_from(delay).unwrap_or(u32::MAX), move || {
            if let Some(engine) = engine.upgrade() {
                engine.inner.borrow_mut().timer = None;
                engine.feed(Input::TimePassed);
            }
        });
        inner.timer = Some(Timer { due, _timeout: timeout });
    }
}

fn reporter(engine: Weak<Engine>) -> impl Fn(Input) + Clone + 'static {
    move |input| {
        if let Some(engine) = engine.upgrade() {
            engine.feed(input);
        }
    }
}

/// A developer looks here first when nothing arrives.
fn warn(notice: &Notice) {
    let text = match notice {
        Notice::BadFrame(error) => format!("pusher-channels: {error}"),
        Notice::Error { message, .. } => format!("pusher-channels: {message}"),
        Notice::SubscriptionFailed { channel, failure, .. } => format!("pusher-channels: {channel}: {failure}"),
        Notice::DecryptionFailed { channel, event, error } => format!("pusher-channels: {channel}: {event}: {error}"),
        Notice::StateChanged { .. }
        | Notice::CarrierChanged { .. }
        | Notice::ConnectingIn(_)
        | Notice::Subscribed(_)
        | Notice::Event(_) => return,
        Notice::NotResumable { channel, reason } => format!("pusher-channels: {channel}: not resumable: {reason}"),
        Notice::SignInFailed { failure, .. } => format!("pusher-channels: sign-in: {failure}"),
        Notice::MemberAdded { .. }
        | Notice::MemberRemoved { .. }
        | Notice::SubscriptionCount { .. }
        | Notice::SignedIn(_)
        | Notice::CatchingUp(_)
        | Notice::CaughtUp(_)
        | Notice::UserEvent(_)
        | Notice::Watchlist(_) => return,
    };
    web_sys::console::warn_1(&JsValue::from_str(&text));
}
