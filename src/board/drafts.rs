//! All drafts: which of them is open, and which the device holds. What the device is to do is answered as effects.

use super::column::Column;
use super::draft::{Draft, Saving, Subject};
use super::msg::DeviceEffect;
use backlog::{Story, StoryId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All drafts.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    open: Option<StoryId>,
    kept: BTreeMap<StoryId, Draft>,
    // What the device was told to keep and not yet told to let go of.
    on_device: BTreeSet<StoryId>,
    // Drafts of stories that are gone: the device keeps them until someone has read the notice.
    orphans: BTreeSet<StoryId>,
}

/// What became of a form whose command the device holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It was open and is closed.
    Open,
    /// It was closed already, or is open still because one went on typing.
    Elsewhere,
}

impl Drafts {
    /// The open draft.
    pub fn open(&self) -> Option<(StoryId, &Draft)> {
        self.open.and_then(|id| Some((id, self.kept.get(&id)?)))
    }

    /// The open draft, to write in.
    pub fn open_mut(&mut self) -> Option<&mut Draft> {
        self.kept.get_mut(&self.open?)
    }

    /// The column that shows the form of a story to be.
    pub fn new_form(&self) -> Option<Column> {
        self.open()?.1.column()
    }

    /// Whether a story to be was begun in a column and is not open.
    pub fn is_begun(&self, column: Column) -> bool {
        let begun = |(id, draft): (&StoryId, &Draft)| self.open != Some(*id) && draft.column() == Some(column);
        self.kept.iter().any(begun)
    }

    /// Opens a story; what was typed into it before is still there.
    pub fn open_story(&mut self, story: &Arc<Story>) {
        self.close();
        self.kept.entry(story.id).or_insert_with(|| Draft::of(story));
        self.open = Some(story.id);
    }

    /// Opens the form of a story to be; one that was begun in that column before, or an empty one.
    pub fn open_new(&mut self, column: Column, fresh: StoryId) {
        self.close();
        let is_begun = |draft: &Draft| draft.column() == Some(column) && draft.saving == Saving::No;
        let begun = self.kept.iter().find_map(|(id, draft)| is_begun(draft).then_some(*id));
        let id = begun.unwrap_or(fresh);
        self.kept.entry(id).or_insert_with(|| Draft::new(column));
        self.open = Some(id);
    }

    /// Closes the open form. What is not saved is kept.
    pub fn close(&mut self) -> Option<StoryId> {
        let id = self.open.take()?;
        if !self.is_unsaved(id) {
            self.kept.remove(&id);
        }
        Some(id)
    }

    /// Forgets a draft: it was saved or thrown away.
    pub fn forget(&mut self, id: StoryId) {
        self.kept.remove(&id);
        self.open = self.open.filter(|open| *open != id);
    }

    /// The device holds the command that saves a draft. A form in which one went on typing stays, on top of what the story
    /// says by then.
    pub fn saved(&mut self, id: StoryId, story: Option<&Arc<Story>>) -> Closed {
        let was_open = self.open == Some(id);
        match (self.kept.get_mut(&id), story) {
            (Some(draft), Some(story)) if matches!(draft.saving, Saving::TypedSince(_)) => {
                draft.go_on_with(story);
                Closed::Elsewhere
            }
            _ => {
                self.forget(id);
                if was_open { Closed::Open } else { Closed::Elsewhere }
            }
        }
    }

    /// The story of a draft is gone. Answers what was typed into it, which the device goes on keeping.
    pub fn orphan(&mut self, id: StoryId) -> Option<String> {
        let words = self.kept.get(&id).filter(|draft| draft.is_unsaved()).map(Draft::words);
        if words.is_some() {
            self.orphans.insert(id);
        }
        self.forget(id);
        words
    }

    /// What an orphan said was read.
    pub fn orphan_read(&mut self, id: StoryId) {
        self.orphans.remove(&id);
    }

    /// Takes over what the device kept, unless the page has one of the same story. None where it cannot be read.
    pub fn restore(&mut self, id: StoryId, text: &str) -> Option<()> {
        let draft = Draft::from_text(text)?;
        if !self.orphans.contains(&id) {
            self.on_device.insert(id);
            self.kept.entry(id).or_insert(draft);
        }
        Some(())
    }

    /// What the device is to write: each text that it does not hold yet.
    pub fn due(&mut self) -> Vec<DeviceEffect> {
        let mut writes = Vec::new();
        for (id, draft) in &mut self.kept {
            if draft.is_unsaved() && draft.asked != draft.edition {
                draft.asked = draft.edition;
                self.on_device.insert(*id);
                writes.push(DeviceEffect::PutDraft {
                    id: *id,
                    edition: draft.edition,
                    text: draft.to_text(),
                });
            }
        }
        writes
    }

    /// What the device is to let go of: each draft that was saved, thrown away, or says what its story says.
    pub fn let_go(&mut self) -> Vec<DeviceEffect> {
        let (kept, orphans) = (&self.kept, &self.orphans);
        let is_needed = |id: &StoryId| orphans.contains(id) || kept.get(id).is_some_and(Draft::is_unsaved);
        let gone: Vec<StoryId> = self.on_device.iter().copied().filter(|id| !is_needed(id)).collect();
        self.on_device.retain(|id| !gone.contains(id));
        gone.into_iter().map(DeviceEffect::RemoveDraft).collect()
    }

    /// The device keeps nothing of what it was told to.
    pub fn wiped(&mut self) {
        self.on_device.clear();
        for draft in self.kept.values_mut() {
            (draft.asked, draft.written) = (0, 0);
            draft.edition += 1;
        }
    }

    /// The device holds an edition of a draft.
    pub fn written(&mut self, id: StoryId, edition: u32) {
        if let Some(draft) = self.kept.get_mut(&id) {
            draft.written = draft.written.max(edition);
        }
    }

    /// Whether text typed into a story is not saved.
    pub fn is_unsaved(&self, id: StoryId) -> bool {
        self.kept.get(&id).is_some_and(Draft::is_unsaved)
    }

    /// How many hold text that is not saved.
    pub fn unsaved(&self) -> usize {
        self.kept.values().filter(|draft| draft.is_unsaved()).count()
    }

    /// Whether the device holds all text that is not saved.
    pub fn are_written(&self) -> bool {
        let is_written = |draft: &Draft| draft.written == draft.edition;
        self.kept.values().filter(|draft| draft.is_unsaved()).all(is_written)
    }

    /// Every draft.
    pub fn all(&self) -> impl Iterator<Item = (StoryId, &Draft)> {
        self.kept.iter().map(|(id, draft)| (*id, draft))
    }

    /// Every draft, to let it follow its story.
    pub fn all_mut(&mut self) -> impl Iterator<Item = (StoryId, &mut Draft)> {
        self.kept.iter_mut().map(|(id, draft)| (*id, draft))
    }

    /// A story to be is there: its draft goes on with it.
    pub fn is_there(&mut self, story: &Arc<Story>) {
        if let Some(draft) = self.kept.get_mut(&story.id)
            && let (Subject::New(_), Saving::No) = (&draft.subject, &draft.saving)
        {
            draft.go_on_with(story);
        }
    }
}
