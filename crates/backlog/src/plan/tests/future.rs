//! Filling the future (planning, E): a story stands where it can be completed.

use super::{Settings, backlog, check, day, plan, settings};

/// How many iterations after Current each story of the backlog falls, where Current holds that many points already.
fn offsets(velocity: u16, in_current: u16, stories: &str) -> Vec<u32> {
    let settings = Settings {
        initial_velocity: velocity,
        ..settings()
    };
    let facts = backlog(&format!("{in_current}* {stories}"));
    let plan = plan(&facts, &settings, day(0));
    let of = |place: usize| {
        let iteration = plan.future.iter().find(|iteration| iteration.stories.contains(&place));
        iteration.unwrap_or(&plan.current).number - plan.current.number
    };
    (1..facts.len()).map(of).collect()
}

#[test]
fn room_left_over_is_carried() {
    assert_eq!(offsets(8, 7, "3 2 2 2 3 3 2"), [1, 1, 1, 1, 2, 2, 2]);
}

#[test]
fn a_large_story_falls_where_its_last_point_is_done() {
    assert_eq!(offsets(2, 2, "5 1 2 - 1"), [3, 3, 4, 4, 5]);
}

#[test]
fn stories_without_points_stay_with_what_they_follow() {
    assert_eq!(offsets(8, 8, "- - 1 -"), [0, 0, 1, 1]);
}

#[test]
fn what_current_holds_above_its_capacity_is_no_debt() {
    assert_eq!(offsets(4, 20, "4 4 1"), [1, 2, 3]);
    assert_eq!(offsets(4, 20, "- 4 -"), [1, 1, 1]);
}

#[test]
fn room_that_a_refused_story_left_is_carried_too() {
    assert_eq!(offsets(8, 0, "5 8 3 5 3"), [0, 1, 1, 2, 2]);
    assert_eq!(offsets(3, 2, "2 2 2 2"), [1, 1, 2, 3]);
}

#[test]
fn a_story_never_falls_before_the_one_above_it() {
    assert_eq!(offsets(1, 0, "9 - 0 1"), [8, 8, 8, 9]);
}

#[test]
fn iterations_that_complete_nothing_are_left_out() {
    check(
        &Settings {
            initial_velocity: 2,
            ..settings()
        },
        0,
        "2* 5 1 2 - 1",
        "
        velocity 2
        current 1, 0-7, 2/2: 0..1
        future 4, 21-28, 6/2: 1..3
        future 5, 28-35, 2/2: 3..5
        future 6, 35-42, 1/2: 5..6
        ",
    );
}

#[test]
fn longer_iterations() {
    check(
        &Settings {
            initial_velocity: 4,
            iteration_weeks: 3,
            ..settings()
        },
        30,
        "3 3 3",
        "
        velocity 4
        current 2, 21-42, 3/4: 0..1
        future 3, 42-63, 3/4: 1..2
        future 4, 63-84, 3/4: 2..3
        ",
    );
}
