//! Days as the visitor's browser writes them. Knows days, not the present.

use backlog::Day;
use js_sys::{Array, Date, Intl::DateTimeFormat, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    // Making a format costs a thousand times what using it does.
    static SHORT: DateTimeFormat = short();
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

fn one(format: &DateTimeFormat, day: Day) -> String {
    let written = format.format().call1(&JsValue::UNDEFINED, &date(day));
    written.ok().and_then(|written| written.as_string()).unwrap_or_default()
}

fn date(day: Day) -> Date {
    Date::new(&JsValue::from_f64(day.start().0 as f64))
}

// In UTC: iterations begin on the same day for everyone who works on the project.
fn short() -> DateTimeFormat {
    let options = Object::new();
    for (name, value) in [("month", "short"), ("day", "numeric"), ("timeZone", "UTC")] {
        // Setting a field of a fresh object has nothing to fail at.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    DateTimeFormat::new(&Array::new(), &options)
}
