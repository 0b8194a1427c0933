//! Iterations that differ in length or strength, from where the project stands into the future (planning, A, D and E).

use super::{check, differing, planned, velocity, weeks};
use crate::Settings;

#[test]
fn one_length_shifts_all_that_follow() {
    check(
        &differing(velocity(4), &[(2, Some(3), None)]),
        0,
        "4 4 4 4 4",
        "
        velocity 4
        current 1, 0-7, 4/4: 0..1
        future 2, 7-28, 12/12: 1..4
        future 3, 28-35, 4/4: 4..5
        ",
    );
    check(
        &differing(velocity(4), &[(1, Some(2), None)]),
        13,
        "4!1 4 4",
        "
        velocity 4
        current 1, 0-14, 8/8: 0..2
        future 2, 14-21, 4/4: 2..3
        ",
    );
}

#[test]
fn a_length_of_the_past_says_what_is_done() {
    check(
        &differing(velocity(4), &[(1, Some(2), None)]),
        14,
        "4!1 4!10 4",
        "
        velocity 4
        done 1, 0-14, 8/8: 0..2
        current 2, 14-21, 4/4: 2..3
        ",
    );
}

#[test]
fn a_shorter_iteration_of_a_project_in_fortnights() {
    let fortnights = Settings {
        iteration_weeks: weeks(2),
        ..velocity(9)
    };
    // Half of 9 is 4.5: 13.5 by the end of iteration 2, 22.5 by the end of 3.
    check(
        &differing(fortnights, &[(2, Some(1), None)]),
        0,
        "9 4 1 8 1",
        "
        velocity 9
        current 1, 0-14, 9/9: 0..1
        future 2, 14-21, 4/4: 1..2
        future 3, 21-35, 9/9: 2..4
        future 4, 35-49, 1/9: 4..5
        ",
    );
}

#[test]
fn strength_says_what_fits() {
    check(
        &differing(
            velocity(10),
            &[(1, None, Some(50)), (2, None, Some(20)), (3, None, Some(200))],
        ),
        0,
        "5 3 2 17 1",
        "
        velocity 10
        current 1, 0-7 at 50 %, 5/5: 0..1
        empty 2-2, 7-14
        future 3, 14-21 at 200 %, 22/20: 1..4
        future 4, 21-28, 1/10: 4..5
        ",
    );
}

#[test]
fn fractions_of_strength_add_up() {
    // Thirds of a point: 3.3, 6.6, 9.9, then 13.2.
    let thirds: Vec<_> = (1..=4).map(|number| (number, None, Some(33))).collect();
    check(
        &differing(velocity(10), &thirds),
        0,
        "3 3 3 1 3 1",
        "
        velocity 10
        current 1, 0-7 at 33 %, 3/3: 0..1
        future 2, 7-14 at 33 %, 3/3: 1..2
        future 3, 14-21 at 33 %, 3/3: 2..3
        future 4, 21-28 at 33 %, 4/3: 3..5
        future 5, 28-35, 1/10: 5..6
        ",
    );
}

#[test]
fn nobody_is_there() {
    check(
        &differing(
            velocity(3),
            &[(1, None, Some(0)), (2, None, Some(0)), (4, None, Some(0))],
        ),
        0,
        "- R 3 3 -",
        "
        velocity 3
        current 1, 0-7 at 0 %, 0/0: 0..2
        empty 2-2, 7-14
        future 3, 14-21, 3/3: 2..3
        empty 4-4, 21-28
        future 5, 28-35, 3/3: 3..5
        ",
    );
    check(
        &differing(velocity(3), &[(1, None, Some(0)), (2, None, Some(0))]),
        0,
        "2* - 1 1",
        "
        velocity 3
        current 1, 0-7 at 0 %, 2/0: 0..1
        future 2, 7-14 at 0 %, 0/0: 1..2
        future 3, 14-21, 2/3: 2..4
        ",
    );
}

#[test]
fn every_iteration_that_can_differ_does() {
    let nobody: Vec<_> = (1..=Settings::LAST_OVERRIDE)
        .map(|number| (number, None, Some(0)))
        .collect();
    check(
        &differing(velocity(3), &nobody),
        0,
        "3 4",
        "
        velocity 3
        current 1, 0-7 at 0 %, 0/0: 0..0
        empty 2-10000, 7-70000
        future 10001, 70000-70007, 3/3: 0..1
        empty 10002-10002, 70007-70014
        future 10003, 70014-70021, 4/3: 1..2
        ",
    );
}

#[test]
fn far_overrides_are_reached_without_a_step_for_each_iteration_before_them() {
    let far = differing(
        velocity(1),
        &[
            (0, Some(4), Some(0)),
            (50_000, None, Some(0)),
            (u32::MAX, Some(4), Some(200)),
        ],
    );
    check(
        &far,
        0,
        "49999 2",
        "
        velocity 1
        current 1, 0-7, 0/1: 0..0
        empty 2-49998, 7-349986
        future 49999, 349986-349993, 49999/1: 0..1
        empty 50000-50001, 349993-350007
        future 50002, 350007-350014, 2/1: 1..2
        ",
    );
    let calendar = planned(&far, 0, &[]).calendar;
    assert_eq!(calendar.days(u32::MAX).start, crate::Day(i32::MAX));
}
