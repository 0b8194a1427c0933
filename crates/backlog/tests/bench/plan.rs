//! What planning anew costs, as the page does it after every change: a project's facts gathered, and its backlog planned.

use super::stopwatch::measure;
use backlog::id::Bits128;
use backlog::project::Facts;
use backlog::settings::Velocity;
use backlog::{
    Day, Estimate, Millis, Name, Panel, Project, Settings, Snapshot, State, Story, StoryId, StoryType, Terms, Title,
    Zone, plan,
};
use std::hint::black_box;
use std::sync::Arc;

/// 2026-11-16, a Monday.
const MONDAY: Day = Day(20_773);
const WEEK: i64 = 7 * 24 * 60 * 60 * 1_000;

/// A team that accepts forty stories a week and has planned as much as it has done; every hundredth story is a release.
fn project(stories: u32) -> Project {
    let settings = Settings {
        initial_velocity: Velocity::new(60).expect("within its limits"),
        ..Settings::new(MONDAY.plus(-7 * (stories / 80) as i32))
    };
    let story = |n: u32| {
        let (story_type, points) = match n % 100 {
            99 => (StoryType::Release, None),
            n if n % 7 == 0 => (StoryType::Chore, None),
            n => (StoryType::Feature, Some(Estimate((n % 4) as u16))),
        };
        let accepted_at = MONDAY.start().0 - i64::from(stories / 2 - n.min(stories / 2)) * WEEK / 40;
        let state = if n < stories / 2 {
            State::Accepted
        } else {
            State::Unstarted
        };
        let title = Title::new(&format!("Story {n}")).expect("a title");
        Arc::new(Story {
            estimate: points,
            accepted_at: (state == State::Accepted).then_some(Millis(accepted_at)),
            ..Story::new(StoryId(Bits128(n.into())), title, (story_type, state), Millis(0))
        })
    };
    let name = Name::new("Measured").expect("a name");
    Project::read(Snapshot {
        stories: (0..stories).map(story).collect(),
        ..Snapshot::of_nothing(name, settings)
    })
}

/// Half an hour of difference and two changes of clocks a year.
fn zone() -> Zone {
    Zone::new((0..60).map(|n| (Millis((n + 30) * 26 * WEEK), 1_800 + 3_600 * (n % 2) as i32)))
}

fn replan(project: &Project, zone: &Zone) {
    let facts: Vec<Facts> = project.order(Panel::Backlog).map(|slot| project.facts(slot)).collect();
    black_box(plan(&facts, &Terms::new(project.settings(), zone, MONDAY)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[ignore = "a measurement: cargo xtask bench plan"]
fn bench_plan() {
    let zone = zone();
    for (stories, named) in [(10_000, "10,000"), (100_000, "100,000")] {
        let project = project(stories);
        measure(&format!("replan of {named} stories"), || replan(&project, &zone));
    }
}
