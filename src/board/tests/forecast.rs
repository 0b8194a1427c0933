//! The forecast: what is expected when, as the plan has it.

use super::super::scene::forecast::ForecastScene;
use super::super::sheet::SheetBody;
use super::desk::create;
use super::*;
use backlog::command::NewStory;
use backlog::plan::Lateness;
use backlog::{Day, Description, Panel, StoryType, Title};

fn forecast(desk: &Desk) -> ForecastScene {
    match desk.board.scene().sheet.expect("a sheet").body {
        SheetBody::Forecast(scene) => *scene,
        other => panic!("{other:?}"),
    }
}

fn release(n: u128, title: &str) -> Command {
    Command::CreateStory(NewStory {
        id: story_id(n),
        title: Title::new(title).expect("a title"),
        story_type: StoryType::Release,
        panel: Panel::Backlog,
        after: Some(story_id(4)),
        estimate: None,
        description: Description::default(),
        labels: Default::default(),
    })
}

fn day(month: u32, day: u32) -> Day {
    Day::of_date(2026, month, day).expect("a day")
}

/// Ten points an iteration; four stories of three points each, then a release, then a story.
fn desk() -> Desk {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &["idea"]);
    desk.others(release(9, "Beta"));
    desk.others(Command::EditStory {
        id: story_id(9),
        edits: vec![Edit::Deadline(Some(day(11, 25)))],
    });
    desk.now(Msg::SheetNamed(Sheet::Forecast));
    desk
}

#[test]
fn releases_and_coming_iterations_are_told() {
    let desk = desk();
    let scene = forecast(&desk);
    assert_eq!((scene.project.as_str(), scene.today), ("Shop", day(11, 21)));
    let releases: Vec<_> = scene
        .releases
        .iter()
        .map(|line| {
            (
                line.title.as_str(),
                line.due.expected,
                line.due.deadline,
                line.due.lateness,
            )
        })
        .collect();
    let late = Some(Lateness::Late);
    assert_eq!(releases, [("Beta", Some(day(11, 29)), Some(day(11, 25)), late)]);
    let iterations: Vec<_> = scene
        .iterations
        .iter()
        .map(|coming| {
            let titles: Vec<&str> = coming.stories.iter().map(|story| story.line.title.as_str()).collect();
            (coming.number, coming.last, coming.points, titles.join(" "))
        })
        .collect();
    assert_eq!(
        iterations,
        [
            (1, day(11, 22), 9, "a b c".to_owned()),
            (2, day(11, 29), 3, "d Beta".to_owned()),
        ]
    );
    assert_eq!((scene.pace.points, scene.pace.what_if, scene.later), (10, None, None));
}

#[test]
fn what_is_far_away_is_told_in_one_line() {
    let mut desk = Desk::fresh();
    for n in (1..=45).rev() {
        desk.others_do(create(n, &format!("s{n}"), Panel::Backlog));
    }
    desk.open();
    desk.now(Msg::KeyPressed(Key::Sheet(Sheet::Forecast)));
    let scene = forecast(&desk);
    assert_eq!(scene.iterations.len(), 12);
    let later = scene.later.expect("there is more");
    // 135 points, ten an iteration: 14 iterations from the one that begins on November 16, of which twelve hold 40 stories.
    assert_eq!(
        (later.stories, later.until),
        (5, Day::of_date(2027, 2, 21).expect("a day"))
    );
}

#[test]
fn the_address_opens_it_and_does_not_close_it() {
    let mut desk = desk();
    desk.now(Msg::SheetNamed(Sheet::Forecast));
    assert_eq!(desk.board.scene().sheet.map(|sheet| sheet.title), Some("Forecast"));
}
