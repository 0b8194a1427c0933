//! What imported stories tell of the days before their import: when they were written, started and accepted.

use super::place_of;
use crate::api::charts::DayFigures;
use crate::{Day, Project, State, Story, StoryType, Zone};
use std::collections::BTreeMap;

/// By how many stories and points each state grew or shrank on a day.
type Step = [(i64, i64); 7];

/// The days before an import.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    // The day of the import: from then on its stories are counted like all others.
    upto: Option<Day>,
    steps: BTreeMap<Day, Step>,
}

impl Past {
    /// What these stories tell of the days before that one.
    pub(super) fn of(stories: &[Story], (project, zone): (&Project, &Zone), upto: Day) -> Past {
        let mut past = Past {
            upto: Some(upto),
            steps: BTreeMap::new(),
        };
        for story in stories.iter().filter(|story| story.story_type != StoryType::Release) {
            let is_counted = project.settings().carries_points(story.story_type);
            let points = story
                .estimate
                .filter(|_| is_counted)
                .map_or(0, |estimate| i64::from(estimate.0));
            let created = zone.day(story.created_at);
            let began = match story.state {
                // Whatever is further along waited in the backlog first.
                State::Unscheduled => State::Unscheduled,
                _ => State::Unstarted,
            };
            past.step(created, (None, Some(began)), points);
            let started = story.started_at.map(|at| zone.day(at)).filter(|day| *day >= created);
            let accepted = story.accepted_at.map(|at| zone.day(at));
            if let Some(day) = started.filter(|day| accepted.is_none_or(|accepted| *day <= accepted)) {
                past.step(day, (Some(began), Some(State::Started)), points);
            }
            if let Some(day) = accepted {
                let before = if started.is_some_and(|day| accepted >= Some(day)) {
                    State::Started
                } else {
                    began
                };
                past.step(day.max(created), (Some(before), Some(State::Accepted)), points);
            }
        }
        past
    }

    fn step(&mut self, day: Day, (from, to): (Option<State>, Option<State>), points: i64) {
        if self.upto.is_some_and(|upto| day >= upto) {
            return;
        }
        let step = self.steps.entry(day).or_default();
        if let Some(from) = from {
            step[place_of(from)].0 -= 1;
            step[place_of(from)].1 -= points;
        }
        if let Some(to) = to {
            step[place_of(to)].0 += 1;
            step[place_of(to)].1 += points;
        }
    }
}

/// The days as they were counted, with what the pasts tell added to those before their imports.
pub(super) fn before<'a>(pasts: impl Iterator<Item = &'a Past>, days: Vec<DayFigures>) -> Vec<DayFigures> {
    pasts.fold(days, |days, past| added(past, &days))
}

fn added(past: &Past, days: &[DayFigures]) -> Vec<DayFigures> {
    let Some(upto) = past.upto.filter(|_| !past.steps.is_empty()) else {
        return days.to_vec();
    };
    let mut all: BTreeMap<Day, DayFigures> = days.iter().map(|figures| (figures.day, *figures)).collect();
    // A day of which only the import tells was, for all else, like the one before.
    for day in past.steps.keys() {
        let earlier = all.range(..*day).next_back().map(|(_, figures)| *figures);
        let (stories, points) = earlier.map_or(([0; 7], [0; 7]), |figures| (figures.stories, figures.points));
        all.entry(*day).or_insert(DayFigures {
            day: *day,
            stories,
            points,
        });
    }
    let mut sum: Step = Default::default();
    let mut steps = past.steps.iter().peekable();
    for figures in all.values_mut().take_while(|figures| figures.day < upto) {
        while let Some((_, step)) = steps.next_if(|(day, _)| **day <= figures.day) {
            for (sum, step) in sum.iter_mut().zip(step) {
                *sum = (sum.0 + step.0, sum.1 + step.1);
            }
        }
        for (place, (stories, points)) in sum.iter().enumerate() {
            figures.stories[place] = grown(figures.stories[place], *stories);
            figures.points[place] = grown(figures.points[place], *points);
        }
    }
    all.into_values().collect()
}

fn grown(count: u32, by: i64) -> u32 {
    (i64::from(count) + by).clamp(0, u32::MAX.into()) as u32
}
