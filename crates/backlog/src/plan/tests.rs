//! The tables of planning, written by hand. Days are counted from a Monday.
//!
//! A backlog is written as `2!0 3!8 5* -* 3 - 2+ R`: 2 points accepted on day 0, 3 on day 8, 5 and none in progress, 3 and none
//! not started, 2 put into the current iteration by hand, a release.

mod calendar;
mod current;
mod future;
mod overrides;
mod pace;
mod properties;

mod releases;
mod state;
mod zones;

use super::{Gap, Iteration, Plan, Terms, plan};
use crate::project::Facts;
use crate::settings::{Override, Strength, Velocity, Weekday, Weeks, Window};
use crate::{Day, Millis, Settings, State, StoryType, Zone};

const MONDAY: Day = Day(20_773);
const HOUR: i64 = 60 * 60 * 1_000;

fn day(days: i32) -> Day {
    MONDAY.plus(days)
}

/// Noon of a day, in UTC.
fn noon(days: i32) -> Millis {
    Millis(day(days).start().0 + 12 * HOUR)
}

/// A new project's settings, begun on day 0.
fn settings() -> Settings {
    Settings::new(MONDAY)
}

/// The same with an initial velocity.
fn velocity(points: u16) -> Settings {
    Settings {
        initial_velocity: Velocity::new(points).unwrap(),
        ..settings()
    }
}

/// Settings in which some iterations differ: number, weeks, strength.
fn differing(settings: Settings, own: &[(u32, Option<u16>, Option<u16>)]) -> Settings {
    let read = |(number, weeks, strength): &(u32, Option<u16>, Option<u16>)| {
        let weeks = weeks.map(|weeks| Weeks::new(weeks).unwrap());
        let strength = strength.map(|percent| Strength::new(percent).unwrap());
        (*number, Override { weeks, strength })
    };
    Settings {
        overrides: own.iter().map(read).collect(),
        ..settings
    }
}

fn weeks(weeks: u16) -> Weeks {
    Weeks::new(weeks).unwrap()
}

fn weekday(days: u16) -> Weekday {
    Weekday::new(days).unwrap()
}

fn window(iterations: u16) -> Window {
    Window::new(iterations).unwrap()
}

fn backlog(text: &str) -> Vec<Facts> {
    text.split_whitespace().map(read_story).collect()
}

fn read_story(word: &str) -> Facts {
    let (size, state, accepted_at) = match (word.split_once('!'), word.strip_suffix('*')) {
        (Some((size, on)), _) => (size, State::Accepted, Some(noon(on.parse().unwrap()))),
        (None, Some(size)) => (size, State::Started, None),
        (None, None) => (word.trim_end_matches('+'), State::Unstarted, None),
    };
    let (story_type, points) = match size {
        "R" => (StoryType::Release, None),
        "-" => (StoryType::Chore, None),
        points => (StoryType::Feature, Some(points.parse().unwrap())),
    };
    Facts {
        state,
        story_type,
        points,
        accepted_at,
        current: word.ends_with('+'),
        deleted: false,
    }
}

/// Plans on a day in UTC.
fn planned(settings: &Settings, today: i32, stories: &[Facts]) -> Plan {
    plan(stories, &Terms::new(settings, &Zone::utc(), day(today)))
}

/// Plans a backlog on a day and compares with the whole plan, one iteration a line:
/// `current 2, 7-14, 5/8: 1..3` is number 2, from day 7 to before day 14, 5 of 8 points, the stories from place 1 to before 3;
/// `2x, 7-14 at 50 %` has half the team; `empty 3-5, 14-35` are three iterations without a story.
fn check(settings: &Settings, today: i32, stories: &str, expected: &str) {
    compare(&planned(settings, today, &backlog(stories)), expected);
}

fn compare(plan: &Plan, expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(show(plan), expected);
}

fn show(plan: &Plan) -> Vec<String> {
    let velocity = match plan.volatility {
        0 => format!("velocity {}", plan.velocity),
        volatility => format!("velocity {} ± {volatility} %", plan.velocity),
    };
    let done = plan.done.iter().map(|iteration| ("done", iteration));
    let future = plan.future.iter().map(|iteration| ("future", iteration));
    let iterations = done.chain([("current", &plan.current)]).chain(future);
    let lines = iterations.flat_map(|(when, iteration)| {
        let gap = iteration.gap.as_ref().map(show_gap);
        gap.into_iter().chain([show_iteration(when, iteration)])
    });
    [velocity].into_iter().chain(lines).collect()
}

fn show_gap(gap: &Gap) -> String {
    let (start, end) = (gap.start.0 - MONDAY.0, gap.end.0 - MONDAY.0);
    format!("empty {}-{}, {start}-{end}", gap.first, gap.last)
}

fn show_iteration(when: &str, iteration: &Iteration) -> String {
    let (start, end) = (iteration.start.0 - MONDAY.0, iteration.end.0 - MONDAY.0);
    let strength = match iteration.strength.get() {
        100 => String::new(),
        percent => format!(" at {percent} %"),
    };
    let Iteration {
        number,
        points,
        capacity,
        stories,
        ..
    } = iteration;
    let (first, after) = (stories.start, stories.end);
    format!("{when} {number}, {start}-{end}{strength}, {points}/{capacity}: {first}..{after}")
}
