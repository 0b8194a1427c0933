//! The realtime channel of a project: turns the protocol's events into the domain's words.

use backlog::ProjectId;
use backlog::api::{self, Beacon, Heard};
use pusher_channels::browser::{Binding, Channels, Options};
use pusher_channels::{ChannelName, State};
use std::rc::Rc;

/// What the channel tells.
#[derive(Clone, Debug)]
pub enum News {
    /// Events arrive from now on. What happened before must be fetched.
    Subscribed,
    /// No events arrive for now.
    Lost,
    /// A change.
    Change(Heard),
    /// Where the server is.
    Beacon(Beacon),
    /// What the visitor may hear or do is another thing now.
    Access,
}

/// Tells of a project's events until dropped.
pub struct Subscription {
    channels: Channels,
    _bindings: Vec<Binding>,
}

impl Subscription {
    /// Subscribes to a project's channel on the server that the page came from.
    pub fn new(key: &str, project: ProjectId, told: impl Fn(News) + 'static) -> Subscription {
        let channels = Channels::connect(Options::same_origin(key));
        let told = Rc::new(told);
        let lost = told.clone();
        let mut bindings = vec![channels.bind_state(move |state| {
            if state != State::Connected {
                lost(News::Lost);
            }
        })];
        let name = ChannelName::new(&api::channel_of(project));
        let channel = channels.subscribe(&name.expect("the prefix and hex digits make a channel name"));
        let subscribed = told.clone();
        bindings.push(channel.on_subscribed(move || subscribed(News::Subscribed)));
        bindings.push(channel.bind_all(move |event, data| {
            // What this page is too old to read shows in the next beacon.
            if let Some(news) = read(event, data) {
                told(news);
            }
        }));
        Subscription {
            channels,
            _bindings: bindings,
        }
    }

    /// Doubts the connection: the page has slept, and what it takes for open may have been cut long ago.
    pub fn check(&self) {
        self.channels.check();
    }

    /// The connection's id: the server leaves it out when it tells of what came from here.
    pub fn socket_id(&self) -> Option<String> {
        self.channels.socket_id()
    }
}

fn read(event: &str, data: &str) -> Option<News> {
    if event == api::BEACON {
        return serde_json::from_str(data).ok().map(News::Beacon);
    }
    if event == api::ACCESS {
        return Some(News::Access);
    }
    api::heard(event, data).map(News::Change)
}
