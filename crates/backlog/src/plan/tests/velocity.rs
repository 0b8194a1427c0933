//! Velocity (planning, C): the mean of the last done iterations, with one-week iterations unless said otherwise.

use super::{Settings, backlog, day, plan, settings};

fn window(iterations: u8) -> Settings {
    Settings {
        velocity_window: iterations,
        ..settings()
    }
}

/// The velocity of stories accepted on days of earlier weeks.
fn check(settings: &Settings, today: i32, accepted: &str, velocity: u32) {
    assert_eq!(
        plan(&backlog(accepted), settings, day(today)).velocity,
        velocity,
        "{accepted:?} on day {today}"
    );
}

#[test]
fn the_mean_of_the_window() {
    check(&window(3), 21, "10!0 5!7 15!14", 10);
    check(&window(2), 14, "5!0 11!7", 8);
    check(&window(2), 21, "90!0 5!7 11!14", 8);
    check(&window(1), 21, "10!0 5!7 15!14", 15);
    check(&window(4), 28, "1!0 2!7 3!14 4!21", 2);
}

#[test]
fn points_of_one_iteration_add_up() {
    check(&window(1), 7, "1!0 2!3 3!6", 6);
    check(&window(2), 14, "1!0 2!6 3!7 2!13", 4);
}

#[test]
fn one_two_week_iteration() {
    check(
        &Settings {
            iteration_weeks: 2,
            ..window(1)
        },
        14,
        "16!0",
        16,
    );
    check(
        &Settings {
            iteration_weeks: 2,
            ..window(1)
        },
        14,
        "9!0 7!13",
        16,
    );
}

#[test]
fn fewer_are_done_than_the_window_asks_for() {
    check(&window(3), 7, "7!0", 7);
    check(&window(3), 14, "7!0 4!7", 5);
}

#[test]
fn an_empty_iteration_counts_as_nothing() {
    check(&window(3), 21, "9!0", 3);
    check(&window(3), 21, "9!14", 3);
    check(&window(2), 21, "90!0 9!14", 4);
    check(&window(3), 21, "9!0 -!7 -!14", 3);
}

#[test]
fn it_is_rounded_down_and_at_least_one() {
    check(&window(3), 21, "5!0", 1);
    check(&window(3), 21, "2!0", 1);
    check(&window(2), 14, "5!0 6!7", 5);
}

#[test]
fn the_initial_velocity_while_nothing_is_known() {
    let initial = Settings {
        initial_velocity: 23,
        ..window(3)
    };
    check(&settings(), 0, "", 10);
    check(&initial, 0, "", 23);
    check(&initial, 6, "8!0", 23);
    check(&initial, 21, "0!0 0!7 0!14", 23);
    check(&initial, 21, "-!0 -!14", 23);
    check(&initial, 28, "8!0", 23);
    check(&initial, 700, "", 23);
    check(
        &Settings {
            initial_velocity: 0,
            ..window(3)
        },
        0,
        "",
        1,
    );
}

#[test]
fn what_current_brings_does_not_count_yet() {
    check(&window(3), 13, "6!0 90!7", 6);
    check(&window(3), 14, "6!0 90!7", 48);
}

#[test]
fn settings_out_of_range_are_brought_into_it() {
    check(&window(0), 21, "10!0 5!7 15!14", 15);
    check(&window(200), 28, "1!0 2!7 3!14 4!21", 2);
    check(
        &Settings {
            iteration_weeks: 0,
            ..window(1)
        },
        7,
        "3!0",
        3,
    );
    check(
        &Settings {
            iteration_weeks: 200,
            ..window(1)
        },
        28,
        "3!0 4!27",
        7,
    );
}
