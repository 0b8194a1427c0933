//! HTTP: requests and answers that are delayed, lost, doubled and late. A page waits for ten seconds and then no more.

use super::{Event, World};
use crate::agenda::Time;
use crate::counters::Counter;
use crate::script::Weather;
use backlog::api::{SyncAnswer, SyncRequest};
use pusher_channels::client::{Attempt, Input as ChannelInput};
use pusher_channels::{AuthorizationFailure, ChannelAuthorization, ChannelName, SocketId};
use std::rc::Rc;

/// After so long without an answer there is none.
const PATIENCE: Time = 10_000;

#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) tab: usize,
    pub(crate) what: What,
    /// Whether the page waits for it no more.
    pub(crate) over: bool,
}

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Sync(Rc<SyncRequest>, Option<SocketId>),
    Authorize {
        channel: ChannelName,
        socket_id: SocketId,
        attempt: Attempt,
    },
}

/// What comes back.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Sync(Box<SyncAnswer>),
    Signed(ChannelAuthorization),
    /// 400: the server cannot read it.
    Unreadable,
    /// 500: the server fails at it.
    Broken,
    /// 404: to this person there is no such project; or 403 where it is about a channel.
    Forbidden,
    /// 403: this person is not in the project any more.
    Gone,
    /// Nothing came through.
    Unreachable,
}

impl World {
    fn weather(&self) -> Weather {
        if self.is_calm() {
            Weather::default()
        } else {
            self.script.weather
        }
    }

    pub(crate) fn latency(&mut self) -> Time {
        self.dice.between(5, 60)
    }

    pub(crate) fn call(&mut self, tab: usize, what: What) -> usize {
        let call = self.calls.len();
        if matches!(what, What::Sync(..)) {
            self.plan(PATIENCE, Event::PatienceOver(call));
        }
        let (now, shown) = (self.now, matches!(what, What::Sync(..)));
        if shown {
            let line = format_call(&what);
            self.note(|| format!("{now:>7} tab {tab}: asks #{call} {line}"));
        }
        self.calls.push(Call { tab, what, over: false });
        if !self.devices[self.tabs[tab].device].online {
            self.plan(20, Event::Answered(call, Box::new(Answer::Unreachable)));
            return call;
        }
        let weather = self.weather();
        let takes = self.delay(weather);
        if self.dice.percent(weather.lost) {
            self.count(Counter::RequestsLost);
        } else {
            self.plan(takes, Event::RequestArrived(call));
        }
        if self.dice.percent(weather.doubled) {
            self.count(Counter::RequestsDoubled);
            let later = takes + self.dice.between(1, 15_000);
            self.plan(later, Event::RequestArrived(call));
        }
        call
    }

    fn delay(&mut self, weather: Weather) -> Time {
        if self.dice.percent(weather.late) {
            self.dice.between(300, 11_000)
        } else {
            self.latency()
        }
    }

    pub(crate) fn answer(&mut self, call: usize, answer: Answer) {
        let weather = self.weather();
        if self.dice.percent(weather.lost) {
            self.count(Counter::AnswersLost);
            return;
        }
        let takes = if self.now < self.slow_answers_until {
            self.dice.between(1_000, 9_000)
        } else {
            self.delay(weather)
        };
        self.plan(takes, Event::Answered(call, Box::new(answer)));
    }

    pub(crate) fn answered(&mut self, call: usize, answer: Answer) {
        let Call { tab, what, over } = &mut self.calls[call];
        let (tab, what) = (*tab, what.clone());
        let gone = !self.devices[self.tabs[tab].device].online && !matches!(answer, Answer::Unreachable);
        if *over || gone {
            self.count(Counter::AnswersLate);
            return;
        }
        *over = true;
        let now = self.now;
        match what {
            What::Sync(..) => {
                let line = format_answer(&answer);
                self.note(|| format!("{now:>7} tab {tab}: answer to #{call} {line}"));
                self.sync_answered(tab, answer);
            }
            What::Authorize { channel, attempt, .. } => {
                let input = match answer {
                    Answer::Signed(authorization) => ChannelInput::Authorized {
                        channel,
                        attempt,
                        authorization,
                    },
                    Answer::Forbidden | Answer::Gone => failed(channel, attempt, Some(403)),
                    Answer::Sync(_) | Answer::Unreadable | Answer::Broken | Answer::Unreachable => {
                        failed(channel, attempt, None)
                    }
                };
                self.feed(tab, input);
            }
        }
    }

    pub(crate) fn patience_over(&mut self, call: usize) {
        let tab = self.calls[call].tab;
        if self.devices[self.tabs[tab].device].asleep {
            return self.plan(1_000, Event::PatienceOver(call));
        }
        if !std::mem::replace(&mut self.calls[call].over, true) {
            let now = self.now;
            self.note(|| format!("{now:>7} tab {tab}: waits no more for #{call}"));
            self.sync_answered(tab, Answer::Unreachable);
        }
    }
}

fn failed(channel: ChannelName, attempt: Attempt, status: Option<u16>) -> ChannelInput {
    ChannelInput::AuthorizationFailed {
        channel,
        attempt,
        failure: AuthorizationFailure {
            status,
            message: "no authorisation".to_owned(),
        },
    }
}

fn format_call(what: &What) -> String {
    match what {
        What::Sync(request, _) => {
            let since = request
                .since
                .map_or_else(|| "nothing".to_owned(), |since| since.to_string());
            let sent: Vec<String> = request.commands.iter().map(|sent| short(sent.mid)).collect();
            let ask: Vec<String> = request.ask.iter().map(|mid| short(*mid)).collect();
            let full = if request.full { " everything" } else { "" };
            format!("since {since}{full} send {sent:?} ask {ask:?}")
        }
        What::Authorize { channel, .. } => format!("to hear {channel}"),
    }
}

fn format_answer(answer: &Answer) -> String {
    match answer {
        Answer::Sync(answer) => {
            let changes: Vec<u64> = answer.changes.iter().map(|recorded| recorded.rev).collect();
            let outcomes: Vec<String> = answer
                .outcomes
                .iter()
                .map(|outcome| format!("{} {:?}", short(outcome.mid), outcome.fate))
                .collect();
            let reset = if answer.reset { " RESET" } else { "" };
            let full = if answer.snapshot.is_some() { " SNAPSHOT" } else { "" };
            format!(
                "{}{reset}{full} changes {changes:?} outcomes {outcomes:?}",
                answer.version()
            )
        }
        Answer::Signed(_) => "signed".to_owned(),
        Answer::Unreadable => "400".to_owned(),
        Answer::Broken => "500".to_owned(),
        Answer::Forbidden => "404".to_owned(),
        Answer::Gone => "403".to_owned(),
        Answer::Unreachable => "nothing".to_owned(),
    }
}

/// The first digits of a mutation id, which name it in a transcript.
pub(crate) fn short(mid: backlog::Mid) -> String {
    mid.0.to_string().chars().take(5).collect()
}
