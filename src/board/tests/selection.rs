//! Several stories at once: selecting them, what is done to all of them, moving them as one block.

use super::desk::{create, delete, person, retitle, start};
use super::*;
use crate::board::msg::{Bulk, Click, Menu, SelectionMsg, Spot};
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
fn the_column_is_selected_as_far_as_a_search_found_it() {
    let mut desk = Desk::with(&[], &["a", "b", "c"]);
    let view = desk.board.replica.view().expect("a view");
    let found = [101, 103].map(|n| view.slot(story_id(n)).expect("a story"));
    desk.board.found = Some(found.into_iter().collect());
    let (now, mut effects) = (desk.present(), Vec::new());
    desk.board.lay_out(now, &mut effects);
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::SelectColumn]);
    assert_eq!(bar(&desk), "2 stories, 6 points");
    desk.board.found = None;
    let (now, mut effects) = (desk.present(), Vec::new());
    desk.board.lay_out(now, &mut effects);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a+* | b | c+");
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
fn a_label_for_all_is_one_command_and_one_undo() {
    let mut desk = Desk::with(&["a"], &["i", "j"]);
    desk.others(edit(101, Edit::LabelAdded(label("web"))));
    select(&mut desk, &[1, 101, 102]);
    assert_eq!(
        menu(&mut desk, Menu::Labels),
        ["Add “web”: 2 of 3", "Remove “web”: 1 of 3"]
    );
    choose(&mut desk, Bulk::Label(label("web")));
    assert_eq!(desk.toast(), "Labelled 2 stories with “web”");
    assert_eq!(desk.light(), "Live, saving 1");
    desk.answer();
    assert_eq!(at_server(&desk, &[1, 101, 102], labels), ["web", "web", "web"]);
    assert_eq!(bar(&desk), "3 stories, 9 points", "one may go on with them");
    desk.click_undo();
    desk.answer();
    assert_eq!(at_server(&desk, &[1, 101, 102], labels), ["", "web", ""]);
}

#[test]
fn a_label_is_typed_and_outlives_what_others_do() {
    let mut desk = Desk::with(&[], &["i", "j"]);
    desk.others(edit(101, Edit::LabelAdded(label("checkout"))));
    select(&mut desk, &[101, 102]);
    assert_eq!(
        menu(&mut desk, Menu::Labels),
        ["Add “checkout”: 1 of 2", "Remove “checkout”: 1 of 2"]
    );
    told(&mut desk, SelectionMsg::Typed("Che".to_owned()));
    assert_eq!(
        menu(&mut desk, Menu::Labels),
        [
            "Add “che”, a new label",
            "Add “checkout”: 1 of 2",
            "Remove “checkout”: 1 of 2"
        ]
    );
    desk.others(retitle(101, "ii"));
    desk.others(delete(102));
    told(&mut desk, SelectionMsg::Typed("cheap, fast".to_owned()));
    told(&mut desk, SelectionMsg::Entered);
    let open = desk
        .board
        .scene()
        .selection
        .and_then(|scene| scene.menu)
        .expect("an open menu");
    assert_eq!(open.text.as_deref(), Some("cheap, fast"));
    assert_eq!(
        open.problem.as_deref(),
        Some("Label cannot hold the character ','. Add one after the other.")
    );
    told(&mut desk, SelectionMsg::Typed("cheap".to_owned()));
    told(&mut desk, SelectionMsg::Entered);
    desk.answer();
    assert_eq!(at_server(&desk, &[101], labels), ["cheap,checkout"]);
    let open = desk
        .board
        .scene()
        .selection
        .and_then(|scene| scene.menu)
        .expect("it stays open");
    assert_eq!(open.text.as_deref(), Some(""));
}

#[test]
fn what_is_typed_is_there_again_with_the_next_selection() {
    let mut desk = Desk::with(&[], &["i", "j"]);
    select(&mut desk, &[101]);
    menu(&mut desk, Menu::Labels);
    told(&mut desk, SelectionMsg::Typed("half a la".to_owned()));
    select(&mut desk, &[102]);
    assert_eq!(menu(&mut desk, Menu::Labels), ["Add “half a la”, a new label"]);
}

#[test]
fn steps_say_to_how_many_they_are_open() {
    let mut desk = Desk::with(&["a", "b", "c"], &[]);
    desk.others(edit(2, Edit::Estimate(None)));
    desk.others(start(3));
    select(&mut desk, &[1, 2, 3]);
    assert_eq!(menu(&mut desk, Menu::Step), ["Start: 1 of 3", "Finish: 1 of 3"]);
    choose(&mut desk, Bulk::Step(Transition::Start));
    assert_eq!(
        desk.toast(),
        "Started “a”. 2 were left out: this step is not open to a started feature; \
         a feature is estimated before it is started."
    );
    desk.answer();
    assert_eq!(
        at_server(&desk, &[1, 2, 3], |story| story.state),
        [State::Started, State::Unstarted, State::Started]
    );
    select(&mut desk, &[2]);
    assert_eq!(
        menu(&mut desk, Menu::Step),
        ["[No step is open to them: a feature is estimated before it is started]"]
    );
}

#[test]
fn each_menu_leaves_out_what_cannot_take_part() {
    let mut desk = Desk::with(&["a", "b", "c"], &[]);
    desk.others(edit(2, Edit::Type(StoryType::Chore)));
    desk.others(start(3));
    desk.others(step(3, Transition::Finish));
    select(&mut desk, &[1, 2, 3]);
    assert_eq!(
        menu(&mut desk, Menu::Estimate),
        [
            "0 points: 2 of 3",
            "1 point: 2 of 3",
            "2 points: 2 of 3",
            "[3 points: nothing to do]",
            "No estimate: 1 of 3"
        ]
    );
    assert_eq!(
        menu(&mut desk, Menu::Type),
        ["Feature: 1 of 3", "Bug", "Chore: 1 of 3", "Release: 2 of 3"]
    );
    choose(&mut desk, Bulk::Type(StoryType::Release));
    assert_eq!(
        desk.toast(),
        "Made 2 stories a release. 1 was left out: a release is never finished."
    );
    desk.answer();
    assert_eq!(
        at_server(&desk, &[1, 2, 3], |story| story.story_type),
        [StoryType::Release, StoryType::Release, StoryType::Feature]
    );
    choose(&mut desk, Bulk::Priority(Some(Priority::P1)));
    desk.answer();
    assert_eq!(
        at_server(&desk, &[1, 2, 3], |story| story.priority),
        [Some(Priority::P1); 3]
    );
    assert_eq!(
        menu(&mut desk, Menu::Priority),
        [
            "P0, critical",
            "[P1, high: done already]",
            "P2, medium",
            "P3, low",
            "No priority"
        ]
    );
}

#[test]
fn owners_are_given_and_taken() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    let ann = person("Ann").id;
    desk.others(start(2));
    select(&mut desk, &[1, 2]);
    assert_eq!(
        menu(&mut desk, Menu::Owners),
        ["Add Ann (you)", "Add Bob: 1 of 2", "Remove Bob: 1 of 2"]
    );
    told(&mut desk, SelectionMsg::Typed("an".to_owned()));
    told(&mut desk, SelectionMsg::Entered);
    desk.answer();
    assert_eq!(
        at_server(&desk, &[1, 2], |story| story.owners.clone()),
        [vec![ann], vec![person("Bob").id, ann]]
    );
    told(&mut desk, SelectionMsg::Typed("Zoe".to_owned()));
    told(&mut desk, SelectionMsg::Entered);
    let open = desk
        .board
        .scene()
        .selection
        .and_then(|scene| scene.menu)
        .expect("an open menu");
    assert_eq!(open.problem.as_deref(), Some("Nobody of this project is called that."));
    choose(&mut desk, Bulk::Disown(ann));
    assert_eq!(desk.toast(), "Took Ann off 2 stories");
}

#[test]
fn the_selected_are_sent_to_other_places_as_one_block() {
    let mut desk = Desk::with(&["a", "b", "c", "d", "e"], &["i", "j"]);
    select(&mut desk, &[101, 1, 5]);
    choose(&mut desk, Bulk::Move(Spot::TopOfBacklog));
    check(
        &desk,
        "Live, saving 1 \n Current: b | c | a+ \n Backlog: #2 | e+* | i+ | d \n Icebox: j",
    );
    assert_eq!(desk.toast(), "Moved 3 stories");
    desk.answer();
    choose(&mut desk, Bulk::Move(Spot::BottomOfBacklog));
    check(
        &desk,
        "Live, saving 1 \n Current: b | c | d \n Backlog: #2 | a+ | e+* | i+ \n Icebox: j",
    );
    choose(&mut desk, Bulk::Move(Spot::BottomOfBacklog));
    assert_eq!(desk.toast(), "They stand there already");
    choose(&mut desk, Bulk::Move(Spot::Icebox));
    desk.answer();
    check(
        &desk,
        "Live \n Current: b | c | d \n Backlog: \n Icebox: a+ | e+* | i+ | j",
    );
    assert_eq!(desk.toast(), "Moved 3 stories to Icebox");
    desk.click_undo();
    desk.answer();
    check(
        &desk,
        "Live \n Current: b | c | d \n Backlog: #2 | a+ | e+* | i+ \n Icebox: j",
    );
}

#[test]
fn where_current_is_hidden_the_top_of_the_backlog_is_below_it_all_the_same() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &["i"]);
    desk.now(Msg::PanelToggled(Column::Current));
    select(&mut desk, &[101]);
    choose(&mut desk, Bulk::Move(Spot::TopOfBacklog));
    desk.answer();
    desk.now(Msg::PanelToggled(Column::Current));
    check(&desk, "Live \n Current: a | b | c \n Backlog: #2 | i+* | d \n Icebox:");
}

#[test]
fn an_accepted_story_stays_behind_and_that_is_said() {
    let mut desk = Desk::with(&["a", "b"], &["i"]);
    accept(&mut desk, 1);
    select(&mut desk, &[1, 2, 101]);
    choose(&mut desk, Bulk::Move(Spot::Icebox));
    desk.answer();
    check(&desk, "Live \n Current: a accepted+ \n Backlog: \n Icebox: b+ | i+*");
    assert_eq!(
        desk.toast(),
        "Moved 2 stories to Icebox. 1 was left out: an accepted story keeps its place."
    );
    select(&mut desk, &[1]);
    choose(&mut desk, Bulk::Move(Spot::Icebox));
    assert_eq!(desk.toast(), "Nothing was changed: an accepted story keeps its place");
}

#[test]
fn by_hand_a_place_in_current_is_a_promise_for_all_of_them() {
    let mut desk = Desk::with(&["a", "b"], &["i", "j"]);
    desk.others(Command::EditSettings {
        edits: vec![SettingEdit::Planning(Planning::Manual)],
    });
    select(&mut desk, &[101, 102]);
    choose(&mut desk, Bulk::Move(Spot::TopOfCurrent));
    desk.answer();
    assert_eq!(
        at_server(&desk, &[1, 101, 102], |story| story.current),
        [false, true, true]
    );
    choose(&mut desk, Bulk::Move(Spot::BottomOfBacklog));
    desk.answer();
    assert_eq!(at_server(&desk, &[101, 102], |story| story.current), [false, false]);
}

#[test]
fn the_selected_are_deleted_and_come_back_together() {
    let mut desk = Desk::with(&[], &["a", "b", "c", "d"]);
    select(&mut desk, &[102, 103]);
    choose(&mut desk, Bulk::Delete);
    desk.answer();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | d*");
    assert_eq!(
        (desk.toast().as_str(), bar(&desk).as_str()),
        ("Deleted 2 stories", "no bar")
    );
    desk.click_undo();
    desk.answer();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: a | b | c | d*");
}

#[test]
fn what_another_deleted_unheard_does_not_stop_the_others() {
    let mut desk = Desk::with(&[], &["a", "b", "c"]);
    select(&mut desk, &[101, 102, 103]);
    desk.others_do(delete(102));
    choose(&mut desk, Bulk::Label(label("web")));
    desk.answer();
    assert_eq!(at_server(&desk, &[101, 103], labels), ["web", "web"]);
    assert_eq!(bar(&desk), "2 stories, 6 points");
    assert_eq!(desk.light(), "Live");
}

#[test]
fn more_than_a_command_takes_is_said_before() {
    let titles: Vec<String> = (0..1_001).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::StoryFocused(story_id(101)));
    keys(&mut desk, &[Key::SelectColumn]);
    let scene = desk.board.scene().selection.expect("a bar");
    assert_eq!(
        (scene.words.as_str(), scene.aside.as_deref(), scene.ready),
        (
            "1001 stories, 3003 points",
            Some("At most 1,000 stories can be changed at once. Select fewer to go on."),
            false
        )
    );
    choose(&mut desk, Bulk::Delete);
    keys(&mut desk, &[Key::PickUp]);
    assert_eq!(desk.board.scene().hint, None);
    assert!(desk.requests.is_empty());
    keys(&mut desk, &[Key::Select]);
    choose(&mut desk, Bulk::Delete);
    assert_eq!(desk.toast(), "Deleted 1000 stories");
}

#[test]
fn a_selected_story_is_dragged_with_all_the_others() {
    let mut desk = Desk::with(&["a"], &["i", "j", "k", "l"]);
    select(&mut desk, &[104, 101]);
    desk.now(Msg::DragStarted(story_id(104)));
    desk.now(Msg::DragMoved(Some((Column::Icebox, 2 * ROW))));
    check(
        &desk,
        "Live \n Current: a \n Backlog: \n Icebox: i+*~ | j | k | l+~ drop at 72",
    );
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    assert!(columns.iter().all(|column| column.carried == 2));
    desk.now(Msg::DragDropped);
    desk.answer();
    check(&desk, "Live \n Current: a \n Backlog: \n Icebox: j | i+ | l+* | k");
    assert_eq!(desk.toast(), "Moved 2 stories");
    desk.now(Msg::DragStarted(story_id(101)));
    desk.now(Msg::DragMoved(Some((Column::Icebox, ROW))));
    desk.now(Msg::DragDropped);
    assert!(desk.requests.is_empty(), "they stand there already");
    // One that is not selected goes alone.
    desk.now(Msg::DragStarted(story_id(103)));
    desk.now(Msg::DragMoved(Some((Column::Current, 0))));
    desk.now(Msg::DragDropped);
    check(
        &desk,
        "Live, saving 1 \n Current: k* | a \n Backlog: \n Icebox: j | i+ | l+",
    );
}

#[test]
fn keys_carry_all_that_is_selected() {
    let mut desk = Desk::with(&["a", "b"], &["i", "j", "k"]);
    select(&mut desk, &[101, 103]);
    keys(&mut desk, &[Key::PickUp]);
    assert_eq!(
        announced(&desk),
        Some("2 stories: picked up. Icebox 2 of 3. Arrows move it, Enter drops it, Escape puts it back.")
    );
    keys(&mut desk, &[Key::Left, Key::Left, Key::Down]);
    assert_eq!(announced(&desk), Some("Current 2 of 4"));
    keys(&mut desk, &[Key::Enter]);
    desk.answer();
    check(&desk, "Live \n Current: a | i+ | k+* \n Backlog: #2 | b \n Icebox: j");
    keys(&mut desk, &[Key::PickUp, Key::Right, Key::Escape]);
    check(&desk, "Live \n Current: a | i+ | k+* \n Backlog: #2 | b \n Icebox: j");
}

#[test]
fn one_of_several_deleted_on_the_way_stays_behind() {
    let mut desk = Desk::with(&["a"], &["i", "j", "k"]);
    select(&mut desk, &[101, 102, 103]);
    desk.now(Msg::DragStarted(story_id(101)));
    desk.now(Msg::DragMoved(Some((Column::Current, 0))));
    desk.others(delete(102));
    desk.now(Msg::DragDropped);
    desk.answer();
    check(&desk, "Live \n Current: i+* | k+ | a \n Backlog: \n Icebox:");
    assert_eq!(
        desk.toast(),
        "Moved 2 stories to Current. 1 was deleted or accepted meanwhile."
    );
}

#[test]
fn keys_show_and_hide_columns() {
    let mut desk = Desk::with(&["a"], &["i"]);
    keys(&mut desk, &[Key::Panel(Column::Backlog), Key::Panel(Column::Done)]);
    check(&desk, "Live \n Done: \n Current: a \n Icebox: i");
}
