//! What happens on the sheet of the project's settings.

use backlog::SettingEdit;

/// What happened on the sheet of the project's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsMsg {
    /// A setting was typed.
    Typed(Setting, String),
    /// What was typed was saved.
    Saved(Setting),
    /// What was typed was thrown away.
    Dropped(Setting),
    /// A setting was chosen of several.
    Chosen(SettingEdit),
    /// The iteration of this number was made like the others.
    OverrideReset(u32),
    /// The browser said which time zones it knows.
    ZonesListed(Vec<String>),
}

/// A setting that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// The project's name.
    Name,
    /// The points that it estimates in, separated by commas.
    Scale,
    /// The day on which it began, as `2026-11-21`.
    StartedOn,
    /// The name of its time zone.
    TimeZone,
    /// Points per iteration while nothing is done yet.
    InitialVelocity,
}

impl Setting {
    /// Its name in the page's markup.
    pub fn key(self) -> &'static str {
        match self {
            Setting::Name => "project-name",
            Setting::Scale => "scale",
            Setting::StartedOn => "started-on",
            Setting::TimeZone => "time-zone",
            Setting::InitialVelocity => "initial-velocity",
        }
    }
}
