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
