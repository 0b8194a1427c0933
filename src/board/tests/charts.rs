//! When the charts' figures are asked for, and what is shown while they are not there.

use super::desk::retitle;
use super::*;
use crate::board::msg::ChartsMsg;
use crate::board::scene::charts::{Chart, ChartsScene};
use crate::board::sheet::{Sheet, SheetBody};
use backlog::Day;
use backlog::api::charts::{BurnUp, Charts};

fn figures(rev: u64, releases: &[u128]) -> Box<Charts> {
    let release = |n: &u128| BurnUp {
        story: story_id(*n),
        number: *n as u32,
        title: backlog::Title::new("Launch").expect("a title"),
        deadline: None,
        date: Day(7),
        early: Day(7),
        late: None,
        days: Vec::new(),
    };
    Box::new(Charts {
        rev,
        today: Day(0),
        iterations: Vec::new(),
        days: Vec::new(),
        releases: releases.iter().map(release).collect(),
        untimed: 0,
    })
}

fn asked(desk: &mut Desk) -> usize {
    let asked = desk.effects.iter().filter(|effect| **effect == Effect::FetchCharts);
    let count = asked.count();
    desk.effects.clear();
    count
}

fn scene(desk: &Desk) -> ChartsScene {
    match desk.board.scene().sheet.map(|sheet| sheet.body) {
        Some(SheetBody::Charts(charts)) => charts,
        other => panic!("no charts but {other:?}"),
    }
}

fn answered(desk: &mut Desk, answer: Result<Box<Charts>, Failure>) {
    desk.now(Msg::Charts(ChartsMsg::Answered(answer)));
}

#[test]
fn figures_are_asked_for_while_one_looks_at_them() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.effects.clear();
    desk.others(retitle(1, "b"));
    assert_eq!(asked(&mut desk), 0);
    desk.now(Msg::SheetToggled(Sheet::Charts));
    assert_eq!(asked(&mut desk), 1);
    // Not twice for the same figures.
    desk.now(Msg::Ticked);
    assert_eq!(asked(&mut desk), 0);
    answered(&mut desk, Ok(figures(2, &[])));
    desk.now += 60_000;
    desk.now(Msg::Ticked);
    assert_eq!(asked(&mut desk), 0);

    // What happens after them makes them old, but not more often than every five seconds.
    desk.others(retitle(1, "c"));
    assert_eq!(asked(&mut desk), 1);
    answered(&mut desk, Ok(figures(3, &[])));
    desk.others(retitle(1, "d"));
    assert_eq!(asked(&mut desk), 0);
    desk.now += 5_000;
    desk.now(Msg::Ticked);
    assert_eq!(asked(&mut desk), 1);

    answered(&mut desk, Ok(figures(4, &[])));
    desk.now(Msg::SheetToggled(Sheet::Charts));
    desk.now += 60_000;
    desk.others(retitle(1, "e"));
    assert_eq!(asked(&mut desk), 0);
}

#[test]
fn what_was_there_stays_while_the_server_does_not_answer() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Charts));
    answered(&mut desk, Err(Failure::Unreachable));
    let words = scene(&desk).trouble.expect("words");
    assert!(words.ends_with("This page keeps trying."), "{words}");
    desk.effects.clear();
    desk.now += 5_000;
    desk.now(Msg::Ticked);
    assert_eq!(asked(&mut desk), 1);
    answered(&mut desk, Ok(figures(1, &[])));
    assert_eq!(scene(&desk).trouble, None);

    desk.now += 5_000;
    desk.others(retitle(1, "b"));
    answered(&mut desk, Err(Failure::Broke));
    let charts = scene(&desk);
    let words = charts.trouble.expect("words");
    assert!(
        words.ends_with("What you see is from before; this page keeps trying."),
        "{words}"
    );
    assert_eq!(charts.figures.map(|figures| figures.rev), Some(1));
}

#[test]
fn the_chosen_release_is_drawn_as_long_as_it_is_there() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Charts));
    answered(&mut desk, Ok(figures(1, &[4, 5])));
    assert_eq!(scene(&desk).release, Some(story_id(4)));
    desk.now(Msg::Charts(ChartsMsg::ReleaseChosen(story_id(5))));
    assert_eq!(scene(&desk).release, Some(story_id(5)));
    answered(&mut desk, Ok(figures(2, &[4])));
    assert_eq!(scene(&desk).release, Some(story_id(4)));
}

#[test]
fn each_chart_is_a_picture_or_a_table() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Charts));
    desk.now(Msg::Charts(ChartsMsg::TableToggled(Chart::States)));
    desk.now(Msg::Charts(ChartsMsg::TableToggled(Chart::Velocity)));
    assert_eq!(scene(&desk).tables, [Chart::Velocity, Chart::States]);
    desk.now(Msg::Charts(ChartsMsg::TableToggled(Chart::States)));
    assert_eq!(scene(&desk).tables, [Chart::Velocity]);
}
