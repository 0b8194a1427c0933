//! Adding stories: where they go, what they may carry, and what happens when it is asked for twice.

use super::check;
use super::script::{Bench, id, new_story};
use crate::{Change, Command, Label, Panel, StoryType};

#[test]
fn a_story_goes_after_its_anchor() {
    check(
        "backlog: | icebox:",
        "
        create a feature:1 backlog -> created a at the top | backlog: a | icebox:
        create b bug backlog -> created b at the top | backlog: b a | icebox:
        create c chore backlog after b -> created c after b | backlog: b c a | icebox:
        create d release backlog after a -> created d after a | backlog: b c a d | icebox:
        create e feature icebox -> created e at the top | backlog: b c a d | icebox: e
        create f feature:3 icebox after e -> created f after e | backlog: b c a d | icebox: e f
        look a -> #1 feature unstarted 1pt \"a\" []
        look d -> #4 release unstarted unestimated \"d\" []
        look f -> #6 feature unscheduled 3pt \"f\" []
        look z -> nothing
        ",
    );
}

#[test]
fn what_is_not_started_stays_below_what_is() {
    check(
        "backlog: a! b* c | icebox:",
        "
        create x feature backlog -> created x at the top | backlog: a! b* x c | icebox:
        create y feature backlog after a -> created y after a | backlog: a! b* y x c | icebox:
        ",
    );
}

#[test]
fn anchors_of_a_new_story() {
    check(
        "backlog: a b c | icebox: i j",
        "
        create x feature backlog after nobody -> rejected unknown-anchor | backlog: a b c | icebox: i j
        create x feature backlog after x -> rejected anchor-moves | backlog: a b c | icebox: i j
        create x feature backlog after j -> created x at the top | backlog: x a b c | icebox: i j
        create y feature icebox after b -> created y at the top | backlog: x a b c | icebox: y i j
        delete b -> deleted b
        create z feature backlog after b -> created z after b | backlog: x a (b) z c | icebox: y i j
        ",
    );
}

#[test]
fn what_exists_is_created_already() {
    check(
        "backlog: a | icebox:",
        "
        create a feature:3 icebox -> edited a | backlog: a | icebox:
        create a feature:99 backlog after a -> edited a | backlog: a | icebox:
        look a -> #1 feature unstarted 1pt \"a\" []
        delete a -> deleted a
        create a feature backlog -> edited a | backlog: (a) | icebox:
        look a -> nothing
        create b bug backlog -> created b at the top
        look b -> #2 bug unstarted unestimated \"b\" []
        ",
    );
}

#[test]
fn a_new_story_carries_what_its_type_and_the_scale_allow() {
    check(
        "backlog: | icebox:",
        "
        create a feature:4 backlog -> rejected off-scale 4 | backlog: | icebox:
        create a feature:65535 backlog -> rejected off-scale 65535
        create a bug:1 backlog -> rejected not-estimable bug
        create a chore:0 backlog -> rejected not-estimable chore
        create a release:1 icebox -> rejected not-estimable release
        create a feature:0 backlog -> created a at the top | backlog: a | icebox:
        look a -> #1 feature unstarted 0pt \"a\" []
        ",
    );
}

#[test]
fn a_new_story_keeps_its_words_and_its_moment() {
    let mut bench = Bench::new("backlog: | icebox:");
    let mut new = new_story(id("a"), StoryType::Feature, Panel::Icebox);
    new.description = crate::Description::new("one\ntwo").unwrap();
    new.labels = [Label::new("b").unwrap(), Label::new("a").unwrap()].into();
    let change = bench.carry_out(&Command::CreateStory(new)).unwrap();
    let Change::StoryCreated { story, after: None } = change else {
        panic!("{change:?}")
    };
    assert_eq!(story.description.as_str(), "one\ntwo");
    assert_eq!(story.created_at, crate::Millis(20_000 * 86_400_000 + 60_000));
    assert_eq!(bench.look("a"), "#1 feature unscheduled unestimated \"a\" [a b]");
}

#[test]
fn a_project_can_be_renamed() {
    check(
        "backlog: a | icebox:",
        "
        rename Shop -> renamed Shop | backlog: a | icebox:
        ",
    );
    let mut bench = Bench::new("backlog: a | icebox:");
    let before = bench.project.digest();
    bench.carry_out(&super::script::read_command("rename Shop")).unwrap();
    assert_eq!(bench.project.name().as_str(), "Shop");
    assert_ne!(bench.project.digest(), before);
}
