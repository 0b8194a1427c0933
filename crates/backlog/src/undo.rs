//! Taking commands back: what the inverse of a command is, and which parts of what a command had set others have changed since.
//!
//! Pure functions of a project and a command. When to offer it, and what to do where it was overtaken, is for others to decide.

mod edits;
mod frame;
mod overtaken;

use crate::{Actor, Command, Edit, Hand, Millis, Panel, Project, Return, State, StoryEdits, StoryId};
use std::collections::HashSet;

pub use edits::edits_back;
pub use overtaken::{Aspect, overtaken, stands};

/// No outcome that counts here depends on when the command is given.
const SOME_TIME: Millis = Millis(0);

/// What takes the command's effect back, to be carried out in order by whoever gave it. `before` is the project that the
/// command met.
///
/// Empty where there is nothing to take back: the command is refused, changes nothing, or what it changed may not be put back
/// (the estimate that a feature in progress was given, a conflicting text that was let go).
///
/// | command | inverse |
/// |---|---|
/// | create | delete |
/// | edit, of one or several | the values before, of what changes; the description as a revision, so that what others write stays |
/// | transition, move, return | return, with the states and places before; what followed from it is taken back as an edit |
/// | delete, restore | restore, delete, of those that it touches |
/// | rename, settings | the values before; estimates that followed another scale too |
/// | epic, saved search | what was there before, or its removal |
/// | import | its deletion; the scale and the estimates before, where it brought another scale |
/// | joining, leaving | nothing |
/// | deletion or restoration of an import | the other one, but for what was gone, or there, already |
pub fn inverse(before: &Project, command: &Command, by: &Actor) -> Vec<Command> {
    let hand = Hand { by, at: SOME_TIME };
    let mut after = before.clone();
    let inverse = match carried_out(&mut after, command, hand) {
        true => taking_back(before, &after, command),
        false => Vec::new(),
    };
    let allowed = inverse.iter().all(|command| carried_out(&mut after, command, hand));
    if allowed { inverse } else { Vec::new() }
}

fn carried_out(project: &mut Project, command: &Command, hand: Hand) -> bool {
    let change = project.decide(command, hand);
    change.is_ok_and(|change| project.apply(&change, hand).is_ok())
}

fn taking_back(before: &Project, after: &Project, command: &Command) -> Vec<Command> {
    match command {
        // One that was there already is not taken away.
        Command::CreateStory(new) if before.slot(new.id).is_some() => Vec::new(),
        Command::CreateStory(new) => vec![Command::DeleteStories { stories: vec![new.id] }],
        Command::EditStory { .. }
        | Command::EditStories { .. }
        | Command::TransitionStory { .. }
        | Command::TransitionStories { .. } => {
            let stories = command.stories();
            let went_on = stories
                .iter()
                .copied()
                .filter(|id| standing(before, *id) != standing(after, *id));
            step_back((before, after), &stories, went_on.collect())
        }
        Command::MoveStories { .. } | Command::ReturnStories { .. } => {
            let stories = command.stories();
            step_back((before, after), &stories, stories.iter().copied().collect())
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
        Command::EditSettings { .. } => frame::settings_back(before, after),
        Command::PutEpic { id, .. } => frame::epic_back(before, after, *id),
        Command::MoveEpic { id, .. } => frame::epic_place_back(before, after, *id),
        Command::RemoveEpic { id } => frame::epic_again(before, *id),
        Command::SaveSearch { id, .. } | Command::RemoveSearch { id } => frame::search_back(before, after, *id),
        Command::ImportStories(import) => {
            let gone = Command::DeleteImport { id: import.id };
            [gone].into_iter().chain(frame::settings_back(before, after)).collect()
        }
        Command::DeleteImport { id } => {
            let back = Command::RestoreImport { id: *id };
            frame::import_as_before(before, after, (back, *id))
        }
        Command::RestoreImport { id } => {
            let gone = Command::DeleteImport { id: *id };
            frame::import_as_before(before, after, (gone, *id))
        }
        // Who is in a project is not undone: whoever left joins again by an invitation.
        Command::Join { .. } | Command::Leave { .. } => Vec::new(),
    }
}

/// The fields before, and of those that moved state and place.
fn step_back((before, after): (&Project, &Project), stories: &[StoryId], moved: HashSet<StoryId>) -> Vec<Command> {
    let places = put_back(before, after, &moved);
    let by_hand = |id: &StoryId| !places.is_empty() && moved.contains(id);
    let fields = stories.iter().filter_map(|id| {
        let mut edits = edits_of(before, after, *id)?;
        // Where one was put by hand is said together with its place.
        edits
            .edits
            .retain(|edit| !(by_hand(id) && matches!(edit, Edit::Current(_))));
        (!edits.edits.is_empty()).then_some(edits)
    });
    let fields = put_values_back(fields.collect());
    places.into_iter().chain(fields).collect()
}

/// What decides, besides its place, where a story stands in the backlog.
fn standing(project: &Project, id: StoryId) -> Option<(State, bool)> {
    let story = project.story(id)?;
    Some((story.state, story.current && story.state == State::Unstarted))
}

/// The fields before, as few commands as hold them.
fn put_values_back(mut rest: Vec<StoryEdits>) -> Vec<Command> {
    let mut commands = Vec::new();
    // Of each story as many edits as a command holds, and so on until none is left: what follows from an edit makes one more of
    // them.
    while !rest.is_empty() {
        let round: Vec<StoryEdits> = rest.iter_mut().map(portion).collect();
        commands.extend(round.chunks(Command::MAX_STORIES).map(setting));
        rest.retain(|story| !story.edits.is_empty());
    }
    commands
}

fn portion(story: &mut StoryEdits) -> StoryEdits {
    let count = story.edits.len().min(Command::MAX_EDITS);
    StoryEdits {
        id: story.id,
        edits: story.edits.drain(..count).collect(),
    }
}

fn setting(stories: &[StoryEdits]) -> Command {
    match stories {
        [StoryEdits { id, edits }] => Command::EditStory {
            id: *id,
            edits: edits.clone(),
        },
        _ => Command::EditStories {
            stories: stories.to_vec(),
        },
    }
}

fn edits_of(before: &Project, after: &Project, id: StoryId) -> Option<StoryEdits> {
    let edits = edits_back(before.story(id)?, after.story(id)?);
    (!edits.is_empty()).then_some(StoryEdits { id, edits })
}

/// Those of the stories, where there are any.
fn only(stories: &[StoryId], wanted: impl Fn(&StoryId) -> bool) -> Option<Vec<StoryId>> {
    let stories: Vec<StoryId> = stories.iter().copied().filter(wanted).collect();
    (!stories.is_empty()).then_some(stories)
}

/// Returns stories to where they were, from the top down, where anything stands elsewhere.
fn put_back(before: &Project, after: &Project, stories: &HashSet<StoryId>) -> Vec<Command> {
    if order(before) == order(after) {
        return Vec::new();
    }
    let mut returns = Vec::with_capacity(stories.len());
    for panel in [Panel::Backlog, Panel::Icebox] {
        let mut last = None;
        // Deleted ones too: who stood after one goes after it again.
        for story in before.all(panel) {
            if let Some(now) = after.story(story.id).filter(|_| stories.contains(&story.id)) {
                returns.push(Return {
                    id: story.id,
                    seen: now.state,
                    state: story.state,
                    panel,
                    after: last,
                    current: story.current,
                });
            }
            last = Some(story.id);
        }
    }
    let portions = returns.chunks(Command::MAX_STORIES);
    portions
        .map(|stories| Command::ReturnStories {
            stories: stories.to_vec(),
        })
        .collect()
}

/// Which stories are seen in which order and state.
fn order(project: &Project) -> Vec<(StoryId, State)> {
    let panels = [Panel::Backlog, Panel::Icebox].into_iter();
    let slots = panels.flat_map(|panel| project.order(panel));
    slots
        .map(|slot| project.at(slot))
        .map(|story| (story.id, story.state))
        .collect()
}

#[cfg(test)]
mod tests;
