//! From a draft to a story of the project.

use super::here::Here;
use super::ids::{Ids, Kind};
use super::people::People;
use super::scale::Scaling;
use super::{Place, moment};
use crate::notes;
use crate::reading::DraftStory;
use backlog::api::import::Notes;
use backlog::{Blocker, Comment, Line, Link, Millis, Obstacle, PartId, Review, State, Story, StoryId, StoryType, Task};
use std::collections::HashMap;

/// Makes the stories of one import.
pub(super) struct Making<'a, 'b> {
    pub place: &'a Place<'a>,
    pub ids: Ids,
    /// The stories of the file by what it calls them.
    pub numbers: HashMap<u32, StoryId>,
    pub here: &'b Here,
    pub people: &'b mut People<'a>,
    pub scaling: &'b Scaling,
    pub losses: &'b mut Notes,
}

/// The stories of a file by what it calls them.
pub(super) fn numbers(drafts: &[&DraftStory], ids: Ids) -> HashMap<u32, StoryId> {
    let numbered = drafts
        .iter()
        .filter_map(|draft| Some((draft.origin?, ids.story(draft.line))));
    numbered.collect()
}

impl Making<'_, '_> {
    /// The story of a draft. Its number is for the project to give.
    pub fn story(&mut self, draft: &DraftStory) -> Story {
        draft.losses.tell(self.losses, draft.line);
        draft.people().into_iter().for_each(|name| self.people.count(name));
        let created_at = draft.created.map_or(self.place.hand.at, |day| moment(self.place, day));
        let mut story = Story::new(
            self.ids.story(draft.line),
            draft.title.clone(),
            (draft.story_type, draft.state),
            created_at,
        );
        story.origin = draft.origin;
        story.estimate = self.estimate(draft);
        story.priority = draft.priority;
        story.description = draft.description.clone();
        story.labels = draft.labels.clone();
        story.requester = draft.requester.as_ref().map(|name| self.people.id(name));
        for owner in draft.owners.iter().map(|name| self.people.id(name)) {
            // Two names may mean the same person.
            if !story.owners.contains(&owner) {
                story.owners.push(owner);
            }
        }
        story.deadline = draft.deadline;
        story.current = draft.is_planned;
        story.import = Some(self.ids.0);
        self.put_times(&mut story, draft);
        self.put_parts(&mut story, draft);
        story
    }

    fn estimate(&mut self, draft: &DraftStory) -> Option<backlog::Estimate> {
        let estimate = draft.estimate?;
        let fit = self.scaling.fit(estimate);
        if fit != estimate {
            let says = format!(
                "The scale of the project has no {} points; it has {} now.",
                estimate.0, fit.0
            );
            notes::add(self.losses, draft.line, says);
        }
        Some(fit)
    }

    fn put_times(&self, story: &mut Story, draft: &DraftStory) {
        if story.state == State::Accepted {
            let day = draft.accepted.or(draft.created);
            story.accepted_at = Some(day.map_or(self.place.hand.at, |day| moment(self.place, day)));
        }
        let is_begun = !matches!(story.state, State::Unscheduled | State::Unstarted);
        let started_at = draft.started.map(|day| moment(self.place, day));
        let is_sound = |at: &Millis| story.accepted_at.is_none_or(|accepted_at| *at <= accepted_at);
        story.started_at = started_at.filter(|at| is_begun && story.story_type != StoryType::Release && is_sound(at));
    }

    fn put_parts(&self, story: &mut Story, draft: &DraftStory) {
        story.tasks = self.made((draft, Kind::Task), &draft.tasks, |id, (text, done)| Task {
            id,
            text: text.clone(),
            done: *done,
        });
        story.comments = self.made((draft, Kind::Comment), &draft.comments, |id, comment| Comment {
            id,
            author: comment.by.as_ref().map(|(name, _)| self.people.id(name)),
            at: comment
                .by
                .as_ref()
                .map_or(story.created_at, |(_, day)| moment(self.place, *day)),
            edited_at: None,
            text: comment.text.clone(),
            removed: false,
        });
        story.blockers = self.made((draft, Kind::Blocker), &draft.blockers, |id, (text, resolved)| {
            Blocker {
                id,
                what: self.obstacle(draft, text),
                resolved: *resolved,
            }
        });
        story.reviews = self.made((draft, Kind::Review), &draft.reviews, |id, review| Review {
            id,
            kind: review.kind.clone(),
            reviewer: review.reviewer.as_ref().map(|name| self.people.id(name)),
            verdict: review.verdict,
        });
        story.links = self.made((draft, Kind::Link), &draft.links, |id, to| Link { id, to: to.clone() });
    }

    /// The parts of a kind, each with its identity.
    fn made<D, P>(&self, (draft, kind): (&DraftStory, Kind), drafts: &[D], part: impl Fn(PartId, &D) -> P) -> Vec<P> {
        let numbered = drafts.iter().enumerate();
        numbered
            .map(|(nth, one)| part(self.ids.part(draft.line, kind, nth), one))
            .collect()
    }

    /// `#123` alone is a story where there is one of that number; never the one that it blocks.
    fn obstacle(&self, draft: &DraftStory, text: &Line) -> Obstacle {
        let named = text.as_str().strip_prefix('#').unwrap_or_default();
        let number = named.parse().ok().filter(|number: &u32| number.to_string() == named);
        let story = number.and_then(|number| {
            let in_file = self.numbers.get(&number).copied();
            in_file.or_else(|| self.here.story(number, draft))
        });
        match story.filter(|story| *story != self.ids.story(draft.line)) {
            Some(story) => Obstacle::Story(story),
            None => Obstacle::Text(text.clone()),
        }
    }
}
