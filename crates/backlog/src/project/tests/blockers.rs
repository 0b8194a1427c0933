//! What keeps a story from going on: words, or another story, and never a ring of them.

use super::check;
use super::script::{Bench, id};

#[test]
fn blockers_come_change_and_go() {
    check(
        "backlog: a b | icebox:",
        "
        edit a blocker+k:No_answer blocker+l:#b -> edited a blocker+k:No_answer blocker+l:#b
        parts a -> requester=ada blocker+k:No_answer blocker+l:#b
        edit a blocker+k!:No_answer -> edited a blocker+k!:No_answer
        edit a blocker+l:Bo_is_ill -> edited a blocker+l:Bo_is_ill
        parts a -> requester=ada blocker+k!:No_answer blocker+l:Bo_is_ill
        edit a blocker-k blocker-x -> edited a blocker-k
        edit a blocker+l:Bo_is_ill -> edited a
        edit a blocker+m:#nobody -> rejected unknown-story
        parts a -> requester=ada blocker+l:Bo_is_ill
        ",
    );
}

#[test]
fn no_story_waits_for_itself() {
    check(
        "backlog: a b c d | icebox:",
        "
        edit a blocker+k:#a -> rejected blocks-itself
        edit a blocker+k:#b -> edited a blocker+k:#b
        edit b blocker+k:#a -> rejected blocks-itself
        edit b blocker+k:#c -> edited b blocker+k:#c
        edit c blocker+k:#d -> edited c blocker+k:#d
        edit d title=lost blocker+k:#a -> rejected blocks-itself
        edit d blocker+k!:#a -> edited d blocker+k!:#a
        edit d blocker+k:#a -> rejected blocks-itself
        edit b blocker+k!:#c -> edited b blocker+k!:#c
        edit d blocker+k:#a -> edited d blocker+k:#a
        edit b blocker+k:#c -> rejected blocks-itself
        edit b blocker+k:Words -> edited b blocker+k:Words
        ",
    );
}

#[test]
fn a_story_that_can_come_back_closes_the_ring_too() {
    check(
        "backlog: a b c | icebox:",
        "
        edit a blocker+k:#b -> edited a blocker+k:#b
        edit b blocker+k:#c -> edited b blocker+k:#c
        delete b -> deleted b
        edit c blocker+k:#a -> rejected blocks-itself
        restore b -> restored b
        return b unstarted>accepted backlog -> returned b accepted at the top
        edit c blocker+k:#a -> rejected blocks-itself
        edit a blocker-k -> edited a blocker-k
        edit c blocker+k:#a -> edited c blocker+k:#a
        ",
    );
}

#[test]
fn no_ring_comes_about_by_one_command() {
    check(
        "backlog: a b c | icebox:",
        "
        each a blocker+k:#b, b blocker+k:#a -> rejected blocks-itself
        each a blocker+k:#b, b blocker+k:#c, c blocker+k:#a -> rejected blocks-itself
        each a blocker+k:#b, b blocker+k:#c -> edited each: a blocker+k:#b, b blocker+k:#c
        each a blocker-k, b blocker+k:#a -> rejected blocks-itself
        ",
    );
}

#[test]
fn a_blocker_is_out_of_the_way_once_someone_says_so_or_its_story_is_over() {
    let mut bench = Bench::new("backlog: a b* chore:c | icebox: d");
    let rows = [
        ("edit a blocker+k:#b", true),
        ("finish b", true),
        ("deliver b", true),
        ("accept b", false),
        ("return b accepted>started backlog", true),
        ("delete b", false),
        ("restore b", true),
        ("edit a blocker+k!:#b", false),
        ("edit a blocker+k:#b", true),
        ("edit a blocker+k:#d", true),
        ("move d to backlog", true),
        ("edit a blocker+l:Words blocker-k", true),
        ("delete b d", true),
        ("edit a blocker+l!:Words", false),
        ("edit a blocker+l:Words", true),
        ("edit a blocker-l", false),
    ];
    for (command, blocked) in rows {
        bench.say(command).unwrap();
        let story = bench.project.story(id("a")).unwrap();
        assert_eq!(bench.project.is_blocked(story), blocked, "after {command:?}");
    }
}
