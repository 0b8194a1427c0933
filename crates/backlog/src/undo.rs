//! Taking commands back: what the inverse of a command is, and which parts of what a command had set others have changed since.
//!
//! Pure functions of a project and a command. When to offer it, and what to do where it was overtaken, is for others to decide.

mod overtaken;

use crate::{Command, Edit, Millis, Panel, Project, Return, Story, StoryId};
use std::collections::HashSet;

pub use overtaken::{Aspect, overtaken};

/// No outcome that counts here depends on when the command is given.
const SOME_TIME: Millis = Millis(0);

/// What takes the command's effect back, to be carried out in order. `before` is the project that the command met.
///
/// Empty where there is nothing to take back: the command is refused, changes nothing, or what it changed may not be put back
/// (the estimate that a feature in progress was given, a conflicting text that was let go).
///
/// | command | inverse |
/// |---|---|
/// | create | delete |
/// | edit | the values before, of what changes; the description as a revision, so that what others write stays |
/// | transition, move, return | return, with the states and places before |
/// | delete, restore | restore, delete, of those that it touches |
/// | rename | the name before |
pub fn inverse(before: &Project, command: &Command) -> Vec<Command> {
    let mut after = before.clone();
    let inverse = match carried_out(&mut after, command) {
        true => taking_back(before, &after, command),
        false => Vec::new(),
    };
    let allowed = inverse.iter().all(|command| carried_out(&mut after, command));
    if allowed { inverse } else { Vec::new() }
}

fn carried_out(project: &mut Project, command: &Command) -> bool {
    let change = project.decide(command, SOME_TIME);
    change.is_ok_and(|change| project.apply(&change, SOME_TIME).is_ok())
}

fn taking_back(before: &Project, after: &Project, command: &Command) -> Vec<Command> {
    match command {
        // One that was there already is not taken away.
        Command::CreateStory(new) if before.slot(new.id).is_some() => Vec::new(),
        Command::CreateStory(new) => vec![Command::DeleteStories { stories: vec![new.id] }],
        Command::EditStory { id, .. } => match (before.story(*id), after.story(*id)) {
            (Some(old), Some(new)) => edit_back(old, new),
            (None, _) | (_, None) => Vec::new(),
        },
        Command::TransitionStory { id, .. } => put_back(before, after, &[*id]),
        Command::MoveStories { stories, .. } => put_back(before, after, stories),
        Command::ReturnStories { stories } => {
            let stories: Vec<StoryId> = stories.iter().map(|story| story.id).collect();
            put_back(before, after, &stories)
        }
        Command::DeleteStories { stories } => {
            let stories = only(stories, |id| before.story(*id).is_some());
            stories
                .map(|stories| Command::RestoreStories { stories })
                .into_iter()
                .collect()
        }
        Command::RestoreStories { stories } => {
            let stories = only(stories, |id| before.story(*id).is_none());
            stories
                .map(|stories| Command::DeleteStories { stories })
                .into_iter()
                .collect()
        }
        Command::RenameProject { name } if name == before.name() => Vec::new(),
        Command::RenameProject { .. } => vec![Command::RenameProject {
            name: before.name().clone(),
        }],
    }
}

/// Those of the stories, where there are any.
fn only(stories: &[StoryId], wanted: impl Fn(&StoryId) -> bool) -> Option<Vec<StoryId>> {
    let stories: Vec<StoryId> = stories.iter().copied().filter(wanted).collect();
    (!stories.is_empty()).then_some(stories)
}

fn edit_back(old: &Story, new: &Story) -> Vec<Command> {
    let mut edits = Vec::new();
    if old.title != new.title {
        edits.push(Edit::Title(old.title.clone()));
    }
    // The type first: it decides whether there can be an estimate.
    if old.story_type != new.story_type {
        edits.push(Edit::Type(old.story_type));
    }
    if old.estimate != new.estimate {
        edits.push(Edit::Estimate(old.estimate));
    }
    if old.description != new.description {
        edits.push(Edit::DescriptionRevised {
            from: new.description.clone(),
            to: old.description.clone(),
        });
    }
    let kept = new.conflicts.iter().filter(|text| !old.conflicts.contains(text));
    edits.extend(kept.cloned().map(Edit::ConflictDropped));
    edits.extend(old.labels.difference(&new.labels).cloned().map(Edit::LabelAdded));
    edits.extend(new.labels.difference(&old.labels).cloned().map(Edit::LabelRemoved));
    let command = |edits: &[Edit]| Command::EditStory {
        id: old.id,
        edits: edits.to_vec(),
    };
    // What follows from an edit makes one more of them.
    edits.chunks(Command::MAX_EDITS).map(command).collect()
}

/// Returns stories to where they were, from the top down.
fn put_back(before: &Project, after: &Project, stories: &[StoryId]) -> Vec<Command> {
    if order(before) == order(after) {
        return Vec::new();
    }
    let selection: HashSet<StoryId> = stories.iter().copied().collect();
    let mut returns = Vec::with_capacity(stories.len());
    for panel in [Panel::Backlog, Panel::Icebox] {
        let mut last = None;
        // Deleted ones too: who stood after one goes after it again.
        for story in before.all(panel) {
            if let Some(now) = after.story(story.id).filter(|_| selection.contains(&story.id)) {
                returns.push(Return {
                    id: story.id,
                    seen: now.state,
                    state: story.state,
                    panel,
                    after: last,
                });
            }
            last = Some(story.id);
        }
    }
    vec![Command::ReturnStories { stories: returns }]
}

/// Which stories are seen in which order and state.
fn order(project: &Project) -> Vec<(StoryId, crate::State)> {
    let panels = [Panel::Backlog, Panel::Icebox].into_iter();
    let slots = panels.flat_map(|panel| project.order(panel));
    slots
        .map(|slot| project.at(slot))
        .map(|story| (story.id, story.state))
        .collect()
}

#[cfg(test)]
mod tests;
