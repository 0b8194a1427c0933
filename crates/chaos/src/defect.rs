//! Rules that can be broken on purpose, to see that the verdict notices: a chaos that finds nothing then proves nothing.

#[cfg(feature = "defects")]
use replica::Rule;
use std::fmt;
use std::str::FromStr;

/// A rule that clients break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// The device says that it keeps commands and does not.
    Forgets,
    /// The replica breaks a rule of its own.
    #[cfg(feature = "defects")]
    Without(Rule),
}

/// The defects by name. Those of the replica are there where its feature `defects` is on.
const NAMED: &[(&str, Defect)] = &[
    ("forgets", Defect::Forgets),
    #[cfg(feature = "defects")]
    ("gaps", Defect::Without(Rule::Gaps)),
    #[cfg(feature = "defects")]
    ("duplicates", Defect::Without(Rule::Duplicates)),
    #[cfg(feature = "defects")]
    ("hashes", Defect::Without(Rule::Hashes)),
    #[cfg(feature = "defects")]
    ("tray", Defect::Without(Rule::Tray)),
];

/// A name that no defect has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchDefect;

impl fmt::Display for NoSuchDefect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        write!(f, "there is {}; more with `--features defects`", names.join(", "))
    }
}

impl std::error::Error for NoSuchDefect {}

impl FromStr for Defect {
    type Err = NoSuchDefect;

    fn from_str(name: &str) -> Result<Self, NoSuchDefect> {
        let found = NAMED.iter().find(|(known, _)| *known == name);
        found.map(|(_, defect)| *defect).ok_or(NoSuchDefect)
    }
}
