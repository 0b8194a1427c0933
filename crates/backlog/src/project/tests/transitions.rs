//! Every step of every type, from every state.

use super::check;
use super::script::{Bench, ada, id, read_word, show_rejection, show_word};
use crate::{Change, Command, Estimate, Rejection, State, StoryType, Transition};
use std::sync::Arc;

// What each type offers in each state and where it leads; what is not named is closed. `-`: it can never be there.
const TABLE: &str = "
    feature unscheduled: start=started
    feature unstarted: start=started
    feature started: finish=finished
    feature finished: deliver=delivered
    feature delivered: accept=accepted reject=rejected
    feature accepted:
    feature rejected: restart=started
    bug unscheduled: start=started
    bug unstarted: start=started
    bug started: finish=finished
    bug finished: deliver=delivered
    bug delivered: accept=accepted reject=rejected
    bug accepted:
    bug rejected: restart=started
    chore unscheduled: start=started
    chore unstarted: start=started
    chore started: finish=accepted
    chore finished: -
    chore delivered: -
    chore accepted:
    chore rejected: -
    release unscheduled:
    release unstarted: finish=accepted
    release started: -
    release finished: -
    release delivered: -
    release accepted:
    release rejected: -
";

const TRANSITIONS: [Transition; 6] = [
    Transition::Start,
    Transition::Finish,
    Transition::Deliver,
    Transition::Accept,
    Transition::Reject,
    Transition::Restart,
];

#[test]
fn every_transition_of_every_type() {
    let rows: Vec<&str> = TABLE.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(rows.len(), 28);
    for row in rows {
        let (from, open) = row.split_once(':').unwrap();
        let (story_type, state) = from.split_once(' ').unwrap();
        let (story_type, state): (StoryType, State) = (read_word(story_type), read_word(state));
        assert_eq!(story_type.has_state(state), open.trim() != "-", "{row}");
        if story_type.has_state(state) {
            assert_eq!(offered(story_type, state).join(" "), open.trim(), "{row}");
        }
    }
}

/// What a project does with each transition of one story in that state; a closed one must say why.
fn offered(story_type: StoryType, state: State) -> Vec<String> {
    let mut snapshot = Bench::new("backlog: a").project.snapshot();
    let story = Arc::make_mut(&mut snapshot.stories[0]);
    (story.story_type, story.state) = (story_type, state);
    story.estimate = (story_type == StoryType::Feature).then_some(Estimate(0));
    let project = crate::Project::read(snapshot);
    let mut open = Vec::new();
    for transition in TRANSITIONS {
        match project.decide(
            &Command::TransitionStory {
                id: id("a"),
                transition,
                comment: None,
            },
            ada(crate::Millis(0)),
        ) {
            Ok(Change::StoryTransitioned { id: of, state, .. }) if of == id("a") => {
                open.push(format!("{}={}", show_word(&transition), show_word(&state)));
            }
            Ok(other) => panic!("{other:?}"),
            Err(why) => assert_eq!(
                why,
                Rejection::ClosedTransition { transition, state },
                "{}",
                show_rejection(&why)
            ),
        }
    }
    open
}

#[test]
fn a_feature_from_idea_to_acceptance() {
    check(
        "backlog: b | icebox: a",
        "
        start a -> transitioned a started owner+ada | backlog: a* b | icebox:
        start a -> rejected closed-transition start started
        finish a -> transitioned a finished | backlog: a* b | icebox:
        deliver a -> transitioned a delivered | backlog: a* b | icebox:
        reject a -> transitioned a rejected | backlog: a* b | icebox:
        accept a -> rejected closed-transition accept rejected
        restart a -> transitioned a started | backlog: a* b | icebox:
        finish a -> transitioned a finished
        deliver a -> transitioned a delivered
        accept a -> transitioned a accepted | backlog: a! b | icebox:
        look a -> #2 feature accepted 1pt \"a\" []
        restart a -> rejected closed-transition restart accepted | backlog: a! b | icebox:
        ",
    );
}

#[test]
fn chores_and_releases_are_accepted_when_finished() {
    check(
        "backlog: chore:c release:r | icebox: release:s chore:d",
        "
        finish c -> rejected closed-transition finish unstarted
        start c -> transitioned c started owner+ada | backlog: c* r | icebox: s d
        finish c -> transitioned c accepted | backlog: c! r | icebox: s d
        start r -> rejected closed-transition start unstarted
        finish r -> transitioned r accepted | backlog: c! r! | icebox: s d
        finish s -> rejected closed-transition finish unscheduled
        start d -> transitioned d started owner+ada | backlog: c! r! d* | icebox: s
        ",
    );
}

#[test]
fn a_feature_is_estimated_before_it_is_started() {
    check(
        "backlog: | icebox:",
        "
        create a feature backlog -> created a at the top
        create b feature icebox -> created b at the top
        start a -> rejected unestimated | backlog: a | icebox: b
        start b -> rejected unestimated | backlog: a | icebox: b
        edit a estimate=0 -> edited a estimate=0
        start a -> transitioned a started owner+ada | backlog: a* | icebox: b
        edit a estimate=none -> rejected unestimated
        edit a estimate=3 -> edited a estimate=3
        edit b type=bug -> edited b type=bug
        start b -> transitioned b started owner+ada | backlog: b* a* | icebox:
        ",
    );
}

#[test]
fn a_story_that_moves_on_goes_to_the_nearest_place_its_rank_allows() {
    check(
        "backlog: a! b* c d e | icebox:",
        "
        start e -> transitioned e started owner+ada | backlog: a! b* e* c d | icebox:
        start d -> transitioned d started owner+ada | backlog: a! b* e* d* c | icebox:
        finish e -> transitioned e finished | backlog: a! b* e* d* c | icebox:
        deliver e -> transitioned e delivered | backlog: a! b* e* d* c | icebox:
        accept e -> transitioned e accepted | backlog: a! e! b* d* c | icebox:
        ",
    );
}

#[test]
fn accepted_stories_stand_in_the_order_of_their_acceptance() {
    check(
        "backlog: chore:a* chore:b* chore:c* | icebox:",
        "
        finish c -> transitioned c accepted | backlog: c! a* b* | icebox:
        finish a -> transitioned a accepted | backlog: c! a! b* | icebox:
        finish b -> transitioned b accepted | backlog: c! a! b! | icebox:
        ",
    );
}

#[test]
fn acceptance_has_a_time_exactly_while_it_lasts() {
    let mut bench = Bench::new("backlog: a* b! | icebox: c");
    let accepted_at = |bench: &Bench, name| bench.project.story(id(name)).unwrap().accepted_at;
    assert!(accepted_at(&bench, "b").is_some());
    assert_eq!([accepted_at(&bench, "a"), accepted_at(&bench, "c")], [None, None]);
    for transition in [Transition::Finish, Transition::Deliver, Transition::Accept] {
        bench
            .carry_out(&Command::TransitionStory {
                id: id("a"),
                transition,
                comment: None,
            })
            .unwrap();
    }
    assert!(accepted_at(&bench, "a") > accepted_at(&bench, "b"));
}
