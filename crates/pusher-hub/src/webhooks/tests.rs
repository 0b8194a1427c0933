//! Transcripts of the webhooks. Lines that happen are fed to them, and what they answer must be the lines below each.
//!
//! What happens:
//! `occupied CHANNEL`, `vacated CHANNEL`, `added CHANNEL USER`, `removed CHANNEL USER`, `missed CHANNEL`, `count CHANNEL N`,
//! `client CHANNEL EVENT DATA [USER]`, each after `other` for the other app; `N took it`, `N failed`, `at SECONDS`, `wait` (until
//! their own deadline), `ending`.
//! What they answer: `N < TIME_MS EVENTS`, `N gave up COUNT`, `N overflows`; after `wait` the time that has come, `= SECONDS`.

mod random;
mod transcripts;

use super::*;
use pusher_channels::protocol::{ChannelName, EventName, SocketId};

/// The start of the world, in seconds since 1970.
const START: u64 = 1_000;

fn app() -> App {
    App::new("main", "key", "secret")
}

fn other_app() -> App {
    App::new("other", "other", "other secret")
}

/// One address that wants everything.
fn everything() -> Vec<Webhook> {
    vec![Webhook::new(app(), "http://a.example/hook")]
}

fn wanting(kinds: &[Kind]) -> Webhook {
    Webhook {
        kinds: kinds.to_vec(),
        ..Webhook::new(app(), "http://a.example/hook")
    }
}

/// The webhooks and the time of their world.
struct Scene {
    webhooks: Webhooks,
    now: Duration,
}

/// Plays the lines that happen and compares the whole with what is written.
#[track_caller]
fn check(webhooks: Vec<Webhook>, script: &str) {
    let written: Vec<&str> = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut scene = Scene {
        webhooks: Webhooks::new(webhooks),
        now: Duration::from_secs(START),
    };
    let mut played = Vec::new();
    for line in written.iter().filter(|line| !is_answer(line)) {
        played.push((*line).to_owned());
        played.extend(scene.play(line));
        played.extend(scene.answers());
    }
    assert_eq!(played.join("\n"), written.join("\n"));
}

fn is_answer(line: &str) -> bool {
    let second = line.split(' ').nth(1);
    line.starts_with("= ") || matches!(second, Some("<" | "gave" | "overflows"))
}

impl Scene {
    fn play(&mut self, line: &str) -> Option<String> {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["wait"] => return Some(self.wait()),
            ["at", seconds] => {
                self.now = Duration::from_secs(START) + Duration::from_secs_f64(seconds.parse().unwrap());
                self.feed(Input::TimePassed);
            }
            ["ending"] => self.feed(Input::EndingBegan),
            [number, "took", "it"] => {
                let webhook = WebhookId(number.parse().unwrap());
                self.feed(Input::Delivered { webhook });
            }
            [number, "failed"] => {
                let webhook = WebhookId(number.parse().unwrap());
                let reason = "500".to_owned();
                self.feed(Input::Failed { webhook, reason });
            }
            ["other", ref words @ ..] => self.happened(&other_app(), words),
            ref words => self.happened(&app(), words),
        }
        None
    }

    fn wait(&mut self) -> String {
        self.now = self.webhooks.poll_timeout().unwrap();
        self.feed(Input::TimePassed);
        format!("= {}", (self.now - Duration::from_secs(START)).as_secs_f64())
    }

    fn feed(&mut self, input: Input) {
        self.webhooks.handle(input, self.now);
    }

    fn happened(&mut self, app: &App, words: &[&str]) {
        let channel = ChannelName::new(words[1]).unwrap();
        let word = |place: usize| words[place].to_owned();
        let event = match words[0] {
            "occupied" => Event::ChannelOccupied { channel },
            "vacated" => Event::ChannelVacated { channel },
            "added" => Event::MemberAdded {
                channel,
                user_id: word(2),
            },
            "removed" => Event::MemberRemoved {
                channel,
                user_id: word(2),
            },
            "missed" => Event::CacheMiss { channel },
            "count" => Event::SubscriptionCount {
                channel,
                count: words[2].parse().unwrap(),
            },
            "client" => Event::ClientEvent {
                channel,
                event: EventName::new(words[2]).unwrap(),
                data: word(3),
                socket_id: SocketId::parse("1.2").unwrap(),
                user_id: words.get(4).map(|&user| user.to_owned()),
            },
            other => panic!("not in the script's language: {other}"),
        };
        let app = app.id().clone();
        self.feed(Input::Happened { app, event });
    }

    fn answers(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.webhooks.poll_output())
            .map(in_words)
            .collect()
    }
}

fn in_words(output: Output) -> String {
    match output {
        Output::Send { webhook, post } => {
            let body = post.body.strip_prefix(r#"{"time_ms":"#).unwrap();
            let (time, events) = body.split_once(r#","events":["#).unwrap();
            format!("{} < {time} {}", webhook.0, events.strip_suffix("]}").unwrap())
        }
        Output::GaveUp {
            webhook,
            events,
            reason,
        } => {
            assert_eq!(reason, "500");
            format!("{} gave up {events}", webhook.0)
        }
        Output::Overflowed { webhook } => format!("{} overflows", webhook.0),
    }
}
