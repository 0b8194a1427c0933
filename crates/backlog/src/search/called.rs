//! Whom and what a name means: people and epics are called whole, or by the beginnings of the words of their names.

use super::condition::Whom;
use super::find::Context;
use super::fold::fold;
use crate::{ActorId, Label, Project};
use std::collections::BTreeSet;

/// The labels of the epics that are called so, by their names or their labels.
pub(super) fn labels_of_epics<'a>(names: &[String], project: &'a Project) -> BTreeSet<&'a Label> {
    let epics = project.epics().iter().map(|epic| &epic.words);
    let known: Vec<(&Label, [String; 2])> = epics
        .map(|words| (&words.label, [fold(words.name.as_str()), fold(words.label.as_str())]))
        .collect();
    let mut labels = BTreeSet::new();
    for name in names {
        labels.extend(called(&fold(name), &known));
    }
    labels
}

/// Those that are called just so; where nobody is, those of whose names a word begins so.
fn called<T: Copy, const NAMES: usize>(needle: &str, known: &[(T, [String; NAMES])]) -> Vec<T> {
    let any_name = |is_meant: &dyn Fn(&str) -> bool| -> Vec<T> {
        let meant = known
            .iter()
            .filter(|(_, names)| names.iter().any(|name| is_meant(name)));
        meant.map(|(one, _)| *one).collect()
    };
    let mut meant = any_name(&|name| name == needle);
    if meant.is_empty() {
        meant = any_name(&|name| begins_a_word(name, needle));
    }
    meant
}

/// The labels of all epics.
pub(super) fn epic_labels(project: &Project) -> BTreeSet<&Label> {
    project.epics().iter().map(|epic| &epic.words.label).collect()
}

/// The people who are meant.
pub(super) fn people_called(whom: &[Whom], context: Context<'_>) -> BTreeSet<ActorId> {
    let known = context.project.people().iter();
    let known: Vec<(ActorId, [String; 1])> = known.map(|(id, name)| (*id, [fold(name.as_str())])).collect();
    let mut people = BTreeSet::new();
    for whom in whom {
        match whom {
            Whom::Me => people.extend(context.me),
            Whom::Named(name) => people.extend(called(&fold(name), &known)),
        }
    }
    people
}

/// Whether a text has another one that begins where a word does.
pub(super) fn begins_a_word(text: &str, needle: &str) -> bool {
    let begins = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric())
    };
    text.match_indices(needle).any(|(at, _)| begins(at))
}
