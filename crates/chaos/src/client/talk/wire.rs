//! What goes over the wire and what comes back: the session, requests to sync, the channel.

use super::{Answered, Talk};
use crate::clock;
use crate::http::ApiError;
use crate::witness::Count;
use backlog::api::{self, Heard, Session, SyncRequest};
use pusher_channels::native::{Channels, Notices, Options};
use pusher_channels::{ChannelName, Config, Event, Notice, State};
use replica::Input;
use std::io;

impl Talk {
    pub(super) fn ask_session(&mut self) {
        let http = self.http.clone();
        self.requests
            .spawn(async move { Answered::Session(http.session().await.map(|(session, _)| session)) });
    }

    pub(super) async fn answered(&mut self, answered: Answered) -> io::Result<()> {
        match answered {
            Answered::Session(Ok(session)) => {
                self.patience.answered();
                if self.channel.is_none() {
                    self.channel = Some(self.subscribe(&session));
                }
                let first = self.session.replace(session).is_none();
                if first { self.tell(Input::Woke).await } else { Ok(()) }
            }
            Answered::Sync(Ok(answer)) => {
                self.patience.answered();
                self.home.witness.count(Count::Syncs);
                self.tell(Input::SyncAnswered(answer)).await
            }
            Answered::Session(Err(error)) => {
                self.failed(&error);
                Ok(())
            }
            Answered::Sync(Err(error)) => self.sync_failed(error).await,
        }
    }

    async fn sync_failed(&mut self, error: ApiError) -> io::Result<()> {
        match error {
            ApiError::Refused(why) => {
                self.home
                    .witness
                    .note(format!("client {} was refused: {why}", self.home.client));
                self.tell(Input::SyncRefused(why)).await
            }
            ApiError::NoSession => {
                self.session = None;
                self.failed(&error);
                self.tell(Input::SyncFailed).await
            }
            ApiError::Unreachable(_) | ApiError::Busy(_) => {
                self.failed(&error);
                self.tell(Input::SyncFailed).await
            }
        }
    }

    fn failed(&mut self, error: &ApiError) {
        self.home.witness.count(Count::FailedRequests);
        if let ApiError::Busy(status) = error {
            self.home
                .witness
                .note(format!("client {}: the server answered {status}", self.home.client));
        }
        let wait = self.patience.failed(self.person.dice().roll());
        if let Some(wait) = wait {
            self.retry_at = Some(clock::instant() + wait);
        }
    }

    fn subscribe(&self, session: &Session) -> (Channels, Notices) {
        let http = self.http.clone();
        let config = Config::new(self.home.proxy.to_string(), session.realtime_key.clone());
        let options = Options::new(config).authorized_by(move |request| {
            let http = http.clone();
            async move { http.authorize(request).await }
        });
        let (channels, notices) = Channels::connect(options);
        if let Ok(name) = ChannelName::new(&api::channel_of(self.home.project)) {
            channels.subscribe(&name);
        }
        (channels, notices)
    }

    pub(super) async fn noticed(&mut self, notice: Notice) -> io::Result<()> {
        match notice {
            Notice::Subscribed(_) => {
                self.home.witness.count(Count::Subscriptions);
                self.patience.live = true;
                self.wake().await
            }
            Notice::StateChanged { current, .. } if current != State::Connected => {
                // Where the channel is lost, the question is whether the server is lost too.
                match std::mem::replace(&mut self.patience.live, false) {
                    true => self.wake().await,
                    false => Ok(()),
                }
            }
            Notice::Event(event) => self.heard(&event).await,
            // What else is told, now or by a later version, does not change what the client does.
            _ => Ok(()),
        }
    }

    async fn heard(&mut self, event: &Event) -> io::Result<()> {
        if event.name == api::BEACON {
            return match serde_json::from_str(&event.data) {
                Ok(beacon) => self.tell(Input::BeaconHeard(beacon)).await,
                Err(_) => Ok(()),
            };
        }
        match api::heard(&event.name, &event.data) {
            Some(Heard::Change(recorded)) => {
                self.home.witness.count(Count::ChangesHeard);
                let (rev, at) = (recorded.rev, recorded.at);
                self.tell(Input::ChangeHeard(recorded)).await?;
                if self.replica.version().is_some_and(|version| version.rev == rev) {
                    self.home.witness.seen().heard.push(clock::now().0 - at.0);
                }
                Ok(())
            }
            Some(Heard::Bare(bare)) => self.tell(Input::BareHeard(bare)).await,
            None => Ok(()),
        }
    }

    pub(super) async fn wake(&mut self) -> io::Result<()> {
        if self.session.is_some() {
            self.tell(Input::Woke).await
        } else {
            self.ask_session();
            Ok(())
        }
    }

    pub(super) fn send(&mut self, request: SyncRequest) {
        let (http, project) = (self.http.clone(), self.home.project);
        let socket = self.channel.as_ref().and_then(|(channels, _)| channels.socket_id());
        self.requests
            .spawn(async move { Answered::Sync(http.sync(project, &request, socket).await.map(Box::new)) });
    }
}
