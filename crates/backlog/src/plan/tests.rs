//! The tables of planning, written by hand. Days are counted from a Monday.
//!
//! A backlog is written as `2!0 3!8 5* -* 3 -`: 2 points accepted on day 0, 3 on day 8, 5 and none in progress, 3 and none
//! not started.

mod calendar;
mod current;
mod future;
mod properties;
mod velocity;

use super::{Iteration, Plan, plan};
use crate::project::{Facts, Settings};
use crate::{Day, State, StoryType};

const MONDAY: Day = Day(20_773);

fn day(days: i32) -> Day {
    MONDAY.plus(days)
}

/// A new project's settings, begun on day 0.
fn settings() -> Settings {
    Settings::new(MONDAY)
}

fn backlog(text: &str) -> Vec<Facts> {
    text.split_whitespace().map(read_story).collect()
}

fn read_story(word: &str) -> Facts {
    let (points, state, accepted_on) = match (word.split_once('!'), word.strip_suffix('*')) {
        (Some((points, on)), _) => (points, State::Accepted, Some(day(on.parse().unwrap()))),
        (None, Some(points)) => (points, State::Started, None),
        (None, None) => (word, State::Unstarted, None),
    };
    let points = (points != "-").then(|| points.parse().unwrap());
    let story_type = points.map_or(StoryType::Chore, |_| StoryType::Feature);
    Facts {
        state,
        story_type,
        points,
        accepted_on,
        deleted: false,
    }
}

/// Plans a backlog on a day and compares with the whole plan, one iteration a line:
/// `current 2, 7-14, 5/8: 1..3` is number 2, from day 7 to before day 14, 5 of 8 points, the stories from place 1 to before 3.
fn check(settings: &Settings, today: i32, stories: &str, expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        show(&plan(&backlog(stories), settings, day(today))),
        expected,
        "for {stories:?} on day {today}"
    );
}

fn show(plan: &Plan) -> Vec<String> {
    let done = plan.done.iter().map(|iteration| show_iteration("done", iteration));
    let future = plan.future.iter().map(|iteration| show_iteration("future", iteration));
    let current = show_iteration("current", &plan.current);
    [format!("velocity {}", plan.velocity)]
        .into_iter()
        .chain(done)
        .chain([current])
        .chain(future)
        .collect()
}

fn show_iteration(when: &str, iteration: &Iteration) -> String {
    let Iteration {
        number,
        start,
        end,
        points,
        capacity,
        stories,
    } = iteration;
    let (start, end) = (start.0 - MONDAY.0, end.0 - MONDAY.0);
    format!(
        "{when} {number}, {start}-{end}, {points}/{capacity}: {}..{}",
        stories.start, stories.end
    )
}
