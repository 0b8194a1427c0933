//! Leaving: what is on this page alone is known, until the device or the server has it.

use super::super::msg::DeviceMsg;
use super::desk::Pace;
use super::*;

fn new_story(desk: &mut Desk, title: &str) {
    desk.now(Msg::AddClicked(Column::Icebox));
    desk.now(Msg::TitleTyped(title.to_owned()));
    desk.now(Msg::DraftSaved);
}

#[test]
fn what_is_read_is_not_lost() {
    let mut desk = Desk::with(&["a"], &[]);
    assert!(!desk.board.holds_unsaved());
    desk.now(Msg::StoryOpened(story_id(1)));
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn an_untouched_form_is_not_lost() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::AddClicked(Column::Icebox));
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn text_would_be_lost_until_the_device_holds_it() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    assert!(desk.effects.contains(&Effect::AwaitPause));
    assert!(desk.board.holds_unsaved());
    desk.now(Msg::StoryOpened(story_id(2)));
    assert!(desk.board.holds_unsaved(), "also in a closed form");
    desk.now(Msg::TypingPaused);
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn where_the_device_fails_text_would_be_lost_until_it_is_saved_or_thrown_away() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::Device(DeviceMsg::Failed("it is full".to_owned())));
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::TypingPaused);
    assert!(desk.board.holds_unsaved());
    desk.now(Msg::DraftDiscarded);
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn a_command_would_be_lost_until_the_device_holds_it() {
    let mut desk = Desk::with(&[], &[]);
    desk.pace = Pace::Slow;
    new_story(&mut desk, "Pay by card");
    assert!(desk.board.holds_unsaved());
    desk.written();
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn where_the_device_fails_a_command_would_be_lost_until_the_server_confirms_it() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::Device(DeviceMsg::Failed("it is full".to_owned())));
    new_story(&mut desk, "Pay by card");
    assert!(desk.board.holds_unsaved());
    desk.answer();
    assert!(!desk.board.holds_unsaved());
}
