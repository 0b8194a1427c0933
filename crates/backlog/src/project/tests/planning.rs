//! How a project plans: each setting, another scale, iterations set apart, and planning by hand.

use super::check;
use super::script::{Bench, id, read_command};
use crate::settings::Strength;
use crate::{Command, Limit, Rejection, SettingEdit, Settings};

#[test]
fn settings_are_set_each_for_itself() {
    check(
        "backlog: a | icebox:",
        "
        settings weeks=2 weekday=6 started=2026-01-05 -> settings weeks=2 weekday=6 started=2026-01-05
        settings zone=Europe/Berlin window=4 velocity=12 -> settings zone=Europe/Berlin window=4 velocity=12
        settings weeks=2 window=3 -> settings window=3
        settings weeks=2 -> settings
        settings -> settings
        settings pointed=features-bugs-and-chores planning=manual -> settings pointed=features-bugs-and-chores planning=manual
        settings scale=0/5/20 -> settings scale=0/5/20
        ",
    );
    let mut bench = Bench::new("backlog: | icebox:");
    bench
        .say("settings weeks=2 weekday=6 started=2026-01-05 zone=Europe/Berlin window=4")
        .unwrap();
    bench
        .say("settings velocity=12 scale=fibonacci planning=manual")
        .unwrap();
    let settings = serde_json::to_string(bench.project.settings()).unwrap();
    assert_eq!(
        settings,
        concat!(
            r#"{"scale":"fibonacci","pointed":"features","iteration_weeks":2,"start_weekday":6,"started_on":20458,"#,
            r#""time_zone":"Europe/Berlin","velocity_window":4,"initial_velocity":12,"planning":"manual"}"#
        )
    );
}

#[test]
fn estimates_follow_another_scale_to_the_nearest_points_and_up_on_a_tie() {
    check(
        "backlog: a b c d | icebox: e",
        "
        edit a estimate=0 -> edited a estimate=0
        edit b estimate=2 -> edited b estimate=2
        edit c estimate=3 -> edited c estimate=3
        edit e estimate=none -> edited e estimate=none
        delete d -> deleted d
        settings scale=0/2/4 -> settings scale=0/2/4
        look a -> #1 feature unstarted 0pt \"a\" []
        look b -> #2 feature unstarted 2pt \"b\" []
        look c -> #3 feature unstarted 4pt \"c\" []
        look e -> #5 feature unscheduled unestimated \"e\" []
        restore d -> restored d
        look d -> #4 feature unstarted 2pt \"d\" []
        edit a estimate=3 -> rejected off-scale 3
        edit a estimate=4 -> edited a estimate=4
        settings scale=linear -> settings scale=linear
        look a -> #1 feature unstarted 3pt \"a\" []
        settings scale=fibonacci scale=0/100 -> settings scale=fibonacci scale=0/100
        look a -> #1 feature unstarted 0pt \"a\" []
        ",
    );
}

#[test]
fn bugs_and_chores_carry_points_where_the_project_says_so() {
    check(
        "backlog: bug:a chore:b release:c bug:d | icebox:",
        "
        edit a estimate=1 -> rejected not-estimable bug
        settings pointed=features-bugs-and-chores -> settings pointed=features-bugs-and-chores
        edit a estimate=1 -> edited a estimate=1
        edit b estimate=2 -> edited b estimate=2
        edit c estimate=1 -> rejected not-estimable release
        edit b type=bug -> edited b type=bug
        edit b type=release -> edited b type=release estimate=none
        start d -> transitioned d started owner+ada
        settings pointed=features -> settings pointed=features
        look a -> #1 bug unstarted 1pt \"a\" []
        edit a estimate=2 -> rejected not-estimable bug
        edit a type=chore -> edited a type=chore
        settings pointed=features-bugs-and-chores -> settings pointed=features-bugs-and-chores
        look a -> #1 chore unstarted 1pt \"a\" []
        ",
    );
}

#[test]
fn points_that_do_not_count_are_not_planned_with() {
    let mut bench = Bench::new("backlog: bug:a | icebox:");
    let points = |bench: &Bench| {
        let slot = bench.project.slot(id("a")).unwrap();
        bench.project.facts(slot).points
    };
    bench.say("settings pointed=features-bugs-and-chores").unwrap();
    bench.say("edit a estimate=3").unwrap();
    assert_eq!(points(&bench), Some(3));
    bench.say("settings pointed=features").unwrap();
    assert_eq!(points(&bench), None);
    bench
        .say("settings pointed=features-bugs-and-chores scale=0/5")
        .unwrap();
    assert_eq!(points(&bench), Some(5));
}

#[test]
fn iterations_are_set_apart_one_by_one() {
    check(
        "backlog: | icebox:",
        "
        settings length@5=2 strength@5=60 strength@6=0 -> settings length@5=2 strength@5=60 strength@6=0
        settings length@5=2 -> settings
        settings length@5=none strength@7=none -> settings length@5=none
        settings strength@5=none strength@6=100 -> settings strength@5=none strength@6=100
        settings length@0=1 -> rejected no-such-iteration 0
        settings weeks=2 strength@10001=1 -> rejected no-such-iteration 10001
        settings strength@10000=1 -> settings strength@10000=1
        ",
    );
    let mut bench = Bench::new("backlog: | icebox:");
    bench.say("settings length@5=2 strength@5=60 strength@6=0").unwrap();
    let settings = bench.project.settings();
    assert_eq!([4, 5, 6].map(|iteration| settings.weeks(iteration).get()), [1, 2, 1]);
    assert_eq!(
        [4, 5, 6].map(|iteration| settings.strength(iteration).get()),
        [100, 60, 0]
    );
    bench
        .say("settings length@5=none strength@5=none strength@6=none")
        .unwrap();
    assert!(bench.project.settings().overrides.is_empty());
}

#[test]
fn at_most_a_thousand_iterations_are_set_apart_and_a_hundred_edits_made() {
    let mut bench = Bench::new("backlog: | icebox:");
    let weak = |iteration| SettingEdit::Strength {
        iteration,
        strength: Some(Strength::new(50).unwrap()),
    };
    let edits: Vec<SettingEdit> = (1..=1_000).map(weak).collect();
    let too_many = Command::EditSettings {
        edits: edits[..101].to_vec(),
    };
    assert_eq!(bench.carry_out(&too_many), Err(Rejection::TooManyEdits));
    for edits in edits.chunks(100) {
        let edits = edits.to_vec();
        bench.carry_out(&Command::EditSettings { edits }).unwrap();
    }
    assert_eq!(bench.project.settings().overrides.len(), Settings::MAX_OVERRIDES);
    let what = Limit::Overrides;
    assert_eq!(
        bench.carry_out(&read_command("settings strength@1001=50")),
        Err(Rejection::TooMany { what })
    );
    assert!(bench.say("settings strength@7=none strength@1001=50").is_ok());
}

#[test]
fn what_is_put_by_hand_stands_above_what_is_not_started() {
    check(
        "backlog: a! b* c d e | icebox: f",
        "
        settings planning=manual -> settings planning=manual | backlog: a! b* c d e | icebox: f
        move e to backlog by-hand -> moved e to backlog at the top by hand | backlog: a! b* e c d | icebox: f
        move d to backlog after c by-hand -> moved d to backlog after c by hand | backlog: a! b* e d c | icebox: f
        move c to backlog -> moved c to backlog at the top | backlog: a! b* e d c | icebox: f
        move d to backlog not-by-hand -> moved d to backlog at the top not by hand | backlog: a! b* e d c | icebox: f
        edit c current=yes -> edited c current=yes | backlog: a! b* e c d | icebox: f
        start d -> transitioned d started owner+ada | backlog: a! b* d* e c | icebox: f
        create g bug backlog -> created g at the top | backlog: a! b* d* e c g | icebox: f
        edit e current=no -> edited e current=no | backlog: a! b* d* c e g | icebox: f
        ",
    );
}

#[test]
fn planning_by_hand_and_back() {
    check(
        "backlog: a b c | icebox:",
        "
        edit c current=yes -> edited c current=yes | backlog: a b c | icebox:
        settings planning=manual -> settings planning=manual | backlog: c a b | icebox:
        settings planning=automatic -> settings planning=automatic | backlog: c a b | icebox:
        move c to backlog after b -> moved c to backlog after b | backlog: a b c | icebox:
        settings planning=manual -> settings planning=manual | backlog: c a b | icebox:
        ",
    );
}

#[test]
fn nothing_in_the_icebox_stands_in_an_iteration() {
    check(
        "backlog: a b | icebox: c",
        "
        settings planning=manual -> settings planning=manual
        edit b current=yes -> edited b current=yes | backlog: b a | icebox: c
        move b to icebox -> moved b to icebox at the top | backlog: a | icebox: b c
        move b to backlog after a -> moved b to backlog after a | backlog: a b | icebox: c
        move c to icebox by-hand -> moved c to icebox at the top | backlog: a b | icebox: c
        edit c current=yes -> edited c
        move c to backlog after b by-hand -> moved c to backlog after b by hand | backlog: c a b | icebox:
        return c unstarted>unscheduled icebox by-hand -> returned c unscheduled at the top | backlog: a b | icebox: c
        return c unscheduled>unstarted backlog after b by-hand -> returned c unstarted after b by hand | backlog: c a b | icebox:
        ",
    );
}
