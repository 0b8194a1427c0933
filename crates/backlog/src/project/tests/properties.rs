//! What holds after any sequence of commands, sensible or not.

use super::any::{Said, said, said_in_turn, small};
use super::script::Bench;
use crate::{
    Actor, ActorId, Change, Hand, Millis, Name, Obstacle, Panel, Planning, Project, Snapshot, State, Story, StoryId,
};
use proptest::prelude::*;
use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::Hash;

/// A change, by whom, and when.
type Taken = (Change, Actor, Millis);

fn hand(by: &Actor, at: i64) -> Hand<'_> {
    Hand { by, at: Millis(at) }
}

fn beginning() -> Project {
    Project::new(Name::new("Properties").unwrap(), Millis(0))
}

/// The changes that a project took.
fn history(commands: &[Said]) -> (Project, Vec<Taken>) {
    let mut project = beginning();
    let mut taken = Vec::new();
    for (minute, (by, command)) in (0..).zip(commands) {
        let hand = hand(by, minute * 60_000);
        if let Ok(change) = project.decide(command, hand) {
            project
                .apply(&change, hand)
                .expect("what was decided on this state fits it");
            taken.push((change, by.clone(), hand.at));
        }
    }
    (project, taken)
}

fn follow(project: &mut Project, taken: &[Taken]) {
    for (change, by, at) in taken {
        project.apply(change, Hand { by, at: *at }).unwrap();
    }
}

#[track_caller]
fn assert_different<T: Clone + Debug + Eq + Hash>(values: impl IntoIterator<Item = T>) {
    let values: Vec<T> = values.into_iter().collect();
    let different: HashSet<T> = values.iter().cloned().collect();
    assert_eq!(different.len(), values.len(), "{values:?}");
}

/// Each story stands in one place, each panel holds what belongs there, the backlog in its strict order.
fn assert_ordered(project: &Project, came: usize) {
    let snapshot = project.snapshot();
    let stories = &snapshot.stories;
    assert_eq!(stories.len(), came);
    assert_different(stories.iter().map(|story| story.id));
    let epics = snapshot.epics.iter().chain(&snapshot.gone_epics);
    let numbers: Vec<u32> = stories
        .iter()
        .map(|story| story.number)
        .chain(epics.map(|epic| epic.number))
        .collect();
    assert!(numbers.iter().all(|number| (1..snapshot.next_number).contains(number)));
    assert_different(numbers);
    let seen = |panel| project.order(panel).map(|slot| project.at(slot)).collect::<Vec<_>>();
    let (backlog, icebox) = (seen(Panel::Backlog), seen(Panel::Icebox));
    assert_eq!(
        backlog.len() + icebox.len(),
        stories.iter().filter(|story| !story.deleted).count()
    );
    assert!(
        icebox
            .iter()
            .all(|story| story.panel() == Panel::Icebox && !story.current)
    );
    assert!(backlog.iter().all(|story| story.panel() == Panel::Backlog));
    assert!(backlog.is_sorted_by_key(|story| story.state.rank()));
    let accepted: Vec<Millis> = backlog.iter().filter_map(|story| story.accepted_at).collect();
    assert!(accepted.is_sorted());
    if project.settings().planning == Planning::Manual {
        let unstarted = backlog.iter().filter(|story| story.state == State::Unstarted);
        assert!(unstarted.is_sorted_by_key(|story| !story.current));
    }
}

fn assert_sound(project: &Project) {
    let snapshot = project.snapshot();
    for story in &snapshot.stories {
        assert!(story.story_type.has_state(story.state), "{story:?}");
        let scale = &project.settings().scale;
        assert!(story.estimate.is_none_or(|estimate| scale.holds(estimate)), "{story:?}");
        assert_eq!(story.accepted_at.is_some(), story.state == State::Accepted, "{story:?}");
        assert!(story.owners.len() <= Story::MAX_OWNERS, "{story:?}");
        assert!(
            people_of(story).all(|person| project.people().contains_key(&person)),
            "{story:?}"
        );
        assert_different(story.owners.iter().copied());
        assert_different(story.tasks.iter().map(|task| task.id));
        assert_different(story.comments.iter().map(|comment| comment.id));
        assert_different(story.blockers.iter().map(|blocker| blocker.id));
        assert_different(story.reviews.iter().map(|review| review.id));
        assert_different(story.links.iter().map(|link| link.id));
        assert!(!waits_for_itself(project, story), "{story:?}");
    }
    assert_different(snapshot.epics.iter().map(|epic| &epic.words.label));
    assert_different(snapshot.epics.iter().chain(&snapshot.gone_epics).map(|epic| epic.id));
    assert_different(snapshot.searches.iter().map(|search| search.id));
}

fn people_of(story: &Story) -> impl Iterator<Item = ActorId> {
    let reviewers = story.reviews.iter().filter_map(|review| review.reviewer);
    let authors = story.comments.iter().filter_map(|comment| comment.author);
    let named = story.requester.iter().chain(&story.owners).chain(&story.followers);
    named.copied().chain(reviewers).chain(authors)
}

fn waits_for_itself(project: &Project, story: &Story) -> bool {
    let next = |id: StoryId| {
        let blockers = project.slot(id).map_or(&[][..], |slot| &project.at(slot).blockers);
        let on = blockers
            .iter()
            .filter(|blocker| !blocker.resolved)
            .filter_map(|blocker| match blocker.what {
                Obstacle::Story(on) => Some(on),
                Obstacle::Text(_) => None,
            });
        on.collect::<Vec<StoryId>>()
    };
    let (mut ahead, mut seen) = (next(story.id), HashSet::new());
    while let Some(id) = ahead.pop() {
        if seen.insert(id) {
            ahead.extend(next(id));
        }
    }
    seen.contains(&story.id)
}

proptest! {
    #![proptest_config(small())]

    #[test]
    fn every_step_leaves_a_sound_project(commands in said_in_turn()) {
        let mut bench = Bench::new("backlog: | icebox:");
        let mut came = 0;
        for (by, command) in &commands {
            // The bench unwraps every `apply` and compares with a replica that hears the changes as JSON.
            match bench.carry_out_by(by, command) {
                Ok(Change::StoryCreated { .. }) => came += 1,
                Ok(Change::StoriesImported(import)) => came += import.stories.len(),
                Ok(_) | Err(_) => {}
            }
            assert_ordered(&bench.project, came);
            assert_sound(&bench.project);
        }
    }

    #[test]
    fn a_snapshot_read_again_is_the_same_project(commands in said_in_turn()) {
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
    fn a_copy_taken_on_the_way_arrives_at_the_same_place(commands in said_in_turn(), at in any::<prop::sample::Index>()) {
        let (project, changes) = history(&commands);
        let middle = at.index(changes.len() + 1);
        let mut first = beginning();
        follow(&mut first, &changes[..middle]);
        let mut second = Project::read(first.snapshot());
        follow(&mut second, &changes[middle..]);
        prop_assert_eq!(second.digest(), project.digest());
        prop_assert_eq!(second.snapshot(), project.snapshot());
    }

    #[test]
    fn deciding_is_repeatable_and_a_rejection_changes_nothing(commands in said_in_turn(), last in said()) {
        let (project, _) = history(&commands);
        let before = project.snapshot();
        let decide = || project.decide(&last.1, hand(&last.0, 7));
        prop_assert_eq!(decide(), decide());
        prop_assert_eq!(project.snapshot(), before);
    }

    #[test]
    fn different_content_has_another_digest(commands in said_in_turn(), last in said()) {
        let (project, _) = history(&commands);
        let mut next = project.clone();
        let hand = hand(&last.0, 0);
        if let Ok(change) = project.decide(&last.1, hand) {
            next.apply(&change, hand).unwrap();
        }
        // The number of the next story is told by those that are there.
        let content = |project: &Project| Snapshot { next_number: 0, ..project.snapshot() };
        prop_assert_eq!(next.digest() == project.digest(), content(&next) == content(&project));
    }

    #[test]
    fn changes_from_elsewhere_never_panic_and_never_half_apply(
        commands in said_in_turn(),
        others in said_in_turn(),
    ) {
        let (mut project, _) = history(&commands);
        let (_, changes) = history(&others);
        for (change, by, at) in changes {
            let before = (project.snapshot(), project.digest());
            if project.apply(&change, Hand { by: &by, at }).is_err() {
                prop_assert_eq!((project.snapshot(), project.digest()), before);
            }
            let copy = Project::read(project.snapshot());
            prop_assert_eq!(copy.digest(), project.digest());
        }
    }
}
