//! What holds for every backlog, and for absurd ones.

use super::{Settings, day, plan, settings};
use crate::plan::Iteration;
use crate::project::Facts;
use crate::{Day, Plan, State, StoryType};
use proptest::prelude::*;

fn facts(state: State, points: Option<u16>, accepted_on: Option<Day>) -> Facts {
    Facts {
        state,
        story_type: StoryType::Feature,
        points,
        accepted_on,
        deleted: false,
    }
}

fn points() -> impl Strategy<Value = Option<u16>> {
    prop::option::weighted(0.8, 0u16..9)
}

prop_compose! {
    /// Accepted stories by acceptance, then those in progress, then those not started.
    fn backlog()(
        accepted in prop::collection::vec((-30i32..60, points()), 0..20),
        begun in prop::collection::vec(points(), 0..5),
        waiting in prop::collection::vec(points(), 0..40),
    ) -> Vec<Facts> {
        let mut accepted = accepted;
        accepted.sort();
        let accepted = accepted.into_iter().map(|(on, points)| facts(State::Accepted, points, Some(day(on))));
        let begun = begun.into_iter().map(|points| facts(State::Delivered, points, None));
        let waiting = waiting.into_iter().map(|points| facts(State::Unstarted, points, None));
        accepted.chain(begun).chain(waiting).collect()
    }
}

prop_compose! {
    fn any_settings()(
        iteration_weeks in 1u8..5, start_weekday in 0u8..7, velocity_window in 1u8..5,
        initial_velocity in 0u16..30, started in -20i32..20,
    ) -> Settings {
        let started_on = day(started);
        Settings { iteration_weeks, start_weekday, velocity_window, initial_velocity, started_on, ..settings() }
    }
}

fn iterations(plan: &Plan) -> Vec<&Iteration> {
    plan.done.iter().chain([&plan.current]).chain(&plan.future).collect()
}

/// Every story is in one iteration, in its order; iterations follow one another in time.
fn assert_in_order(plan: &Plan, stories: usize) {
    let all = iterations(plan);
    assert_eq!(all[0].stories.start, 0);
    assert_eq!(all[all.len() - 1].stories.end, stories);
    for pair in all.windows(2) {
        assert_eq!(pair[0].stories.end, pair[1].stories.start);
        assert!(pair[0].number < pair[1].number && pair[0].end <= pair[1].start);
    }
    for iteration in plan.done.iter().chain(&plan.future) {
        assert!(!iteration.stories.is_empty());
    }
}

/// W <= C(k), in the words of the rule and not of the code.
fn assert_completed_in_time(plan: &Plan, backlog: &[Facts]) {
    let used: u32 = plan.current.points;
    let mut work = used;
    for iteration in &plan.future {
        let k = iteration.number - plan.current.number;
        let capacity = plan.velocity.max(used) + k * plan.velocity;
        for place in iteration.stories.clone() {
            work += backlog[place].points.map_or(0, u32::from);
            assert!(
                work <= capacity,
                "story {place}: {work} points by iteration {k}, which has done {capacity}"
            );
        }
        // And not later than needed: in the iteration before, the first of its stories would not have been completed.
        let first = iteration.stories.start;
        let until_first: u32 = backlog[plan.current.stories.end..=first]
            .iter()
            .filter_map(|f| f.points)
            .map(u32::from)
            .sum();
        assert!(
            k == 1 || used + until_first > capacity - plan.velocity,
            "story {first} could be earlier than {k}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_is_kept_and_work_fits(backlog in backlog(), settings in any_settings(), today in -40i32..120) {
        let plan = plan(&backlog, &settings, day(today));
        assert_in_order(&plan, backlog.len());
        assert_completed_in_time(&plan, &backlog);
        for iteration in iterations(&plan) {
            let sum: u32 = backlog[iteration.stories.clone()].iter().filter_map(|f| f.points).map(u32::from).sum();
            prop_assert_eq!(iteration.points, sum);
            prop_assert_eq!((iteration.end.0 - iteration.start.0) as u8, 7 * settings.iteration_weeks);
            prop_assert_eq!(iteration.start.days_since_monday() as u8, settings.start_weekday);
        }
        let begun = backlog.iter().filter(|facts| facts.state != State::Unstarted).count();
        prop_assert!(plan.current.stories.end >= begun);
        prop_assert!(plan.current.points <= plan.velocity || plan.current.stories.end == begun);
        let begins = plan.current.start <= day(today) || plan.current.number == 1;
        prop_assert!(begins && day(today) < plan.current.end);
    }

    #[test]
    fn planning_twice_changes_nothing(backlog in backlog(), settings in any_settings(), today in -40i32..120) {
        prop_assert_eq!(plan(&backlog, &settings, day(today)), plan(&backlog, &settings, day(today)));
    }

    #[test]
    fn done_never_changes(backlog in backlog(), settings in any_settings(), today in -40i32..80, later in 0i32..60) {
        let now = plan(&backlog, &settings, day(today));
        let then = plan(&backlog, &settings, day(today + later));
        prop_assert!(then.done.starts_with(&now.done), "{:?} became {:?}", now.done, then.done);
        // What one adds to the backlog or takes from it leaves what is done alone as well.
        let waiting = backlog.iter().filter(|facts| facts.state == State::Accepted).count();
        prop_assert_eq!(plan(&backlog[..waiting], &settings, day(today)).done, now.done);
    }
}

fn planned(backlog: &[Facts], settings: &Settings, today: Day) {
    let plan = plan(backlog, settings, today);
    let all = iterations(&plan);
    assert_eq!(all[0].stories.start, 0);
    assert_eq!(all[all.len() - 1].stories.end, backlog.len());
    assert!(all.windows(2).all(|pair| pair[0].stories.end == pair[1].stories.start));
    assert!(all.iter().all(|iteration| iteration.start <= iteration.end));
}

#[test]
fn a_hundred_thousand_stories_of_the_greatest_size() {
    let slow = Settings {
        initial_velocity: 1,
        ..settings()
    };
    let fast = Settings {
        initial_velocity: u16::MAX,
        ..settings()
    };
    for state in [State::Unstarted, State::Started, State::Accepted, State::Unscheduled] {
        let accepted_on = (state == State::Accepted).then_some(day(0));
        let backlog = vec![facts(state, Some(u16::MAX), accepted_on); 100_000];
        for today in [Day(i32::MIN), day(0), day(7), day(1_000), Day(i32::MAX)] {
            planned(&backlog, &slow, today);
            planned(&backlog, &fast, today);
        }
    }
}

#[test]
fn a_hundred_thousand_acceptances_over_all_time() {
    let step = (u32::MAX / 100_000) as i32;
    let on = |n: i32| Day(i32::MIN.saturating_add(n.saturating_mul(step)));
    let backlog: Vec<Facts> = (0..100_000)
        .map(|n| facts(State::Accepted, Some(u16::MAX), Some(on(n))))
        .collect();
    for started in [i32::MIN, 0, i32::MAX] {
        for today in [i32::MIN, 0, i32::MAX] {
            let settings = Settings {
                started_on: Day(started),
                ..settings()
            };
            planned(&backlog, &settings, Day(today));
        }
    }
}

#[test]
fn huge_work_after_huge_work() {
    let mut backlog = vec![facts(State::Accepted, Some(u16::MAX), Some(day(0))); 70_000];
    backlog.extend(vec![facts(State::Unstarted, Some(u16::MAX), None); 140_000]);
    planned(&backlog, &settings(), day(7));
    planned(&backlog, &settings(), Day(i32::MAX));
    backlog.reverse();
    planned(&backlog, &settings(), day(7));
}
