//! A plan follows from what a project is, not from how it became so: from changes in another order, or from a snapshot.

use super::{MONDAY, Terms, day, noon};
use crate::id::Bits128;
use crate::project::Facts;
use crate::settings::{SettingEdit, Strength, Velocity};
use crate::{
    Actor, ActorId, Command, Edit, Estimate, Hand, Name, Panel, Project, Settings, Snapshot, State, Story, StoryId,
    StoryType, Title, Zone, plan,
};
use proptest::prelude::*;
use std::sync::Arc;

/// Forty features: twelve accepted, one a day, two in progress, the others not started.
fn project() -> Project {
    let story = |n: i32| {
        let state = match n {
            0..12 => State::Accepted,
            12..14 => State::Started,
            _ => State::Unstarted,
        };
        let title = Title::new(&format!("Story {n}")).unwrap();
        Arc::new(Story {
            estimate: Some(Estimate((n % 4) as u16)),
            accepted_at: (state == State::Accepted).then_some(noon(n)),
            ..Story::new(id(n), title, (StoryType::Feature, state), MONDAY.start())
        })
    };
    let name = Name::new("Shop").unwrap();
    Project::read(Snapshot {
        stories: (0..40).map(story).collect(),
        ..Snapshot::of_nothing(name, Settings::new(MONDAY))
    })
}

fn id(n: i32) -> StoryId {
    StoryId(Bits128(n as u128 + 1))
}

/// Commands of which none touches what another touches.
fn commands() -> impl Strategy<Value = Vec<Command>> {
    let estimates = prop::collection::btree_map(14i32..30, 0u16..4, 0..12);
    let deleted = prop::collection::btree_set(30i32..40, 0..5);
    let settings = (1u16..30, prop::option::of(0u16..200));
    (estimates, deleted, settings).prop_map(|(estimates, deleted, (initial, percent))| {
        let estimate = |(n, points)| Command::EditStory {
            id: id(n),
            edits: vec![Edit::Estimate(Some(Estimate(points)))],
        };
        let deletion = |n| Command::DeleteStories { stories: vec![id(n)] };
        let setting = |edit| Command::EditSettings { edits: vec![edit] };
        let strength = percent.map(|percent| SettingEdit::Strength {
            iteration: 3,
            strength: Some(Strength::new(percent).unwrap()),
        });
        let velocity = SettingEdit::InitialVelocity(Velocity::new(initial).unwrap());
        let settings = strength.into_iter().chain([velocity]).map(setting);
        let stories = estimates.into_iter().map(estimate);
        stories
            .chain(deleted.into_iter().map(deletion))
            .chain(settings)
            .collect()
    })
}

/// Carries the commands out; one that changes nothing is refused, whenever it comes.
fn carry_out(project: &mut Project, commands: &[Command]) {
    let by = Actor {
        id: ActorId(Bits128(1)),
        name: Name::new("Ada").unwrap(),
    };
    let hand = Hand { by: &by, at: noon(14) };
    for command in commands {
        if let Ok(change) = project.decide(command, hand) {
            project.apply(&change, hand).unwrap();
        }
    }
}

fn planned(project: &Project) -> String {
    let facts: Vec<Facts> = project.order(Panel::Backlog).map(|slot| project.facts(slot)).collect();
    let plan = plan(&facts, &Terms::new(project.settings(), &Zone::utc(), day(14)));
    serde_json::to_string(&plan).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_in_another_order_give_the_same_plan(
        (one, other) in commands().prop_flat_map(|commands| (Just(commands.clone()), Just(commands).prop_shuffle())),
    ) {
        let (mut first, mut second) = (project(), project());
        carry_out(&mut first, &one);
        carry_out(&mut second, &other);
        prop_assert_eq!(first.digest(), second.digest());
        prop_assert_eq!(planned(&first), planned(&second));
    }

    #[test]
    fn a_snapshot_gives_the_same_plan(commands in commands()) {
        let mut project = project();
        carry_out(&mut project, &commands);
        let snapshot = serde_json::to_string(&project.snapshot()).unwrap();
        let copy = Project::read(serde_json::from_str(&snapshot).unwrap());
        prop_assert_eq!(planned(&project), planned(&copy));
    }
}

#[test]
fn the_project_of_these_tests_has_something_of_everything() {
    let planned = planned(&project());
    // Twelve accepted stories in two iterations: 0 1 2 3 0 1 2 points, then 3 0 1 2 3.
    for part in [
        r#"{"velocity":9,"volatility":0,"done":[{"number":1,"#,
        r#""points":9,"capacity":9,"stories":{"start":0,"end":7},"#,
        r#""points":9,"capacity":9,"stories":{"start":7,"end":12},"#,
        r#""current":{"number":3,"#,
    ] {
        assert!(planned.contains(part), "{part} is not in {planned}");
    }
}
