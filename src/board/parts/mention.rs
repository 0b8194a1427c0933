//! Who a text names: `@` and what someone is called, where no word goes before and none goes on after.

use backlog::{ActorId, Name};
use std::collections::BTreeMap;

/// The people named in a text, each once, as they come. Of names of which one begins the other the longest is meant; people of
/// one name are all meant.
pub fn mentioned(text: &str, people: &BTreeMap<ActorId, Name>) -> Vec<ActorId> {
    let mut named = Vec::new();
    let mut before = None;
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        if letter == '@' && !before.is_some_and(char::is_alphanumeric) {
            let fitting = people.iter().filter(|(_, name)| begins(rest.as_str(), name.as_str()));
            let longest = fitting.clone().map(|(_, name)| name.as_str().len()).max();
            let meant = fitting.filter(|(_, name)| Some(name.as_str().len()) == longest);
            named.extend(
                meant
                    .map(|(id, _)| *id)
                    .filter(|id| !named.contains(id))
                    .collect::<Vec<_>>(),
            );
        }
        before = Some(letter);
    }
    named
}

fn begins(text: &str, name: &str) -> bool {
    let after = text.strip_prefix(name);
    after.is_some_and(|after| !after.chars().next().is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests;
