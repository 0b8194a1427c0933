//! A verified copy of one project, with the own commands laid over it.
//!
//! The copy is a **base** (what the server is known to have had at one revision) and an **overlay** (own commands that the
//! base does not hold yet). What one sees is the overlay replayed on the base, by the same `decide` and `apply` as the
//! server's.
//!
//! **The only rule:** a change is applied if and only if its `prev` is the base's hash. A revision that the base has is
//! skipped. Everything else means: sync. That one rule covers gaps, duplicates, reordering, forks and a server that was
//! rolled back.
//!
//! Knows no socket, no clock, no storage: it is handed what happened and answers what to do.
#![forbid(unsafe_code)]

mod copy;
mod request;

use backlog::api::{Bare, Beacon, Fate, Outcome, SyncAnswer, SyncRequest};
use backlog::{Command, Mid, Millis, Project, Recorded, Rejection, Version};
use copy::Copy;
use request::{UnderWay, Want};
use std::fmt;

/// What happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// The person in front of this copy gave a command.
    Commanded(Pending),
    /// A realtime event brought a change.
    ChangeHeard(Box<Recorded>),
    /// A realtime event told of a change too large to be in it.
    BareHeard(Bare),
    /// A beacon told where the server is.
    BeaconHeard(Beacon),
    /// The server answered the sync that was asked for.
    SyncAnswered(Box<SyncAnswer>),
    /// The sync that was asked for did not come through; nothing is known of its effect. Say `Woke` when it is time to
    /// try again.
    SyncFailed,
    /// The server could not make sense of the sync that was asked for and would not of the same one again; it says why.
    SyncRefused(String),
    /// Something may have been missed: subscribed anew, woken, back online, or simply some time gone by.
    Woke,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send this to the server and answer with `SyncAnswered`, `SyncFailed` or `SyncRefused`. One is under way at a time.
    Sync(SyncRequest),
    /// What one sees is different now: another project altogether, for all that one had pointed into it.
    ViewChanged,
    /// Words of what one sees are different now; order, plan and slots are the same.
    WordsChanged,
    /// The server accepted a change of someone else, and the view holds it.
    Applied(Box<Recorded>),
    /// An own command was refused for good, and the view does not show it.
    Rejected {
        /// The command, whole, so that nothing that someone typed is lost.
        command: Command,
        /// Why.
        reason: Refusal,
    },
}

/// Why an own command was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The project's rules refuse it.
    Rejected(Rejection),
    /// The server could not read it; the words are the server's.
    Unreadable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Rejected(rejection) => rejection.fmt(f),
            Refusal::Unreadable(why) => write!(f, "The server could not read it: {why}."),
        }
    }
}

/// An own command that the base does not hold yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its mutation id: 128 fresh random bits.
    pub mid: Mid,
    /// The command.
    pub command: Command,
    /// When it was given.
    pub at: Millis,
}

/// A verified copy of one project.
#[derive(Debug, Default)]
pub struct Replica {
    copy: Option<Copy>,
    overlay: Vec<Pending>,
    want: Want,
    under_way: Option<UnderWay>,
    // Set when a request was refused: its commands go one by one, so that one that cannot be read stops no other.
    one_by_one: bool,
}

impl Replica {
    /// A copy that holds nothing yet. `Woke` makes it ask for the project.
    pub fn new() -> Replica {
        Replica::default()
    }

    /// What one sees; none before the first answer.
    pub fn view(&self) -> Option<&Project> {
        self.copy.as_ref().map(Copy::view)
    }

    /// The version that the base is at.
    pub fn version(&self) -> Option<Version> {
        self.copy.as_ref().map(Copy::version)
    }

    /// Own commands that the base does not hold yet, in order.
    pub fn pending(&self) -> &[Pending] {
        &self.overlay
    }

    /// Takes what happened; says what to do, in order.
    pub fn handle(&mut self, input: Input) -> Vec<Output> {
        let mut outputs = Vec::new();
        match input {
            Input::Commanded(pending) => self.commanded(pending, &mut outputs),
            Input::ChangeHeard(recorded) => self.change_heard(*recorded, &mut outputs),
            Input::BareHeard(bare) => self.bare_heard(bare),
            Input::BeaconHeard(beacon) => self.beacon_heard(beacon),
            Input::SyncAnswered(answer) => self.sync_answered(*answer, &mut outputs),
            // Asking again at once would only fail again.
            Input::SyncFailed => {
                self.under_way = None;
                return outputs;
            }
            Input::SyncRefused(why) => self.sync_refused(why, &mut outputs),
            Input::Woke => self.wish(Want::Changes),
        }
        self.sync_if_wished(&mut outputs);
        outputs
    }

    fn commanded(&mut self, pending: Pending, outputs: &mut Vec<Output>) {
        if let Some(Err(reason)) = self.copy.as_mut().map(|copy| copy.lay_over(&pending)) {
            outputs.push(Output::Rejected {
                command: pending.command,
                reason: Refusal::Rejected(reason),
            });
            return;
        }
        self.overlay.push(pending);
        self.wish(Want::Changes);
        outputs.push(Output::ViewChanged);
    }

    fn change_heard(&mut self, recorded: Recorded, outputs: &mut Vec<Output>) {
        if let Taken::Applied = self.take(&recorded) {
            self.show(vec![recorded], outputs);
        }
    }

    fn bare_heard(&mut self, bare: Bare) {
        if self.version().is_none_or(|version| bare.rev > version.rev) {
            self.wish(Want::Changes);
        }
    }

    fn beacon_heard(&mut self, beacon: Beacon) {
        let Some(copy) = &self.copy else {
            return self.wish(Want::Changes);
        };
        let version = Version {
            rev: beacon.rev,
            hash: beacon.hash,
        };
        if version == copy.version() {
            if copy.differs(beacon.digest) {
                self.wish(Want::Everything);
            }
        } else if beacon.rev >= copy.version().rev {
            self.wish(Want::Changes);
        }
        // An older revision was sent before a change that is here already; a rolled-back server shows at the next sync.
    }

    /// The only rule, for one change.
    fn take(&mut self, recorded: &Recorded) -> Taken {
        let Some(copy) = &mut self.copy else {
            self.wish(Want::Changes);
            return Taken::NotNow;
        };
        if recorded.rev <= copy.version().rev {
            return Taken::Known;
        }
        if recorded.prev != copy.version().hash {
            self.wish(Want::Changes);
            return Taken::NotNow;
        }
        if copy.advance(recorded).is_err() {
            self.wish(Want::Everything);
            return Taken::NotNow;
        }
        Taken::Applied
    }

    /// Brings the view up to a base that took these changes.
    fn show(&mut self, taken: Vec<Recorded>, outputs: &mut Vec<Output>) {
        let own = |recorded: &Recorded| self.overlay.iter().any(|pending| pending.mid == recorded.mid);
        let foreign: Vec<Recorded> = taken.iter().filter(|recorded| !own(recorded)).cloned().collect();
        let overlay_was_empty = self.overlay.is_empty();
        let mut words_only = taken.iter().all(|recorded| recorded.change.keeps_plan());
        self.overlay
            .retain(|pending| taken.iter().all(|recorded| recorded.mid != pending.mid));
        if let Some(copy) = &mut self.copy {
            let followed = overlay_was_empty && copy.follow(&taken).is_ok();
            if !followed {
                copy.replay(&self.overlay);
            }
            words_only &= followed;
        }
        outputs.push(if words_only {
            Output::WordsChanged
        } else {
            Output::ViewChanged
        });
        outputs.extend(foreign.into_iter().map(|recorded| Output::Applied(Box::new(recorded))));
    }

    fn sync_answered(&mut self, answer: SyncAnswer, outputs: &mut Vec<Output>) {
        let Some(under_way) = self.under_way.take() else { return };
        self.one_by_one = false;
        let version = answer.version();
        if answer.reset {
            self.refuse(&answer.outcomes, outputs);
            return self.wish(Want::Everything);
        }
        if let Some(snapshot) = answer.snapshot {
            // A snapshot shows the effect of a command without its mutation id. It may become the base only where the
            // answer tells the fate of every own command, or an own edit would be seen twice.
            if self
                .overlay
                .iter()
                .all(|pending| under_way.asked.contains(&pending.mid))
            {
                let copy = Copy::new(version, Project::read(*snapshot), answer.digest);
                self.replace(copy, &answer.outcomes, outputs);
            } else {
                self.wish(Want::Everything);
            }
        } else {
            self.catch_up(answer.changes, outputs);
            if self
                .copy
                .as_ref()
                .is_some_and(|copy| copy.version() == version && copy.differs(answer.digest))
            {
                self.wish(Want::Everything);
            }
        }
        self.refuse(&answer.outcomes, outputs);
        // What was given meanwhile goes now. What was sent and is still here waits for the next occasion, so that a server
        // that never answers to the point is not asked without pause.
        if self
            .overlay
            .iter()
            .any(|pending| !under_way.sent.contains(&pending.mid))
        {
            self.wish(Want::Changes);
        }
    }

    fn replace(&mut self, copy: Copy, outcomes: &[Outcome], outputs: &mut Vec<Output>) {
        let in_snapshot = |pending: &Pending| {
            outcomes
                .iter()
                .any(|outcome| outcome.mid == pending.mid && matches!(outcome.fate, Fate::Applied(_)))
        };
        self.overlay.retain(|pending| !in_snapshot(pending));
        let copy = self.copy.insert(copy);
        copy.replay(&self.overlay);
        outputs.push(Output::ViewChanged);
    }

    fn catch_up(&mut self, changes: Vec<Recorded>, outputs: &mut Vec<Output>) {
        let mut taken = Vec::new();
        for recorded in changes {
            match self.take(&recorded) {
                Taken::Applied => taken.push(recorded),
                Taken::Known => {}
                Taken::NotNow => {
                    // The answer itself does not follow on the base: this copy is of another history.
                    self.wish(Want::Everything);
                    break;
                }
            }
        }
        if !taken.is_empty() {
            self.show(taken, outputs);
        }
    }

    /// Takes refused commands out of the overlay and gives them back.
    fn refuse(&mut self, outcomes: &[Outcome], outputs: &mut Vec<Output>) {
        let before = self.overlay.len();
        for outcome in outcomes {
            if let Fate::Rejected(reason) = &outcome.fate {
                self.give_back(outcome.mid, Refusal::Rejected(reason.clone()), outputs);
            }
        }
        if self.overlay.len() != before {
            self.replay(outputs);
        }
    }

    fn sync_refused(&mut self, why: String, outputs: &mut Vec<Output>) {
        let Some(under_way) = self.under_way.take() else { return };
        match under_way.sent.as_slice() {
            [] => {}
            [mid] => {
                self.give_back(*mid, Refusal::Unreadable(why), outputs);
                self.replay(outputs);
                self.wish(Want::Changes);
            }
            _ => {
                self.one_by_one = true;
                self.wish(Want::Changes);
            }
        }
    }

    fn give_back(&mut self, mid: Mid, reason: Refusal, outputs: &mut Vec<Output>) {
        if let Some(place) = self.overlay.iter().position(|pending| pending.mid == mid) {
            let command = self.overlay.remove(place).command;
            outputs.push(Output::Rejected { command, reason });
        }
    }

    fn replay(&mut self, outputs: &mut Vec<Output>) {
        if let Some(copy) = &mut self.copy {
            copy.replay(&self.overlay);
        }
        outputs.push(Output::ViewChanged);
    }
}

/// What the only rule made of a change.
enum Taken {
    Applied,
    Known,
    NotNow,
}

#[cfg(test)]
mod tests;
