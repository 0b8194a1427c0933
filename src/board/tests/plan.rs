//! The plan on the page: lines of iterations, empty ones, dates of releases, and a velocity that is tried out.

use super::super::msg::PlanningMsg;
use super::super::scene::plan::{Due, IterationForm, IterationLine};
use super::desk::{create, start};
use super::*;
use backlog::command::NewStory;
use backlog::plan::Lateness;
use backlog::settings::Strength;
use backlog::{Command, Day, Description, Edit, Panel, Planning, SettingEdit, StoryType, Title, Transition};

fn say(desk: &mut Desk, msg: PlanningMsg) {
    desk.now(Msg::Planning(msg));
}

fn columns(desk: &Desk) -> Vec<super::super::scene::ColumnScene> {
    match desk.board.scene().body {
        Body::Columns(columns) => columns.to_vec(),
        Body::Loading | Body::Unavailable | Body::NoProject | Body::Removed(_) => panic!("there are columns"),
    }
}

fn lines(desk: &Desk) -> Vec<IterationLine> {
    let rows = columns(desk).into_iter().flat_map(|column| {
        let line = |row: &Row| match row {
            Row::Iteration(line) => Some(line.clone()),
            Row::Gap { .. } | Row::EmptyIterations(_) | Row::Card(_) | Row::Form(_) => None,
        };
        let rows: Vec<IterationLine> = column.rows.iter().filter_map(line).collect();
        column.line.into_iter().chain(rows)
    });
    rows.collect()
}

fn form(desk: &Desk) -> Option<IterationForm> {
    columns(desk).into_iter().find_map(|column| column.iteration)
}

fn due(desk: &Desk, n: u128) -> Option<Due> {
    let of = |row: &Row| match row {
        Row::Card(card) if card.story.id == story_id(n) => card.due,
        Row::Card(_) | Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Form(_) => None,
    };
    columns(desk).iter().find_map(|column| column.rows.iter().find_map(of))
}

fn day(month: u32, day: u32) -> Day {
    Day::of_date(2026, month, day).expect("a day")
}

fn strength(iteration: u32, percent: u16) -> Command {
    let strength = Some(Strength::new(percent).expect("a strength"));
    Command::EditSettings {
        edits: vec![SettingEdit::Strength { iteration, strength }],
    }
}

fn with_deadline(n: u128, deadline: Day) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::Deadline(Some(deadline))],
    }
}

/// Nothing that was done here is on its way to the server.
fn is_untold(desk: &Desk) -> bool {
    desk.shelf.own.is_empty() && desk.requests.iter().all(|request| request.commands.is_empty())
}

#[test]
fn current_and_the_backlog_tell_points_against_capacity() {
    let desk = Desk::with(&["a", "b", "c", "d"], &[]);
    let told: Vec<_> = lines(&desk)
        .iter()
        .map(|line| (line.number, line.start, line.last, line.points, line.capacity))
        .collect();
    assert_eq!(
        told,
        [
            (1, day(11, 16), day(11, 22), 9, Some(10)),
            (2, day(11, 23), day(11, 29), 3, Some(10)),
        ]
    );
}

#[test]
fn iterations_without_a_story_are_one_quiet_line() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    desk.others(strength(2, 0));
    desk.others(strength(3, 0));
    check(
        &desk,
        "Live \n Current: a | b | c \n Backlog: #2-3 empty | #4 | d \n Icebox:",
    );
}

#[test]
fn an_iteration_s_strength_is_set_from_its_line_and_taken_back() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    say(&mut desk, PlanningMsg::IterationClicked(1));
    assert!(desk.effects.contains(&Effect::Focus(Target::Strength)));
    assert_eq!(
        form(&desk).map(|form| (form.strength, form.at)),
        Some(("100".to_owned(), None))
    );
    say(&mut desk, PlanningMsg::StrengthTyped("60 %".to_owned()));
    say(&mut desk, PlanningMsg::IterationSaved);
    assert_eq!(desk.toast(), "Set the team strength of iteration 1 to 60 %");
    assert!(desk.effects.contains(&Effect::Focus(Target::Iteration(1))));
    check(
        &desk,
        "Live, saving 1 \n Current: a | b \n Backlog: #2 | c | d \n Icebox:",
    );
    let first = &lines(&desk)[0];
    assert_eq!((first.capacity, first.strength, first.weeks), (Some(6), Some(60), None));
    desk.click_undo();
    check(
        &desk,
        "Live, saving 2 \n Current: a | b | c \n Backlog: #2 | d \n Icebox:",
    );
}

#[test]
fn an_iteration_s_length_shifts_those_after_it_and_is_made_usual_again() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    say(&mut desk, PlanningMsg::IterationClicked(2));
    assert_eq!(form(&desk).and_then(|form| form.at), Some(FIRST_ROW_HEIGHT));
    say(&mut desk, PlanningMsg::WeeksChosen(Some(3)));
    say(&mut desk, PlanningMsg::IterationSaved);
    assert_eq!(desk.toast(), "Set iteration 2 to 3 weeks");
    let second = &lines(&desk)[1];
    assert_eq!(
        (second.last, second.weeks, second.capacity),
        (day(12, 13), Some(3), Some(30))
    );
    say(&mut desk, PlanningMsg::IterationClicked(2));
    assert_eq!(form(&desk).map(|form| form.differs), Some(true));
    say(&mut desk, PlanningMsg::IterationReset);
    assert_eq!(desk.toast(), "Set iteration 2 to the usual length and strength");
    assert_eq!(lines(&desk)[1].last, day(11, 29));
}

#[test]
fn what_is_no_strength_is_said_and_changes_nothing() {
    let mut desk = Desk::with(&["a"], &[]);
    for text in ["", "much", "201", "-5", "70.5"] {
        say(&mut desk, PlanningMsg::IterationClicked(1));
        say(&mut desk, PlanningMsg::StrengthTyped(text.to_owned()));
        say(&mut desk, PlanningMsg::IterationSaved);
        let problem = form(&desk).and_then(|form| form.problem);
        let sentence = "Team strength is a whole number of per cent between 0 and 200.";
        assert_eq!(problem.as_deref(), Some(sentence), "{text}");
        desk.now(Msg::KeyPressed(Key::Escape));
        assert_eq!(form(&desk), None);
    }
    assert!(is_untold(&desk));
}

#[test]
fn who_changes_an_iteration_is_told_what_another_made_of_it() {
    let mut desk = Desk::with(&["a"], &[]);
    say(&mut desk, PlanningMsg::IterationClicked(1));
    say(&mut desk, PlanningMsg::StrengthTyped("8".to_owned()));
    desk.others(strength(1, 50));
    let form = form(&desk).expect("a form");
    assert_eq!(form.strength, "8");
    assert_eq!(form.note.as_deref(), Some("Changed meanwhile: 1 week, 50 %."));
}

#[test]
fn another_velocity_is_tried_out_on_this_page_alone() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    say(&mut desk, PlanningMsg::VelocityClicked);
    say(&mut desk, PlanningMsg::WhatIfTyped("3".to_owned()));
    let planned = "Current: a \n Backlog: #2 | b | #3 | c | #4 | d \n Icebox:";
    check(&desk, &format!("Live \n {planned}"));
    let velocity = desk.board.scene().header.velocity.expect("a velocity");
    assert_eq!((velocity.points, velocity.what_if), (10, Some(3)));
    // Others' changes leave it as it is.
    desk.others(create(9, "e", Panel::Icebox));
    check(&desk, &format!("Live \n {planned} e"));
    desk.now(Msg::KeyPressed(Key::Escape));
    check(&desk, "Live \n Current: a | b | c \n Backlog: #2 | d \n Icebox: e");
    assert!(is_untold(&desk));
}

#[test]
fn one_click_goes_back_to_the_velocity_that_was_measured() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    say(&mut desk, PlanningMsg::WhatIfTyped("100".to_owned()));
    check(&desk, "Live \n Current: a | b | c | d \n Backlog: \n Icebox:");
    say(&mut desk, PlanningMsg::WhatIfReverted);
    check(&desk, "Live \n Current: a | b | c \n Backlog: #2 | d \n Icebox:");
}

#[test]
fn what_is_no_velocity_is_said_and_the_plan_stays() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    say(&mut desk, PlanningMsg::VelocityClicked);
    say(&mut desk, PlanningMsg::WhatIfTyped("3".to_owned()));
    for text in ["0", "fast", "10001", "3.5"] {
        say(&mut desk, PlanningMsg::WhatIfTyped(text.to_owned()));
        let velocity = desk.board.scene().header.velocity.expect("a velocity");
        let problem = velocity.form.and_then(|form| form.problem);
        let sentence = "A velocity is a whole number between 1 and 10,000.";
        assert_eq!(
            (problem.as_deref(), velocity.what_if),
            (Some(sentence), Some(3)),
            "{text}"
        );
    }
}

#[test]
fn the_velocity_tells_which_iterations_it_comes_from() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    for transition in [Transition::Finish, Transition::Deliver, Transition::Accept] {
        desk.now(Msg::TransitionClicked(story_id(1), transition));
    }
    // Two weeks later.
    desk.now += 14 * 24 * 3_600_000;
    desk.now(Msg::Ticked);
    say(&mut desk, PlanningMsg::VelocityClicked);
    let velocity = desk.board.scene().header.velocity.expect("a velocity");
    assert_eq!((velocity.points, velocity.volatility), (1, 100));
    let form = velocity.form.expect("its origin");
    let window: Vec<_> = form
        .window
        .iter()
        .map(|sample| (sample.number, sample.points))
        .collect();
    assert_eq!((form.is_initial, window), (false, vec![(2, 0), (1, 3)]));
    // What is done stands in Done, and the iteration in which nothing was.
    desk.now(Msg::PanelToggled(Column::Done));
    let seen = desk.seen();
    assert!(seen.contains("Done: #1 | a accepted | #2-2 empty"), "{seen}");
}

#[test]
fn a_release_tells_its_date_and_whether_it_is_late() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    desk.others(Command::CreateStory(NewStory {
        id: story_id(9),
        title: Title::new("r").expect("a title"),
        story_type: StoryType::Release,
        panel: Panel::Backlog,
        after: Some(story_id(4)),
        estimate: None,
        description: Description::default(),
        labels: Default::default(),
    }));
    let expected = Some(day(11, 29));
    assert_eq!(
        due(&desk, 9).map(|due| (due.expected, due.lateness)),
        Some((expected, None))
    );
    desk.others(with_deadline(9, day(11, 29)));
    let lateness = |desk: &Desk| due(desk, 9).and_then(|due| due.lateness);
    assert_eq!(lateness(&desk), Some(Lateness::InTime));
    desk.others(with_deadline(9, day(11, 28)));
    assert_eq!(lateness(&desk), Some(Lateness::Late));
    // One story less, and it falls into this iteration.
    desk.others(super::desk::delete(1));
    assert_eq!(
        due(&desk, 9).map(|due| (due.expected, due.lateness)),
        Some((Some(day(11, 22)), Some(Lateness::InTime)))
    );
}

#[test]
fn a_story_that_is_planned_past_its_deadline_is_late() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &["i"]);
    for n in [1, 4, 101] {
        desk.others(with_deadline(n, day(11, 25)));
    }
    let told = |n| due(&desk, n).map(|due| (due.expected, due.lateness));
    assert_eq!(told(1), Some((Some(day(11, 22)), Some(Lateness::InTime))));
    assert_eq!(told(4), Some((Some(day(11, 29)), Some(Lateness::Late))));
    // An idea is not planned.
    assert_eq!(told(101), Some((None, None)));
    assert_eq!(told(2), None);
}

#[test]
fn what_is_read_stays_in_place_when_lines_come_and_go_above_it() {
    let titles: Vec<String> = (0..60).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&titles, &[]);
    let top = 40 * FIRST_ROW_HEIGHT;
    desk.now(Msg::Scrolled {
        column: Column::Backlog,
        top,
        height: 400,
    });
    desk.effects.clear();
    // A line for empty iterations is one row more.
    desk.others(strength(2, 0));
    assert_eq!(desk.scrolls(), [(Column::Backlog, top + FIRST_ROW_HEIGHT)]);
    desk.effects.clear();
    desk.others(strength(2, 100));
    assert_eq!(desk.scrolls(), [(Column::Backlog, top)]);
    desk.effects.clear();
    // A story that is started goes to Current, and another comes back in its place: nothing moves.
    desk.others(start(5));
    assert_eq!(desk.scrolls(), []);
}

#[test]
fn where_the_team_plans_by_hand_a_move_says_where_to() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    desk.others(Command::EditSettings {
        edits: vec![SettingEdit::Planning(Planning::Manual)],
    });
    check(&desk, "Live \n Current: \n Backlog: #2 | a | b | c | d \n Icebox:");
    desk.now(Msg::DragStarted(story_id(4)));
    desk.now(Msg::DragMoved(Some((Column::Current, 0))));
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 1 \n Current: d* \n Backlog: #2 | a | b | c \n Icebox:",
    );
    desk.now(Msg::DragStarted(story_id(4)));
    desk.now(Msg::DragMoved(Some((Column::Backlog, 3 * FIRST_ROW_HEIGHT))));
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 2 \n Current: \n Backlog: #2 | a | b | d* | c \n Icebox:",
    );
}
