//! Presence and watchlists against a model, in a seeded world of joins, leaves and losses: whatever the order, each client has been
//! told of exactly those who are there.

use std::collections::{BTreeMap, BTreeSet};

use super::{random::Dice, *};
use pusher_channels::protocol::{Member, Roster};

const USERS: [&str; 6] = ["ann", "bob", "cid", "dan", "eve", "7"];
const CHANNELS: [&str; 3] = ["presence-x", "presence-y", "presence-cache-x"];
/// Fewer than there are users, so that channels are full at times.
const SEATS: usize = 4;

type Names = BTreeSet<String>;

/// A client as its own frames tell it.
#[derive(Default)]
struct Client {
    /// Per channel as whom it subscribed, which is the truth, and who it believes is there.
    channels: BTreeMap<String, (String, Names)>,
    user: Option<String>,
    watchlist: Names,
    /// Who of its watchlist it believes to be online.
    online: Names,
    refused: usize,
}

struct World {
    dice: Dice,
    scene: Scene,
    clients: BTreeMap<u64, Client>,
    last: u64,
    /// Who is on which channel by the news for the program.
    news: BTreeMap<String, Names>,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            scene: Scene::new(HubConfig {
                max_presence_members: SEATS,
                ..config()
            }),
            clients: BTreeMap::new(),
            last: 0,
            news: BTreeMap::new(),
        }
    }

    fn step(&mut self) {
        self.scene.now += Duration::from_millis(self.dice.roll() % 300);
        let some = self.dice.below(self.clients.len().max(1));
        let Some(number) = self.clients.keys().copied().nth(some) else {
            return self.open();
        };
        let channel = self.dice.pick(&CHANNELS);
        match self.dice.below(12) {
            0 | 1 if self.clients.len() < 12 => self.open(),
            2 => self.close(number),
            3 => self.leave(
                number,
                &format!(r#"{number} > {{"event":"pusher:unsubscribe","data":{{"channel":"{channel}"}}}}"#),
                channel,
            ),
            4 => self.leave(number, &format!("withdraw 0.{number} {channel}"), channel),
            5 | 6 => self.sign_in(number),
            7 if self.dice.below(4) == 0 => self.terminate(),
            _ => self.join(number, channel),
        }
        self.look();
    }

    fn open(&mut self) {
        self.last += 1;
        self.scene.feed(Input::Opened {
            conn: ConnId(self.last),
            key: KEY,
            protocol: Some("7"),
            nonce: self.last,
        });
        self.clients.insert(self.last, Client::default());
    }

    fn close(&mut self, number: u64) {
        self.clients.remove(&number);
        self.scene.feed(Input::Closed { conn: ConnId(number) });
    }

    fn leave(&mut self, number: u64, how: &str, channel: &str) {
        self.clients.get_mut(&number).unwrap().channels.remove(channel);
        self.scene.play(how);
    }

    fn join(&mut self, number: u64, channel: &str) {
        let user = self.dice.pick(&USERS);
        let there = self.users_on(channel);
        let client = self.clients.get_mut(&number).unwrap();
        if client.channels.contains_key(channel) {
            return;
        }
        let fits = there.len() < SEATS || there.contains(user);
        match fits {
            true => {
                _ = client
                    .channels
                    .insert(channel.to_owned(), (user.to_owned(), Names::new()))
            }
            false => client.refused += 1,
        }
        let data = match user.parse::<u64>() {
            Ok(number) => format!(r#"{{"user_id":{number}}}"#),
            Err(_) => format!(r#"{{"user_id":"{user}"}}"#),
        };
        let (socket_id, name) = (socket_id_of(number), ChannelName::new(channel).unwrap());
        let signed = App::new("main", KEY, SECRET).sign_presence(&socket_id, &name, &data);
        self.say(
            number,
            &ClientFrame::Subscribe {
                channel: name,
                auth: Some(signed.auth),
                channel_data: signed.channel_data,
            },
        );
    }

    fn sign_in(&mut self, number: u64) {
        let user = self.dice.pick(&USERS);
        let client = self.clients.get_mut(&number).unwrap();
        if client.user.is_some() {
            return;
        }
        let watched = [self.dice.pick(&USERS), self.dice.pick(&USERS), "nobody"];
        client.user = Some(user.to_owned());
        client.watchlist = watched.iter().map(|&name| name.to_owned()).collect();
        let user_data = format!(r#"{{"id":"{user}","watchlist":["{}"]}}"#, watched.join("\",\""));
        let signed = App::new("main", KEY, SECRET).sign_user(&socket_id_of(number), &user_data);
        let (auth, user_data) = (signed.auth, signed.user_data);
        self.say(number, &ClientFrame::SignIn { auth, user_data });
    }

    fn terminate(&mut self) {
        let user = self.dice.pick(&USERS);
        self.clients.retain(|_, client| client.user.as_deref() != Some(user));
        self.scene.play(&format!("terminate {user}"));
    }

    fn say(&mut self, number: u64, frame: &ClientFrame) {
        let (conn, text) = (ConnId(number), &frame.encode());
        self.scene.feed(Input::FrameReceived { conn, text });
    }

    /// The truth about a channel.
    fn users_on(&self, channel: &str) -> Names {
        let all = self.clients.values().filter_map(|client| client.channels.get(channel));
        all.map(|(user, _)| user.clone()).collect()
    }

    /// Lets everyone hear what is said, and compares what they believe with the truth.
    fn look(&mut self) {
        while let Some(output) = self.scene.hub.poll_output() {
            match output {
                Output::Send { to, frame } => self.heard(&to, &frame),
                Output::MemberAdded { channel, user_id, .. } => {
                    let users = self.news.entry(channel.to_string()).or_default();
                    assert!(users.insert(user_id));
                }
                Output::MemberRemoved { channel, user_id, .. } => {
                    assert!(self.news.get_mut(channel.as_str()).unwrap().remove(&user_id));
                }
                _ => {}
            }
        }
        for channel in CHANNELS {
            let there = self.users_on(channel);
            assert_eq!(self.news.get(channel).cloned().unwrap_or_default(), there);
            let name = ChannelName::new(channel).unwrap();
            let asked: Names = self
                .scene
                .hub
                .user_ids(&AppId::new("main"), &name)
                .into_iter()
                .collect();
            assert_eq!(asked, there);
            for client in self.clients.values() {
                if let Some((_, believed)) = client.channels.get(channel) {
                    assert_eq!(*believed, there, "{channel}");
                }
            }
        }
        let online: Names = self.clients.values().filter_map(|client| client.user.clone()).collect();
        for client in self.clients.values() {
            let watched: Names = client.watchlist.intersection(&online).cloned().collect();
            assert_eq!(client.online, watched);
            assert_eq!(client.refused, 0, "every refusal has come");
        }
    }

    fn heard(&mut self, to: &[ConnId], frame: &str) {
        let frame = ServerFrame::parse(frame).unwrap();
        for conn in to {
            // Whoever is terminated is still told why.
            if let Some(client) = self.clients.get_mut(&conn.0) {
                client.heard(&frame);
            }
        }
    }
}

impl Client {
    fn heard(&mut self, frame: &ServerFrame) {
        match frame {
            ServerFrame::SubscriptionSucceeded { channel, data } => {
                let roster = Roster::parse(data).unwrap();
                self.believes(channel.as_str()).extend(roster.0.into_keys());
            }
            ServerFrame::MemberAdded {
                channel,
                member: Member { user_id, .. },
            } => assert!(self.believes(channel.as_str()).insert(user_id.clone())),
            ServerFrame::MemberRemoved { channel, user_id } => {
                assert!(self.believes(channel.as_str()).remove(user_id));
            }
            ServerFrame::SubscriptionError { kind, .. } if kind == "LimitReached" => self.refused -= 1,
            ServerFrame::WatchlistEvents { events } => {
                for event in events {
                    match event.name.as_str() {
                        "online" => self.online.extend(event.user_ids.iter().cloned()),
                        _ => self.online.retain(|user| !event.user_ids.contains(user)),
                    }
                }
            }
            _ => {}
        }
    }

    fn believes(&mut self, channel: &str) -> &mut Names {
        &mut self.channels.get_mut(channel).expect("it subscribes").1
    }
}

#[test]
fn everyone_knows_who_is_there() {
    for seed in 0..40 {
        let outcome = std::panic::catch_unwind(|| {
            let mut world = World::new(seed);
            (0..400).for_each(|_| world.step());
            // In the end everyone is gone, and nobody is believed to be there.
            while let Some(number) = world.clients.keys().next().copied() {
                world.close(number);
                world.look();
            }
            assert!(world.news.values().all(BTreeSet::is_empty));
        });
        assert!(outcome.is_ok(), "seed {seed} fails");
    }
}
