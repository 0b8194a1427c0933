//! Stories put back to a state and a place where they were.

use super::check;
use super::script::{Bench, ada, id, read_command};
use crate::project::Unfit;
use crate::{Change, Command, Millis, Panel, Rejection, Return, Returned, State, StoryId};

#[test]
fn a_transition_is_taken_back() {
    check(
        "backlog: a! b* c d e | icebox: f g",
        "
        start d -> transitioned d started owner+ada | backlog: a! b* d* c e | icebox: f g
        return d started>unstarted backlog after c -> returned d unstarted after c | backlog: a! b* c d e | icebox: f g
        start g -> transitioned g started owner+ada | backlog: a! g* b* c d e | icebox: f
        return g started>unscheduled icebox after f -> returned g unscheduled after f | backlog: a! b* c d e | icebox: f g
        finish b -> transitioned b finished
        return b finished>started backlog after a -> returned b started after a
        look b -> #2 feature started 1pt \"b\" []
        ",
    );
}

#[test]
fn a_block_is_put_back_from_the_top_down() {
    check(
        "backlog: a b c d e | icebox: f g h",
        "
        move b d g to backlog after e -> moved b d g to backlog after e | backlog: a c e b d g | icebox: f h
        return b unstarted>unstarted backlog after a, d unstarted>unstarted backlog after c, g unstarted>unscheduled icebox after f -> returned b unstarted after a, d unstarted after c, g unscheduled after f | backlog: a b c d e | icebox: f g h
        move a b to icebox -> moved a b to icebox at the top | backlog: c d e | icebox: a b f g h
        return a unscheduled>unstarted backlog, b unscheduled>unstarted backlog after a -> returned a unstarted at the top, b unstarted after a | backlog: a b c d e | icebox: f g h
        ",
    );
}

#[test]
fn the_strict_order_holds() {
    check(
        "backlog: a! b* c d | icebox: e",
        "
        return d unstarted>started backlog after c -> returned d started after c | backlog: a! b* d* c | icebox: e
        return b started>unstarted backlog -> returned b unstarted at the top | backlog: a! d* b c | icebox: e
        return e unscheduled>accepted backlog after c -> returned e accepted after a | backlog: a! e! d* b c | icebox:
        ",
    );
}

#[test]
fn what_is_accepted_again_comes_after_what_was_accepted_before() {
    check(
        "backlog: a! b! c! d | icebox:",
        "
        return a accepted>delivered backlog -> returned a delivered at the top | backlog: b! c! a* d | icebox:
        return a delivered>accepted backlog -> returned a accepted after c | backlog: b! c! a! d | icebox:
        return a accepted>unstarted backlog, c accepted>unstarted backlog -> returned a unstarted at the top, c unstarted at the top | backlog: b! c a d | icebox:
        return a unstarted>accepted backlog, c unstarted>accepted backlog -> returned a accepted after b, c accepted after a | backlog: b! a! c! d | icebox:
        return c accepted>unstarted backlog, b accepted>delivered backlog -> returned c unstarted at the top, b delivered at the top | backlog: a! b* c d | icebox:
        return d unstarted>accepted backlog, a accepted>started backlog -> returned d accepted at the top, a started at the top | backlog: d! a* b* c | icebox:
        ",
    );
}

#[test]
fn a_story_accepted_again_bears_the_moment_of_it() {
    let mut bench = Bench::new("backlog: a! | icebox:");
    let accepted = |bench: &Bench| bench.project.story(id("a")).unwrap().accepted_at;
    let first = accepted(&bench).expect("accepted");
    bench
        .carry_out(&read_command("return a accepted>delivered backlog"))
        .unwrap();
    assert_eq!(accepted(&bench), None);
    bench
        .carry_out(&read_command("return a delivered>accepted backlog"))
        .unwrap();
    // The bench's clock moves on by a minute with each command.
    assert_eq!(accepted(&bench), Some(Millis(first.0 + 120_000)));
}

#[test]
fn what_somebody_went_on_with_stays() {
    check(
        "backlog: a* b | icebox: c",
        "
        finish a -> transitioned a finished
        return a started>unstarted backlog -> rejected overtaken
        return b unstarted>unscheduled icebox, a started>unstarted backlog -> rejected overtaken
        look b -> #2 feature unstarted 1pt \"b\" []
        delete b -> deleted b
        return b unstarted>unscheduled icebox -> rejected deleted-story
        return nobody unstarted>unscheduled icebox -> rejected unknown-story
        return c unscheduled>unstarted backlog after nobody -> rejected unknown-anchor
        return c unscheduled>unstarted backlog after c -> rejected anchor-moves
        return c unscheduled>unstarted backlog, c unscheduled>unstarted backlog -> rejected bad-selection
        ",
    );
}

#[test]
fn the_state_suits_type_panel_and_estimate() {
    check(
        "backlog: a chore:b release:c bug:d e! | icebox: f",
        "
        edit a estimate=none -> edited a estimate=none
        return a unstarted>started backlog -> rejected unestimated
        return a unstarted>accepted backlog -> rejected unestimated
        return a unstarted>unscheduled icebox -> returned a unscheduled at the top
        return b unstarted>finished backlog -> rejected impossible-type chore finished
        return c unstarted>started backlog -> rejected impossible-type release started
        return d unstarted>rejected backlog -> returned d rejected at the top
        return f unscheduled>started icebox -> rejected impossible-panel started icebox
        return f unscheduled>unscheduled backlog -> rejected impossible-panel unscheduled backlog
        return e accepted>accepted backlog -> rejected already-accepted
        ",
    );
}

#[test]
fn a_feature_in_progress_without_an_estimate_may_stay_in_progress() {
    check(
        "backlog: bug:a* | icebox:",
        "
        edit a type=feature -> edited a type=feature
        finish a -> transitioned a finished
        return a finished>started backlog -> returned a started at the top
        ",
    );
}

#[test]
fn an_anchor_in_the_other_panel_says_nothing() {
    check(
        "backlog: a b c | icebox: d",
        "
        return c unstarted>unstarted backlog after d -> returned c unstarted at the top | backlog: c a b | icebox: d
        return a unstarted>unscheduled icebox after d, b unstarted>unstarted backlog after a -> returned a unscheduled after d, b unstarted at the top | backlog: b c | icebox: d a
        delete c -> deleted c
        return b unstarted>unstarted backlog after c -> returned b unstarted after c | backlog: (c) b | icebox: d a
        ",
    );
}

#[test]
fn at_most_a_thousand_stories() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let wish = |number: u128| Return {
        id: StoryId(crate::id::Bits128(number)),
        seen: State::Unstarted,
        state: State::Unstarted,
        panel: Panel::Backlog,
        after: None,
        current: false,
    };
    for (count, why) in [
        (0, Rejection::BadSelection),
        (1_000, Rejection::UnknownStory),
        (1_001, Rejection::BadSelection),
    ] {
        let stories = (0..count).map(wish).collect();
        assert_eq!(
            bench.carry_out(&Command::ReturnStories { stories }),
            Err(why),
            "{count}"
        );
    }
}

#[test]
fn a_return_that_cannot_have_happened_here_changes_nothing() {
    let mut bench = Bench::new("backlog: a b | icebox: c");
    let to = |story: &str, state, after: Option<&str>| Returned {
        id: id(story),
        state,
        after: after.map(id),
        current: false,
    };
    let impossible = [
        vec![to("x", State::Started, None)],
        vec![to("a", State::Started, None), to("b", State::Started, Some("x"))],
        vec![to("a", State::Started, None), to("b", State::Started, Some("c"))],
        vec![to("a", State::Unscheduled, None), to("b", State::Started, Some("a"))],
        vec![to("a", State::Started, None), to("a", State::Started, None)],
        vec![to("a", State::Started, Some("a"))],
    ];
    for stories in impossible {
        let (snapshot, digest) = (bench.project.snapshot(), bench.project.digest());
        let change = Change::StoryReturned { stories };
        assert_eq!(bench.project.apply(&change, ada(Millis(0))), Err(Unfit), "{change:?}");
        assert_eq!((bench.project.snapshot(), bench.project.digest()), (snapshot, digest));
    }
}
