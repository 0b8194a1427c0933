//! Time as values. Nothing here reads a clock: the present comes in as an argument.

use serde::{Deserialize, Serialize};

const MILLIS_PER_DAY: i64 = 86_400_000;
// From the first of March of the year 0 on.
const DAYS_TO_1970: i32 = 719_468;

/// Milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Millis(pub i64);

/// Days since 1970-01-01, a Thursday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Day(pub i32);

impl Millis {
    /// The day in UTC that holds this moment.
    pub fn day(self) -> Day {
        let day = self.0.div_euclid(MILLIS_PER_DAY);
        Day(day.clamp(i32::MIN as i64 / 2, i32::MAX as i64 / 2) as i32)
    }
}

impl Day {
    /// The first day of 1900.
    const FIRST: Day = Day(-25_567);
    /// The last day of 2999.
    const LAST: Day = Day(376_199);

    /// Days since Monday: 0 is Monday, 6 is Sunday.
    pub fn days_since_monday(self) -> i32 {
        (self.0.rem_euclid(7) + 3) % 7
    }

    /// The first moment of this day in UTC.
    pub fn start(self) -> Millis {
        Millis(i64::from(self.0) * MILLIS_PER_DAY)
    }

    /// The day of a date. None where no calendar has it, or before the year 1900 or after 2999.
    pub fn of_date(year: i32, month: u32, day: u32) -> Option<Day> {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days_of_month = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => return None,
        };
        if !(1900..3000).contains(&year) || !(1..=days_of_month).contains(&day) {
            return None;
        }
        // Years that begin in March end with the day that is not always there.
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let day_of_year = (153 * month as i32 + 2) / 5 + day as i32 - 1;
        let day_of_era = year * 365 + year / 4 - year / 100 + year / 400 + day_of_year;
        Some(Day(day_of_era - DAYS_TO_1970))
    }

    /// Whether it lies in the years 1900 to 2999, in which dates are taken.
    pub fn is_of_our_time(self) -> bool {
        (Day::FIRST..=Day::LAST).contains(&self)
    }

    /// Its year, month and day of the month.
    pub fn date(self) -> (i32, u32, u32) {
        let days = i64::from(self.0) + i64::from(DAYS_TO_1970);
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let (carry, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
        ((year_of_era + era * 400 + carry) as i32, month as u32, day as u32)
    }

    /// This day and `days` more.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

#[cfg(test)]
mod tests;
