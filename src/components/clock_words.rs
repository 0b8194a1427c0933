//! Days and times as the visitor's browser writes them. Is told the present, never asks for it.

use backlog::{Day, Millis};
use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};
use std::thread::LocalKey;
use wasm_bindgen::JsValue;

thread_local! {
    // Days are in UTC: iterations begin on the same day for everyone who works on the project.
    // Making a format costs a thousand times what using it does.
    static SHORT: DateTimeFormat = format(&[("month", "short"), ("day", "numeric"), ("timeZone", "UTC")]);
    static YEAR: DateTimeFormat =
        format(&[("year", "numeric"), ("month", "short"), ("day", "numeric"), ("timeZone", "UTC")]);
    static TIME: DateTimeFormat = format(&[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")]);
    static DATE: DateTimeFormat = format(&[("year", "numeric"), ("month", "short"), ("day", "numeric")]);
}

/// Two days and what is between them, like "Nov 16 – 22".
pub fn range(first: Day, last: Day) -> String {
    SHORT.with(|format| match format.format_range(&date(first), &date(last)) {
        Ok(written) => String::from(written),
        Err(_) => format!("{} – {}", one(format, first), one(format, last)),
    })
}

/// A day, like "Nov 16".
pub fn day(day: Day) -> String {
    SHORT.with(|format| one(format, day))
}

/// A day with its year, like "Nov 16, 2026".
pub fn day_and_year(day: Day) -> String {
    YEAR.with(|format| one(format, day))
}

/// A moment where the visitor is, like "14:05", with the date where it is not the day of `now`.
pub fn moment(at: Millis, now: Millis) -> String {
    let written = |format: &'static LocalKey<DateTimeFormat>, at| format.with(|format| write(format, &moment_of(at)));
    let (date, time) = (written(&DATE, at), written(&TIME, at));
    if date == written(&DATE, now) {
        time
    } else {
        format!("{date}, {time}")
    }
}

/// How long ago a moment is, like "5 min ago"; the date and time where that is more than a day.
pub fn ago(at: Millis, now: Millis) -> String {
    match now.0.saturating_sub(at.0).div_euclid(60_000) {
        minutes if minutes < 1 => "just now".to_owned(),
        minutes if minutes < 60 => format!("{minutes} min ago"),
        minutes if minutes < 24 * 60 => format!("{} h ago", minutes / 60),
        _ => date_and_time(at),
    }
}

/// The day of a moment where the visitor is, like "Nov 16, 2026".
pub fn date_of(at: Millis) -> String {
    DATE.with(|format| write(format, &moment_of(at)))
}

/// A moment where the visitor is, always with its date, like "Nov 16, 2026, 14:05".
pub fn date_and_time(at: Millis) -> String {
    let written = |format: &'static LocalKey<DateTimeFormat>| format.with(|format| write(format, &moment_of(at)));
    format!("{}, {}", written(&DATE), written(&TIME))
}

fn one(format: &DateTimeFormat, day: Day) -> String {
    write(format, &date(day))
}

fn write(format: &DateTimeFormat, date: &Date) -> String {
    let written = format.format().call1(&JsValue::UNDEFINED, date);
    written.ok().and_then(|written| written.as_string()).unwrap_or_default()
}

fn date(day: Day) -> Date {
    moment_of(day.start())
}

fn moment_of(at: Millis) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

fn format(fields: &[(&str, &str)]) -> DateTimeFormat {
    let options = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object has nothing to fail at.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    DateTimeFormat::new(&Array::new(), &options)
}
