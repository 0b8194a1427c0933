//! Numbered events over a wire that loses, doubles and reorders them, with fetches that fail or fall short: the application
//! hears 1, 2, 3 and so on.

use std::{collections::VecDeque, time::Duration};

use crate::{
    client::{
        Attempt, Client, Config, FetchAttempt, Input, MissedEvent, MissedFailure, Notice, Output, backoff::Random,
    },
    protocol::{ChannelName, CloseCode},
};

/// Fewer failures in a row than the client bears.
const PATIENCE: u32 = 5;

/// A server, a wire, and what the application heard.
struct World {
    seed: u64,
    random: Random,
    client: Client,
    now: Duration,
    attempt: Attempt,
    /// How many events were triggered; the last one's number.
    triggered: u64,
    /// Frames on their way.
    wire: Vec<u64>,
    /// Fetches that were not answered yet.
    asked: VecDeque<(u64, FetchAttempt)>,
    /// How many failures in a row there may still be: after eight the client gives up.
    patience: u32,
    heard: Vec<u64>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            seed,
            random: Random::new(seed),
            client: Client::new(Config::new("host", "key"), seed),
            now: Duration::ZERO,
            attempt: Attempt::default(),
            triggered: 0,
            wire: Vec::new(),
            asked: VecDeque::new(),
            patience: PATIENCE,
            heard: Vec::new(),
        };
        world.happen(Input::ConnectRequested);
        world.happen(Input::ChannelWanted(channel()));
        world.happen(Input::ResumeRequested {
            channel: channel(),
            field: "seq".to_owned(),
            after: Some(0),
        });
        world
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.random.next() % chances == 0
    }

    fn happen(&mut self, input: Input) {
        self.client.handle(input, self.now);
        while let Some(output) = self.client.poll_output() {
            self.perform(output);
        }
    }

    /// The server answers everything at once but fetches.
    fn perform(&mut self, output: Output) {
        match output {
            Output::Open { attempt, .. } => {
                self.attempt = attempt;
                self.wire.clear();
                self.receive(
                    r#"{"event":"pusher:connection_established","data":{"socket_id":"1.2","activity_timeout":120}}"#,
                );
            }
            Output::Send { text, .. } if text.contains("pusher:subscribe") => {
                self.receive(r#"{"event":"pusher_internal:subscription_succeeded","channel":"o","data":"{}"}"#);
            }
            Output::Send { text, .. } if text.contains("pusher:ping") => self.receive(r#"{"event":"pusher:pong"}"#),
            Output::FetchMissed { after, attempt, .. } => self.asked.push_back((after, attempt)),
            Output::Tell(Notice::Event(event)) => {
                let number = event.data.trim_start_matches("{\"seq\":").trim_end_matches('}');
                self.heard.push(number.parse().unwrap());
            }
            Output::Tell(Notice::NotResumable { reason, .. }) => panic!("seed {}: {reason}", self.seed),
            Output::Send { .. }
            | Output::Close { .. }
            | Output::Authorize { .. }
            | Output::AuthenticateUser { .. }
            | Output::Tell(_) => {}
        }
    }

    fn receive(&mut self, text: &str) {
        let input = Input::Received {
            attempt: self.attempt,
            text: text.to_owned(),
        };
        self.client.handle(input, self.now);
    }

    fn trigger(&mut self) {
        self.triggered += 1;
        for _ in 0..[0, 1, 1, 1, 2][(self.random.next() % 5) as usize] {
            self.wire.push(self.triggered);
        }
    }

    /// Any frame that is on its way.
    fn deliver(&mut self) {
        if !self.wire.is_empty() {
            let at = (self.random.next() % self.wire.len() as u64) as usize;
            let number = self.wire.remove(at);
            self.receive(&format!(
                r#"{{"event":"e","channel":"o","data":"{{\"seq\":{number}}}"}}"#
            ));
            self.happen(Input::TimePassed);
        }
    }

    /// Answers a fetch: too late, wholly, in part, twice, or not.
    fn answer(&mut self) {
        if self.patience > 0 && self.asked.len() > 1 {
            return self.answer_late();
        }
        let Some((after, attempt)) = self.asked.pop_back() else {
            return;
        };
        if self.patience > 0 && self.one_in(4) {
            self.patience -= 1;
            return self.happen(Input::MissedFailed {
                channel: channel(),
                attempt,
                failure: MissedFailure::Unanswered("no".to_owned()),
            });
        }
        let falls_short = self.patience > 0 && self.one_in(3);
        let up_to = if falls_short {
            self.triggered.min(after + 2)
        } else {
            self.triggered
        };
        self.patience = PATIENCE;
        for _ in 0..=u64::from(self.one_in(4)) {
            self.happen(fetched(attempt, (after + 1..=up_to).rev()));
        }
    }

    /// Answers a fetch that is not awaited any more.
    fn answer_late(&mut self) {
        if let Some((after, attempt)) = self.asked.pop_front() {
            self.happen(fetched(attempt, after + 1..=self.triggered));
        }
    }

    fn let_time_pass(&mut self) {
        // What is asked then comes too late, which is a failure too.
        if self.patience > 0 || self.asked.is_empty() {
            self.patience = self.patience.saturating_sub(1);
            self.now = self.client.poll_timeout().unwrap_or(self.now);
            self.happen(Input::TimePassed);
        }
    }

    fn step(&mut self) {
        match self.random.next() % 16 {
            0..=5 => self.trigger(),
            6..=11 => self.deliver(),
            12 | 13 => self.answer(),
            14 => self.let_time_pass(),
            _ => {
                if self.one_in(4) {
                    self.happen(Input::Closed {
                        attempt: self.attempt,
                        code: CloseCode(4200),
                        reason: String::new(),
                    });
                }
            }
        }
    }

    /// The last event arrives, and whatever is asked is answered.
    fn finish(&mut self) {
        self.triggered += 1;
        self.wire = vec![self.triggered];
        for _ in 0..100 {
            self.deliver();
            while let Some((after, attempt)) = self.asked.pop_front() {
                self.happen(fetched(attempt, after + 1..=self.triggered));
            }
            if self.heard.last() == Some(&self.triggered) {
                return;
            }
            self.now = self.client.poll_timeout().unwrap_or(self.now);
            self.happen(Input::TimePassed);
        }
    }
}

fn fetched(attempt: FetchAttempt, numbers: impl Iterator<Item = u64>) -> Input {
    let event = |number| MissedEvent {
        name: "e".to_owned(),
        data: format!(r#"{{"seq":{number}}}"#),
    };
    Input::MissedFetched {
        channel: channel(),
        attempt,
        events: numbers.map(event).collect(),
    }
}

fn channel() -> ChannelName {
    ChannelName::new("o").unwrap()
}

#[test]
fn whatever_the_wire_does_each_event_is_heard_once_and_in_order() {
    let mut fetched = 0;
    for seed in 0..500 {
        let mut world = World::new(seed);
        for _ in 0..300 {
            world.step();
            let last = world.heard.len() as u64;
            assert!(
                world.heard.iter().copied().eq(1..=last),
                "seed {seed}: heard {:?}",
                world.heard
            );
        }
        world.finish();
        assert!(
            world.heard.iter().copied().eq(1..=world.triggered),
            "seed {seed}: heard {:?} of {}",
            world.heard,
            world.triggered
        );
        assert_eq!(world.client.vitals().catching_up, 0, "seed {seed}");
        fetched += world.client.resumed.last_attempt.0;
    }
    assert!(fetched > 5000, "only {fetched} fetches: the wire was too kind");
}
