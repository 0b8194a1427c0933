//! Iterations roll over at midnight of the project's zone (planning, A).

use super::{HOUR, Terms, backlog, compare, day, plan, settings};
use crate::{Millis, Zone};

/// Plans in a zone a story of 3 points that was accepted so many hours after the Monday began in UTC.
fn check(zone: &Zone, today: i32, hours: i64, expected: &str) {
    let settings = settings();
    let mut stories = backlog("3!0 1");
    stories[0].accepted_at = Some(Millis(day(0).start().0 + hours * HOUR));
    compare(&plan(&stories, &Terms::new(&settings, zone, day(today))), expected);
}

fn offset(hours: i32) -> Zone {
    Zone::new([(Millis(0), hours * 3_600)])
}

const IN_THE_FIRST: &str = "
    velocity 3
    done 1, 0-7, 3/3: 0..1
    current 2, 7-14, 1/3: 1..2
";
const IN_THE_SECOND: &str = "
    velocity 10
    empty 1-1, 0-7
    current 2, 7-14, 4/10: 0..2
";
const BEFORE_THE_FIRST: &str = "
    velocity 1 ± 100 %
    done 1, -7-0, 3/3: 0..1
    empty 2-2, 0-7
    current 3, 7-14, 1/1: 1..2
";

#[test]
fn midnight_is_that_of_the_zone() {
    check(&Zone::utc(), 7, 167, IN_THE_FIRST);
    check(&Zone::utc(), 7, 168, IN_THE_SECOND);
    check(&offset(2), 7, 165, IN_THE_FIRST);
    check(&offset(2), 7, 166, IN_THE_SECOND);
    check(&offset(-5), 7, 172, IN_THE_FIRST);
    check(&offset(-5), 7, 173, IN_THE_SECOND);
}

#[test]
fn the_first_acceptance_has_a_day_of_the_zone() {
    check(&offset(-5), 7, 4, BEFORE_THE_FIRST);
    check(&offset(-5), 7, 5, IN_THE_FIRST);
    check(&Zone::utc(), 7, -1, BEFORE_THE_FIRST);
    check(&offset(1), 7, -1, IN_THE_FIRST);
}

#[test]
fn a_week_in_which_clocks_are_put_back_has_an_hour_more() {
    let change = Millis(day(6).start().0 + HOUR);
    let zone = Zone::new([(Millis(0), 2 * 3_600), (change, 3_600)]);
    check(&zone, 7, 166, IN_THE_FIRST);
    check(&zone, 7, 167, IN_THE_SECOND);
}

#[test]
fn clocks_put_back_over_midnight_do_not_end_an_iteration_twice() {
    // At midnight and a minute between Sunday and Monday, the clock goes back to a minute past eleven.
    let change = Millis(day(7).start().0 + HOUR / 60);
    let zone = Zone::new([(Millis(0), 0), (change, -3_600)]);
    let settings = settings();
    let terms = Terms::new(&settings, &zone, day(7));
    let mut stories = backlog("1!0 2!0 4!0 1!0");
    let minutes = [-1, 0, 30, 62];
    for (facts, minutes) in stories.iter_mut().zip(minutes) {
        facts.accepted_at = Some(Millis(day(7).start().0 + minutes * HOUR / 60));
    }
    // What is accepted while it is Sunday once more belongs to the iteration that had begun.
    compare(
        &plan(&stories, &terms),
        "
        velocity 1
        done 1, 0-7, 1/1: 0..1
        current 2, 7-14, 7/1: 1..4
        ",
    );
}

#[test]
fn moments_and_zones_out_of_this_world() {
    let zones = [
        Zone::utc(),
        Zone::new([
            (Millis(i64::MIN), i32::MAX),
            (Millis(0), i32::MIN),
            (Millis(i64::MAX), i32::MAX),
        ]),
    ];
    let moments = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX];
    for zone in zones {
        for first in moments {
            for second in moments {
                for today in [i32::MIN, 0, i32::MAX] {
                    let settings = settings();
                    let mut stories = backlog("1!0 1!0 1");
                    stories[0].accepted_at = Some(Millis(first));
                    stories[1].accepted_at = Some(Millis(second));
                    let plan = plan(&stories, &Terms::new(&settings, &zone, crate::Day(today)));
                    assert_eq!(
                        plan.iterations()
                            .map(|iteration| iteration.stories.len())
                            .sum::<usize>(),
                        3
                    );
                }
            }
        }
    }
}
