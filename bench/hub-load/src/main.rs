//! `hub-load`: puts a crowd of clients on any server of the protocol and says as one line of JSON what that cost the server.
//! Knows the command line; what a crowd does and how a process is looked at lie elsewhere. Must never start or end a server.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks on its streams"
)]

mod crowd;
mod floor;
mod process;
mod trigger;

use std::{net::SocketAddr, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand, ValueEnum};
use pusher_channels::ChannelName;
use pusher_hub::App;
use serde_json::{Value, json};

use crowd::{Crowd, Target};
use process::Process;
use trigger::{Event, Triggers};

/// What is still on its way in the server's memory (handshakes, freed buffers) settles within this.
const SETTLE: Duration = Duration::from_secs(2);

/// A crowd of clients on a server of the Pusher Channels protocol.
#[derive(Debug, Parser)]
#[command(name = "hub-load")]
struct Cli {
    /// Where the server listens.
    #[arg(long)]
    address: SocketAddr,
    /// The app's key.
    #[arg(long, default_value = "key")]
    key: String,
    /// The app's id, for the HTTP API.
    #[arg(long, default_value = "embed")]
    app_id: String,
    /// The app's secret, for the HTTP API.
    #[arg(long, default_value = "secret")]
    secret: String,
    /// The server's process, whose memory or processor time is read.
    #[arg(long, default_value_t = 0)]
    pid: u32,
    #[command(subcommand)]
    load: Load,
}

#[derive(Debug, Subcommand)]
enum Load {
    /// Connections that subscribed to one channel each and then wait: the server's memory.
    Idle {
        /// How many.
        #[arg(long)]
        connections: usize,
    },
    /// Events to a channel that many hear: the server's processor time.
    FanOut {
        /// How many hear it.
        #[arg(long)]
        subscribers: usize,
        /// How many events.
        #[arg(long)]
        events: usize,
        /// The length of an event's data.
        #[arg(long)]
        bytes: usize,
        /// When the next one is triggered.
        #[arg(long)]
        pace: Pace,
    },
    /// No server of the protocol: the same bytes to as many sockets on this machine, one plain write each. What no server can do
    /// for less.
    Floor {
        /// How many sockets.
        #[arg(long)]
        subscribers: usize,
        /// How often each is written to.
        #[arg(long)]
        events: usize,
        /// The length of a frame.
        #[arg(long)]
        bytes: usize,
    },
    /// Connections that wait for the server to be restarted: when each of them is subscribed again, as milliseconds since 1970.
    /// Prints a first line when all are there.
    Comeback {
        /// How many.
        #[arg(long)]
        connections: usize,
    },
}

/// When the next event is triggered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Pace {
    /// When all have heard the one before: each delivery is a write of its own.
    Calm,
    /// When the server has answered: it may write several events at a time.
    Burst,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let target = Target {
        address: cli.address,
        app: App::new(&cli.app_id, &cli.key, &cli.secret),
    };
    let server = Process::new(cli.pid);
    let measured = match cli.load {
        Load::Idle { connections } => idle(target, &server, connections).await,
        Load::FanOut {
            subscribers,
            events,
            bytes,
            pace,
        } => fan_out(target, &server, subscribers, &repeated(events, bytes, pace)).await,
        Load::Floor {
            subscribers,
            events,
            bytes,
        } => floor::measure(subscribers, events, bytes).map(|spent| per_delivery(spent, subscribers * events)),
        Load::Comeback { connections } => comeback(target, connections).await,
    };
    match measured {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("hub-load: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// What is triggered, and how often.
struct Repeated {
    event: Event,
    times: usize,
    pace: Pace,
}

fn repeated(times: usize, bytes: usize, pace: Pace) -> Repeated {
    let event = Event {
        channel: channel(0),
        name: "measured",
        data: format!("{{\"text\":\"{}\"}}", "x".repeat(bytes.saturating_sub(11))),
    };
    Repeated { event, times, pace }
}

/// Ten connections share a channel, as the people in front of one thing do.
fn channel(place: usize) -> ChannelName {
    ChannelName::new(&format!("load-{}", place / 10)).expect("letters, a dash and digits are a channel's name")
}

async fn idle(target: Target, server: &Process, connections: usize) -> Result<Value, String> {
    let before = server.resident_bytes()?;
    let crowd = Crowd::gather(&target, connections, channel).await?;
    tokio::time::sleep(SETTLE).await;
    let bytes = server.resident_bytes()?.saturating_sub(before);
    crowd.is_whole()?;
    Ok(json!({ "connections": connections, "before": before, "bytes": bytes, "each": bytes / connections as u64 }))
}

async fn fan_out(target: Target, server: &Process, subscribers: usize, load: &Repeated) -> Result<Value, String> {
    let mut crowd = Crowd::gather(&target, subscribers, |_| load.event.channel.clone()).await?;
    let mut triggers = Triggers::open(target.address, target.app.clone()).await?;
    // The first ones warm what is made once.
    deliver(load, load.times.div_ceil(10), &mut triggers, &mut crowd).await?;
    tokio::time::sleep(SETTLE).await;
    let before = server.processor_time()?;
    deliver(load, load.times, &mut triggers, &mut crowd).await?;
    let spent = server.processor_time()?.saturating_sub(before);
    crowd.is_whole()?;
    Ok(per_delivery(spent, subscribers * load.times))
}

fn per_delivery(spent: Duration, deliveries: usize) -> Value {
    json!({ "deliveries": deliveries, "microseconds": spent.as_secs_f64() * 1e6 / deliveries as f64 })
}

async fn deliver(load: &Repeated, times: usize, triggers: &mut Triggers, crowd: &mut Crowd) -> Result<(), String> {
    let mut awaited = 0;
    for _ in 0..times {
        triggers.trigger(&load.event).await?;
        awaited += 1;
        if load.pace == Pace::Calm {
            crowd.heard(std::mem::take(&mut awaited)).await?;
        }
    }
    crowd.heard(awaited).await
}

async fn comeback(target: Target, connections: usize) -> Result<Value, String> {
    let mut crowd = Crowd::gather(&target, connections, channel).await?;
    println!("{}", json!({ "subscribed": connections }));
    let back = crowd.lost_and_back().await?;
    Ok(json!({ "back": back }))
}
