//! Reads a transcript, plays it to a client and compares. Knows the lines, no expectation.

use std::time::Duration;

use crate::{
    client::{
        Address, Attempt, AuthorizationFailure, Carrier, ChannelAuthorization, Client, ClientEvent, Config,
        FetchAttempt, Input, MissedEvent, MissedFailure, Notice, Output, SharedSecret, UserAuthentication,
    },
    protocol::{ChannelName, CloseCode, EventName, RawJson},
};

/// A client in a play, and the time there.
pub struct Play {
    client: Client,
    now: Duration,
}

/// Plays a whole transcript to a fresh client of `ws://host/app/key`.
#[track_caller]
pub fn check(transcript: &str) {
    Play::new().check(transcript);
}

impl Play {
    pub fn new() -> Self {
        Self::of(Config::new("host", "key"))
    }

    pub fn of(config: Config) -> Self {
        Self {
            client: Client::new(config, 1),
            now: Duration::from_secs(1000),
        }
    }

    /// A play whose client is connected as 1.2 by attempt 1, with an activity timeout of 30 s.
    pub fn connected() -> Self {
        let mut play = Self::new();
        play.check(
            "> connect
             < initialized -> connecting
             < open ws://host/app/key #1
             > handshake 1.2 30
             < connecting -> connected",
        );
        play
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Plays the lines in `>` and compares all that follows each with the lines in `<`.
    #[track_caller]
    pub fn check(&mut self, transcript: &str) {
        let expected: Vec<&str> = transcript
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let mut actual = Vec::new();
        for line in &expected {
            if let Some(happened) = line.strip_prefix("> ") {
                actual.push(line.to_string());
                match happened.strip_prefix("trigger ") {
                    Some(event) => actual.extend(self.trigger(event)),
                    None => self.happen(happened),
                }
                while let Some(output) = self.client.poll_output() {
                    let line = format!("< {}", shown(&output));
                    actual.push(format!("{}{}", line.trim_end(), self.connection_of(&output)));
                }
            }
        }
        assert_eq!(actual.join("\n"), expected.join("\n"));
    }

    /// `trigger private-x client-typing {"a":1}`; the line that says why not, if it is refused.
    fn trigger(&mut self, line: &str) -> Option<String> {
        let mut words = line.splitn(3, ' ');
        let mut next = || words.next().unwrap();
        let event = ClientEvent {
            channel: channel(next()),
            name: EventName::new(next()).unwrap(),
            data: RawJson::new(next()).unwrap(),
        };
        let refusal = self.client.trigger(event, self.now).err()?;
        Some(format!("< refused: {refusal}"))
    }

    fn happen(&mut self, line: &str) {
        let (words, attempt) = self.split_attempt(line);
        let (verb, rest) = words.split_once(' ').unwrap_or((&words, ""));
        let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
        let input = match verb {
            "connect" => Input::ConnectRequested,
            "disconnect" => Input::DisconnectRequested,
            "move" => Input::AddressChanged(Address::new(rest, "key")),
            "want" => Input::ChannelWanted(channel(rest)),
            "drop" => Input::ChannelDropped(channel(rest)),
            "frame" | "handshake" | "success" => Input::Received {
                attempt,
                text: frame(verb, rest),
            },
            "closed" => Input::Closed {
                attempt,
                code: CloseCode(first.parse().unwrap()),
                reason: second.to_owned(),
            },
            "unsupported" => Input::SocketUnsupported {
                attempt,
                reason: rest.to_owned(),
            },
            // The field of the number, then perhaps the last number that the application has.
            "resume" => {
                let (field, after) = second.split_once(' ').unwrap_or((second, ""));
                Input::ResumeRequested {
                    channel: channel(first),
                    field: field.to_owned(),
                    after: after.parse().ok(),
                }
            }
            "end-resume" => Input::ResumeEnded(channel(rest)),
            "fetched" | "unfetched" | "gone" => fetched(verb, channel(first), second),
            "sign-in" => Input::SignInRequested,
            "authorized" | "keyed" | "unauthorized" | "authenticated" | "unauthenticated" => {
                answered(verb, rest, attempt)
            }
            "online" => Input::WentOnline,
            "offline" => Input::WentOffline,
            "woke" => Input::Woke,
            // `after 2.5` seconds.
            "after" => {
                self.now += Duration::from_secs_f64(rest.parse().unwrap());
                Input::TimePassed
            }
            // When the client wants to be called.
            "timeout" => {
                self.now = self.client.poll_timeout().unwrap();
                Input::TimePassed
            }
            // Time goes by, but nobody calls the client: it sleeps.
            "sleep" => {
                self.now += Duration::from_secs_f64(rest.parse().unwrap());
                return;
            }
            verb => panic!("no such line: {verb}"),
        };
        self.client.handle(input, self.now);
    }

    /// Which connection is meant, where there can be two.
    fn connection_of(&self, output: &Output) -> String {
        match output {
            Output::Close { attempt } | Output::Send { attempt, .. } if self.client.config.carriers.len() > 1 => {
                format!(" #{attempt}")
            }
            _ => String::new(),
        }
    }

    /// `#1` at the end of a line names an attempt; without it the present one is meant.
    fn split_attempt(&self, line: &str) -> (String, Attempt) {
        let named = line
            .rsplit_once(" #")
            .and_then(|(words, attempt)| Some((words.to_owned(), Attempt(attempt.parse().ok()?))));
        named.unwrap_or_else(|| (line.to_owned(), self.client.attempt))
    }
}

/// What an endpoint answered.
fn answered(verb: &str, rest: &str, attempt: Attempt) -> Input {
    let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
    let refused = |message: &str| AuthorizationFailure {
        status: Some(403),
        message: message.to_owned(),
    };
    match verb {
        "authenticated" => Input::UserAuthenticated {
            attempt,
            authentication: UserAuthentication::new(first, second),
        },
        "unauthenticated" => Input::UserAuthenticationFailed {
            attempt,
            failure: refused(rest),
        },
        "unauthorized" => Input::AuthorizationFailed {
            channel: channel(first),
            attempt,
            failure: refused(second),
        },
        // With the member of a presence channel, or, when `keyed`, with the key of an encrypted one in base64.
        _ => {
            let (auth, data) = second.split_once(' ').unwrap_or((second, ""));
            let authorization = ChannelAuthorization::new(auth);
            Input::Authorized {
                channel: channel(first),
                attempt,
                authorization: match (verb, data) {
                    ("keyed", key) => authorization.with_shared_secret(SharedSecret::from_base64(key).unwrap()),
                    (_, "") => authorization,
                    (_, data) => authorization.with_channel_data(data),
                },
            }
        }
    }
}

/// How the fetch of what a channel missed went: its number after `@`, then the data of each event, or the reason.
fn fetched(verb: &str, channel: ChannelName, rest: &str) -> Input {
    let (attempt, rest) = rest
        .strip_prefix('@')
        .unwrap()
        .split_once(' ')
        .unwrap_or((rest.trim_start_matches('@'), ""));
    let attempt = FetchAttempt(attempt.parse().unwrap());
    let failure = match verb {
        "unfetched" => MissedFailure::Unanswered(rest.to_owned()),
        "gone" => MissedFailure::Gone(rest.to_owned()),
        _ => {
            let missed = |data: &str| MissedEvent {
                name: "e".to_owned(),
                data: data.to_owned(),
            };
            return Input::MissedFetched {
                channel,
                attempt,
                events: rest.split_whitespace().map(missed).collect(),
            };
        }
    };
    Input::MissedFailed {
        channel,
        attempt,
        failure,
    }
}

/// A frame as it stands in the line, or one of two that come often.
fn frame(verb: &str, rest: &str) -> String {
    match verb {
        "handshake" => {
            let (socket_id, timeout) = rest.split_once(' ').unwrap();
            format!(
                r#"{{"event":"pusher:connection_established","data":"{{\"socket_id\":\"{socket_id}\",\"activity_timeout\":{timeout}}}"}}"#
            )
        }
        // `success presence-x {"7":null}`: the roster, on presence channels.
        "success" => {
            let (channel, roster) = rest.split_once(' ').unwrap_or((rest, ""));
            let data = match roster {
                "" => "{}".to_owned(),
                roster => format!(r#"{{"presence":{{"hash":{roster}}}}}"#),
            };
            let data = serde_json::to_string(&data).unwrap();
            format!(r#"{{"event":"pusher_internal:subscription_succeeded","channel":"{channel}","data":{data}}}"#)
        }
        _ => rest.to_owned(),
    }
}

fn channel(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

fn shown(output: &Output) -> String {
    match output {
        Output::Open { carrier, url, attempt } => {
            let by = match carrier {
                Carrier::WebSocket => String::new(),
                other => format!(" by {other}"),
            };
            format!("open {}{by} #{attempt}", url.split('?').next().unwrap())
        }
        Output::Close { .. } => "close".to_owned(),
        Output::Send { text, .. } => format!("send {text}"),
        Output::Authorize {
            channels,
            socket_id,
            attempt,
        } => {
            let channels: Vec<&str> = channels.iter().map(ChannelName::as_str).collect();
            format!("authorize {} for {socket_id} #{attempt}", channels.join(" "))
        }
        Output::AuthenticateUser { socket_id, attempt } => format!("authenticate {socket_id} #{attempt}"),
        Output::FetchMissed {
            channel,
            after,
            attempt,
        } => format!("fetch {channel} after {after} @{}", attempt.0),
        Output::Tell(notice) => told(notice),
    }
}

fn told(notice: &Notice) -> String {
    match notice {
        Notice::StateChanged { previous, current } => format!("{previous} -> {current}"),
        // At random: how long is the matter of the jitter tests.
        Notice::CarrierChanged { previous, current } => format!("carrier {previous} -> {current}"),
        Notice::ConnectingIn(_) => "wait".to_owned(),
        Notice::Subscribed(channel) => format!("subscribed {channel}"),
        Notice::SubscriptionFailed { channel, failure, .. } => format!("failed {channel}: {failure}"),
        Notice::MemberAdded { channel, member } => format!("added to {channel}: {}", member.encode()),
        Notice::MemberRemoved { channel, member } => format!("removed from {channel}: {}", member.encode()),
        Notice::SubscriptionCount { channel, count } => format!("{count} hear {channel}"),
        Notice::SignedIn(user) => format!("signed in {}", user.id),
        Notice::SignInFailed { failure, .. } => format!("sign-in failed: {failure}"),
        Notice::UserEvent(event) => format!("for the user {}: {}", event.name, event.data),
        Notice::Watchlist(event) => format!("{}: {}", event.name, event.user_ids.join(" ")),
        Notice::Event(event) => {
            let on = event
                .channel
                .as_ref()
                .map(|channel| format!(" on {channel}"))
                .unwrap_or_default();
            let by = event.user_id.as_ref().map(|id| format!(" by {id}")).unwrap_or_default();
            format!("event {}{on}{by}: {}", event.name, event.data)
        }
        Notice::Error {
            code: Some(code),
            message,
        } => format!("error {code}: {message}"),
        Notice::Error { code: None, message } => format!("error: {message}"),
        Notice::DecryptionFailed { channel, event, error } => format!("closed {event} on {channel}: {error}"),
        Notice::CatchingUp(channel) => format!("catching up {channel}"),
        Notice::CaughtUp(channel) => format!("caught up {channel}"),
        Notice::NotResumable { channel, reason } => format!("not resumable {channel}: {reason}"),
        Notice::BadFrame(error) => format!("bad frame: {error}"),
    }
}
