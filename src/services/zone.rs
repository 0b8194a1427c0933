//! What the names of time zones mean, by the browser's own database of zones.

use backlog::{Millis, Zone, ZoneName};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The zone of that name; UTC where the browser has not heard of it. Takes some milliseconds.
pub fn find(name: &ZoneName) -> Zone {
    match format_in(name.as_str()) {
        Some(format) => Zone::asking(|at| offset(&format, at).unwrap_or(0)),
        None => Zone::utc(),
    }
}

/// The names of the zones that the browser knows; none where it does not tell.
pub fn names() -> Vec<String> {
    let listed = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let list: Function = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
        let names: Array = list.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()?;
        Some(names.iter().filter_map(|name| name.as_string()).collect())
    };
    listed().unwrap_or_default()
}

/// Writes moments with their offsets: `1/1/2026, GMT+05:30`.
fn format_in(zone: &str) -> Option<Function> {
    // A browser takes an offset for a zone, a database of zones does not.
    if zone.starts_with(['+', '-']) {
        return None;
    }
    let options = Object::new();
    let options_are = [("timeZone", zone), ("timeZoneName", "longOffset")];
    for (option, value) in options_are {
        Reflect::set(&options, &option.into(), &value.into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let make: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    // Not the constructor of js_sys, through which the refusal of an unknown name would end the page.
    let made = Reflect::construct(&make, &Array::of2(&"en-US".into(), &options)).ok()?;
    Reflect::get(&made, &"format".into()).ok()?.dyn_into().ok()
}

fn offset(format: &Function, at: Millis) -> Option<i32> {
    let written = format.call1(&JsValue::UNDEFINED, &(at.0 as f64).into()).ok()?;
    read_offset(&written.as_string()?)
}

/// The seconds at the end of a text like `1/1/2026, GMT+05:30`; UTC itself is `GMT`.
fn read_offset(text: &str) -> Option<i32> {
    let (_, offset) = text.rsplit_once("GMT")?;
    let mut parts = offset.trim_start_matches(['+', '-', '\u{2212}']).split(':');
    let mut seconds = 0;
    for unit in [3_600, 60, 1] {
        seconds += match parts.next() {
            None | Some("") => 0,
            Some(part) => unit * part.parse::<i32>().ok()?,
        };
    }
    Some(if offset.starts_with('+') { seconds } else { -seconds })
}

#[cfg(test)]
mod tests;
