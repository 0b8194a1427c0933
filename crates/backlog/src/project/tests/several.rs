//! Several stories edited or moved on by one command.

use super::check;
use super::script::{Bench, bits, read_command};
use crate::{Command, Rejection, StoryEdits, StoryId, Transition};

#[test]
fn several_stories_are_edited_at_once() {
    check(
        "backlog: a b c | icebox: d",
        "
        each a +web title=Pay, b +web, d +web estimate=2 -> edited each: a +web title=Pay, b +web, d +web estimate=2
        each a +web, b -web -> edited each: a, b -web
        look a -> #1 feature unstarted 1pt \"Pay\" [web]
        look b -> #2 feature unstarted 1pt \"b\" []
        look d -> #4 feature unscheduled 2pt \"d\" [web]
        ",
    );
}

#[test]
fn deleted_ones_are_left_out_and_all_else_is_all_or_none() {
    check(
        "backlog: a bug:b c | icebox:",
        "
        delete a -> deleted a
        each a +web, c +web -> edited each: c +web
        each a +ios -> rejected deleted-story
        each c +ios, b estimate=1 -> rejected not-estimable bug
        each c +ios, nobody +ios -> rejected unknown-story
        each c +ios, c -web -> rejected bad-selection
        look c -> #3 feature unstarted 1pt \"c\" [web]
        ",
    );
    let mut bench = Bench::new("backlog: a | icebox:");
    let nothing = Command::EditStories { stories: Vec::new() };
    assert_eq!(bench.carry_out(&nothing), Err(Rejection::BadSelection));
    let one = |number: usize| StoryEdits {
        id: StoryId(bits(&format!("s{number}"))),
        edits: Vec::new(),
    };
    let stories = (0..1_001).map(one).collect();
    assert_eq!(
        bench.carry_out(&Command::EditStories { stories }),
        Err(Rejection::BadSelection)
    );
}

#[test]
fn several_stories_move_on_at_once() {
    check(
        "backlog: a* b c bug:d | icebox: e f",
        "
        all start b a e -> transitioned each: b started owner+ada, e started owner+ada | backlog: e* a* b* c d | icebox: f
        bo: edit c owner+bo -> edited c owner+bo
        all start c d -> transitioned each: c started, d started owner+ada | backlog: e* a* b* c* d* | icebox: f
        all finish c d a -> transitioned each: c finished, d finished, a finished
        delete d -> deleted d
        all deliver c d a -> transitioned each: c delivered, a delivered
        all accept c a b -> transitioned each: c accepted, a accepted | backlog: a! c! e* b* (d*) | icebox: f
        ",
    );
}

#[test]
fn where_none_can_move_on_the_first_reason_is_told() {
    check(
        "backlog: a b c | icebox: d",
        "
        edit a estimate=none -> edited a estimate=none
        delete b -> deleted b
        all start a b -> rejected unestimated
        all start b a -> rejected deleted-story
        all finish c a -> rejected closed-transition finish unstarted
        all start c c -> rejected bad-selection
        all start nobody -> rejected unknown-story
        all start nobody d -> transitioned each: d started owner+ada
        ",
    );
    let mut bench = Bench::new("backlog: a | icebox:");
    let nothing = Command::TransitionStories {
        stories: Vec::new(),
        transition: Transition::Start,
    };
    assert_eq!(bench.carry_out(&nothing), Err(Rejection::BadSelection));
    assert_eq!(
        read_command("all start a").stories(),
        read_command("delete a").stories()
    );
}
