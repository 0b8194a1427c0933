//! Which parts of what a command had set do not stand any more. A part stands where setting it again would change nothing.

use super::{SOME_TIME, carried_out, order};
use crate::command::NewStory;
use crate::id::Bits128;
use crate::{
    Actor, ActorId, Command, Edit, Hand, Import, ImportId, Name, Panel, PartId, Project, Return, State, Story,
    StoryEdits, StoryId, Transition, Words,
};
use std::fmt;

/// A part of what a command sets. Its text is a word for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// A story's title.
    Title,
    /// Its type.
    Type,
    /// Its size.
    Estimate,
    /// Its description.
    Description,
    /// Its labels.
    Labels,
    /// Where it stands in its life.
    State,
    /// Where it stands in order.
    Place,
    /// Whether it is there at all.
    Existence,
    /// How urgent it is said to be.
    Priority,
    /// Who asked for it.
    Requester,
    /// Who works on it.
    Owners,
    /// Who wants to hear of it.
    Followers,
    /// Its deadline.
    Deadline,
    /// Its checklist.
    Tasks,
    /// What was said about it.
    Comments,
    /// What keeps it from going on.
    Blockers,
    /// Its reviews.
    Reviews,
    /// What belongs to it elsewhere.
    Links,
    /// What the project is called.
    ProjectName,
    /// How the project plans.
    Settings,
    /// An epic.
    Epic,
    /// A saved search.
    Search,
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Aspect::Title => "title",
            Aspect::Type => "type",
            Aspect::Estimate => "estimate",
            Aspect::Description => "description",
            Aspect::Labels => "labels",
            Aspect::State => "state",
            Aspect::Place => "place",
            Aspect::Existence => "existence",
            Aspect::Priority => "priority",
            Aspect::Requester => "requester",
            Aspect::Owners => "owners",
            Aspect::Followers => "followers",
            Aspect::Deadline => "deadline",
            Aspect::Tasks => "tasks",
            Aspect::Comments => "comments",
            Aspect::Blockers => "blockers",
            Aspect::Reviews => "reviews",
            Aspect::Links => "links",
            Aspect::ProjectName => "project name",
            Aspect::Settings => "settings",
            Aspect::Epic => "epic",
            Aspect::Search => "saved search",
        })
    }
}

/// Which parts of what the command had set do not stand in the project as it is now, each once. Empty where all stands.
///
/// A place stands as long as the stories are, as one block, where the command would put them: right after the story that they
/// were put after. A merged description does not stand, since it is not the one that was set.
pub fn overtaken(now: &Project, command: &Command) -> Vec<Aspect> {
    let mut aspects = match command {
        Command::CreateStory(new) => of_story(now, new.id, |story| created(now, story, new)),
        Command::EditStory { id, edits } => of_story(now, *id, |story| edited(now, story, edits)),
        Command::EditStories { stories } => all_edited(now, stories),
        Command::TransitionStory { id, transition, .. } => moved_on(now, *id, *transition),
        // One that was not moved on stands elsewhere from the start; what counts is that one stands where it was moved to.
        Command::TransitionStories { stories, transition } => {
            let aspects: Vec<_> = stories.iter().map(|id| moved_on(now, *id, *transition)).collect();
            let stands = aspects.iter().any(Vec::is_empty);
            aspects.into_iter().flatten().filter(|_| !stands).collect()
        }
        Command::MoveStories {
            stories,
            panel,
            current,
            ..
        } => moved(now, command, stories, (*panel, *current)),
        Command::DeleteStories { stories } => {
            let back = stories.iter().any(|id| now.story(*id).is_some());
            back.then_some(Aspect::Existence).into_iter().collect()
        }
        Command::RestoreStories { stories } => {
            let gone = stories.iter().any(|id| now.story(*id).is_none());
            gone.then_some(Aspect::Existence).into_iter().collect()
        }
        Command::ReturnStories { stories } => returned(now, stories),
        Command::RenameProject { name } => listed((name != now.name()).then_some(Aspect::ProjectName)),
        Command::EditSettings { edits } => {
            let mut again = now.settings().clone();
            edits.iter().cloned().for_each(|edit| again.take(edit));
            listed((again != *now.settings()).then_some(Aspect::Settings))
        }
        Command::PutEpic { id, words } => {
            let stands = now.epic(*id).is_some_and(|epic| epic.words == *words);
            listed((!stands).then_some(Aspect::Epic))
        }
        Command::MoveEpic { id, .. } => listed((now.epic(*id).is_none()).then_some(Aspect::Epic)),
        Command::RemoveEpic { id } => listed((now.epic(*id).is_some()).then_some(Aspect::Epic)),
        Command::SaveSearch { id, name, query } => {
            let mut searches = now.searches().iter();
            let stands = searches.any(|search| search.id == *id && search.name == *name && search.query == *query);
            listed((!stands).then_some(Aspect::Search))
        }
        Command::RemoveSearch { id } => {
            let is_back = now.searches().iter().any(|search| search.id == *id);
            listed((is_back).then_some(Aspect::Search))
        }
        Command::ImportStories(import) => brought(now, import),
        Command::RestoreImport { id } => {
            listed((of_import(now, *id).any(|story| story.deleted)).then_some(Aspect::Existence))
        }
        Command::DeleteImport { id } => {
            listed((of_import(now, *id).any(|story| !story.deleted)).then_some(Aspect::Existence))
        }
        Command::Join { .. } | Command::Leave { .. } => Vec::new(),
    };
    aspects.sort_unstable();
    aspects.dedup();
    aspects
}

/// Whether setting it again would change nothing of the story.
pub fn stands(edit: &Edit, story: &Story) -> bool {
    let mut again = story.clone();
    edit.clone().carry_out(&mut again, by(&somebody()));
    again == *story
}

fn listed(aspect: Option<Aspect>) -> Vec<Aspect> {
    aspect.into_iter().collect()
}

fn moved_on(now: &Project, id: StoryId, transition: Transition) -> Vec<Aspect> {
    of_story(now, id, |story| {
        (story.state != story.story_type.after(transition)).then_some(Aspect::State)
    })
}

pub(super) fn of_import(now: &Project, id: ImportId) -> impl Iterator<Item = &Story> {
    let stories = [Panel::Backlog, Panel::Icebox]
        .into_iter()
        .flat_map(|panel| now.all(panel));
    stories
        .map(|story| &**story)
        .filter(move |story| story.import == Some(id))
}

fn brought(now: &Project, import: &Import) -> Vec<Aspect> {
    let is_gone = |story: &Story| now.story(story.id).is_none();
    listed((import.stories.iter().any(is_gone)).then_some(Aspect::Existence))
}

fn of_story<A>(now: &Project, id: StoryId, aspects: impl FnOnce(&Story) -> A) -> Vec<Aspect>
where
    A: IntoIterator<Item = Aspect>,
{
    match now.story(id) {
        Some(story) => aspects(story).into_iter().collect(),
        None => vec![Aspect::Existence],
    }
}

fn created(now: &Project, story: &Story, new: &NewStory) -> Vec<Aspect> {
    let mut again = story.clone();
    again.title = new.title.clone();
    again.story_type = new.story_type;
    again.estimate = new.estimate;
    again.description = new.description.clone();
    again.labels.extend(new.labels.iter().cloned());
    let mut aspects = differences(story, &again);
    let begun = match new.panel {
        Panel::Backlog => State::Unstarted,
        Panel::Icebox => State::Unscheduled,
    };
    if story.state != begun {
        // Its state has taken it elsewhere.
        aspects.push(Aspect::State);
        return aspects;
    }
    let place = Command::MoveStories {
        stories: vec![new.id],
        panel: new.panel,
        after: new.after,
        current: None,
    };
    aspects.extend(lost_place(now, &place));
    aspects
}

/// Those that are gone are left out, as when it was given; where all are gone nothing of it stands.
fn all_edited(now: &Project, stories: &[StoryEdits]) -> Vec<Aspect> {
    let there = stories.iter().filter_map(|edits| Some((now.story(edits.id)?, edits)));
    let aspects: Vec<Vec<Aspect>> = there.map(|(story, edits)| edited(now, story, &edits.edits)).collect();
    match aspects.is_empty() {
        true => vec![Aspect::Existence],
        false => aspects.concat(),
    }
}

fn edited(now: &Project, story: &Story, edits: &[Edit]) -> Vec<Aspect> {
    let somebody = somebody();
    let mut again = story.clone();
    for edit in edits {
        afresh(&mut again, edit);
        edit.clone().carry_out(&mut again, by(&somebody));
        // A type takes away the estimate that it cannot carry; one that counted no more before stays.
        let carries = |story_type| now.settings().carries_points(story_type);
        if matches!(edit, Edit::Type(story_type) if !carries(*story_type)) {
            again.estimate = story.estimate.filter(|_| !carries(story.story_type));
        }
    }
    differences(story, &again)
}

/// What is there already is not added once more. So that it counts what others made of it, it says again what it said at first.
fn afresh(story: &mut Story, edit: &Edit) {
    match edit {
        Edit::TaskAdded { task, .. } => {
            let there = story.tasks.iter_mut().filter(|there| there.id == task.id);
            there.for_each(|there| *there = task.clone());
        }
        Edit::CommentAdded(remark) => {
            for there in story.comments.iter_mut().filter(|there| there.id == remark.id) {
                there.text = remark.text.clone();
                there.removed = false;
            }
        }
        _ => {}
    }
}

/// No outcome that counts here depends on who gives a command.
pub(super) fn somebody() -> Actor {
    Actor {
        id: ActorId(Bits128(0)),
        name: Name::new("Somebody").expect("a name of eight letters is one"),
    }
}

pub(super) fn by(actor: &Actor) -> Hand<'_> {
    Hand {
        by: actor,
        at: SOME_TIME,
    }
}

fn differences(story: &Story, again: &Story) -> Vec<Aspect> {
    [
        (story.title != again.title, Aspect::Title),
        (story.story_type != again.story_type, Aspect::Type),
        (story.estimate != again.estimate, Aspect::Estimate),
        (story.description != again.description, Aspect::Description),
        (story.labels != again.labels, Aspect::Labels),
        (story.priority != again.priority, Aspect::Priority),
        (story.requester != again.requester, Aspect::Requester),
        (story.owners != again.owners, Aspect::Owners),
        (story.followers != again.followers, Aspect::Followers),
        (story.deadline != again.deadline, Aspect::Deadline),
        (story.tasks != again.tasks, Aspect::Tasks),
        (said(story) != said(again), Aspect::Comments),
        (story.blockers != again.blockers, Aspect::Blockers),
        (story.reviews != again.reviews, Aspect::Reviews),
        (story.links != again.links, Aspect::Links),
        (story.current != again.current, Aspect::Place),
    ]
    .into_iter()
    .filter(|(differs, _)| *differs)
    .map(|(_, aspect)| aspect)
    .collect()
}

// When a comment was last reworded is nothing that anyone sets.
fn said(story: &Story) -> Vec<(PartId, &Words, bool)> {
    let comments = story.comments.iter();
    comments
        .map(|comment| (comment.id, &comment.text, comment.removed))
        .collect()
}

fn moved(
    now: &Project,
    command: &Command,
    stories: &[StoryId],
    (panel, current): (Panel, Option<bool>),
) -> Vec<Aspect> {
    let mut aspects = Vec::new();
    for id in stories {
        aspects.extend(of_story(now, *id, |story| match story.state {
            // What is accepted stands where its acceptance put it.
            State::Accepted => Some(Aspect::State),
            state => {
                let by_hand = current.filter(|_| panel == Panel::Backlog).unwrap_or(story.current);
                (state.panel() != panel || story.current != by_hand).then_some(Aspect::Place)
            }
        }));
    }
    if aspects.is_empty() {
        aspects.extend(lost_place(now, command));
    }
    aspects
}

fn returned(now: &Project, stories: &[Return]) -> Vec<Aspect> {
    let mut aspects = Vec::new();
    let mut again = Vec::new();
    for wish in stories {
        aspects.extend(of_story(now, wish.id, |story| match story.state == wish.state {
            // Nothing in the icebox is put into Current.
            true => (wish.panel == Panel::Backlog && story.current != wish.current).then_some(Aspect::Place),
            false => Some(Aspect::State),
        }));
        again.push(Return {
            seen: wish.state,
            ..wish.clone()
        });
    }
    again.retain(|wish| wish.state != State::Accepted);
    if aspects.is_empty() && !again.is_empty() {
        let again = Command::ReturnStories { stories: again };
        aspects.extend(lost_place(now, &again));
    }
    aspects
}

/// The place, where putting stories there once more changes the order.
fn lost_place(now: &Project, command: &Command) -> Option<Aspect> {
    let mut again = now.clone();
    let stands = !carried_out(&mut again, command, by(&somebody())) || order(&again) == order(now);
    (!stands).then_some(Aspect::Place)
}
