//! The sheet of the project's settings, as it is seen.

use crate::board::may::Rights;
use backlog::{Day, Planning, Pointed};
use std::rc::Rc;

/// The project's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsScene {
    /// What may be set.
    pub rights: Rights,
    /// Its name.
    pub name: TypedSetting,
    /// The points that it estimates in.
    pub scale: TypedSetting,
    /// Which stories carry points.
    pub pointed: Pointed,
    /// The usual length of an iteration, in weeks.
    pub weeks: u16,
    /// The first day of an iteration: days after Monday.
    pub weekday: u16,
    /// The day on which the project began.
    pub started_on: TypedSetting,
    /// Its time zone.
    pub time_zone: TypedSetting,
    /// The time zones that the browser knows; none until it has said so.
    pub zones: Rc<[String]>,
    /// How many done iterations make the velocity.
    pub window: u16,
    /// Points per iteration while nothing is done yet.
    pub initial_velocity: TypedSetting,
    /// Who says what stands in the current iteration.
    pub planning: Planning,
    /// The iterations that differ from the others.
    pub overrides: Rc<[OverrideLine]>,
}

/// A setting that is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSetting {
    /// The text, as it is or as typed.
    pub text: String,
    /// Whether it is typed and not saved.
    pub unsaved: bool,
    /// What would follow from saving it.
    pub effect: Option<String>,
    /// Why it cannot be saved.
    pub problem: Option<String>,
    /// What another member made of the setting meanwhile.
    pub note: Option<String>,
}

/// An iteration that differs from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverrideLine {
    /// Its number.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub last: Day,
    /// Its length in weeks, where it is not the usual one.
    pub weeks: Option<u16>,
    /// The team strength in per cent, where it is not the usual one.
    pub strength: Option<u16>,
}
