//! Who is meant by `@Name`. Knows names and nothing of where they stand.

use backlog::{ActorId, Name};
use std::collections::{BTreeMap, HashMap};

/// A project's people, by the first letter of their names.
#[derive(Debug)]
pub(super) struct People {
    // Folded names, the longest first.
    by_first: HashMap<char, Vec<(Vec<char>, ActorId)>>,
}

impl People {
    pub(super) fn new(people: &BTreeMap<ActorId, Name>) -> People {
        let mut by_first: HashMap<char, Vec<_>> = HashMap::new();
        for (id, name) in people {
            let folded: Vec<char> = name.as_str().chars().map(fold).collect();
            if let Some(first) = folded.first() {
                by_first.entry(*first).or_default().push((folded, *id));
            }
        }
        for names in by_first.values_mut() {
            // Stable: of two people with one name it is always the same.
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        People { by_first }
    }

    /// Whose name a text begins with, however it is capitalised, and the name's length in bytes. The longest name counts.
    pub(super) fn named_by(&self, text: &str) -> Option<(ActorId, usize)> {
        let first = text.chars().next().map(fold)?;
        self.by_first
            .get(&first)?
            .iter()
            .find_map(|(name, id)| Some((*id, begins_with(text, name)?)))
    }
}

fn begins_with(text: &str, name: &[char]) -> Option<usize> {
    let mut rest = text.chars();
    name.iter().all(|c| rest.next().map(fold) == Some(*c)).then_some(())?;
    let ends = rest.clone().next().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    ends.then(|| text.len() - rest.as_str().len())
}

fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}
