//! The forecast, as it is seen: what is expected when, for whoever asks.

use super::parts::StoryLine;
use super::plan::{Due, Sample};
use backlog::{Day, StoryId, StoryType};
use std::rc::Rc;

/// The forecast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastScene {
    /// The project.
    pub project: String,
    /// The day on which it was made.
    pub today: Day,
    /// What it rests on.
    pub pace: PaceScene,
    /// The releases that are planned, in their order.
    pub releases: Rc<[ReleaseLine]>,
    /// The present iteration and those to come, soonest first.
    pub iterations: Rc<[Coming]>,
    /// What comes after them.
    pub later: Option<Later>,
}

/// How fast the project goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceScene {
    /// Points per iteration.
    pub points: u32,
    /// How much the iterations differ, in per cent of their mean.
    pub volatility: u32,
    /// The one that the visitor tries out, by which all of this is planned.
    pub what_if: Option<u32>,
    /// The iterations that it follows from, latest first.
    pub window: Rc<[Sample]>,
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseLine {
    /// Which.
    pub id: StoryId,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// When it is expected, between which days, when it is due, and how that stands.
    pub due: Due,
}

/// An iteration that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Its number.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub last: Day,
    /// The points of its stories.
    pub points: u32,
    /// Its stories, in order.
    pub stories: Vec<ComingStory>,
    /// How many more there are.
    pub more: usize,
}

/// A story of such an iteration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComingStory {
    /// The story.
    pub line: StoryLine,
    /// Its type.
    pub story_type: StoryType,
}

/// The iterations that are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// How many stories they hold.
    pub stories: usize,
    /// The last day of the last.
    pub until: Day,
}
