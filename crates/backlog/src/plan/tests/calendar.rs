//! When iterations begin, and when an accepted story is done (planning, A and B).

use super::{Terms, backlog, check, compare, day, noon, planned, settings, weekday, weeks};
use crate::{Day, Settings, Zone};

/// The first day of iteration 1, counted from the Monday, for a project begun on a day with one story accepted on another.
fn first_day(start_weekday: u16, started: i32, accepted: &str) -> i32 {
    let settings = Settings {
        start_weekday: weekday(start_weekday),
        started_on: day(started),
        ..settings()
    };
    let plan = planned(&settings, started, &backlog(accepted));
    assert_eq!(plan.current.number, 1, "{started} {accepted}");
    plan.current.start.0 - day(0).0
}

#[test]
fn iteration_1_begins_on_its_weekday_on_or_before_the_start() {
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 6, 7].map(|started| first_day(0, started, "")),
        [0, 0, 0, 0, 0, 0, 0, 7]
    );
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 6, 7].map(|started| first_day(2, started, "")),
        [-5, -5, 2, 2, 2, 2, 2, 2]
    );
    assert_eq!(
        [0, 1, 5, 6, 7, 13].map(|started| first_day(6, started, "")),
        [-1, -1, -1, 6, 6, 13]
    );
}

#[test]
fn the_first_acceptance_may_be_earlier_than_the_start() {
    assert_eq!(first_day(0, 3, "1!4"), 0);
    assert_eq!(first_day(0, 3, "1!2"), 0);
    let late = Settings {
        started_on: day(17),
        ..settings()
    };
    check(
        &late,
        17,
        "4!3 5!9 1!16 2",
        "
        velocity 4 ± 11 %
        done 1, 0-7, 4/4: 0..1
        done 2, 7-14, 5/5: 1..2
        current 3, 14-21, 3/4: 2..4
        ",
    );
}

#[test]
fn an_accepted_story_stays_in_current_until_its_iteration_ends() {
    let current = "
        velocity 10
        current 1, 0-7, 8/10: 0..3
    ";
    check(&settings(), 0, "3!0 2!0 3", current);
    check(&settings(), 6, "3!0 2!0 3", current);
    check(
        &settings(),
        7,
        "3!0 2!0 3",
        "
        velocity 5
        done 1, 0-7, 5/5: 0..2
        current 2, 7-14, 3/5: 2..3
        ",
    );
}

#[test]
fn an_iteration_rolls_over_on_its_weekday() {
    let two_weeks_from_thursday = Settings {
        start_weekday: weekday(3),
        iteration_weeks: weeks(2),
        started_on: day(4),
        ..settings()
    };
    check(
        &two_weeks_from_thursday,
        16,
        "5!16 3",
        "
        velocity 10
        current 1, 3-17, 8/10: 0..2
        ",
    );
    check(
        &two_weeks_from_thursday,
        17,
        "5!16 3",
        "
        velocity 5
        done 1, 3-17, 5/5: 0..1
        current 2, 17-31, 3/5: 1..2
        ",
    );
}

#[test]
fn done_iterations_that_brought_nothing_are_told_of_together() {
    // The window is 3, 4 and 5: 6, 0 and 0 points, a mean of 2; the deviation is the root of 8, 2.83, which is 141 % of it.
    check(
        &settings(),
        35,
        "3!0 6!20 -* 5",
        "
        velocity 2 ± 141 %
        done 1, 0-7, 3/3: 0..1
        empty 2-2, 7-14
        done 3, 14-21, 6/6: 1..2
        empty 4-5, 21-35
        current 6, 35-42, 0/2: 2..3
        empty 7-7, 42-49
        future 8, 49-56, 5/2: 3..4
        ",
    );
}

#[test]
fn a_project_of_a_hundred_years_costs_no_more_than_one_of_a_week() {
    // 46,006 days before a Monday, 6,572 weeks and 2 days, is a Saturday, and the Tuesday before it is 4 days further away.
    let settings = Settings {
        started_on: day(-46_006),
        start_weekday: weekday(1),
        ..settings()
    };
    check(
        &settings,
        0,
        "2",
        "
        velocity 10
        empty 1-6572, -46010--6
        current 6573, -6-1, 2/10: 0..1
        ",
    );
}

#[test]
fn a_clock_set_back_opens_no_iteration_twice() {
    check(
        &settings(),
        21,
        "1!8 2!3 4!9 8!16",
        "
        velocity 5 ± 71 %
        empty 1-1, 0-7
        done 2, 7-14, 7/7: 0..3
        done 3, 14-21, 8/8: 3..4
        current 4, 21-28, 0/5: 4..4
        ",
    );
}

#[test]
fn a_story_accepted_nobody_knows_when_goes_with_the_one_above_it() {
    let mut stories = backlog("1!8 2!0 4!16 8!0");
    stories[1].accepted_at = None;
    stories[3].accepted_at = None;
    compare(
        &planned(&settings(), 14, &stories),
        "
        velocity 1 ± 100 %
        empty 1-1, 0-7
        done 2, 7-14, 3/3: 0..2
        current 3, 14-21, 12/1: 2..4
        ",
    );
    stories.rotate_left(1);
    compare(
        &planned(&settings(), 14, &stories[..1]),
        "
        velocity 1 ± 100 %
        done 1, 0-7, 2/2: 0..1
        empty 2-2, 7-14
        current 3, 14-21, 0/1: 1..1
        ",
    );
}

#[test]
fn a_today_before_the_project_began_is_in_iteration_1() {
    check(
        &settings(),
        -400,
        "3!0 2",
        "
        velocity 10
        current 1, 0-7, 5/10: 0..2
        ",
    );
}

#[test]
fn a_calendar_says_the_days_of_every_iteration_and_the_iteration_of_every_day() {
    let settings = super::differing(
        settings(),
        &[(2, Some(3), None), (3, Some(2), None), (6, Some(1), None)],
    );
    let calendar = planned(&settings, 0, &[]).calendar;
    let starts = [1, 2, 3, 4, 5, 6, 7].map(|number| calendar.days(number).start.0 - day(0).0);
    assert_eq!(starts, [0, 7, 28, 42, 49, 56, 63]);
    let ends = [1, 2, 3, 4, 5, 6, 7].map(|number| calendar.days(number).end.0 - day(0).0);
    assert_eq!(ends, [7, 28, 42, 49, 56, 63, 70]);
    let numbers = [-1, 0, 6, 7, 27, 28, 41, 42, 48, 49, 70].map(|on| calendar.number_of(day(on)));
    assert_eq!(numbers, [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 8]);
    assert_eq!(calendar.number_at(noon(27), &Zone::utc()), 2);
}

#[test]
fn days_at_the_end_of_time() {
    let utc = Zone::utc();
    let extremes = [i32::MIN, i32::MIN + 1, -1, 0, 1, i32::MAX - 1, i32::MAX];
    for started in extremes {
        for today in extremes {
            for first in 0..7 {
                let settings = Settings {
                    started_on: Day(started),
                    start_weekday: weekday(first),
                    ..settings()
                };
                let plan = super::plan(&backlog("3* 1000 1 R"), &Terms::new(&settings, &utc, Day(today)));
                assert!(plan.current.start <= plan.current.end);
                assert!(plan.future.iter().all(|later| plan.current.start <= later.start));
            }
        }
    }
    let settings = Settings {
        started_on: Day(-2_000_000_000),
        ..settings()
    };
    let plan = super::plan(&[], &Terms::new(&settings, &utc, Day(2_000_000_000)));
    assert!(plan.current.start <= Day(2_000_000_000) && Day(2_000_000_000) < plan.current.end);
    assert_eq!(plan.current.start.days_since_monday(), 0);
}
