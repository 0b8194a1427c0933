//! The texts of a project's stories as they are compared, kept beside the stories so that a search does not make them anew. A text is
//! made once for each state of a story, and told apart by the story's pointer; many are made in slices, between which others can run.

use super::Search;
use super::find::{Candidate, Context, Finder};
use super::texts::Texts;
use crate::project::Slot;
use crate::{Label, Panel, Project, Story};
use std::collections::HashMap;
use std::sync::Arc;

/// Texts of a project's stories.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<Option<Entry>>,
    // The labels that living stories carry, the most frequent first; none where they are to be counted anew.
    labels: Option<Vec<Label>>,
}

#[derive(Debug)]
struct Entry {
    story: Arc<Story>,
    texts: Texts,
}

/// The stories that a search found, as places in one copy of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    bits: Vec<u64>,
    len: usize,
}

impl Found {
    /// Whether a story is among them.
    pub fn contains(&self, slot: Slot) -> bool {
        let (word, bit) = (slot.index() / 64, slot.index() % 64);
        self.bits.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A story more.
    pub fn insert(&mut self, slot: Slot) {
        if self.contains(slot) {
            return;
        }
        let (word, bit) = (slot.index() / 64, slot.index() % 64);
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << bit;
        self.len += 1;
    }
}

impl Index {
    /// Makes the texts of stories that are new or different, at most so many. Answers how many are left. Costs a comparison of
    /// pointers for each story that is the same.
    pub fn follow(&mut self, project: &Project, most: usize) -> usize {
        let mut behind = 0;
        for (slot, _) in living(project) {
            let story = project.at(slot);
            if self.entry(slot, story).is_some() {
                continue;
            }
            behind += 1;
            if behind <= most {
                self.put(slot, story.clone());
            }
        }
        behind.saturating_sub(most)
    }

    /// The stories of a project that a search finds, deleted ones left out. One whose text is not made yet is not found.
    pub fn find(&self, search: &Search, context: Context<'_>) -> Found {
        let finder = Finder::new(search, context);
        let mut found = Found::default();
        for (slot, place) in living(context.project) {
            let story = context.project.at(slot);
            let candidate = self.entry(slot, story).map(|entry| Candidate {
                story,
                texts: &entry.texts,
                place,
            });
            if candidate.is_some_and(|candidate| finder.finds(&candidate)) {
                found.insert(slot);
            }
        }
        found
    }

    /// The labels that stories carry, the most frequent first, equals by the alphabet. Counted anew where the texts have followed
    /// a change since.
    pub fn labels(&mut self, project: &Project) -> &[Label] {
        self.labels.get_or_insert_with(|| count_labels(project))
    }

    fn entry(&self, slot: Slot, story: &Arc<Story>) -> Option<&Entry> {
        let entry = self.entries.get(slot.index())?.as_ref();
        entry.filter(|entry| Arc::ptr_eq(&entry.story, story))
    }

    fn put(&mut self, slot: Slot, story: Arc<Story>) {
        if slot.index() >= self.entries.len() {
            self.entries.resize_with(slot.index() + 1, || None);
        }
        let texts = Texts::of(&story);
        self.entries[slot.index()] = Some(Entry { story, texts });
        self.labels = None;
    }
}

/// The stories that are not deleted, and the places in the plan of those in the backlog.
fn living(project: &Project) -> impl Iterator<Item = (Slot, Option<usize>)> {
    let backlog = project.order(Panel::Backlog).zip((0..).map(Some));
    backlog.chain(project.order(Panel::Icebox).map(|slot| (slot, None)))
}

fn count_labels(project: &Project) -> Vec<Label> {
    let mut counts: HashMap<&Label, u32> = HashMap::new();
    for (slot, _) in living(project) {
        for label in &project.at(slot).labels {
            *counts.entry(label).or_default() += 1;
        }
    }
    let mut labels: Vec<(&Label, u32)> = counts.into_iter().collect();
    labels.sort_by(|(one, ones), (other, others)| others.cmp(ones).then(one.cmp(other)));
    labels.into_iter().map(|(label, _)| label.clone()).collect()
}
