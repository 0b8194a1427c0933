//! The rules of imports: what is taken over must be a story that could have come about here.

use super::Project;
use super::frame::room;
use crate::{ActorId, Change, Epic, Hand, Import, ImportId, Limit, PointScale, Rejection, State, Story};
use std::collections::HashSet;

impl Project {
    /// The import as it will be: each story and each epic has its number, and epics whose label is taken are left out.
    pub(super) fn decide_import(&self, import: &Import, hand: Hand) -> Result<Change, Rejection> {
        if self.made(import.id).is_ok() {
            return Err(Rejection::AlreadyImported);
        }
        room(Limit::Imports, self.imports.len() + 1)?;
        room(Limit::ImportedStories, import.stories.len())?;
        room(Limit::ImportedEpics, import.epics.len())?;
        room(Limit::ImportedPeople, import.people.len())?;
        let mut next = self.next_number;
        let epics = self.new_epics(&import.epics, &mut next);
        room(Limit::Epics, self.epics.len() + epics.len())?;
        let stories = self.new_stories(import, &mut next, hand)?;
        Ok(Change::StoriesImported(Box::new(Import {
            id: import.id,
            people: import.people.clone(),
            scale: import.scale.clone(),
            epics,
            stories,
        })))
    }

    /// Whether the import was made.
    pub(super) fn made(&self, id: ImportId) -> Result<(), Rejection> {
        let is_made = self.imports.iter().any(|imported| imported.id == id);
        is_made.then_some(()).ok_or(Rejection::UnknownImport)
    }

    /// The numbers that stories had elsewhere, of those that are there. Whoever makes an import leaves these out; of two who make the
    /// same one at once the later is refused.
    fn origins(&self) -> HashSet<u32> {
        let living = self.stories.iter().filter(|story| !story.deleted);
        living.filter_map(|story| story.origin).collect()
    }

    fn new_epics(&self, epics: &[Epic], next: &mut u32) -> Vec<Epic> {
        let mut taken: HashSet<_> = self.epics.iter().map(|epic| &epic.words.label).collect();
        let mut ids: HashSet<_> = self.epics.iter().map(|epic| epic.id).collect();
        let fresh = epics
            .iter()
            .filter(|epic| ids.insert(epic.id) && taken.insert(&epic.words.label));
        fresh
            .map(|epic| Epic {
                number: count(next),
                ..epic.clone()
            })
            .collect()
    }

    fn new_stories(&self, import: &Import, next: &mut u32, hand: Hand) -> Result<Vec<Story>, Rejection> {
        let scale = import.scale.as_ref().unwrap_or(&self.settings.scale);
        let mut people: HashSet<ActorId> = self.people.keys().copied().collect();
        people.extend(import.people.iter().map(|person| person.id).chain([hand.by.id]));
        let here = self.origins();
        let came_meanwhile = |story: &Story| story.origin.is_some_and(|origin| here.contains(&origin));
        if import.stories.iter().any(came_meanwhile) {
            return Err(Rejection::AlreadyImported);
        }
        let mut ids = HashSet::with_capacity(import.stories.len());
        let mut stories = Vec::with_capacity(import.stories.len());
        for (story, place) in import.stories.iter().zip(1..) {
            let is_new = self.slot(story.id).is_none() && ids.insert(story.id);
            if !is_new || !is_sound(story, scale) || !knows(&people, story) {
                return Err(Rejection::BadImport { story: place });
            }
            stories.push(Story {
                number: count(next),
                import: Some(import.id),
                ..story.clone()
            });
        }
        Ok(stories)
    }
}

fn count(next: &mut u32) -> u32 {
    let number = *next;
    *next = next.saturating_add(1);
    number
}

fn is_sound(story: &Story, scale: &PointScale) -> bool {
    let is_begun = story.state.rank() < State::Unstarted.rank();
    let waits = is_begun && story.state != State::Accepted && story.story_type.awaits_estimate();
    story.story_type.has_state(story.state)
        && story.accepted_at.is_some() == (story.state == State::Accepted)
        && story.estimate.is_none_or(|estimate| scale.holds(estimate))
        && !(waits && story.estimate.is_none())
        && !story.deleted
        && story.conflicts.is_empty()
        && has_room(story)
}

fn has_room(story: &Story) -> bool {
    let parts = [
        story.tasks.len(),
        story.comments.len(),
        story.blockers.len(),
        story.reviews.len(),
        story.links.len(),
    ];
    story.owners.len() <= Story::MAX_OWNERS
        && story.labels.len() <= Story::MAX_LABELS
        && story.followers.len() <= Story::MAX_FOLLOWERS
        && parts.into_iter().all(|parts| parts <= Story::MAX_PARTS)
}

/// Whether everyone is known whom the story names.
fn knows(people: &HashSet<ActorId>, story: &Story) -> bool {
    let reviewers = story.reviews.iter().filter_map(|review| review.reviewer);
    let authors = story.comments.iter().filter_map(|comment| comment.author);
    let named = story.requester.iter().chain(&story.owners).chain(&story.followers);
    named
        .copied()
        .chain(reviewers)
        .chain(authors)
        .all(|id| people.contains(&id))
}
