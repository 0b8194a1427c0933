//! Filling the future (planning, E): a story stands where it can be completed.

use super::{backlog, check, day, planned, settings, velocity, weeks};
use crate::Settings;

/// How many iterations after Current each story of the backlog falls, where Current holds that many points already.
fn offsets(points: u16, in_current: u16, stories: &str) -> Vec<u32> {
    let facts = backlog(&format!("{in_current}* {stories}"));
    let plan = planned(&velocity(points), 0, &facts);
    let offset = |place| plan.iteration_of(place).unwrap().number - plan.current.number;
    (1..facts.len()).map(offset).collect()
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
    assert_eq!(offsets(8, 8, "R - 1 R"), [0, 0, 1, 1]);
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
fn iterations_that_complete_nothing_are_told_of_together() {
    check(
        &velocity(2),
        0,
        "2* 5 1 2 - 1",
        "
        velocity 2
        current 1, 0-7, 2/2: 0..1
        empty 2-3, 7-21
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
            iteration_weeks: weeks(3),
            ..velocity(4)
        },
        30,
        "3 3 3",
        "
        velocity 4
        empty 1-1, 0-21
        current 2, 21-42, 3/4: 0..1
        future 3, 42-63, 3/4: 1..2
        future 4, 63-84, 3/4: 2..3
        ",
    );
}

#[test]
fn a_story_of_thousands_of_iterations() {
    // 60,001 points at 1 a week: 1 carried from Current, so 60,000 weeks more.
    check(
        &velocity(1),
        0,
        "60001 1",
        "
        velocity 1
        current 1, 0-7, 0/1: 0..0
        empty 2-60000, 7-420000
        future 60001, 420000-420007, 60001/1: 0..1
        future 60002, 420007-420014, 1/1: 1..2
        ",
    );
}

#[test]
fn each_place_has_its_iteration_and_no_other_place_has_one() {
    let plan = planned(&settings(), 28, &backlog("1!0 1!0 2!15 3* 9 9 -"));
    let of = |place| plan.iteration_of(place).map(|iteration| iteration.number);
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 6, 7].map(of),
        [Some(1), Some(1), Some(3), Some(5), Some(14), Some(23), Some(23), None]
    );
    assert_eq!(of(usize::MAX), None);
    assert_eq!(planned(&settings(), 0, &[]).iteration_of(0), None);
    assert_eq!(plan.iteration_of(3).unwrap().last_day(), day(34));
}
