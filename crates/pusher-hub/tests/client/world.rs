//! The hub, the seats, the wires between them and the dice. Knows what can happen, not what must hold.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use pusher_channels::{
    UserAuthentication,
    client::{Attempt, ChannelAuthorization, Input},
    protocol::{ChannelName, CloseCode, EventName, SocketId},
};
use pusher_hub::{App, ClientEvents, ConnId, Hub, HubConfig, Input as HubInput, Output as HubOutput, Trigger};

use super::{
    CHANNELS, LENT, SEATS, USERS,
    seat::{Need, Seat, channel},
};

/// What is said on a wire, either way; after the end nothing comes.
enum Said {
    Frame(String),
    End(CloseCode),
}

struct Wire {
    seat: usize,
    attempt: Attempt,
    to_hub: VecDeque<Said>,
    to_seat: VecDeque<Said>,
}

pub struct World {
    pub seats: Vec<Seat>,
    hub: Hub,
    app: App,
    wires: BTreeMap<ConnId, Wire>,
    opened: u64,
    now: Duration,
    dice: u64,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let app = App::new("main", "key", "secret");
        let mut config = HubConfig::new(vec![app.clone()]);
        config.client_events = ClientEvents::Forwarded;
        let seats = (0..SEATS).map(|seat| Seat::new(USERS[seat % USERS.len()], seed * 100 + seat as u64));
        let mut world = Self {
            seats: seats.collect(),
            hub: Hub::new(config),
            app,
            wires: BTreeMap::new(),
            opened: 0,
            now: Duration::from_secs(1),
            dice: seed,
        };
        for seat in 0..SEATS {
            world.feed(seat, Input::ConnectRequested);
        }
        world
    }

    /// Those who hear a channel.
    pub fn hearing<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Seat> {
        self.seats.iter().filter(move |seat| seat.hears(name))
    }

    /// Something happens.
    pub fn step(&mut self) {
        let seat = self.below(SEATS);
        let name = channel(CHANNELS[self.below(CHANNELS.len())]);
        match self.below(24) {
            0..=3 => self.feed(seat, Input::ChannelWanted(name)),
            4 | 5 => self.feed(seat, Input::ChannelDropped(name)),
            6 => {
                self.seats[seat].signs_in = true;
                self.feed(seat, Input::SignInRequested);
            }
            7 => self.cut(seat),
            8 => self.feed(seat, Input::DisconnectRequested),
            9 => self.feed(seat, Input::ConnectRequested),
            10 => drop(self.trigger(seat, name.as_str(), "noise")),
            11 => {
                let passing = Duration::from_millis(self.below(3000) as u64);
                self.pass(passing);
            }
            12..=15 => self.answer(seat),
            _ => self.deliver_some(),
        }
    }

    /// Everybody is connected, everything arrives, and nobody wishes anything until what failed has been tried again.
    pub fn calm_down(&mut self) {
        for seat in 0..SEATS {
            self.feed(seat, Input::ConnectRequested);
        }
        let until = self.now + Duration::from_secs(100);
        while self.now < until {
            self.deliver_all();
            let due = self.seats.iter().filter_map(|seat| seat.client.poll_timeout());
            let next = due.chain(self.hub.poll_timeout()).min().unwrap_or(until);
            let next = next.clamp(self.now, until);
            self.pass(next.saturating_sub(self.now).max(Duration::from_millis(1)));
        }
        self.deliver_all();
        for seat in &mut self.seats {
            for name in CHANNELS {
                assert_eq!(seat.hears(name), seat.shall_hear(name), "{} and {name}", seat.user);
            }
            seat.heard.clear();
            seat.mail.clear();
        }
    }

    pub fn trigger(&mut self, seat: usize, on: &str, text: &str) -> bool {
        let may = self.seats[seat].trigger(on, text, self.now);
        self.settle(seat);
        may
    }

    /// The program tells a user something.
    pub fn trigger_for(&mut self, user: &str, text: &str) {
        let to = channel(&format!("#server-to-user-{user}"));
        let trigger = Trigger::new(to, EventName::new("mail").unwrap(), text).unwrap();
        let app = self.app.id().clone();
        self.tell_hub(HubInput::Triggered { app: &app, trigger });
    }

    pub fn deliver_all(&mut self) {
        loop {
            let waiting: Vec<ConnId> = self.wires.keys().copied().collect();
            let delivered = waiting.into_iter().filter(|&conn| self.deliver(conn)).count();
            let answers: usize = self.seats.iter().map(|seat| seat.answers.len()).sum();
            for seat in 0..SEATS {
                self.answer(seat);
            }
            if delivered + answers == 0 {
                break;
            }
        }
    }

    pub fn pass_a_second(&mut self) {
        self.pass(Duration::from_millis(1100));
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        self.tell_hub(HubInput::TimePassed);
        for seat in 0..SEATS {
            self.feed(seat, Input::TimePassed);
        }
    }

    fn feed(&mut self, seat: usize, input: Input) {
        self.seats[seat].client.handle(input, self.now);
        self.settle(seat);
    }

    fn settle(&mut self, seat: usize) {
        for need in self.seats[seat].needs(&self.app) {
            match need {
                Need::Open(attempt) => self.open(seat, attempt),
                Need::Close(attempt) => self.hang_up(seat, attempt),
                Need::Send(attempt, text) => {
                    if let Some(wire) = self.wire_of(seat, attempt) {
                        wire.to_hub.push_back(Said::Frame(text));
                    }
                }
            }
        }
    }

    fn open(&mut self, seat: usize, attempt: Attempt) {
        self.opened += 1;
        let conn = ConnId(self.opened);
        self.seats[seat].conn = Some((conn, attempt));
        let wire = Wire {
            seat,
            attempt,
            to_hub: VecDeque::new(),
            to_seat: VecDeque::new(),
        };
        self.wires.insert(conn, wire);
        self.tell_hub(HubInput::Opened {
            conn,
            key: "key",
            protocol: Some("7"),
            nonce: conn.0,
        });
    }

    /// The client's end is gone at once; the hub hears of it after what was said before.
    fn hang_up(&mut self, seat: usize, attempt: Attempt) {
        if let Some(wire) = self.wire_of(seat, attempt) {
            wire.to_seat.clear();
            wire.to_hub.push_back(Said::End(CloseCode::NORMAL));
        }
    }

    /// The connection breaks, and what was on its way is lost. Either end learns of it in its own time.
    fn cut(&mut self, seat: usize) {
        let Some((_, attempt)) = self.seats[seat].conn else {
            return;
        };
        if let Some(wire) = self.wire_of(seat, attempt) {
            wire.to_seat.clear();
            wire.to_hub.clear();
            wire.to_seat.push_back(Said::End(CloseCode::ABNORMAL));
            wire.to_hub.push_back(Said::End(CloseCode::ABNORMAL));
        }
    }

    fn wire_of(&mut self, seat: usize, attempt: Attempt) -> Option<&mut Wire> {
        let (conn, present) = self.seats[seat].conn?;
        self.wires.get_mut(&conn).filter(|_| present == attempt)
    }

    fn answer(&mut self, seat: usize) {
        if let Some(answer) = self.seats[seat].answers.pop_front() {
            self.feed(seat, answer);
        }
    }

    fn deliver_some(&mut self) {
        let is_quiet = |wire: &Wire| wire.to_hub.is_empty() && wire.to_seat.is_empty();
        let busy: Vec<ConnId> = self
            .wires
            .iter()
            .filter(|(_, wire)| !is_quiet(wire))
            .map(|(conn, _)| *conn)
            .collect();
        if !busy.is_empty() {
            let conn = busy[self.below(busy.len())];
            self.deliver(conn);
        }
    }

    /// Brings the next thing on either side; false if there was none.
    fn deliver(&mut self, conn: ConnId) -> bool {
        let Some(wire) = self.wires.get_mut(&conn) else {
            return false;
        };
        let (seat, attempt) = (wire.seat, wire.attempt);
        let (up, down) = (wire.to_hub.pop_front(), wire.to_seat.pop_front());
        let something = up.is_some() || down.is_some();
        match up {
            Some(Said::Frame(text)) => self.tell_hub(HubInput::FrameReceived { conn, text: &text }),
            Some(Said::End(_)) => self.tell_hub(HubInput::Closed { conn }),
            None => {}
        }
        match down {
            Some(Said::Frame(text)) => self.feed(seat, Input::Received { attempt, text }),
            Some(Said::End(code)) => {
                let reason = String::new();
                self.feed(seat, Input::Closed { attempt, code, reason });
            }
            None => {}
        }
        something
    }

    fn tell_hub(&mut self, input: HubInput<'_>) {
        self.hub.handle(input, self.now);
        while let Some(output) = self.hub.poll_output() {
            match output {
                HubOutput::Send { to, frame } => {
                    for conn in to {
                        self.say(conn, Said::Frame(frame.clone()));
                    }
                }
                HubOutput::Close { conn, code, .. } => self.say(conn, Said::End(code)),
                // News for the program that the hub belongs to.
                _ => {}
            }
        }
    }

    /// To the seat, unless it hung up or the wire broke.
    fn say(&mut self, conn: ConnId, said: Said) {
        if let Some(wire) = self.wires.get_mut(&conn) {
            let is_over = |said: &VecDeque<Said>| matches!(said.back(), Some(Said::End(_)));
            if !is_over(&wire.to_hub) && !is_over(&wire.to_seat) {
                wire.to_seat.push_back(said);
            }
        }
    }

    /// SplitMix64, so that a seed is a story.
    fn below(&mut self, limit: usize) -> usize {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

pub fn authorize(app: &App, user: &str, channel: &ChannelName, socket_id: &SocketId) -> ChannelAuthorization {
    if !channel.as_str().starts_with("presence-") || channel.as_str() == LENT {
        return ChannelAuthorization::new(app.sign_private(socket_id, channel).auth);
    }
    let data = format!(r#"{{"user_id":"{user}"}}"#);
    ChannelAuthorization::new(app.sign_presence(socket_id, channel, &data).auth).with_channel_data(data)
}

/// Everybody watches everybody.
pub fn authenticate(app: &App, user: &str, socket_id: &SocketId) -> UserAuthentication {
    let data = format!(r#"{{"id":"{user}","watchlist":["ann","bob","carol"]}}"#);
    UserAuthentication::new(app.sign_user(socket_id, &data).auth, data)
}
