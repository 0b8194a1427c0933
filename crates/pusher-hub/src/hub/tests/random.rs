//! Random and half-random input: the hub never panics, speaks to nobody who is gone, and forgets nobody who is not.

use std::collections::HashSet;

use super::*;

/// SplitMix64: small, good enough, and the same everywhere.
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const CHANNELS: [&str; 9] = [
    "a",
    "b",
    "private-x",
    "presence-x",
    "private-encrypted-x",
    "cache-x",
    "#server-to-user-1",
    "#foo",
    "é",
];
const EVENTS: [&str; 8] = [
    "pusher:subscribe",
    "pusher:subscribe",
    "pusher:unsubscribe",
    "pusher:ping",
    "pusher:pong",
    "pusher:signin",
    "client-x",
    "pusher_internal:x",
];
const USERS: [&str; 3] = ["1", "2", "3"];
const DATA: [&str; 7] = [
    "{}",
    "null",
    "[]",
    "\"{}\"",
    "\"\\ud800\"",
    "{\"channel\":null}",
    "1e999",
];
const SHARDS: [&str; 12] = [
    "{", "}", "\"", "\\", "[", "]", ":", ",", "\u{0}", "event", "channel", "🦀",
];

/// The hub's world as seen from outside.
#[derive(Default)]
struct World {
    open: HashSet<ConnId>,
    occupied: HashSet<String>,
}

impl World {
    fn see(&mut self, output: &Output, refused: Option<ConnId>) {
        match output {
            Output::Send { to, .. } => {
                assert!(!to.is_empty());
                assert!(to.iter().all(|conn| self.open.contains(conn) || Some(*conn) == refused));
            }
            Output::Close { conn, .. } => assert!(self.open.remove(conn) || Some(*conn) == refused),
            Output::ChannelOccupied { channel, .. } => assert!(self.occupied.insert(channel.to_string())),
            Output::ChannelVacated { channel, .. } => assert!(self.occupied.remove(channel.as_str())),
            Output::Subscribed { channel, socket_id, .. } => {
                let number = socket_id.as_str().split('.').next_back().unwrap();
                assert!(self.open.contains(&ConnId(number.parse().unwrap())));
                assert!(self.occupied.contains(channel.as_str()));
            }
            Output::MemberAdded { channel, .. }
            | Output::MemberRemoved { channel, .. }
            | Output::ClientEvent { channel, .. }
            | Output::CacheMiss { channel, .. }
            | Output::SubscriptionCount { channel, .. } => assert!(self.occupied.contains(channel.as_str())),
            Output::TellPeers(_) | Output::OccupiedElsewhere { .. } | Output::VacatedElsewhere { .. } => {
                panic!("there are no other nodes")
            }
        }
    }
}

fn frame(dice: &mut Dice) -> String {
    let channel = dice.pick(&CHANNELS);
    let text = match dice.below(6) {
        0 => format!(r#"{{"event":"pusher:subscribe","data":{{"channel":"{channel}"}}}}"#),
        1 => format!(r#"{{"event":"pusher:unsubscribe","data":{{"channel":"{channel}"}}}}"#),
        2 => format!(
            r#"{{"event":"{}","channel":"{channel}","data":{}}}"#,
            dice.pick(&EVENTS),
            dice.pick(&DATA)
        ),
        3 => format!(
            r#"{{"event":"pusher:subscribe","data":{{"channel":"{channel}","auth":"{KEY}:{}"}}}}"#,
            "0".repeat(dice.below(70))
        ),
        4 => (0..dice.below(20)).map(|_| dice.pick(&SHARDS)).collect(),
        _ => "[".repeat(dice.below(17_000)),
    };
    mutilated(text, dice)
}

fn mutilated(text: String, dice: &mut Dice) -> String {
    if dice.below(4) > 0 || text.is_empty() {
        return text;
    }
    let mut chars: Vec<char> = text.chars().collect();
    let place = dice.below(chars.len());
    match dice.below(3) {
        0 => chars.truncate(place),
        1 => chars[place] = char::from(dice.below(256) as u8),
        _ => chars.extend_from_within(place..),
    }
    chars.into_iter().collect()
}

/// One world and the dice that move it.
struct Run {
    dice: Dice,
    hub: Hub,
    world: World,
    now: Duration,
    last: u64,
}

impl Run {
    fn new(seed: u64) -> Self {
        let hub = Hub::new(HubConfig {
            client_events: ClientEvents::Forwarded,
            subscription_counts: SubscriptionCounts::Told,
            max_cached_events: 1,
            max_channels_per_connection: 3,
            ..config()
        });
        Self {
            dice: Dice(seed),
            hub,
            world: World::default(),
            now: Duration::ZERO,
            last: 0,
        }
    }

    fn step(&mut self) {
        self.now += Duration::from_millis(self.dice.roll() % 5_000);
        let conn = ConnId(self.last.saturating_sub(self.dice.roll() % 8));
        let mut refused = None;
        match self.dice.below(20) {
            0..=2 => refused = self.open(),
            3 => {
                self.world.open.remove(&conn);
                self.feed(Input::Closed { conn });
            }
            4 => self.feed(Input::BinaryReceived { conn }),
            5 => self.feed(Input::PingReceived { conn }),
            6 => self.feed(Input::TimePassed),
            7 if self.dice.below(50) == 0 => self.feed(Input::OversizeReceived { conn }),
            8 | 9 => self.trigger(conn),
            10 => self.sign_in(conn),
            11 => self.join(conn),
            12 => self.feed(Input::UserTerminated {
                app: &AppId::new("main"),
                user_id: USERS[0],
            }),
            _ => {
                let text = frame(&mut self.dice);
                // Whatever the hub is given, the parser on the other end is given too.
                let _ = (ClientFrame::parse(&text), ServerFrame::parse(&text));
                self.feed(Input::FrameReceived { conn, text: &text });
            }
        }
        self.look(refused);
        assert!(self.hub.poll_timeout().is_none_or(|alarm| alarm > self.now));
    }

    fn feed(&mut self, input: Input<'_>) {
        self.hub.handle(input, self.now);
    }

    /// Answers the connection if it must be refused.
    fn open(&mut self) -> Option<ConnId> {
        self.last += 1;
        let conn = ConnId(self.last);
        let key = self.dice.pick(&[KEY, KEY, KEY, "nobody"]);
        let protocol = [Some("7"), Some("7"), Some("x"), None][self.dice.below(4)];
        let nonce = self.last;
        self.feed(Input::Opened {
            conn,
            key,
            protocol,
            nonce,
        });
        if key == KEY && protocol == Some("7") {
            self.world.open.insert(conn);
            return None;
        }
        Some(conn)
    }

    fn trigger(&mut self, conn: ConnId) {
        let channel = ChannelName::new(self.dice.pick(&CHANNELS[..7])).unwrap();
        let trigger = Trigger::new(channel, EventName::new("news").unwrap(), "{}").unwrap();
        self.feed(Input::Triggered {
            app: &AppId::new("main"),
            trigger: trigger.except(socket_id_of(conn.0)),
        });
    }

    fn sign_in(&mut self, conn: ConnId) {
        let user = self.dice.pick(&USERS);
        let user_data = format!(r#"{{"id":"{user}","watchlist":["1","2",3]}}"#);
        let signed = App::new("main", KEY, SECRET).sign_user(&socket_id_of(conn.0), &user_data);
        let frame = ClientFrame::SignIn {
            auth: signed.auth,
            user_data: signed.user_data,
        };
        let text = &frame.encode();
        self.feed(Input::FrameReceived { conn, text });
    }

    fn join(&mut self, conn: ConnId) {
        let channel = ChannelName::new(self.dice.pick(&["presence-x", "presence-cache-x"])).unwrap();
        let data = format!(r#"{{"user_id":"{}"}}"#, self.dice.pick(&USERS));
        let signed = App::new("main", KEY, SECRET).sign_presence(&socket_id_of(conn.0), &channel, &data);
        let frame = ClientFrame::Subscribe {
            channel,
            auth: Some(signed.auth),
            channel_data: signed.channel_data,
        };
        let text = &frame.encode();
        self.feed(Input::FrameReceived { conn, text });
    }

    fn look(&mut self, refused: Option<ConnId>) {
        while let Some(output) = self.hub.poll_output() {
            self.world.see(&output, refused);
        }
        assert_eq!(self.hub.connection_count(), self.world.open.len());
    }

    fn finish(mut self) {
        self.feed(Input::DrainStarted);
        self.now += Duration::from_secs(10);
        self.feed(Input::TimePassed);
        self.look(None);
        assert_eq!((self.hub.connection_count(), self.world.occupied.len()), (0, 0));
    }
}

#[test]
fn random_input() {
    for seed in 0..200 {
        let outcome = std::panic::catch_unwind(|| {
            let mut run = Run::new(seed);
            (0..500).for_each(|_| run.step());
            run.finish();
        });
        assert!(outcome.is_ok(), "seed {seed} fails");
    }
}
