//! A project: its stories and their order. [`Project::decide`] says what a command would change, [`Project::apply`]
//! carries a change out; server and browsers run both, so that a browser can show a command's effect before the answer.
//! What happens where two people change the same stands as a table at the top of `project/decide.rs`.
//!
//! Stories live in slots that never move. The order of a panel is a list of slots: at 10,000 stories it is 40 kB, so that
//! finding and moving one costs microseconds without a cleverer structure.

mod apply;
mod decide;

use crate::digest;
use crate::{Day, Digest, Millis, Name, Panel, PointScale, State, Story, StoryId, StoryType};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// The place of a story inside a [`Project`]; stays the same as long as the project lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u32);

impl Slot {
    /// The place's number, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What planning needs to know of a story; small, so that planning 10,000 stories reads little memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where it stands.
    pub state: State,
    /// Its type.
    pub story_type: StoryType,
    /// The points it counts, where it carries and has any.
    pub points: Option<u16>,
    /// The day on which it was accepted.
    pub accepted_on: Option<Day>,
    /// Whether it is gone.
    pub deleted: bool,
}

/// How a project plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The points it estimates in.
    pub scale: PointScale,
    /// The length of an iteration, in weeks.
    pub iteration_weeks: u8,
    /// The first day of an iteration: 0 is Monday.
    pub start_weekday: u8,
    /// How many done iterations make the velocity.
    pub velocity_window: u8,
    /// Points per iteration while nothing is done yet.
    pub initial_velocity: u16,
    /// The day on which the project began.
    pub started_on: Day,
}

impl Settings {
    /// The settings of a new project.
    pub fn new(started_on: Day) -> Settings {
        Settings {
            scale: PointScale::default(),
            iteration_weeks: 1,
            start_weekday: 0,
            velocity_window: 3,
            initial_velocity: 10,
            started_on,
        }
    }
}

/// A project's stories, in order, and how it plans.
#[derive(Clone, Debug)]
pub struct Project {
    name: Name,
    settings: Settings,
    next_number: u32,
    stories: Vec<Arc<Story>>,
    facts: Vec<Facts>,
    index: HashMap<StoryId, Slot>,
    backlog: Vec<Slot>,
    icebox: Vec<Slot>,
    // The order-independent sum of the stories' hashes; the order enters when the digest is asked for.
    sum: u128,
}

/// A project written out: the stories of the backlog in order, then those of the icebox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Its name.
    pub name: Name,
    /// How it plans.
    pub settings: Settings,
    /// The number that the next story gets.
    pub next_number: u32,
    /// All stories, deleted ones too.
    pub stories: Vec<Arc<Story>>,
}

/// A change that cannot have happened to this project: the copy is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the change does not fit this copy of the project")
    }
}

impl std::error::Error for Unfit {}

impl Project {
    /// An empty project.
    pub fn new(name: Name, created: Millis) -> Project {
        let settings = Settings::new(created.day());
        Project::read(Snapshot {
            name,
            settings,
            next_number: 1,
            stories: Vec::new(),
        })
    }

    /// The project that a snapshot describes.
    pub fn read(snapshot: Snapshot) -> Project {
        let mut project = Project {
            name: snapshot.name,
            settings: snapshot.settings,
            next_number: snapshot.next_number,
            stories: Vec::with_capacity(snapshot.stories.len()),
            facts: Vec::with_capacity(snapshot.stories.len()),
            index: HashMap::with_capacity(snapshot.stories.len()),
            backlog: Vec::new(),
            icebox: Vec::new(),
            sum: 0,
        };
        for story in snapshot.stories {
            if !project.index.contains_key(&story.id) {
                let panel = story.panel();
                let slot = project.add(story);
                project.order_mut(panel).push(slot);
            }
        }
        project
    }

    /// The project written out.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            name: self.name.clone(),
            settings: self.settings.clone(),
            next_number: self.next_number,
            stories: self
                .backlog
                .iter()
                .chain(&self.icebox)
                .map(|slot| self.at(*slot).clone())
                .collect(),
        }
    }

    /// The digest of its content. Costs a pass over the order.
    pub fn digest(&self) -> Digest {
        let order = self.backlog.iter().chain(&self.icebox).map(|slot| self.at(*slot).id);
        digest::of_content((&self.name, &self.settings), self.sum, order)
    }

    /// Its name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// How it plans.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A story that is not deleted.
    pub fn story(&self, id: StoryId) -> Option<&Arc<Story>> {
        self.slot(id).map(|slot| self.at(slot)).filter(|story| !story.deleted)
    }

    /// The slot of a story, deleted or not.
    pub fn slot(&self, id: StoryId) -> Option<Slot> {
        self.index.get(&id).copied()
    }

    /// The story in a slot of this project.
    pub fn at(&self, slot: Slot) -> &Arc<Story> {
        &self.stories[slot.index()]
    }

    /// What planning needs to know of the story in a slot.
    pub fn facts(&self, slot: Slot) -> Facts {
        self.facts[slot.index()]
    }

    /// The slots of a panel in order, without the deleted stories.
    pub fn order(&self, panel: Panel) -> impl Iterator<Item = Slot> {
        self.slots(panel)
            .iter()
            .copied()
            .filter(|slot| !self.facts(*slot).deleted)
    }

    /// The stories of a panel in order, deleted ones too.
    pub(crate) fn all(&self, panel: Panel) -> impl Iterator<Item = &Arc<Story>> {
        self.slots(panel).iter().map(|slot| self.at(*slot))
    }

    fn slots(&self, panel: Panel) -> &[Slot] {
        match panel {
            Panel::Backlog => &self.backlog,
            Panel::Icebox => &self.icebox,
        }
    }

    fn order_mut(&mut self, panel: Panel) -> &mut Vec<Slot> {
        match panel {
            Panel::Backlog => &mut self.backlog,
            Panel::Icebox => &mut self.icebox,
        }
    }

    fn add(&mut self, story: Arc<Story>) -> Slot {
        // Four thousand million stories do not fit in the memory of any machine that this runs on.
        let slot = Slot(self.stories.len() as u32);
        self.index.insert(story.id, slot);
        self.sum = self.sum.wrapping_add(digest::of_story(&story));
        self.facts.push(facts_of(&story));
        self.stories.push(story);
        slot
    }

    /// Edits the story in a slot and keeps what is derived from it true.
    fn edit(&mut self, slot: Slot, edit: impl FnOnce(&mut Story)) {
        let story = &mut self.stories[slot.index()];
        let before = digest::of_story(story);
        edit(Arc::make_mut(story));
        self.sum = self.sum.wrapping_sub(before).wrapping_add(digest::of_story(story));
        self.facts[slot.index()] = facts_of(story);
    }
}

fn facts_of(story: &Story) -> Facts {
    let points = story
        .estimate
        .filter(|_| story.story_type.is_estimated())
        .map(|estimate| estimate.0);
    Facts {
        state: story.state,
        story_type: story.story_type,
        points,
        accepted_on: story.accepted_at.map(Millis::day),
        deleted: story.deleted,
    }
}

#[cfg(test)]
pub(crate) mod tests;
