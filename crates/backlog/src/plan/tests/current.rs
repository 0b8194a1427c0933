//! Filling Current (planning, D), automatically and by hand.

use super::{backlog, check, planned, settings, velocity};
use crate::settings::Planning;
use crate::{Settings, Terms, Zone, plan};

fn by_hand(points: u16) -> Settings {
    Settings {
        planning: Planning::Manual,
        ..velocity(points)
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
        "5 5 1 - 0 R",
        "
        velocity 8
        current 1, 0-7, 5/8: 0..1
        future 2, 7-14, 6/8: 1..6
        ",
    );
}

#[test]
fn stories_without_points_are_taken_while_it_is_not_over_full() {
    check(
        &velocity(8),
        0,
        "8* - 0 R 1 -",
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
    let mut facts = backlog("1!0 1 1 1 1 1");
    for (facts, state) in facts.iter_mut().zip(states) {
        facts.state = state;
    }
    for settings in [velocity(1), by_hand(1)] {
        let plan = planned(&settings, 7, &facts);
        assert_eq!((plan.done.len(), plan.current.stories, plan.future.len()), (1, 1..5, 1));
    }
}

#[test]
fn by_hand_it_holds_what_was_put_there() {
    check(
        &by_hand(8),
        6,
        "3!1 9* 5+ -+ 1 -",
        "
        velocity 8
        current 1, 0-7, 17/8: 0..4
        future 2, 7-14, 1/8: 4..6
        ",
    );
    // Automatically, the hand counts for nothing.
    check(
        &velocity(8),
        6,
        "3!1 9* 5+ -+ 1 -",
        "
        velocity 8
        current 1, 0-7, 12/8: 0..2
        future 2, 7-14, 6/8: 2..6
        ",
    );
}

#[test]
fn by_hand_later_iterations_are_still_planned() {
    // Current leaves 5 points of room, which are carried: 13 points by the end of iteration 2.
    check(
        &by_hand(8),
        0,
        "3* 5 5 3 3 8",
        "
        velocity 8
        current 1, 0-7, 3/8: 0..1
        future 2, 7-14, 13/8: 1..4
        future 3, 14-21, 3/8: 4..5
        future 4, 21-28, 8/8: 5..6
        ",
    );
    check(
        &by_hand(8),
        0,
        "1 R",
        "
        velocity 8
        current 1, 0-7, 0/8: 0..0
        future 2, 7-14, 1/8: 0..2
        ",
    );
}

#[test]
fn a_velocity_that_is_tried_out_takes_the_place_of_the_real_one() {
    let settings = velocity(8);
    let zone = Zone::utc();
    let terms = Terms::new(&settings, &zone, super::day(7));
    let real = plan(&backlog("2!0 1 1 1 1"), &terms);
    let tried = Terms {
        what_if: Some(crate::settings::Velocity::new(3).unwrap()),
        ..terms
    };
    let tried = plan(&backlog("2!0 1 1 1 1"), &tried);
    super::compare(
        &real,
        "
        velocity 2
        done 1, 0-7, 2/2: 0..1
        current 2, 7-14, 2/2: 1..3
        future 3, 14-21, 2/2: 3..5
        ",
    );
    super::compare(
        &tried,
        "
        velocity 3
        done 1, 0-7, 2/2: 0..1
        current 2, 7-14, 3/3: 1..4
        future 3, 14-21, 1/3: 4..5
        ",
    );
}
