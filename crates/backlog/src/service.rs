//! How the server treats a sync request, as functions of values: which commands it carries out and what it writes down of them,
//! what it says of a mutation, and how a client catches up. The server's writer drives them with a store, a simulation with a
//! list in memory, so that what is simulated is what ships.
//!
//! Knows no store and does not wait: what the store holds comes in as arguments, what it is to hold goes out.

use crate::access::{is_of_membership, may};
use crate::api::{Fate, Outcome};
use crate::{Actor, Command, Hash, Ledger, Mid, Millis, Project, Recorded, Rejection, Role, Sent, Version};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The most changes in one answer; who is further behind is told to take a snapshot.
pub const MAX_CHANGES: u64 = 5_000;
/// The most bytes of changes in one answer; it stands in memory several times over until it is sent. Who has missed more
/// takes a snapshot, which holds each story once.
pub const MAX_CATCH_UP: u64 = 4 * 1024 * 1024;

/// What became of one person's mutations in one project, those that it has seen.
pub type Fates = HashMap<Mid, Fate>;

/// Commands that arrived together.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// Who gave them.
    pub author: &'a Actor,
    /// What their author is in the project at this moment.
    pub role: Role,
    /// When they arrived.
    pub at: Millis,
    /// In the order in which they were given.
    pub commands: &'a [Sent],
}

/// One command, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// The command.
    pub sent: &'a Sent,
    /// What was done.
    pub done: Done,
}

/// What was done about a command, and with that what is to be written down of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing: the mutation was here before and keeps its fate. Nothing is to be written.
    Repeated(Fate),
    /// It was carried out: this is to be appended to the history, with its command.
    Recorded(Box<Recorded>),
    /// It was refused: the reason is to be kept for its mutation.
    Refused(Rejection),
}

impl Step<'_> {
    /// What its sender is told.
    pub fn outcome(&self) -> Outcome {
        let fate = match &self.done {
            Done::Repeated(fate) => fate.clone(),
            Done::Recorded(recorded) => Fate::Applied(recorded.rev),
            Done::Refused(reason) => Fate::Rejected(reason.clone()),
        };
        Outcome {
            mid: self.sent.mid,
            fate,
        }
    }
}

/// Carries out the commands that the project has not seen and that the author's role allows, and repeats what became of the others,
/// one step for each, in order. `known` holds the author's fates as far as these commands go, and what becomes of them is added to it.
///
/// The ledger has moved on when this returns. Where its steps cannot be written down, it is to be thrown away with them.
pub fn carry_out<'a>(ledger: &mut Ledger, known: &mut Fates, arrived: Arrived<'a>) -> Vec<Step<'a>> {
    let may = |command: &Command, project: &Project| may(arrived.role, command, project, arrived.author.id);
    carry_out_if(may, ledger, known, arrived)
}

/// Carries out what the server itself says: that someone joined or left, in the name of whoever did it and whatever their role. Like
/// [`carry_out`], but that every other command is refused, so that nobody gets anything else done by it.
pub fn carry_out_membership<'a>(ledger: &mut Ledger, known: &mut Fates, arrived: Arrived<'a>) -> Vec<Step<'a>> {
    let may = |command: &Command, _: &Project| match is_of_membership(command) {
        true => Ok(()),
        false => Err(Rejection::NotAllowed),
    };
    carry_out_if(may, ledger, known, arrived)
}

fn carry_out_if<'a>(
    may: impl Fn(&Command, &Project) -> Result<(), Rejection>,
    ledger: &mut Ledger,
    known: &mut Fates,
    arrived: Arrived<'a>,
) -> Vec<Step<'a>> {
    let mut steps = Vec::with_capacity(arrived.commands.len());
    for sent in arrived.commands {
        let done = match known.get(&sent.mid) {
            Some(fate) => Done::Repeated(fate.clone()),
            None => {
                let allowed = may(&sent.command, ledger.project());
                match allowed.and_then(|()| ledger.enter(sent, arrived.author, arrived.at)) {
                    Ok(recorded) => Done::Recorded(recorded.into()),
                    Err(reason) => Done::Refused(reason),
                }
            }
        };
        let step = Step { sent, done };
        known.insert(sent.mid, step.outcome().fate);
        steps.push(step);
    }
    steps
}

/// The mutations whose fates are still to be looked up: those asked after that the outcomes do not tell.
pub fn untold(asked: Vec<Mid>, outcomes: &[Outcome]) -> Vec<Mid> {
    let told: HashSet<Mid> = outcomes.iter().map(|outcome| outcome.mid).collect();
    asked.into_iter().filter(|mid| !told.contains(mid)).collect()
}

/// What is said of mutations asked after, by who stands at that head. The fates are to be looked up after the head was taken,
/// so that none that the head holds is called unknown.
pub fn tell(asked: Vec<Mid>, fates: &Fates, head: Version) -> Vec<Outcome> {
    let outcome = |mid| Outcome {
        mid,
        fate: fate_at(head, fates.get(&mid)),
    };
    asked.into_iter().map(outcome).collect()
}

/// What a head knows of a fate: what was applied later has not happened yet. Were it told, a client would take its command for
/// one that the answer's content holds.
pub fn fate_at(head: Version, fate: Option<&Fate>) -> Fate {
    match fate {
        Some(Fate::Applied(rev)) if *rev > head.rev => Fate::Unknown,
        Some(fate @ (Fate::Applied(_) | Fate::Rejected(_) | Fate::Unknown)) => fate.clone(),
        None => Fate::Unknown,
    }
}

/// How far a client has read, what it wants, and where the history ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// How far it has read; none where it holds nothing.
    pub since: Option<Version>,
    /// Whether it wants the whole project instead of changes.
    pub full: bool,
    /// Where the history ends.
    pub head: Version,
}

/// What the history holds of what a [`Reader`] has missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The hash of the revision up to which the reader has read; none where the history never had it.
    pub hash: Option<Hash>,
    /// How many bytes the changes after it take, up to the head.
    pub bytes: u64,
}

/// What a client is handed, so that it arrives at the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatchUp {
    /// It is there.
    Nothing,
    /// The changes after one revision, up to and including another.
    Changes {
        /// The last one that it has.
        after: u64,
        /// The last one that it gets.
        upto: u64,
    },
    /// What it has read is unknown here or too long ago: it is told to ask for everything.
    Reset,
    /// The whole project.
    Snapshot,
}

impl Reader {
    /// The revisions to ask the history about before [`Reader::catch_up`], as what was read and where the history ends; none
    /// where nothing that the history holds would matter.
    pub fn span(&self) -> Option<Range<u64>> {
        let since = self.since.filter(|_| !self.full)?;
        let (after, upto) = (since.rev, self.head.rev);
        (after < upto && upto - after <= MAX_CHANGES).then_some(after..upto)
    }

    /// What the client is handed. `missed` is what the history holds of the [`Reader::span`], where there is one.
    pub fn catch_up(&self, missed: Option<Missed>) -> CatchUp {
        let Some(since) = self.since.filter(|_| !self.full) else {
            return CatchUp::Snapshot;
        };
        if since == self.head {
            return CatchUp::Nothing;
        }
        let is_behind = |missed: Missed| missed.hash == Some(since.hash) && missed.bytes <= MAX_CATCH_UP;
        match self.span() {
            Some(span) if missed.is_some_and(is_behind) => CatchUp::Changes {
                after: span.start,
                upto: span.end,
            },
            Some(_) | None => CatchUp::Reset,
        }
    }
}

#[cfg(test)]
mod tests;
