//! Current and the future: cuts what is not done into iterations. Knows points and capacities, and of the calendar only numbers.

use super::{Calendar, Iteration, points};
use crate::project::Facts;
use crate::settings::{Override, Planning};
use crate::{Settings, State};
use std::collections::btree_map;
use std::iter::Peekable;
use std::ops::Bound;

/// How much can be done. It is counted in units of which a point has [`Rate::unit`], so that no fraction of strength or length is lost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate<'a> {
    settings: &'a Settings,
    velocity: u32,
    percent: u32,
}

impl<'a> Rate<'a> {
    /// So many points per iteration of the usual length at full strength.
    pub(super) fn new(settings: &'a Settings, velocity: u32) -> Rate<'a> {
        Rate {
            settings,
            velocity,
            percent: 100,
        }
    }

    /// So many per cent of this; at least 1.
    pub(super) fn times(self, percent: u32) -> Rate<'a> {
        Rate {
            percent: percent.max(1),
            ..self
        }
    }

    /// Units in a point.
    fn unit(self) -> u64 {
        100 * 100 * u64::from(self.settings.iteration_weeks.get())
    }

    /// What an iteration can bring, in units.
    fn capacity(self, number: u32) -> u64 {
        let strength = self.settings.strength(number).get();
        let weeks = self.settings.weeks(number).get();
        u64::from(self.velocity) * u64::from(self.percent) * u64::from(strength) * u64::from(weeks)
    }

    /// What an iteration brings that does not differ from the others, in units.
    fn usual(self) -> u64 {
        u64::from(self.velocity.max(1)) * u64::from(self.percent) * self.unit() / 100
    }

    fn points(self, number: u32) -> u32 {
        u32::try_from(self.capacity(number) / self.unit()).unwrap_or(u32::MAX)
    }
}

/// Says of one story after the other, from the first that is not done, in which iteration it stands.
pub(super) struct Filler<'a> {
    rate: Rate<'a>,
    current: u32,
    /// Whether Current still takes stories.
    is_open: bool,
    /// The points of all stories so far.
    work: u64,
    /// The iteration of the last story; wider than numbers are, since work may outlast them.
    number: u64,
    /// What can be done until the end of that iteration, in units.
    done: u64,
    /// The iterations after that one that differ from the others.
    own: Peekable<btree_map::Range<'a, u32, Override>>,
}

impl<'a> Filler<'a> {
    /// Begins with an empty Current.
    pub(super) fn new(rate: Rate<'a>, current: u32) -> Filler<'a> {
        let later = (Bound::Excluded(current), Bound::Unbounded);
        Filler {
            rate,
            current,
            is_open: true,
            work: 0,
            number: current.into(),
            done: rate.capacity(current),
            own: rate.settings.overrides.range(later).peekable(),
        }
    }

    /// The number of the iteration in which the next story stands.
    pub(super) fn place(&mut self, facts: &Facts) -> u32 {
        let work = self.work.saturating_add(points(facts).into());
        if self.is_open && !self.takes(facts, work) {
            // What Current holds above its capacity is no debt of the iterations that follow.
            self.done = self.done.max(self.work.saturating_mul(self.rate.unit()));
            self.is_open = false;
            self.step();
        }
        self.work = work;
        if !self.is_open {
            self.reach(work.saturating_mul(self.rate.unit()));
        }
        u32::try_from(self.number).unwrap_or(u32::MAX)
    }

    /// Whether Current takes a story that brings it to that many points.
    fn takes(&self, facts: &Facts, work: u64) -> bool {
        match (facts.state, self.rate.settings.planning) {
            (State::Accepted | State::Started | State::Finished | State::Delivered | State::Rejected, _) => true,
            (State::Unstarted | State::Unscheduled, Planning::Manual) => facts.current,
            (State::Unstarted | State::Unscheduled, Planning::Automatic) => {
                work.saturating_mul(self.rate.unit()) <= self.rate.capacity(self.current)
            }
        }
    }

    /// Goes on by one iteration.
    fn step(&mut self) {
        self.number += 1;
        let own = self.own.next_if(|(number, _)| u64::from(**number) == self.number);
        let brings = own.map_or(self.rate.usual(), |(number, _)| self.rate.capacity(*number));
        self.done = self.done.saturating_add(brings);
    }

    /// Goes on to the iteration by whose end so many units can be done: from one that differs to the next at a bound.
    fn reach(&mut self, units: u64) {
        while self.done < units {
            let needed = (units - self.done).div_ceil(self.rate.usual());
            let next_own = self.own.peek().map_or(u64::MAX, |(number, _)| u64::from(**number));
            let alike = next_own - self.number - 1;
            if alike == 0 {
                self.step();
            } else {
                let bound = needed.min(alike);
                self.number += bound;
                self.done = self.done.saturating_add(bound.saturating_mul(self.rate.usual()));
            }
        }
    }
}

/// The current iteration, by its number, and those after it that hold a story.
pub(super) fn fill(
    stories: &[Facts],
    done: &[Iteration],
    rate: Rate<'_>,
    (calendar, number): (&Calendar, u32),
) -> (Iteration, Vec<Iteration>) {
    let first = done.last().map_or(0, |last| last.stories.end);
    let previous = done.last().map_or(0, |last| last.number);
    let open = |number: u32, previous: u32, place: usize| Iteration {
        stories: place..place,
        capacity: rate.points(number),
        ..calendar.iteration(number, previous, rate.settings)
    };
    let mut filler = Filler::new(rate, number);
    let mut current = open(number, previous, first);
    let mut future: Vec<Iteration> = Vec::new();
    for (place, facts) in stories.iter().enumerate().skip(first) {
        let number = filler.place(facts);
        let last = future.last().unwrap_or(&current).number;
        if number > last {
            future.push(open(number, last, place));
        }
        let iteration = future.last_mut().unwrap_or(&mut current);
        iteration.stories.end = place + 1;
        iteration.points = iteration.points.saturating_add(points(facts));
    }
    (current, future)
}
