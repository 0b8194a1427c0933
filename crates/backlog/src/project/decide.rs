//! The rules: what a command would change, or why it may not. Reads the project, never writes it.
//!
//! Whoever gives a command sees the project as it was a moment ago; by the time that it is decided others may have changed the
//! same things. The order in which the server decides is the order in which it happened. What that means for each part:
//!
//! | part | two people change it | where |
//! |---|---|---|
//! | title, type, estimate, name of the project | the later one wins, each field for itself; the history has both values | `editing.rs` |
//! | description, [revised](crate::Edit::DescriptionRevised) | merged line by line and word by word; where the changes overlap, the earlier one stays and the later text is [kept whole beside it](crate::Story::conflicts) | `editing.rs`, [`merge`](mod@crate::merge) |
//! | description, set | the later one wins | `editing.rs` |
//! | labels, texts kept beside | added and let go one by one, so that two people with different ones do not meet | `editing.rs` |
//! | state | a transition is open from certain states only; on any other it is refused | [`StoryType::transitions`](crate::StoryType::transitions) |
//! | place | the later one wins; several stories stay one block; after a deleted story is where it stood, after one that left the panel is the top | `Project::anchor` |
//! | state and place, [put back](crate::Command::ReturnStories) | refused as [overtaken](Rejection::Overtaken) where the story is in another state than whoever asks saw | `returning.rs` |
//! | a deleted story | every change of it is refused until it is restored; deleting what is deleted and restoring what is there is no mistake | `Project::living`, `Project::known` |
//! | a created story | what is there already was created: success without a change | `Project::decide_creation` |
//!
//! What follows from a field is part of the same change: a type that carries no points takes the estimate away. A refusal is for
//! good for that command, and the one who gave it has it back whole.

mod editing;
mod returning;

use super::Project;
use crate::command::NewStory;
use crate::{Change, Command, Millis, Panel, Rejection, State, Story, StoryId, Transition};
use std::collections::HashSet;
use std::sync::Arc;

impl Project {
    /// What the command changes at that moment. `at` becomes the time of creation of a story that it creates.
    pub fn decide(&self, command: &Command, at: Millis) -> Result<Change, Rejection> {
        match command {
            Command::CreateStory(story) => self.decide_creation(story, at),
            Command::EditStory { id, edits } => self.decide_edit(*id, edits),
            Command::TransitionStory { id, transition } => self.decide_transition(*id, *transition),
            Command::MoveStories { stories, panel, after } => self.decide_move(stories, *panel, *after),
            Command::DeleteStories { stories } => {
                let stories = self.known(stories)?;
                Ok(Change::StoryDeleted { stories })
            }
            Command::RestoreStories { stories } => {
                let stories = self.known(stories)?;
                Ok(Change::StoryRestored { stories })
            }
            Command::ReturnStories { stories } => self.decide_return(stories),
            Command::RenameProject { name } => Ok(Change::ProjectRenamed { name: name.clone() }),
        }
    }

    fn decide_creation(&self, new: &NewStory, at: Millis) -> Result<Change, Rejection> {
        if self.slot(new.id).is_some() {
            // Created already, by a request that was sent again under another mutation id: that is success.
            return Ok(Change::StoryEdited {
                id: new.id,
                edits: Vec::new(),
            });
        }
        self.check_estimate(new.story_type, new.estimate)?;
        let after = self.anchor(new.after, new.panel, &[new.id])?;
        let state = match new.panel {
            Panel::Backlog => State::Unstarted,
            Panel::Icebox => State::Unscheduled,
        };
        let story = Story {
            id: new.id,
            number: self.next_number,
            title: new.title.clone(),
            story_type: new.story_type,
            state,
            estimate: new.estimate,
            description: new.description.clone(),
            conflicts: Vec::new(),
            labels: new.labels.clone(),
            created_at: at,
            accepted_at: None,
            deleted: false,
        };
        Ok(Change::StoryCreated {
            story: Box::new(story),
            after,
        })
    }

    fn decide_transition(&self, id: StoryId, transition: Transition) -> Result<Change, Rejection> {
        let story = self.living(id)?;
        if !story.transitions().contains(&transition) {
            return Err(Rejection::ClosedTransition {
                transition,
                state: story.state,
            });
        }
        if transition == Transition::Start && story.story_type.is_estimated() && story.estimate.is_none() {
            return Err(Rejection::Unestimated);
        }
        Ok(Change::StoryTransitioned {
            id,
            state: story.story_type.after(transition),
        })
    }

    fn decide_move(&self, stories: &[StoryId], panel: Panel, after: Option<StoryId>) -> Result<Change, Rejection> {
        check_selection(stories)?;
        for id in stories {
            let story = self.living(*id)?;
            if story.state == State::Accepted {
                return Err(Rejection::AlreadyAccepted);
            }
        }
        let after = self.anchor(after, panel, stories)?;
        Ok(Change::StoryMoved {
            stories: stories.to_vec(),
            panel,
            after,
        })
    }

    /// A sound selection of stories, deleted or not: what is so already, by someone else's hand, is no mistake.
    fn known(&self, stories: &[StoryId]) -> Result<Vec<StoryId>, Rejection> {
        check_selection(stories)?;
        for id in stories {
            self.slot(*id).ok_or(Rejection::UnknownStory)?;
        }
        Ok(stories.to_vec())
    }

    // A deleted story keeps its place and still serves as an anchor. One that has meanwhile gone to the other panel says
    // nothing about a place in this one; the top is where a person looks first.
    fn anchor(&self, after: Option<StoryId>, panel: Panel, moving: &[StoryId]) -> Result<Option<StoryId>, Rejection> {
        let Some(id) = after else { return Ok(None) };
        if moving.contains(&id) {
            return Err(Rejection::AnchorMoves);
        }
        let slot = self.slot(id).ok_or(Rejection::UnknownAnchor)?;
        Ok(Some(id).filter(|_| self.at(slot).panel() == panel))
    }

    fn living(&self, id: StoryId) -> Result<&Arc<Story>, Rejection> {
        let slot = self.slot(id).ok_or(Rejection::UnknownStory)?;
        let story = self.at(slot);
        if story.deleted {
            Err(Rejection::DeletedStory)
        } else {
            Ok(story)
        }
    }
}

fn was_started(state: State) -> bool {
    state.rank() < State::Unstarted.rank()
}

fn check_selection(stories: &[StoryId]) -> Result<(), Rejection> {
    let named: HashSet<_> = stories.iter().collect();
    let sound = !stories.is_empty() && stories.len() <= Command::MAX_STORIES && named.len() == stories.len();
    if sound { Ok(()) } else { Err(Rejection::BadSelection) }
}
