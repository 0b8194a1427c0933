//! Planning: which iteration each story of the backlog falls in. Integers only, no clock: the same input gives the same
//! plan on every machine, natively and in WebAssembly.
//!
//! A story stands where it can be completed: room that an iteration leaves over is carried to the next, and a story larger
//! than an iteration falls in the one in which its last point is done.
//!
//! Sums saturate: a backlog of absurd size gets an absurd plan, never a panic.

use crate::project::Facts;
use crate::{Day, Millis, Settings, State};
use std::ops::Range;

/// An iteration and the stories that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iteration {
    /// Its number, from 1.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// The day after its last.
    pub end: Day,
    /// The points of its stories.
    pub points: u32,
    /// The points it is expected to bring.
    pub capacity: u32,
    /// Its stories: positions in the order that was planned.
    pub stories: Range<usize>,
}

/// A backlog cut into iterations. The iterations' stories follow one another without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Points per iteration, from what was done.
    pub velocity: u32,
    /// Those that have ended and brought something, oldest first.
    pub done: Vec<Iteration>,
    /// The one that holds today.
    pub current: Iteration,
    /// Those to come that complete a story, soonest first.
    pub future: Vec<Iteration>,
}

/// Plans an ordered backlog: accepted stories by acceptance, then those in progress, then those not started.
pub fn plan(backlog: &[Facts], settings: &Settings, today: Day) -> Plan {
    let calendar = Calendar::new(backlog, settings, today);
    let done = fill_done(backlog, &calendar);
    let first_of_current = done.last().map_or(0, |iteration| iteration.stories.end);
    let velocity = velocity(&done, settings, calendar.current);
    let current = fill_current(backlog, first_of_current, velocity, &calendar);
    let future = fill_future(backlog, &current, velocity, &calendar);
    Plan {
        velocity,
        done,
        current,
        future,
    }
}

/// When iterations begin and end.
struct Calendar {
    first: Day,
    days: i32,
    /// The number of the iteration that holds today.
    current: u32,
}

impl Calendar {
    fn new(backlog: &[Facts], settings: &Settings, today: Day) -> Calendar {
        let first_acceptance = backlog
            .first()
            .and_then(|facts| facts.accepted_at.map(Millis::day))
            .unwrap_or(settings.started_on);
        let origin = settings.started_on.min(first_acceptance);
        let weekday = i32::from(settings.start_weekday.get());
        let back = (origin.days_since_monday() - weekday).rem_euclid(7);
        let mut calendar = Calendar {
            first: origin.plus(-back),
            days: 7 * i32::from(settings.iteration_weeks.get()),
            current: 1,
        };
        calendar.current = calendar.number_of(today);
        calendar
    }

    /// The iteration that holds a day; days before the first iteration belong to it.
    fn number_of(&self, day: Day) -> u32 {
        let days = i64::from(day.0) - i64::from(self.first.0);
        (days.max(0) / i64::from(self.days)) as u32 + 1
    }

    fn iteration(&self, number: u32, stories: Range<usize>) -> Iteration {
        let start = i64::from(self.first.0) + (i64::from(number) - 1) * i64::from(self.days);
        let start = Day(start.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
        Iteration {
            number,
            start,
            end: start.plus(self.days),
            points: 0,
            capacity: 0,
            stories,
        }
    }
}

fn fill_done(backlog: &[Facts], calendar: &Calendar) -> Vec<Iteration> {
    let mut done: Vec<Iteration> = Vec::new();
    for (place, facts) in backlog.iter().enumerate() {
        let (State::Accepted, Some(day)) = (facts.state, facts.accepted_at.map(Millis::day)) else {
            break;
        };
        let number = calendar.number_of(day);
        if number >= calendar.current {
            break;
        }
        match done.last_mut() {
            // Acceptances come in order; a clock set back between two of them must not open an iteration twice.
            Some(last) if last.number >= number => last.stories.end = place + 1,
            _ => done.push(calendar.iteration(number, place..place + 1)),
        }
        if let Some(last) = done.last_mut() {
            last.points = last.points.saturating_add(points(facts));
            last.capacity = last.points;
        }
    }
    done
}

/// The mean of the last done iterations, rounded down, at least 1; empty iterations count.
fn velocity(done: &[Iteration], settings: &Settings, current: u32) -> u32 {
    let window = u32::from(settings.velocity_window.get()).min(current - 1);
    let first = current - window;
    let sum: u64 = done
        .iter()
        .filter(|iteration| iteration.number >= first)
        .map(|iteration| u64::from(iteration.points))
        .sum();
    match sum {
        0 => u32::from(settings.initial_velocity.get()).max(1),
        // The mean of at most `window` numbers of 32 bits has 32 bits.
        sum => ((sum / u64::from(window)) as u32).max(1),
    }
}

fn fill_current(backlog: &[Facts], first: usize, velocity: u32, calendar: &Calendar) -> Iteration {
    let mut current = calendar.iteration(calendar.current, first..first);
    current.capacity = velocity;
    for facts in &backlog[first..] {
        let begun = facts.state.rank() < State::Unstarted.rank();
        let used = current.points.saturating_add(points(facts));
        if !begun && used > velocity {
            break;
        }
        current.points = used;
        current.stories.end += 1;
    }
    current
}

fn fill_future(backlog: &[Facts], current: &Iteration, velocity: u32, calendar: &Calendar) -> Vec<Iteration> {
    let mut future: Vec<Iteration> = Vec::new();
    let mut work = u64::from(current.points);
    // What Current holds above its capacity is no debt of the iterations that follow.
    let base = u64::from(velocity.max(current.points));
    let mut offset = 1;
    for (place, facts) in backlog.iter().enumerate().skip(current.stories.end) {
        work += u64::from(points(facts));
        offset = offset.max(work.saturating_sub(base).div_ceil(velocity.into()));
        let number = u32::try_from(offset.saturating_add(current.number.into())).unwrap_or(u32::MAX);
        match future.last_mut() {
            Some(last) if last.number == number => last.stories.end = place + 1,
            _ => {
                let mut iteration = calendar.iteration(number, place..place + 1);
                iteration.capacity = velocity;
                future.push(iteration);
            }
        }
        if let Some(last) = future.last_mut() {
            last.points = last.points.saturating_add(points(facts));
        }
    }
    future
}

fn points(facts: &Facts) -> u32 {
    facts.points.map_or(0, u32::from)
}

#[cfg(test)]
mod tests;
