//! The user who signs in on the connection: asked for, authenticated, answered, signed in again after each reconnect. Knows
//! nothing of how a connection comes about or of what an authenticator does.

use std::time::Duration;

use super::{
    Attempt, AuthorizationFailure, Client, Event, Notice, Output, Subscription, UserAuthentication,
    backoff::channel_delay,
};
use crate::protocol::{ChannelKind, ChannelName, ClientFrame, User, WatchlistEvent, events};

/// An authentication that has not come by then is asked for again.
const AUTHENTICATE_TIMEOUT: Duration = Duration::from_secs(15);
/// A sign-in that the server has not answered by then is tried again.
const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(15);

/// Whether somebody shall be signed in, and how far that is.
#[derive(Debug, Default)]
pub(super) struct SignIn {
    stage: Stage,
    /// When to do something if nothing happens: try again, or stop waiting for an answer.
    due: Option<Duration>,
    failures: u32,
    /// Where the user's events arrive. Outlives the connection, as every channel that is wanted.
    channel: Option<ChannelName>,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    NotWanted,
    /// There is no connection, or a failed try waits for the next one.
    Unsent,
    /// The authentication is being fetched.
    Authenticating,
    /// The server was asked.
    Pending,
    SignedIn(User),
}

/// Who this client is, as far as it is known.
pub(super) enum Standing<'a> {
    NotWanted,
    Awaited,
    SignedIn(&'a User),
}

impl SignIn {
    pub fn due(&self) -> Option<Duration> {
        self.due
    }

    pub fn standing(&self) -> Standing<'_> {
        match &self.stage {
            Stage::NotWanted => Standing::NotWanted,
            Stage::Unsent | Stage::Authenticating | Stage::Pending => Standing::Awaited,
            Stage::SignedIn(user) => Standing::SignedIn(user),
        }
    }

    pub fn is_pending(&self) -> bool {
        matches!(self.stage, Stage::Pending)
    }

    /// Whether this is where events of the present user arrive: a server lets nobody else hear them.
    pub fn owns(&self, channel: &ChannelName) -> bool {
        match self.standing() {
            Standing::SignedIn(_) => self.keeps(channel),
            Standing::NotWanted | Standing::Awaited => false,
        }
    }

    /// Whether this is the channel of the user who is or was signed in, which is heard as long as they are wanted.
    fn keeps(&self, channel: &ChannelName) -> bool {
        self.channel.as_ref() == Some(channel)
    }

    /// The connection is gone, and with it the sign-in; the wish stays.
    pub fn forget_progress(&mut self) {
        match self.stage {
            Stage::NotWanted => {}
            Stage::Unsent | Stage::Authenticating | Stage::Pending | Stage::SignedIn(_) => self.stage = Stage::Unsent,
        }
        self.due = None;
    }
}

impl Client {
    /// The user who is signed in on the present connection.
    pub fn user(&self) -> Option<&User> {
        match self.sign_in.standing() {
            Standing::SignedIn(user) => Some(user),
            Standing::NotWanted | Standing::Awaited => None,
        }
    }

    /// The application lets go of a channel. It may have held the user's own, whose events are heard nevertheless.
    pub(super) fn on_channel_left(&mut self, channel: ChannelName) {
        if !self.sign_in.keeps(&channel) {
            self.on_channel_dropped(channel);
        }
    }

    pub(super) fn on_sign_in_requested(&mut self) {
        if let Standing::NotWanted = self.sign_in.standing() {
            self.sign_in.stage = Stage::Unsent;
            self.start_sign_in();
        }
    }

    /// Asks who the user is, if that is wanted and there is a connection.
    pub(super) fn start_sign_in(&mut self) {
        let (Stage::Unsent, Some(socket_id)) = (&self.sign_in.stage, self.phase.socket_id().cloned()) else {
            return;
        };
        self.sign_in.stage = Stage::Authenticating;
        self.sign_in.due = Some(self.now.saturating_add(AUTHENTICATE_TIMEOUT));
        self.outputs.push_back(Output::AuthenticateUser {
            socket_id,
            attempt: self.attempt,
        });
    }

    pub(super) fn on_user_authenticated(&mut self, attempt: Attempt, answer: UserAuthentication) {
        if attempt != self.attempt || !matches!(self.sign_in.stage, Stage::Authenticating) {
            return;
        }
        self.sign_in.stage = Stage::Pending;
        self.sign_in.due = Some(self.now.saturating_add(SIGN_IN_TIMEOUT));
        self.send(&ClientFrame::SignIn {
            auth: answer.auth,
            user_data: answer.user_data,
        });
    }

    pub(super) fn on_user_authentication_failed(&mut self, attempt: Attempt, failure: AuthorizationFailure) {
        if attempt == self.attempt && matches!(self.sign_in.stage, Stage::Authenticating) {
            self.fail_sign_in(failure);
        }
    }

    /// A success that comes after its time is a success nevertheless: the server counts the user as signed in.
    pub(super) fn on_signin_success(&mut self, user_data: &str) {
        let is_awaited = matches!(self.sign_in.standing(), Standing::Awaited);
        if !is_awaited || self.phase.socket_id().is_none() {
            return;
        }
        match User::parse(user_data) {
            Ok(user) if !user.id.is_empty() => self.signed_in(user),
            Ok(_) => self.fail_sign_in(unreadable("id: empty")),
            Err(reason) => self.fail_sign_in(unreadable(&reason)),
        }
    }

    pub(super) fn run_sign_in_timer(&mut self) {
        if self.sign_in.due.is_none_or(|at| at > self.now) {
            return;
        }
        self.sign_in.due = None;
        match self.sign_in.stage {
            Stage::Unsent => self.start_sign_in(),
            Stage::Authenticating => {
                self.fail_sign_in(AuthorizationFailure::unanswered(
                    "the authentication did not come in time",
                ));
            }
            Stage::Pending => {
                self.fail_sign_in(AuthorizationFailure::unanswered(
                    "the server did not answer the sign-in in time",
                ));
            }
            Stage::NotWanted | Stage::SignedIn(_) => {}
        }
    }

    pub(super) fn fail_sign_in(&mut self, failure: AuthorizationFailure) {
        self.sign_in.failures = self.sign_in.failures.saturating_add(1);
        let retry_in = channel_delay(self.sign_in.failures, &mut self.random);
        self.sign_in.stage = Stage::Unsent;
        self.sign_in.due = Some(self.now.saturating_add(retry_in));
        self.tell(Notice::SignInFailed { failure, retry_in });
        self.fail_held();
    }

    /// An event of the user's own channel; the protocol's own events there are not the application's matter.
    pub(super) fn on_user_event(&mut self, event: Event) {
        if !event.name.starts_with(events::RESERVED_PREFIX) {
            self.tell(Notice::UserEvent(event));
        }
    }

    pub(super) fn on_watchlist(&mut self, came_and_went: Vec<WatchlistEvent>) {
        for event in came_and_went {
            self.tell(Notice::Watchlist(event));
        }
    }

    fn signed_in(&mut self, user: User) {
        self.sign_in.due = None;
        self.sign_in.failures = 0;
        let name = format!("#server-to-user-{}", user.id);
        self.sign_in.stage = Stage::SignedIn(user.clone());
        self.tell(Notice::SignedIn(user));
        match ChannelName::new(&name) {
            Ok(channel) => self.hear_user(Some(channel)),
            // Signed in nevertheless: presence and the watchlist need no channel of this name.
            Err(error) => {
                self.hear_user(None);
                let message = format!("{name}: the user's events cannot be heard: {error}");
                self.tell(Notice::Error { code: None, message });
            }
        }
        self.release_held();
    }

    fn hear_user(&mut self, channel: Option<ChannelName>) {
        let former = std::mem::replace(&mut self.sign_in.channel, channel.clone());
        if let Some(former) = former.filter(|former| Some(former) != channel.as_ref()) {
            self.on_channel_dropped(former);
        }
        if let Some(channel) = channel {
            self.on_channel_wanted(channel.clone());
            if self.subscription(&channel) == Some(Subscription::Unsent) {
                self.subscribe(&channel);
            }
        }
    }
}

/// Whether events of this channel are the signed-in user's.
pub(super) fn is_of_user(channel: Option<&ChannelName>) -> bool {
    channel.is_some_and(|channel| channel.kind() == ChannelKind::ServerToUser)
}

/// What a widely used server sends instead of `pusher_internal:watchlist_events`: an event `online` or `offline` without a
/// channel, whose data is `{"user_ids":[..]}`.
pub(super) fn watchlist_event_of(event: &Event) -> Option<WatchlistEvent> {
    match event.name.as_str() {
        "online" | "offline" if event.channel.is_none() => WatchlistEvent::parse(&event.name, &event.data).ok(),
        _ => None,
    }
}

fn unreadable(reason: &str) -> AuthorizationFailure {
    AuthorizationFailure::unanswered(format!(
        "the user_data that the server answered cannot be read: {reason}"
    ))
}
