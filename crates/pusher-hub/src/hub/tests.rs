//! Transcripts of the pure hub. Lines that happen are fed to it, and what it answers must be the lines below each.
//!
//! What happens:
//! `N opens KEY protocol 7` (its socket id is `N.N`), `N > FRAME`, `N sends binary`, `N sends oversize`,
//! `N sends ping`, `N leaves`, `CHANNEL EVENT DATA` after `trigger`, `trigger except N.N` or `trigger only N.N`,
//! `withdraw N.N CHANNEL`, `drain`, `at SECONDS`, `wait` (until the hub's own deadline).
//! What it answers: `N < FRAME` (`N,M < FRAME` when one frame goes to several), `N closed CODE REASON`,
//! `+ CHANNEL occupied`, `+ CHANNEL vacated`, `+ N.N hears CHANNEL`, `+ USER joins CHANNEL`, `+ USER leaves CHANNEL`,
//! `+ N.N [as USER] triggers EVENT on CHANNEL: DATA`, `+ CHANNEL misses`, `+ CHANNEL counts COUNT`.

mod random;
mod transcripts;

use super::*;
use crate::{Audience, ClientEvents, SubscriptionCounts, Trigger};
use pusher_channels::protocol::{ChannelName, EventName};

const KEY: &str = "278d425bdf160c739803";
const SECRET: &str = "7ad3773142a6692b25b8";

/// Counts are told in their own scripts only, which keeps the others short.
fn config() -> HubConfig {
    HubConfig {
        subscription_counts: SubscriptionCounts::Silent,
        ..HubConfig::new(vec![
            App::new("main", KEY, SECRET),
            App::new("other", "other", "secret"),
        ])
    }
}

/// A hub and the time of its world.
struct Scene {
    hub: Hub,
    now: Duration,
}

/// Plays the lines that happen and compares the whole with what is written.
#[track_caller]
fn check(config: HubConfig, script: &str) {
    let written: Vec<&str> = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut scene = Scene {
        hub: Hub::new(config),
        now: Duration::ZERO,
    };
    let mut played = Vec::new();
    for line in written.iter().filter(|line| !is_answer(line)) {
        played.push((*line).to_owned());
        scene.play(line);
        played.extend(scene.answers());
    }
    assert_eq!(played.join("\n"), written.join("\n"));
}

fn is_answer(line: &str) -> bool {
    let second = line.split(' ').nth(1);
    line.starts_with("+ ") || second == Some("<") || second == Some("closed")
}

impl Scene {
    fn withdrawn(&mut self, rest: &str) {
        let (socket_id, channel) = rest.split_once(' ').unwrap();
        self.feed(Input::AuthorizationWithdrawn {
            app: &AppId::new("main"),
            channel: &ChannelName::new(channel).unwrap(),
            socket_id: &SocketId::parse(socket_id).unwrap(),
        });
    }

    fn play(&mut self, line: &str) {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match first {
            "at" => self.time_comes(Duration::from_secs_f64(rest.parse().unwrap())),
            "wait" => self.time_comes(self.hub.poll_timeout().unwrap()),
            "drain" => self.feed(Input::DrainStarted),
            "withdraw" => self.withdrawn(rest),
            "trigger" => self.triggered(rest),
            number => self.happened(number.parse().unwrap(), rest),
        }
    }

    fn feed(&mut self, input: Input<'_>) {
        self.hub.handle(input, self.now);
    }

    fn time_comes(&mut self, now: Duration) {
        self.now = now;
        self.feed(Input::TimePassed);
    }

    fn happened(&mut self, number: u64, what: &str) {
        let conn = ConnId(number);
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        match (verb, rest) {
            ("opens", rest) => {
                let (key, protocol) = rest
                    .split_once(" protocol ")
                    .map_or((rest, None), |(key, p)| (key, Some(p)));
                self.feed(Input::Opened {
                    conn,
                    key: if key == "KEY" { KEY } else { key },
                    protocol,
                    nonce: (number << 32) | number,
                });
            }
            (">", text) => self.feed(Input::FrameReceived { conn, text }),
            ("sends", "binary") => self.feed(Input::BinaryReceived { conn }),
            ("sends", "oversize") => self.feed(Input::OversizeReceived { conn }),
            ("sends", "ping") => self.feed(Input::PingReceived { conn }),
            ("leaves", _) => self.feed(Input::Closed { conn }),
            other => panic!("not in the script's language: {other:?}"),
        }
    }

    /// `[except N.N|only N.N] CHANNEL[,CHANNEL] EVENT DATA`
    fn triggered(&mut self, line: &str) {
        let mut words = line.split(' ').peekable();
        let audience = match *words.peek().unwrap() {
            audience @ ("except" | "only") => {
                words.next();
                let socket_id = SocketId::parse(words.next().unwrap()).unwrap();
                match audience {
                    "except" => Audience::Except(socket_id),
                    _ => Audience::Only(socket_id),
                }
            }
            _ => Audience::Everyone,
        };
        let channels = words.next().unwrap().split(',');
        let channels = channels.map(|name| ChannelName::new(name).unwrap()).collect();
        let event = EventName::new(words.next().unwrap()).unwrap();
        let data = words.collect::<Vec<_>>().join(" ");
        self.feed(Input::Triggered {
            app: &AppId::new("main"),
            trigger: Trigger::on_channels(channels, event, data).unwrap().to(audience),
        });
    }

    fn answers(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.hub.poll_output()).map(in_words).collect()
    }
}

fn in_words(output: Output) -> String {
    match output {
        Output::Send { mut to, frame } => {
            to.sort();
            let to: Vec<String> = to.iter().map(|conn| conn.0.to_string()).collect();
            format!("{} < {frame}", to.join(","))
        }
        Output::Close { conn, code, reason } => {
            assert!(reason.len() <= 123, "too long for a close frame: {reason}");
            format!("{} closed {code} {reason}", conn.0)
        }
        Output::ChannelOccupied { channel, .. } => format!("+ {channel} occupied"),
        Output::ChannelVacated { channel, .. } => format!("+ {channel} vacated"),
        Output::Subscribed { channel, socket_id, .. } => format!("+ {socket_id} hears {channel}"),
        Output::MemberAdded { channel, user_id, .. } => format!("+ {user_id} joins {channel}"),
        Output::MemberRemoved { channel, user_id, .. } => format!("+ {user_id} leaves {channel}"),
        Output::ClientEvent {
            channel,
            event,
            data,
            socket_id,
            user_id,
            ..
        } => {
            let user_id = user_id.map(|user_id| format!(" as {user_id}")).unwrap_or_default();
            format!("+ {socket_id}{user_id} triggers {event} on {channel}: {data}")
        }
        Output::CacheMiss { channel, .. } => format!("+ {channel} misses"),
        Output::SubscriptionCount { channel, count, .. } => format!("+ {channel} counts {count}"),
    }
}
