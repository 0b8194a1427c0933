//! The writer: what waits is carried out in one transaction, committed, and only then answered and told.

use super::{Announcement, Asked, Batch, Head, Pending};
use crate::agenda::Time;
use crate::counters::Counter;
use crate::defect::Defect;
use crate::random::Dice;
use crate::store::{Row, actor};
use crate::world::network::short;
use crate::world::{Event, World};
use backlog::api::{self, Fate, Sent};
use backlog::service::{self, Arrived, Done, Fates, Step};
use backlog::{Command, Ledger, Mid, Millis, Recorded, Role};
use pusher_hub::Audience;
use std::cell::OnceCell;
use std::rc::Rc;

/// How long the planted defect remembers mutation ids.
const EXPIRY: Time = 3_000;

impl World {
    /// The transaction: what waits is carried out on copies.
    pub(super) fn begin_batch(&mut self) {
        let waiting = std::mem::take(&mut self.server.waiting);
        let mut batch = Batch {
            rows: Vec::new(),
            ledgers: Vec::new(),
            announcements: Vec::new(),
            done: Vec::new(),
        };
        for asked in waiting {
            let Some(head) = self.head(asked.project) else { return };
            let open = batch.ledgers.iter().position(|(project, _)| *project == asked.project);
            let place = open.unwrap_or_else(|| {
                batch.ledgers.push((asked.project, head.ledger.clone()));
                batch.ledgers.len() - 1
            });
            self.carry_out(asked, place, &mut batch);
        }
        if self.has(Defect::PublishBeforeCommit) {
            for announcement in std::mem::take(&mut batch.announcements) {
                self.announce(announcement);
            }
        }
        if self.server.dies_in_batch {
            self.count(Counter::KillsInBatch);
            let restart_in = self.dice.between(50, 4_000);
            return self.kill(restart_in);
        }
        self.server.batch = Some(batch);
        let life = self.server.life;
        let slow = self.dice.percent(10);
        let takes = if slow {
            self.dice.between(20, 400)
        } else {
            self.dice.between(1, 6)
        };
        self.plan(takes, Event::Committed(life));
    }

    fn carry_out(&mut self, asked: Asked, place: usize, batch: &mut Batch) {
        let author = actor(asked.person);
        let at = Millis(self.now as i64 + self.server.clock);
        let mut known = self.known(&asked, batch);
        let (_, ledger) = &mut batch.ledgers[place];
        let commands = if self.defect == Some(Defect::AnchorOfDeletedStory) {
            without_deleted_anchors(&asked.request.commands, ledger)
        } else {
            asked.request.commands.clone()
        };
        let arrived = Arrived {
            author: &author,
            role: Role::Owner,
            at,
            commands: &commands,
        };
        let steps = service::carry_out(ledger, &mut known, arrived);
        let outcomes = steps.iter().map(Step::outcome).collect();
        for Step { sent, done } in steps {
            match done {
                Done::Repeated(_) => self.count(Counter::Repeated),
                Done::Recorded(recorded) => {
                    let (name, data) = api::event_of(&recorded);
                    batch.announcements.push(Announcement {
                        project: asked.project,
                        name,
                        data,
                        audience: asked.socket.clone().map_or(Audience::Everyone, Audience::Except),
                    });
                    batch.rows.push(Row::Change(asked.project, Rc::from(recorded)));
                }
                Done::Refused(reason) => {
                    batch
                        .rows
                        .push(Row::Refusal(asked.project, author.id, sent.mid, reason));
                }
            }
        }
        batch.done.push((asked, outcomes));
    }

    /// The fates of what was sent, as far as the store and the batch know them.
    fn known(&self, asked: &Asked, batch: &Batch) -> Fates {
        let mids: Vec<Mid> = asked.request.commands.iter().map(|sent| sent.mid).collect();
        let mut known = self.disk.fates((asked.project, actor(asked.person).id), &mids);
        for row in &batch.rows {
            match row {
                Row::Change(project, recorded) if *project == asked.project => {
                    known.insert(recorded.mid, Fate::Applied(recorded.rev));
                }
                Row::Refusal(project, _, mid, reason) if *project == asked.project => {
                    known.insert(*mid, Fate::Rejected(reason.clone()));
                }
                Row::Change(..) | Row::Refusal(..) => {}
            }
        }
        let truth = &self.truths[asked.project];
        let is_fresh = |mid: &Mid| truth.recorded_at(*mid).is_none_or(|at| at + EXPIRY > self.now);
        match self.defect {
            Some(Defect::NoIdempotency) => known.clear(),
            Some(Defect::IdempotencyWithExpiry) => known.retain(|mid, _| is_fresh(mid)),
            Some(_) | None => {}
        }
        known
    }

    pub(crate) fn committed(&mut self, life: u64) {
        if life != self.server.life {
            return;
        }
        let Some(batch) = self.server.batch.take() else { return };
        self.disk.commit(&batch.rows, &batch.ledgers);
        self.search = true;
        for row in &batch.rows {
            if let Row::Change(project, recorded) = row {
                self.record(*project, recorded);
            }
        }
        if self.server.dies_after_commit {
            self.count(Counter::KillsAfterCommit);
            let restart_in = self.dice.between(50, 4_000);
            return self.kill(restart_in);
        }
        if let Some(seed) = self.server.lies_after_commit.take() {
            let after = Dice::new(seed).between(1, 80);
            if seed.is_multiple_of(2) {
                self.slow_answers_until = self.now + 50;
            }
            self.plan(after, Event::LieDue(life, seed));
        }
        for (project, ledger) in batch.ledgers {
            let digest = OnceCell::new();
            self.server.heads[project] = Some(Rc::new(Head { ledger, digest }));
        }
        for announcement in batch.announcements {
            self.announce(announcement);
        }
        for (asked, outcomes) in batch.done {
            let Some(head) = self.head(asked.project) else { return };
            self.plan_answer(Pending { asked, head, outcomes });
        }
        if !self.server.waiting.is_empty() {
            self.begin_batch();
        }
    }

    pub(super) fn record(&mut self, project: usize, recorded: &Recorded) {
        let now = self.now;
        self.note(|| {
            format!(
                "{now:>7} server: commits {} {} {}",
                recorded.rev,
                short(recorded.mid),
                recorded.change.event_name()
            )
        });
        let asked = self.book.get(recorded.mid).map(|given| &given.command);
        if let Err(breach) = self.truths[project].record(recorded, asked, now) {
            self.fail(breach);
        }
    }
}

fn without_deleted_anchors(commands: &[Sent], ledger: &Ledger) -> Vec<Sent> {
    let mut commands = commands.to_vec();
    for sent in &mut commands {
        if let Command::MoveStories { after, .. } = &mut sent.command {
            *after = after.filter(|id| ledger.project().story(*id).is_some());
        }
    }
    commands
}
