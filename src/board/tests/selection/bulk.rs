//! What is done to all that is selected: one command, and what cannot take part is left out and told.

use super::*;

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
