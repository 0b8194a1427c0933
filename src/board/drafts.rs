//! All drafts: which of them is open, and which the device holds. What the device is to do is answered as effects.

use super::column::Column;
use super::draft::{Draft, Saving, Subject};
use super::msg::{DeviceEffect, DraftKey, PageId};
use backlog::{Millis, Story, StoryId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All drafts.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    open: Option<StoryId>,
    kept: BTreeMap<StoryId, Draft>,
    page: PageId,
    // The pages that drafts were typed on which this page took over.
    from: BTreeMap<StoryId, PageId>,
    // What the device was told to keep and not yet told to let go of.
    on_device: BTreeSet<DraftKey>,
    // Drafts that no form stands for: the device keeps them until someone has read the notice.
    orphans: BTreeSet<DraftKey>,
    // Drafts of stories that are gone, should one come back.
    aside: BTreeMap<StoryId, Draft>,
}

/// What became of a form whose command the device holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It was open and is closed.
    Open,
    /// It is open still: a text beside its fields is not sent.
    LeftBeside,
    /// It was closed already, or is open still because one went on typing.
    Elsewhere,
}

/// What became of a draft that the device kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    /// It is in the form of its story, or was there already.
    InForm,
    /// The form of its story holds a later one; this is what it is of, and its text.
    Beside(Option<String>, String),
    /// It cannot be read: it is of a later page.
    Unreadable,
}

impl Drafts {
    /// No drafts yet, on a page.
    pub fn new(page: PageId) -> Drafts {
        Drafts {
            page,
            ..Drafts::default()
        }
    }

    /// The page that they are on.
    pub fn page(&self) -> PageId {
        self.page
    }

    /// What the device calls the draft of a story.
    pub fn key_of(&self, story: StoryId) -> DraftKey {
        DraftKey {
            story,
            page: self.from.get(&story).copied().unwrap_or(self.page),
        }
    }

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
        self.tidy(id);
        Some(id)
    }

    /// Lets a draft go that is not open and holds nothing that is nowhere else.
    pub fn tidy(&mut self, id: StoryId) {
        if self.open != Some(id) && !self.kept.get(&id).is_some_and(Draft::is_needed) {
            self.kept.remove(&id);
        }
    }

    /// The draft of a story, open or not.
    pub fn get(&self, id: StoryId) -> Option<&Draft> {
        self.kept.get(&id)
    }

    /// The draft of a story, open or not, to write in; a fresh one where nothing was typed yet.
    pub fn of_mut(&mut self, story: &Arc<Story>) -> &mut Draft {
        self.kept.entry(story.id).or_insert_with(|| Draft::of(story))
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
            (Some(draft), Some(story)) if draft.left_beside(story).is_some() => {
                *draft = draft.left_beside(story).unwrap_or_else(|| Draft::of(story));
                if was_open {
                    Closed::LeftBeside
                } else {
                    Closed::Elsewhere
                }
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
            self.orphans.insert(self.key_of(id));
            self.aside.extend(self.kept.get(&id).cloned().map(|draft| (id, draft)));
        }
        self.forget(id);
        words
    }

    /// What an orphan said was read.
    pub fn orphan_read(&mut self, key: DraftKey) {
        self.orphans.remove(&key);
        self.aside.remove(&key.story);
    }

    /// The story of an orphan is there again: its form goes on with what was typed.
    pub fn bring_back(&mut self, id: StoryId) {
        if let Some(draft) = self.aside.remove(&id) {
            let page = self.orphans.iter().find(|key| key.story == id).map(|key| key.page);
            self.from.extend(page.map(|page| (id, page)));
            self.orphans.remove(&self.key_of(id));
            self.kept.entry(id).or_insert(draft);
        }
    }

    /// Takes over what the device kept. Of several drafts of one story the latest is to come first.
    pub fn restore(&mut self, key: DraftKey, text: &str) -> Restored {
        let Some((draft, _)) = Draft::from_text(text) else {
            return Restored::Unreadable;
        };
        if self.orphans.contains(&key) {
            return Restored::InForm;
        }
        self.on_device.insert(key);
        match self.kept.get(&key.story) {
            None => {
                self.from.insert(key.story, key.page);
                self.kept.insert(key.story, draft);
                Restored::InForm
            }
            Some(kept) if kept.words() == draft.words() || key == self.key_of(key.story) => Restored::InForm,
            Some(_) => {
                self.orphans.insert(key);
                Restored::Beside(draft.title_of_story(), draft.words())
            }
        }
    }

    /// What the device is to write: each text that it does not hold yet.
    pub fn due(&mut self, at: Millis) -> Vec<DeviceEffect> {
        let mut writes = Vec::new();
        for (id, draft) in &mut self.kept {
            if draft.is_unsaved() && draft.asked != draft.edition {
                draft.asked = draft.edition;
                let page = self.from.get(id).copied().unwrap_or(self.page);
                let key = DraftKey { story: *id, page };
                self.on_device.insert(key);
                writes.push(DeviceEffect::PutDraft {
                    key,
                    edition: draft.edition,
                    text: draft.to_text(at),
                });
            }
        }
        writes
    }

    /// What the device is to let go of: each draft that was saved, thrown away, or says what its story says.
    pub fn let_go(&mut self) -> Vec<DeviceEffect> {
        let in_form = |key: &DraftKey| *key == self.key_of(key.story) && self.is_needed(key.story);
        let is_needed = |key: &DraftKey| self.orphans.contains(key) || in_form(key);
        let gone: Vec<DraftKey> = self.on_device.iter().copied().filter(|key| !is_needed(key)).collect();
        self.on_device.retain(|key| !gone.contains(key));
        let kept = &self.kept;
        self.from.retain(|story, _| kept.contains_key(story));
        gone.into_iter().map(DeviceEffect::RemoveDraft).collect()
    }

    /// The device keeps nothing of what it was told to.
    pub fn wiped(&mut self) {
        self.on_device.clear();
        self.orphans.clear();
        for draft in self.kept.values_mut() {
            (draft.asked, draft.written) = (0, 0);
            draft.edition += 1;
        }
    }

    /// The device holds an edition of a draft.
    pub fn written(&mut self, key: DraftKey, edition: u32) {
        if key == self.key_of(key.story)
            && let Some(draft) = self.kept.get_mut(&key.story)
        {
            draft.written = draft.written.max(edition);
        }
    }

    fn is_needed(&self, id: StoryId) -> bool {
        self.kept.get(&id).is_some_and(Draft::is_needed)
    }

    /// Whether text typed into a story is not saved.
    pub fn is_unsaved(&self, id: StoryId) -> bool {
        self.kept.get(&id).is_some_and(Draft::is_unsaved)
    }

    /// How many hold text that is not saved, those too that no form stands for.
    pub fn unsaved(&self) -> usize {
        self.kept.values().filter(|draft| draft.is_unsaved()).count() + self.orphans.len()
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
