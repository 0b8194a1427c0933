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
//! | tasks, comments, blockers, reviews, links, owners, followers | one by one, like labels; of two who change the same one the later wins | `editing.rs` |
//! | settings | each for itself, the later one wins; single iterations are set apart one by one | `frame.rs` |
//! | epics, saved searches | the later one wins, as a whole | `frame.rs` |
//! | several stories at once | those that were deleted, or moved on, meanwhile are left out; where none is left it is refused | `editing.rs`, `Project::decide_transitions` |
//! | an import | all of it or nothing | `importing.rs` |
//! | who is in the project | joining and leaving what one is in, or is not in, is no mistake | `decide` |
//! | a created story | what is there already was created: success without a change | `Project::decide_creation` |
//!
//! What follows from a field is part of the same change: a type that carries no points takes the estimate away. A refusal is for
//! good for that command, and the one who gave it has it back whole.

mod editing;
mod frame;
mod importing;
mod returning;

use super::Project;
use crate::command::NewStory;
use crate::{Change, Command, Edit, Hand, Panel, Rejection, Remark, State, Story, StoryId, Transition, Transitioned};
use std::collections::HashSet;
use std::sync::Arc;

impl Project {
    /// What the command changes, given by that hand at that moment.
    pub fn decide(&self, command: &Command, hand: Hand) -> Result<Change, Rejection> {
        match command {
            Command::CreateStory(story) => self.decide_creation(story, hand),
            Command::EditStory { id, edits } => {
                let edits = self.decide_edit(*id, edits, hand)?;
                Ok(Change::StoryEdited { id: *id, edits })
            }
            Command::EditStories { stories } => self.decide_edits(stories, hand),
            Command::TransitionStory {
                id,
                transition,
                comment,
            } => self.decide_transition(*id, (*transition, comment.as_ref()), hand),
            Command::TransitionStories { stories, transition } => self.decide_transitions(stories, *transition, hand),
            Command::MoveStories {
                stories,
                panel,
                after,
                current,
            } => self.decide_move(stories, (*panel, *after), *current),
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
            Command::EditSettings { edits } => self.decide_settings(edits),
            Command::PutEpic { id, words } => self.decide_epic(*id, words, hand),
            Command::MoveEpic { id, after } => self.decide_epic_move(*id, *after),
            Command::RemoveEpic { id } => Ok(Change::EpicRemoved { id: *id }),
            Command::SaveSearch { id, name, query } => self.decide_search(*id, name, query),
            Command::RemoveSearch { id } => Ok(Change::SearchRemoved { id: *id }),
            Command::ImportStories(import) => self.decide_import(import, hand),
            Command::DeleteImport { id } => self.made(*id).map(|()| Change::ImportDeleted { id: *id }),
            Command::RestoreImport { id } => self.made(*id).map(|()| Change::ImportRestored { id: *id }),
            Command::Join { role } => Ok(Change::PersonJoined { role: *role }),
            Command::Leave { id } => self.check_person(*id, hand).map(|()| Change::PersonLeft { id: *id }),
        }
    }

    fn decide_creation(&self, new: &NewStory, hand: Hand) -> Result<Change, Rejection> {
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
            number: self.next_number,
            estimate: new.estimate,
            description: new.description.clone(),
            labels: new.labels.clone(),
            requester: Some(hand.by.id),
            ..Story::new(new.id, new.title.clone(), (new.story_type, state), hand.at)
        };
        Ok(Change::StoryCreated {
            story: Box::new(story),
            after,
        })
    }

    fn decide_transition(
        &self,
        id: StoryId,
        (transition, comment): (Transition, Option<&Remark>),
        hand: Hand,
    ) -> Result<Change, Rejection> {
        let Transitioned { id, state, mut edits } = self.step(id, transition, hand)?;
        if let Some(remark) = comment {
            if transition != Transition::Reject {
                return Err(Rejection::NothingToSay);
            }
            edits.extend(self.decide_edit(id, &[Edit::CommentAdded(remark.clone())], hand)?);
        }
        Ok(Change::StoryTransitioned { id, state, edits })
    }

    fn decide_transitions(&self, stories: &[StoryId], transition: Transition, hand: Hand) -> Result<Change, Rejection> {
        check_selection(stories)?;
        let steps: Vec<_> = stories.iter().map(|id| self.step(*id, transition, hand)).collect();
        let (open, closed): (Vec<_>, Vec<_>) = steps.into_iter().partition(Result::is_ok);
        let stories: Vec<Transitioned> = open.into_iter().flatten().collect();
        match closed.into_iter().find_map(Result::err) {
            Some(reason) if stories.is_empty() => Err(reason),
            Some(_) | None => Ok(Change::StoriesTransitioned { stories }),
        }
    }

    /// One story's step, and what follows from it: work that nobody owns belongs to whoever starts it.
    fn step(&self, id: StoryId, transition: Transition, hand: Hand) -> Result<Transitioned, Rejection> {
        let story = self.living(id)?;
        if !story.transitions().contains(&transition) {
            return Err(Rejection::ClosedTransition {
                transition,
                state: story.state,
            });
        }
        let starts = transition == Transition::Start;
        if starts && story.story_type.awaits_estimate() && story.estimate.is_none() {
            return Err(Rejection::Unestimated);
        }
        let owner = (starts && story.owners.is_empty()).then_some(Edit::OwnerAdded(hand.by.id));
        Ok(Transitioned {
            id,
            state: story.story_type.after(transition),
            edits: owner.into_iter().collect(),
        })
    }

    fn decide_move(
        &self,
        stories: &[StoryId],
        (panel, after): (Panel, Option<StoryId>),
        current: Option<bool>,
    ) -> Result<Change, Rejection> {
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
            // Nothing in the icebox stands in an iteration.
            current: current.filter(|_| panel == Panel::Backlog),
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
