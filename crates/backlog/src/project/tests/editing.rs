//! Fields, each for itself: titles, types and what they do to estimates, labels, and the limits.

use super::check;
use super::script::{Bench, id, read_command};
use crate::{Command, Edit, Rejection, Title};

#[test]
fn fields_are_set_each_for_itself() {
    check(
        "backlog: a b | icebox: c",
        "
        edit a title=Pay -> edited a title=Pay | backlog: a b | icebox: c
        edit a description=why title=Buy -> edited a description=why title=Buy
        edit a title=Buy description=why -> edited a
        edit c estimate=2 -> edited c estimate=2
        edit c estimate=none -> edited c estimate=none
        look a -> #1 feature unstarted 1pt \"Buy\" []
        look c -> #3 feature unscheduled unestimated \"c\" []
        ",
    );
}

#[test]
fn an_empty_edit_is_accepted_and_changes_nothing() {
    check(
        "backlog: a | icebox:",
        "
        edit a -> edited a | backlog: a | icebox:
        look a -> #1 feature unstarted 1pt \"a\" []
        edit a estimate=1 type=feature -nothing -> edited a
        ",
    );
}

#[test]
fn who_cannot_be_edited() {
    check(
        "backlog: a | icebox:",
        "
        edit b title=x -> rejected unknown-story
        delete a -> deleted a
        edit a title=x -> rejected deleted-story | backlog: (a) | icebox:
        edit a -> rejected deleted-story
        start a -> rejected deleted-story
        start b -> rejected unknown-story
        ",
    );
}

#[test]
fn labels_come_and_go_one_by_one() {
    check(
        "backlog: a b | icebox:",
        "
        edit a +web +pay -> edited a +web +pay
        edit a +web -> edited a
        edit a -web +ios -> edited a -web +ios
        edit a -web -> edited a
        edit a +x -x +y -> edited a +x -x +y
        look a -> #1 feature unstarted 1pt \"a\" [ios pay y]
        ",
    );
}

#[test]
fn labels_of_two_people_commute() {
    let edits = ["edit a +web", "edit a -old", "edit a +pay", "edit a -gone"];
    let mut digests = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let mut bench = Bench::new("backlog: a | icebox:");
        bench.carry_out(&read_command("edit a +old +gone +stays")).unwrap();
        for edit in order {
            bench.carry_out(&read_command(edits[edit])).unwrap();
        }
        assert_eq!(bench.look("a"), "#1 feature unstarted 1pt \"a\" [pay stays web]");
        digests.push(bench.project.digest());
    }
    digests.dedup();
    assert_eq!(digests.len(), 1);
}

#[test]
fn another_type_takes_away_an_estimate_it_cannot_carry() {
    check(
        "backlog: a b c | icebox:",
        "
        edit a estimate=3 -> edited a estimate=3
        edit a type=bug -> edited a type=bug estimate=none
        look a -> #1 bug unstarted unestimated \"a\" []
        edit a type=feature -> edited a type=feature
        look a -> #1 feature unstarted unestimated \"a\" []
        edit b type=release -> edited b type=release estimate=none
        edit c type=chore type=feature estimate=2 -> edited c type=chore estimate=none type=feature estimate=2
        edit b type=feature estimate=0 -> edited b type=feature estimate=0
        look b -> #2 feature unstarted 0pt \"b\" []
        ",
    );
}

#[test]
fn an_estimate_is_on_the_scale_and_on_a_type_that_carries_one() {
    check(
        "backlog: a bug:b chore:c release:r | icebox:",
        "
        edit a estimate=0 -> edited a estimate=0
        edit a estimate=3 -> edited a estimate=3
        edit a estimate=4 -> rejected off-scale 4
        edit a estimate=65535 -> rejected off-scale 65535
        edit a title=lost estimate=8 -> rejected off-scale 8
        look a -> #1 feature unstarted 3pt \"a\" []
        edit b estimate=1 -> rejected not-estimable bug
        edit c estimate=1 -> rejected not-estimable chore
        edit r estimate=0 -> rejected not-estimable release
        edit b estimate=none -> edited b
        edit b estimate=1 type=feature -> rejected not-estimable bug
        edit b type=feature estimate=1 -> edited b type=feature estimate=1
        ",
    );
}

#[test]
fn a_type_must_have_the_state_that_the_story_is_in() {
    check(
        "backlog: a* b! c | icebox: d",
        "
        edit a type=release -> rejected impossible-type release started
        edit a type=chore -> edited a type=chore estimate=none | backlog: b! a* c | icebox: d
        edit a type=bug -> edited a type=bug
        finish a -> transitioned a finished
        edit a type=chore -> rejected impossible-type chore finished
        edit a type=release -> rejected impossible-type release finished
        deliver a -> transitioned a delivered
        edit a type=chore -> rejected impossible-type chore delivered
        reject a -> transitioned a rejected
        edit a type=chore -> rejected impossible-type chore rejected
        edit b type=chore -> edited b type=chore estimate=none
        edit b type=release -> edited b type=release | backlog: b! a* c | icebox: d
        edit c type=release -> edited c type=release estimate=none
        edit d type=chore -> edited d type=chore estimate=none
        ",
    );
}

#[test]
fn at_most_a_hundred_edits() {
    let edits = |count| {
        (0..count)
            .map(|n| Edit::Title(Title::new(&format!("title {n}")).unwrap()))
            .collect()
    };
    let mut bench = Bench::new("backlog: a | icebox:");
    let too_many = Command::EditStory {
        id: id("a"),
        edits: edits(101),
    };
    assert_eq!(bench.carry_out(&too_many), Err(Rejection::TooManyEdits));
    let enough = Command::EditStory {
        id: id("a"),
        edits: edits(100),
    };
    assert!(bench.carry_out(&enough).is_ok());
    assert_eq!(bench.look("a"), "#1 feature unstarted 1pt \"title 99\" []");
}
