//! The server's disk: what outlives the process. Histories, refusals and snapshots in memory, written in batches that are there
//! wholly or not at all. It plays the part of the server's SQL store and knows nothing of requests.

use crate::random::Dice;
use backlog::api::Fate;
use backlog::service::{Fates, Missed};
use backlog::{Actor, ActorId, Epoch, Ledger, Mid, Millis, Name, Project, ProjectId, Recorded, Rejection, Role};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// A snapshot is kept each time a revision passes a multiple of this.
const SNAPSHOT_EVERY: u64 = 16;

/// A project on the disk.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) history: Vec<Rc<Recorded>>,
    refused: Vec<(ActorId, Mid, Rejection)>,
    applied: HashMap<Mid, (ActorId, u64)>,
    // In the order of their revisions; the first is the beginning.
    snapshots: Vec<Ledger>,
    /// Changes up to this revision are compacted away: nobody can catch up from before it.
    floor: u64,
    /// What each person is in it.
    pub(crate) standings: Vec<Standing>,
}

/// What someone is in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// They never were in it: to them there is no such project.
    Never,
    /// They are in it, as that.
    Is(Role),
    /// They were in it.
    Ended,
}

impl Standing {
    /// As what someone is in it; none where they are not.
    pub(crate) fn role(self) -> Option<Role> {
        match self {
            Standing::Is(role) => Some(role),
            Standing::Never | Standing::Ended => None,
        }
    }
}

/// What one transaction writes.
#[derive(Debug)]
pub(crate) enum Row {
    Change(usize, Rc<Recorded>),
    Refusal(usize, ActorId, Mid, Rejection),
    Seat(Seat),
}

/// Someone is something else in a project from now on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    pub(crate) project: usize,
    pub(crate) person: usize,
    pub(crate) standing: Standing,
}

/// How much the disk held before a transaction, of each project: changes and refusals, and what people were.
type Mark = Vec<(usize, usize, Vec<Standing>)>;

/// The disk.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    pub(crate) epoch: Epoch,
    pub(crate) projects: Vec<Stored>,
    marks: Vec<Mark>,
}

impl Disk {
    pub(crate) fn new(projects: &[ProjectId], people: usize, dice: &mut Dice) -> Disk {
        let name = || Name::new("Simulated").expect("a word is a name");
        let begin = |id: &ProjectId| Stored::new(Ledger::new(*id, Project::new(name(), Millis(0))), people);
        Disk {
            epoch: Epoch(dice.bits()),
            projects: projects.iter().map(begin).collect(),
            marks: Vec::new(),
        }
    }

    /// Writes a batch.
    pub(crate) fn commit(&mut self, rows: &[Row], ledgers: &[(usize, Ledger)]) {
        self.marks.push(self.mark());
        for row in rows {
            match row {
                Row::Change(project, recorded) => self.projects[*project].append(recorded.clone()),
                Row::Refusal(project, actor, mid, reason) => {
                    self.projects[*project].refused.push((*actor, *mid, reason.clone()));
                }
                Row::Seat(seat) => self.projects[seat.project].standings[seat.person] = seat.standing,
            }
        }
        for (project, ledger) in ledgers {
            self.projects[*project].keep_snapshot(ledger);
        }
    }

    /// What is there so far is never lost.
    pub(crate) fn settle(&mut self) {
        self.marks.clear();
    }

    fn mark(&self) -> Mark {
        self.projects
            .iter()
            .map(|stored| (stored.history.len(), stored.refused.len(), stored.standings.clone()))
            .collect()
    }

    /// Loses the last batches, though it had confirmed them. How many revisions are gone.
    pub(crate) fn lose(&mut self, batches: usize) -> usize {
        let before: usize = self.projects.iter().map(|stored| stored.history.len()).sum();
        for _ in 0..batches {
            let Some(mark) = self.marks.pop() else { break };
            for (stored, (changes, refusals, standings)) in self.projects.iter_mut().zip(mark) {
                stored.cut(changes, refusals);
                stored.standings = standings;
            }
        }
        let after: usize = self.projects.iter().map(|stored| stored.history.len()).sum();
        before - after
    }

    /// What became of an actor's mutations.
    pub(crate) fn fates(&self, (project, actor): (usize, ActorId), mids: &[Mid]) -> Fates {
        let stored = &self.projects[project];
        let fate = |mid: &Mid| stored.fate(actor, *mid).map(|fate| (*mid, fate));
        mids.iter().filter_map(fate).collect()
    }

    /// What it holds of what a reader has missed.
    pub(crate) fn missed(&self, project: usize, span: Range<u64>) -> Missed {
        let stored = &self.projects[project];
        let hash = (span.start >= stored.floor)
            .then(|| stored.hash_at(span.start))
            .flatten();
        // How many bytes they take is a matter of limits that a small project never reaches.
        Missed { hash, bytes: 0 }
    }
}

impl Stored {
    fn new(ledger: Ledger, people: usize) -> Stored {
        Stored {
            history: Vec::new(),
            refused: Vec::new(),
            applied: HashMap::new(),
            snapshots: vec![ledger],
            floor: 0,
            standings: vec![Standing::Is(Role::Owner); people],
        }
    }

    fn append(&mut self, recorded: Rc<Recorded>) {
        self.applied.insert(recorded.mid, (recorded.actor.id, recorded.rev));
        self.history.push(recorded);
    }

    fn keep_snapshot(&mut self, ledger: &Ledger) {
        let last = self.snapshots.last().map_or(0, |last| last.version().rev);
        if ledger.version().rev / SNAPSHOT_EVERY > last / SNAPSHOT_EVERY {
            self.snapshots.push(ledger.clone());
        }
    }

    fn cut(&mut self, changes: usize, refusals: usize) {
        for lost in self.history.drain(changes..) {
            self.applied.remove(&lost.mid);
        }
        // One that was carried out twice is still there.
        for kept in &self.history {
            self.applied.insert(kept.mid, (kept.actor.id, kept.rev));
        }
        self.refused.truncate(refusals);
        self.snapshots.retain(|ledger| ledger.version().rev <= changes as u64);
        self.floor = self.floor.min(changes as u64);
    }

    /// Makes everything up to that revision unreadable as changes.
    pub(crate) fn compact(&mut self, upto: u64) {
        self.floor = self.floor.max(upto);
    }

    /// The present, by replaying what was written since the last snapshot. None where it does not hold together.
    pub(crate) fn replay(&self) -> Option<Ledger> {
        let mut ledger = self.snapshots.last()?.clone();
        let from = usize::try_from(ledger.version().rev).ok()?;
        for recorded in &self.history[from..] {
            ledger.follow(recorded).ok()?;
        }
        Some(ledger)
    }

    fn hash_at(&self, rev: u64) -> Option<backlog::Hash> {
        match rev.checked_sub(1) {
            None => self.snapshots.first().map(|ledger| ledger.version().hash),
            Some(place) => self.history.get(usize::try_from(place).ok()?).map(|at| at.hash),
        }
    }

    pub(crate) fn holds(&self, mid: Mid) -> bool {
        self.applied.contains_key(&mid)
    }

    fn fate(&self, actor: ActorId, mid: Mid) -> Option<Fate> {
        if let Some((_, rev)) = self.applied.get(&mid).filter(|(by, _)| *by == actor) {
            return Some(Fate::Applied(*rev));
        }
        let refused = self.refused.iter().find(|(by, of, _)| (*by, *of) == (actor, mid));
        refused.map(|(_, _, reason)| Fate::Rejected(reason.clone()))
    }
}

/// Who a person is to the server.
pub(crate) fn actor(person: usize) -> Actor {
    const NAMES: [&str; 4] = ["Ann", "Bob", "Cem", "Dee"];
    Actor {
        id: ActorId(backlog::id::Bits128(1 + person as u128)),
        name: Name::new(NAMES[person % NAMES.len()]).expect("a short word is a name"),
    }
}
