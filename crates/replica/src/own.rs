//! The own commands of this device: the queue, the journal and what needs attention, as stages of one list.
//!
//! A command is never in two stages and leaves the list only when it is surely in the history, or a person threw it away.

use crate::refusal::Refusal;
use backlog::api::to_json;
use backlog::id::Bits128;
use backlog::{Actor, ActorId, Command, Epoch, Hand, Mid, Millis, Name, Version};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most commands that wait for the server's word. All of them can be asked after in one request.
pub const MAX_PENDING: usize = 3_000;
/// The confirmed commands that are kept: so that they can be undone after a reload, and sent again to a server that lost
/// them.
pub const JOURNAL: usize = 500;

/// The form in which a command is written to a device. A program that reads a later one leaves it alone.
const FORM: u32 = 1;

/// What this device keeps of an own command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Kept {
    /// Its mutation id: 128 fresh random bits.
    pub mid: Mid,
    /// Who gave it. Nobody knows it of a command that was kept before it was written down: its own device alone shows it, until
    /// the server says whose it is.
    #[serde(default = "somebody")]
    pub by: Actor,
    /// When it was given. Own commands are ordered by it.
    pub at: Millis,
    /// The revision that one saw when it was given.
    pub base: u64,
    /// A version that does not hold it: the one that one saw then, or a later one of which the server said so. None before the
    /// first base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Version>,
    /// The command.
    pub command: Command,
    /// What takes its effect back, to be given in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undo: Vec<Command>,
    /// The own command that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Mid>,
    /// How far it has come.
    pub stage: Stage,
}

fn somebody() -> Actor {
    Actor {
        id: ActorId(Bits128(0)),
        name: Name::new("Somebody").expect("a name of eight letters is one"),
    }
}

/// How far an own command has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The server has not said what became of it.
    Pending,
    /// It is in the history.
    Confirmed {
        /// At this revision.
        rev: u64,
        /// In this life of the database.
        epoch: Epoch,
    },
    /// It was refused and needs a person's attention.
    Refused(Refusal),
    /// It was confirmed, but the server was put back to a time before it. A person decides whether it is given again.
    Lost,
}

impl Stage {
    /// Whether a person has to look at it.
    pub fn needs_attention(&self) -> bool {
        match self {
            Stage::Refused(_) | Stage::Lost => true,
            Stage::Pending | Stage::Confirmed { .. } => false,
        }
    }
}

/// A text that this program cannot read as a kept command: of a later program, or damaged. It must be left where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this program is too old to read what the device keeps")
    }
}

impl std::error::Error for Unreadable {}

#[derive(Serialize)]
struct Written<'a> {
    form: u32,
    kept: &'a Kept,
}

#[derive(Deserialize)]
struct Read {
    form: u32,
    kept: serde_json::Value,
}

impl Kept {
    /// Who gave it, and when.
    pub fn hand(&self) -> Hand<'_> {
        Hand {
            by: &self.by,
            at: self.at,
        }
    }

    /// The text to write to the device.
    pub fn to_text(&self) -> String {
        to_json(&Written { form: FORM, kept: self })
    }

    /// Reads what [`Kept::to_text`] wrote, in this program or an earlier one.
    pub fn from_text(text: &str) -> Result<Kept, Unreadable> {
        let Read { form, kept } = serde_json::from_str(text).map_err(|_| Unreadable)?;
        if form != FORM {
            return Err(Unreadable);
        }
        serde_json::from_value(kept).map_err(|_| Unreadable)
    }
}

/// An own command and what this copy knows of it beyond what the device keeps.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) kept: Kept,
    /// Whether the device holds it. Until then it is not shown and not sent.
    pub(crate) written: bool,
    /// Whether the base holds it.
    pub(crate) held: Held,
    /// What the device was last seen to keep that said less than is known here.
    pub(crate) overruled: Option<Box<Kept>>,
}

/// Whether a base holds an own command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// It does not: the command is laid over it.
    No,
    /// It does.
    Yes,
    /// The copy cannot tell. Until the server has, the command is not laid over the base, or it might show twice.
    Unknown,
}

impl Own {
    /// Whether it is laid over the base.
    pub(crate) fn is_over(&self) -> bool {
        let lives = match self.kept.stage {
            Stage::Pending | Stage::Confirmed { .. } => true,
            Stage::Refused(_) | Stage::Lost => false,
        };
        lives && self.written && self.held == Held::No
    }

    /// Whether the server must be asked what became of it: it was confirmed, but nothing here shows that the base holds it. The
    /// base may be on its way there, or the server may have lost it.
    pub(crate) fn is_doubtful(&self) -> bool {
        matches!(self.kept.stage, Stage::Confirmed { .. }) && self.held != Held::Yes
    }

    /// Whether the server has said more of it than what a device keeps.
    pub(crate) fn knows_more_than(&self, kept: &Kept) -> bool {
        kept.stage == Stage::Pending && self.kept.stage != Stage::Pending
    }

    /// Whether it waits to be sent.
    pub(crate) fn is_to_send(&self) -> bool {
        self.written && self.kept.stage == Stage::Pending
    }
}

/// All own commands, in the order in which they were given.
#[derive(Debug, Default)]
pub(crate) struct OwnCommands(Vec<Own>);

impl OwnCommands {
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Own> {
        self.0.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Own> {
        self.0.iter_mut()
    }

    pub(crate) fn get(&self, mid: Mid) -> Option<&Own> {
        // What is asked for is mostly young.
        self.0.iter().rev().find(|own| own.kept.mid == mid)
    }

    pub(crate) fn get_mut(&mut self, mid: Mid) -> Option<&mut Own> {
        self.0.iter_mut().rev().find(|own| own.kept.mid == mid)
    }

    /// Takes one in, unless it is here.
    pub(crate) fn insert(&mut self, own: Own) {
        if self.get(own.kept.mid).is_some() {
            return;
        }
        let key = |own: &Own| (own.kept.at, own.kept.mid);
        let place = self.0.partition_point(|other| key(other) < key(&own));
        self.0.insert(place, own);
    }

    pub(crate) fn remove(&mut self, mid: Mid) -> Option<Own> {
        let place = self.0.iter().position(|own| own.kept.mid == mid)?;
        Some(self.0.remove(place))
    }

    pub(crate) fn retain(&mut self, keep: impl FnMut(&Own) -> bool) {
        self.0.retain(keep);
    }

    /// Those laid over the base, in order.
    pub(crate) fn over(&self) -> impl Iterator<Item = &Kept> {
        self.0.iter().filter(|own| own.is_over()).map(|own| &own.kept)
    }

    /// A time for the next one: not before any other.
    pub(crate) fn next_at(&self, now: Millis) -> Millis {
        self.0.last().map_or(now, |last| Millis(now.0.max(last.kept.at.0 + 1)))
    }

    /// Lets go of the oldest confirmed ones that a saved base of that revision holds, but for a journal of so many.
    pub(crate) fn trim(&mut self, saved: u64, journal: usize) -> Vec<Mid> {
        let held =
            |own: &Own| own.held == Held::Yes && matches!(own.kept.stage, Stage::Confirmed { rev, .. } if rev <= saved);
        let confirmed = self.0.iter().filter(|own| held(own)).count();
        let spare = confirmed.saturating_sub(journal);
        let gone: Vec<Mid> = self
            .0
            .iter()
            .filter(|own| held(own))
            .take(spare)
            .map(|own| own.kept.mid)
            .collect();
        self.0.retain(|own| !gone.contains(&own.kept.mid));
        gone
    }
}
