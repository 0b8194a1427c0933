//! The words that stand for values: one table for each kind, for reading, writing out, explaining and completing.

use super::condition::{Part, Quality};
use crate::{Priority, State, StoryType};

/// Words that stand for values. The first word of a value is the one that is written out.
pub(super) type Names<T> = &'static [(&'static str, T)];

pub(super) const TYPES: Names<StoryType> = &[
    ("feature", StoryType::Feature),
    ("bug", StoryType::Bug),
    ("chore", StoryType::Chore),
    ("release", StoryType::Release),
];

pub(super) const STATES: Names<State> = &[
    ("unscheduled", State::Unscheduled),
    ("unstarted", State::Unstarted),
    ("started", State::Started),
    ("finished", State::Finished),
    ("delivered", State::Delivered),
    ("accepted", State::Accepted),
    ("rejected", State::Rejected),
];

pub(super) const PRIORITIES: Names<Priority> = &[
    ("p0", Priority::P0),
    ("p1", Priority::P1),
    ("p2", Priority::P2),
    ("p3", Priority::P3),
];

pub(super) const PARTS: Names<Part> = &[
    ("owner", Part::Owner),
    ("requester", Part::Requester),
    ("follower", Part::Follower),
    ("label", Part::Label),
    ("epic", Part::Epic),
    ("estimate", Part::Estimate),
    ("priority", Part::Priority),
    ("description", Part::Description),
    ("comment", Part::Comment),
    ("task", Part::Task),
    ("blocker", Part::Blocker),
    ("review", Part::Review),
    ("link", Part::Link),
    ("deadline", Part::Deadline),
    ("owners", Part::Owner),
    ("followers", Part::Follower),
    ("labels", Part::Label),
    ("points", Part::Estimate),
    ("comments", Part::Comment),
    ("tasks", Part::Task),
    ("blockers", Part::Blocker),
    ("reviews", Part::Review),
    ("links", Part::Link),
    ("due", Part::Deadline),
];

pub(super) const QUALITIES: Names<Quality> = &[
    ("blocked", Quality::Blocked),
    ("late", Quality::Late),
    ("mine", Quality::Mine),
    ("unestimated", Quality::Unestimated),
    ("open", Quality::Open),
    ("done", Quality::Done),
    ("current", Quality::Current),
    ("backlog", Quality::Planned),
    ("unscheduled", Quality::State(State::Unscheduled)),
    ("unstarted", Quality::State(State::Unstarted)),
    ("started", Quality::State(State::Started)),
    ("finished", Quality::State(State::Finished)),
    ("delivered", Quality::State(State::Delivered)),
    ("accepted", Quality::State(State::Accepted)),
    ("rejected", Quality::State(State::Rejected)),
    ("feature", Quality::Type(StoryType::Feature)),
    ("bug", Quality::Type(StoryType::Bug)),
    ("chore", Quality::Type(StoryType::Chore)),
    ("release", Quality::Type(StoryType::Release)),
    ("icebox", Quality::State(State::Unscheduled)),
];

/// The value that a word stands for, in large or small letters.
pub(super) fn value_of<T: Copy>(names: Names<T>, word: &str) -> Option<T> {
    let is_so = |(name, _): &&(&str, T)| name.eq_ignore_ascii_case(word);
    names.iter().find(is_so).map(|(_, value)| *value)
}

/// The words that are written out, in their order.
pub(super) fn words<T: Copy + PartialEq>(names: Names<T>) -> impl Iterator<Item = &'static str> {
    let is_first = move |(name, value): &&(&'static str, T)| name_of(names, *value) == *name;
    names.iter().filter(is_first).map(|(name, _)| *name)
}

/// The word that stands for a value.
pub(super) fn name_of<T: Copy + PartialEq>(names: Names<T>, value: T) -> &'static str {
    let named = names.iter().find(|(_, other)| *other == value);
    named.map_or("", |(name, _)| name)
}

/// The one of several words that someone may have meant: of which it is the beginning, or that differs in two letters at most.
pub(super) fn nearest<T>(word: &str, known: impl Iterator<Item = (&'static str, T)>) -> Option<T> {
    /// No name is as long, and what the comparison costs grows with the length.
    const LONGEST: usize = 20;
    if word.is_empty() || word.chars().count() > LONGEST {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let distance = |name: &str| match name.starts_with(&word) {
        true => 0,
        false => distance(&word, name),
    };
    let measured = known.map(|(name, value)| (distance(name), value));
    let (distance, nearest) = measured.min_by_key(|(distance, _)| *distance)?;
    let most = if word.chars().count() < 4 { 1 } else { 2 };
    (distance <= most).then_some(nearest)
}

/// How many letters must be put in, left out or exchanged to make one word the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut aslant = row[0];
        row[0] = place + 1;
        for (column, theirs) in other.iter().enumerate() {
            let exchanged = aslant + usize::from(letter != *theirs);
            aslant = row[column + 1];
            row[column + 1] = exchanged.min(aslant + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}
