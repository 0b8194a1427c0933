//! The words that a story is told in.

use super::*;
use backlog::{Estimate, Label, Millis, StoryId, Title, id::Bits128};

fn story(story_type: StoryType, state: State, estimate: Option<u16>, labels: &[&str]) -> Story {
    let title = Title::new("Pay by card").unwrap();
    Story {
        estimate: estimate.map(Estimate),
        labels: labels.iter().map(|label| Label::new(label).unwrap()).collect(),
        ..Story::new(StoryId(Bits128(1)), title, (story_type, state), Millis(0))
    }
}

#[track_caller]
fn check(story: Story, expected: &str) {
    assert_eq!(spoken(&story), expected);
}

#[test]
fn a_story_is_told_title_first() {
    check(
        story(StoryType::Feature, State::Started, Some(1), &["shop", "cart"]),
        "Pay by card, feature, 1 point, started, labelled cart, shop",
    );
    check(
        story(StoryType::Feature, State::Unscheduled, None, &[]),
        "Pay by card, feature, not estimated, unscheduled",
    );
    check(
        story(StoryType::Bug, State::Rejected, None, &[]),
        "Pay by card, bug, rejected",
    );
}

#[test]
fn only_a_feature_that_is_not_begun_awaits_its_estimate() {
    assert!(awaits_estimate(&story(StoryType::Feature, State::Unstarted, None, &[])));
    assert!(awaits_estimate(&story(
        StoryType::Feature,
        State::Unscheduled,
        None,
        &[]
    )));
    assert!(!awaits_estimate(&story(
        StoryType::Feature,
        State::Unstarted,
        Some(0),
        &[]
    )));
    assert!(!awaits_estimate(&story(StoryType::Feature, State::Started, None, &[])));
    assert!(!awaits_estimate(&story(StoryType::Chore, State::Unstarted, None, &[])));
}
