//! Carrying out what changes a project besides single stories: settings, epics, saved searches, imports.

use super::{Existence, Project, Slot, Unfit};
use crate::project::facts_of;
use crate::{Epic, EpicId, Hand, Import, ImportId, Imported, SavedSearch, SearchId, SettingEdit, Settings};
use std::collections::HashSet;
use std::sync::Arc;

impl Project {
    pub(super) fn settings_edited(&mut self, edits: &[SettingEdit]) {
        let mut settings = self.settings.clone();
        edits.iter().cloned().for_each(|edit| settings.take(edit));
        self.plan_by(settings);
        self.settle();
    }

    /// Plans by these settings from now on. Estimates that the scale does not hold become the nearest.
    fn plan_by(&mut self, settings: Settings) {
        let is_other_scale = settings.scale != self.settings.scale;
        self.settings = settings;
        for slot in (0..self.stories.len()).map(|place| Slot(place as u32)) {
            let estimate = self.at(slot).estimate;
            let nearest = estimate.map(|estimate| self.settings.scale.nearest(estimate));
            if is_other_scale && estimate != nearest {
                self.edit(slot, |story| story.estimate = nearest);
            }
            self.facts[slot.index()] = facts_of(&self.stories[slot.index()], &self.settings);
        }
    }

    pub(super) fn epic_put(&mut self, epic: &Epic) -> Result<(), Unfit> {
        self.counted(epic.number);
        match self.epics.iter_mut().find(|other| other.id == epic.id) {
            Some(other) => *other = epic.clone(),
            None => self.epics.push(epic.clone()),
        }
        Ok(())
    }

    pub(super) fn epic_moved(&mut self, id: EpicId, after: Option<EpicId>) -> Result<(), Unfit> {
        let place = |epics: &[Epic], id| epics.iter().position(|epic| epic.id == id).ok_or(Unfit);
        if after == Some(id) {
            return Err(Unfit);
        }
        let from = place(&self.epics, id)?;
        after.map(|after| place(&self.epics, after)).transpose()?;
        let epic = self.epics.remove(from);
        let to = after.map_or(Ok(0), |after| place(&self.epics, after).map(|place| place + 1))?;
        self.epics.insert(to, epic);
        Ok(())
    }

    pub(super) fn epic_removed(&mut self, id: EpicId) -> Result<(), Unfit> {
        self.epics.retain(|epic| epic.id != id);
        Ok(())
    }

    pub(super) fn search_saved(&mut self, search: &SavedSearch) -> Result<(), Unfit> {
        match self.searches.iter_mut().find(|other| other.id == search.id) {
            Some(other) => *other = search.clone(),
            None => self.searches.push(search.clone()),
        }
        Ok(())
    }

    pub(super) fn search_removed(&mut self, id: SearchId) -> Result<(), Unfit> {
        self.searches.retain(|search| search.id != id);
        Ok(())
    }

    pub(super) fn imported(&mut self, import: &Import, hand: Hand) -> Result<(), Unfit> {
        let ids: HashSet<_> = import.stories.iter().map(|story| story.id).collect();
        let is_new = ids.iter().all(|id| !self.index.contains_key(id));
        let known = self.imports.iter().any(|imported| imported.id == import.id);
        if ids.len() != import.stories.len() || !is_new || known {
            return Err(Unfit);
        }
        for person in &import.people {
            self.people.entry(person.id).or_insert_with(|| person.name.clone());
        }
        if let Some(scale) = &import.scale {
            let settings = Settings {
                scale: scale.clone(),
                ..self.settings.clone()
            };
            self.plan_by(settings);
        }
        for epic in &import.epics {
            self.epic_put(epic)?;
        }
        for story in &import.stories {
            let slot = self.add(Arc::new(story.clone()));
            self.order_mut(story.panel()).push(slot);
            self.counted(story.number);
        }
        self.imports.push(Imported {
            id: import.id,
            by: hand.by.id,
            at: hand.at,
            stories: import.stories.len() as u32,
            epics: import.epics.iter().map(|epic| epic.id).collect(),
        });
        self.settle();
        Ok(())
    }

    /// Deletes or brings back what an import brought. Its epics go with it; whoever brings it back puts them again.
    pub(super) fn set_import(&mut self, id: ImportId, now: Existence) -> Result<(), Unfit> {
        let imported = self.imports.iter().find(|imported| imported.id == id).ok_or(Unfit)?;
        if now == Existence::Deleted {
            let gone = imported.epics.clone();
            self.epics.retain(|epic| !gone.contains(&epic.id));
        }
        for slot in (0..self.stories.len()).map(|place| Slot(place as u32)) {
            let story = self.at(slot);
            if story.import == Some(id) && story.deleted != (now == Existence::Deleted) {
                self.edit(slot, |story| story.deleted = now == Existence::Deleted);
            }
        }
        Ok(())
    }
}
