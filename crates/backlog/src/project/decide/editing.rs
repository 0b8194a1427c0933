//! The rules of edits: what may be set, what follows from it, and what becomes of a description that two people changed.

use super::{Project, was_started};
use crate::merge::{Merged, merge};
use crate::{Change, Command, Description, Edit, Estimate, Rejection, Story, StoryId, StoryType};

impl Project {
    pub(super) fn decide_edit(&self, id: StoryId, edits: &[Edit]) -> Result<Change, Rejection> {
        if edits.len() > Command::MAX_EDITS {
            return Err(Rejection::TooManyEdits);
        }
        let story = self.living(id)?;
        let mut after = Story::clone(story);
        let mut done = Vec::new();
        for edit in edits {
            self.check_edit(&after, edit)?;
            for edit in resolved(&after, edit) {
                take(&mut after, edit, &mut done);
            }
        }
        Ok(Change::StoryEdited { id, edits: done })
    }

    fn check_edit(&self, story: &Story, edit: &Edit) -> Result<(), Rejection> {
        match edit {
            Edit::Type(story_type) if !story_type.has_state(story.state) => Err(Rejection::ImpossibleType {
                story_type: *story_type,
                state: story.state,
            }),
            Edit::Estimate(None) if story.story_type.is_estimated() && was_started(story.state) => {
                Err(Rejection::Unestimated)
            }
            Edit::Estimate(estimate) => self.check_estimate(story.story_type, *estimate),
            Edit::ConflictKept(_) => Err(Rejection::ConflictAsked),
            Edit::Title(_)
            | Edit::Type(_)
            | Edit::Description(_)
            | Edit::DescriptionRevised { .. }
            | Edit::ConflictDropped(_)
            | Edit::LabelAdded(_)
            | Edit::LabelRemoved(_) => Ok(()),
        }
    }

    pub(super) fn check_estimate(&self, story_type: StoryType, estimate: Option<Estimate>) -> Result<(), Rejection> {
        match estimate {
            Some(_) if !story_type.is_estimated() => Err(Rejection::NotEstimable { story_type }),
            Some(estimate) if !self.settings.scale.holds(estimate) => Err(Rejection::OffScale { estimate }),
            Some(_) | None => Ok(()),
        }
    }
}

/// An edit as its outcome.
fn resolved(story: &Story, edit: &Edit) -> Vec<Edit> {
    match edit {
        Edit::DescriptionRevised { from, to } => revised(story, from, to),
        Edit::Title(_)
        | Edit::Type(_)
        | Edit::Estimate(_)
        | Edit::Description(_)
        | Edit::ConflictKept(_)
        | Edit::ConflictDropped(_)
        | Edit::LabelAdded(_)
        | Edit::LabelRemoved(_) => vec![edit.clone()],
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

/// Puts an edit into the list, together with what follows from it, unless all is so already.
fn take(story: &mut Story, edit: Edit, done: &mut Vec<Edit>) {
    let before = story.clone();
    edit.clone().carry_out(story);
    if *story != before {
        done.push(edit);
    }
    if story.estimate.is_some() && !story.story_type.is_estimated() {
        story.estimate = None;
        done.push(Edit::Estimate(None));
    }
}
