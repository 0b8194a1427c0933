//! Several nodes with a real broker between them: one embedded here, one the program in a process of its own. Waits for what is
//! heard, never for time; [`within`] is a guard against waiting for ever.
//!
//! The broker is Debian's `nats-server`, or what `NATS_SERVER` names; `cargo xtask test` installs it. Where there is none, the
//! tests say so and do nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod broker;
mod client;

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use pusher_hub::{
    App, ChannelNews, Cluster, HubConfig, HubHandle, HubServer, Nats, ServerConfig, SubscriptionCounts, Trigger,
    protocol::{ChannelName, EventName},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    process::{Child, Command},
};

use self::{broker::Broker, client::Client};

const LIMIT: Duration = Duration::from_secs(40);
const ROOM: &str = "presence-room";

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, work).await.expect("it took too long")
}

fn app() -> App {
    App::new("main", "key", "secret")
}

fn room() -> ChannelName {
    ChannelName::new(ROOM).unwrap()
}

/// A node in this process.
struct Embedded {
    server: HubServer,
    hub: HubHandle,
    address: SocketAddr,
}

impl Embedded {
    async fn start(broker: &str) -> Self {
        let mut config = ServerConfig::new(HubConfig {
            subscription_counts: SubscriptionCounts::Silent,
            ..HubConfig::new(vec![app()])
        });
        config.broker = Some(Nats::new(broker, "test").unwrap());
        let server = HubServer::start(config);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes: Router = server.router();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            hub: server.handle(&app()),
            server,
            address,
        }
    }

    fn trigger(&self, data: &str) {
        let trigger = Trigger::new(room(), EventName::new("moved").unwrap(), data).unwrap();
        self.hub.trigger(trigger).unwrap();
    }
}

/// A node in a process of its own.
struct Program {
    process: Child,
    address: SocketAddr,
}

impl Program {
    async fn start(broker: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_pusher-hub"))
            .args(["--listen", "127.0.0.1:0", "--app", "main:key:secret"])
            .args(["--broker", broker, "--cluster", "test"])
            .env("RUST_LOG", "error")
            .stdout(std::process::Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        within(out.read_line(&mut line)).await.unwrap();
        let address = line.trim().strip_prefix("pusher-hub is at http://").unwrap();
        Self {
            process,
            address: address.parse().unwrap(),
        }
    }

    async fn health(&self) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        within(stream.read_to_string(&mut answer)).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        format!("{} {body}", head.split(' ').nth(1).unwrap())
    }
}

#[tokio::test]
async fn members_and_events_cross_and_a_killed_nodes_members_leave() {
    let Some(mut broker) = Broker::found().await else {
        return;
    };
    broker.start().await;
    let here = Embedded::start(&broker.url()).await;
    let mut news = here.hub.news();
    let mut ann = Client::connect(here.address).await;
    ann.join("ann").await;

    let mut there = Program::start(&broker.url()).await;
    let mut bob = Client::connect(there.address).await;
    bob.join("bob").await;
    ann.hear_of("bob").await;
    bob.hear_of("ann").await;
    assert_eq!(within(here.hub.user_ids(&room())).await.unwrap(), ["ann", "bob"]);
    assert_eq!(within(here.hub.subscription_count(&room())).await, Some(2));
    assert_eq!(within(here.hub.cluster()).await, Some(Cluster::Joined { others: 1 }));
    assert_eq!(there.health().await, "200 ok\n");

    here.trigger("1");
    let moved = format!(r#"{{"event":"moved","channel":"{ROOM}","data":"1"}}"#);
    assert_eq!(ann.text().await, moved);
    assert_eq!(bob.text().await, moved);

    within(there.process.kill()).await.unwrap();
    assert_eq!(
        ann.text().await,
        format!(r#"{{"event":"pusher_internal:member_removed","channel":"{ROOM}","data":"{{\"user_id\":\"bob\"}}"}}"#)
    );
    // Of the two this one is left, so that it tells the program.
    let removed = ChannelNews::MemberRemoved {
        channel: room(),
        user_id: "bob".to_owned(),
    };
    while within(news.next()).await.unwrap() != removed {}
    assert_eq!(within(here.hub.user_ids(&room())).await.unwrap(), ["ann"]);
}

#[tokio::test]
async fn a_broker_that_comes_late_and_one_that_goes_and_comes_back() {
    let Some(mut broker) = Broker::found().await else {
        return;
    };
    let here = Embedded::start(&broker.url()).await;
    let there = Program::start(&broker.url()).await;
    assert_eq!(within(here.hub.cluster()).await, Some(Cluster::CutOff));
    assert_eq!(
        there.health().await,
        "200 ok, but the broker cannot be reached: events stay on this node\n"
    );
    let mut ann = Client::connect(here.address).await;
    ann.join("ann").await;
    let mut bob = Client::connect(there.address).await;
    bob.join("bob").await;
    broker.start().await;
    ann.hear_of("bob").await;
    bob.hear_of("ann").await;

    broker.stop().await;
    let mut cid = Client::connect(here.address).await;
    cid.join("cid").await;
    ann.hear_of("cid").await;
    broker.start().await;
    bob.hear_of("cid").await;
    here.trigger("2");
    let moved = format!(r#"{{"event":"moved","channel":"{ROOM}","data":"2"}}"#);
    assert_eq!(bob.text().await, moved);

    // A node that stops takes its leave: nobody waits for its death.
    within(here.server.shutdown()).await;
    let mut left = [bob.text().await, bob.text().await];
    left.sort();
    let removed = |user: &str| {
        format!(
            r#"{{"event":"pusher_internal:member_removed","channel":"{ROOM}","data":"{{\"user_id\":\"{user}\"}}"}}"#
        )
    };
    assert_eq!(left, [removed("ann"), removed("cid")]);
}
