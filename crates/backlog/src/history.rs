//! A story's history: what happened to it, with the values before and after, made out of the project's changes alone.
//!
//! Pure: the changes come in as they were recorded. What changed nothing of the story is left out.

use crate::undo::edits_back;
use crate::{
    Actor, Change, Description, Edit, Estimate, Hand, Label, Mid, Millis, Panel, PointScale, Recorded, Returned,
    SettingEdit, State, Story, StoryId, StoryType, Title,
};
use serde::{Deserialize, Serialize};

/// The most changes after the creation that a story's history holds.
pub const MAX_LATEST: usize = 1_000;

/// The changes that touch a story, oldest first: its creation and the latest [`MAX_LATEST`] after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Something else about it was set, said, added or taken away.
    Edited {
        /// What.
        edit: Edit,
        /// What makes it as it was before; empty where nothing does.
        back: Vec<Edit>,
    },
    /// It came from another program, as it is.
    Imported,
    /// It was deleted.
    Deleted,
    /// It was brought back.
    Restored,
}

/// A story's history out of all changes that touch it, oldest first. What was before the story is left out.
pub fn history(story: StoryId, changes: Vec<Recorded>) -> StoryHistory {
    let changes = changes
        .into_iter()
        .skip_while(|one| begins(story, &one.change).is_none());
    let mut changes: Vec<Recorded> = changes.map(|recorded| about(story, recorded)).collect();
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

/// Whether a change makes every estimate follow a scale, naming no story.
pub fn rescales(change: &Change) -> bool {
    match change {
        Change::SettingsEdited { edits } => edits.iter().any(|edit| scale_of(edit).is_some()),
        Change::StoriesImported(import) => import.scale.is_some(),
        Change::StoryCreated { .. }
        | Change::StoryEdited { .. }
        | Change::StoriesEdited { .. }
        | Change::StoryTransitioned { .. }
        | Change::StoriesTransitioned { .. }
        | Change::StoryMoved { .. }
        | Change::StoryDeleted { .. }
        | Change::StoryRestored { .. }
        | Change::StoryReturned { .. }
        | Change::ProjectRenamed { .. }
        | Change::EpicPut { .. }
        | Change::EpicMoved { .. }
        | Change::EpicRemoved { .. }
        | Change::SearchSaved { .. }
        | Change::SearchRemoved { .. }
        | Change::ImportDeleted { .. }
        | Change::ImportRestored { .. }
        | Change::PersonJoined { .. }
        | Change::PersonLeft { .. } => false,
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

/// The change, as little of it as one story's history needs: of what touched many stories at once that one alone.
pub fn about(story: StoryId, mut recorded: Recorded) -> Recorded {
    match &mut recorded.change {
        Change::StoriesImported(import) => {
            import.stories.retain(|imported| imported.id == story);
            import.people.clear();
            import.epics.clear();
        }
        Change::StoriesEdited { stories } => stories.retain(|edited| edited.id == story),
        Change::StoriesTransitioned { stories } => stories.retain(|stepped| stepped.id == story),
        Change::SettingsEdited { edits } => edits.retain(|edit| scale_of(edit).is_some()),
        Change::StoryCreated { .. }
        | Change::StoryEdited { .. }
        | Change::StoryTransitioned { .. }
        // Where in a block a story stands says what it follows.
        | Change::StoryMoved { .. }
        | Change::StoryDeleted { .. }
        | Change::StoryRestored { .. }
        | Change::StoryReturned { .. }
        | Change::ProjectRenamed { .. }
        | Change::EpicPut { .. }
        | Change::EpicMoved { .. }
        | Change::EpicRemoved { .. }
        | Change::SearchSaved { .. }
        | Change::SearchRemoved { .. }
        | Change::ImportDeleted { .. }
        | Change::ImportRestored { .. }
        | Change::PersonJoined { .. }
        | Change::PersonLeft { .. } => {}
    }
    recorded
}

/// Carries a change out on the story alone; says what it did to it.
fn follow(now: &mut Option<Story>, id: StoryId, recorded: &Recorded) -> Vec<Happened> {
    let change = &recorded.change;
    match (begins(id, change), now) {
        (Some((story, happened)), now) => {
            *now = Some(story.clone());
            vec![happened]
        }
        (None, Some(story)) => changed(story, change, recorded.hand()),
        (None, None) => Vec::new(),
    }
}

/// The story as it is first, where it comes into being by this change.
fn begins(id: StoryId, change: &Change) -> Option<(&Story, Happened)> {
    if let Change::StoryCreated { story, .. } = change {
        return (story.id == id).then_some((&**story, Happened::Created));
    }
    if let Change::StoriesImported(import) = change {
        let story = import.stories.iter().find(|story| story.id == id)?;
        return Some((story, Happened::Imported));
    }
    None
}

fn changed(story: &mut Story, change: &Change, hand: Hand) -> Vec<Happened> {
    let id = story.id;
    match change {
        Change::SettingsEdited { edits } => {
            let scales = edits.iter().filter_map(scale_of);
            scales.filter_map(|scale| rescaled(story, scale)).collect()
        }
        Change::StoriesImported(import) => {
            let rescaled = import.scale.as_ref().and_then(|scale| rescaled(story, scale));
            rescaled.into_iter().collect()
        }
        Change::StoryCreated { .. }
        | Change::ProjectRenamed { .. }
        | Change::EpicPut { .. }
        | Change::EpicMoved { .. }
        | Change::EpicRemoved { .. }
        | Change::SearchSaved { .. }
        | Change::SearchRemoved { .. }
        | Change::PersonJoined { .. }
        | Change::PersonLeft { .. } => Vec::new(),
        Change::StoryEdited { id: named, edits } => all_edited(story, (*named == id).then_some(edits), hand),
        Change::StoriesEdited { stories } => {
            let own = stories.iter().find(|edited| edited.id == id);
            all_edited(story, own.map(|edited| &edited.edits), hand)
        }
        Change::StoryTransitioned {
            id: named,
            state,
            edits,
        } if *named == id => stepped(story, (*state, edits), hand),
        Change::StoryTransitioned { .. } => Vec::new(),
        Change::StoriesTransitioned { stories } => {
            let own = stories.iter().find(|stepped| stepped.id == id);
            own.map_or(Vec::new(), |own| stepped(story, (own.state, &own.edits), hand))
        }
        Change::StoryMoved {
            stories,
            panel,
            after,
            current,
        } => {
            let Some(place) = stories.iter().position(|moved| *moved == id) else {
                return Vec::new();
            };
            // Those of a block follow one another.
            let after = place.checked_sub(1).map_or(*after, |before| Some(stories[before]));
            let mut put = moved(story, (*panel, after), hand.at);
            put.extend(current.and_then(|current| edited(story, &Edit::Current(current), hand)));
            put
        }
        Change::StoryDeleted { stories } if stories.contains(&id) => set_deleted(story, Happened::Deleted),
        Change::StoryRestored { stories } if stories.contains(&id) => set_deleted(story, Happened::Restored),
        Change::StoryDeleted { .. } | Change::StoryRestored { .. } => Vec::new(),
        Change::ImportDeleted { id } if story.import == Some(*id) => set_deleted(story, Happened::Deleted),
        Change::ImportRestored { id } if story.import == Some(*id) => set_deleted(story, Happened::Restored),
        Change::ImportDeleted { .. } | Change::ImportRestored { .. } => Vec::new(),
        Change::StoryReturned { stories } => {
            let returned = stories.iter().find(|returned| returned.id == story.id);
            returned.map_or(Vec::new(), |returned| {
                let mut put = put_back(story, returned, hand.at);
                put.extend(edited(story, &Edit::Current(returned.current), hand));
                put
            })
        }
    }
}

fn scale_of(edit: &SettingEdit) -> Option<&PointScale> {
    match edit {
        SettingEdit::Scale(scale) => Some(scale),
        SettingEdit::Pointed(_)
        | SettingEdit::IterationWeeks(_)
        | SettingEdit::StartWeekday(_)
        | SettingEdit::StartedOn(_)
        | SettingEdit::TimeZone(_)
        | SettingEdit::VelocityWindow(_)
        | SettingEdit::InitialVelocity(_)
        | SettingEdit::Planning(_)
        | SettingEdit::Length { .. }
        | SettingEdit::Strength { .. } => None,
    }
}

/// The estimate follows a scale.
fn rescaled(story: &mut Story, scale: &PointScale) -> Option<Happened> {
    let before = story.estimate;
    let after = before.map(|estimate| scale.nearest(estimate));
    story.estimate = after;
    (before != after).then_some(Happened::Estimate { before, after })
}

fn all_edited(story: &mut Story, edits: Option<&Vec<Edit>>, hand: Hand) -> Vec<Happened> {
    let edits = edits.into_iter().flatten();
    edits.filter_map(|edit| edited(story, edit, hand)).collect()
}

fn stepped(story: &mut Story, (state, edits): (State, &[Edit]), hand: Hand) -> Vec<Happened> {
    let step = set_state(story, state, hand.at);
    let follows: Vec<Happened> = edits.iter().filter_map(|edit| edited(story, edit, hand)).collect();
    step.into_iter().chain(follows).collect()
}

fn edited(story: &mut Story, edit: &Edit, hand: Hand) -> Option<Happened> {
    let before = story.clone();
    edit.clone().carry_out(story, hand);
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
        Edit::Priority(_)
        | Edit::Requester(_)
        | Edit::Deadline(_)
        | Edit::Current(_)
        | Edit::OwnerAdded(_)
        | Edit::OwnerRemoved(_)
        | Edit::FollowerAdded(_)
        | Edit::FollowerRemoved(_)
        | Edit::TaskAdded { .. }
        | Edit::TaskReworded { .. }
        | Edit::TaskTicked { .. }
        | Edit::TaskMoved { .. }
        | Edit::TaskRemoved(_)
        | Edit::CommentAdded(_)
        | Edit::CommentReworded(_)
        | Edit::CommentRemoved(_)
        | Edit::CommentRestored(_)
        | Edit::BlockerPut(_)
        | Edit::BlockerRemoved(_)
        | Edit::ReviewPut(_)
        | Edit::ReviewRemoved(_)
        | Edit::LinkPut(_)
        | Edit::LinkRemoved(_) => Happened::Edited {
            edit: edit.clone(),
            back: edits_back(&before, story),
        },
    })
}

fn set_state(story: &mut Story, after: State, at: Millis) -> Option<Happened> {
    let before = story.state;
    story.put_in(after, at);
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
        | Happened::Edited { .. }
        | Happened::Imported
        | Happened::Deleted
        | Happened::Restored => true,
    }
}

#[cfg(test)]
mod tests;
