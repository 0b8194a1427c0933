//! When releases will be complete, and how sure that is.
//!
//! A release is complete at the end of the iteration that it falls in. With volatility v, its early bound is where it falls if the
//! team brings (100 + v) % of its velocity from now on, its late bound where it falls at (100 - v) %: the backlog is filled once
//! more for each. Current is the earliest iteration that there is. Where v is 100 % or more, there is no late bound: it may as well
//! never be complete.

use super::fill::{Filler, Rate};
use super::{Iteration, Plan};
use crate::project::Facts;
use crate::{Day, State, StoryType};
use serde::{Deserialize, Serialize};

/// When a release will be complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseDate {
    /// Its place in the order that was planned.
    pub place: usize,
    /// The number of the iteration that it falls in.
    pub number: u32,
    /// The last day of that iteration.
    pub date: Day,
    /// The day if things go well; never after `date`.
    pub early: Day,
    /// The day if they go badly, never before `date`; none where nobody can tell.
    pub late: Option<Day>,
}

/// How a release stands against its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Lateness {
    /// Even if things go badly, it keeps it.
    InTime,
    /// It keeps it if things go as they went.
    AtRisk,
    /// Its date lies after its deadline.
    Late,
}

impl ReleaseDate {
    /// How it stands against the last day on which it may be complete.
    pub fn lateness(&self, deadline: Day) -> Lateness {
        if self.date > deadline {
            Lateness::Late
        } else if self.late.is_some_and(|late| late <= deadline) {
            Lateness::InTime
        } else {
            Lateness::AtRisk
        }
    }
}

/// The releases of a plan that are not accepted, with the rate that it was filled at.
pub(super) fn project(stories: &[Facts], plan: &Plan, rate: Rate<'_>) -> Vec<ReleaseDate> {
    let mut releases: Vec<ReleaseDate> = [&plan.current]
        .into_iter()
        .chain(&plan.future)
        .flat_map(|iteration| in_iteration(stories, iteration))
        .collect();
    if plan.volatility == 0 || releases.is_empty() {
        return releases;
    }
    let first = plan.current.stories.start;
    let bound = |percent: u32, releases: &mut Vec<ReleaseDate>, set: fn(&mut ReleaseDate, Day)| {
        let mut filler = Filler::new(rate.times(percent), plan.current.number);
        let mut next = first;
        for release in releases {
            // The releases come in the order of their places, and each fills up to itself.
            let mut number = plan.current.number;
            for facts in &stories[next..=release.place] {
                number = filler.place(facts);
            }
            next = release.place + 1;
            set(release, plan.calendar.days(number).end.plus(-1));
        }
    };
    bound(100 + plan.volatility, &mut releases, |release, day| release.early = day);
    match 100u32.checked_sub(plan.volatility) {
        None | Some(0) => releases.iter_mut().for_each(|release| release.late = None),
        Some(percent) => bound(percent, &mut releases, |release, day| release.late = Some(day)),
    }
    releases
}

fn in_iteration<'a>(stories: &'a [Facts], iteration: &'a Iteration) -> impl Iterator<Item = ReleaseDate> + 'a {
    let is_release = |place: &usize| {
        let facts = &stories[*place];
        facts.story_type == StoryType::Release && facts.state != State::Accepted
    };
    iteration.stories.clone().filter(is_release).map(|place| ReleaseDate {
        place,
        number: iteration.number,
        date: iteration.last_day(),
        early: iteration.last_day(),
        late: Some(iteration.last_day()),
    })
}
