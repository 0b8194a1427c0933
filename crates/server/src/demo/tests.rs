//! The sample project follows the rules.

use super::{Event, Store, fill, history};
use backlog::id::Bits128;
use backlog::plan::{Lateness, ReleaseDate};
use backlog::{Epoch, Hand, Millis, Panel, Project, Rejection, State, Story, Terms, Zone, plan};

/// 2026-11-21T03:04Z, a Saturday.
const NOW: Millis = Millis(1_795_230_240_000);

fn counted() -> impl FnMut() -> Bits128 {
    let mut last = 0;
    move || {
        last += 1;
        Bits128(last)
    }
}

fn hand(event: &Event) -> Hand<'_> {
    Hand {
        by: &event.actor,
        at: event.at,
    }
}

fn filled() -> Project {
    let sample = history(NOW, counted());
    let mut project = Project::new(sample.project.name, sample.events[0].at);
    for event in sample.events {
        assert!(event.at < NOW, "{:?} lies in the future", event.sent.command);
        let change = project
            .decide(&event.sent.command, hand(&event))
            .map_err(|reason: Rejection| reason.to_string());
        project
            .apply(&change.expect("every line of the sample is allowed"), hand(&event))
            .expect("it fits");
    }
    project
}

#[test]
fn the_sample_follows_the_rules_and_its_velocity_is_real() {
    let project = filled();
    let backlog: Vec<_> = project.order(Panel::Backlog).map(|slot| project.facts(slot)).collect();
    let ideas = project.order(Panel::Icebox).count();
    assert_eq!((backlog.len(), ideas), (51, 11));
    let plan = plan(&backlog, &Terms::new(project.settings(), &Zone::utc(), NOW.day()));
    assert_eq!(plan.done.len(), 4);
    assert!((5..=12).contains(&plan.velocity), "velocity {}", plan.velocity);
}

#[test]
fn the_sample_has_every_state() {
    let project = filled();
    let slots = project.order(Panel::Backlog).chain(project.order(Panel::Icebox));
    let mut states: Vec<State> = slots.map(|slot| project.at(slot).state).collect();
    states.sort();
    states.dedup();
    assert_eq!(states.len(), 7);
}

#[test]
fn the_sample_shows_what_a_story_carries_and_a_release_that_is_late() {
    let project = filled();
    let slots: Vec<_> = project.order(Panel::Backlog).collect();
    let facts: Vec<_> = slots.iter().map(|slot| project.facts(*slot)).collect();
    let plan = plan(&facts, &Terms::new(project.settings(), &Zone::utc(), NOW.day()));
    let lateness = |release: &ReleaseDate| {
        let story = project.at(slots[release.place]);
        (story.title.as_str(), story.deadline.map(|day| release.lateness(day)))
    };
    let releases: Vec<_> = plan.releases.iter().map(lateness).collect();
    assert_eq!(
        releases,
        [
            ("Accounts for everyone", Some(Lateness::InTime)),
            ("Engines in the shop", Some(Lateness::Late)),
            ("Build your own rocket", Some(Lateness::InTime)),
        ]
    );
    let labels: Vec<&str> = project.epics().iter().map(|epic| epic.words.label.as_str()).collect();
    assert_eq!(labels, ["accounts", "checkout", "delivery", "launch-day", "builder"]);
    let with = |has: fn(&Story) -> bool| slots.iter().filter(|slot| has(project.at(**slot))).count();
    assert!(with(|story| !story.comments.is_empty()) >= 3);
    assert!(with(|story| !story.tasks.is_empty()) >= 2);
    assert!(
        slots
            .iter()
            .filter(|slot| project.is_blocked(project.at(**slot)))
            .count()
            >= 3
    );
    assert!(with(|story| !story.owners.is_empty()) >= 3);
}

#[tokio::test]
async fn it_is_filled_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), Epoch(Bits128(1))).await.expect("a store");
    let mut ids = counted();
    let first = fill(&store, NOW, &mut ids).await.expect("filled");
    let again = fill(&store, NOW, &mut ids).await.expect("left alone");
    assert_eq!(first, again);
    assert_eq!(store.projects().await.expect("a list").len(), 1);
}
