//! Velocity and volatility (planning, C), with one-week iterations unless said otherwise.

use super::{backlog, differing, planned, settings, velocity, weeks, window};
use crate::Settings;
use crate::plan::Pace;

fn last(iterations: u16) -> Settings {
    Settings {
        velocity_window: window(iterations),
        ..settings()
    }
}

/// The velocity of stories accepted on days of earlier weeks.
fn check(settings: &Settings, today: i32, accepted: &str, velocity: u32) {
    let plan = planned(settings, today, &backlog(accepted));
    assert_eq!(plan.velocity, velocity, "{accepted:?} on day {today}");
}

#[test]
fn the_mean_of_the_window() {
    check(&last(3), 21, "10!0 5!7 15!14", 10);
    check(&last(2), 14, "5!0 11!7", 8);
    check(&last(2), 21, "90!0 5!7 11!14", 8);
    check(&last(1), 21, "10!0 5!7 15!14", 15);
    check(&last(4), 28, "1!0 2!7 3!14 4!21", 2);
}

#[test]
fn points_of_one_iteration_add_up() {
    check(&last(1), 7, "1!0 2!3 3!6", 6);
    check(&last(2), 14, "1!0 2!6 3!7 2!13", 4);
}

#[test]
fn one_two_week_iteration() {
    let two_weeks = Settings {
        iteration_weeks: weeks(2),
        ..last(1)
    };
    check(&two_weeks, 14, "16!0", 16);
    check(&two_weeks, 14, "9!0 7!13", 16);
}

#[test]
fn fewer_are_done_than_the_window_asks_for() {
    check(&last(3), 7, "7!0", 7);
    check(&last(3), 14, "7!0 4!7", 5);
}

#[test]
fn an_empty_iteration_counts_as_nothing() {
    check(&last(3), 21, "9!0", 3);
    check(&last(3), 21, "9!14", 3);
    check(&last(2), 21, "90!0 9!14", 4);
    check(&last(3), 21, "9!0 -!7 -!14", 3);
}

#[test]
fn it_is_rounded_down_and_at_least_one() {
    check(&last(3), 21, "5!0", 1);
    check(&last(3), 21, "2!0", 1);
    check(&last(2), 14, "5!0 6!7", 5);
}

#[test]
fn the_initial_velocity_while_nothing_is_known() {
    let initial = velocity(23);
    check(&settings(), 0, "", 10);
    check(&initial, 0, "", 23);
    check(&initial, 6, "8!0", 23);
    check(&initial, 21, "0!0 0!7 0!14", 23);
    check(&initial, 21, "-!0 -!14", 23);
    check(&initial, 28, "8!0", 23);
    check(&initial, 700, "", 23);
}

#[test]
fn what_current_brings_does_not_count_yet() {
    check(&last(3), 13, "6!0 90!7", 6);
    check(&last(3), 14, "6!0 90!7", 48);
}

#[test]
fn strength_makes_up_for_who_was_missing() {
    check(&differing(last(1), &[(1, None, Some(60))]), 7, "6!0", 10);
    check(&differing(last(2), &[(2, None, Some(50))]), 14, "8!0 6!7", 10);
    check(&differing(last(2), &[(2, None, Some(200))]), 14, "8!0 6!7", 5);
    // 10 points at 30 % are 33 1/3, at 70 % 14 2/7: 47 13/21, of which the half is 23.8.
    check(
        &differing(last(2), &[(1, None, Some(30)), (2, None, Some(70))]),
        14,
        "10!0 10!7",
        23,
    );
    // Three thirds of a point are one point: no fraction gets lost on the way.
    check(
        &differing(
            last(3),
            &[(1, None, Some(150)), (2, None, Some(150)), (3, None, Some(150))],
        ),
        21,
        "3!0 3!7 3!14",
        2,
    );
}

#[test]
fn an_iteration_without_anyone_is_passed_over() {
    check(&differing(last(1), &[(2, None, Some(0))]), 14, "8!0", 8);
    check(&differing(last(1), &[(2, None, Some(0))]), 14, "8!0 5!7", 8);
    check(
        &differing(last(2), &[(2, None, Some(0)), (3, None, Some(0))]),
        28,
        "4!0 90!7 8!21",
        6,
    );
    check(&differing(velocity(23), &[(1, None, Some(0))]), 7, "8!0", 23);
    // Someone was there and brought nothing: that counts.
    check(&differing(last(1), &[(2, None, Some(1))]), 14, "8!0", 10);
}

#[test]
fn length_makes_up_for_more_time() {
    // 16 points in three weeks make 5 a week and a third more.
    check(&differing(last(2), &[(1, Some(2), None)]), 21, "10!0 6!14", 5);
    let two_weeks = Settings {
        iteration_weeks: weeks(2),
        ..last(2)
    };
    check(
        &differing(two_weeks.clone(), &[(2, Some(1), None)]),
        21,
        "10!0 6!14",
        10,
    );
    check(&differing(two_weeks.clone(), &[(2, Some(4), None)]), 42, "10!0 6!14", 5);
    // A week at half strength and a fortnight: 5 / 50 % + 16 in 3 weeks make 8.67 a week, 17.3 a fortnight.
    check(&differing(two_weeks, &[(1, Some(1), Some(50))]), 21, "5!0 16!7", 17);
}

/// The volatility of points brought in weeks that follow each other.
fn volatility(settings: &Settings, brought: &[u32]) -> u32 {
    let accepted: Vec<String> = brought
        .iter()
        .zip(0..)
        .map(|(points, week)| format!("{points}!{}", 7 * week))
        .collect();
    let today = 7 * brought.len() as i32;
    planned(settings, today, &backlog(&accepted.join(" "))).volatility
}

#[test]
fn the_deviation_in_per_cent_of_the_mean() {
    assert_eq!(volatility(&last(3), &[10]), 0);
    assert_eq!(volatility(&last(3), &[7, 7, 7]), 0);
    // Mean 10, deviations 0, 5, 5: the root of 50/3 is 4.08.
    assert_eq!(volatility(&last(3), &[10, 5, 15]), 41);
    // Mean 8, deviations 3: 37.5 % is rounded up.
    assert_eq!(volatility(&last(2), &[5, 11]), 38);
    // The root of 2 is 1.4142, that of 3 is 1.7321.
    assert_eq!(volatility(&last(3), &[0, 0, 9]), 141);
    assert_eq!(volatility(&last(4), &[0, 9, 0, 0]), 173);
    // Mean 200, deviation 1, half a per cent: up. Mean 202: down.
    assert_eq!(volatility(&last(2), &[199, 201]), 1);
    assert_eq!(volatility(&last(2), &[201, 203]), 0);
    assert_eq!(volatility(&last(2), &[90, 5, 11]), 38);
}

#[test]
fn volatility_is_that_of_what_full_strength_would_have_brought() {
    let half = differing(last(2), &[(1, None, Some(50))]);
    assert_eq!(volatility(&half, &[5, 10]), 0);
    assert_eq!(volatility(&half, &[10, 10]), 33);
    let nobody = differing(last(2), &[(2, None, Some(0))]);
    assert_eq!(volatility(&nobody, &[5, 90, 11]), 38);
}

#[test]
fn nothing_is_known_of_volatility_while_nothing_was_brought() {
    assert_eq!(volatility(&settings(), &[]), 0);
    assert_eq!(volatility(&settings(), &[0, 0, 0]), 0);
    assert_eq!(volatility(&last(1), &[8, 0]), 0);
}

#[test]
fn the_pace_of_every_iteration_so_far() {
    let settings = last(2);
    let plan = planned(&settings, 35, &backlog("4!0 8!7 1!28"));
    let paces = [1, 2, 3, 4, 5, 6].map(|number| {
        let Pace { velocity, volatility } = Pace::before(number, &plan.done, &settings);
        (velocity, volatility)
    });
    assert_eq!(paces, [(10, 0), (4, 0), (6, 33), (4, 100), (10, 0), (1, 100)]);
}
