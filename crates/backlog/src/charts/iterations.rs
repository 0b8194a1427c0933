//! The iterations that are over, and the current one: what each brought, and how long its stories took.

use super::points;
use crate::api::charts::{CycleFigures, IterationFigures, MAX_ITERATIONS};
use crate::plan::{Iteration, Pace, Plan};
use crate::project::Facts;
use crate::{Settings, State, Story, StoryType};
use std::ops::Range;

const MILLIS_PER_HOUR: i64 = 3_600_000;

/// The last iterations up to the current one, those without a story too, oldest first.
pub(super) fn figures(stories: &[(&Story, Facts)], plan: &Plan, settings: &Settings) -> Vec<IterationFigures> {
    let current = plan.current.number;
    let first = current.saturating_sub(MAX_ITERATIONS as u32 - 1).max(1);
    let figure = |number: u32| {
        let done = plan.done.binary_search_by_key(&number, |iteration| iteration.number);
        let places = match done {
            Ok(place) => plan.done[place].stories.clone(),
            Err(_) if number == current => accepted_in(stories, &plan.current),
            Err(_) => 0..0,
        };
        let days = plan.calendar.days(number);
        let accepted = &stories[places];
        IterationFigures {
            number,
            start: days.start,
            last: days.end.plus(-1),
            features: points_of(accepted, StoryType::Feature),
            bugs: points_of(accepted, StoryType::Bug),
            chores: points_of(accepted, StoryType::Chore),
            accepted: accepted
                .iter()
                .filter(|(_, facts)| facts.story_type != StoryType::Release)
                .count() as u32,
            velocity: Pace::before(number, &plan.done, settings).velocity,
            strength: settings.strength(number).get(),
            cycle: cycle(accepted),
        }
    };
    (first..=current).map(figure).collect()
}

/// Accepted stories without a start. Nobody starts a release.
pub(super) fn untimed(stories: &[(&Story, Facts)]) -> u32 {
    let accepted = stories.iter().filter(|(_, facts)| facts.state == State::Accepted);
    let timeless =
        accepted.filter(|(story, facts)| story.started_at.is_none() && facts.story_type != StoryType::Release);
    timeless.count() as u32
}

fn accepted_in(stories: &[(&Story, Facts)], iteration: &Iteration) -> Range<usize> {
    let held = &stories[iteration.stories.clone()];
    let accepted = held
        .iter()
        .take_while(|(_, facts)| facts.state == State::Accepted)
        .count();
    iteration.stories.start..iteration.stories.start + accepted
}

fn points_of(stories: &[(&Story, Facts)], story_type: StoryType) -> u32 {
    let of_type = stories.iter().filter(|(_, facts)| facts.story_type == story_type);
    of_type.map(|(_, facts)| points(facts)).sum()
}

fn cycle(accepted: &[(&Story, Facts)]) -> Option<CycleFigures> {
    let took = |(story, facts): &(&Story, Facts)| Some(facts.accepted_at?.0.saturating_sub(story.started_at?.0).max(0));
    let mut times: Vec<i64> = accepted.iter().filter_map(took).collect();
    times.sort_unstable();
    let rank = |percent: usize| {
        // The nearest rank: the smallest time that so many of 100 stories do not exceed.
        let place = (times.len() * percent).div_ceil(100).checked_sub(1)?;
        Some(u32::try_from((times[place] + MILLIS_PER_HOUR - 1) / MILLIS_PER_HOUR).unwrap_or(u32::MAX))
    };
    Some(CycleFigures {
        stories: times.len() as u32,
        median: rank(50)?,
        most: rank(85)?,
    })
}
