//! `/app/{key}`: what subscribers hear, over a real network.

mod access;

use crate::site::{KEY, Site, Visitor, id};
use backlog::api::{self, Beacon, Heard};
use clap::Parser;
use pusher_channels::client::{
    AuthorizationFailure, ChannelAuthorization, Config as ChannelsConfig, Event, Notice, State,
};
use pusher_channels::native::{Channels, Notices, Options};
use pusher_channels::protocol::ChannelName;
use serde_json::{Value, json};
use std::time::Duration;
use truestory_server::beacons;
use truestory_server::config::{Cli, Config, Task};
use truestory_server::serve::Server;

const SYNC: &str = "/api/projects/00000000000000000000000000000001/sync";

fn channel() -> ChannelName {
    ChannelName::new(&format!("private-project-{}", id(1))).expect("a name")
}

/// A page that hears project 1.
struct Page {
    visitor: Visitor,
    channels: Channels,
    notices: Notices,
}

impl Page {
    async fn open(site: &Site, visitor: Visitor) -> Page {
        let authorizer = visitor.clone();
        let options = Options::new(ChannelsConfig::new(site.listen().await, KEY)).authorized_by(move |request| {
            let visitor = authorizer.clone();
            async move {
                let kind = "application/x-www-form-urlencoded";
                let answer = visitor.send_text("POST", "/pusher/auth", (kind, request.form())).await;
                ChannelAuthorization::from_response(answer.status, &answer.text)
            }
        });
        let (channels, notices) = Channels::connect(options);
        channels.subscribe(&channel());
        Page {
            visitor,
            channels,
            notices,
        }
    }

    /// The next event of the project. A test that waits in vain is ended by this, not by its patience.
    async fn hears(&mut self) -> Result<Event, AuthorizationFailure> {
        loop {
            let notice = tokio::time::timeout(Duration::from_secs(20), self.notices.recv()).await;
            match notice.expect("an event in time").expect("the driver lives") {
                Notice::Event(event) if event.channel.is_some() => return Ok(event),
                Notice::SubscriptionFailed { failure, .. } => return Err(failure),
                // Whatever else is told is no event.
                _ => {}
            }
        }
    }

    async fn hears_beacon(&mut self) -> Beacon {
        let event = self.hears().await.expect("a subscription");
        assert_eq!(event.name, "beacon");
        serde_json::from_str(&event.data).expect("a beacon")
    }

    async fn hears_change(&mut self) -> Heard {
        let event = self.hears().await.expect("a subscription");
        api::heard(&event.name, &event.data).expect("a change")
    }

    /// Adds a story, naming its own connection.
    async fn adds(&mut self, number: u128, description: &str) -> Value {
        let socket_id = self.channels.socket_id().expect("connected");
        self.visitor.header("x-socket-id", &socket_id);
        let story = json!({
            "id": id(number), "title": "A story", "type": "bug", "panel": "icebox", "description": description,
        });
        let commands = json!([{"mid": id(number), "base": 0, "command": {"create-story": story}}]);
        let answer = self.visitor.post(SYNC, &json!({"commands": commands})).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.body
    }
}

#[tokio::test]
async fn others_hear_a_change_and_its_author_does_not() {
    let site = Site::new().await;
    let mut ada = Page::open(&site, site.with_project(1).await).await;
    let mut bob = Page::open(&site, site.visitor().await).await;
    // Who subscribes is told where the project is.
    let (hers, his) = (ada.hears_beacon().await, bob.hears_beacon().await);
    assert_eq!((hers.rev, his), (0, hers));

    ada.adds(101, "").await;
    let answer = bob.adds(102, "").await;
    let heard = [bob.hears_change().await, ada.hears_change().await].map(|heard| match heard {
        Heard::Change(recorded) => Some((recorded.rev, recorded.mid.0.0)),
        Heard::Bare(_) => None,
    });
    // Each hears the other's change first, so the own one was left out.
    assert_eq!(heard, [Some((1, 101)), Some((2, 102))]);
    assert_eq!(answer["rev"], 2);
}

#[tokio::test]
async fn a_change_too_large_for_an_event_is_only_told_of() {
    let site = Site::new().await;
    let mut ada = Page::open(&site, site.with_project(1).await).await;
    let mut bob = Page::open(&site, site.visitor().await).await;
    bob.hears_beacon().await;
    ada.hears_beacon().await;
    let answer = ada.adds(101, &"x".repeat(11_000)).await;
    let bare = match bob.hears_change().await {
        Heard::Bare(bare) => Some((bare.rev, json!(bare.hash))),
        Heard::Change(_) => None,
    };
    assert_eq!(bare, Some((1, answer["hash"].clone())));
}

#[tokio::test]
async fn beacons_come_again_and_again_and_tell_the_digest() {
    let site = Site::new().await;
    let mut ada = Page::open(&site, site.with_project(1).await).await;
    ada.hears_beacon().await;
    let answer = ada.adds(101, "").await;
    let app = &site.parts().app;
    let sending = beacons::send(
        app.projects.clone(),
        app.hub.handle(&app.realtime),
        Duration::from_millis(1),
    );
    let sending = tokio::spawn(sending);
    for _ in 0..3 {
        let beacon = ada.hears_beacon().await;
        let told = json!({"rev": beacon.rev, "hash": beacon.hash, "digest": beacon.digest});
        assert_eq!(
            told,
            json!({"rev": 1, "hash": answer["hash"], "digest": answer["digest"]})
        );
    }
    sending.abort();
}

#[tokio::test]
async fn a_plain_request_is_told_that_it_is_no_connection() {
    let stranger = Site::new().await.stranger();
    let answer = stranger.get(&format!("/app/{KEY}")).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
}

#[tokio::test]
async fn a_stopping_server_sends_its_connections_away_and_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = [
        "truestory",
        "serve",
        "--open",
        "--listen",
        "127.0.0.1:0",
        "--pusher-key",
        KEY,
        "--data",
    ]
    .map(Into::into);
    let cli = Cli::try_parse_from(args.into_iter().chain([folder.path().as_os_str().to_owned()])).expect("arguments");
    let Task::Serve(args) = cli.task else {
        panic!("the command line asks to serve");
    };
    let server = Server::start(Config::new(args).expect("settings"))
        .await
        .expect("a server");
    let address = server.address().to_string();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async move {
        stopped.await.expect("told to stop");
    }));

    let (channels, mut notices) = Channels::connect(Options::new(ChannelsConfig::new(address, KEY)));
    while channels.state() != State::Connected {
        notices.recv().await.expect("the driver lives");
    }
    stop.send(()).expect("it runs");
    while channels.state() == State::Connected {
        notices.recv().await.expect("the driver lives");
    }
    running.await.expect("no panic").expect("a good end");
}
