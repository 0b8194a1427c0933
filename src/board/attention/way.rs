//! What can be done about a command that needs a person, as the project stands: pure. Knows the rules by asking the project.

use crate::board::scene::attention::Way;
use backlog::command::NewStory;
use backlog::{
    Change, Command, Edit, Panel, Project, Rejection, Settings, State, StoryId, StoryType, Title, Transition,
};
use replica::{Kept, Stage};

/// What can be done about a command, and what stands in its way as the project is.
pub fn way(kept: &Kept, view: &Project) -> (Way, Option<Rejection>) {
    let again = match kept.stage {
        Stage::Lost => Way::ApplyAgain,
        Stage::Refused(_) | Stage::Pending | Stage::Confirmed { .. } => Way::TryAgain,
    };
    match view.decide(&kept.command, kept.hand()) {
        Ok(change) if is_so(&change, view) => (Way::Fulfilled, None),
        Ok(_) => (again, None),
        Err(rejection) => (
            around(&rejection, &kept.command, view).unwrap_or(again),
            Some(rejection),
        ),
    }
}

/// Whether a change changes nothing.
fn is_so(change: &Change, view: &Project) -> bool {
    match change {
        Change::StoryEdited { edits, .. } => edits.is_empty(),
        Change::StoryDeleted { stories } => stories.iter().all(|id| view.story(*id).is_none()),
        Change::StoryRestored { stories } => stories.iter().all(|id| view.story(*id).is_some()),
        Change::StoriesEdited { stories } => stories.iter().all(|story| story.edits.is_empty()),
        Change::ProjectRenamed { name } => view.name() == name,
        Change::SettingsEdited { edits } => edits.is_empty(),
        Change::EpicPut { epic } => view.epic(epic.id) == Some(epic),
        Change::EpicRemoved { id } => view.epic(*id).is_none(),
        Change::SearchSaved { search } => view.searches().contains(search),
        Change::SearchRemoved { id } => view.searches().iter().all(|search| search.id != *id),
        Change::StoryCreated { .. }
        | Change::StoryTransitioned { .. }
        | Change::StoriesTransitioned { .. }
        | Change::StoryMoved { .. }
        | Change::StoryReturned { .. }
        | Change::EpicMoved { .. }
        | Change::StoriesImported(_)
        | Change::ImportDeleted { .. }
        | Change::ImportRestored { .. }
        | Change::PersonJoined { .. }
        | Change::PersonLeft { .. } => false,
    }
}

/// The way around what stands in the way; none where a person can put it right and the command then goes through.
fn around(rejection: &Rejection, command: &Command, view: &Project) -> Option<Way> {
    let anew = || match anew(command, None, view.settings()) {
        Some(_) => Way::AddAnew,
        None => Way::Closed,
    };
    match rejection {
        Rejection::DeletedStory => Some(Way::RestoreAndApply),
        Rejection::UnknownStory if is_gone(command, view) => Some(Way::Fulfilled),
        Rejection::UnknownStory | Rejection::UnknownAnchor => Some(anew()),
        Rejection::ClosedTransition { state, .. } if is_reached(command, *state, view) => Some(Way::Fulfilled),
        Rejection::ClosedTransition { .. }
        | Rejection::AnchorMoves
        | Rejection::BadSelection
        | Rejection::TooManyEdits
        | Rejection::OffScale { .. }
        | Rejection::AlreadyAccepted
        | Rejection::Overtaken
        | Rejection::ConflictAsked
        | Rejection::UnknownPart
        | Rejection::UnknownPerson
        | Rejection::NotYours
        | Rejection::NothingToSay
        | Rejection::NoSuchIteration { .. }
        | Rejection::NoSuchDay
        | Rejection::UnknownEpic
        | Rejection::UnknownSearch
        | Rejection::UnknownImport
        | Rejection::AlreadyImported
        | Rejection::BadImport { .. }
        | Rejection::NotAllowed => Some(Way::Closed),
        Rejection::Unestimated
        | Rejection::NotEstimable { .. }
        | Rejection::ImpossibleType { .. }
        | Rejection::ImpossiblePanel { .. }
        | Rejection::TooMany { .. }
        | Rejection::BlocksItself
        | Rejection::LabelTaken { .. }
        | Rejection::Other => None,
    }
}

/// Whether a command would delete what is not there.
fn is_gone(command: &Command, view: &Project) -> bool {
    match command {
        Command::DeleteStories { stories } => stories.iter().all(|id| view.story(*id).is_none()),
        _ => false,
    }
}

/// Whether a story in that state has come as far as a step would take it, or farther.
fn is_reached(command: &Command, state: State, view: &Project) -> bool {
    let Command::TransitionStory { id, transition, .. } = command else {
        return false;
    };
    let goal = |story_type: StoryType| story_type.after(*transition);
    view.story(*id).is_some_and(|story| {
        let goal = goal(story.story_type);
        // A story that was begun is begun, whatever became of it since.
        let stays = *transition != Transition::Reject;
        state == goal || stays && how_far(state) > how_far(goal)
    })
}

/// How far a state is along a story's life. A story is taken or sent back: neither is farther than the other.
fn how_far(state: State) -> u8 {
    match state {
        State::Unscheduled => 0,
        State::Unstarted => 1,
        State::Started => 2,
        State::Finished => 3,
        State::Delivered => 4,
        State::Accepted | State::Rejected => 5,
    }
}

/// A story to be, out of what a command keeps of one that is not there; `created` is the command that had added it, where it
/// is kept too. None where nothing worth a story is kept.
pub fn anew(command: &Command, created: Option<&NewStory>, settings: &Settings) -> Option<NewStory> {
    match command {
        Command::CreateStory(new) => Some(NewStory {
            after: None,
            ..new.clone()
        }),
        Command::EditStory { id, edits } => {
            let start = match created {
                Some(created) => NewStory {
                    after: None,
                    ..created.clone()
                },
                None => untyped(*id, title_of(edits)?),
            };
            let mut story = edits.iter().fold(start, with);
            story.estimate = story.estimate.filter(|_| settings.carries_points(story.story_type));
            Some(story)
        }
        _ => None,
    }
}

fn untyped(id: StoryId, title: Title) -> NewStory {
    NewStory {
        id,
        title,
        story_type: StoryType::Feature,
        panel: Panel::Icebox,
        after: None,
        estimate: None,
        description: Default::default(),
        labels: Default::default(),
    }
}

/// The title that edits set, or else the first words of the description that they set.
fn title_of(edits: &[Edit]) -> Option<Title> {
    let set = edits.iter().find_map(|edit| match edit {
        Edit::Title(title) => Some(title.clone()),
        _ => None,
    });
    let described = || {
        let text = edits.iter().find_map(|edit| match edit {
            Edit::Description(text) | Edit::DescriptionRevised { to: text, .. } => Some(text.as_str()),
            _ => None,
        })?;
        let line = text.lines().find(|line| !line.trim().is_empty())?;
        let beginning: String = line.chars().take(FIRST_WORDS).collect();
        Title::new(&beginning).ok()
    };
    set.or_else(described)
}

/// The most characters of a description that serve as a title.
const FIRST_WORDS: usize = 80;

fn with(story: NewStory, edit: &Edit) -> NewStory {
    let mut story = story;
    match edit.clone() {
        Edit::Title(title) => story.title = title,
        Edit::Type(story_type) => story.story_type = story_type,
        Edit::Estimate(estimate) => story.estimate = estimate,
        Edit::Description(text) | Edit::DescriptionRevised { to: text, .. } => story.description = text,
        Edit::LabelAdded(label) => {
            story.labels.insert(label);
        }
        Edit::LabelRemoved(label) => {
            story.labels.remove(&label);
        }
        // A story to be has no parts yet; what was typed in them is shown beside.
        _ => {}
    }
    story
}
