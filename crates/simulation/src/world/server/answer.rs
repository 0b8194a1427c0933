//! Answers: the head is taken at one moment, the rest is read at another, and commits may come between.

use super::{Pending, refusal};
use crate::counters::Counter;
use crate::defect::Defect;
use crate::store::{Standing, actor};
use crate::world::network::Answer;
use crate::world::{Event, World};
use backlog::Recorded;
use backlog::api::SyncAnswer;
use backlog::service::{self, CatchUp, Reader};

impl World {
    pub(super) fn plan_answer(&mut self, pending: Pending) {
        let life = self.server.life;
        let takes = if self.dice.percent(80) {
            self.dice.between(0, 2)
        } else {
            self.dice.between(3, 40)
        };
        self.plan(takes, Event::AnswerDue(life, Box::new(pending)));
    }

    /// The rest of an answer is read, a moment after its head was taken.
    pub(crate) fn answer_due(&mut self, life: u64, pending: Pending) {
        if life != self.server.life {
            return;
        }
        let Pending {
            asked,
            head,
            mut outcomes,
        } = pending;
        let (project, person) = (asked.project, asked.person);
        let role = match self.disk.projects[project].standings[person] {
            Standing::Is(role) => role,
            Standing::Never | Standing::Ended if self.has(Defect::AnswerUnchecked) => asked.role,
            standing @ (Standing::Never | Standing::Ended) => {
                self.count(Counter::AnswersWithheld);
                return self.answer(asked.call, refusal(standing));
            }
        };
        let version = head.ledger.version();
        let mids = service::untold(asked.request.ask.clone(), &outcomes);
        let fates = self.disk.fates((project, actor(person).id), &mids);
        outcomes.extend(service::tell(mids, &fates, version));
        let mut answer = SyncAnswer::at(self.disk.epoch, version, head.digest(), role);
        answer.outcomes = outcomes;
        let reader = Reader {
            since: asked.request.since,
            full: asked.request.full,
            head: version,
        };
        let missed = reader.span().map(|span| self.disk.missed(project, span));
        match reader.catch_up(missed) {
            CatchUp::Nothing => {}
            CatchUp::Changes { after, upto } => {
                let history = &self.disk.projects[project].history;
                let range = usize::try_from(after).unwrap_or(0)..usize::try_from(upto).unwrap_or(0);
                answer.changes = history[range]
                    .iter()
                    .map(|recorded| Recorded::clone(recorded))
                    .collect();
            }
            CatchUp::Reset => {
                self.count(Counter::Resets);
                answer.reset = true;
            }
            CatchUp::Snapshot => {
                self.count(Counter::Snapshots);
                let torn = self.has(Defect::TornSnapshot).then(|| self.head(project)).flatten();
                let of = torn.as_ref().unwrap_or(&head);
                answer.snapshot = Some(Box::new(of.ledger.project().snapshot()));
            }
        }
        if answer.snapshot.is_some() || !answer.changes.is_empty() {
            self.check_reader(project, person);
        }
        self.answer(asked.call, Answer::Sync(Box::new(answer)));
    }
}
