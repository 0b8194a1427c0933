//! Days and moments, from one end of time to the other.

use super::{Day, Millis};

#[test]
fn a_moment_knows_its_day() {
    // 2026-11-21 is a Saturday: 20,778 days after the first of January 1970.
    let saturday = Millis(1_795_219_200_000).day();
    assert_eq!(saturday, Day(20_778));
    assert_eq!(saturday.days_since_monday(), 5);
    assert_eq!(Day(20_778).start(), Millis(1_795_219_200_000));
    assert_eq!(Millis(1_795_219_200_000 - 1).day(), Day(20_777));
    assert_eq!(Millis(1_795_219_200_000 + 86_399_999).day(), Day(20_778));
}

#[test]
fn days_before_1970() {
    assert_eq!(Millis(-1).day(), Day(-1));
    assert_eq!(Millis(-86_400_000).day(), Day(-1));
    assert_eq!(Millis(-86_400_001).day(), Day(-2));
    assert_eq!(
        [-4, -3, -1, 0, 3, 4].map(|day| Day(day).days_since_monday()),
        [6, 0, 2, 3, 6, 0]
    );
}

#[test]
fn the_ends_of_time() {
    assert_eq!(Millis(i64::MIN).day(), Day(-1_073_741_824));
    assert_eq!(Millis(i64::MAX).day(), Day(1_073_741_823));
    assert_eq!(Day(i32::MAX).start().0, 185_542_587_100_800_000);
    assert_eq!(Day(i32::MIN).start().0, -185_542_587_187_200_000);
    assert_eq!(
        (Day(i32::MAX).plus(1), Day(i32::MIN).plus(-1)),
        (Day(i32::MAX), Day(i32::MIN))
    );
    // 2,147,483,647 = 7 * 306,783,378 + 1, and day 1 is a Friday.
    assert_eq!(Day(i32::MAX).days_since_monday(), 4);
    assert_eq!(Day(i32::MIN).days_since_monday(), 1);
}

#[test]
fn dates_and_days() {
    let rows = [
        ((1970, 1, 1), 0),
        ((1969, 12, 31), -1),
        ((1900, 1, 1), -25_567),
        ((2000, 2, 29), 11_016),
        ((2000, 3, 1), 11_017),
        ((2024, 2, 29), 19_782),
        ((2026, 11, 21), 20_778),
        ((2100, 3, 1), 47_541),
        ((2999, 12, 31), 376_199),
    ];
    for ((year, month, day), days) in rows {
        assert_eq!(Day::of_date(year, month, day), Some(Day(days)), "{year}-{month}-{day}");
        assert_eq!(Day(days).date(), (year, month, day));
    }
}

#[test]
fn dates_that_no_calendar_has() {
    for (year, month, day) in [
        (1899, 12, 31),
        (3000, 1, 1),
        (2026, 0, 1),
        (2026, 13, 1),
        (2026, 1, 0),
        (2026, 1, 32),
        (2026, 4, 31),
        (2026, 2, 29),
        (2100, 2, 29),
        (i32::MAX, 1, 1),
        (2026, u32::MAX, u32::MAX),
    ] {
        assert_eq!(Day::of_date(year, month, day), None, "{year}-{month}-{day}");
    }
}

#[test]
fn every_day_of_eleven_centuries_has_its_date() {
    let mut expected = (1900, 1, 1);
    for days in Day::of_date(1900, 1, 1).unwrap().0..=Day::of_date(2999, 12, 31).unwrap().0 {
        assert_eq!(Day(days).date(), expected);
        let (year, month, day) = expected;
        expected = match (month, Day::of_date(year, month, day + 1)) {
            (_, Some(_)) => (year, month, day + 1),
            (12, None) => (year + 1, 1, 1),
            (_, None) => (year, month + 1, 1),
        };
    }
    assert_eq!(expected, (3000, 1, 1));
    // Beyond what one can ask for nothing breaks.
    assert_eq!(Day(i32::MAX).date().0, 5_881_580);
    assert_eq!(Day(i32::MIN).date().0, -5_877_641);
}

#[test]
fn our_time_is_from_1900_to_2999() {
    let first = Day::of_date(1900, 1, 1).unwrap();
    let last = Day::of_date(2999, 12, 31).unwrap();
    let is = |day: Day| day.is_of_our_time();
    assert_eq!(
        (is(first.plus(-1)), is(first), is(last), is(last.plus(1))),
        (false, true, true, false)
    );
}
