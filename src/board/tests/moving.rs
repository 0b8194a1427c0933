//! Moving stories by pointer and by keys, and the keyboard focus.

use super::desk::{create, delete};
use super::*;
use backlog::Panel;

const ROW: i32 = FIRST_ROW_HEIGHT;

fn keys(desk: &mut Desk, keys: &[Key]) {
    for key in keys {
        desk.now(Msg::KeyPressed(*key));
    }
}

fn drag(desk: &mut Desk, story: u128, over: (Column, i32)) {
    desk.now(Msg::DragStarted(story_id(story)));
    desk.now(Msg::DragMoved(Some(over)));
}

#[test]
fn the_arrows_walk_over_the_page() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &["i"]);
    keys(&mut desk, &[Key::Down]);
    check(&desk, "Live \n Current: a* | b | c \n Backlog: #2 | d \n Icebox: i");
    keys(&mut desk, &[Key::Down, Key::Down, Key::Down]);
    check(&desk, "Live \n Current: a | b | c* \n Backlog: #2 | d \n Icebox: i");
    keys(&mut desk, &[Key::Right]);
    check(&desk, "Live \n Current: a | b | c \n Backlog: #2 | d* \n Icebox: i");
    keys(&mut desk, &[Key::Right, Key::Left, Key::Left, Key::Last, Key::Up]);
    check(&desk, "Live \n Current: a | b* | c \n Backlog: #2 | d \n Icebox: i");
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Story(story_id(2)))));
}

#[test]
fn the_arrows_leap_over_an_empty_column() {
    let mut desk = Desk::with(&["a"], &["i"]);
    keys(&mut desk, &[Key::Down, Key::Right]);
    check(&desk, "Live \n Current: a \n Backlog: \n Icebox: i*");
    keys(&mut desk, &[Key::Left]);
    check(&desk, "Live \n Current: a* \n Backlog: \n Icebox: i");
}

#[test]
fn the_focus_brings_its_row_into_sight() {
    let titles: Vec<String> = (0..100).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 0,
        height: 10 * ROW,
    });
    desk.now(Msg::StoryFocused(story_id(101)));
    desk.effects.clear();
    keys(&mut desk, &[Key::Last]);
    assert_eq!(desk.scrolls(), [(Column::Icebox, 90 * ROW)]);
}

#[test]
fn a_story_is_dragged_within_a_column() {
    let mut desk = Desk::with(&[], &["a", "b", "c"]);
    drag(&mut desk, 101, (Column::Icebox, 2 * ROW));
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a~ | b | c drop at 72");
    desk.now(Msg::DragDropped);
    check(&desk, "Live, saving 1 \n Current: \n Backlog: \n Icebox: b | a* | c");
    desk.answer();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: b | a* | c");
}

#[test]
fn a_story_is_dragged_between_columns() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &["i"]);
    drag(&mut desk, 101, (Column::Current, ROW));
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 1 \n Current: a | i* | b \n Backlog: #2 | c | d \n Icebox:",
    );
    drag(&mut desk, 2, (Column::Icebox, 0));
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 2 \n Current: a | i | c \n Backlog: #2 | d \n Icebox: b*",
    );
}

#[test]
fn the_top_of_the_backlog_is_below_current() {
    let mut desk = Desk::with(&["a", "b", "c", "d", "e"], &["i"]);
    drag(&mut desk, 101, (Column::Backlog, 0));
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 1 \n Current: a | b | c \n Backlog: #2 | i* | d | e \n Icebox:",
    );
}

#[test]
fn dropping_in_place_or_nowhere_asks_for_nothing() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    drag(&mut desk, 101, (Column::Icebox, 0));
    desk.now(Msg::DragDropped);
    drag(&mut desk, 101, (Column::Icebox, 30));
    desk.now(Msg::DragDropped);
    desk.now(Msg::DragStarted(story_id(101)));
    desk.now(Msg::DragMoved(None));
    desk.now(Msg::DragDropped);
    drag(&mut desk, 101, (Column::Current, 0));
    desk.now(Msg::DragCancelled);
    assert!(desk.requests.is_empty());
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | b");
}

#[test]
fn the_landing_place_stays_right_while_others_change_the_list() {
    let mut desk = Desk::with(&[], &["a", "b", "c"]);
    drag(&mut desk, 101, (Column::Icebox, 2 * ROW));
    desk.others(create(900, "new", Panel::Icebox));
    check(
        &desk,
        "Live \n Current: \n Backlog: \n Icebox: new | a~ | b | c drop at 108",
    );
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 1 \n Current: \n Backlog: \n Icebox: new | b | a* | c",
    );
}

#[test]
fn keys_carry_a_story_within_and_between_columns() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &["i", "j"]);
    desk.now(Msg::StoryFocused(story_id(1)));
    keys(&mut desk, &[Key::PickUp]);
    assert_eq!(
        desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Announce(words) => Some(words.as_str()),
            _ => None,
        }),
        Some("a: picked up. Current 1 of 3. Arrows move it, Enter drops it, Escape puts it back.")
    );
    keys(&mut desk, &[Key::Down, Key::Down, Key::Up, Key::Enter]);
    check(
        &desk,
        "Live, saving 1 \n Current: b | a* | c \n Backlog: #2 | d \n Icebox: i | j",
    );
    keys(&mut desk, &[Key::PickUp, Key::Right, Key::Right, Key::Down, Key::Enter]);
    check(
        &desk,
        "Live, saving 2 \n Current: b | c | d \n Backlog: \n Icebox: i | a* | j",
    );
}

#[test]
fn escape_puts_a_carried_story_back() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::PickUp, Key::Down, Key::Escape]);
    assert!(desk.requests.is_empty());
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a* | b");
}

#[test]
fn a_story_deleted_while_it_is_carried_is_told() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::PickUp, Key::Down]);
    desk.others(delete(101));
    keys(&mut desk, &[Key::Enter]);
    check(
        &desk,
        "Live
         ! The story was deleted meanwhile. Nothing was changed.
         Current: \n Backlog: \n Icebox: b",
    );
}

#[test]
fn letters_add_and_open() {
    let mut desk = Desk::with(&[], &["a"]);
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::Enter]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [a]");
    keys(&mut desk, &[Key::Escape, Key::Add]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [] | a*");
}

#[test]
fn tab_stops_at_the_focused_row_or_else_at_the_first_in_sight() {
    let titles: Vec<String> = (0..100).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&["a"], &titles);
    let stops = |desk: &Desk, column: Column| -> Vec<String> {
        let Body::Columns(columns) = desk.board.scene().body else {
            return Vec::new();
        };
        let stop = |row: &Row| match row {
            Row::Card(card) if card.tab_stop => Some(card.story.title.as_str().to_owned()),
            Row::Card(_) | Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Form(_) => None,
        };
        let shown = columns.iter().find(|shown| shown.column == column);
        shown.map_or(Vec::new(), |shown| shown.rows.iter().filter_map(stop).collect())
    };
    assert_eq!(
        (stops(&desk, Column::Current), stops(&desk, Column::Icebox)),
        (vec!["a".into()], vec!["s0".into()])
    );
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 40 * ROW,
        height: 400,
    });
    assert_eq!(stops(&desk, Column::Icebox), ["s40"]);
    desk.now(Msg::StoryFocused(story_id(101 + 7)));
    assert_eq!(
        (stops(&desk, Column::Current), stops(&desk, Column::Icebox)),
        (vec!["a".into()], vec!["s7".into()])
    );
}

#[test]
fn the_keys_that_carry_a_story_are_told_while_they_carry() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    desk.now(Msg::StoryFocused(story_id(101)));
    assert_eq!(desk.board.scene().hint, None);
    keys(&mut desk, &[Key::PickUp]);
    assert_eq!(
        desk.board.scene().hint,
        Some("Arrows move it, Enter drops it, Escape puts it back.")
    );
    keys(&mut desk, &[Key::Escape]);
    assert_eq!(desk.board.scene().hint, None);
}

#[test]
fn the_list_of_keys_comes_and_goes() {
    let mut desk = Desk::with(&[], &["a"]);
    keys(&mut desk, &[Key::Help]);
    assert!(desk.board.scene().help);
    keys(&mut desk, &[Key::Escape]);
    assert!(!desk.board.scene().help);
}

#[test]
fn an_accepted_story_is_not_lifted_and_says_why() {
    let mut desk = Desk::with(&["a"], &[]);
    for step in ["start", "finish", "deliver", "accept"] {
        let transition = serde_json::from_str(&format!("\"{step}\"")).expect("a step");
        desk.now(Msg::TransitionClicked(story_id(1), transition));
        desk.answer();
    }
    drag(&mut desk, 1, (Column::Icebox, 0));
    check(&desk, "Live \n Current: a accepted \n Backlog: \n Icebox:");
    let words = desk.board.scene().toast.map(|toast| toast.words);
    assert_eq!(words.as_deref(), Some("An accepted story keeps its place."));
    desk.now(Msg::DragDropped);
    desk.now(Msg::StoryFocused(story_id(1)));
    keys(&mut desk, &[Key::PickUp]);
    assert_eq!(desk.board.scene().hint, None);
}
