//! Two and three hubs with a broker in memory: what their clients hear of each other, by example, and in a seeded world.

mod losses;
mod random;
mod words;

use std::collections::{BTreeMap, VecDeque};

use super::*;
use crate::NodeId;

/// What becomes of the words of one line.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Delivered,
    /// Until the next line.
    Held,
    Lost,
    Doubled,
    Reversed,
}

/// Nodes, by their letters, and the words between them.
struct Nodes {
    scenes: BTreeMap<char, Scene>,
    joined: Vec<char>,
    words: VecDeque<(char, String)>,
    fate: Fate,
    now: Duration,
    config: HubConfig,
}

/// Plays a script: `A 1 connects` happens on node A as in other scripts. `A starts`, `A joins`, `A loses the broker`, `A dies`
/// are the nodes' own; `next words lost` (or `held`, `doubled`, `reversed`) holds for the words that follow from the next line.
#[track_caller]
fn check_nodes(config: HubConfig, script: &str) {
    let lines = script.lines().map(str::trim);
    let written: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut nodes = Nodes::new(config);
    let mut played = Vec::new();
    for line in written.iter().filter(|line| !is_told(line)) {
        played.push((*line).to_owned());
        played.extend(nodes.play(line));
    }
    assert!(played == written, "played:\n{}", played.join("\n"));
}

fn is_told(line: &str) -> bool {
    line.split_once(' ')
        .is_some_and(|(node, rest)| node.len() == 1 && is_answer(rest))
}

impl Nodes {
    fn new(config: HubConfig) -> Self {
        Self {
            scenes: BTreeMap::new(),
            joined: Vec::new(),
            words: VecDeque::new(),
            fate: Fate::Delivered,
            now: Duration::ZERO,
            config,
        }
    }

    fn play(&mut self, line: &str) -> Vec<String> {
        let (first, rest) = line.split_once(' ').unwrap();
        match first {
            "at" => {
                self.now = Duration::from_secs_f64(rest.parse().unwrap());
                let nodes: Vec<char> = self.scenes.keys().copied().collect();
                return nodes.into_iter().flat_map(|node| self.wake(node)).collect();
            }
            "next" => {
                self.fate = match rest {
                    "words held" => Fate::Held,
                    "words lost" => Fate::Lost,
                    "words doubled" => Fate::Doubled,
                    "words reversed" => Fate::Reversed,
                    other => panic!("no such fate: {other}"),
                };
                return Vec::new();
            }
            _ => {}
        }
        let node = first.chars().next().unwrap();
        match rest {
            "starts" => self.start(node),
            "joins" => {
                self.joined.push(node);
                self.feed(node, Input::BrokerJoined);
            }
            "loses the broker" => {
                self.joined.retain(|&joined| joined != node);
                self.feed(node, Input::BrokerLost);
            }
            "dies" => {
                self.scenes.remove(&node);
                self.joined.retain(|&joined| joined != node);
                return Vec::new();
            }
            _ => self.scenes.get_mut(&node).unwrap().play(rest),
        }
        let mut told = self.answers(node);
        if let Some(channel) = rest.strip_prefix("ask ") {
            told.push(format!("{node} {}", self.scenes[&node].told_of(channel)));
        }
        told.extend(self.settle());
        told
    }

    fn start(&mut self, node: char) {
        let mut scene = Scene::new(HubConfig {
            node: Some(NodeId(node as u64)),
            ..self.config.clone()
        });
        scene.now = self.now;
        self.scenes.insert(node, scene);
    }

    fn feed(&mut self, node: char, input: Input<'_>) {
        self.scenes.get_mut(&node).unwrap().feed(input);
    }

    fn wake(&mut self, node: char) -> Vec<String> {
        self.scenes.get_mut(&node).unwrap().time_comes(self.now);
        let mut told = self.answers(node);
        told.extend(self.settle());
        told
    }

    /// What a node told, its words apart.
    fn answers(&mut self, node: char) -> Vec<String> {
        let mut told = Vec::new();
        for answer in self.scenes.get_mut(&node).unwrap().answers() {
            match answer.strip_prefix("+ says ") {
                Some(word) => self.words.push_back((node, word.to_owned())),
                None => told.push(format!("{node} {answer}")),
            }
        }
        told
    }

    /// Carries words until no more are said.
    fn settle(&mut self) -> Vec<String> {
        let fate = std::mem::replace(&mut self.fate, Fate::Delivered);
        match fate {
            Fate::Delivered => {}
            Fate::Held => return Vec::new(),
            Fate::Lost => self.words.clear(),
            Fate::Doubled => self.words.extend(self.words.clone()),
            Fate::Reversed => self.words.make_contiguous().reverse(),
        }
        let mut told = Vec::new();
        while let Some((from, word)) = self.words.pop_front() {
            if self.joined.contains(&from) {
                told.extend(self.carry(from, &word));
            }
        }
        told
    }

    /// To the speaker too: some brokers do so.
    fn carry(&mut self, from: char, word: &str) -> Vec<String> {
        let mut told = Vec::new();
        for node in self.joined.clone() {
            self.feed(node, Input::PeerSaid { text: word });
            told.extend(self.answers(node));
        }
        assert!(self.joined.contains(&from));
        told
    }
}

const TWO: &str = "A starts
    A joins
    B starts
    B joins";

#[track_caller]
fn check_two(config: HubConfig, script: &str) {
    check_nodes(config, &format!("{TWO}\n{script}"));
}

fn counting() -> HubConfig {
    HubConfig {
        subscription_counts: SubscriptionCounts::Told,
        client_events: ClientEvents::Forwarded,
        ..config()
    }
}

#[test]
fn an_event_reaches_the_subscribers_of_all_nodes_but_one_socket() {
    check_two(
        config(),
        r#"
        A 1 connects
        B 2 connects
        A 1 subscribes orders
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        A + orders occupied
        A + 1.1 hears orders
        B + orders occupied elsewhere
        B 2 subscribes orders
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        B + 2.2 hears orders
        A trigger orders moved 1
        A 1 < {"event":"moved","channel":"orders","data":"1"}
        B 2 < {"event":"moved","channel":"orders","data":"1"}
        A trigger except 2.2 orders moved 2
        A 1 < {"event":"moved","channel":"orders","data":"2"}
        A trigger only 2.2 orders moved 3
        B 2 < {"event":"moved","channel":"orders","data":"3"}
        A trigger only 1.1 orders moved 4
        A 1 < {"event":"moved","channel":"orders","data":"4"}
        A ask orders
        A = 2 subscribe
        B ask orders
        B = 2 subscribe
        A 1 leaves
        B 2 leaves
        B + orders vacated
        A + orders vacated elsewhere
        "#,
    );
}

#[test]
fn a_user_on_two_nodes_is_one_member() {
    check_two(
        config(),
        r#"
        A 1 connects
        B 2 connects
        B 3 connects
        A 1 subscribes presence-x {"user_id":"ann","user_info":{"name":"Ann"}}
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\"],\"hash\":{\"ann\":{\"name\":\"Ann\"}},\"count\":1}}"}
        A + presence-x occupied
        A + ann joins presence-x
        A + 1.1 hears presence-x
        B + presence-x occupied elsewhere
        B 2 subscribes presence-x {"user_id":"bob"}
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\",\"bob\"],\"hash\":{\"ann\":{\"name\":\"Ann\"},\"bob\":null},\"count\":2}}"}
        B + bob joins presence-x
        B + 2.2 hears presence-x
        A 1 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        # The first to tell of Ann is believed, and nobody hears of her twice.
        B 3 subscribes presence-x {"user_id":"ann","user_info":{"name":"Anna"}}
        B 3 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\",\"bob\"],\"hash\":{\"ann\":{\"name\":\"Ann\"},\"bob\":null},\"count\":2}}"}
        B + 3.3 hears presence-x
        B ask presence-x
        B = 3 subscribe; members ann bob
        A 1 leaves
        A ask presence-x
        A = 2 subscribe; members ann bob
        B 3 leaves
        B 2 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"ann\"}"}
        B + ann leaves presence-x
        "#,
    );
}

#[test]
fn when_the_last_two_leave_in_the_same_moment_the_smallest_node_tells_of_it() {
    check_two(
        config(),
        r#"
        A 1 connects
        B 2 connects
        A 1 subscribes orders
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        A + orders occupied
        A + 1.1 hears orders
        B + orders occupied elsewhere
        B 2 subscribes orders
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"orders","data":"{}"}
        B + 2.2 hears orders
        # Each believes that the other's subscriber stays.
        next words held
        A 1 leaves
        B 2 leaves
        B + orders vacated elsewhere
        A + orders vacated
        "#,
    );
}

#[test]
fn a_node_that_comes_late_knows_everything_and_the_last_events() {
    check_nodes(
        counting(),
        r#"
        A starts
        A joins
        A 1 connects
        A trigger cache-x moved 7
        A 1 subscribes cache-x
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        A 1 < {"event":"moved","channel":"cache-x","data":"7"}
        A + cache-x occupied
        A + 1.1 hears cache-x
        A 1 < {"event":"pusher_internal:subscription_count","channel":"cache-x","data":"{\"subscription_count\":1}"}
        A + cache-x counts 1
        at 2
        B starts
        B joins
        B + cache-x occupied elsewhere
        B 2 connects
        B 2 subscribes cache-x
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"cache-x","data":"{}"}
        B 2 < {"event":"moved","channel":"cache-x","data":"7"}
        B + 2.2 hears cache-x
        B 2 < {"event":"pusher_internal:subscription_count","channel":"cache-x","data":"{\"subscription_count\":2}"}
        B + cache-x counts 2
        A 1 < {"event":"pusher_internal:subscription_count","channel":"cache-x","data":"{\"subscription_count\":2}"}
        "#,
    );
}

#[test]
fn client_events_users_and_withdrawals_go_across() {
    check_two(
        counting(),
        r#"
        A 1 connects
        B 2 connects
        B 2 signs in {"id":"bob"}
        B 2 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"bob\\\"}\"}"}
        A 1 signs in {"id":"ann","watchlist":["bob"]}
        A 1 < {"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"ann\\\",\\\"watchlist\\\":[\\\"bob\\\"]}\"}"}
        A 1 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"online\",\"user_ids\":[\"bob\"]}]}"}
        A 1 subscribes presence-x {"user_id":"ann"}
        A 1 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\"],\"hash\":{\"ann\":null},\"count\":1}}"}
        A + presence-x occupied
        A + ann joins presence-x
        A + 1.1 hears presence-x
        B + presence-x occupied elsewhere
        B 2 subscribes presence-x {"user_id":"bob"}
        B 2 < {"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":{\"ids\":[\"ann\",\"bob\"],\"hash\":{\"ann\":null,\"bob\":null},\"count\":2}}"}
        B + bob joins presence-x
        B + 2.2 hears presence-x
        A 1 < {"event":"pusher_internal:member_added","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        A 1 > {"event":"client-x","channel":"presence-x","data":{"a":1}}
        A + 1.1 as ann triggers client-x on presence-x: {"a":1}
        B 2 < {"event":"client-x","channel":"presence-x","data":{"a":1},"user_id":"ann"}
        A withdraw 2.2 presence-x
        B + bob leaves presence-x
        B 2 < {"event":"pusher:subscription_error","channel":"presence-x","data":{"type":"AuthError","error":"channel: the authorisation was withdrawn","status":403}}
        A 1 < {"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"bob\"}"}
        A terminate bob
        B 2 < {"event":"pusher:error","data":{"code":4009,"message":"the connections of this user were terminated"}}
        B 2 closed 4009 the connections of this user were terminated
        A 1 < {"event":"pusher_internal:watchlist_events","data":"{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"bob\"]}]}"}
        "#,
    );
}
