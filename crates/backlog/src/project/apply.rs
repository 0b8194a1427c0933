//! Carrying changes out. No rule is asked here: a change says its outcome. What cannot have happened is [`Unfit`] and
//! leaves the project as it was.

use super::{Project, Slot, Unfit};
use crate::{Change, Edit, Millis, Panel, Returned, State, Story, StoryId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

impl Project {
    /// Carries a change out that was accepted at that moment.
    pub fn apply(&mut self, change: &Change, at: Millis) -> Result<(), Unfit> {
        match change {
            Change::StoryCreated { story, after } => self.created(story, *after),
            Change::StoryEdited { id, edits } => self.edited(*id, edits),
            Change::StoryTransitioned { id, state } => self.transitioned(*id, *state, at),
            Change::StoryMoved { stories, panel, after } => self.moved(stories, *panel, *after),
            Change::StoryDeleted { stories } => self.set_deleted(stories, Existence::Deleted),
            Change::StoryRestored { stories } => self.set_deleted(stories, Existence::Living),
            Change::StoryReturned { stories } => self.returned(stories, at),
            Change::ProjectRenamed { name } => {
                self.name = name.clone();
                Ok(())
            }
        }
    }

    fn created(&mut self, story: &Story, after: Option<StoryId>) -> Result<(), Unfit> {
        if self.index.contains_key(&story.id) {
            return Err(Unfit);
        }
        let panel = story.panel();
        let place = self.place_after(panel, after)?;
        let slot = self.add(Arc::new(story.clone()));
        self.order_mut(panel).insert(place, slot);
        self.next_number = self.next_number.max(story.number.saturating_add(1));
        self.settle();
        Ok(())
    }

    fn edited(&mut self, id: StoryId, edits: &[Edit]) -> Result<(), Unfit> {
        let slot = self.slot(id).ok_or(Unfit)?;
        if !edits.is_empty() {
            self.edit(slot, |story| {
                edits.iter().cloned().for_each(|edit| edit.carry_out(story))
            });
        }
        Ok(())
    }

    fn transitioned(&mut self, id: StoryId, state: State, at: Millis) -> Result<(), Unfit> {
        let slot = self.slot(id).ok_or(Unfit)?;
        let from = self.at(slot).panel();
        self.edit(slot, |story| {
            story.state = state;
            story.accepted_at = (state == State::Accepted).then_some(at);
        });
        let to = self.at(slot).panel();
        if from != to {
            self.order_mut(from).retain(|other| *other != slot);
            self.order_mut(to).insert(0, slot);
        }
        self.settle();
        Ok(())
    }

    fn moved(&mut self, stories: &[StoryId], panel: Panel, after: Option<StoryId>) -> Result<(), Unfit> {
        let slots: Vec<Slot> = stories
            .iter()
            .map(|id| self.slot(*id).ok_or(Unfit))
            .collect::<Result<_, _>>()?;
        let moving: HashSet<Slot> = slots.iter().copied().collect();
        // A story named twice would stand in two places, and one that follows itself in none.
        if moving.len() != slots.len() || after.is_some_and(|id| stories.contains(&id)) {
            return Err(Unfit);
        }
        self.place_after(panel, after)?;
        self.backlog.retain(|slot| !moving.contains(slot));
        self.icebox.retain(|slot| !moving.contains(slot));
        for slot in &slots {
            self.rehouse(*slot, panel);
        }
        let place = self.place_after(panel, after)?;
        self.order_mut(panel).splice(place..place, slots);
        self.settle();
        Ok(())
    }

    fn set_deleted(&mut self, stories: &[StoryId], now: Existence) -> Result<(), Unfit> {
        let slots: Vec<Slot> = stories
            .iter()
            .map(|id| self.slot(*id).ok_or(Unfit))
            .collect::<Result<_, _>>()?;
        for slot in slots {
            self.edit(slot, |story| story.deleted = now == Existence::Deleted);
        }
        Ok(())
    }

    fn returned(&mut self, stories: &[Returned], at: Millis) -> Result<(), Unfit> {
        let places = self.places_of_return(stories)?;
        for (slot, returned) in places {
            let (from, to) = (self.at(slot).panel(), returned.state.panel());
            self.order_mut(from).retain(|other| *other != slot);
            self.edit(slot, |story| {
                story.state = returned.state;
                story.accepted_at = (returned.state == State::Accepted).then_some(at);
            });
            let place = self.place_after(to, returned.after)?;
            self.order_mut(to).insert(place, slot);
        }
        self.settle();
        Ok(())
    }

    /// The slots of stories that are put back, once it is certain that each finds the one that it follows.
    fn places_of_return<'a>(&self, stories: &'a [Returned]) -> Result<Vec<(Slot, &'a Returned)>, Unfit> {
        let mut panels: HashMap<StoryId, Panel> = HashMap::with_capacity(stories.len());
        let mut places = Vec::with_capacity(stories.len());
        for returned in stories {
            let slot = self.slot(returned.id).ok_or(Unfit)?;
            let panel = returned.state.panel();
            if let Some(after) = returned.after {
                let here = self.slot(after).map(|slot| self.at(slot).panel());
                let then = panels.get(&after).copied().or(here);
                if after == returned.id || then != Some(panel) {
                    return Err(Unfit);
                }
            }
            if panels.insert(returned.id, panel).is_some() {
                return Err(Unfit);
            }
            places.push((slot, returned));
        }
        Ok(places)
    }

    fn rehouse(&mut self, slot: Slot, panel: Panel) {
        if self.at(slot).panel() == panel {
            return;
        }
        self.edit(slot, |story| {
            story.state = story.state.put_into(panel);
            story.accepted_at = None;
        });
    }

    fn place_after(&self, panel: Panel, after: Option<StoryId>) -> Result<usize, Unfit> {
        let Some(id) = after else { return Ok(0) };
        let anchor = self.slot(id).ok_or(Unfit)?;
        let place = self.slots(panel).iter().position(|slot| *slot == anchor).ok_or(Unfit)?;
        Ok(place + 1)
    }

    /// Restores the backlog's strict order after a story changed its rank or was put among others of another rank: it goes
    /// to the nearest place that its rank allows.
    fn settle(&mut self) {
        let Project { backlog, facts, .. } = self;
        let rank = |slot: &Slot| facts[slot.index()].state.rank();
        if !backlog.is_sorted_by_key(rank) {
            backlog.sort_by_key(rank);
        }
    }
}

impl Edit {
    /// Makes the story as the edit says.
    pub(crate) fn carry_out(self, story: &mut Story) {
        match self {
            Edit::Title(title) => story.title = title,
            Edit::Type(story_type) => story.story_type = story_type,
            Edit::Estimate(estimate) => story.estimate = estimate,
            Edit::Description(description) => story.description = description,
            // Stands in no change. Were there one, both ends would still make the same of it.
            Edit::DescriptionRevised { to, .. } => story.description = to,
            Edit::ConflictKept(text) => story.conflicts.push(text),
            Edit::ConflictDropped(text) => story.conflicts.retain(|kept| *kept != text),
            Edit::LabelAdded(label) => {
                story.labels.insert(label);
            }
            Edit::LabelRemoved(label) => {
                story.labels.remove(&label);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Existence {
    Living,
    Deleted,
}
