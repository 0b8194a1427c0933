//! The sheet of the project's settings.

use super::super::msg::{Setting, SettingsMsg};
use super::super::scene::settings::{SettingsScene, TypedSetting};
use super::super::sheet::{Sheet, SheetBody};
use super::desk::{name, person};
use super::*;
use backlog::settings::{Velocity, Weekday, Weeks};
use backlog::{Command, Planning, PointScale, SettingEdit, ZoneName};

fn opened(stories: &[&str]) -> Desk {
    let mut desk = Desk::with(stories, &[]);
    desk.now(Msg::SheetToggled(Sheet::Settings));
    desk
}

fn scene(desk: &Desk) -> SettingsScene {
    match desk.board.scene().sheet.map(|sheet| sheet.body) {
        Some(SheetBody::Settings(scene)) => *scene,
        other => panic!("the sheet is {other:?}"),
    }
}

fn say(desk: &mut Desk, msg: SettingsMsg) {
    desk.now(Msg::Settings(msg));
}

fn type_in(desk: &mut Desk, setting: Setting, text: &str) {
    say(desk, SettingsMsg::Typed(setting, text.to_owned()));
}

fn edit(edit: SettingEdit) -> Command {
    Command::EditSettings { edits: vec![edit] }
}

fn as_it_is(text: &str) -> TypedSetting {
    TypedSetting {
        text: text.to_owned(),
        ..TypedSetting::default()
    }
}

#[test]
fn the_sheet_tells_how_the_project_plans() {
    let desk = opened(&[]);
    let scene = scene(&desk);
    assert_eq!(scene.name, as_it_is("Shop"));
    assert_eq!(scene.scale, as_it_is("0, 1, 2, 3"));
    assert_eq!(scene.started_on, as_it_is("2026-11-21"));
    assert_eq!(scene.time_zone, as_it_is("UTC"));
    assert_eq!(scene.initial_velocity, as_it_is("10"));
    assert_eq!((scene.weeks, scene.weekday, scene.window), (1, 0, 3));
    assert!(desk.effects.contains(&Effect::ListZones));
    assert!(desk.effects.contains(&Effect::Focus(Target::Sheet)));
}

#[test]
fn a_setting_is_saved_for_itself_told_and_taken_back() {
    let mut desk = opened(&["a", "b", "c"]);
    type_in(&mut desk, Setting::InitialVelocity, "3");
    assert!(scene(&desk).initial_velocity.unsaved);
    check(&desk, "Live \n Current: a | b | c \n Backlog: \n Icebox:");
    say(&mut desk, SettingsMsg::Saved(Setting::InitialVelocity));
    assert_eq!(scene(&desk).initial_velocity, as_it_is("3"));
    assert_eq!(desk.toast(), "Set the initial velocity to 3");
    check(
        &desk,
        "Live, saving 1 \n Current: a \n Backlog: #2 | b | #3 | c \n Icebox:",
    );
    desk.click_undo();
    assert_eq!(scene(&desk).initial_velocity, as_it_is("10"));
    check(&desk, "Live, saving 2 \n Current: a | b | c \n Backlog: \n Icebox:");
}

#[test]
fn a_choice_applies_at_once() {
    let table = [
        (
            SettingEdit::IterationWeeks(Weeks::new(2).unwrap()),
            "Set the iteration length to 2 weeks",
        ),
        (
            SettingEdit::StartWeekday(Weekday::new(3).unwrap()),
            "Set the first day of iterations to Thursday",
        ),
        (SettingEdit::Planning(Planning::Manual), "Set planning to manual"),
    ];
    let mut desk = opened(&["a"]);
    for (chosen, toast) in table {
        say(&mut desk, SettingsMsg::Chosen(chosen));
        assert_eq!(desk.toast(), toast);
    }
    let scene = scene(&desk);
    assert_eq!((scene.weeks, scene.weekday, scene.planning), (2, 3, Planning::Manual));
}

#[test]
fn a_scale_says_before_it_is_saved_what_becomes_of_the_estimates() {
    let mut desk = opened(&["a", "b", "c", "d"]);
    let table = [
        ("0, 1, 2, 4, 8", Some("4 stories change: 3 → 4.")),
        ("8 5 3 1", Some("No estimate changes.")),
        ("0, 100", Some("4 stories change: 3 → 0.")),
        ("1, x", None),
    ];
    for (typed, effect) in table {
        type_in(&mut desk, Setting::Scale, typed);
        assert_eq!(scene(&desk).scale.effect.as_deref(), effect, "{typed}");
    }
    type_in(&mut desk, Setting::Scale, "8,4,2,1,0");
    say(&mut desk, SettingsMsg::Saved(Setting::Scale));
    assert_eq!(scene(&desk).scale, as_it_is("0, 1, 2, 4, 8"));
    assert_eq!(desk.toast(), "Set the point scale to 0, 1, 2, 4, 8");
    check(
        &desk,
        "Live, saving 1 \n Current: a | b \n Backlog: #2 | c | d \n Icebox:",
    );
    desk.click_undo();
    check(
        &desk,
        "Live, saving 3 \n Current: a | b | c \n Backlog: #2 | d \n Icebox:",
    );
}

#[test]
fn bad_input_is_explained_and_stays_in_its_field() {
    let table = [
        (Setting::Name, "  ", "Name is empty."),
        (
            Setting::Scale,
            "few, some",
            "Points are whole numbers from 0 to 1,000, separated by commas.",
        ),
        (
            Setting::Scale,
            "1, 1",
            "Scale has 2 to 20 different points, rising, at most 1,000.",
        ),
        (
            Setting::StartedOn,
            "2026-02-30",
            "Date does not exist; it is written as 2027-02-28.",
        ),
        (
            Setting::TimeZone,
            "Berlin",
            "No time zone is called “Berlin”. Choose one of the list, like Europe/Berlin.",
        ),
        (
            Setting::InitialVelocity,
            "0",
            "A velocity is a whole number between 1 and 10,000.",
        ),
    ];
    let mut desk = opened(&["a"]);
    say(&mut desk, SettingsMsg::ZonesListed(vec!["Europe/Berlin".to_owned()]));
    for (setting, text, sentence) in table {
        type_in(&mut desk, setting, text);
        say(&mut desk, SettingsMsg::Saved(setting));
        let shown = match setting {
            Setting::Name => scene(&desk).name,
            Setting::Scale => scene(&desk).scale,
            Setting::StartedOn => scene(&desk).started_on,
            Setting::TimeZone => scene(&desk).time_zone,
            Setting::InitialVelocity => scene(&desk).initial_velocity,
        };
        assert_eq!((shown.text.as_str(), shown.problem.as_deref()), (text, Some(sentence)));
    }
    assert!(desk.shelf.own.is_empty());
}

#[test]
fn a_zone_is_known_in_any_letters_and_the_page_asks_what_it_means() {
    let mut desk = opened(&["a"]);
    say(&mut desk, SettingsMsg::ZonesListed(vec!["Asia/Tokyo".to_owned()]));
    type_in(&mut desk, Setting::TimeZone, "asia/tokyo");
    say(&mut desk, SettingsMsg::Saved(Setting::TimeZone));
    let tokyo = ZoneName::new("Asia/Tokyo").unwrap();
    assert!(desk.effects.contains(&Effect::FindZone(tokyo)));
    assert_eq!(scene(&desk).time_zone, as_it_is("Asia/Tokyo"));
}

#[test]
fn what_one_types_stays_when_another_sets_the_same() {
    let mut desk = opened(&["a"]);
    type_in(&mut desk, Setting::InitialVelocity, "12");
    type_in(&mut desk, Setting::Name, "Rocket shop");
    desk.others(edit(SettingEdit::InitialVelocity(Velocity::new(7).unwrap())));
    let typed = scene(&desk).initial_velocity;
    assert_eq!((typed.text.as_str(), typed.unsaved), ("12", true));
    assert_eq!(
        typed.note.as_deref(),
        Some("Bob set it to 7 meanwhile. What you typed is still here.")
    );
    // Of another setting nothing is said.
    assert_eq!(scene(&desk).name.note, None);
    // The sheet may be closed meanwhile.
    desk.now(Msg::SheetToggled(Sheet::Settings));
    desk.now(Msg::SheetToggled(Sheet::Settings));
    assert_eq!(scene(&desk).initial_velocity.text, "12");
    say(&mut desk, SettingsMsg::Dropped(Setting::InitialVelocity));
    assert_eq!(scene(&desk).initial_velocity, as_it_is("7"));
}

#[test]
fn a_new_scale_of_another_leaves_an_open_story_its_text() {
    let mut desk = opened(&["a"]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("half a title".to_owned()));
    desk.now(Msg::EstimateChosen(Some(backlog::Estimate(2))));
    desk.others(edit(SettingEdit::Scale(PointScale::Fibonacci)));
    let form = match desk.board.scene().body {
        Body::Columns(columns) => columns[0].rows.iter().find_map(|row| match row {
            Row::Form(form) => Some(form.clone()),
            Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Card(_) => None,
        }),
        Body::Loading | Body::Unavailable | Body::NoProject | Body::Removed(_) => None,
    };
    let form = form.expect("the form is open");
    assert_eq!(
        (form.title.as_str(), &*form.scale),
        ("half a title", &[0, 1, 2, 3, 5, 8][..])
    );
    assert_eq!(form.estimate, Some(backlog::Estimate(2)));
    assert_eq!(person("Bob").name, name("Bob"));
}

#[test]
fn iterations_that_differ_are_listed_and_made_usual_again() {
    let mut desk = opened(&["a"]);
    let weeks = Some(Weeks::new(2).unwrap());
    desk.others(edit(SettingEdit::Length { iteration: 2, weeks }));
    let listed = |desk: &Desk| {
        scene(desk)
            .overrides
            .iter()
            .map(|line| (line.number, line.weeks))
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(&desk), [(2, Some(2))]);
    say(&mut desk, SettingsMsg::OverrideReset(2));
    assert_eq!(listed(&desk), []);
    assert_eq!(desk.toast(), "Set iteration 2 to the usual length and strength");
}
