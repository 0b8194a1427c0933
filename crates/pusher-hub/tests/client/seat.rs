//! One client and what its person wants and was told. Knows no hub.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use pusher_channels::{
    Members, Subscription,
    client::{Attempt, Client, ClientEvent, Config, Input, Notice, Output},
    protocol::{ChannelName, EventName, RawJson},
};
use pusher_hub::{App, ConnId};

use super::LENT;

/// What the seat needs somebody else for.
pub enum Need {
    /// A connection of this number.
    Open(Attempt),
    /// The end of one.
    Close(Attempt),
    /// A frame on its way.
    Send(Attempt, String),
}

pub struct Seat {
    pub client: Client,
    pub user: &'static str,
    pub signs_in: bool,
    pub conn: Option<(ConnId, Attempt)>,
    /// What the program's own server has answered and has not arrived.
    pub answers: VecDeque<Input>,
    /// Who is online, by the watchlist.
    pub online: BTreeSet<String>,
    /// Events that clients triggered, and as whom.
    pub heard: Vec<(String, Option<String>)>,
    /// Events for the user.
    pub mail: Vec<String>,
}

pub fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

impl Seat {
    pub fn new(user: &'static str, seed: u64) -> Self {
        Self {
            client: Client::new(Config::new("host", "key"), seed),
            user,
            signs_in: false,
            conn: None,
            answers: VecDeque::new(),
            online: BTreeSet::new(),
            heard: Vec::new(),
            mail: Vec::new(),
        }
    }

    pub fn hears(&self, name: &str) -> bool {
        self.client.subscription(&channel(name)) == Some(Subscription::Subscribed)
    }

    /// Whether the channel shall be heard, and can.
    pub fn shall_hear(&self, name: &str) -> bool {
        let is_wanted = self.client.subscription(&channel(name)).is_some();
        is_wanted && (name != LENT || self.signs_in)
    }

    pub fn members(&self, room: &str) -> Members {
        self.client.members(&channel(room)).cloned().unwrap_or_default()
    }

    pub fn count(&self, of: &str) -> Option<u64> {
        self.client.subscription_count(&channel(of))
    }

    pub fn signed_in_as(&self) -> Option<&str> {
        self.client.user().map(|user| &*user.id)
    }

    pub fn trigger(&mut self, on: &str, text: &str, now: Duration) -> bool {
        let event = ClientEvent {
            channel: channel(on),
            name: EventName::new("client-e").unwrap(),
            data: RawJson::new(&format!("\"{text}\"")).unwrap(),
        };
        self.client.trigger(event, now).is_ok()
    }

    /// Does what the client wants done, as far as one can alone.
    pub fn needs(&mut self, app: &App) -> Vec<Need> {
        let mut needs = Vec::new();
        while let Some(output) = self.client.poll_output() {
            match output {
                Output::Open { attempt, .. } => needs.push(Need::Open(attempt)),
                Output::Close { attempt } => needs.push(Need::Close(attempt)),
                Output::Send { attempt, text } => needs.push(Need::Send(attempt, text)),
                Output::Tell(notice) => self.note(notice),
                asked => self.ask(app, asked),
            }
        }
        needs
    }

    /// The endpoints of the program that the hub belongs to.
    fn ask(&mut self, app: &App, asked: Output) {
        match asked {
            Output::Authorize {
                channels,
                socket_id,
                attempt,
            } => {
                for channel in channels {
                    let authorization = super::world::authorize(app, self.user, &channel, &socket_id);
                    self.answers.push_back(Input::Authorized {
                        channel,
                        attempt,
                        authorization,
                    });
                }
            }
            Output::AuthenticateUser { socket_id, attempt } => self.answers.push_back(Input::UserAuthenticated {
                attempt,
                authentication: super::world::authenticate(app, self.user, &socket_id),
            }),
            other => panic!("nobody asked for {other:?}"),
        }
    }

    fn note(&mut self, notice: Notice) {
        match notice {
            Notice::Event(event) if event.name == "client-e" => self.heard.push((event.data, event.user_id)),
            Notice::UserEvent(event) => self.mail.push(event.data),
            // The first list after a sign-in names everybody who is watched.
            Notice::SignedIn(_) => self.online.clear(),
            Notice::Watchlist(event) if event.name == "online" => self.online.extend(event.user_ids),
            Notice::Watchlist(event) => self.online.retain(|user| !event.user_ids.contains(user)),
            Notice::BadFrame(error) => panic!("{error}"),
            _ => {}
        }
    }
}
