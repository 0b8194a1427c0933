//! Search: what one types to find stories, what it means, and which stories it finds. Pure: no clock, no I/O, and no panic on any
//! text.
//!
//! | typed | finds stories |
//! |---|---|
//! | `pay card` | that have both words somewhere |
//! | `"pay by card"` | that have exactly that, white space aside |
//! | `-pay`, `NOT pay` | that do not have it |
//! | `pay OR card`, `(pay OR card) mail` | OR binds looser than the AND that is understood between two conditions |
//! | `state:started,finished` | of which the field is one of these; [`Field`] lists the fields |
//! | `estimate:>=3`, `created:2026-01..2026-03`, `accepted:>=today-7` | of which it lies there; both ends count |
//! | `has:deadline`, `no:owner`, `is:late` | that carry it, lack it, are so |
//! | `#12`, `id:12` | with that number, here or in the program that they were imported from |
//!
//! Words are looked for in titles, descriptions, labels, comments, tasks, blockers, links, kinds of reviews, numbers and the names of people,
//! whatever their case and accents. A label is meant whole. People and epics are meant whole too where one is called just so; otherwise by the
//! beginnings of their words.
//!
//! `AND`, `OR` and `NOT` are written large: small they are words. A backslash makes a quote inside quotes a character.

mod called;
mod complete;
mod condition;
mod field;
mod find;
mod fold;
mod index;
mod names;
mod needle;
mod parse;
mod print;
mod sieve;
mod span;
mod texts;
mod token;
mod value;

pub use complete::{Completion, Known, complete};
pub use condition::{Condition, Date, Moment, Part, Place, Quality, Role, Term, Whom};
pub use field::Field;
pub use find::Context;
pub use index::{Found, Index};
pub use span::Span;

use std::ops::Range;

/// What someone looks for. Written out, it reads as one that means the same, unless quotes make it longer than [`Search::MAX`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search(Condition);

/// Something in a search that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands, in bytes of the text; both ends lie between characters.
    pub at: Range<usize>,
    /// What is wrong, and what would be right, in sentences.
    pub words: String,
}

impl Search {
    /// The most characters that are looked at.
    pub const MAX: usize = 10_000;
    /// How deep brackets may stand in one another.
    pub const MAX_DEPTH: usize = 50;
    /// The most mistakes that are told of one text.
    pub const MAX_MISTAKES: usize = 20;

    /// Reads what was typed. A text of nothing but white space finds every story.
    ///
    /// # Errors
    /// Its mistakes, in the order in which they stand; at least one.
    pub fn parse(text: &str) -> Result<Search, Vec<Mistake>> {
        parse::parse(text).map(Search)
    }

    /// What it looks for.
    pub fn condition(&self) -> &Condition {
        &self.0
    }

    /// Whether it asks for anything at all.
    pub fn is_blank(&self) -> bool {
        matches!(&self.0, Condition::All(all) if all.is_empty())
    }
}

/// A condition on labels that is met by this one alone, as it is typed.
pub fn for_label(label: &crate::Label) -> String {
    format!("{}:{}", Field::Label.name(), print::Quoted(label.as_str()))
}

#[cfg(test)]
mod tests;
