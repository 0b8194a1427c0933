//! What the server answers. Outcomes count only where the answer's version is on the copy's own chain: an answer that was
//! given before the server was put back says nothing about the server of now.

use crate::copy::Copy;
use crate::heard::Taken;
use crate::own::{Held, Own, Stage};
use crate::refusal::Refusal;
use crate::request::{UnderWay, Want, has_a_fate};
use crate::rule::Rule;
use crate::{Output, Replica, Write};
use backlog::api::{Fate, MAX_ASKED, Outcome, SyncAnswer};
use backlog::{Epoch, Mid, Recorded, Version};

/// Where the server was when it told of outcomes.
struct Told {
    epoch: Epoch,
    version: Version,
}

impl Told {
    fn by(answer: &SyncAnswer) -> Told {
        Told {
            epoch: answer.epoch,
            version: answer.version(),
        }
    }
}

impl Replica {
    pub(crate) fn sync_answered(&mut self, answer: SyncAnswer, out: &mut Vec<Output>) {
        let Some(under_way) = self.under_way.take() else { return };
        // What one is now, the server says whatever the copy makes of the rest.
        self.role_told(answer.role, out);
        match under_way {
            UnderWay::Everything { asked, heard } => {
                self.begin_anew(answer, &asked, out);
                self.hear_again(heard, out);
            }
            UnderWay::Changes { sent } => {
                if !self.keeps(Rule::Overlay) {
                    let applied = |mid: &Mid| Outcome {
                        mid: *mid,
                        fate: Fate::Applied(0),
                    };
                    let outcomes: Vec<Outcome> = sent.iter().map(applied).collect();
                    self.settle_all(&outcomes, &Told::by(&answer), out);
                }
                self.changes_answered(answer, &sent, out);
                self.clear_suspicion(&sent, out);
            }
        }
    }

    fn changes_answered(&mut self, answer: SyncAnswer, sent: &[Mid], out: &mut Vec<Output>) {
        let another_life = self.epoch() != Some(answer.epoch);
        if answer.reset || another_life {
            self.was_reset = !self.was_reset;
            if self.was_reset {
                self.wish(Want::Everything);
            }
            return;
        }
        let (version, digest, told) = (answer.version(), answer.digest, Told::by(&answer));
        if !self.catch_up(answer.changes, out) || self.keeps(Rule::OwnChain) && !self.has_passed(version) {
            return;
        }
        self.was_reset = false;
        let differs = |copy: &Copy| copy.version() == version && copy.differs(digest);
        if self.copy.as_ref().is_some_and(differs) {
            self.wish(Want::Everything);
        }
        self.settle_all(&answer.outcomes, &told, out);
        // What was given meanwhile goes now. What was sent and still waits goes with the next occasion, so that a server
        // that never answers to the point is not asked without pause.
        if self
            .own
            .iter()
            .any(|own| own.is_to_send() && !sent.contains(&own.kept.mid))
        {
            self.wish(Want::Changes);
        }
    }

    /// Takes the changes of an answer; whether they led on from the base.
    fn catch_up(&mut self, changes: Vec<Recorded>, out: &mut Vec<Output>) -> bool {
        let mut taken = Vec::new();
        let mut followed = true;
        for recorded in changes {
            match self.take(&recorded) {
                Taken::Applied => taken.push(recorded),
                Taken::Known => {}
                Taken::NotNow => {
                    // The answer itself does not follow on the base: this copy is of another history.
                    self.wish(Want::Everything);
                    followed = false;
                    break;
                }
            }
        }
        if !taken.is_empty() {
            self.show(taken, out);
        }
        followed
    }

    /// Takes a whole project as the base. A snapshot shows the effect of a command without its mutation id, so that it may
    /// become the base only where the answer tells the fate of every own command, or an own edit would be seen twice.
    fn begin_anew(&mut self, mut answer: SyncAnswer, asked: &[Mid], out: &mut Vec<Output>) {
        // Where it holds none it is no answer to what was asked; the next occasion asks again.
        let Some(snapshot) = answer.snapshot.take() else { return };
        // More than one request can ask after are asked after later; until then they are not shown.
        let is_full = asked.len() >= MAX_ASKED;
        let is_told = |own: &Own| !has_a_fate(own) || is_full || asked.contains(&own.kept.mid);
        if !self.own.iter().all(is_told) {
            return self.wish(Want::Everything);
        }
        let told = Told::by(&answer);
        self.copy = Some(Copy::of_answer(&answer, *snapshot));
        self.saved = None;
        self.own.iter_mut().for_each(|own| own.held = Held::Unknown);
        self.settle_all(&answer.outcomes, &told, out);
        self.replay(out);
        if self.own.iter().any(|own| own.is_to_send()) {
            self.wish(Want::Changes);
        }
    }

    /// Changes heard while the whole project was on its way may follow on it.
    fn hear_again(&mut self, heard: Vec<Recorded>, out: &mut Vec<Output>) {
        let mut taken = Vec::new();
        for recorded in heard {
            if let Taken::Applied = self.take(&recorded) {
                taken.push(recorded);
            }
        }
        if !taken.is_empty() {
            self.show(taken, out);
        }
    }

    fn settle_all(&mut self, outcomes: &[Outcome], told: &Told, out: &mut Vec<Output>) {
        let mut writes = Vec::new();
        let mut attention = Vec::new();
        for Outcome { mid, fate } in outcomes {
            if let Some(stage) = self.settle(*mid, fate, told) {
                if stage.needs_attention() && !self.keeps(Rule::Tray) {
                    self.own.remove(*mid);
                    writes.push(Write::Remove(*mid));
                    continue;
                }
                attention.extend(stage.needs_attention().then_some(Output::NeedsAttention(*mid)));
                writes.extend(self.own.get(*mid).map(|own| Write::Put(Box::new(own.kept.clone()))));
            }
        }
        if !writes.is_empty() {
            out.push(Output::Write(writes));
            self.replay(out);
        }
        out.extend(attention);
    }

    /// What an outcome makes of an own command; its stage, where what is kept of it is different now.
    fn settle(&mut self, mid: Mid, fate: &Fate, told: &Told) -> Option<Stage> {
        let own = self.own.get_mut(mid)?;
        let held = match fate {
            Fate::Applied(_) => Held::Yes,
            Fate::Rejected(_) | Fate::Unknown => Held::No,
        };
        // The base may hold by now what the answer does not know yet.
        if own.held == Held::Yes && held == Held::No {
            return None;
        }
        own.held = held;
        let stage = match (fate, &own.kept.stage) {
            (Fate::Applied(rev), _) => Stage::Confirmed {
                rev: *rev,
                epoch: told.epoch,
            },
            (Fate::Rejected(_), Stage::Refused(_)) => return None,
            (Fate::Rejected(reason), _) => Stage::Refused(Refusal::Rejected(reason.clone())),
            // Confirmed in this life of the database and unknown to it: the server lost it. It is sent again.
            (Fate::Unknown, Stage::Confirmed { epoch: then, .. }) if *then == told.epoch => Stage::Pending,
            // In another life: someone put the server back on purpose. Whether it is given again, a person says.
            (Fate::Unknown, Stage::Confirmed { .. }) => Stage::Lost,
            (Fate::Unknown, Stage::Pending) => Stage::Pending,
            (Fate::Unknown, Stage::Refused(_) | Stage::Lost) => return None,
        };
        let on = match fate {
            Fate::Unknown => Some(told.version),
            Fate::Applied(_) | Fate::Rejected(_) => own.kept.on,
        };
        let changed = own.kept.stage != stage || own.kept.on != on;
        own.kept.on = on;
        own.kept.stage = stage.clone();
        changed.then_some(stage)
    }

    pub(crate) fn sync_refused(&mut self, why: String, out: &mut Vec<Output>) {
        let Some(UnderWay::Changes { sent }) = self.under_way.take() else {
            return;
        };
        match sent.as_slice() {
            [] => {}
            [mid] => {
                self.refuse(*mid, Refusal::Unreadable(why), out);
                self.wish(Want::Changes);
            }
            _ => {
                self.one_by_one = true;
                self.wish(Want::Changes);
            }
        }
    }
}
