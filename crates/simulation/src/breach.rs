//! What must always hold, and how it is said that it did not.

use std::fmt;

/// An invariant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invariant {
    /// A base is a state that the server really had at that revision.
    I1,
    /// Every command takes effect exactly once, as it was given.
    I2,
    /// Every command is in the history, in a durable queue or in the tray.
    I3,
    /// An own edit is seen once, never twice.
    I4,
    /// An own edit never flickers away.
    I5,
    /// The list is a permutation of the stories.
    I6,
    /// A page's revision never falls within an epoch, unless the server lost it.
    I7,
    /// Queues drain once the faults stop.
    L1,
    /// All pages converge once the faults stop.
    L2,
    /// How far a page may be behind is bounded.
    L3,
    /// Nobody receives a change of a project whose member they are not.
    S1,
    /// Nobody's command takes effect that their role did not allow when it was carried out.
    S2,
}

/// An invariant that did not hold.
#[derive(Clone, Debug)]
pub struct Breach {
    /// Which.
    pub invariant: Invariant,
    /// What was seen.
    pub what: String,
}

impl Breach {
    pub(crate) fn new(invariant: Invariant, what: impl Into<String>) -> Breach {
        Breach {
            invariant,
            what: what.into(),
        }
    }
}

impl fmt::Display for Invariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Invariant::I1 => "a base is a state that the server really had",
            Invariant::I2 => "every command takes effect exactly once",
            Invariant::I3 => "every command is in the history, a durable queue or the tray",
            Invariant::I4 => "an own edit is seen once, never twice",
            Invariant::I5 => "an own edit never flickers away",
            Invariant::I6 => "the list is a permutation of the stories",
            Invariant::I7 => "a page's revision never falls within an epoch",
            Invariant::L1 => "queues drain once the faults stop",
            Invariant::L2 => "all pages converge once the faults stop",
            Invariant::L3 => "staleness is bounded",
            Invariant::S1 => "nobody receives a change of a project whose member they are not",
            Invariant::S2 => "nobody's command takes effect that their role does not allow",
        };
        write!(f, "{self:?}: {sentence}")
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.invariant, self.what)
    }
}
