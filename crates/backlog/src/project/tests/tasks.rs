//! A story's checklist: what is on it, in which order, and what becomes of it where two people change it.

use super::check;
use super::script::{Bench, bits, id};
use crate::{Command, Edit, Limit, Line, PartId, Rejection, Story, Task};

#[test]
fn tasks_come_change_and_go() {
    check(
        "backlog: a b | icebox:",
        "
        edit a task+p:Write task+q!:Draw -> edited a task+p:Write task+q!:Draw
        parts a -> requester=ada task+p:Write task+q!:Draw
        edit a task=p:Write_it tick=p untick=q -> edited a task=p:Write_it tick=p untick=q
        parts a -> requester=ada task+p!:Write_it task+q:Draw
        edit a task=p:Write_it tick=p untick=q -> edited a
        edit a task-p task-x -> edited a task-p
        parts a -> requester=ada task+q:Draw
        edit b task+q:Draw -> edited b task+q:Draw
        edit a task-q -> edited a task-q
        parts b -> requester=ada task+q:Draw
        ",
    );
}

#[test]
fn a_task_goes_after_another_one_or_to_the_end() {
    check(
        "backlog: a | icebox:",
        "
        edit a task+p:P task+q:Q task+r:R@p -> edited a task+p:P task+q:Q task+r:R@p
        parts a -> requester=ada task+p:P task+r:R task+q:Q
        edit a task+s:S@gone -> edited a task+s:S@gone
        parts a -> requester=ada task+p:P task+r:R task+q:Q task+s:S
        edit a task+p:Else -> edited a
        ",
    );
}

#[test]
fn tasks_are_moved() {
    check(
        "backlog: a | icebox:",
        "
        edit a task+p:P task+q:Q task+r:R -> edited a task+p:P task+q:Q task+r:R
        edit a task>r -> edited a task>r
        parts a -> requester=ada task+r:R task+p:P task+q:Q
        edit a task>r@p -> edited a task>r@p
        parts a -> requester=ada task+p:P task+r:R task+q:Q
        edit a task>p@q -> edited a task>p@q
        parts a -> requester=ada task+r:R task+q:Q task+p:P
        edit a task>q@r -> edited a
        edit a task>q@q -> edited a
        edit a task>r -> edited a
        ",
    );
}

#[test]
fn what_someone_else_took_away() {
    check(
        "backlog: a | icebox:",
        "
        edit a task+p:P task+q:Q task+r:R -> edited a task+p:P task+q:Q task+r:R
        bo: edit a task-q -> edited a task-q
        edit a task>r@q -> edited a
        parts a -> requester=ada task+p:P task+r:R
        edit a task>q -> rejected unknown-part
        edit a tick=q -> rejected unknown-part
        edit a title=lost task=q:Draw -> rejected unknown-part
        edit a task-q -> edited a
        look a -> #1 feature unstarted 1pt \"a\" []
        ",
    );
}

#[test]
fn at_most_a_thousand() {
    let mut bench = Bench::new("backlog: a | icebox:");
    let add = |number: usize| Edit::TaskAdded {
        task: Task {
            id: PartId(bits(&format!("t{number}"))),
            text: Line::new("Do").unwrap(),
            done: false,
        },
        after: None,
    };
    let edits: Vec<Edit> = (0..Story::MAX_PARTS).map(add).collect();
    for edits in edits.chunks(Command::MAX_EDITS) {
        let edits = edits.to_vec();
        bench.carry_out(&Command::EditStory { id: id("a"), edits }).unwrap();
    }
    let too_many = Err(Rejection::TooMany { what: Limit::Tasks });
    assert_eq!(bench.say("edit a task+more:One"), too_many);
    assert!(bench.say("edit a task-t7 task+more:One").is_ok());
    assert!(bench.say("edit a tick=t8 task>t9 task+t10:There_already").is_ok());
}
