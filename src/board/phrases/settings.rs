//! Settings in words: what one wished for, and what was done.

use super::{Phrase, weeks};
use crate::board::dates;
use backlog::{Planning, Pointed, SettingEdit};

/// The days on which an iteration can begin, from Monday on.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Settings in words.
pub fn phrase(edits: &[SettingEdit]) -> Phrase {
    let done = match edits {
        [edit] => set(edit),
        [
            SettingEdit::Length { iteration, weeks: None },
            SettingEdit::Strength { strength: None, .. },
        ] => {
            format!("iteration {iteration} to the usual length and strength")
        }
        [
            SettingEdit::Length { iteration, .. } | SettingEdit::Strength { iteration, .. },
            ..,
        ] => {
            format!("length and strength of iteration {iteration}")
        }
        _ => "how the project plans".to_owned(),
    };
    Phrase {
        wish: format!("Set {done}"),
        done: format!("set {done}"),
    }
}

fn set(edit: &SettingEdit) -> String {
    match edit {
        SettingEdit::Scale(scale) => {
            let points: Vec<String> = scale.points().iter().map(u16::to_string).collect();
            format!("the point scale to {}", points.join(", "))
        }
        SettingEdit::Pointed(Pointed::Features) => "points to features alone".to_owned(),
        SettingEdit::Pointed(Pointed::FeaturesBugsAndChores) => "points to features, bugs and chores".to_owned(),
        SettingEdit::IterationWeeks(length) => format!("the iteration length to {}", weeks(length.get())),
        SettingEdit::StartWeekday(weekday) => {
            let name = WEEKDAYS.get(usize::from(weekday.get())).copied().unwrap_or_default();
            format!("the first day of iterations to {name}")
        }
        SettingEdit::StartedOn(day) => format!("the project's first day to {}", dates::written(*day)),
        SettingEdit::TimeZone(zone) => format!("the time zone to {}", zone.as_str()),
        SettingEdit::VelocityWindow(window) => match window.get() {
            1 => "velocity to the last iteration".to_owned(),
            many => format!("velocity to the last {many} iterations"),
        },
        SettingEdit::InitialVelocity(velocity) => format!("the initial velocity to {}", velocity.get()),
        SettingEdit::Planning(Planning::Automatic) => "planning to automatic".to_owned(),
        SettingEdit::Planning(Planning::Manual) => "planning to manual".to_owned(),
        SettingEdit::Length { iteration, weeks: None } => format!("iteration {iteration} to the usual length"),
        SettingEdit::Length {
            iteration,
            weeks: Some(length),
        } => format!("iteration {iteration} to {}", weeks(length.get())),
        SettingEdit::Strength { iteration, strength } => {
            let percent = strength.unwrap_or_default().get();
            format!("the team strength of iteration {iteration} to {percent} %")
        }
    }
}
