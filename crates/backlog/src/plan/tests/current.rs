//! Filling Current (planning, D).

use super::{Settings, check, settings};

fn velocity(points: u16) -> Settings {
    Settings {
        initial_velocity: points,
        ..settings()
    }
}

#[test]
fn an_empty_backlog() {
    check(
        &settings(),
        3,
        "",
        "
        velocity 10
        current 1, 0-7, 0/10: 0..0
        ",
    );
}

#[test]
fn it_is_filled_to_its_capacity_and_not_above() {
    check(
        &velocity(8),
        0,
        "3 5 1",
        "
        velocity 8
        current 1, 0-7, 8/8: 0..2
        future 2, 7-14, 1/8: 2..3
        ",
    );
    check(
        &velocity(8),
        0,
        "16 1",
        "
        velocity 8
        current 1, 0-7, 0/8: 0..0
        future 2, 7-14, 16/8: 0..1
        future 3, 14-21, 1/8: 1..2
        ",
    );
}

#[test]
fn nothing_after_the_first_refusal_is_taken() {
    check(
        &velocity(8),
        0,
        "5 5 1 - 0",
        "
        velocity 8
        current 1, 0-7, 5/8: 0..1
        future 2, 7-14, 6/8: 1..5
        ",
    );
}

#[test]
fn stories_without_points_are_taken_while_it_is_not_over_full() {
    check(
        &velocity(8),
        0,
        "8* - 0 - 1 -",
        "
        velocity 8
        current 1, 0-7, 8/8: 0..4
        future 2, 7-14, 1/8: 4..6
        ",
    );
    check(
        &velocity(8),
        0,
        "9* - 1",
        "
        velocity 8
        current 1, 0-7, 9/8: 0..1
        future 2, 7-14, 1/8: 1..3
        ",
    );
}

#[test]
fn what_is_in_progress_is_always_in_current() {
    check(
        &velocity(2),
        0,
        "3* 5* -* 8* 1",
        "
        velocity 2
        current 1, 0-7, 16/2: 0..4
        future 2, 7-14, 1/2: 4..5
        ",
    );
}

#[test]
fn what_was_accepted_in_it_uses_its_room() {
    check(
        &velocity(8),
        6,
        "3!1 2!6 2* 1 1",
        "
        velocity 8
        current 1, 0-7, 8/8: 0..4
        future 2, 7-14, 1/8: 4..5
        ",
    );
}

#[test]
fn every_state_has_its_place() {
    use crate::State::{Accepted, Delivered, Finished, Rejected, Started, Unstarted};
    let states = [Accepted, Started, Finished, Delivered, Rejected, Unstarted];
    let mut facts = super::backlog("1!0 1 1 1 1 1");
    for (facts, state) in facts.iter_mut().zip(states) {
        facts.state = state;
    }
    let plan = super::plan(&facts, &velocity(1), super::day(7));
    assert_eq!((plan.done.len(), plan.current.stories, plan.future.len()), (1, 1..5, 1));
}
