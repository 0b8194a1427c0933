//! Time zones as the server knows them; tests/browser/zones.rs holds the browser to the same table.

use super::zone;
use backlog::{Day, Millis, Zone, ZoneName};
use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;
use serde::Deserialize;
use std::collections::BTreeMap;

const GOLDEN: &str = include_str!("../../../../tests/golden/zones.json");

fn named(name: &str) -> Zone {
    zone(&ZoneName::new(name).unwrap())
}

fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().unwrap().as_millisecond())
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::of_date(year, month, day).unwrap()
}

/// A zone as the file has it: the offset before the first change of clocks, then the changes, by minutes since 1970.
#[derive(Deserialize)]
struct Golden {
    before: i32,
    changes: Vec<(i64, i32)>,
}

#[test]
fn zones_are_those_that_every_browser_has() {
    let golden: BTreeMap<String, Golden> = serde_json::from_str(GOLDEN).unwrap();
    assert_eq!(golden.len(), 10);
    for (name, Golden { before, changes }) in golden {
        let changes = changes
            .into_iter()
            .map(|(minute, offset)| (Millis(minute * 60_000), offset));
        let before = (before != 0).then_some((Millis(i64::MIN), before));
        let expected = before.into_iter().chain(changes);
        assert_eq!(named(&name), Zone::new(expected), "{name}");
    }
}

#[test]
fn midnights() {
    let berlin = named("Europe/Berlin");
    assert_eq!(berlin.start(day(2026, 3, 29)), at("2026-03-28T23:00:00Z"));
    assert_eq!(berlin.start(day(2026, 3, 30)), at("2026-03-29T22:00:00Z"));
    assert_eq!(berlin.start(day(2026, 10, 26)), at("2026-10-25T23:00:00Z"));
    assert_eq!(
        named("America/New_York").start(day(2026, 7, 4)),
        at("2026-07-04T04:00:00Z")
    );
    assert_eq!(named("Asia/Kolkata").start(day(2026, 1, 1)), at("2025-12-31T18:30:00Z"));
    assert_eq!(
        named("Australia/Lord_Howe").start(day(2026, 1, 1)),
        at("2025-12-31T13:00:00Z")
    );
    assert_eq!(
        named("Australia/Lord_Howe").start(day(2026, 7, 1)),
        at("2026-06-30T13:30:00Z")
    );
    // Brazil left out the hour after midnight when it put its clocks forward.
    assert_eq!(
        named("America/Sao_Paulo").start(day(2017, 10, 15)),
        at("2017-10-15T03:00:00Z")
    );
    // Newfoundland put its clocks back from a minute past midnight: the day begins when it begins first.
    assert_eq!(
        named("America/St_Johns").start(day(2010, 11, 7)),
        at("2010-11-07T02:30:00Z")
    );
}

#[test]
fn before_and_after_the_table() {
    let berlin = named("Europe/Berlin");
    assert_eq!(berlin.start(day(1995, 7, 1)), at("1995-06-30T23:00:00Z"));
    assert_eq!(berlin.start(day(2090, 7, 1)), at("2090-06-30T23:00:00Z"));
    assert_eq!(berlin.day(at("1901-01-01T22:59:59Z")), day(1901, 1, 1));
}

#[test]
fn names_that_nobody_knows_are_utc() {
    assert_eq!(named("UTC"), Zone::utc());
    assert_eq!(named("Middle/Earth"), Zone::utc());
    assert_eq!(named("Etc/Unknown"), Zone::utc());
    assert_eq!(named("/etc/localtime"), Zone::utc());
}

/// The database of every year and every zone says what `Zone::asking` takes for granted: that its strides and minutes miss nothing.
#[test]
fn the_table_has_every_change_of_clocks() {
    let database = TimeZoneDatabase::bundled();
    let from = Timestamp::from_millisecond(Zone::FROM.0).unwrap();
    let names: Vec<String> = database.available().map(|name| name.as_str().to_owned()).collect();
    assert!(names.len() > 400, "{}", names.len());
    for name in names {
        let zone = database.get(&name).unwrap();
        let mut last = zone.to_offset(from).seconds();
        let mut expected = Vec::from_iter((last != 0).then_some((Millis(i64::MIN), last)));
        for change in zone.following(from) {
            let (at, offset) = (Millis(change.timestamp().as_millisecond()), change.offset().seconds());
            if at > Zone::UNTIL {
                break;
            }
            if offset != last {
                expected.push((at, offset));
                last = offset;
            }
        }
        assert_eq!(named(&name).offsets(), expected, "{name}");
    }
}
