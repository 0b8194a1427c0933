//! The hub as a whole: a script, one line for each thing that happens on one of ten connections, as wrong as may be. What cannot be
//! read as a line is left out.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use pusher_hub::{
    App, ClientEvents, ConnId, Hub, HubConfig, Input, Output, Trigger,
    protocol::{ChannelName, ClientFrame, EventName, ServerFrame, SocketId},
};

/// Longer scripts find nothing that shorter ones do not.
const MOST_LINES: usize = 200;
/// Longer steps only make the clock stand still at its end.
const LONGEST_STEP: Duration = Duration::from_secs(100_000);
/// What a close frame holds beside its code (RFC 6455, section 5.5).
const MAX_REASON: usize = 123;

/// A hub, and what its driver knows of it.
struct Driven {
    hub: Hub,
    app: App,
    now: Duration,
    /// The connection behind each digit.
    conns: BTreeMap<char, ConnId>,
    last: u64,
    /// Those that the driver holds open.
    open: BTreeSet<ConnId>,
    occupied: BTreeSet<ChannelName>,
    members: BTreeSet<(ChannelName, String)>,
}

/// Runs a script, then closes every connection: nothing may be left.
pub fn hub(bytes: &[u8]) {
    let script = &*String::from_utf8_lossy(bytes);
    let app = App::new("app", "key", "secret");
    let mut config = HubConfig::new(vec![app.clone()]);
    config.client_events = ClientEvents::Forwarded;
    // Small enough to be reached by a script.
    config.max_channels_per_connection = 5;
    config.max_presence_members = 3;
    let mut driven = Driven {
        hub: Hub::new(config),
        app,
        now: Duration::ZERO,
        conns: BTreeMap::new(),
        last: 0,
        open: BTreeSet::new(),
        occupied: BTreeSet::new(),
        members: BTreeSet::new(),
    };
    for line in script.lines().take(MOST_LINES) {
        driven.run(line);
    }
    for conn in driven.open.clone() {
        driven.closed(conn);
    }
    assert_eq!(driven.hub.connection_count(), 0);
    assert!(driven.occupied.is_empty(), "{:?} are heard by nobody", driven.occupied);
    assert!(driven.members.is_empty(), "{:?} are ghosts", driven.members);
}

impl Driven {
    fn run(&mut self, line: &str) {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (first, second, rest) = (word(), word(), word());
        if let Some(digit) = first.chars().next().filter(char::is_ascii_digit) {
            return self.of_connection(digit, second, rest);
        }
        match first {
            "+" => self.now += Duration::from_millis(second.parse().unwrap_or(0)).min(LONGEST_STEP),
            "trigger" => return self.trigger(second, rest),
            "terminate" => {
                let app = self.app.id().clone();
                return self.feed(Input::UserTerminated {
                    app: &app,
                    user_id: second,
                });
            }
            "drain" => return self.feed(Input::DrainStarted),
            _ => return,
        }
        self.feed(Input::TimePassed);
    }

    fn of_connection(&mut self, digit: char, word: &str, rest: &str) {
        if word == "open" {
            return self.opened(digit, rest);
        }
        let Some(&conn) = self.conns.get(&digit) else { return };
        match word {
            "<" => self.feed(Input::FrameReceived { conn, text: rest }),
            "join" => self.join(conn, rest),
            "signin" => {
                let signed = self.app.sign_user(&socket_id(conn), rest);
                let (auth, user_data) = (signed.auth, signed.user_data);
                let text = ClientFrame::SignIn { auth, user_data }.encode();
                self.feed(Input::FrameReceived { conn, text: &text });
            }
            "binary" => self.feed(Input::BinaryReceived { conn }),
            "oversize" => self.feed(Input::OversizeReceived { conn }),
            "ping" => self.feed(Input::PingReceived { conn }),
            "closed" => self.closed(conn),
            "withdraw" => {
                let Ok(channel) = ChannelName::new(rest) else { return };
                let (app, socket_id) = (self.app.id().clone(), socket_id(conn));
                self.feed(Input::AuthorizationWithdrawn {
                    app: &app,
                    channel: &channel,
                    socket_id: &socket_id,
                });
            }
            _ => {}
        }
    }

    fn opened(&mut self, digit: char, rest: &str) {
        let (key, protocol) = rest.split_once(' ').unwrap_or((rest, "7"));
        self.last += 1;
        let conn = ConnId(self.last);
        self.conns.insert(digit, conn);
        self.open.insert(conn);
        self.feed(Input::Opened {
            conn,
            key: if key.is_empty() { "key" } else { key },
            protocol: Some(protocol),
            nonce: conn.0,
        });
    }

    /// Subscribes as somebody who may: `CHANNEL [CHANNEL_DATA]`.
    fn join(&mut self, conn: ConnId, rest: &str) {
        let (name, data) = rest.split_once(' ').unwrap_or((rest, ""));
        let Ok(channel) = ChannelName::new(name) else { return };
        let id = socket_id(conn);
        let signed = match data {
            "" => self.app.sign_private(&id, &channel),
            data => self.app.sign_presence(&id, &channel, data),
        };
        let frame = ClientFrame::Subscribe {
            channel,
            auth: Some(signed.auth),
            channel_data: signed.channel_data,
        };
        let text = frame.encode();
        self.feed(Input::FrameReceived { conn, text: &text });
    }

    fn trigger(&mut self, channel: &str, rest: &str) {
        let (event, data) = rest.split_once(' ').unwrap_or((rest, ""));
        let (Ok(channel), Ok(event)) = (ChannelName::new(channel), EventName::new(event)) else {
            return;
        };
        if let Ok(trigger) = Trigger::new(channel, event, data) {
            let app = self.app.id().clone();
            self.feed(Input::Triggered { app: &app, trigger });
        }
    }

    fn closed(&mut self, conn: ConnId) {
        self.open.remove(&conn);
        self.feed(Input::Closed { conn });
    }

    fn feed(&mut self, input: Input<'_>) {
        self.hub.handle(input, self.now);
        while let Some(output) = self.hub.poll_output() {
            self.look(output);
        }
        let is_due = |at: Duration| at <= self.now;
        assert!(
            !self.hub.poll_timeout().is_some_and(is_due),
            "an alarm was left in the past"
        );
    }

    /// Holds what is to be done to what every hub keeps.
    fn look(&mut self, output: Output) {
        if let Output::Send { to, frame } = output {
            assert!(!to.is_empty(), "{frame} is sent to nobody");
            assert!(
                to.iter().all(|conn| self.open.contains(conn)),
                "{frame} is sent to somebody who is gone"
            );
            assert!(ServerFrame::parse(&frame).is_ok(), "{frame} is no frame");
        } else if let Output::Close { conn, reason, .. } = output {
            assert!(self.open.remove(&conn), "{conn:?} is closed twice");
            assert!(reason.len() <= MAX_REASON, "{reason} is too long for a close frame");
        } else if let Output::ChannelOccupied { channel, .. } = output {
            assert!(self.occupied.insert(channel), "a channel was occupied twice");
        } else if let Output::ChannelVacated { channel, .. } = output {
            assert!(
                self.occupied.remove(&channel),
                "{channel} was vacated, but not occupied"
            );
        } else if let Output::MemberAdded { channel, user_id, .. } = output {
            assert!(self.members.insert((channel, user_id)), "a member was added twice");
        } else if let Output::MemberRemoved { channel, user_id, .. } = output {
            assert!(
                self.members.remove(&(channel, user_id)),
                "a member was removed who was not there"
            );
        }
    }
}

/// The hub makes it of the nonce.
fn socket_id(conn: ConnId) -> SocketId {
    SocketId::from_parts(conn.0 >> 32, conn.0 & 0xffff_ffff)
}
