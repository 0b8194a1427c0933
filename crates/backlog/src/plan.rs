//! Planning: which iteration each story of the backlog falls in. Integers only, no clock: the same input gives the same
//! plan on every machine, natively and in WebAssembly.
//!
//! A story stands where it can be completed: room that an iteration leaves over is carried to the next, and a story larger
//! than an iteration falls in the one in which its last point is done.
//!
//! Sums saturate: a backlog of absurd size gets an absurd plan, never a panic. What it costs grows with the stories and with
//! the iterations that differ from the others, never with the time between two dates.

mod calendar;
mod done;
mod fill;
mod pace;
mod releases;

pub use calendar::Calendar;
pub use pace::Pace;
pub use releases::{Lateness, ReleaseDate};

use crate::project::Facts;
use crate::settings::{Strength, Velocity};
use crate::{Day, Settings, Zone};
use fill::Rate;
use serde::Serialize;
use std::ops::Range;

/// What a plan is made from, besides the stories.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// How the project plans.
    pub settings: &'a Settings,
    /// Where its days begin.
    pub zone: &'a Zone,
    /// The day that it is there.
    pub today: Day,
    /// A velocity that someone tries out, in place of the one that follows from what was done.
    pub what_if: Option<Velocity>,
}

impl<'a> Terms<'a> {
    /// A project as it is, on a day of its zone.
    pub fn new(settings: &'a Settings, zone: &'a Zone, today: Day) -> Terms<'a> {
        Terms {
            settings,
            zone,
            today,
            what_if: None,
        }
    }
}

/// An iteration and the stories that it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Iteration {
    /// Its number, from 1.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// The day after its last.
    pub end: Day,
    /// The team's strength in it.
    pub strength: Strength,
    /// The points of its stories.
    pub points: u32,
    /// The points that it is expected to bring, rounded down; for one that is done, what it brought.
    pub capacity: u32,
    /// Its stories: places in the order that was planned.
    pub stories: Range<usize>,
    /// The iterations without a story that lie between the one before it and this one.
    pub gap: Option<Gap>,
}

impl Iteration {
    /// Its last day.
    pub fn last_day(&self) -> Day {
        self.end.plus(-1)
    }
}

/// Iterations in a row that hold no story. They are told of together, since there may be thousands; [`Calendar`] knows each one's days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The number of the first.
    pub first: u32,
    /// The number of the last.
    pub last: u32,
    /// The first day of the first.
    pub start: Day,
    /// The day after the last.
    pub end: Day,
}

/// A backlog cut into iterations. The iterations' stories follow one another without a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Points per iteration of the usual length at full strength: from what was done, or the one that was tried out.
    pub velocity: u32,
    /// How much the iterations that make the velocity differ, in per cent.
    pub volatility: u32,
    /// Those that have ended and hold a story, oldest first.
    pub done: Vec<Iteration>,
    /// The one that holds today.
    pub current: Iteration,
    /// Those to come that complete a story, soonest first.
    pub future: Vec<Iteration>,
    /// When the releases that are not accepted will be complete, in their order.
    pub releases: Vec<ReleaseDate>,
    /// When each iteration begins and ends.
    #[serde(skip)]
    pub calendar: Calendar,
}

impl Plan {
    /// All iterations that hold a story, and the current one, oldest first.
    pub fn iterations(&self) -> impl Iterator<Item = &Iteration> {
        self.done.iter().chain([&self.current]).chain(&self.future)
    }

    /// The iteration in which the story at a place was or will be completed; none where the plan has no such place.
    pub fn iteration_of(&self, place: usize) -> Option<&Iteration> {
        let among =
            |iterations: &'_ [Iteration]| iterations.partition_point(|iteration| iteration.stories.end <= place);
        let found = if place < self.current.stories.start {
            self.done.get(among(&self.done))
        } else if place < self.current.stories.end {
            Some(&self.current)
        } else {
            self.future.get(among(&self.future))
        };
        found.filter(|iteration| iteration.stories.contains(&place))
    }
}

/// Plans an ordered backlog without deleted stories: accepted ones by acceptance, then those in progress, then those not started
/// (where the project plans by hand, those put into the current iteration first).
pub fn plan(stories: &[Facts], terms: &Terms<'_>) -> Plan {
    let settings = terms.settings;
    let calendar = Calendar::new(stories, terms);
    let number = calendar.number_of(terms.today);
    let done = done::fill(stories, terms, &calendar);
    let pace = Pace::before(number, &done, settings);
    let velocity = terms.what_if.map_or(pace.velocity, |velocity| velocity.get().into());
    let rate = Rate::new(settings, velocity);
    let (current, future) = fill::fill(stories, &done, rate, (&calendar, number));
    let mut plan = Plan {
        velocity,
        volatility: pace.volatility,
        done,
        current,
        future,
        releases: Vec::new(),
        calendar,
    };
    plan.releases = releases::project(stories, &plan, rate);
    plan
}

fn points(facts: &Facts) -> u32 {
    facts.points.map_or(0, u32::from)
}

#[cfg(test)]
mod tests;
