//! What holds for every backlog, and for absurd ones.

use super::{Facts, Iteration, Plan, Terms, day, differing, noon, plan, settings, velocity, weekday, weeks, window};
use crate::settings::Planning;
use crate::{Day, Millis, Settings, State, StoryType, Zone};
use proptest::prelude::*;

fn facts(state: State, points: Option<u16>, accepted_at: Option<Millis>) -> Facts {
    Facts {
        state,
        story_type: StoryType::Feature,
        points,
        accepted_at,
        current: false,
        deleted: false,
    }
}

fn points() -> impl Strategy<Value = Option<u16>> {
    prop::option::weighted(0.8, 0u16..9)
}

/// A story that is not started: its points, or a release.
fn waiting() -> impl Strategy<Value = Facts> {
    (points(), prop::bool::weighted(0.1)).prop_map(|(points, is_release)| match is_release {
        false => facts(State::Unstarted, points, None),
        true => Facts {
            story_type: StoryType::Release,
            ..facts(State::Unstarted, None, None)
        },
    })
}

prop_compose! {
    /// Accepted stories by acceptance, then those in progress, then some put into Current by hand, then the others.
    fn backlog()(
        accepted in prop::collection::vec((-30i32..60, points()), 0..20),
        begun in prop::collection::vec(points(), 0..5),
        by_hand in prop::collection::vec(waiting(), 0..4),
        waiting in prop::collection::vec(waiting(), 0..40),
    ) -> Vec<Facts> {
        let mut accepted = accepted;
        accepted.sort();
        let accepted = accepted.into_iter().map(|(on, points)| facts(State::Accepted, points, Some(noon(on))));
        let begun = begun.into_iter().map(|points| facts(State::Delivered, points, None));
        let by_hand = by_hand.into_iter().map(|facts| Facts { current: true, ..facts });
        accepted.chain(begun).chain(by_hand).chain(waiting).collect()
    }
}

prop_compose! {
    fn any_settings()(
        length in 1u16..5, start_weekday in 0u16..7, iterations in 1u16..5,
        initial in 1u16..30, started in -20i32..20, is_manual in prop::bool::ANY,
        own in prop::collection::vec((1u32..25, prop::option::of(1u16..5), prop::option::of(0u16..201)), 0..6),
    ) -> Settings {
        let settings = Settings {
            iteration_weeks: weeks(length),
            start_weekday: weekday(start_weekday),
            velocity_window: window(iterations),
            started_on: day(started),
            planning: if is_manual { Planning::Manual } else { Planning::Automatic },
            ..velocity(initial)
        };
        differing(settings, &own)
    }
}

fn planned(backlog: &[Facts], settings: &Settings, today: Day) -> Plan {
    plan(backlog, &Terms::new(settings, &Zone::utc(), today))
}

fn count(facts: &[Facts]) -> u32 {
    facts.iter().filter_map(|facts| facts.points).map(u32::from).sum()
}

/// Every story is in one iteration, in its order; iterations follow one another in time, and gaps fill the time between them.
fn assert_in_order(plan: &Plan, stories: usize) {
    let all: Vec<&Iteration> = plan.iterations().collect();
    assert_eq!(all[0].stories.start, 0);
    assert_eq!(all[all.len() - 1].stories.end, stories);
    let mut next = (1, plan.calendar.days(1).start);
    for iteration in &all {
        if let Some(gap) = iteration.gap {
            assert_eq!((gap.first, gap.start), next);
            next = (gap.last + 1, gap.end);
        }
        assert_eq!((iteration.number, iteration.start), next);
        next = (iteration.number + 1, iteration.end);
    }
    assert!(all.windows(2).all(|pair| pair[0].stories.end == pair[1].stories.start));
    assert!(
        plan.done
            .iter()
            .chain(&plan.future)
            .all(|iteration| !iteration.stories.is_empty())
    );
}

/// cap(k) in the words of the rule, in parts of a point so small that per cents of any length of an iteration are whole.
fn capacity(plan: &Plan, settings: &Settings, number: u32) -> u64 {
    let share = u64::from(settings.strength(number).get()) * u64::from(settings.weeks(number).get());
    u64::from(plan.velocity) * share * 1_200 / u64::from(settings.iteration_weeks.get())
}

const POINT: u64 = 120_000;

/// W <= C(k), and not later than needed.
fn assert_completed_in_time(plan: &Plan, settings: &Settings, backlog: &[Facts]) {
    let current = plan.current.number;
    let used = POINT * u64::from(plan.current.points);
    let base = used.max(capacity(plan, settings, current));
    let by = |number: u32| {
        base + (current + 1..=number)
            .map(|number| capacity(plan, settings, number))
            .sum::<u64>()
    };
    let mut work = used;
    for iteration in &plan.future {
        let done = by(iteration.number);
        for place in iteration.stories.clone() {
            work += POINT * u64::from(count(&backlog[place..=place]));
            assert!(
                work <= done,
                "story {place}: {work} by iteration {}, which has done {done}",
                iteration.number
            );
        }
        let first = iteration.stories.start;
        let until_first = used + POINT * u64::from(count(&backlog[plan.current.stories.end..=first]));
        let is_first = iteration.number == current + 1;
        assert!(
            is_first || until_first > by(iteration.number - 1),
            "story {first} could be earlier"
        );
    }
}

/// Current holds what is begun, and of the rest as much as fits or as was put there by hand.
fn assert_current_is_right(plan: &Plan, settings: &Settings, backlog: &[Facts]) {
    let begun = backlog.iter().filter(|facts| facts.state != State::Unstarted).count();
    let by_hand = backlog.iter().filter(|facts| facts.current).count();
    let end = plan.current.stories.end;
    match settings.planning {
        Planning::Manual => assert_eq!(end, begun + by_hand),
        Planning::Automatic => {
            let fits = |end: usize| {
                let held = &backlog[plan.current.stories.start..end];
                POINT * u64::from(count(held)) <= capacity(plan, settings, plan.current.number)
            };
            assert!(end == begun || (end > begun && fits(end)));
            assert!(end == backlog.len() || !fits(end + 1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_is_kept_and_work_fits(backlog in backlog(), settings in any_settings(), today in -40i32..120) {
        let plan = planned(&backlog, &settings, day(today));
        assert_in_order(&plan, backlog.len());
        assert_completed_in_time(&plan, &settings, &backlog);
        assert_current_is_right(&plan, &settings, &backlog);
        for iteration in plan.iterations() {
            prop_assert_eq!(iteration.points, count(&backlog[iteration.stories.clone()]));
            prop_assert_eq!(iteration.end.0 - iteration.start.0, 7 * i32::from(settings.weeks(iteration.number).get()));
            prop_assert_eq!(iteration.start.days_since_monday(), i32::from(settings.start_weekday.get()));
        }
        let begins = plan.current.start <= day(today) || plan.current.number == 1;
        prop_assert!(begins && day(today) < plan.current.end);
    }

    #[test]
    fn planning_twice_changes_nothing(backlog in backlog(), settings in any_settings(), today in -40i32..120) {
        let first = serde_json::to_string(&planned(&backlog, &settings, day(today)));
        let second = serde_json::to_string(&planned(&backlog, &settings, day(today)));
        prop_assert_eq!(first.unwrap(), second.unwrap());
    }

    #[test]
    fn done_never_changes(backlog in backlog(), settings in any_settings(), today in -40i32..80, later in 0i32..60) {
        let now = planned(&backlog, &settings, day(today));
        let then = planned(&backlog, &settings, day(today + later));
        prop_assert!(then.done.starts_with(&now.done), "{:?} became {:?}", now.done, then.done);
        // What one adds to the backlog, takes from it or works on leaves what is done alone as well.
        let accepted = backlog.iter().filter(|facts| facts.state == State::Accepted).count();
        prop_assert_eq!(&planned(&backlog[..accepted], &settings, day(today)).done, &now.done);
        let mut other = backlog[..accepted].to_vec();
        other.extend(backlog[accepted..].iter().rev().map(|facts| Facts { points: Some(3), ..*facts }));
        prop_assert_eq!(planned(&other, &settings, day(today)).done, now.done);
    }

    #[test]
    fn a_release_lies_between_its_bounds(backlog in backlog(), settings in any_settings(), today in -40i32..120) {
        let plan = planned(&backlog, &settings, day(today));
        for release in &plan.releases {
            prop_assert!(plan.current.last_day() <= release.early && release.early <= release.date);
            prop_assert!(release.late.is_none_or(|late| release.date <= late));
            prop_assert_eq!(release.late.is_none(), plan.volatility >= 100);
        }
        let waiting = backlog.iter().filter(|facts| facts.story_type == StoryType::Release).count();
        prop_assert_eq!(plan.releases.len(), waiting);
    }
}

fn assert_bounded(backlog: &[Facts], settings: &Settings, today: Day) {
    let plan = planned(backlog, settings, today);
    let all: Vec<&Iteration> = plan.iterations().collect();
    assert_eq!(all[0].stories.start, 0);
    assert_eq!(all[all.len() - 1].stories.end, backlog.len());
    assert!(all.windows(2).all(|pair| pair[0].stories.end == pair[1].stories.start));
    assert!(all.iter().all(|iteration| iteration.start <= iteration.end));
}

#[test]
fn a_hundred_thousand_stories_of_the_greatest_size() {
    for state in [State::Unstarted, State::Started, State::Accepted, State::Unscheduled] {
        let accepted_at = (state == State::Accepted).then_some(noon(0));
        let backlog = vec![facts(state, Some(u16::MAX), accepted_at); 100_000];
        for today in [Day(i32::MIN), day(0), day(7), day(1_000), Day(i32::MAX)] {
            assert_bounded(&backlog, &velocity(1), today);
            assert_bounded(&backlog, &velocity(10_000), today);
        }
    }
}

#[test]
fn a_hundred_thousand_acceptances_over_all_time() {
    let at = |n: u64| Millis(i64::MIN.saturating_add_unsigned(n * (u64::MAX / 100_000)));
    let backlog: Vec<Facts> = (0..100_000)
        .map(|n| facts(State::Accepted, Some(u16::MAX), Some(at(n))))
        .collect();
    for started in [i32::MIN, 0, i32::MAX] {
        for today in [i32::MIN, 0, i32::MAX] {
            let settings = Settings {
                started_on: Day(started),
                ..settings()
            };
            assert_bounded(&backlog, &settings, Day(today));
        }
    }
}

#[test]
fn huge_work_after_huge_work() {
    let mut backlog = vec![facts(State::Accepted, Some(u16::MAX), Some(noon(0))); 70_000];
    backlog.extend(vec![facts(State::Unstarted, Some(u16::MAX), None); 140_000]);
    let weak = differing(
        settings(),
        &[(1, None, Some(1)), (2, Some(4), Some(200)), (900, None, Some(0))],
    );
    for settings in [settings(), weak] {
        assert_bounded(&backlog, &settings, day(7));
        assert_bounded(&backlog, &settings, Day(i32::MAX));
        backlog.reverse();
        assert_bounded(&backlog, &settings, day(7));
        backlog.reverse();
    }
}
