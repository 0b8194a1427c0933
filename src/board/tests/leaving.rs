//! Leaving: what is on this page alone is known, until the server has it.

use super::*;

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
fn text_would_be_lost_even_in_a_closed_form() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    assert!(desk.board.holds_unsaved());
    desk.now(Msg::StoryOpened(story_id(2)));
    assert!(desk.board.holds_unsaved());
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DraftDiscarded);
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn a_command_would_be_lost_until_the_server_confirms_it() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::AddClicked(Column::Icebox));
    desk.now(Msg::TitleTyped("Pay by card".to_owned()));
    desk.now(Msg::DraftSaved);
    assert!(desk.board.holds_unsaved());
    desk.answer();
    assert!(!desk.board.holds_unsaved());
}
