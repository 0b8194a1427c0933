//! A story's history: what happened to it, with the values before and after, made out of the project's changes alone.
//!
//! Pure: the changes come in as they were recorded. What changed nothing of the story is left out.

use crate::{
    Actor, Change, Description, Edit, Estimate, Label, Mid, Millis, Panel, Recorded, Returned, State, Story, StoryId,
    StoryType, Title,
};
use serde::{Deserialize, Serialize};

/// The most changes after the creation that a story's history holds.
pub const MAX_LATEST: usize = 1_000;

/// The changes that touch a story, oldest first: its creation and the latest [`MAX_LATEST`] after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryHistory {
    /// The changes.
    pub changes: Vec<Recorded>,
    /// The story as it was after its creation and all changes that are left out between the first and the second of these; none
    /// where nothing is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed: Option<Box<Story>>,
}

/// A change as a story saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryStep {
    /// The revision of the project that it led to.
    pub rev: u64,
    /// When it was accepted.
    pub at: Millis,
    /// Who asked.
    pub actor: Actor,
    /// The mutation id of the command.
    pub mid: Mid,
    /// What it did to the story; never empty.
    pub happened: Vec<Happened>,
}

/// What happened to a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// It came into being.
    Created,
    /// It is called something else.
    Title {
        /// The title before.
        before: Title,
        /// The title after.
        after: Title,
    },
    /// It is of another type.
    Type {
        /// The type before.
        before: StoryType,
        /// The type after.
        after: StoryType,
    },
    /// It is of another size.
    Estimate {
        /// The points before; none where there was no estimate.
        before: Option<Estimate>,
        /// The points after.
        after: Option<Estimate>,
    },
    /// It is described in other words.
    Description {
        /// The text before.
        before: Description,
        /// The text after.
        after: Description,
    },
    /// A text that overlaps with the description was kept beside it.
    ConflictKept(Description),
    /// Such a text was let go.
    ConflictDropped(Description),
    /// It has a label more.
    LabelAdded(Label),
    /// It has a label less.
    LabelRemoved(Label),
    /// It stands elsewhere in its life.
    State {
        /// The state before.
        before: State,
        /// The state after.
        after: State,
    },
    /// It was put elsewhere in order. That a move between the panels schedules it or no longer does is not told beside.
    Moved {
        /// The panel before.
        from: Panel,
        /// The panel after.
        to: Panel,
        /// The story that it follows; none for the top.
        after: Option<StoryId>,
    },
    /// It was deleted.
    Deleted,
    /// It was brought back.
    Restored,
}

/// A story's history out of all changes that touch it, oldest first.
pub fn history(story: StoryId, mut changes: Vec<Recorded>) -> StoryHistory {
    let left_out = changes.len().saturating_sub(1 + MAX_LATEST);
    if left_out == 0 {
        return StoryHistory { changes, resumed: None };
    }
    let mut resumed = None;
    for recorded in &changes[..=left_out] {
        follow(&mut resumed, story, recorded);
    }
    changes.drain(1..=left_out);
    StoryHistory {
        changes,
        resumed: resumed.map(Box::new),
    }
}

/// What happened to a story, oldest first.
pub fn steps(story: StoryId, history: &StoryHistory) -> Vec<HistoryStep> {
    let mut now = None;
    let mut steps = Vec::with_capacity(history.changes.len());
    for (place, recorded) in history.changes.iter().enumerate() {
        if let (1, Some(resumed)) = (place, &history.resumed) {
            now = Some(Story::clone(resumed));
        }
        let happened = follow(&mut now, story, recorded);
        if !happened.is_empty() {
            steps.push(HistoryStep {
                rev: recorded.rev,
                at: recorded.at,
                actor: recorded.actor.clone(),
                mid: recorded.mid,
                happened,
            });
        }
    }
    steps
}

/// Carries a change out on the story alone; says what it did to it.
fn follow(now: &mut Option<Story>, id: StoryId, recorded: &Recorded) -> Vec<Happened> {
    if let Change::StoryCreated { story, .. } = &recorded.change {
        if story.id != id {
            return Vec::new();
        }
        *now = Some(Story::clone(story));
        return vec![Happened::Created];
    }
    match now {
        Some(story) if recorded.change.stories().contains(&id) => changed(story, &recorded.change, recorded.at),
        Some(_) | None => Vec::new(),
    }
}

fn changed(story: &mut Story, change: &Change, at: Millis) -> Vec<Happened> {
    match change {
        Change::StoryCreated { .. } | Change::ProjectRenamed { .. } => Vec::new(),
        Change::StoryEdited { edits, .. } => edits.iter().filter_map(|edit| edited(story, edit)).collect(),
        Change::StoryTransitioned { state, .. } => set_state(story, *state, at).into_iter().collect(),
        Change::StoryMoved { stories, panel, after } => {
            // Those of a block follow one another.
            let place = stories.iter().position(|id| *id == story.id).unwrap_or_default();
            let after = place.checked_sub(1).map_or(*after, |before| Some(stories[before]));
            moved(story, (*panel, after), at)
        }
        Change::StoryDeleted { .. } => set_deleted(story, Happened::Deleted),
        Change::StoryRestored { .. } => set_deleted(story, Happened::Restored),
        Change::StoryReturned { stories } => {
            let returned = stories.iter().find(|returned| returned.id == story.id);
            returned.map_or(Vec::new(), |returned| put_back(story, returned, at))
        }
    }
}

fn edited(story: &mut Story, edit: &Edit) -> Option<Happened> {
    let before = story.clone();
    edit.clone().carry_out(story);
    if *story == before {
        return None;
    }
    Some(match edit {
        Edit::Title(after) => Happened::Title {
            before: before.title,
            after: after.clone(),
        },
        Edit::Type(after) => Happened::Type {
            before: before.story_type,
            after: *after,
        },
        Edit::Estimate(after) => Happened::Estimate {
            before: before.estimate,
            after: *after,
        },
        Edit::Description(after) | Edit::DescriptionRevised { to: after, .. } => Happened::Description {
            before: before.description,
            after: after.clone(),
        },
        Edit::ConflictKept(text) => Happened::ConflictKept(text.clone()),
        Edit::ConflictDropped(text) => Happened::ConflictDropped(text.clone()),
        Edit::LabelAdded(label) => Happened::LabelAdded(label.clone()),
        Edit::LabelRemoved(label) => Happened::LabelRemoved(label.clone()),
    })
}

fn set_state(story: &mut Story, after: State, at: Millis) -> Option<Happened> {
    let before = story.state;
    story.state = after;
    story.accepted_at = (after == State::Accepted).then_some(at);
    (before != after).then_some(Happened::State { before, after })
}

fn set_deleted(story: &mut Story, happened: Happened) -> Vec<Happened> {
    let deleted = happened == Happened::Deleted;
    let changed = std::mem::replace(&mut story.deleted, deleted) != deleted;
    changed.then_some(happened).into_iter().collect()
}

fn moved(story: &mut Story, (to, after): (Panel, Option<StoryId>), at: Millis) -> Vec<Happened> {
    let from = story.panel();
    let put = Happened::Moved { from, to, after };
    if from == to {
        return vec![put];
    }
    let changed = set_state(story, story.state.put_into(to), at).filter(tells_more_than_a_move);
    [put].into_iter().chain(changed).collect()
}

fn put_back(story: &mut Story, returned: &Returned, at: Millis) -> Vec<Happened> {
    let (from, to) = (story.panel(), returned.state.panel());
    let after = returned.after;
    let changed = set_state(story, returned.state, at);
    let is_move = from != to || changed.is_none();
    let put = is_move.then_some(Happened::Moved { from, to, after });
    let changed = changed.filter(|changed| !is_move || tells_more_than_a_move(changed));
    put.into_iter().chain(changed).collect()
}

/// Whether a change of state is more than a story's being scheduled or no longer.
fn tells_more_than_a_move(happened: &Happened) -> bool {
    use State::{Unscheduled, Unstarted};
    match happened {
        Happened::State { before, after } => {
            !matches!((before, after), (Unscheduled, Unstarted) | (Unstarted, Unscheduled))
        }
        Happened::Created
        | Happened::Title { .. }
        | Happened::Type { .. }
        | Happened::Estimate { .. }
        | Happened::Description { .. }
        | Happened::ConflictKept(_)
        | Happened::ConflictDropped(_)
        | Happened::LabelAdded(_)
        | Happened::LabelRemoved(_)
        | Happened::Moved { .. }
        | Happened::Deleted
        | Happened::Restored => true,
    }
}

#[cfg(test)]
mod tests;
