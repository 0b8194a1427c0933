//! What one sees: loading, the connection, the plan, and other people's changes that move nothing under one's eyes.

use super::desk::{create, delete, retitle, start};
use super::*;
use backlog::Panel;

#[test]
fn first_the_session_then_the_project() {
    let mut desk = Desk::fresh();
    check(&desk, "Connecting \n loading");
    desk.now(Msg::Woke);
    assert_eq!(desk.effects, [Effect::OpenSession]);
    desk.open();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox:");
}

#[test]
fn a_server_that_never_answered_is_unavailable_and_tried_again() {
    let mut desk = Desk::fresh();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    check(&desk, "Unavailable, trying again \n unavailable");
    let wait = desk.effects.iter().find_map(|effect| match effect {
        Effect::RetryAfter(wait) => Some(*wait),
        _ => None,
    });
    assert!(wait.is_some_and(|wait| (250..=1_000).contains(&wait)), "{wait:?}");
    desk.now(Msg::RetryDue);
    assert!(desk.effects.contains(&Effect::OpenSession));
}

#[test]
fn a_project_that_does_not_exist_is_said_to() {
    let mut desk = Desk::fresh();
    desk.now(Msg::SyncFailed(Failure::NoProject));
    assert!(desk.seen().ends_with("no project"));
}

#[test]
fn the_plan_cuts_the_order_and_moves_with_every_change() {
    let mut desk = Desk::with(&["a", "b", "c", "d", "e"], &["idea"]);
    check(
        &desk,
        "Live \n Current: a | b | c \n Backlog: #2 | d | e \n Icebox: idea",
    );
    desk.others(start(5));
    check(
        &desk,
        "Live \n Current: e started | a | b \n Backlog: #2 | c | d \n Icebox: idea",
    );
    desk.others(delete(1));
    check(
        &desk,
        "Live \n Current: e started | b | c \n Backlog: #2 | d \n Icebox: idea",
    );
}

#[test]
fn the_light_says_what_is_true() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::ChannelLost);
    assert_eq!(desk.requests.len(), 1, "is the server lost too?");
    desk.answer();
    desk.now(Msg::ChannelLost);
    assert_eq!(desk.requests.len(), 0, "that it is still lost is no news");
    assert_eq!(desk.board.scene().header.light.words, "Updating every 15 s");
    desk.now(Msg::Ticked);
    assert_eq!(desk.requests.len(), 1, "without a channel the page asks by itself");
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    assert_eq!(desk.board.scene().header.light.kind, LightKind::Offline);
    desk.now(Msg::EstimateClicked(story_id(1), backlog::Estimate(2)));
    assert_eq!(
        desk.board.scene().header.light.words,
        "Offline, 1 change kept on this device"
    );
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    desk.now(Msg::RetryDue);
    desk.answer();
    assert_eq!(desk.board.scene().header.light.words, "Updating every 15 s");
}

#[test]
fn a_burst_of_events_is_drawn_once() {
    let mut desk = Desk::with(&["a"], &[]);
    for n in 0..100 {
        let recorded = desk.others_do(retitle(1, &format!("t{n}")));
        desk.now(Msg::ChangeHeard(backlog::api::Heard::Change(Box::new(recorded))));
    }
    assert_eq!(desk.effects, [Effect::AwaitFrame]);
    desk.now(Msg::FrameDue);
    assert_eq!(desk.effects, [Effect::AwaitFrame, Effect::Render]);
    check(&desk, "Live \n Current: t99 \n Backlog: \n Icebox:");
}

#[test]
fn what_one_reads_stays_where_it_is() {
    let titles: Vec<String> = (0..200).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    let row = FIRST_ROW_HEIGHT;
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 50 * row + 5,
        height: 400,
    });
    desk.effects.clear();
    desk.others(create(900, "new", Panel::Icebox));
    assert_eq!(desk.scrolls(), [(Column::Icebox, 51 * row + 5)]);
    desk.effects.clear();
    // The row at the top of the view goes: the next one takes its place, and nothing below moves.
    desk.others(delete(101 + 50));
    assert_eq!(desk.scrolls(), [(Column::Icebox, 50 * row + 5)]);
    desk.effects.clear();
    desk.others(delete(101 + 199));
    assert_eq!(desk.scrolls(), [], "what changes below moves nothing");
}

#[test]
fn at_the_top_one_sees_what_is_new() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    desk.others(create(900, "new", Panel::Icebox));
    assert_eq!(desk.scrolls(), []);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: new | a | b");
}

#[test]
fn an_open_form_stays_where_it_is_even_at_the_top() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    desk.now(Msg::StoryOpened(story_id(102)));
    desk.effects.clear();
    desk.others(create(900, "new", Panel::Icebox));
    assert_eq!(desk.scrolls(), [(Column::Icebox, FIRST_ROW_HEIGHT)]);
}

#[test]
fn only_rows_in_sight_are_described() {
    let titles: Vec<String> = (0..5_000).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::StoryFocused(story_id(101)));
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 2_000 * FIRST_ROW_HEIGHT,
        height: 600,
    });
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let rows = &columns[2].rows;
    assert!(rows.len() < 60, "{}", rows.len());
    let height: i32 = rows
        .iter()
        .map(|row| {
            if let Row::Gap { height, .. } = row {
                *height
            } else {
                FIRST_ROW_HEIGHT
            }
        })
        .sum();
    assert_eq!(height, 5_000 * FIRST_ROW_HEIGHT);
    assert!(
        matches!(&rows[0], Row::Card(card) if card.focused),
        "the focused row stays in the page"
    );
}

#[test]
fn a_story_that_does_not_change_stays_the_same_pointer() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    let before = desk.board.scene();
    desk.others(retitle(1, "z"));
    let after = desk.board.scene();
    let cards = |scene: &scene::Scene| match &scene.body {
        Body::Columns(columns) => columns[0].rows.iter().cloned().collect::<Vec<_>>(),
        Body::Loading | Body::Unavailable | Body::NoProject | Body::Removed(_) => Vec::new(),
    };
    let (before, after) = (cards(&before), cards(&after));
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1], after[1]);
}

#[test]
fn a_new_day_is_planned_anew() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    check(&desk, "Live \n Current: a | b | c \n Backlog: #2 | d \n Icebox:");
    desk.now += 7 * 86_400_000;
    desk.now(Msg::Ticked);
    check(&desk, "Live \n Current: a | b | c \n Backlog: #3 | d \n Icebox:");
}

#[test]
fn a_story_that_leaves_the_top_of_the_view_does_not_take_the_view_along() {
    let titles: Vec<String> = (0..200).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 50 * FIRST_ROW_HEIGHT + 5,
        height: 400,
    });
    desk.effects.clear();
    desk.others(backlog::Command::MoveStories {
        stories: vec![story_id(101 + 50)],
        panel: Panel::Icebox,
        after: Some(story_id(101 + 120)),
        current: None,
    });
    // The rows below move up by one; the view follows them and not the story.
    assert_eq!(desk.scrolls(), [(Column::Icebox, 49 * FIRST_ROW_HEIGHT + 5)]);
}

#[test]
fn the_mark_of_someone_elses_change_goes_with_an_own_command() {
    let marks = |desk: &Desk| -> Vec<Option<String>> {
        let Body::Columns(columns) = desk.board.scene().body else {
            panic!("there are columns")
        };
        let mark = |row: &Row| match row {
            Row::Card(card) => Some(card.changed_by.as_ref().map(|name| name.as_str().to_owned())),
            Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Form(_) => None,
        };
        columns[0].rows.iter().filter_map(mark).collect()
    };
    let bob = || Some("Bob".to_owned());
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.others(retitle(1, "aa"));
    desk.others(retitle(2, "bb"));
    assert_eq!(marks(&desk), [bob(), bob()]);
    desk.now(Msg::TransitionClicked(story_id(1), backlog::Transition::Start));
    assert_eq!(marks(&desk), [None, bob()]);
    desk.answer();
    assert_eq!(marks(&desk), [None, bob()]);
}
