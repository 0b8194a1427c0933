//! What the charts of a project are drawn from. Numbers only; how they look is the page's affair.

use crate::{Day, State, StoryId, Title};
use serde::{Deserialize, Serialize};

/// What was and what will be, as of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Charts {
    /// The revision.
    pub rev: u64,
    /// The day in the project's zone.
    pub today: Day,
    /// The last iterations that are over, and the current one, oldest first; at most [`MAX_ITERATIONS`].
    pub iterations: Vec<IterationFigures>,
    /// The stories at the end of each day on which something changed, oldest first; at most [`MAX_DAYS`], the last always among them.
    pub days: Vec<DayFigures>,
    /// The releases that are not accepted, in their order; at most [`MAX_RELEASES`].
    pub releases: Vec<BurnUp>,
    /// Accepted stories of which nobody knows when they were started; they have no cycle time.
    pub untimed: u32,
}

/// The most iterations told of.
pub const MAX_ITERATIONS: usize = 60;
/// The most days told of in one series. Of more, evenly many are left out.
pub const MAX_DAYS: usize = 400;
/// The most releases told of.
pub const MAX_RELEASES: usize = 20;

/// One iteration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IterationFigures {
    /// Its number, from 1.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub last: Day,
    /// The points of the features accepted in it.
    pub features: u32,
    /// The points of the bugs.
    pub bugs: u32,
    /// The points of the chores.
    pub chores: u32,
    /// How many stories were accepted in it, releases left out.
    pub accepted: u32,
    /// The velocity that the iterations before it made.
    pub velocity: u32,
    /// The team's strength in it, in per cent.
    pub strength: u16,
    /// How long the stories accepted in it took from their start, where that is known of any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleFigures>,
}

/// How long stories took from their first start to their acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CycleFigures {
    /// How many stories.
    pub stories: u32,
    /// Half of them took no longer, in hours, rounded up.
    pub median: u32,
    /// 85 of 100 took no longer, in hours, rounded up.
    pub most: u32,
}

/// The stories at the end of a day, releases left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DayFigures {
    /// The day.
    pub day: Day,
    /// How many stories were in each state, in the order of [`STATES`].
    pub stories: [u32; 7],
    /// Their points.
    pub points: [u32; 7],
}

/// The states, from the end of a story's life to its beginning: the order of [`DayFigures`].
pub const STATES: [State; 7] = [
    State::Accepted,
    State::Delivered,
    State::Finished,
    State::Started,
    State::Rejected,
    State::Unstarted,
    State::Unscheduled,
];

/// A release on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BurnUp {
    /// The release.
    pub story: StoryId,
    /// Its number.
    pub number: u32,
    /// What it is called.
    pub title: Title,
    /// The last day on which it may be complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Day>,
    /// The day on which it will be complete.
    pub date: Day,
    /// The day if things go well.
    pub early: Day,
    /// The day if they go badly; none where nobody can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Day>,
    /// How it came along, oldest first; at most [`MAX_DAYS`].
    pub days: Vec<BurnDay>,
}

/// A release at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BurnDay {
    /// The day.
    pub day: Day,
    /// The points that it covers, accepted ones too.
    pub scope: u32,
    /// Those of them that were accepted.
    pub accepted: u32,
}
