//! Settings: what each value can be, what counts for which iteration, what an edit makes of them.

use super::{Override, Pointed, SettingEdit, Settings, Strength, Velocity, Weekday, Weeks, Window, ZoneName};
use crate::{Day, Problem, StoryType};

#[test]
fn each_number_has_its_bounds() {
    assert!([1, 4].iter().all(|weeks| Weeks::new(*weeks).is_ok()));
    assert!([0, 6].iter().all(|days| Weekday::new(*days).is_ok()));
    assert!([1, 4].iter().all(|iterations| Window::new(*iterations).is_ok()));
    assert!([1, 10_000].iter().all(|points| Velocity::new(*points).is_ok()));
    assert!([0, 200].iter().all(|percent| Strength::new(*percent).is_ok()));
    let said = [
        Weeks::new(0).unwrap_err(),
        Weeks::new(5).unwrap_err(),
        Weekday::new(7).unwrap_err(),
        Window::new(0).unwrap_err(),
        Window::new(5).unwrap_err(),
        Velocity::new(0).unwrap_err(),
        Velocity::new(10_001).unwrap_err(),
        Strength::new(201).unwrap_err(),
    ];
    let sentences = [
        "iteration length is between 1 and 4, not 0",
        "iteration length is between 1 and 4, not 5",
        "first weekday is between 0 and 6, not 7",
        "number of iterations is between 1 and 4, not 0",
        "number of iterations is between 1 and 4, not 5",
        "velocity is between 1 and 10000, not 0",
        "velocity is between 1 and 10000, not 10001",
        "team strength is between 0 and 200, not 201",
    ];
    assert_eq!(said.map(|problem| problem.to_string()), sentences);
}

#[test]
fn a_new_project_plans_as_most_do() {
    let settings = Settings::new(Day(20_000));
    let numbers = [
        settings.iteration_weeks.get(),
        settings.start_weekday.get(),
        settings.velocity_window.get(),
        settings.initial_velocity.get(),
        settings.strength(1).get(),
    ];
    assert_eq!(numbers, [1, 0, 3, 10, 100]);
    assert_eq!((settings.started_on, settings.time_zone.as_str()), (Day(20_000), "UTC"));
}

#[test]
fn the_name_of_a_zone() {
    let longest = "a".repeat(64);
    for name in [
        "UTC",
        "Europe/Berlin",
        "America/Argentina/ComodRivadavia",
        "Etc/GMT+5",
        &longest,
    ] {
        assert_eq!(ZoneName::new(name).map(String::from), Ok(name.to_owned()));
    }
    let field = "time zone";
    assert_eq!(ZoneName::new(""), Err(Problem::Empty { field }));
    for (name, character) in [
        ("Europe Berlin", ' '),
        ("../etc", '.'),
        ("Zürich", 'ü'),
        ("UTC\n", '\n'),
    ] {
        assert_eq!(
            ZoneName::new(name),
            Err(Problem::Forbidden { field, character }),
            "{name:?}"
        );
    }
    let (max, got) = (64, 65);
    assert_eq!(
        ZoneName::new(&"a".repeat(65)),
        Err(Problem::TooLong { field, max, got })
    );
}

#[test]
fn which_stories_carry_points() {
    let mut settings = Settings::new(Day(0));
    let carry = |settings: &Settings| StoryType::ALL.map(|story_type| settings.carries_points(story_type));
    assert_eq!(carry(&settings), [true, false, false, false]);
    settings.take(SettingEdit::Pointed(Pointed::FeaturesBugsAndChores));
    assert_eq!(carry(&settings), [true, true, true, false]);
}

#[test]
fn an_iteration_that_differs_in_nothing_is_not_set_apart() {
    let mut settings = Settings::new(Day(0));
    let length = |iteration, weeks: Option<u16>| SettingEdit::Length {
        iteration,
        weeks: weeks.map(|weeks| Weeks::new(weeks).unwrap()),
    };
    let strength = |iteration, percent: Option<u16>| SettingEdit::Strength {
        iteration,
        strength: percent.map(|percent| Strength::new(percent).unwrap()),
    };
    for edit in [
        length(5, Some(2)),
        strength(5, Some(60)),
        length(7, None),
        strength(8, Some(100)),
    ] {
        settings.take(edit);
    }
    assert_eq!([5, 6, 7].map(|iteration| settings.weeks(iteration).get()), [2, 1, 1]);
    assert_eq!([5, 6].map(|iteration| settings.strength(iteration).get()), [60, 100]);
    assert_eq!(settings.overrides.keys().copied().collect::<Vec<_>>(), [5, 8]);
    settings.take(length(5, None));
    assert_eq!(
        settings.overrides[&5],
        Override {
            weeks: None,
            strength: Some(Strength::new(60).unwrap())
        }
    );
    settings.take(strength(5, None));
    // Said to be as usual is not the same as not said: the usual may change.
    assert_eq!(settings.overrides.keys().copied().collect::<Vec<_>>(), [8]);
    settings.take(SettingEdit::IterationWeeks(Weeks::new(3).unwrap()));
    assert_eq!(settings.weeks(5).get(), 3);
}
