//! Why not: every rejection on the wire, those of a newer server, and in words for people.

use super::{check, reads};
use crate::api::Fate;
use crate::{Estimate, Label, Limit, Panel, Rejection, State, StoryType, Transition};

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
    check(&Rejection::UnknownPart, r#""unknown-part""#);
    check(&Rejection::UnknownPerson, r#""unknown-person""#);
    check(&Rejection::NotYours, r#""not-yours""#);
    check(&Rejection::BlocksItself, r#""blocks-itself""#);
    check(&Rejection::NothingToSay, r#""nothing-to-say""#);
    check(
        &Rejection::NoSuchIteration { iteration: 0 },
        r#"{"no-such-iteration":{"iteration":0}}"#,
    );
    check(&Rejection::NoSuchDay, r#""no-such-day""#);
    check(&Rejection::UnknownEpic, r#""unknown-epic""#);
    let label = Label::new("web").unwrap();
    check(&Rejection::LabelTaken { label }, r#"{"label-taken":{"label":"web"}}"#);
    check(&Rejection::UnknownSearch, r#""unknown-search""#);
    check(&Rejection::UnknownImport, r#""unknown-import""#);
    check(&Rejection::AlreadyImported, r#""already-imported""#);
    check(&Rejection::BadImport { story: 7 }, r#"{"bad-import":{"story":7}}"#);
    check(&Rejection::NotAllowed, r#""not-allowed""#);
    check(&Rejection::Other, r#""other""#);
}

#[test]
fn limits() {
    let rows = [
        (Limit::Owners, "owners", "At most 5 owners on a story."),
        (Limit::Labels, "labels", "At most 100 labels on a story."),
        (Limit::Followers, "followers", "At most 500 followers of a story."),
        (Limit::Tasks, "tasks", "At most 1,000 tasks on a story."),
        (Limit::Comments, "comments", "At most 1,000 comments on a story."),
        (Limit::Blockers, "blockers", "At most 1,000 blockers on a story."),
        (Limit::Reviews, "reviews", "At most 1,000 reviews on a story."),
        (Limit::Links, "links", "At most 1,000 links on a story."),
        (
            Limit::Overrides,
            "overrides",
            "At most 1,000 iterations that differ from the others.",
        ),
        (Limit::Epics, "epics", "At most 2,000 epics in a project."),
        (Limit::Searches, "searches", "At most 200 saved searches in a project."),
        (Limit::Imports, "imports", "At most 200 imports in a project."),
        (
            Limit::ImportedStories,
            "imported-stories",
            "At most 100,000 stories in an import.",
        ),
        (
            Limit::ImportedEpics,
            "imported-epics",
            "At most 1,000 epics in an import.",
        ),
        (
            Limit::ImportedPeople,
            "imported-people",
            "At most 2,000 people in an import.",
        ),
    ];
    for (what, word, sentence) in rows {
        let rejection = Rejection::TooMany { what };
        check(&rejection, &format!(r#"{{"too-many":{{"what":"{word}"}}}}"#));
        assert_eq!(rejection.to_string(), sentence);
    }
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

#[track_caller]
fn says(said: &[(Rejection, &str)]) {
    for (rejection, sentence) in said {
        assert_eq!(rejection.to_string(), *sentence);
    }
}

#[test]
fn a_rejection_has_a_sentence_for_people() {
    says(&[
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
    ]);
}

#[test]
fn what_was_asked_amiss_or_is_gone() {
    says(&[
        (
            Rejection::UnknownAnchor,
            "The story to put it after is not in this project.",
        ),
        (Rejection::AnchorMoves, "A story cannot be put after itself."),
        (Rejection::BadSelection, "Name between 1 and 1,000 stories, each once."),
        (Rejection::TooManyEdits, "At most 100 edits in one command."),
        (Rejection::Unestimated, "Estimate the feature before starting it."),
        (Rejection::AlreadyAccepted, "An accepted story keeps its place."),
        (Rejection::UnknownPart, "Someone took it away meanwhile."),
        (
            Rejection::UnknownPerson,
            "Nobody of that name is known in this project.",
        ),
        (
            Rejection::NotYours,
            "Only whoever wrote a comment can change it or take it back.",
        ),
        (
            Rejection::BlocksItself,
            "The story would wait for itself: that one is already waiting for this one.",
        ),
        (
            Rejection::NothingToSay,
            "A reason is kept where a story is rejected, and at no other step.",
        ),
        (
            Rejection::NoSuchIteration { iteration: 0 },
            "Iteration 0 cannot be set apart; the first is 1, the last 10,000.",
        ),
        (Rejection::NoSuchDay, "A date lies between the years 1900 and 2999."),
        (Rejection::UnknownEpic, "Someone removed the epic meanwhile."),
        (
            Rejection::LabelTaken {
                label: Label::new("web").unwrap(),
            },
            "Another epic has the label “web”.",
        ),
        (Rejection::UnknownSearch, "Someone removed the saved search meanwhile."),
        (Rejection::UnknownImport, "This project has no such import."),
        (Rejection::AlreadyImported, "Stories of this import are here already."),
        (
            Rejection::BadImport { story: 7 },
            "Story 7 of the import contradicts itself.",
        ),
        (
            Rejection::Other,
            "The server refused it for a reason that this page is too old to know.",
        ),
    ]);
}
