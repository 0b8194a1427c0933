//! What holds after any sequence of commands, sensible or not.

use super::any::{command, commands, small};
use super::script::{Bench, ada};
use crate::{Change, Command, Millis, Name, Panel, Project, Snapshot, State, StoryType};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashSet};

/// The changes that a project took, each with its moment.
fn history(commands: &[Command]) -> (Project, Vec<(Change, Millis)>) {
    let mut project = Project::new(Name::new("Properties").unwrap(), Millis(0));
    let mut taken = Vec::new();
    for (minute, command) in commands.iter().enumerate() {
        let at = Millis(minute as i64 * 60_000);
        if let Ok(change) = project.decide(command, ada(at)) {
            project
                .apply(&change, ada(at))
                .expect("what was decided on this state fits it");
            taken.push((change, at));
        }
    }
    (project, taken)
}

/// Each created story stands in one place, each panel holds what belongs there, the backlog in its strict order.
fn assert_ordered(project: &Project, created: usize) {
    let Snapshot { stories, .. } = project.snapshot();
    assert_eq!(stories.len(), created);
    assert_eq!(
        stories.iter().map(|story| story.id).collect::<HashSet<_>>().len(),
        created
    );
    assert_eq!(
        stories.iter().map(|story| story.number).collect::<BTreeSet<_>>(),
        (1..=created as u32).collect()
    );
    let seen = |panel| project.order(panel).map(|slot| project.at(slot)).collect::<Vec<_>>();
    let (backlog, icebox) = (seen(Panel::Backlog), seen(Panel::Icebox));
    assert_eq!(
        backlog.len() + icebox.len(),
        stories.iter().filter(|story| !story.deleted).count()
    );
    assert!(icebox.iter().all(|story| story.panel() == Panel::Icebox));
    assert!(backlog.iter().all(|story| story.panel() == Panel::Backlog));
    assert!(backlog.is_sorted_by_key(|story| story.state.rank()));
    let accepted: Vec<Millis> = backlog.iter().filter_map(|story| story.accepted_at).collect();
    assert!(accepted.is_sorted());
}

fn assert_sound(project: &Project) {
    for story in &project.snapshot().stories {
        assert!(story.story_type.has_state(story.state), "{story:?}");
        assert!(
            story.estimate.is_none() || story.story_type == StoryType::Feature,
            "{story:?}"
        );
        assert_eq!(story.accepted_at.is_some(), story.state == State::Accepted, "{story:?}");
    }
}

proptest! {
    #![proptest_config(small())]

    #[test]
    fn every_step_leaves_a_sound_project(commands in commands()) {
        let mut bench = Bench::new("backlog: | icebox:");
        let mut created = 0;
        for command in &commands {
            // The bench unwraps every `apply` and compares with a replica that hears the changes as JSON.
            if let Ok(Change::StoryCreated { .. }) = bench.carry_out(command) {
                created += 1;
            }
            assert_ordered(&bench.project, created);
            assert_sound(&bench.project);
        }
    }

    #[test]
    fn a_snapshot_read_again_is_the_same_project(commands in commands()) {
        let (project, _) = history(&commands);
        let written = serde_json::to_string(&project.snapshot()).unwrap();
        let copy = Project::read(serde_json::from_str(&written).unwrap());
        // The copy sums its digest anew; the original has kept it through every change.
        prop_assert_eq!(copy.digest(), project.digest());
        prop_assert_eq!(copy.snapshot(), project.snapshot());
        for panel in [Panel::Backlog, Panel::Icebox] {
            let facts = |project: &Project| project.order(panel).map(|slot| project.facts(slot)).collect::<Vec<_>>();
            prop_assert_eq!(facts(&copy), facts(&project));
        }
    }

    #[test]
    fn a_copy_taken_on_the_way_arrives_at_the_same_place(commands in commands(), at in any::<prop::sample::Index>()) {
        let (project, changes) = history(&commands);
        let middle = at.index(changes.len() + 1);
        let mut first = Project::new(Name::new("Properties").unwrap(), Millis(0));
        for (change, at) in &changes[..middle] {
            first.apply(change, ada(*at)).unwrap();
        }
        let mut second = Project::read(first.snapshot());
        for (change, at) in &changes[middle..] {
            second.apply(change, ada(*at)).unwrap();
        }
        prop_assert_eq!(second.digest(), project.digest());
        prop_assert_eq!(second.snapshot(), project.snapshot());
    }

    #[test]
    fn deciding_is_repeatable_and_a_rejection_changes_nothing(commands in commands(), last in command()) {
        let (project, _) = history(&commands);
        let before = project.snapshot();
        prop_assert_eq!(project.decide(&last, ada(Millis(7))), project.decide(&last, ada(Millis(7))));
        prop_assert_eq!(project.snapshot(), before);
    }

    #[test]
    fn different_content_has_another_digest(commands in commands(), last in command()) {
        let (project, _) = history(&commands);
        let mut next = project.clone();
        if let Ok(change) = project.decide(&last, ada(Millis(0))) {
            next.apply(&change, ada(Millis(0))).unwrap();
        }
        let same = (next.name(), next.snapshot().stories) == (project.name(), project.snapshot().stories);
        prop_assert_eq!(next.digest() == project.digest(), same);
    }

    #[test]
    fn changes_from_elsewhere_never_panic_and_never_half_apply(
        commands in commands(),
        others in commands(),
    ) {
        let (mut project, _) = history(&commands);
        let (_, changes) = history(&others);
        for (change, at) in changes {
            let before = (project.snapshot(), project.digest());
            if project.apply(&change, ada(at)).is_err() {
                prop_assert_eq!((project.snapshot(), project.digest()), before);
            }
            let copy = Project::read(project.snapshot());
            prop_assert_eq!(copy.digest(), project.digest());
        }
    }
}
