//! Done: the iterations that have ended, with the stories that were accepted in each. What is planned later never changes them.

use super::{Calendar, Iteration, Terms, points};
use crate::project::Facts;
use crate::{Millis, State};

/// The iterations before the current one that hold a story, oldest first.
pub(super) fn fill(stories: &[Facts], terms: &Terms<'_>, calendar: &Calendar) -> Vec<Iteration> {
    let current = calendar.number_of(terms.today);
    let mut done: Vec<Iteration> = Vec::new();
    // The moment at which the last of them ended.
    let mut end = Millis(i64::MIN);
    let accepted = stories.iter().take_while(|facts| facts.state == State::Accepted);
    for (place, facts) in accepted.enumerate() {
        // One without a moment was accepted with the one above it.
        let at = facts.accepted_at.unwrap_or(Millis(end.0.saturating_sub(1)));
        // Acceptances come in order; a clock set back between two of them must not open an iteration twice.
        if done.is_empty() || at >= end {
            let previous = done.last().map_or(0, |last| last.number);
            let number = calendar.number_at(at, terms.zone).max(previous);
            if number >= current {
                break;
            }
            end = terms.zone.start(calendar.days(number).end);
            if number > previous {
                let mut iteration = calendar.iteration(number, previous, terms.settings);
                iteration.stories = place..place;
                done.push(iteration);
            }
        }
        if let Some(last) = done.last_mut() {
            last.stories.end = place + 1;
            last.points = last.points.saturating_add(points(facts));
            last.capacity = last.points;
        }
    }
    done
}
