//! Which parts of what a command had set do not stand any more. A part stands where setting it again would change nothing.

use super::{carried_out, order};
use crate::command::NewStory;
use crate::{Command, Edit, Panel, Project, Return, State, Story, StoryId};
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
    /// What the project is called.
    ProjectName,
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
            Aspect::ProjectName => "project name",
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
        Command::EditStory { id, edits } => of_story(now, *id, |story| edited(story, edits)),
        Command::TransitionStory { id, transition } => of_story(now, *id, |story| {
            (story.state != story.story_type.after(*transition)).then_some(Aspect::State)
        }),
        Command::MoveStories { stories, panel, .. } => moved(now, command, stories, *panel),
        Command::DeleteStories { stories } => {
            let back = stories.iter().any(|id| now.story(*id).is_some());
            back.then_some(Aspect::Existence).into_iter().collect()
        }
        Command::RestoreStories { stories } => {
            let gone = stories.iter().any(|id| now.story(*id).is_none());
            gone.then_some(Aspect::Existence).into_iter().collect()
        }
        Command::ReturnStories { stories } => returned(now, stories),
        Command::RenameProject { name } => (name != now.name())
            .then_some(Aspect::ProjectName)
            .into_iter()
            .collect(),
    };
    aspects.sort_unstable();
    aspects.dedup();
    aspects
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
    };
    aspects.extend(lost_place(now, &place));
    aspects
}

fn edited(story: &Story, edits: &[Edit]) -> Vec<Aspect> {
    let mut again = story.clone();
    for edit in edits {
        edit.clone().carry_out(&mut again);
        // A type takes away the estimate that it cannot carry.
        if matches!(edit, Edit::Type(story_type) if !story_type.is_estimated()) {
            again.estimate = None;
        }
    }
    differences(story, &again)
}

fn differences(story: &Story, again: &Story) -> Vec<Aspect> {
    [
        (story.title != again.title).then_some(Aspect::Title),
        (story.story_type != again.story_type).then_some(Aspect::Type),
        (story.estimate != again.estimate).then_some(Aspect::Estimate),
        (story.description != again.description).then_some(Aspect::Description),
        (story.labels != again.labels).then_some(Aspect::Labels),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn moved(now: &Project, command: &Command, stories: &[StoryId], panel: Panel) -> Vec<Aspect> {
    let mut aspects = Vec::new();
    for id in stories {
        aspects.extend(of_story(now, *id, |story| match story.state {
            // What is accepted stands where its acceptance put it.
            State::Accepted => Some(Aspect::State),
            state => (state.panel() != panel).then_some(Aspect::Place),
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
        aspects.extend(of_story(now, wish.id, |story| {
            (story.state != wish.state).then_some(Aspect::State)
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
    let stands = !carried_out(&mut again, command) || order(&again) == order(now);
    (!stands).then_some(Aspect::Place)
}
