//! Moving all that is selected, as one block: by the bar, by pointer, by keys.

use super::*;

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
