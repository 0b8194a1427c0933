//! Who wrote the texts that are kept beside the description of the open story. Only the history knows, so it is asked for.

use crate::board::scene::past::KeptText;
use backlog::history::{Happened, HistoryStep};
use backlog::{Actor, Description, Story, StoryId};

/// Who wrote what, as far as the history told.
#[derive(Debug, Default)]
pub struct Authors {
    // The story and the texts that the history was last asked for.
    asked: Option<(StoryId, Vec<Description>)>,
    known: Vec<KeptText>,
}

impl Authors {
    /// The texts kept of a story, with their authors.
    pub fn of(&self, story: &Story) -> Vec<KeptText> {
        let is_of = self.asked.as_ref().is_some_and(|(id, _)| *id == story.id);
        let known = |text: &Description| self.known.iter().find(|known| is_of && known.text == *text).cloned();
        let kept = |text: &Description| {
            known(text).unwrap_or_else(|| KeptText {
                text: text.clone(),
                by: None,
                first: None,
            })
        };
        story.conflicts.iter().map(kept).collect()
    }

    /// The story that is open, if any. Answers the one whose history would tell more than is known and was not asked for.
    pub fn asks(&mut self, open: Option<&Story>) -> Option<StoryId> {
        let wanted = open.filter(|story| !story.conflicts.is_empty());
        let Some(story) = wanted else {
            *self = Authors::default();
            return None;
        };
        let asked = (story.id, story.conflicts.clone());
        if self.asked.as_ref() == Some(&asked) {
            return None;
        }
        let is_known = |text: &Description| self.known.iter().any(|known| known.text == *text);
        let is_same = self.asked.as_ref().is_some_and(|(id, _)| *id == story.id);
        let all_known = is_same && story.conflicts.iter().all(is_known);
        self.asked = Some(asked);
        (!all_known).then_some(story.id)
    }

    /// The history told what happened. Whether it was asked for.
    pub fn told(&mut self, story: StoryId, steps: &[HistoryStep]) -> bool {
        let is_asked = self.asked.as_ref().is_some_and(|(id, _)| *id == story);
        if is_asked {
            self.known = kept_texts(steps);
        }
        is_asked
    }
}

/// All texts that were ever kept, the latest of each first.
fn kept_texts(steps: &[HistoryStep]) -> Vec<KeptText> {
    let mut known = Vec::new();
    for (place, step) in steps.iter().enumerate().rev() {
        let first = first_author(&steps[..place], &step.actor);
        for happened in &step.happened {
            if let Happened::ConflictKept(text) = happened {
                known.push(KeptText {
                    text: text.clone(),
                    by: Some(step.actor.name.clone()),
                    first: first.map(|actor| actor.name.clone()),
                });
            }
        }
    }
    known
}

/// Who wrote the text that came first: whoever changed the description last before. One's own text met somebody else's, so
/// where that was oneself the history does not tell.
fn first_author<'a>(before: &'a [HistoryStep], kept: &Actor) -> Option<&'a Actor> {
    let describes = |step: &&HistoryStep| {
        let is = |happened: &Happened| matches!(happened, Happened::Description { .. });
        step.happened.iter().any(is)
    };
    let last = before.iter().rev().find(describes)?;
    Some(&last.actor).filter(|actor| actor.id != kept.id)
}
