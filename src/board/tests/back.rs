//! Every own command can be taken back; where it was overtaken, it says so.

use super::desk::{Pace, delete, retitle};
use super::*;
use crate::board::msg::DeviceMsg;
use crate::board::scene::ToastWay;
use backlog::Transition;

fn save_title(desk: &mut Desk, n: u128, title: &str) {
    desk.now(Msg::StoryOpened(story_id(n)));
    desk.now(Msg::TitleTyped(title.to_owned()));
    desk.now(Msg::DraftSaved);
    desk.answer();
}

fn undo(desk: &mut Desk) {
    desk.now(Msg::KeyPressed(Key::Undo));
    desk.answer();
}

#[test]
fn the_last_command_is_taken_back_and_then_the_one_before() {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    save_title(&mut desk, 1, "basket");
    desk.now(Msg::TransitionClicked(story_id(2), Transition::Start));
    desk.answer();
    assert_eq!(desk.toast(), "Started “b”");
    check(&desk, "Live \n Current: b started | basket* \n Backlog: \n Icebox:");
    undo(&mut desk);
    assert_eq!(desk.toast(), "Undone: started “b”");
    check(&desk, "Live \n Current: basket | b* \n Backlog: \n Icebox:");
    undo(&mut desk);
    assert_eq!(desk.toast(), "Undone: renamed “cart” to “basket”");
    check(&desk, "Live \n Current: cart* | b \n Backlog: \n Icebox:");
    undo(&mut desk);
    assert_eq!(desk.toast(), "Nothing to undo on this device");
}

#[test]
fn a_command_is_taken_back_after_a_reload() {
    let mut desk = Desk::with(&["cart"], &[]);
    save_title(&mut desk, 1, "basket");
    desk.reload();
    desk.open();
    undo(&mut desk);
    check(&desk, "Live \n Current: cart* \n Backlog: \n Icebox:");
}

#[test]
fn what_was_overtaken_is_not_taken_back_and_offers_the_history() {
    let mut desk = Desk::with(&["cart"], &[]);
    save_title(&mut desk, 1, "basket");
    desk.others(retitle(1, "trolley"));
    undo(&mut desk);
    assert_eq!(desk.toast(), "Not undone: the title of “trolley” was changed since");
    let way = desk.board.scene().toast.and_then(|toast| toast.way);
    assert_eq!(way, Some(ToastWay::History(story_id(1))));
    check(&desk, "Live \n Current: trolley* \n Backlog: \n Icebox:");
}

#[test]
fn what_was_deleted_since_is_said_to_be() {
    let mut desk = Desk::with(&["cart"], &[]);
    save_title(&mut desk, 1, "basket");
    desk.others(delete(1));
    undo(&mut desk);
    assert_eq!(desk.toast(), "Not undone: “basket” was deleted since");
    assert_eq!(desk.board.scene().toast.and_then(|toast| toast.way), None);
}

#[test]
fn a_toast_goes_when_something_else_is_done() {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    desk.now(Msg::TransitionClicked(story_id(2), Transition::Start));
    desk.answer();
    assert_eq!(desk.toast(), "Started “b”");
    save_title(&mut desk, 1, "basket");
    assert_eq!(desk.toast(), "");
}

#[test]
fn a_toast_that_comes_late_offers_to_take_back_no_step_before_the_last() {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    desk.pace = Pace::Slow;
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(Msg::TransitionClicked(story_id(2), Transition::Start));
    let first = desk.keeping.remove(0);
    desk.now(Msg::Device(DeviceMsg::Kept(first)));
    assert_eq!(desk.toast(), "Started “cart”");
    assert_eq!(desk.board.scene().toast.and_then(|toast| toast.way), None);
    desk.written();
    assert_eq!(desk.toast(), "Started “b”");
    desk.click_undo();
    desk.written();
    desk.now(Msg::FrameDue);
    desk.answer();
    check(&desk, "Live \n Current: cart started | b* \n Backlog: \n Icebox:");
}

#[test]
fn a_toast_goes_when_another_page_does_something() {
    let mut here = Desk::with(&["cart", "b"], &[]);
    let mut there = Desk::with(&["cart", "b"], &[]);
    here.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    here.answer();
    // The other page's dice fall otherwise.
    for _ in 0..10 {
        there.now(Msg::FrameDue);
    }
    there.now(Msg::TransitionClicked(story_id(2), Transition::Start));
    here.shelf.own.extend(there.shelf.own.clone());
    here.now(Msg::Device(DeviceMsg::Changed));
    assert_eq!(here.toast(), "");
}

#[test]
fn a_move_offers_the_way_back() {
    let mut desk = Desk::with(&["a", "b"], &["i"]);
    desk.now(Msg::StoryFocused(story_id(1)));
    desk.now(Msg::KeyPressed(Key::PickUp));
    desk.now(Msg::KeyPressed(Key::Down));
    desk.now(Msg::KeyPressed(Key::Enter));
    desk.answer();
    assert_eq!(desk.toast(), "Moved “a”");
    check(&desk, "Live \n Current: b | a* \n Backlog: \n Icebox: i");
    desk.click_undo();
    desk.answer();
    assert_eq!(desk.toast(), "Undone: moved “a”");
    check(&desk, "Live \n Current: a* | b \n Backlog: \n Icebox: i");
}
