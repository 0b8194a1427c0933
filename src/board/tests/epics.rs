//! The sheet of epics.

use super::super::msg::EpicsMsg;
use super::super::scene::epics::{EpicLine, EpicsScene, Progress};
use super::super::sheet::{Sheet, SheetBody};
use super::*;
use backlog::{Command, Day, Edit, EpicId, EpicWords, Label, Title, Transition};

fn opened(stories: &[&str], ideas: &[&str]) -> Desk {
    let mut desk = Desk::with(stories, ideas);
    desk.now(Msg::SheetToggled(Sheet::Epics));
    desk
}

fn scene(desk: &Desk) -> EpicsScene {
    match desk.board.scene().sheet.map(|sheet| sheet.body) {
        Some(SheetBody::Epics(scene)) => *scene,
        other => panic!("the sheet is {other:?}"),
    }
}

fn say(desk: &mut Desk, msg: EpicsMsg) {
    desk.now(Msg::Epics(msg));
}

fn add(desk: &mut Desk, name: &str) -> EpicId {
    say(desk, EpicsMsg::AddClicked);
    say(desk, EpicsMsg::NameTyped(None, name.to_owned()));
    say(desk, EpicsMsg::Saved(None));
    scene(desk).epics.last().expect("the epic is there").id
}

fn label(n: u128, label: &str) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::LabelAdded(Label::new(label).expect("a label"))],
    }
}

fn names(desk: &Desk) -> Vec<String> {
    scene(desk).epics.into_iter().map(|line| line.name).collect()
}

fn only(desk: &Desk) -> EpicLine {
    let [line] = &scene(desk).epics[..] else {
        panic!("one epic")
    };
    line.clone()
}

#[test]
fn an_epic_is_added_with_the_label_that_its_name_suggests() {
    let mut desk = opened(&["a"], &[]);
    say(&mut desk, EpicsMsg::AddClicked);
    assert!(desk.effects.contains(&Effect::Focus(Target::EpicName)));
    say(&mut desk, EpicsMsg::NameTyped(None, "Launch  Days, all".to_owned()));
    assert_eq!(
        scene(&desk).adding.map(|form| form.label).as_deref(),
        Some("launch days all")
    );
    say(&mut desk, EpicsMsg::LabelTyped(None, "launch".to_owned()));
    say(&mut desk, EpicsMsg::NameTyped(None, "Launch days".to_owned()));
    say(&mut desk, EpicsMsg::Saved(None));
    let line = only(&desk);
    assert_eq!((line.name.as_str(), line.label.as_str()), ("Launch days", "launch"));
    assert_eq!(scene(&desk).adding, None);
    assert_eq!(desk.toast(), "Saved the epic “Launch days”");
    desk.click_undo();
    assert_eq!(scene(&desk).epics, []);
}

#[test]
fn an_epic_tells_how_far_its_stories_are_and_when_they_end() {
    let mut desk = opened(&["a", "b", "c", "d", "e"], &["i"]);
    add(&mut desk, "Cart");
    assert_eq!((only(&desk).progress, only(&desk).end), (Progress::default(), None));
    for n in [1, 2, 4, 101] {
        desk.others(label(n, "cart"));
    }
    desk.others(Command::EditStory {
        id: story_id(101),
        edits: vec![Edit::Estimate(None)],
    });
    for transition in [
        Transition::Start,
        Transition::Finish,
        Transition::Deliver,
        Transition::Accept,
    ] {
        desk.now(Msg::TransitionClicked(story_id(1), transition));
    }
    desk.now(Msg::TransitionClicked(story_id(2), Transition::Start));
    let progress = Progress {
        stories: 4,
        accepted_stories: 1,
        accepted: 3,
        going: 3,
        left: 3,
        without: 1,
    };
    // The fourth story falls in the next iteration.
    assert_eq!(
        (only(&desk).progress, only(&desk).end),
        (progress, Day::of_date(2026, 11, 29))
    );
}

#[test]
fn an_epic_of_ideas_alone_has_no_end() {
    let mut desk = opened(&["a"], &["i"]);
    add(&mut desk, "Cart");
    desk.others(label(101, "cart"));
    assert_eq!((only(&desk).progress.left, only(&desk).end), (3, None));
}

#[test]
fn epics_are_put_in_order_by_buttons() {
    let mut desk = opened(&[], &[]);
    let ids = ["One", "Two", "Three"].map(|name| add(&mut desk, name));
    say(&mut desk, EpicsMsg::MovedUp(ids[2]));
    assert_eq!(names(&desk), ["One", "Three", "Two"]);
    assert!(desk.effects.contains(&Effect::Focus(Target::Epic(ids[2]))));
    say(&mut desk, EpicsMsg::MovedUp(ids[2]));
    assert_eq!(names(&desk), ["Three", "One", "Two"]);
    say(&mut desk, EpicsMsg::MovedDown(ids[0]));
    assert_eq!(names(&desk), ["Three", "Two", "One"]);
    // At the ends there is nowhere to go.
    let before = desk.shelf.own.len();
    say(&mut desk, EpicsMsg::MovedDown(ids[0]));
    say(&mut desk, EpicsMsg::MovedUp(ids[2]));
    assert_eq!(desk.shelf.own.len(), before);
}

#[test]
fn an_epic_that_goes_leaves_its_stories_their_label() {
    let mut desk = opened(&["a"], &[]);
    let id = add(&mut desk, "Cart");
    desk.others(label(1, "cart"));
    say(&mut desk, EpicsMsg::Removed(id));
    assert_eq!(scene(&desk).epics, []);
    assert_eq!(
        desk.toast(),
        "Removed the epic “Cart”. Its stories keep the label “cart”."
    );
    desk.click_undo();
    assert_eq!(only(&desk).progress.stories, 1);
}

#[test]
fn the_stories_of_an_epic_are_shown_by_the_search() {
    let mut desk = opened(&["a", "b"], &["i"]);
    let id = add(&mut desk, "Pay by card");
    desk.others(label(2, "pay by card"));
    say(&mut desk, EpicsMsg::StoriesClicked(id));
    let seen = desk.seen();
    let current = seen.lines().find(|line| line.starts_with("Current"));
    assert_eq!(current, Some("Current: b"), "{seen}");
}

#[test]
fn bad_input_is_explained_and_stays_in_its_form() {
    let mut desk = opened(&[], &[]);
    add(&mut desk, "Cart");
    say(&mut desk, EpicsMsg::AddClicked);
    let problem = |desk: &Desk| scene(desk).adding.and_then(|form| form.problem);
    say(&mut desk, EpicsMsg::Saved(None));
    assert_eq!(problem(&desk).as_deref(), Some("Name is empty."));
    say(&mut desk, EpicsMsg::NameTyped(None, "Trolley".to_owned()));
    say(&mut desk, EpicsMsg::LabelTyped(None, "a,b".to_owned()));
    say(&mut desk, EpicsMsg::Saved(None));
    assert_eq!(problem(&desk).as_deref(), Some("Label cannot hold the character ','."));
    say(&mut desk, EpicsMsg::LabelTyped(None, "cart".to_owned()));
    say(&mut desk, EpicsMsg::Saved(None));
    let told = problem(&desk).expect("the label is taken");
    assert!(
        told.contains("cart") && told.ends_with("Nothing was changed."),
        "{told}"
    );
    assert_eq!(names(&desk), ["Cart"]);
}

#[test]
fn what_one_types_stays_while_the_sheet_is_closed_and_others_change_the_epic() {
    let mut desk = opened(&[], &[]);
    let id = add(&mut desk, "Cart");
    desk.answer();
    say(&mut desk, EpicsMsg::Clicked(id));
    say(&mut desk, EpicsMsg::NameTyped(Some(id), "Cart and".to_owned()));
    desk.now(Msg::SheetToggled(Sheet::Epics));
    desk.others(Command::PutEpic {
        id,
        words: EpicWords {
            name: Title::new("Basket").expect("a title"),
            label: Label::new("cart").expect("a label"),
            description: Default::default(),
        },
    });
    desk.now(Msg::SheetToggled(Sheet::Epics));
    let line = only(&desk);
    let form = line.form.expect("it is open still");
    assert_eq!(
        (line.name.as_str(), form.name.as_str(), line.unsaved),
        ("Basket", "Cart and", true)
    );
    assert_eq!(
        form.note.as_deref(),
        Some("Bob changed it meanwhile: “Basket”, label “cart”. What you typed is still here.")
    );
    desk.others(Command::RemoveEpic { id });
    let notice = desk.board.scene().notice.expect("a notice");
    assert_eq!(notice.what, "Bob removed the epic that you were changing.");
    assert_eq!(notice.kept.as_deref(), Some("Cart and\ncart\n"));
}
