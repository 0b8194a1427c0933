//! The rules of edits: what may be set, what follows from it, and what becomes of a description that two people changed.

use super::{Project, check_selection, was_started};
use crate::merge::{Merged, merge};
use crate::{
    ActorId, Blocker, Change, Command, Description, Edit, Estimate, Hand, Limit, Obstacle, PartId, Rejection, Remark,
    Story, StoryEdits, StoryId, StoryType,
};
use std::borrow::Cow;
use std::collections::HashSet;

impl Project {
    pub(super) fn decide_edits(&self, stories: &[StoryEdits], hand: Hand) -> Result<Change, Rejection> {
        let selection: Vec<StoryId> = stories.iter().map(|story| story.id).collect();
        check_selection(&selection)?;
        // What one of them waits for decides what the next may wait for.
        let mut then = Cow::Borrowed(self);
        let mut done = Vec::with_capacity(stories.len());
        for StoryEdits { id, edits } in stories {
            match then.decide_edit(*id, edits, hand) {
                Ok(edits) => {
                    if edits.iter().any(|edit| matches!(edit, Edit::BlockerPut(_))) {
                        let edits = edits.clone();
                        let change = Change::StoryEdited { id: *id, edits };
                        let applied = then.to_mut().apply(&change, hand);
                        applied.expect("a story that was edited is there");
                    }
                    done.push(StoryEdits { id: *id, edits });
                }
                // What someone deleted meanwhile is no reason to leave the others as they are.
                Err(Rejection::DeletedStory) => {}
                Err(reason) => return Err(reason),
            }
        }
        if done.is_empty() {
            return Err(Rejection::DeletedStory);
        }
        Ok(Change::StoriesEdited { stories: done })
    }

    pub(super) fn decide_edit(&self, id: StoryId, edits: &[Edit], hand: Hand) -> Result<Vec<Edit>, Rejection> {
        if edits.len() > Command::MAX_EDITS {
            return Err(Rejection::TooManyEdits);
        }
        let mut after = Story::clone(self.living(id)?);
        let mut done = Vec::new();
        for edit in edits {
            self.check_edit(&after, edit, hand)?;
            for edit in resolved(&after, edit) {
                self.take(&mut after, edit, (&mut done, hand));
            }
            check_room(&after, edit)?;
        }
        Ok(done)
    }

    fn check_edit(&self, story: &Story, edit: &Edit, hand: Hand) -> Result<(), Rejection> {
        match edit {
            Edit::Type(story_type) if !story_type.has_state(story.state) => Err(Rejection::ImpossibleType {
                story_type: *story_type,
                state: story.state,
            }),
            Edit::Estimate(None) if story.story_type.awaits_estimate() && was_started(story.state) => {
                Err(Rejection::Unestimated)
            }
            Edit::Estimate(estimate) => self.check_estimate(story.story_type, *estimate),
            Edit::Deadline(Some(day)) if !day.is_of_our_time() => Err(Rejection::NoSuchDay),
            Edit::ConflictKept(_) => Err(Rejection::ConflictAsked),
            Edit::Requester(Some(person)) | Edit::OwnerAdded(person) | Edit::FollowerAdded(person) => {
                self.check_person(*person, hand)
            }
            Edit::ReviewPut(review) => review.reviewer.map_or(Ok(()), |person| self.check_person(person, hand)),
            Edit::TaskReworded { id, .. } | Edit::TaskTicked { id, .. } | Edit::TaskMoved { id, .. } => {
                let is_there = story.tasks.iter().any(|task| task.id == *id);
                is_there.then_some(()).ok_or(Rejection::UnknownPart)
            }
            Edit::CommentReworded(Remark { id, .. }) | Edit::CommentRemoved(id) | Edit::CommentRestored(id) => {
                check_author(story, *id, hand)
            }
            Edit::BlockerPut(blocker) => match waits_for(blocker) {
                Some(on) => self.check_blocker(story.id, on),
                None => Ok(()),
            },
            Edit::Title(_)
            | Edit::Type(_)
            | Edit::Description(_)
            | Edit::DescriptionRevised { .. }
            | Edit::ConflictDropped(_)
            | Edit::LabelAdded(_)
            | Edit::LabelRemoved(_)
            | Edit::Priority(_)
            | Edit::Requester(None)
            | Edit::Deadline(_)
            | Edit::Current(_)
            | Edit::OwnerRemoved(_)
            | Edit::FollowerRemoved(_)
            | Edit::TaskAdded { .. }
            | Edit::TaskRemoved(_)
            | Edit::CommentAdded(_)
            | Edit::BlockerRemoved(_)
            | Edit::ReviewRemoved(_)
            | Edit::LinkPut(_)
            | Edit::LinkRemoved(_) => Ok(()),
        }
    }

    pub(super) fn check_estimate(&self, story_type: StoryType, estimate: Option<Estimate>) -> Result<(), Rejection> {
        match estimate {
            Some(_) if !self.settings.carries_points(story_type) => Err(Rejection::NotEstimable { story_type }),
            Some(estimate) if !self.settings.scale.holds(estimate) => Err(Rejection::OffScale { estimate }),
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn check_person(&self, person: ActorId, hand: Hand) -> Result<(), Rejection> {
        let is_known = person == hand.by.id || self.people.contains_key(&person);
        is_known.then_some(()).ok_or(Rejection::UnknownPerson)
    }

    /// A story may wait for another one as long as that one does not, over however many others, wait for it. Those that are
    /// accepted or deleted count too: they can come back.
    fn check_blocker(&self, waiting: StoryId, on: StoryId) -> Result<(), Rejection> {
        self.slot(on).ok_or(Rejection::UnknownStory)?;
        let mut seen = HashSet::new();
        let mut ahead = vec![on];
        while let Some(id) = ahead.pop() {
            if id == waiting {
                return Err(Rejection::BlocksItself);
            }
            if let Some(slot) = self.slot(id).filter(|_| seen.insert(id)) {
                ahead.extend(self.at(slot).blockers.iter().filter_map(waits_for));
            }
        }
        Ok(())
    }

    /// Puts an edit into the list, together with what follows from it, unless all is so already.
    fn take(&self, story: &mut Story, edit: Edit, (done, hand): (&mut Vec<Edit>, Hand)) {
        let before = story.clone();
        edit.clone().carry_out(story, hand);
        if *story != before {
            done.push(edit);
        }
        // Points of a bug stay where a project counts them no more, so that they are there when it counts them again.
        let carries = |story: &Story| self.settings.carries_points(story.story_type);
        if story.estimate.is_some() && carries(&before) && !carries(story) {
            story.estimate = None;
            done.push(Edit::Estimate(None));
        }
    }
}

/// The story that a blocker makes one wait for, unless someone said that it is out of the way.
fn waits_for(blocker: &Blocker) -> Option<StoryId> {
    match blocker.what {
        Obstacle::Story(on) if !blocker.resolved => Some(on),
        Obstacle::Story(_) | Obstacle::Text(_) => None,
    }
}

fn check_author(story: &Story, id: PartId, hand: Hand) -> Result<(), Rejection> {
    let comment = story.comments.iter().find(|comment| comment.id == id);
    match comment.ok_or(Rejection::UnknownPart)?.author {
        Some(author) if author == hand.by.id => Ok(()),
        Some(_) | None => Err(Rejection::NotYours),
    }
}

/// Whether a story has room for what the edit put into it.
fn check_room(story: &Story, edit: &Edit) -> Result<(), Rejection> {
    let (what, got) = match edit {
        Edit::OwnerAdded(_) => (Limit::Owners, story.owners.len()),
        Edit::LabelAdded(_) => (Limit::Labels, story.labels.len()),
        Edit::FollowerAdded(_) => (Limit::Followers, story.followers.len()),
        Edit::TaskAdded { .. } => (Limit::Tasks, story.tasks.len()),
        Edit::CommentAdded(_) => (Limit::Comments, story.comments.len()),
        Edit::BlockerPut(_) => (Limit::Blockers, story.blockers.len()),
        Edit::ReviewPut(_) => (Limit::Reviews, story.reviews.len()),
        Edit::LinkPut(_) => (Limit::Links, story.links.len()),
        Edit::Title(_)
        | Edit::Type(_)
        | Edit::Estimate(_)
        | Edit::Description(_)
        | Edit::DescriptionRevised { .. }
        | Edit::ConflictKept(_)
        | Edit::ConflictDropped(_)
        | Edit::LabelRemoved(_)
        | Edit::Priority(_)
        | Edit::Requester(_)
        | Edit::Deadline(_)
        | Edit::Current(_)
        | Edit::OwnerRemoved(_)
        | Edit::FollowerRemoved(_)
        | Edit::TaskReworded { .. }
        | Edit::TaskTicked { .. }
        | Edit::TaskMoved { .. }
        | Edit::TaskRemoved(_)
        | Edit::CommentReworded(_)
        | Edit::CommentRemoved(_)
        | Edit::CommentRestored(_)
        | Edit::BlockerRemoved(_)
        | Edit::ReviewRemoved(_)
        | Edit::LinkRemoved(_) => return Ok(()),
    };
    if got > what.most() {
        Err(Rejection::TooMany { what })
    } else {
        Ok(())
    }
}

/// An edit as its outcome.
fn resolved(story: &Story, edit: &Edit) -> Vec<Edit> {
    if let Edit::DescriptionRevised { from, to } = edit {
        revised(story, from, to)
    } else {
        vec![edit.clone()]
    }
}

fn revised(story: &Story, from: &Description, to: &Description) -> Vec<Edit> {
    let theirs = &story.description;
    let (text, overlaps) = match merge(from.as_str(), theirs.as_str(), to.as_str()) {
        Merged::Whole(text) => (text, false),
        Merged::Overlapping(text) => (text, true),
    };
    match (Description::new(&text), overlaps) {
        (Ok(merged), false) => vec![Edit::Description(merged)],
        (Ok(merged), true) => [vec![Edit::Description(merged)], kept(story, to)].concat(),
        // Both texts are descriptions, so that only the sum of their changes can be too long for one.
        (Err(_), _) => kept(story, to),
    }
}

/// Keeps a text beside the description.
fn kept(story: &Story, text: &Description) -> Vec<Edit> {
    if story.conflicts.contains(text) {
        return Vec::new();
    }
    let too_many = story.conflicts.len() >= Story::MAX_CONFLICTS;
    let oldest = story.conflicts.first().filter(|_| too_many).cloned();
    let dropped = oldest.map(Edit::ConflictDropped);
    dropped.into_iter().chain([Edit::ConflictKept(text.clone())]).collect()
}
