//! When releases will be complete (planning, F).

use super::{backlog, day, differing, planned, settings, velocity};
use crate::Settings;
use crate::plan::{Lateness, ReleaseDate};

/// The releases of a backlog, each as `2: 8 20-34` : place, date, early and late day; `?` where nobody can tell.
fn check(settings: &Settings, today: i32, stories: &str, expected: &[&str]) {
    let plan = planned(settings, today, &backlog(stories));
    let shown: Vec<String> = plan.releases.iter().map(show).collect();
    assert_eq!(shown, expected, "{stories:?} on day {today}");
    for release in &plan.releases {
        let iteration = plan.iteration_of(release.place).unwrap();
        assert_eq!((release.number, release.date), (iteration.number, iteration.last_day()));
    }
}

fn show(release: &ReleaseDate) -> String {
    let since = |on: crate::Day| on.0 - day(0).0;
    let late = release.late.map_or("?".to_owned(), |late| since(late).to_string());
    let (date, early) = (since(release.date), since(release.early));
    format!("{}: {date} {early}-{late}", release.place)
}

#[test]
fn it_is_complete_at_the_end_of_its_iteration() {
    check(&velocity(4), 0, "R 4 R 4 R", &["0: 6 6-6", "2: 6 6-6", "4: 13 13-13"]);
    check(&velocity(4), 0, "9 - R 3", &["2: 20 20-20"]);
    check(&velocity(4), 0, "4 4", &[]);
}

#[test]
fn an_accepted_release_is_no_prophecy() {
    check(&velocity(4), 8, "4!0 R!1 R!8 2 R", &["4: 13 13-13"]);
}

#[test]
fn volatility_gives_an_early_and_a_late_bound() {
    // 5 and 11 make a velocity of 8 that differs by 38 %: 11.04 or 4.96 points a week. On day 14 Current is 14-21.
    // 40 points: 5 weeks at 8; 4 at 11.04 (44.16); 9 at 4.96 (44.64; 8 bring 39.68).
    let half = format!("5!0 11!7 {}R", "8 ".repeat(5));
    let last_two = Settings {
        velocity_window: super::window(2),
        ..settings()
    };
    check(&last_two, 14, &half, &["7: 48 41-76"]);
    // Two releases, the second with nothing more above it.
    check(&last_two, 14, "5!0 11!7 8 8 R R", &["4: 27 27-41", "5: 27 27-41"]);
}

#[test]
fn bounds_see_the_same_overrides() {
    let last_two = Settings {
        velocity_window: super::window(2),
        ..settings()
    };
    // Nobody is there in iteration 4, the one after Current: a week more for the date and for the late bound.
    check(
        &differing(last_two, &[(4, None, Some(0))]),
        14,
        "5!0 11!7 8 8 R",
        &["4: 34 34-48"],
    );
}

#[test]
fn it_is_never_earlier_than_current() {
    let last_two = Settings {
        velocity_window: super::window(2),
        ..settings()
    };
    check(&last_two, 14, "5!0 11!7 R 3 R", &["2: 20 20-20", "4: 20 20-20"]);
    check(&last_two, 14, "5!0 11!7 9 R", &["3: 27 20-27"]);
    check(&last_two, 14, "5!0 11!7 6 R", &["3: 20 20-27"]);
}

#[test]
fn there_is_no_late_bound_where_it_may_as_well_never_be() {
    check(
        &settings(),
        21,
        "9!0 R 3 R 9 R",
        &["1: 27 27-?", "3: 27 27-?", "5: 48 34-?"],
    );
    let last_two = Settings {
        velocity_window: super::window(2),
        ..settings()
    };
    check(&last_two, 14, "9!0 R", &["1: 20 20-?"]);
}

#[test]
fn against_its_deadline() {
    let sure = ReleaseDate {
        place: 0,
        number: 3,
        date: day(20),
        early: day(13),
        late: Some(day(34)),
    };
    let lateness = [12, 19, 20, 33, 34, 90].map(|deadline| sure.lateness(day(deadline)));
    use Lateness::{AtRisk, InTime, Late};
    assert_eq!(lateness, [Late, Late, AtRisk, AtRisk, InTime, InTime]);
    let unsure = ReleaseDate { late: None, ..sure };
    let lateness = [19, 20, 9_000].map(|deadline| unsure.lateness(day(deadline)));
    assert_eq!(lateness, [Late, AtRisk, AtRisk]);
}
