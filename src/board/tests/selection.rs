//! Selecting several stories, and the bar of what is selected.

mod bulk;
mod moving;

use super::desk::{create, delete, person, retitle, start};
use super::*;
use crate::board::msg::{Bulk, Click, Menu, SearchMsg, SelectionMsg, Spot};
use backlog::{Panel, Planning, Priority, SettingEdit, State, StoryType, Transition};

const ROW: i32 = FIRST_ROW_HEIGHT;

fn told(desk: &mut Desk, msg: SelectionMsg) {
    desk.now(Msg::Selection(msg));
}

fn click(desk: &mut Desk, n: u128, how: Click) {
    told(desk, SelectionMsg::Clicked(story_id(n), how));
}

/// Selects these and no others, by their marks.
fn select(desk: &mut Desk, stories: &[u128]) {
    told(desk, SelectionMsg::Cleared);
    for n in stories {
        click(desk, *n, Click::Toggle);
    }
}

fn choose(desk: &mut Desk, bulk: Bulk) {
    told(desk, SelectionMsg::Chosen(bulk));
}

fn keys(desk: &mut Desk, keys: &[Key]) {
    for key in keys {
        desk.now(Msg::KeyPressed(*key));
    }
}

fn bar(desk: &Desk) -> String {
    let Some(scene) = desk.board.scene().selection else {
        return "no bar".to_owned();
    };
    let aside = scene.aside.map(|aside| format!(" ({aside})")).unwrap_or_default();
    format!("{}{aside}", scene.words)
}

/// What the open menu offers: `words: detail`, in brackets where it cannot be chosen.
fn menu(desk: &mut Desk, menu: Menu) -> Vec<String> {
    let is_open = |desk: &Desk| desk.board.scene().selection?.menu.filter(|open| open.menu == menu);
    if is_open(desk).is_none() {
        told(desk, SelectionMsg::MenuToggled(menu));
    }
    let Some(open) = is_open(desk) else { return Vec::new() };
    let spelled = |choice: &crate::board::scene::selection::Choice| {
        let detail = choice.detail.iter().map(|detail| format!(": {detail}"));
        let words = format!("{}{}", choice.words, detail.collect::<String>());
        match choice.bulk {
            Some(_) => words,
            None => format!("[{words}]"),
        }
    };
    open.choices.iter().map(spelled).collect()
}

fn announced(desk: &Desk) -> Option<&str> {
    desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Announce(words) => Some(words.as_str()),
        _ => None,
    })
}

fn label(text: &str) -> backlog::Label {
    backlog::Label::new(text).expect("a label")
}

fn step(n: u128, transition: Transition) -> Command {
    Command::TransitionStory {
        id: story_id(n),
        transition,
        comment: None,
    }
}

fn edit(n: u128, edit: Edit) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![edit],
    }
}

/// Somebody accepts a story.
fn accept(desk: &mut Desk, n: u128) {
    for transition in [
        Transition::Start,
        Transition::Finish,
        Transition::Deliver,
        Transition::Accept,
    ] {
        desk.others(step(n, transition));
    }
}

/// What the server has of the stories: whatever the function tells.
fn at_server<T>(desk: &Desk, stories: &[u128], tell: impl Fn(&backlog::Story) -> T) -> Vec<T> {
    let story = |n: &u128| desk.ledger.project().story(story_id(*n)).map(|story| tell(story));
    stories.iter().filter_map(story).collect()
}

fn labels(story: &backlog::Story) -> String {
    story
        .labels
        .iter()
        .map(|label| label.as_str())
        .collect::<Vec<_>>()
        .join(",")
}

#[test]
fn a_key_selects_the_focused_story_and_lets_it_go() {
    let mut desk = Desk::with(&[], &["a", "b", "c"]);
    keys(&mut desk, &[Key::Select]);
    assert_eq!(bar(&desk), "no bar", "without a focus there is nothing to select");
    desk.now(Msg::StoryFocused(story_id(102)));
    keys(&mut desk, &[Key::Select]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | b+* | c");
    assert_eq!(
        (bar(&desk).as_str(), announced(&desk)),
        ("1 story, 3 points", Some("1 selected."))
    );
    keys(&mut desk, &[Key::Down, Key::Select]);
    assert_eq!(
        (bar(&desk).as_str(), announced(&desk)),
        ("2 stories, 6 points", Some("2 selected."))
    );
    keys(&mut desk, &[Key::Select, Key::Up, Key::Select]);
    assert_eq!(
        (bar(&desk).as_str(), announced(&desk)),
        ("no bar", Some("Nothing selected."))
    );
}

#[test]
fn shift_reaches_by_keys_and_lets_go_on_the_way_back() {
    let mut desk = Desk::with(&[], &["a", "b", "c", "d"]);
    desk.now(Msg::StoryFocused(story_id(102)));
    keys(&mut desk, &[Key::SelectOn(1), Key::SelectOn(1)]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | b+ | c+ | d+*");
    keys(&mut desk, &[Key::SelectOn(-1)]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | b+ | c+* | d");
    keys(&mut desk, &[Key::SelectOn(isize::MIN)]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+* | b+ | c | d");
    // What was reached from one story stays when one goes on from another.
    keys(&mut desk, &[Key::Last, Key::SelectOn(-1)]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | b+ | c+* | d+");
}

#[test]
fn shift_and_a_click_reach_from_the_story_chosen_before() {
    let mut desk = Desk::with(&["x"], &["a", "b", "c", "d"]);
    click(&mut desk, 102, Click::Toggle);
    desk.now(Msg::StoryFocused(story_id(104)));
    click(&mut desk, 104, Click::Reach);
    check(&desk, "Live \n Current: x \n Backlog: \n Icebox: a | b+ | c+ | d+*");
    click(&mut desk, 101, Click::Reach);
    check(&desk, "Live \n Current: x \n Backlog: \n Icebox: a+* | b+ | c | d");
    // In another column there is nothing between.
    click(&mut desk, 1, Click::Reach);
    check(&desk, "Live \n Current: x+* \n Backlog: \n Icebox: a | b | c | d");
}

#[test]
fn shift_and_a_click_reach_from_where_the_keyboard_was() {
    let mut desk = Desk::with(&[], &["a", "b", "c", "d"]);
    desk.now(Msg::StoryFocused(story_id(101)));
    // The browser brings the focus before it clicks.
    desk.now(Msg::StoryFocused(story_id(103)));
    click(&mut desk, 103, Click::Reach);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | b+ | c+* | d");
    click(&mut desk, 102, Click::Toggle);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | b* | c+ | d");
    click(&mut desk, 104, Click::Plain);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | b | c+ | [d]");
}

#[test]
fn the_whole_column_is_selected_and_escape_selects_nothing() {
    let mut desk = Desk::with(&["x"], &["a", "b", "c"]);
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::SelectColumn]);
    check(&desk, "Live \n Current: x \n Backlog: \n Icebox: a+* | b+ | c+");
    assert_eq!(announced(&desk), Some("3 selected."));
    keys(&mut desk, &[Key::Escape]);
    check(&desk, "Live \n Current: x \n Backlog: \n Icebox: a* | b | c");
    assert_eq!(bar(&desk), "no bar");
}

#[test]
fn escape_closes_what_opened_last() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    select(&mut desk, &[101]);
    click(&mut desk, 102, Click::Plain);
    told(&mut desk, SelectionMsg::MenuToggled(Menu::Labels));
    keys(&mut desk, &[Key::Escape]);
    assert_eq!(
        desk.effects.last(),
        Some(&Effect::Focus(Target::SelectionMenu(Menu::Labels)))
    );
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | [b]");
    keys(&mut desk, &[Key::Escape]);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | b*");
    keys(&mut desk, &[Key::Escape]);
    assert_eq!(bar(&desk), "no bar");
}

#[test]
fn the_keyboard_goes_to_the_bar_and_back_to_the_rows() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    desk.now(Msg::StoryFocused(story_id(102)));
    keys(&mut desk, &[Key::ToSelection]);
    assert!(
        !desk.effects.contains(&Effect::Focus(Target::SelectionBar)),
        "there is no bar yet"
    );
    keys(&mut desk, &[Key::Select, Key::ToSelection]);
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::SelectionBar)));
    told(&mut desk, SelectionMsg::MenuToggled(Menu::Type));
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::SelectionChoice)));
    told(&mut desk, SelectionMsg::Left);
    assert_eq!(
        desk.effects.last(),
        Some(&Effect::Focus(Target::SelectionMenu(Menu::Type)))
    );
    told(&mut desk, SelectionMsg::Left);
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Story(story_id(102)))));
    assert_eq!(bar(&desk), "1 story, 3 points");
}

#[test]
fn where_one_taps_to_select_a_plain_click_opens_nothing() {
    let mut desk = Desk::with(&[], &["a", "b"]);
    told(&mut desk, SelectionMsg::TappingToggled);
    assert_eq!(bar(&desk), "Nothing selected (Tap stories to select them.)");
    click(&mut desk, 102, Click::Plain);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | b+*");
    told(&mut desk, SelectionMsg::TappingToggled);
    assert_eq!(bar(&desk), "no bar");
    told(&mut desk, SelectionMsg::Held(story_id(101)));
    click(&mut desk, 102, Click::Plain);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+ | b+*");
    told(&mut desk, SelectionMsg::Cleared);
    click(&mut desk, 101, Click::Plain);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [a] | b");
}

#[test]
fn a_selection_outlives_the_changes_of_others_but_not_a_deletion() {
    let mut desk = Desk::with(&["a", "b"], &["i", "j"]);
    select(&mut desk, &[1, 101, 102]);
    desk.others(retitle(101, "ii"));
    desk.others(start(1));
    desk.others(create(900, "new", Panel::Icebox));
    check(
        &desk,
        "Live \n Current: a started+ | b \n Backlog: \n Icebox: new | ii+ | j+*",
    );
    desk.effects.clear();
    desk.others(delete(102));
    assert_eq!(
        (bar(&desk).as_str(), announced(&desk)),
        ("2 stories, 6 points", Some("2 selected."))
    );
}

#[test]
fn what_is_selected_and_out_of_sight_is_told() {
    let mut desk = Desk::with(&["a"], &["i", "j"]);
    select(&mut desk, &[1, 101, 102]);
    desk.now(Msg::PanelToggled(Column::Icebox));
    assert_eq!(bar(&desk), "3 stories, 9 points (2 of them not shown)");
}

#[test]
fn keys_show_and_hide_columns() {
    let mut desk = Desk::with(&["a"], &["i"]);
    keys(&mut desk, &[Key::Panel(Column::Backlog), Key::Panel(Column::Done)]);
    check(&desk, "Live \n Done: \n Current: a \n Icebox: i");
}

#[test]
fn the_column_is_selected_as_far_as_a_search_found_it() {
    let mut desk = Desk::with(&[], &["red one", "blue", "red two"]);
    desk.now(Msg::Search(SearchMsg::Asked("red".to_owned())));
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::SelectColumn]);
    assert_eq!(bar(&desk), "2 stories, 6 points");
    desk.now(Msg::Search(SearchMsg::Cleared));
    check(
        &desk,
        "Live \n Current: \n Backlog: \n Icebox: red one+* | blue | red two+",
    );
}
