//! How far epics are, and when they end: one pass over the stories.

use crate::board::scene::epics::Progress;
use backlog::project::Facts;
use backlog::{Day, Panel, Plan, Project, State};
use std::collections::HashMap;

/// Of each epic, in order: how far it is, and the last day of the last iteration that holds one of its stories.
pub fn of(view: &Project, plan: &Plan) -> Vec<(Progress, Option<Day>)> {
    let places = view.epics().iter().zip(0..);
    let of_label: HashMap<&str, usize> = places.map(|(epic, place)| (epic.words.label.as_str(), place)).collect();
    let mut known = vec![(Progress::default(), None); view.epics().len()];
    if known.is_empty() {
        return known;
    }
    let mut iterations = plan.iterations().peekable();
    for (place, slot) in view.order(Panel::Backlog).enumerate() {
        while iterations.next_if(|iteration| iteration.stories.end <= place).is_some() {}
        let end = iterations.peek().map(|iteration| iteration.last_day());
        for label in &view.at(slot).labels {
            if let Some((progress, last)) = of_label.get(label.as_str()).map(|epic| &mut known[*epic]) {
                count(progress, view.facts(slot));
                *last = (*last).max(end);
            }
        }
    }
    for slot in view.order(Panel::Icebox) {
        for label in &view.at(slot).labels {
            if let Some(epic) = of_label.get(label.as_str()) {
                count(&mut known[*epic].0, view.facts(slot));
            }
        }
    }
    known
}

fn count(progress: &mut Progress, facts: Facts) {
    let points = facts.points.map_or(0, u32::from);
    progress.stories += 1;
    progress.without += usize::from(facts.points.is_none());
    progress.accepted_stories += usize::from(facts.state == State::Accepted);
    let sum = match facts.state {
        State::Accepted => &mut progress.accepted,
        State::Started | State::Finished | State::Delivered | State::Rejected => &mut progress.going,
        State::Unscheduled | State::Unstarted => &mut progress.left,
    };
    *sum = sum.saturating_add(points);
}
