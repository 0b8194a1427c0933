//! A project: its stories and their order. [`Project::decide`] says what a command would change, [`Project::apply`]
//! carries a change out; server and browsers run both, so that a browser can show a command's effect before the answer.
//! What happens where two people change the same stands as a table at the top of `project/decide.rs`.
//!
//! Stories live in slots that never move. The order of a panel is a list of slots: at 10,000 stories it is 40 kB, so that
//! finding and moving one costs microseconds without a cleverer structure.

mod apply;
mod decide;

use crate::digest;
use crate::{
    ActorId, Blocker, Digest, Epic, EpicId, Imported, Millis, Name, Obstacle, Panel, Person, Planning, SavedSearch,
    Settings, State, Story, StoryId, StoryType,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// When it was accepted.
    pub accepted_at: Option<Millis>,
    /// Whether it was put into the current iteration by hand.
    pub current: bool,
    /// Whether it is gone.
    pub deleted: bool,
}

/// A project's stories, in order, and how it plans.
#[derive(Clone, Debug)]
pub struct Project {
    name: Name,
    settings: Settings,
    next_number: u32,
    // Everyone who did something here or was named by an import.
    people: BTreeMap<ActorId, Name>,
    // Those of them who are not in the project any more.
    left: BTreeSet<ActorId>,
    epics: Vec<Epic>,
    // Those that went, so that they come back with the number that people know.
    gone_epics: Vec<Epic>,
    searches: Vec<SavedSearch>,
    imports: Vec<Imported>,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Snapshot {
    /// Its name.
    pub name: Name,
    /// How it plans.
    pub settings: Settings,
    /// The number that the next story gets.
    pub next_number: u32,
    /// Everyone who did something here or was named by an import, by identity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// Those of them who are not in the project any more.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub left: BTreeSet<ActorId>,
    /// Its epics, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub epics: Vec<Epic>,
    /// Epics that were removed, at most [`Project::MAX_EPICS`], the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone_epics: Vec<Epic>,
    /// Its saved searches, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searches: Vec<SavedSearch>,
    /// The imports that were made, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<Imported>,
    /// All stories, deleted ones too.
    pub stories: Vec<Arc<Story>>,
}

impl Snapshot {
    /// A project without a history.
    pub fn of_nothing(name: Name, settings: Settings) -> Snapshot {
        Snapshot {
            name,
            settings,
            next_number: 1,
            people: Vec::new(),
            left: BTreeSet::new(),
            epics: Vec::new(),
            gone_epics: Vec::new(),
            searches: Vec::new(),
            imports: Vec::new(),
            stories: Vec::new(),
        }
    }
}

/// What a project is besides its stories, as its digest sees it.
#[derive(Serialize)]
pub(crate) struct Frame<'a> {
    name: &'a Name,
    settings: &'a Settings,
    people: &'a BTreeMap<ActorId, Name>,
    // Left out where nobody has left, as it was before one could.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    left: &'a BTreeSet<ActorId>,
    epics: &'a [Epic],
    gone_epics: &'a [Epic],
    searches: &'a [SavedSearch],
    imports: &'a [Imported],
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
    /// The most epics.
    pub const MAX_EPICS: usize = 2_000;
    /// The most saved searches.
    pub const MAX_SEARCHES: usize = 200;
    /// The most imports.
    pub const MAX_IMPORTS: usize = 200;

    /// An empty project.
    pub fn new(name: Name, created: Millis) -> Project {
        let settings = Settings::new(created.day());
        Project::read(Snapshot::of_nothing(name, settings))
    }

    /// The project that a snapshot describes.
    pub fn read(snapshot: Snapshot) -> Project {
        let mut project = Project {
            name: snapshot.name,
            settings: snapshot.settings,
            next_number: snapshot.next_number,
            people: snapshot
                .people
                .into_iter()
                .map(|person| (person.id, person.name))
                .collect(),
            left: snapshot.left,
            epics: snapshot.epics,
            gone_epics: snapshot.gone_epics,
            searches: snapshot.searches,
            imports: snapshot.imports,
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
            people: self
                .people
                .iter()
                .map(|(id, name)| Person {
                    id: *id,
                    name: name.clone(),
                })
                .collect(),
            left: self.left.clone(),
            epics: self.epics.clone(),
            gone_epics: self.gone_epics.clone(),
            searches: self.searches.clone(),
            imports: self.imports.clone(),
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
        let frame = Frame {
            name: &self.name,
            settings: &self.settings,
            people: &self.people,
            left: &self.left,
            epics: &self.epics,
            gone_epics: &self.gone_epics,
            searches: &self.searches,
            imports: &self.imports,
        };
        digest::of_content(&frame, self.sum, order)
    }

    /// Its name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// How it plans.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What everyone is called who did something here or was named by an import.
    pub fn people(&self) -> &BTreeMap<ActorId, Name> {
        &self.people
    }

    /// Those of [`Project::people`] who are in the project, as far as its history tells: whoever may be chosen for something new.
    pub fn present(&self) -> impl Iterator<Item = (ActorId, &Name)> {
        let people = self.people.iter().map(|(id, name)| (*id, name));
        people.filter(|(id, _)| !self.has_left(*id))
    }

    /// Whether someone was in the project and is not any more.
    pub fn has_left(&self, person: ActorId) -> bool {
        self.left.contains(&person)
    }

    /// Its epics, in order.
    pub fn epics(&self) -> &[Epic] {
        &self.epics
    }

    /// An epic.
    pub fn epic(&self, id: EpicId) -> Option<&Epic> {
        self.epics.iter().find(|epic| epic.id == id)
    }

    /// Its saved searches, oldest first.
    pub fn searches(&self) -> &[SavedSearch] {
        &self.searches
    }

    /// The imports that were made, oldest first.
    pub fn imports(&self) -> &[Imported] {
        &self.imports
    }

    /// Whether a blocker is out of the way: someone said so, or it is a story that is accepted or deleted.
    pub fn is_resolved(&self, blocker: &Blocker) -> bool {
        let is_over = |id: StoryId| self.story(id).is_none_or(|story| story.state == State::Accepted);
        match blocker.what {
            Obstacle::Text(_) => blocker.resolved,
            Obstacle::Story(id) => blocker.resolved || is_over(id),
        }
    }

    /// Whether something keeps a story from going on.
    pub fn is_blocked(&self, story: &Story) -> bool {
        story.blockers.iter().any(|blocker| !self.is_resolved(blocker))
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
        self.facts.push(facts_of(&story, &self.settings));
        self.stories.push(story);
        slot
    }

    /// Edits the story in a slot and keeps what is derived from it true.
    fn edit(&mut self, slot: Slot, edit: impl FnOnce(&mut Story)) {
        let story = &mut self.stories[slot.index()];
        let before = digest::of_story(story);
        edit(Arc::make_mut(story));
        self.sum = self.sum.wrapping_sub(before).wrapping_add(digest::of_story(story));
        self.facts[slot.index()] = facts_of(story, &self.settings);
    }

    /// Where a story stands in the strict order of the backlog: accepted first, by acceptance, then what is in progress, then what
    /// is not started; where the project plans by hand, what was put into the current iteration before the rest.
    fn standing(&self, slot: Slot) -> (u8, Millis) {
        let facts = &self.facts[slot.index()];
        let by_hand = self.settings.planning == Planning::Manual && facts.current;
        match facts.state {
            State::Accepted => (facts.state.rank(), facts.accepted_at.unwrap_or_default()),
            State::Unstarted if !by_hand => (facts.state.rank() + 1, Millis::default()),
            _ => (facts.state.rank(), Millis::default()),
        }
    }
}

fn facts_of(story: &Story, settings: &Settings) -> Facts {
    let estimate = story.estimate.filter(|_| settings.carries_points(story.story_type));
    Facts {
        state: story.state,
        story_type: story.story_type,
        points: estimate.map(|estimate| estimate.0),
        accepted_at: story.accepted_at,
        current: story.current,
        deleted: story.deleted,
    }
}

#[cfg(test)]
pub(crate) mod tests;
