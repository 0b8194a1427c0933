//! How a project plans, as its members set it. Each value's constructor is its check.

use crate::text::Problem;
use crate::{Day, PointScale, StoryType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// How a project plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Settings {
    /// The points it estimates in.
    pub scale: PointScale,
    /// Which stories carry points.
    #[serde(default)]
    pub pointed: Pointed,
    /// The usual length of an iteration.
    pub iteration_weeks: Weeks,
    /// The first day of an iteration.
    pub start_weekday: Weekday,
    /// The day on which the project began.
    pub started_on: Day,
    /// Where its days begin at midnight.
    #[serde(default)]
    pub time_zone: ZoneName,
    /// How many done iterations make the velocity.
    pub velocity_window: Window,
    /// Points per iteration while nothing is done yet.
    pub initial_velocity: Velocity,
    /// Who says what stands in the current iteration.
    #[serde(default)]
    pub planning: Planning,
    /// What differs in single iterations, by their number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub overrides: BTreeMap<u32, Override>,
}

impl Settings {
    /// The most iterations that differ from the others.
    pub const MAX_OVERRIDES: usize = 1_000;
    /// The last iteration that can differ: hundreds of years from the first.
    pub const LAST_OVERRIDE: u32 = 10_000;

    /// The settings of a new project.
    pub fn new(started_on: Day) -> Settings {
        Settings {
            scale: PointScale::default(),
            pointed: Pointed::default(),
            iteration_weeks: Weeks::ONE,
            start_weekday: Weekday::MONDAY,
            started_on,
            time_zone: ZoneName::default(),
            velocity_window: Window::THREE,
            initial_velocity: Velocity::TEN,
            planning: Planning::default(),
            overrides: BTreeMap::new(),
        }
    }

    /// Whether stories of a type carry points.
    pub fn carries_points(&self, story_type: StoryType) -> bool {
        match (story_type, self.pointed) {
            (StoryType::Feature, _) => true,
            (StoryType::Bug | StoryType::Chore, Pointed::FeaturesBugsAndChores) => true,
            (StoryType::Bug | StoryType::Chore, Pointed::Features) | (StoryType::Release, _) => false,
        }
    }

    /// The length of an iteration, in weeks.
    pub fn weeks(&self, iteration: u32) -> Weeks {
        let own = self.overrides.get(&iteration).and_then(|own| own.weeks);
        own.unwrap_or(self.iteration_weeks)
    }

    /// The team strength of an iteration.
    pub fn strength(&self, iteration: u32) -> Strength {
        let own = self.overrides.get(&iteration).and_then(|own| own.strength);
        own.unwrap_or_default()
    }

    /// Makes the settings as the edit says.
    pub(crate) fn take(&mut self, edit: SettingEdit) {
        match edit {
            SettingEdit::Scale(scale) => self.scale = scale,
            SettingEdit::Pointed(pointed) => self.pointed = pointed,
            SettingEdit::IterationWeeks(weeks) => self.iteration_weeks = weeks,
            SettingEdit::StartWeekday(weekday) => self.start_weekday = weekday,
            SettingEdit::StartedOn(day) => self.started_on = day,
            SettingEdit::TimeZone(zone) => self.time_zone = zone,
            SettingEdit::VelocityWindow(window) => self.velocity_window = window,
            SettingEdit::InitialVelocity(velocity) => self.initial_velocity = velocity,
            SettingEdit::Planning(planning) => self.planning = planning,
            SettingEdit::Length { iteration, weeks } => self.differ(iteration, |own| own.weeks = weeks),
            SettingEdit::Strength { iteration, strength } => self.differ(iteration, |own| own.strength = strength),
        }
    }

    fn differ(&mut self, iteration: u32, set: impl FnOnce(&mut Override)) {
        let mut own = self.overrides.remove(&iteration).unwrap_or_default();
        set(&mut own);
        if own != Override::default() {
            self.overrides.insert(iteration, own);
        }
    }
}

/// One setting set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SettingEdit {
    /// The points it estimates in. Estimates that the scale does not hold become the nearest that it does.
    Scale(PointScale),
    /// Which stories carry points. Estimates of those that carry none any more stay and do not count.
    Pointed(Pointed),
    /// The usual length of an iteration.
    IterationWeeks(Weeks),
    /// The first day of an iteration.
    StartWeekday(Weekday),
    /// The day on which the project began.
    StartedOn(Day),
    /// Where its days begin at midnight.
    TimeZone(ZoneName),
    /// How many done iterations make the velocity.
    VelocityWindow(Window),
    /// Points per iteration while nothing is done yet.
    InitialVelocity(Velocity),
    /// Who says what stands in the current iteration.
    Planning(Planning),
    /// The length of one iteration; none for the usual one.
    Length {
        /// Its number, from 1.
        iteration: u32,
        /// Its length.
        weeks: Option<Weeks>,
    },
    /// The team strength of one iteration; none for the usual one.
    Strength {
        /// Its number, from 1.
        iteration: u32,
        /// The strength.
        strength: Option<Strength>,
    },
}

/// Which stories carry points. Releases never do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Pointed {
    /// Features alone: velocity measures what users got.
    #[default]
    Features,
    /// Bugs and chores too.
    FeaturesBugsAndChores,
}

/// Who says what stands in the current iteration. Later iterations are always planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Planning {
    /// The velocity.
    #[default]
    Automatic,
    /// The team, by hand.
    Manual,
}

/// What differs in one iteration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Override {
    /// Its length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<Weeks>,
    /// Its team strength.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
}

/// The length of an iteration: 1 to 4 weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minimum" = 1, "maximum" = 4)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Weeks(u16);

/// A day of the week: 0 is Monday, 6 is Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maximum" = 6)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Weekday(u16);

/// How many done iterations make the velocity: 1 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minimum" = 1, "maximum" = 4)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Window(u16);

/// Points per iteration of the default length: 1 to 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minimum" = 1, "maximum" = 10000)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Velocity(u16);

/// How much of the team is there in an iteration: 0 to 200 per cent; 100 unless it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maximum" = 200)))]
#[serde(try_from = "u16", into = "u16")]
pub struct Strength(u16);

impl Weeks {
    /// One week.
    pub const ONE: Weeks = Weeks(1);

    /// So many weeks.
    pub fn new(weeks: u16) -> Result<Self, Problem> {
        within("iteration length", weeks, 1, 4).map(Weeks)
    }

    /// The weeks.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Weekday {
    /// Monday.
    pub const MONDAY: Weekday = Weekday(0);

    /// So many days after Monday.
    pub fn new(days: u16) -> Result<Self, Problem> {
        within("first weekday", days, 0, 6).map(Weekday)
    }

    /// Days after Monday.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Window {
    /// Three iterations.
    pub const THREE: Window = Window(3);

    /// So many iterations.
    pub fn new(iterations: u16) -> Result<Self, Problem> {
        within("number of iterations", iterations, 1, 4).map(Window)
    }

    /// The iterations.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Velocity {
    /// Ten points.
    pub const TEN: Velocity = Velocity(10);

    /// So many points.
    pub fn new(points: u16) -> Result<Self, Problem> {
        within("velocity", points, 1, 10_000).map(Velocity)
    }

    /// The points.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Strength {
    /// So many per cent.
    pub fn new(percent: u16) -> Result<Self, Problem> {
        within("team strength", percent, 0, 200).map(Strength)
    }

    /// The per cent.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Default for Strength {
    fn default() -> Self {
        Strength(100)
    }
}

fn within(field: &'static str, got: u16, least: u16, most: u16) -> Result<u16, Problem> {
    if (least..=most).contains(&got) {
        Ok(got)
    } else {
        Err(Problem::OutOfRange {
            field,
            least,
            most,
            got,
        })
    }
}

impl TryFrom<u16> for Weeks {
    type Error = Problem;
    fn try_from(weeks: u16) -> Result<Self, Problem> {
        Self::new(weeks)
    }
}

impl TryFrom<u16> for Weekday {
    type Error = Problem;
    fn try_from(days: u16) -> Result<Self, Problem> {
        Self::new(days)
    }
}

impl TryFrom<u16> for Window {
    type Error = Problem;
    fn try_from(iterations: u16) -> Result<Self, Problem> {
        Self::new(iterations)
    }
}

impl TryFrom<u16> for Velocity {
    type Error = Problem;
    fn try_from(points: u16) -> Result<Self, Problem> {
        Self::new(points)
    }
}

impl TryFrom<u16> for Strength {
    type Error = Problem;
    fn try_from(percent: u16) -> Result<Self, Problem> {
        Self::new(percent)
    }
}

impl From<Weeks> for u16 {
    fn from(weeks: Weeks) -> Self {
        weeks.0
    }
}

impl From<Weekday> for u16 {
    fn from(weekday: Weekday) -> Self {
        weekday.0
    }
}

impl From<Window> for u16 {
    fn from(window: Window) -> Self {
        window.0
    }
}

impl From<Velocity> for u16 {
    fn from(velocity: Velocity) -> Self {
        velocity.0
    }
}

impl From<Strength> for u16 {
    fn from(strength: Strength) -> Self {
        strength.0
    }
}

/// The name of a time zone as the IANA database has it, like `Europe/Berlin`: 1 to 64 letters, digits and `/_+-`. What it means
/// is for others to know; one that nobody knows is UTC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("pattern" = "^[A-Za-z0-9/_+-]{1,64}$")))]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(String);

impl ZoneName {
    const MAX: usize = 64;

    /// Takes a name.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let field = "time zone";
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-');
        if text.is_empty() {
            return Err(Problem::Empty { field });
        }
        if let Some(character) = text.chars().find(|c| !allowed(*c)) {
            return Err(Problem::Forbidden { field, character });
        }
        let (got, max) = (text.len(), Self::MAX);
        if got > max {
            return Err(Problem::TooLong { field, max, got });
        }
        Ok(ZoneName(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ZoneName {
    fn default() -> Self {
        ZoneName("UTC".to_owned())
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ZoneName {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::new(&text)
    }
}

impl From<ZoneName> for String {
    fn from(zone: ZoneName) -> Self {
        zone.0
    }
}

#[cfg(test)]
mod tests;
