//! Transcripts of the pure hub. Lines that happen are fed to it, and what it answers must be the lines below each.
//!
//! What happens:
//! `N opens KEY protocol 7` (its socket id is `N.N`), `N connects` (the same, its handshake not shown), `N > FRAME`,
//! `N subscribes CHANNEL [CHANNEL_DATA]` and `N signs in USER_DATA` (frames, well signed), `N sends binary`, `N sends oversize`,
//! `N sends ping`, `N leaves`, `CHANNEL EVENT DATA` after `trigger`, `trigger except N.N` or `trigger only N.N`,
//! `withdraw N.N CHANNEL`, `void N.N CHANNEL`, `renew N.N CHANNEL`, `terminate USER`, `drain`, `at SECONDS`, `wait` (until the hub's own deadline), `ask CHANNEL`.
//! What it answers: `N < FRAME` (`N,M < FRAME` when one frame goes to several), `N closed CODE REASON`,
//! `+ CHANNEL occupied`, `+ CHANNEL vacated`, `+ N.N hears CHANNEL`, `+ USER joins CHANNEL`, `+ USER leaves CHANNEL`,
//! `+ N.N [as USER] triggers EVENT on CHANNEL: DATA`, `+ CHANNEL misses`, `+ CHANNEL counts COUNT`; and to a question
//! `= CONNECTIONS subscribe[; members USER ..][; cached DATA for SECONDS s]`.

mod cache;
mod client_events;
mod counts;
mod limits;
mod model;
mod peers;
mod presence;
mod random;
mod transcripts;
mod users;
mod withdrawn;

use super::*;
use crate::{Audience, ClientEvents, SubscriptionCounts, Trigger};
use pusher_channels::protocol::{ChannelName, ClientFrame, EventName};

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
    let mut scene = Scene::new(config);
    let mut played = Vec::new();
    for line in written.iter().filter(|line| !is_answer(line)) {
        played.push((*line).to_owned());
        scene.play(line);
        played.extend(scene.answers());
        played.extend(line.strip_prefix("ask ").map(|channel| scene.told_of(channel)));
    }
    assert_eq!(played.join("\n"), written.join("\n"));
}

fn is_answer(line: &str) -> bool {
    let second = line.split(' ').nth(1);
    line.starts_with("+ ") || line.starts_with("= ") || second == Some("<") || second == Some("closed")
}

impl Scene {
    fn new(config: HubConfig) -> Self {
        Self {
            hub: Hub::new(config),
            now: Duration::ZERO,
        }
    }

    fn withdrawn(&mut self, rest: &str) {
        let (socket_id, channel) = rest.split_once(' ').unwrap();
        self.feed(Input::AuthorizationWithdrawn {
            app: &AppId::new("main"),
            channel: &ChannelName::new(channel).unwrap(),
            socket_id: &SocketId::parse(socket_id).unwrap(),
        });
    }

    fn made_void(&mut self, rest: &str) {
        let (socket_id, channel) = rest.split_once(' ').unwrap();
        self.feed(Input::AuthorizationVoided {
            app: &AppId::new("main"),
            channel: &ChannelName::new(channel).unwrap(),
            socket_id: &SocketId::parse(socket_id).unwrap(),
        });
    }

    fn renewed(&mut self, rest: &str) {
        let (socket_id, channel) = rest.split_once(' ').unwrap();
        self.feed(Input::AuthorizationRenewed {
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
            // Answered by `told_of`.
            "ask" => {}
            "terminate" => self.feed(Input::UserTerminated {
                app: &AppId::new("main"),
                user_id: rest,
            }),
            "withdraw" => self.withdrawn(rest),
            "void" => self.made_void(rest),
            "renew" => self.renewed(rest),
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
            ("connects", _) => self.connected(number),
            ("subscribes", rest) => {
                let (name, data) = rest
                    .split_once(' ')
                    .map_or((rest, None), |(name, data)| (name, Some(data)));
                self.subscribed(number, name, data);
            }
            ("signs", rest) => self.signed_in(number, rest.strip_prefix("in ").unwrap()),
            (">", text) => self.feed(Input::FrameReceived { conn, text }),
            ("sends", "binary") => self.feed(Input::BinaryReceived { conn }),
            ("sends", "oversize") => self.feed(Input::OversizeReceived { conn }),
            ("sends", "ping") => self.feed(Input::PingReceived { conn }),
            ("leaves", _) => self.feed(Input::Closed { conn }),
            other => panic!("not in the script's language: {other:?}"),
        }
    }

    fn connected(&mut self, number: u64) {
        self.happened(number, "opens KEY protocol 7");
        let established = format!(
            r#"{number} < {{"event":"pusher:connection_established","data":"{{\"socket_id\":\"{number}.{number}\",\"activity_timeout\":120}}"}}"#
        );
        assert_eq!(self.answers(), [established]);
    }

    fn subscribed(&mut self, number: u64, name: &str, data: Option<&str>) {
        let (app, socket_id) = (App::new("main", KEY, SECRET), socket_id_of((number << 32) | number));
        let channel = ChannelName::new(name).unwrap();
        let auth = match data {
            Some(data) => app.sign_presence(&socket_id, &channel, data).auth,
            None => app.sign_private(&socket_id, &channel).auth,
        };
        let frame = ClientFrame::Subscribe {
            auth: channel.needs_authorization().then_some(auth),
            channel,
            channel_data: data.map(str::to_owned),
        };
        let text = &frame.encode();
        self.feed(Input::FrameReceived {
            conn: ConnId(number),
            text,
        });
    }

    fn signed_in(&mut self, number: u64, user_data: &str) {
        let (app, socket_id) = (App::new("main", KEY, SECRET), socket_id_of((number << 32) | number));
        let signed = app.sign_user(&socket_id, user_data);
        let frame = ClientFrame::SignIn {
            auth: signed.auth,
            user_data: signed.user_data,
        };
        let text = &frame.encode();
        self.feed(Input::FrameReceived {
            conn: ConnId(number),
            text,
        });
    }

    fn told_of(&self, channel: &str) -> String {
        let (app, channel) = (&AppId::new("main"), &ChannelName::new(channel).unwrap());
        let mut told = format!("= {} subscribe", self.hub.subscription_count(app, channel));
        let users = self.hub.user_ids(app, channel);
        assert_eq!(self.hub.user_count(app, channel), users.len());
        if !users.is_empty() {
            told += &format!("; members {}", users.join(" "));
        }
        if let Some(Cached { data, ttl }) = self.hub.cached(app, channel, self.now) {
            told += &format!("; cached {data} for {} s", ttl.as_secs_f64());
        }
        told
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
        Output::TellPeers(word) => format!("+ says {word}"),
        Output::OccupiedElsewhere { channel, .. } => format!("+ {channel} occupied elsewhere"),
        Output::VacatedElsewhere { channel, .. } => format!("+ {channel} vacated elsewhere"),
    }
}
