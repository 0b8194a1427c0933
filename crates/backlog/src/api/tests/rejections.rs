//! Why not: every rejection on the wire, those of a newer server, and in words for people.

use super::{check, reads};
use crate::api::Fate;
use crate::{Estimate, Panel, Rejection, State, StoryType, Transition};

#[test]
fn rejections() {
    check(&Rejection::UnknownStory, r#""unknown-story""#);
    check(&Rejection::DeletedStory, r#""deleted-story""#);
    check(&Rejection::UnknownAnchor, r#""unknown-anchor""#);
    check(&Rejection::AnchorMoves, r#""anchor-moves""#);
    check(&Rejection::BadSelection, r#""bad-selection""#);
    check(&Rejection::TooManyEdits, r#""too-many-edits""#);
    check(&Rejection::Unestimated, r#""unestimated""#);
    check(&Rejection::AlreadyAccepted, r#""already-accepted""#);
    check(&Rejection::ConflictAsked, r#""conflict-asked""#);
    check(
        &Rejection::ClosedTransition {
            transition: Transition::Accept,
            state: State::Started,
        },
        r#"{"closed-transition":{"transition":"accept","state":"started"}}"#,
    );
    check(
        &Rejection::NotEstimable {
            story_type: StoryType::Bug,
        },
        r#"{"not-estimable":{"story_type":"bug"}}"#,
    );
    check(
        &Rejection::OffScale { estimate: Estimate(4) },
        r#"{"off-scale":{"estimate":4}}"#,
    );
    check(
        &Rejection::ImpossibleType {
            story_type: StoryType::Release,
            state: State::Started,
        },
        r#"{"impossible-type":{"story_type":"release","state":"started"}}"#,
    );
    check(&Rejection::Overtaken, r#""overtaken""#);
    check(
        &Rejection::ImpossiblePanel {
            state: State::Started,
            panel: Panel::Icebox,
        },
        r#"{"impossible-panel":{"state":"started","panel":"icebox"}}"#,
    );
    check(&Rejection::Other, r#""other""#);
}

#[test]
fn a_rejection_that_this_program_is_too_old_to_know() {
    reads(r#""moon-phase""#, &Rejection::Other);
    reads(r#"{"moon-phase":{"phase":"full"}}"#, &Rejection::Other);
    reads(
        r#"{"closed-transition":{"transition":"bless","state":"started"}}"#,
        &Rejection::Other,
    );
    reads(
        r#"{"rejected":{"moon-phase":{"phase":"full"}}}"#,
        &Fate::Rejected(Rejection::Other),
    );
}

#[test]
fn a_rejection_has_a_sentence_for_people() {
    let said = [
        (Rejection::UnknownStory, "This project has no such story."),
        (Rejection::DeletedStory, "The story was deleted meanwhile."),
        (
            Rejection::ClosedTransition {
                transition: Transition::Accept,
                state: State::Started,
            },
            "One cannot accept a story that is started.",
        ),
        (
            Rejection::NotEstimable {
                story_type: StoryType::Bug,
            },
            "A bug carries no points.",
        ),
        (
            Rejection::OffScale { estimate: Estimate(4) },
            "The project's scale has no 4 points.",
        ),
        (
            Rejection::ImpossibleType {
                story_type: StoryType::Release,
                state: State::Started,
            },
            "A release cannot be started.",
        ),
        (
            Rejection::ImpossiblePanel {
                state: State::Started,
                panel: Panel::Icebox,
            },
            "A story that is started cannot stand in the icebox.",
        ),
        (Rejection::Overtaken, "Someone went on with the story meanwhile."),
        (
            Rejection::ConflictAsked,
            "A conflicting text is kept where two edits overlap; it cannot be asked for.",
        ),
    ];
    for (rejection, sentence) in said {
        assert_eq!(rejection.to_string(), sentence);
    }
}
