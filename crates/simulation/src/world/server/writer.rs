//! The writer: what waits is carried out in one transaction, committed, and only then answered and told.

use super::{Announcement, Asked, Batch, Head, Pending, Task};
use crate::agenda::Time;
use crate::counters::Counter;
use crate::defect::Defect;
use crate::random::Dice;
use crate::store::{Row, Seat, Standing, actor};
use crate::world::network::short;
use crate::world::{Event, World};
use backlog::api::{self, Fate, Sent};
use backlog::service::{self, Arrived, Done, Fates, Step};
use backlog::{Command, Ledger, Mid, Millis, Recorded, Rejection, Role};
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
        for task in waiting {
            let project = match &task {
                Task::CarryOut(asked) => asked.project,
                Task::Seat(seat) => seat.project,
            };
            let Some(head) = self.head(project) else { return };
            let open = batch.ledgers.iter().position(|(open, _)| *open == project);
            let place = open.unwrap_or_else(|| {
                batch.ledgers.push((project, head.ledger.clone()));
                batch.ledgers.len() - 1
            });
            match task {
                Task::CarryOut(asked) => self.carry_out(asked, place, &mut batch),
                Task::Seat(seat) => self.seat(seat, place, &mut batch),
            }
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
        let Some(role) = self.role_for(&asked, batch) else {
            // Removed since it came in: nothing of it is done, and the answer will say so.
            self.count(Counter::WriterTooLate);
            return batch.done.push((asked, Vec::new()));
        };
        let mut known = self.known(&asked, batch);
        let (_, ledger) = &mut batch.ledgers[place];
        let commands = if self.defect == Some(Defect::AnchorOfDeletedStory) {
            without_deleted_anchors(&asked.request.commands, ledger)
        } else {
            asked.request.commands.clone()
        };
        let arrived = Arrived {
            author: &author,
            role,
            at,
            commands: &commands,
        };
        let steps = service::carry_out(ledger, &mut known, arrived);
        let outcomes = steps.iter().map(Step::outcome).collect();
        for Step { sent, done } in steps {
            match done {
                Done::Repeated(_) => self.count(Counter::Repeated),
                Done::Recorded(recorded) => {
                    let audience = asked.socket.clone().map_or(Audience::Everyone, Audience::Except);
                    batch
                        .announcements
                        .push(announcement(asked.project, &recorded, audience));
                    batch.rows.push(Row::Change(asked.project, Rc::from(recorded)));
                }
                Done::Refused(reason) => {
                    if reason == Rejection::NotAllowed {
                        self.count(Counter::NotAllowed);
                    }
                    batch
                        .rows
                        .push(Row::Refusal(asked.project, author.id, sent.mid, reason));
                }
            }
        }
        batch.done.push((asked, outcomes));
    }

    /// As what someone is to be taken: what they are in this very transaction.
    fn role_for(&self, asked: &Asked, batch: &Batch) -> Option<Role> {
        match self.defect {
            Some(Defect::RoleUnchecked) => Some(Role::Owner),
            Some(Defect::RoleOfArrival) => Some(asked.role),
            Some(_) | None => self.standing_in(batch, asked.project, asked.person).role(),
        }
    }

    fn standing_in(&self, batch: &Batch, project: usize, person: usize) -> Standing {
        let seated = batch.rows.iter().rev().find_map(|row| match row {
            Row::Seat(seat) if (seat.project, seat.person) == (project, person) => Some(seat.standing),
            Row::Seat(_) | Row::Change(..) | Row::Refusal(..) => None,
        });
        seated.unwrap_or(self.disk.projects[project].standings[person])
    }

    /// Someone is something else from now on. The project is told who came and who went.
    fn seat(&mut self, seat: Seat, place: usize, batch: &mut Batch) {
        let Seat {
            project,
            person,
            standing,
        } = seat;
        let before = self.standing_in(batch, project, person);
        batch.rows.push(Row::Seat(seat));
        let (by, command) = match (before.role(), standing) {
            (None, Standing::Is(role)) => (person, Command::Join { role }),
            (Some(_), Standing::Ended | Standing::Never) => {
                let id = actor(person).id;
                let goes_alone = self.dice.percent(30);
                let is_owner = |other: &usize| self.standing_in(batch, project, *other) == Standing::Is(Role::Owner);
                let owner = (0..self.script.people).rfind(is_owner).filter(|_| !goes_alone);
                (owner.unwrap_or(person), Command::Leave { id })
            }
            (Some(_), Standing::Is(_)) | (None, Standing::Ended | Standing::Never) => return,
        };
        let sent = Sent {
            mid: Mid(self.dice.bits()),
            base: 0,
            command,
        };
        let author = actor(by);
        let arrived = Arrived {
            author: &author,
            role: Role::Owner,
            at: Millis(self.now as i64 + self.server.clock),
            commands: std::slice::from_ref(&sent),
        };
        let (_, ledger) = &mut batch.ledgers[place];
        for Step { done, .. } in service::carry_out_membership(ledger, &mut Fates::new(), arrived) {
            // Nobody is known who was never heard of; then there is nothing to tell.
            if let Done::Recorded(recorded) = done {
                batch
                    .announcements
                    .push(announcement(project, &recorded, Audience::Everyone));
                batch.rows.push(Row::Change(project, Rc::from(recorded)));
            }
        }
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
                Row::Change(..) | Row::Refusal(..) | Row::Seat(_) => {}
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
            match row {
                Row::Change(project, recorded) => self.record(*project, recorded, None),
                Row::Seat(seat) => self.truths[seat.project].seat(seat.person, seat.standing),
                Row::Refusal(..) => {}
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
        for row in &batch.rows {
            if let Row::Seat(seat) = row {
                self.seated(*seat);
            }
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

    /// Follows a commit. `asked` is what was asked for, where it stands in no book.
    pub(super) fn record(&mut self, project: usize, recorded: &Recorded, asked: Option<&Command>) {
        let now = self.now;
        self.note(|| {
            format!(
                "{now:>7} server: commits {} {} {}",
                recorded.rev,
                short(recorded.mid),
                recorded.change.event_name()
            )
        });
        let asked = asked.or(self.book.get(recorded.mid).map(|given| &given.command));
        if let Err(breach) = self.truths[project].record(recorded, asked, now) {
            self.fail(breach);
        }
    }
}

fn announcement(project: usize, recorded: &Recorded, audience: Audience) -> Announcement {
    let (name, data) = api::event_of(recorded);
    Announcement {
        project,
        name,
        data,
        audience,
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
