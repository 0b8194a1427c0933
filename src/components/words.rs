//! The words of the domain as people read them. Knows no markup.

use backlog::{State, Story, StoryType, Transition};

// The board says these in sentences too.
pub use crate::board::phrases::{points, state_word as state, type_word as story_type, weeks};

/// What the button of a step says.
pub fn step(transition: Transition) -> &'static str {
    match transition {
        Transition::Start => "Start",
        Transition::Finish => "Finish",
        Transition::Deliver => "Deliver",
        Transition::Accept => "Accept",
        Transition::Reject => "Reject",
        Transition::Restart => "Restart",
    }
}

/// A state, as the first word of a line.
pub fn state_capital(state: State) -> &'static str {
    match state {
        State::Unscheduled => "Unscheduled",
        State::Unstarted => "Unstarted",
        State::Started => "Started",
        State::Finished => "Finished",
        State::Delivered => "Delivered",
        State::Accepted => "Accepted",
        State::Rejected => "Rejected",
    }
}

/// A type, as the first word of a line.
pub fn story_type_capital(story_type: StoryType) -> &'static str {
    match story_type {
        StoryType::Feature => "Feature",
        StoryType::Bug => "Bug",
        StoryType::Chore => "Chore",
        StoryType::Release => "Release",
    }
}

/// So many stories.
pub fn stories(stories: usize) -> String {
    match stories {
        1 => "1 story".to_owned(),
        many => format!("{many} stories"),
    }
}

/// A story for those who hear the page: its title first, then what a look at the row tells.
pub fn spoken(story: &Story) -> String {
    let mut spoken = format!("{}, {}", story.title.as_str(), story_type(story.story_type));
    match story.estimate {
        Some(estimate) => spoken.push_str(&format!(", {}", points(u32::from(estimate.0)))),
        None if story.story_type.awaits_estimate() => spoken.push_str(", not estimated"),
        None => {}
    }
    spoken.push_str(&format!(", {}", state(story.state)));
    for (place, label) in story.labels.iter().enumerate() {
        spoken.push_str(if place == 0 { ", labelled " } else { ", " });
        spoken.push_str(label.as_str());
    }
    spoken
}

/// Whether a story waits to be estimated before it can be started.
pub fn awaits_estimate(story: &Story) -> bool {
    let begun = match story.state {
        State::Unscheduled | State::Unstarted => false,
        State::Started | State::Finished | State::Delivered | State::Accepted | State::Rejected => true,
    };
    story.story_type.awaits_estimate() && story.estimate.is_none() && !begun
}

#[cfg(test)]
mod tests;
