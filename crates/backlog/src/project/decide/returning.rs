//! The rules of putting stories back to where they were.

use super::{Project, check_selection, was_started};
use crate::{Change, Panel, Rejection, Return, Returned, State, Story, StoryId};

impl Project {
    pub(super) fn decide_return(&self, stories: &[Return]) -> Result<Change, Rejection> {
        let selection: Vec<StoryId> = stories.iter().map(|story| story.id).collect();
        check_selection(&selection)?;
        let mut returned: Vec<Returned> = Vec::with_capacity(stories.len());
        for story in stories {
            check_return(self.living(story.id)?, story)?;
            let after = match story.state {
                State::Accepted => self.last_accepted(&returned, &selection),
                State::Unscheduled
                | State::Unstarted
                | State::Started
                | State::Finished
                | State::Delivered
                | State::Rejected => self.anchor_of_return(story, &returned)?,
            };
            returned.push(Returned {
                id: story.id,
                state: story.state,
                after,
                // Nothing in the icebox stands in an iteration.
                current: story.current && story.panel == Panel::Backlog,
            });
        }
        Ok(Change::StoryReturned { stories: returned })
    }

    // Planning counts on accepted stories standing in the order of their acceptance, and this is one.
    fn last_accepted(&self, returned: &[Returned], selection: &[StoryId]) -> Option<StoryId> {
        if let Some(last) = returned.iter().rfind(|one| one.state == State::Accepted) {
            return Some(last.id);
        }
        let backlog = self.backlog.iter().map(|slot| self.at(*slot));
        let accepted = backlog.take_while(|story| story.state == State::Accepted);
        accepted
            .filter(|story| !selection.contains(&story.id))
            .last()
            .map(|story| story.id)
    }

    /// The same rules as for moves, after those before it in the list were put back.
    fn anchor_of_return(&self, story: &Return, returned: &[Returned]) -> Result<Option<StoryId>, Rejection> {
        let put_back = returned.iter().find(|one| Some(one.id) == story.after);
        match put_back {
            Some(anchor) => Ok(Some(anchor.id).filter(|_| anchor.state.panel() == story.panel)),
            None => self.anchor(story.after, story.panel, &[story.id]),
        }
    }
}

fn check_return(story: &Story, wish: &Return) -> Result<(), Rejection> {
    let Return { seen, state, panel, .. } = *wish;
    if story.state != seen {
        return Err(Rejection::Overtaken);
    }
    if !story.story_type.has_state(state) {
        return Err(Rejection::ImpossibleType {
            story_type: story.story_type,
            state,
        });
    }
    if state.panel() != panel {
        return Err(Rejection::ImpossiblePanel { state, panel });
    }
    if seen == State::Accepted && state == State::Accepted {
        return Err(Rejection::AlreadyAccepted);
    }
    let begins = was_started(state) && !was_started(seen);
    if begins && story.story_type.awaits_estimate() && story.estimate.is_none() {
        return Err(Rejection::Unestimated);
    }
    Ok(())
}
