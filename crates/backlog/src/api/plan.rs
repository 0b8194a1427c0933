//! The plan of a project as other programs read it: stories by their identity, days as dates.

use crate::plan::{Iteration, Lateness, ReleaseDate};
use crate::settings::Strength;
use crate::{Day, Panel, Plan, Project, Story, StoryId, Terms, Version, ZoneName, plan};
use serde::{Deserialize, Serialize};

/// When the stories of a project's backlog were or will be completed. The icebox is not planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectPlan {
    /// The version of the project that was planned.
    pub version: Version,
    /// The time zone in which the days are days.
    pub time_zone: ZoneName,
    /// The day that it is there.
    #[serde(with = "date")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub today: Day,
    /// Points per iteration of the usual length at full strength.
    pub velocity: u32,
    /// How much the iterations that make the velocity differ, in per cent.
    pub volatility: u32,
    /// The iterations that hold a story, and the current one, oldest first.
    pub iterations: Vec<PlannedIteration>,
    /// The releases that are not accepted, in their order.
    pub releases: Vec<PlannedRelease>,
}

/// An iteration of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlannedIteration {
    /// Its number, from 1.
    pub number: u32,
    /// When it is.
    pub time: Time,
    /// Its first day.
    #[serde(with = "date")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub first_day: Day,
    /// Its last day.
    #[serde(with = "date")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub last_day: Day,
    /// The team's strength in it, in per cent.
    pub strength: Strength,
    /// The points of its stories.
    pub points: u32,
    /// The points that it is expected to bring; for one that is done, what it brought.
    pub capacity: u32,
    /// Its stories, in order.
    pub stories: Vec<StoryId>,
}

/// When an iteration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Time {
    /// It has ended.
    Done,
    /// It holds today.
    Current,
    /// It is to come.
    Future,
}

/// When a release will be complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlannedRelease {
    /// The story.
    pub story: StoryId,
    /// The number of the iteration that it falls in.
    pub iteration: u32,
    /// The last day of that iteration.
    #[serde(with = "date")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub date: Day,
    /// The day if things go well.
    #[serde(with = "date")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub early: Day,
    /// The day if they go badly; null where nobody can tell.
    #[serde(with = "date_or_null")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Date>"))]
    pub late: Option<Day>,
    /// The last day on which it may be complete, where one was set.
    #[serde(with = "date_or_null")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Date>"))]
    pub deadline: Option<Day>,
    /// How it stands against that day, where one was set.
    pub lateness: Option<Lateness>,
}

impl ProjectPlan {
    /// The plan of a project at a version.
    pub fn new((project, version): (&Project, Version), terms: &Terms<'_>) -> ProjectPlan {
        let order: Vec<_> = project.order(Panel::Backlog).collect();
        let facts: Vec<_> = order.iter().map(|slot| project.facts(*slot)).collect();
        let stories: Vec<StoryId> = order.iter().map(|slot| project.at(*slot).id).collect();
        let plan = plan(&facts, terms);
        let release = |date: &ReleaseDate| release(date, project.at(order[date.place]));
        ProjectPlan {
            version,
            time_zone: terms.settings.time_zone.clone(),
            today: terms.today,
            velocity: plan.velocity,
            volatility: plan.volatility,
            iterations: iterations(&plan, &stories),
            releases: plan.releases.iter().map(release).collect(),
        }
    }
}

fn iterations(plan: &Plan, stories: &[StoryId]) -> Vec<PlannedIteration> {
    let at = |time: Time| move |iteration: &Iteration| planned(iteration, time, stories);
    let done = plan.done.iter().map(at(Time::Done));
    let future = plan.future.iter().map(at(Time::Future));
    let current = at(Time::Current)(&plan.current);
    done.chain([current]).chain(future).collect()
}

fn planned(iteration: &Iteration, time: Time, stories: &[StoryId]) -> PlannedIteration {
    PlannedIteration {
        number: iteration.number,
        time,
        first_day: iteration.start,
        last_day: iteration.last_day(),
        strength: iteration.strength,
        points: iteration.points,
        capacity: iteration.capacity,
        stories: stories[iteration.stories.clone()].to_vec(),
    }
}

fn release(date: &ReleaseDate, story: &Story) -> PlannedRelease {
    PlannedRelease {
        story: story.id,
        iteration: date.number,
        date: date.date,
        early: date.early,
        late: date.late,
        deadline: story.deadline,
        lateness: story.deadline.map(|deadline| date.lateness(deadline)),
    }
}

/// Days written as `2026-11-21`.
mod date {
    use crate::Day;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&written(*day))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        read(&text).ok_or_else(|| Error::custom("a date is written as 2027-02-28"))
    }

    pub(super) fn written(day: Day) -> String {
        let (year, month, day) = day.date();
        format!("{year:04}-{month:02}-{day:02}")
    }

    pub(super) fn read(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next()?.parse::<u32>().ok();
        let (year, month, day) = (part()?, part()?, part()?);
        let day = Day::of_date(i32::try_from(year).ok()?, month, day)?;
        // One spelling per day: `parse` would also read `+2`.
        (written(day) == text).then_some(day)
    }
}

/// Days that may not be there.
mod date_or_null {
    use super::date;
    use crate::Day;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(date::written).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let read = |text: String| date::read(&text).ok_or_else(|| Error::custom("a date is written as 2027-02-28"));
        text.map(read).transpose()
    }
}
