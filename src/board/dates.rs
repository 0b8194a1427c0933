//! Days as fields write them: `2026-11-21`.

use backlog::{Day, Problem};

/// A day as a field writes it.
pub fn written(day: Day) -> String {
    let (year, month, day) = day.date();
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day that a field holds.
pub fn read(text: &str) -> Result<Day, Problem> {
    let mut parts = text.trim().splitn(3, '-');
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day) = (next().parse(), next().parse(), next().parse());
    match (year, month, day) {
        (Ok(year), Ok(month), Ok(day)) => Day::of_date(year, month, day).ok_or(Problem::NoSuchDay),
        _ => Err(Problem::NoSuchDay),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, written};
    use backlog::{Day, Problem};

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let day = Day::of_date(2026, 11, 21).expect("a day");
        assert_eq!(written(day), "2026-11-21");
        assert_eq!(read(" 2026-11-21 "), Ok(day));
        assert_eq!(read("2026-2-8"), Ok(Day::of_date(2026, 2, 8).expect("a day")));
    }

    #[test]
    fn what_no_calendar_has_is_no_day() {
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "26 November",
            "2026-11",
            "2026-11-21-1",
            "-1-1-1",
        ] {
            assert_eq!(read(text), Err(Problem::NoSuchDay), "{text}");
        }
    }
}
