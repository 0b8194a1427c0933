//! Where the project's days begin: its zone, and what a browser says it means.

use super::*;
use backlog::{Command, Millis, SettingEdit, Zone, ZoneName};

fn auckland() -> ZoneName {
    ZoneName::new("Pacific/Auckland").expect("a name")
}

/// Thirteen hours before UTC.
fn thirteen() -> Zone {
    Zone::new([(Millis(0), 13 * 3_600)])
}

fn hours(desk: &mut Desk, hours: i64) {
    desk.now += hours * 3_600_000;
    desk.now(Msg::Ticked);
}

fn settle_in_auckland(desk: &mut Desk) {
    desk.others(Command::EditSettings {
        edits: vec![SettingEdit::TimeZone(auckland())],
    });
}

#[test]
fn days_are_those_of_the_project() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    let first = "Live \n Current: a | b | c \n Backlog: #2 | d \n Icebox:";
    let second = "Live \n Current: a | b | c \n Backlog: #3 | d \n Icebox:";
    settle_in_auckland(&mut desk);
    assert!(desk.effects.contains(&Effect::FindZone(auckland())));
    desk.now(Msg::ZoneFound(auckland(), thirteen()));
    // On Saturday at noon in UTC it is Sunday at one in Auckland, and ten hours before Monday it is still Sunday.
    check(&desk, first);
    hours(&mut desk, 22);
    check(&desk, first);
    hours(&mut desk, 1);
    check(&desk, second);
}

#[test]
fn what_a_zone_means_is_asked_once() {
    let mut desk = Desk::with(&["a"], &[]);
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::FindZone(_))));
    settle_in_auckland(&mut desk);
    desk.now(Msg::ZoneFound(auckland(), thirteen()));
    desk.effects.clear();
    desk.others(desk::start(1));
    hours(&mut desk, 1);
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::FindZone(_))));
}

#[test]
fn an_answer_about_a_zone_that_is_not_the_projects_changes_nothing() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    settle_in_auckland(&mut desk);
    desk.now(Msg::ZoneFound(ZoneName::new("Asia/Tokyo").expect("a name"), thirteen()));
    hours(&mut desk, 23);
    check(&desk, "Live \n Current: a | b | c \n Backlog: #2 | d \n Icebox:");
}
