//! Carrying changes out. No rule is asked here: a change says its outcome. What cannot have happened is [`Unfit`] and
//! leaves the project as it was, but for the order of its stories.

mod edit;
mod frame;

use super::{Project, Slot, Unfit};
use crate::{Change, Edit, Hand, Millis, Panel, Returned, State, Story, StoryEdits, StoryId, StoryType, Transitioned};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

impl Project {
    /// Carries a change out that was accepted from that hand.
    pub fn apply(&mut self, change: &Change, hand: Hand) -> Result<(), Unfit> {
        let at = hand.at;
        match change {
            Change::StoryCreated { story, after } => self.created(story, *after),
            Change::StoryEdited { id, edits } => self.edited(*id, edits, hand),
            Change::StoriesEdited { stories } => self.several_edited(stories, hand),
            Change::StoryTransitioned { id, state, edits } => self.transitioned(&[(*id, *state, edits)], hand),
            Change::StoriesTransitioned { stories } => self.several_transitioned(stories, hand),
            Change::StoryMoved {
                stories,
                panel,
                after,
                current,
            } => self.moved(stories, (*panel, *after), *current),
            Change::StoryDeleted { stories } => self.set_deleted(stories, Existence::Deleted),
            Change::StoryRestored { stories } => self.set_deleted(stories, Existence::Living),
            Change::StoryReturned { stories } => self.returned(stories, at),
            Change::ProjectRenamed { name } => {
                self.name = name.clone();
                Ok(())
            }
            Change::SettingsEdited { edits } => {
                self.settings_edited(edits);
                Ok(())
            }
            Change::EpicPut { epic } => self.epic_put(epic),
            Change::EpicMoved { id, after } => self.epic_moved(*id, *after),
            Change::EpicRemoved { id } => self.epic_removed(*id),
            Change::SearchSaved { search } => self.search_saved(search),
            Change::SearchRemoved { id } => self.search_removed(*id),
            Change::StoriesImported(import) => self.imported(import, hand),
            Change::ImportDeleted { id } => self.set_import(*id, Existence::Deleted),
            Change::ImportRestored { id } => self.set_import(*id, Existence::Living),
            Change::PersonJoined { .. } => {
                self.left.remove(&hand.by.id);
                Ok(())
            }
            Change::PersonLeft { id } => self.person_left(*id, hand),
        }?;
        self.meet(hand);
        Ok(())
    }

    /// Remembers what whoever did something is called.
    fn meet(&mut self, hand: Hand) {
        if self.people.get(&hand.by.id) != Some(&hand.by.name) {
            self.people.insert(hand.by.id, hand.by.name.clone());
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
        self.counted(story.number);
        self.settle();
        Ok(())
    }

    /// Gives a number out no second time.
    fn counted(&mut self, number: u32) {
        self.next_number = self.next_number.max(number.saturating_add(1));
    }

    fn edited(&mut self, id: StoryId, edits: &[Edit], hand: Hand) -> Result<(), Unfit> {
        let slot = self.slot(id).ok_or(Unfit)?;
        self.edit_fields(slot, edits, hand);
        self.settle();
        Ok(())
    }

    fn several_edited(&mut self, stories: &[StoryEdits], hand: Hand) -> Result<(), Unfit> {
        let slots = self.slots_of(stories.iter().map(|story| story.id))?;
        for (slot, story) in slots.into_iter().zip(stories) {
            self.edit_fields(slot, &story.edits, hand);
        }
        self.settle();
        Ok(())
    }

    fn edit_fields(&mut self, slot: Slot, edits: &[Edit], hand: Hand) {
        if !edits.is_empty() {
            self.edit(slot, |story| {
                edits.iter().cloned().for_each(|edit| edit.carry_out(story, hand))
            });
        }
    }

    fn several_transitioned(&mut self, stories: &[Transitioned], hand: Hand) -> Result<(), Unfit> {
        let steps: Vec<Step> = stories
            .iter()
            .map(|story| (story.id, story.state, story.edits.as_slice()))
            .collect();
        self.transitioned(&steps, hand)
    }

    fn transitioned(&mut self, steps: &[Step], hand: Hand) -> Result<(), Unfit> {
        let slots = self.slots_of(steps.iter().map(|(id, ..)| *id))?;
        for (slot, (_, state, edits)) in slots.into_iter().zip(steps) {
            let from = self.at(slot).panel();
            self.edit(slot, |story| story.put_in(*state, hand.at));
            self.edit_fields(slot, edits, hand);
            let to = self.at(slot).panel();
            if from != to {
                self.order_mut(from).retain(|other| *other != slot);
                self.order_mut(to).insert(0, slot);
            }
        }
        self.settle();
        Ok(())
    }

    fn moved(
        &mut self,
        stories: &[StoryId],
        (panel, after): (Panel, Option<StoryId>),
        current: Option<bool>,
    ) -> Result<(), Unfit> {
        let slots = self.slots_of(stories.iter().copied())?;
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
            if let Some(current) = current {
                self.edit(*slot, |story| story.current = current);
            }
        }
        let place = self.place_after(panel, after)?;
        self.order_mut(panel).splice(place..place, slots);
        self.settle();
        Ok(())
    }

    fn set_deleted(&mut self, stories: &[StoryId], now: Existence) -> Result<(), Unfit> {
        for slot in self.slots_of(stories.iter().copied())? {
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
                story.put_in(returned.state, at);
                story.current = returned.current;
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
        let state = self.at(slot).state;
        if state.panel() != panel {
            self.edit(slot, |story| story.put_in(state.put_into(panel), Millis::default()));
        }
    }

    fn slots_of(&self, stories: impl Iterator<Item = StoryId>) -> Result<Vec<Slot>, Unfit> {
        stories.map(|id| self.slot(id).ok_or(Unfit)).collect()
    }

    fn place_after(&self, panel: Panel, after: Option<StoryId>) -> Result<usize, Unfit> {
        let Some(id) = after else { return Ok(0) };
        let anchor = self.slot(id).ok_or(Unfit)?;
        let place = self.slots(panel).iter().position(|slot| *slot == anchor).ok_or(Unfit)?;
        Ok(place + 1)
    }

    /// Restores the backlog's strict order after a story changed its standing or was put among others of another one: it goes
    /// to the nearest place that it allows.
    fn settle(&mut self) {
        if !self.backlog.is_sorted_by_key(|slot| self.standing(*slot)) {
            let mut backlog = std::mem::take(&mut self.backlog);
            backlog.sort_by_key(|slot| self.standing(*slot));
            self.backlog = backlog;
        }
    }
}

type Step<'a> = (StoryId, State, &'a [Edit]);

impl Story {
    /// Puts it in a state, at that moment.
    pub(crate) fn put_in(&mut self, state: State, at: Millis) {
        let is_begun = state.rank() < State::Unstarted.rank();
        self.state = state;
        // Nothing in the icebox stands in an iteration; what comes out of it is planned anew.
        self.current = self.current && state != State::Unscheduled;
        self.accepted_at = (state == State::Accepted).then_some(at);
        // Nobody works on a release, so that it takes no time.
        self.started_at = match self.story_type {
            StoryType::Release => None,
            StoryType::Feature | StoryType::Bug | StoryType::Chore => is_begun.then(|| self.started_at.unwrap_or(at)),
        };
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Existence {
    Living,
    Deleted,
}
