//! When iterations begin and end: days, and the number of the iteration that holds each. Knows nothing of points.
//!
//! Few iterations differ in length from the others, so the calendar is a short list of steps, and every question to it is a search in
//! that list and a division, however far away the day is.

use super::{Gap, Iteration, Terms};
use crate::project::Facts;
use crate::settings::Weeks;
use crate::{Day, Millis, Settings, State, Zone};
use std::ops::Range;

/// When iterations begin and end. Iteration 1 begins on its weekday on or before the earlier of the project's start and its first
/// acceptance; there is none before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    // Rising; the first is iteration 1.
    steps: Vec<Step>,
}

/// From iteration `number` on, which begins on day `start`, iterations last so many days. Wider than [`Day`], since an iteration to
/// come may lie after the last day there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    number: u32,
    start: i64,
    days: i64,
}

impl Calendar {
    /// The calendar of a project with these stories, accepted ones first.
    pub fn new(stories: &[Facts], terms: &Terms<'_>) -> Calendar {
        let settings = terms.settings;
        let mut accepted = stories.iter().take_while(|facts| facts.state == State::Accepted);
        let first_acceptance = accepted
            .find_map(|facts| facts.accepted_at)
            .map(|at| terms.zone.day(at));
        let origin = settings.started_on.min(first_acceptance.unwrap_or(settings.started_on));
        let weekday = i32::from(settings.start_weekday.get());
        let back = (origin.days_since_monday() - weekday).rem_euclid(7);
        let mut calendar = Calendar {
            steps: vec![Step {
                number: 1,
                start: i64::from(origin.0) - i64::from(back),
                days: days(settings.iteration_weeks),
            }],
        };
        calendar.take_overrides(settings);
        calendar
    }

    fn take_overrides(&mut self, settings: &Settings) {
        let lengths = settings.overrides.range(1..);
        for (number, weeks) in lengths.filter_map(|(number, own)| Some((*number, own.weeks?))) {
            let start = self.start_of(number);
            self.push(Step {
                number,
                start,
                days: days(weeks),
            });
            if let Some(next) = number.checked_add(1) {
                self.push(Step {
                    number: next,
                    start: start + days(weeks),
                    days: days(settings.iteration_weeks),
                });
            }
        }
    }

    fn push(&mut self, step: Step) {
        // Where two iterations in a row differ, the second takes the place of the way back to the usual length.
        if self.steps.last().is_some_and(|last| last.number == step.number) {
            self.steps.pop();
        }
        self.steps.push(step);
    }

    /// The number of the iteration that holds a day; days before the first iteration belong to it.
    pub fn number_of(&self, day: Day) -> u32 {
        let day = i64::from(day.0);
        let step = self.step(|step| step.start <= day);
        let further = (day - step.start).max(0) / step.days;
        u32::try_from(i64::from(step.number) + further).unwrap_or(u32::MAX)
    }

    /// The days of an iteration: its first, and the one after its last. Iterations after the end of time have none.
    pub fn days(&self, number: u32) -> Range<Day> {
        let step = self.step(|step| step.number <= number);
        let start = self.start_of(number);
        on_a_day(start)..on_a_day(start + step.days)
    }

    /// The number of the iteration that holds a moment. Midnights decide, not the hands of the clock: where clocks are put back over
    /// midnight, a day begins once.
    pub(super) fn number_at(&self, at: Millis, zone: &Zone) -> u32 {
        let number = self.number_of(zone.day(at));
        let days = self.days(number);
        if at < zone.start(days.start) {
            number.saturating_sub(1).max(1)
        } else if zone.start(days.end) <= at {
            number.saturating_add(1)
        } else {
            number
        }
    }

    /// An iteration that follows another in the plan, as yet without a story.
    pub(super) fn iteration(&self, number: u32, previous: u32, settings: &Settings) -> Iteration {
        let days = self.days(number);
        let first = previous.saturating_add(1);
        let gap = (first < number).then(|| Gap {
            first,
            last: number - 1,
            start: self.days(first).start,
            end: days.start,
        });
        Iteration {
            number,
            start: days.start,
            end: days.end,
            strength: settings.strength(number),
            points: 0,
            capacity: 0,
            stories: 0..0,
            gap,
        }
    }

    fn start_of(&self, number: u32) -> i64 {
        let step = self.step(|step| step.number <= number);
        step.start + (i64::from(number) - i64::from(step.number)) * step.days
    }

    /// The last step of which this holds, or the first.
    fn step(&self, reached: impl Fn(&Step) -> bool) -> Step {
        let next = self.steps.partition_point(reached);
        self.steps[next.saturating_sub(1)]
    }
}

fn days(weeks: Weeks) -> i64 {
    7 * i64::from(weeks.get())
}

fn on_a_day(day: i64) -> Day {
    Day(day.clamp(i32::MIN.into(), i32::MAX.into()) as i32)
}
