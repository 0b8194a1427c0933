//! What holds for any command on any project.

use crate::access::is_of_membership;
use crate::project::tests::any::{Said, said, said_in_turn, small};
use crate::undo::{inverse, overtaken};
use crate::{Actor, Command, Edit, Hand, Millis, Panel, Project, Snapshot, State, Story, StoryId, StoryType};
use proptest::prelude::*;
use std::sync::Arc;

fn project(commands: &[Said]) -> Project {
    let mut project = Project::new(crate::Name::new("Properties").unwrap(), Millis(0));
    for (minute, (by, command)) in (0..).zip(commands) {
        carry_out(&mut project, (by, command), minute * 60_000);
    }
    project
}

fn carry_out(project: &mut Project, (by, command): (&Actor, &Command), at: i64) -> bool {
    let hand = Hand { by, at: Millis(at) };
    let change = project.decide(command, hand);
    change.is_ok_and(|change| project.apply(&change, hand).is_ok())
}

/// What one sees of a project, in order, but for those stories, and without what cannot be brought back: when something was
/// done, texts kept beside a description, the order of parts that have none, that there was an import. What was taken back and
/// points that do not count are not seen, nor is who left.
fn seen(project: &Project, without: &[StoryId]) -> Snapshot {
    let mut snapshot = project.snapshot();
    snapshot.stories = living(project)
        .into_iter()
        .filter(|story| !without.contains(&story.id))
        .map(|story| Arc::new(bare(story, project)))
        .collect();
    snapshot.next_number = 0;
    snapshot.people.clear();
    snapshot.left.clear();
    snapshot.imports.clear();
    snapshot.gone_epics.clear();
    snapshot.searches.sort_by_key(|search| search.id);
    snapshot
}

fn bare(story: &Story, project: &Project) -> Story {
    let mut story = story.clone();
    (story.accepted_at, story.started_at) = (None, None);
    story.estimate = story
        .estimate
        .filter(|_| project.settings().carries_points(story.story_type));
    story.conflicts.clear();
    story.owners.sort();
    story.comments.retain(|comment| !comment.removed);
    story.comments.iter_mut().for_each(|comment| comment.edited_at = None);
    story.blockers.sort_by_key(|blocker| blocker.id);
    story.reviews.sort_by_key(|review| review.id);
    story.links.sort_by_key(|link| link.id);
    story
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
    fn a_command_and_its_inverse_lead_back(commands in said_in_turn(), (by, last) in said()) {
        let before = project(&commands);
        let mut after = before.clone();
        let inverse = inverse(&before, &last, &by);
        if !carry_out(&mut after, (&by, &last), 70) || is_of_membership(&last) {
            prop_assert_eq!(inverse, []);
            return Ok(());
        }
        let reopened = accepted_no_more(&before, &after);
        let changed = seen(&after, &[]) != seen(&before, &[]);
        for command in &inverse {
            prop_assert!(carry_out(&mut after, (&by, command), 80), "{:?}", command);
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
    fn the_inverse_of_the_inverse_is_the_command_again(commands in said_in_turn(), (by, last) in said()) {
        let before = project(&commands);
        let mut after = before.clone();
        let back = inverse(&before, &last, &by);
        if !carry_out(&mut after, (&by, &last), 70) || back.len() != 1 {
            return Ok(());
        }
        let mut back_again = after.clone();
        let again = inverse(&after, &back[0], &by);
        prop_assert!(carry_out(&mut back_again, (&by, &back[0]), 80));
        if again.is_empty() {
            return Ok(());
        }
        for command in &again {
            prop_assert!(carry_out(&mut back_again, (&by, command), 90), "{:?}", command);
        }
        let reopened = [accepted_no_more(&before, &after), accepted_no_more(&after, &before)].concat();
        prop_assert_eq!(seen(&back_again, &reopened), seen(&after, &reopened));
    }

    #[test]
    fn what_was_just_done_stands(commands in said_in_turn(), (by, last) in said()) {
        let mut project = project(&commands);
        let created_already = matches!(&last, Command::CreateStory(new) if project.slot(new.id).is_some());
        if carry_out(&mut project, (&by, &last), 70) && !created_already && !revises(&last) {
            prop_assert_eq!(overtaken(&project, &last), []);
        }
    }
}

/// A merged description is not the one that was set.
fn revises(command: &Command) -> bool {
    let is_revision = |edit: &Edit| matches!(edit, Edit::DescriptionRevised { .. });
    match command {
        Command::EditStory { edits, .. } => edits.iter().any(is_revision),
        Command::EditStories { stories } => stories.iter().any(|story| story.edits.iter().any(is_revision)),
        _ => false,
    }
}
