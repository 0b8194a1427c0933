//! The rules that a simulation can switch off one by one, to see that it notices. Without the feature `defects` all of them are
//! kept, and the compiler knows it.

use crate::Replica;

/// A rule of the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A change is not applied while some before it are missing.
    Gaps,
    /// A change is not applied again.
    Duplicates,
    /// A change of another history is not applied, though its number fits.
    Hashes,
    /// An own command leaves the overlay when the base holds it, not when an answer comes.
    Overlay,
    /// What was refused or lost is kept for a person.
    Tray,
    /// What was confirmed is kept for a while.
    Journal,
    /// Outcomes count only where the answer is on the own chain.
    OwnChain,
    /// What one's role does not allow is not taken.
    Role,
}

impl Rule {
    /// The rule against applying a change of that revision that does not follow on a head.
    pub(crate) fn against(rev: u64, head: u64) -> Rule {
        match rev.cmp(&(head + 1)) {
            std::cmp::Ordering::Less => Rule::Duplicates,
            std::cmp::Ordering::Equal => Rule::Hashes,
            std::cmp::Ordering::Greater => Rule::Gaps,
        }
    }
}

impl Replica {
    /// Switches a rule off.
    #[cfg(feature = "defects")]
    pub fn break_rule(&mut self, rule: Rule) {
        self.broken = Some(rule);
    }

    #[cfg(feature = "defects")]
    pub(crate) fn keeps(&self, rule: Rule) -> bool {
        self.broken != Some(rule)
    }

    #[cfg(not(feature = "defects"))]
    pub(crate) fn keeps(&self, _rule: Rule) -> bool {
        true
    }
}
