//! Random days of a channel: whatever is slow or fails, in the end every address believes what is true.

use std::collections::{HashMap, HashSet};

use super::*;

const CHANNELS: [&str; 3] = ["a", "b", "presence-c"];

/// SplitMix64: small, good enough, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// What an address has been told, checked as it comes.
#[derive(Default)]
struct Reader {
    /// What is under way to it.
    body: Option<String>,
    occupied: HashSet<String>,
    told: usize,
}

struct World {
    dice: Dice,
    scene: Scene,
    occupied: HashSet<&'static str>,
    readers: HashMap<WebhookId, Reader>,
}

#[derive(serde::Deserialize)]
struct Body {
    events: Vec<HashMap<String, String>>,
}

impl Reader {
    fn take(&mut self) {
        let body = self.body.take().expect("something is under way");
        let body: Body = serde_json::from_str(&body).unwrap();
        for event in body.events {
            let channel = event["channel"].clone();
            let is_news = match &*event["name"] {
                "channel_occupied" => self.occupied.insert(channel),
                "channel_vacated" => self.occupied.remove(&channel),
                other => panic!("not asked for: {other}"),
            };
            assert!(is_news, "told what it knew: {event:?}");
            self.told += 1;
        }
    }
}

impl World {
    fn new(seed: u64) -> Self {
        let webhooks = [1, 100].map(|max_events| Webhook {
            max_events,
            ..wanting(&[Kind::ChannelOccupied, Kind::ChannelVacated])
        });
        Self {
            dice: Dice(seed),
            scene: Scene {
                webhooks: Webhooks::new(webhooks.to_vec()),
                now: Duration::from_secs(START),
            },
            occupied: HashSet::new(),
            readers: HashMap::new(),
        }
    }

    fn step(&mut self) {
        match self.dice.below(4) {
            0 => {
                self.scene.now += Duration::from_millis(self.dice.below(2_000));
                self.scene.feed(Input::TimePassed);
            }
            1 => self.answer(self.dice.0 & 1),
            _ => {
                let channel = CHANNELS[self.dice.below(3) as usize];
                let word = match self.occupied.remove(channel) {
                    true => "vacated",
                    false => "occupied",
                };
                if word == "occupied" {
                    self.occupied.insert(channel);
                }
                self.scene.happened(&app(), &[word, channel]);
            }
        }
        self.follow();
    }

    /// Does what is to be done; nobody gets two posts at a time.
    fn follow(&mut self) {
        while let Some(output) = self.scene.webhooks.poll_output() {
            match output {
                Output::Send { webhook, post } => {
                    assert!(app().verify(&post.body, &post.signature));
                    let reader = self.readers.entry(webhook).or_default();
                    let before = reader.body.replace(post.body.to_string());
                    assert_eq!(before, None, "two posts at a time");
                }
                other @ (Output::GaveUp { .. } | Output::Overflowed { .. }) => panic!("{other:?}"),
            }
        }
    }

    /// Every address takes what is under way, or, where `fails` is 1, the second does not.
    fn answer(&mut self, fails: u64) {
        for (&webhook, reader) in &mut self.readers {
            if reader.body.is_none() {
                continue;
            }
            let input = match webhook.0 as u64 & fails {
                0 => {
                    reader.take();
                    Input::Delivered { webhook }
                }
                _ => {
                    reader.body = None;
                    let reason = "500".to_owned();
                    Input::Failed { webhook, reason }
                }
            };
            self.scene.webhooks.handle(input, self.scene.now);
        }
    }

    fn finish(&mut self) {
        self.scene.feed(Input::EndingBegan);
        self.follow();
        while !self.scene.webhooks.is_idle() {
            self.answer(0);
            self.scene.now = self.scene.webhooks.poll_timeout().unwrap_or(self.scene.now);
            self.scene.feed(Input::TimePassed);
            self.follow();
        }
    }
}

#[test]
fn in_the_end_everybody_knows_what_is_true() {
    let mut told = 0;
    for seed in 0..200 {
        let mut world = World::new(seed);
        for _ in 0..100 {
            world.step();
        }
        world.finish();
        for reader in world.readers.values() {
            let believed: HashSet<&str> = reader.occupied.iter().map(String::as_str).collect();
            assert_eq!(believed, world.occupied, "seed {seed}");
            told += reader.told;
        }
    }
    assert!(told > 1_000, "{told}");
}
