//! Dates as files write them. Only the day is looked at; a time that follows one is passed over.

use backlog::Day;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// The day of `Nov 22, 2014` or `11/22/2014`; also of `2014-11-22` and `2014-11-22 10:03:40 -0300`, as some heirs write it.
/// None where it is no date, or one that no calendar has.
pub(crate) fn read(text: &str) -> Option<Day> {
    let text = text.trim();
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return in_words(text);
    }
    match text.split_once('/') {
        Some((month, rest)) => {
            let (day, year) = rest.split_once('/')?;
            Day::of_date(year_of(year)?, number(month)?, number(day)?)
        }
        None => {
            let date = text.split([' ', 'T']).next()?;
            let (year, rest) = date.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            Day::of_date(year_of(year)?, number(month)?, number(day)?)
        }
    }
}

/// `Nov 22, 2014`.
fn in_words(text: &str) -> Option<Day> {
    let (date, year) = text.split_once(',')?;
    let (month, day) = date.trim().split_once(' ')?;
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))?;
    Day::of_date(year_of(year.trim())?, month as u32 + 1, number(day.trim())?)
}

/// A day or a month. More digits than two are none.
fn number(text: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A year of four digits: two would be a guess.
fn year_of(text: &str) -> Option<i32> {
    let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| text.parse().ok()).flatten()
}

/// A day as Tracker wrote it: `Nov 22, 2014`.
pub(crate) fn write(day: Day) -> String {
    let (year, month, day) = day.date();
    let month = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
    format!("{month} {day}, {year}")
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use backlog::Day;

    fn check(text: &str, date: Option<(i32, u32, u32)>) {
        assert_eq!(read(text).map(Day::date), date, "{text:?}");
    }

    #[test]
    fn a_day_is_read_in_each_of_its_forms() {
        for text in [
            "Nov 22, 2014",
            "nov 22, 2014",
            " Nov 22,2014 ",
            "11/22/2014",
            "2014-11-22",
            "2014-11-22 10:03:40 -0300",
            "2014-11-22T10:03:40Z",
        ] {
            check(text, Some((2014, 11, 22)));
        }
        check("Feb 02, 2012", Some((2012, 2, 2)));
        check("2/2/2012", Some((2012, 2, 2)));
        check("Feb 29, 2024", Some((2024, 2, 29)));
    }

    #[test]
    fn what_no_calendar_has_is_no_day() {
        for text in [
            "",
            "soon",
            "Nov",
            "Feb 30, 2014",
            "Feb 29, 2023",
            "22/11/2014",
            "Foo 1, 2014",
            "11/22/14",
            "Nov 22",
            "Nov 0, 2014",
            "0/1/2014",
            "2014-13-01",
            "2014-11",
            "11/22/20145",
            "Nov 22, 99999",
            "+1/2/2014",
            "Jan 1, 1800",
            "41965",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_day_is_written_as_tracker_did() {
        for (date, text) in [
            ((2014, 11, 22), "Nov 22, 2014"),
            ((2027, 1, 2), "Jan 2, 2027"),
            ((1999, 12, 31), "Dec 31, 1999"),
        ] {
            let (year, month, day) = date;
            assert_eq!(write(Day::of_date(year, month, day).unwrap()), text);
            check(text, Some(date));
        }
    }
}
