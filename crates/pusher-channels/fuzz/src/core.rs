//! The client as a whole: a script, one line for each thing that happens, in any order and as wrong as may be. What cannot be read
//! as a line is left out.

use std::{collections::BTreeSet, time::Duration};

use pusher_channels::{
    AuthorizationFailure, ChannelAuthorization, ChannelName, CloseCode, Config, Notice, State,
    client::{
        Attempt, Carrier, Client, ClientEvent, FetchAttempt, Input, MissedEvent, MissedFailure, Output,
        UserAuthentication,
    },
    protocol::{ClientFrame, EventName, RawJson},
};

/// Longer scripts find nothing that shorter ones do not.
const MOST_LINES: usize = 200;
/// The present connection, one that was replaced, and one that may replace it.
const MOST_OPEN: usize = 3;
/// Longer steps only make the clock stand still at its end.
const LONGEST_STEP: Duration = Duration::from_secs(100_000);

/// A client, and what a driver knows of it.
struct Driven {
    client: Client,
    now: Duration,
    open: BTreeSet<Attempt>,
    newest: Attempt,
    before: Attempt,
    fetch: FetchAttempt,
}

/// Runs a script. The first line may be `all`: then every carrier may be used.
pub fn client(bytes: &[u8]) {
    let script = &*String::from_utf8_lossy(bytes);
    let mut config = Config::new("host", "key");
    if script.starts_with("all\n") {
        config.carriers = Carrier::ALL.to_vec();
    }
    let mut driven = Driven {
        client: Client::new(config, 1),
        now: Duration::ZERO,
        open: BTreeSet::new(),
        newest: Attempt::default(),
        before: Attempt::default(),
        fetch: FetchAttempt::default(),
    };
    driven.take(Input::ConnectRequested);
    for line in script.lines().take(MOST_LINES) {
        driven.run(line);
    }
}

impl Driven {
    fn run(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "+" => self.pass(rest),
            "trigger" => self.trigger(rest),
            _ => {
                let input = self.of_application(word, rest).or_else(|| self.of_socket(word, rest));
                if let Some(input) = input.or_else(|| self.of_endpoint(word, rest)) {
                    self.take(input);
                }
            }
        }
    }

    fn of_application(&self, word: &str, rest: &str) -> Option<Input> {
        let (name, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let channel = || ChannelName::new(name).ok();
        Some(match word {
            "connect" => Input::ConnectRequested,
            "disconnect" => Input::DisconnectRequested,
            "signin" => Input::SignInRequested,
            "online" => Input::WentOnline,
            "offline" => Input::WentOffline,
            "woke" => Input::Woke,
            "want" => Input::ChannelWanted(channel()?),
            "drop" => Input::ChannelDropped(channel()?),
            "resume" => Input::ResumeRequested {
                channel: channel()?,
                field: "seq".to_owned(),
                after: after.parse().ok(),
            },
            "resumed" => Input::ResumeEnded(channel()?),
            _ => return None,
        })
    }

    fn of_socket(&mut self, word: &str, rest: &str) -> Option<Input> {
        let attempt = if word.starts_with("old") {
            self.before
        } else {
            self.newest
        };
        Some(match word.trim_start_matches("old") {
            "<" => Input::Received {
                attempt,
                text: rest.to_owned(),
            },
            "closed" => {
                let code = CloseCode(rest.parse().ok()?);
                self.open.remove(&attempt);
                Input::Closed {
                    attempt,
                    code,
                    reason: String::new(),
                }
            }
            "unsupported" => {
                self.open.remove(&attempt);
                let reason = rest.to_owned();
                Input::SocketUnsupported { attempt, reason }
            }
            _ => return None,
        })
    }

    fn of_endpoint(&self, word: &str, rest: &str) -> Option<Input> {
        let attempt = self.newest;
        if word == "user" {
            return Some(match UserAuthentication::from_response(200, rest) {
                Ok(authentication) => Input::UserAuthenticated {
                    attempt,
                    authentication,
                },
                Err(failure) => Input::UserAuthenticationFailed { attempt, failure },
            });
        }
        let (name, body) = rest.split_once(' ').unwrap_or((rest, ""));
        let channel = ChannelName::new(name).ok()?;
        Some(match word {
            "answer" => match ChannelAuthorization::from_response(200, body) {
                Ok(authorization) => Input::Authorized {
                    channel,
                    attempt,
                    authorization,
                },
                Err(failure) => Input::AuthorizationFailed {
                    channel,
                    attempt,
                    failure,
                },
            },
            "refuse" => Input::AuthorizationFailed {
                channel,
                attempt,
                failure: AuthorizationFailure::unanswered(body),
            },
            "missed" => Input::MissedFetched {
                channel,
                attempt: self.fetch,
                events: body.split('|').map(missed).collect(),
            },
            "gone" => Input::MissedFailed {
                channel,
                attempt: self.fetch,
                failure: MissedFailure::Gone(body.to_owned()),
            },
            _ => return None,
        })
    }

    fn pass(&mut self, milliseconds: &str) {
        let step = Duration::from_millis(milliseconds.parse().unwrap_or(0));
        self.now += step.min(LONGEST_STEP);
        self.take(Input::TimePassed);
    }

    fn trigger(&mut self, rest: &str) {
        let mut words = rest.splitn(3, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (channel, name, data) = (ChannelName::new(word()), EventName::new(word()), RawJson::new(word()));
        if let (Ok(channel), Ok(name), Ok(data)) = (channel, name, data) {
            // Whether it may go out is the client's affair; what does is looked at below.
            let _ = self.client.trigger(ClientEvent { channel, name, data }, self.now);
            self.look();
        }
    }

    fn take(&mut self, input: Input) {
        self.client.handle(input, self.now);
        self.look();
        let is_due = |at: Duration| at <= self.now;
        assert!(
            !self.client.poll_timeout().is_some_and(is_due),
            "a timer was left in the past"
        );
    }

    /// Performs what is to be done, as a driver would, and holds it to what every client keeps.
    fn look(&mut self) {
        while let Some(output) = self.client.poll_output() {
            if let Output::Open { attempt, .. } = output {
                assert!(self.open.insert(attempt), "opened {attempt} twice");
                (self.before, self.newest) = (self.newest, attempt);
            } else if let Output::Close { attempt } = output {
                assert!(self.open.remove(&attempt), "closed {attempt}, which is not open");
            } else if let Output::Send { attempt, text } = output {
                assert!(
                    self.open.contains(&attempt),
                    "sent {text} on {attempt}, which is not open"
                );
                assert!(ClientFrame::parse(&text).is_ok(), "sent {text}, which is no frame");
            } else if let Output::Authorize { channels, .. } = output {
                assert!(
                    (1..=50).contains(&channels.len()),
                    "asked for {} channels at once",
                    channels.len()
                );
            } else if let Output::FetchMissed { attempt, .. } = output {
                self.fetch = attempt;
            } else if let Output::Tell(Notice::Event(event)) = output {
                let is_wanted = |channel: &ChannelName| self.client.subscription(channel).is_some();
                assert!(
                    event.channel.as_ref().is_none_or(is_wanted),
                    "an event of a channel that nobody wants"
                );
            }
            assert!(self.open.len() <= MOST_OPEN, "{:?} at once", self.open);
        }
        let connected = self.client.state() == State::Connected;
        assert_eq!(
            self.client.socket_id().is_some(),
            connected,
            "a socket id is there while connected, only then"
        );
        assert!(
            connected || self.client.user().is_none(),
            "signed in without a connection"
        );
    }
}

fn missed(data: &str) -> MissedEvent {
    MissedEvent {
        name: "e".to_owned(),
        data: data.to_owned(),
    }
}
