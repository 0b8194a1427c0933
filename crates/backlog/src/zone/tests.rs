//! Days and moments where clocks differ from UTC, and how a table of offsets is found. That real zones come out right is tested where
//! databases of zones are: in the server and in the browser.

use super::Zone;
use crate::{Day, Millis};
use std::cell::Cell;

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::of_date(year, month, day).unwrap()
}

/// So many hours after a day began in UTC.
fn at(day: Day, hours: i64) -> Millis {
    Millis(day.start().0 + hours * HOUR)
}

/// Central Europe in 2026: an hour ahead, in summer two.
fn berlin() -> Zone {
    Zone::new([
        (Millis(i64::MIN), 3_600),
        (at(day(2026, 3, 29), 1), 7_200),
        (at(day(2026, 10, 25), 1), 3_600),
    ])
}

#[test]
fn utc_is_as_it_is() {
    let (utc, monday) = (Zone::utc(), day(2026, 11, 16));
    assert_eq!(utc.start(monday), monday.start());
    assert_eq!(utc.noon(monday), at(monday, 12));
    assert_eq!(utc.day(at(monday, 23)), monday);
    assert_eq!(utc.day(at(monday, 24)), monday.plus(1));
}

#[test]
fn a_day_begins_at_its_midnight() {
    let berlin = berlin();
    let winter = day(2026, 1, 10);
    assert_eq!(berlin.start(winter), at(winter, -1));
    assert_eq!(berlin.noon(winter), at(winter, 11));
    assert_eq!(berlin.day(at(winter, 22)), winter);
    assert_eq!(berlin.day(at(winter, 23)), winter.plus(1));
    let summer = day(2026, 7, 10);
    assert_eq!(berlin.start(summer), at(summer, -2));
    assert_eq!(berlin.day(at(summer, 22)), summer.plus(1));
}

#[test]
fn the_days_on_which_clocks_change_have_23_and_25_hours() {
    let berlin = berlin();
    let long = |day: Day| (berlin.start(day.plus(1)).0 - berlin.start(day).0) / HOUR;
    let (spring, autumn) = (day(2026, 3, 29), day(2026, 10, 25));
    assert_eq!([-1, 0, 1].map(|days| long(spring.plus(days))), [24, 23, 24]);
    assert_eq!([-1, 0, 1].map(|days| long(autumn.plus(days))), [24, 25, 24]);
}

#[test]
fn a_day_whose_midnight_is_left_out_begins_an_hour_later() {
    // At midnight the clock goes to one: three hours behind UTC before, two after.
    let sunday = day(2017, 10, 15);
    let zone = Zone::new([(Millis(i64::MIN), -10_800), (at(sunday, 3), -7_200)]);
    assert_eq!(zone.start(sunday), at(sunday, 3));
    assert_eq!(zone.day(at(sunday, 3)), sunday);
    assert_eq!(zone.day(Millis(at(sunday, 3).0 - 1)), sunday.plus(-1));
    assert_eq!(zone.start(sunday.plus(1)), at(sunday, 26));
}

#[test]
fn a_day_that_is_left_out_has_no_moments() {
    // From ten hours behind UTC to fourteen ahead, as Samoa did: there was no 30 December 2011.
    let friday = day(2011, 12, 30);
    let change = at(friday, 10);
    let zone = Zone::new([(Millis(i64::MIN), -36_000), (change, 50_400)]);
    assert_eq!(zone.day(Millis(change.0 - 1)), friday.plus(-1));
    assert_eq!(zone.day(change), friday.plus(1));
    assert_eq!([zone.start(friday), zone.start(friday.plus(1))], [change, change]);
}

#[test]
fn a_day_that_begins_twice_begins_the_first_time() {
    // A minute after midnight the clock goes back an hour.
    let sunday = day(2010, 11, 7);
    let change = Millis(sunday.start().0 + MINUTE);
    let zone = Zone::new([(change, -3_600)]);
    assert_eq!(zone.start(sunday), sunday.start());
    assert_eq!(zone.day(change), sunday.plus(-1));
}

#[test]
fn what_is_not_in_order_is_left_out() {
    let offsets = [(Millis(5), 60), (Millis(5), 120), (Millis(4), 180), (Millis(6), 240)];
    assert_eq!(Zone::new(offsets).offsets(), [(Millis(5), 60), (Millis(6), 240)]);
}

/// The table that is found by asking, and how often was asked.
fn asked(table: &Zone) -> (Zone, u32) {
    let times = Cell::new(0);
    let found = Zone::asking(|at| {
        times.set(times.get() + 1);
        (table.offset(at) / 1_000) as i32
    });
    (found, times.get())
}

#[test]
fn a_table_is_found_by_asking() {
    assert_eq!(asked(&berlin()).0, berlin());
    assert_eq!(asked(&Zone::utc()).0, Zone::utc());
    let minutes = |minutes: i64| Millis(Zone::FROM.0 + minutes * MINUTE);
    let odd = Zone::new([
        (Millis(i64::MIN), -1),
        (minutes(1), 45 * 60),
        (minutes(20_161), -12 * 3_600),
        (minutes(40_321), 14 * 3_600),
        (Zone::UNTIL, 0),
    ]);
    assert_eq!(asked(&odd).0, odd);
}

#[test]
fn nobody_is_asked_too_often() {
    let (_, times) = asked(&Zone::utc());
    assert!(times < 900, "{times}");
    let twice_a_year = (0..66).map(|n| {
        (
            Millis(Zone::FROM.0 + (n * 26 + 13) * 7 * 24 * HOUR),
            3_600 * (n % 2) as i32,
        )
    });
    let (_, times) = asked(&Zone::new(twice_a_year));
    assert!(times < 900 + 66 * 15, "{times}");
}

#[test]
fn a_table_says_nothing_of_what_lies_outside_its_years() {
    let before = Millis(Zone::FROM.0 - 1);
    let after = Millis(Zone::UNTIL.0 + 1);
    let wide = Zone::new([(before, 3_600), (after, 7_200)]);
    assert_eq!(asked(&wide).0, Zone::new([(Millis(i64::MIN), 3_600)]));
}
