//! What holds for any command on any project.

use crate::project::tests::any::{command, commands, small};
use crate::project::tests::script::ada;
use crate::undo::{inverse, overtaken};
use crate::{Command, Millis, Name, Panel, Project, State, Story, StoryId, StoryType};
use proptest::prelude::*;
use std::sync::Arc;

fn project(commands: &[Command]) -> Project {
    let mut project = Project::new(Name::new("Properties").unwrap(), Millis(0));
    for (minute, command) in commands.iter().enumerate() {
        carry_out(&mut project, (command, Millis(minute as i64 * 60_000)));
    }
    project
}

fn carry_out(project: &mut Project, (command, at): (&Command, Millis)) -> bool {
    let change = project.decide(command, ada(at));
    change.is_ok_and(|change| project.apply(&change, ada(at)).is_ok())
}

/// What one sees of a project, in order, but for those stories, and without what cannot be brought back: the moment of an
/// acceptance, and texts kept beside a description.
fn seen(project: &Project, without: &[StoryId]) -> (Name, Vec<Story>) {
    let slots = [Panel::Backlog, Panel::Icebox]
        .into_iter()
        .flat_map(|panel| project.order(panel));
    let stories = slots
        .map(|slot| project.at(slot))
        .filter(|story| !without.contains(&story.id));
    let stories = stories.map(|story| Story {
        accepted_at: None,
        conflicts: Vec::new(),
        ..Story::clone(story)
    });
    (project.name().clone(), stories.collect())
}

fn living(project: &Project) -> Vec<&Arc<Story>> {
    let slots = [Panel::Backlog, Panel::Icebox]
        .into_iter()
        .flat_map(|panel| project.order(panel));
    slots.map(|slot| project.at(slot)).collect()
}

/// Those that were accepted and are no more: brought back, they stand last among the accepted.
fn accepted_no_more(before: &Project, after: &Project) -> Vec<StoryId> {
    let accepted = |project: &Project, id| project.story(id).is_some_and(|story| story.state == State::Accepted);
    let ids = living(before).into_iter().map(|story| story.id);
    ids.filter(|id| accepted(before, *id) && !accepted(after, *id))
        .collect()
}

/// A feature in progress without an estimate, which the rules let nobody make out of another story.
fn has_unestimated_in_progress(project: &Project) -> bool {
    living(project)
        .into_iter()
        .any(|story| story.story_type == StoryType::Feature && story.estimate.is_none() && story.state.rank() < 2)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..small() })]

    #[test]
    fn a_command_and_its_inverse_lead_back(commands in commands(), last in command()) {
        let before = project(&commands);
        let mut after = before.clone();
        let inverse = inverse(&before, &last, ada(Millis(0)).by);
        if !carry_out(&mut after, (&last, Millis(70))) {
            prop_assert_eq!(inverse, []);
            return Ok(());
        }
        let reopened = accepted_no_more(&before, &after);
        let changed = seen(&after, &[]) != seen(&before, &[]);
        for command in &inverse {
            prop_assert!(carry_out(&mut after, (command, Millis(80))), "{:?}", command);
        }
        if inverse.is_empty() && changed {
            prop_assert!(has_unestimated_in_progress(&before), "{:?}", last);
            return Ok(());
        }
        prop_assert_eq!(seen(&after, &reopened), seen(&before, &reopened));
        for id in reopened {
            prop_assert_eq!(after.story(id).map(|story| story.state), Some(State::Accepted));
        }
    }

    #[test]
    fn the_inverse_of_the_inverse_is_the_command_again(commands in commands(), last in command()) {
        let before = project(&commands);
        let mut after = before.clone();
        let back = inverse(&before, &last, ada(Millis(0)).by);
        if !carry_out(&mut after, (&last, Millis(70))) || back.len() != 1 {
            return Ok(());
        }
        let mut back_again = after.clone();
        let again = inverse(&after, &back[0], ada(Millis(0)).by);
        prop_assert!(carry_out(&mut back_again, (&back[0], Millis(80))));
        if again.is_empty() {
            return Ok(());
        }
        for command in &again {
            prop_assert!(carry_out(&mut back_again, (command, Millis(90))), "{:?}", command);
        }
        let reopened = [accepted_no_more(&before, &after), accepted_no_more(&after, &before)].concat();
        prop_assert_eq!(seen(&back_again, &reopened), seen(&after, &reopened));
    }

    #[test]
    fn what_was_just_done_stands(commands in commands(), last in command()) {
        let mut project = project(&commands);
        let created_already = matches!(&last, Command::CreateStory(new) if project.slot(new.id).is_some());
        let revises = matches!(&last, Command::EditStory { edits, .. } if edits.iter().any(|edit| {
            matches!(edit, crate::Edit::DescriptionRevised { .. })
        }));
        if carry_out(&mut project, (&last, Millis(70))) && !created_already && !revises {
            prop_assert_eq!(overtaken(&project, &last), []);
        }
    }
}
