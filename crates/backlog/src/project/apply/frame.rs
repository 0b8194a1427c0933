//! Carrying out what changes a project besides single stories: settings, epics, saved searches, imports.

use super::{Existence, Project, Slot, Unfit};
use crate::project::facts_of;
use crate::{ActorId, Epic, EpicId, Hand, Import, ImportId, Imported, SavedSearch, SearchId, SettingEdit, Settings};
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
            None => {
                self.gone_epics.retain(|other| other.id != epic.id);
                self.epics.push(epic.clone());
            }
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
        self.let_epics_go(&[id]);
        Ok(())
    }

    fn let_epics_go(&mut self, ids: &[EpicId]) {
        let epics = std::mem::take(&mut self.epics).into_iter();
        let (gone, staying): (Vec<Epic>, Vec<Epic>) = epics.partition(|epic| ids.contains(&epic.id));
        self.epics = staying;
        self.gone_epics.extend(gone);
        let too_many = self.gone_epics.len().saturating_sub(Project::MAX_EPICS);
        self.gone_epics.drain(..too_many);
    }

    /// Brings epics back, below the others, as far as there is room and no other one has their label.
    fn bring_epics_back(&mut self, ids: &[EpicId]) {
        let gone = std::mem::take(&mut self.gone_epics);
        for epic in gone {
            let is_free = self.epics.iter().all(|other| other.words.label != epic.words.label);
            match ids.contains(&epic.id) && is_free && self.epics.len() < Project::MAX_EPICS {
                true => self.epics.push(epic),
                false => self.gone_epics.push(epic),
            }
        }
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

    /// Lets someone go whose name is known, or is from now on.
    pub(super) fn person_left(&mut self, id: ActorId, hand: Hand) -> Result<(), Unfit> {
        if id != hand.by.id && !self.people.contains_key(&id) {
            return Err(Unfit);
        }
        self.left.insert(id);
        Ok(())
    }

    /// Deletes or brings back what an import brought, its epics too.
    pub(super) fn set_import(&mut self, id: ImportId, now: Existence) -> Result<(), Unfit> {
        let imported = self.imports.iter().find(|imported| imported.id == id).ok_or(Unfit)?;
        let epics = imported.epics.clone();
        match now {
            Existence::Deleted => self.let_epics_go(&epics),
            Existence::Living => self.bring_epics_back(&epics),
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
