//! A seeded world of nodes that start, die, lose the broker, and of words that are lost, doubled and reordered. Once all is calm,
//! every node and every client knows exactly who is there.

use std::collections::BTreeSet;

use super::{super::random::Dice, *};
use pusher_channels::protocol::{ChannelKind, Roster};

const USERS: [&str; 5] = ["ann", "bob", "cid", "dan", "eve"];
const CHANNELS: [&str; 4] = ["presence-x", "presence-y", "orders", "cache-x"];

type Names = BTreeSet<String>;

/// A client as its own frames tell it.
struct Client {
    node: char,
    user: String,
    /// Who it believes is there, and the count it was told.
    channels: BTreeMap<String, (Names, usize)>,
}

struct World {
    dice: Dice,
    nodes: Nodes,
    clients: BTreeMap<u64, Client>,
    /// By each node's news, which channels somebody hears.
    occupied: BTreeMap<char, Names>,
    last_client: u64,
    last_node: u8,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            dice: Dice(seed),
            nodes: Nodes::new(counting()),
            clients: BTreeMap::new(),
            occupied: BTreeMap::new(),
            last_client: 0,
            last_node: b'A' - 1,
        };
        for _ in 0..3 {
            world.start();
        }
        world
    }

    fn start(&mut self) {
        self.last_node += 1;
        let node = char::from(self.last_node);
        for line in ["starts", "joins"] {
            self.play(&format!("{node} {line}"));
        }
    }

    fn some_node(&mut self) -> char {
        let place = self.dice.below(self.nodes.scenes.len());
        *self.nodes.scenes.keys().nth(place).unwrap()
    }

    fn step(&mut self) {
        self.nodes.fate = match self.dice.below(8) {
            0 => Fate::Lost,
            1 => Fate::Doubled,
            2 => Fate::Reversed,
            3 => Fate::Held,
            _ => Fate::Delivered,
        };
        let channel = self.dice.pick(&CHANNELS);
        let some = self.dice.below(self.clients.len().max(1));
        let client = self.clients.keys().copied().nth(some);
        match (self.dice.below(24), client) {
            (0, _) if self.nodes.scenes.len() > 2 => self.kill(),
            (0 | 1, _) if self.nodes.scenes.len() < 4 && self.last_node < b'z' => self.start(),
            (2, _) => {
                let node = self.some_node();
                if self.nodes.joined.contains(&node) {
                    self.play(&format!("{node} loses the broker"));
                }
            }
            (3..6, _) => {
                let node = self.some_node();
                if !self.nodes.joined.contains(&node) {
                    self.play(&format!("{node} joins"));
                }
            }
            (6..9, _) => {
                let pause = self.dice.below(4000) as u64;
                self.pass(Duration::from_millis(pause));
            }
            (9..12, _) if self.clients.len() < 12 => self.connect(),
            (12, Some(number)) => {
                let node = self.clients.remove(&number).unwrap().node;
                self.play(&format!("{node} {number} leaves"));
            }
            (13..19, Some(number)) => self.subscribe(number, channel),
            (_, Some(number)) => self.unsubscribe(number, channel),
            (_, None) => self.connect(),
        }
    }

    fn kill(&mut self) {
        let node = self.some_node();
        self.clients.retain(|_, client| client.node != node);
        self.occupied.remove(&node);
        self.play(&format!("{node} dies"));
    }

    fn connect(&mut self) {
        self.last_client += 1;
        let (node, number) = (self.some_node(), self.last_client);
        let user = self.dice.pick(&USERS).to_owned();
        let channels = BTreeMap::new();
        self.clients.insert(number, Client { node, user, channels });
        self.play(&format!("{node} {number} opens KEY protocol 7"));
    }

    fn subscribe(&mut self, number: u64, channel: &str) {
        let client = self.clients.get_mut(&number).unwrap();
        if client.channels.contains_key(channel) {
            return;
        }
        client.channels.insert(channel.to_owned(), Default::default());
        let member = match channel.starts_with("presence-") {
            true => format!(r#" {{"user_id":"{}"}}"#, client.user),
            false => String::new(),
        };
        let node = client.node;
        self.play(&format!("{node} {number} subscribes {channel}{member}"));
    }

    fn unsubscribe(&mut self, number: u64, channel: &str) {
        let client = self.clients.get_mut(&number).unwrap();
        if client.channels.remove(channel).is_some() {
            let frame = format!(r#"{{"event":"pusher:unsubscribe","data":{{"channel":"{channel}"}}}}"#);
            let node = client.node;
            self.play(&format!("{node} {number} > {frame}"));
        }
    }

    fn pass(&mut self, pause: Duration) {
        let at = self.nodes.now + pause;
        self.play(&format!("at {}", at.as_secs_f64()));
    }

    fn play(&mut self, line: &str) {
        for told in self.nodes.play(line) {
            let (node, told) = told.split_once(' ').unwrap();
            self.hear(node.chars().next().unwrap(), told);
        }
    }

    fn hear(&mut self, node: char, told: &str) {
        if let Some(news) = told.strip_prefix("+ ") {
            let occupied = self.occupied.entry(node).or_default();
            match news.split_once(' ').unwrap() {
                (channel, "occupied" | "occupied elsewhere") => assert!(occupied.insert(channel.to_owned()), "{told}"),
                (channel, "vacated" | "vacated elsewhere") => assert!(occupied.remove(channel), "{told}"),
                _ => {}
            }
        } else if let Some((to, frame)) = told.split_once(" < ") {
            to.split(',')
                .for_each(|number| self.receive(number.parse().unwrap(), frame));
        }
    }

    fn receive(&mut self, number: u64, frame: &str) {
        let Some(client) = self.clients.get_mut(&number) else {
            return;
        };
        match ServerFrame::parse(frame).unwrap() {
            ServerFrame::SubscriptionSucceeded { channel, data } if channel.kind() == ChannelKind::Presence => {
                let roster = Roster::parse(&data).unwrap();
                client.channels.get_mut(channel.as_str()).unwrap().0 = roster.0.into_keys().collect();
            }
            ServerFrame::MemberAdded { channel, member } => {
                let there = &mut client.channels.get_mut(channel.as_str()).unwrap().0;
                assert!(there.insert(member.user_id), "told twice: {frame}");
            }
            ServerFrame::MemberRemoved { channel, user_id } => {
                let there = &mut client.channels.get_mut(channel.as_str()).unwrap().0;
                assert!(there.remove(&user_id), "was not there: {frame}");
            }
            ServerFrame::SubscriptionCount { channel, count } => {
                client.channels.get_mut(channel.as_str()).unwrap().1 = count as usize;
            }
            _ => {}
        }
    }

    /// No more losses: every node reaches the broker, and the dead are forgotten.
    fn calm_down(&mut self) {
        self.nodes.fate = Fate::Delivered;
        let nodes: Vec<char> = self.nodes.scenes.keys().copied().collect();
        for node in nodes
            .into_iter()
            .filter(|node| !self.nodes.joined.contains(node))
            .collect::<Vec<_>>()
        {
            self.play(&format!("{node} joins"));
        }
        for _ in 0..20 {
            self.pass(Duration::from_secs(1));
        }
    }

    fn check(&self) {
        for channel in CHANNELS {
            let on = self
                .clients
                .values()
                .filter(|client| client.channels.contains_key(channel));
            let count = on.clone().count();
            let users: Names = match channel.starts_with("presence-") {
                true => on.clone().map(|client| client.user.clone()).collect(),
                false => Names::new(),
            };
            let (app, name) = (AppId::new("main"), ChannelName::new(channel).unwrap());
            for (node, scene) in &self.nodes.scenes {
                let hub = &scene.hub;
                assert_eq!(hub.subscription_count(&app, &name), count, "{node}, {channel}");
                assert_eq!(
                    hub.user_ids(&app, &name),
                    users.iter().cloned().collect::<Vec<_>>(),
                    "{node}"
                );
                assert_eq!(hub.user_count(&app, &name), users.len());
                let occupied = self
                    .occupied
                    .get(node)
                    .is_some_and(|channels| channels.contains(channel));
                assert_eq!(occupied, count > 0, "news of {channel} on {node}");
            }
            for client in on {
                let (there, told) = &client.channels[channel];
                assert_eq!(*there, users, "{channel} on {}", client.node);
                assert!(
                    *told == count || channel.starts_with("presence-"),
                    "{channel} on {}",
                    client.node
                );
            }
        }
    }
}

#[test]
fn whatever_happens_between_nodes_all_agree_once_it_is_calm() {
    for seed in 0..60 {
        let played = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            for _ in 0..5 {
                for _ in 0..60 {
                    world.step();
                }
                world.calm_down();
                world.check();
            }
        });
        assert!(played.is_ok(), "seed {seed}");
    }
}
