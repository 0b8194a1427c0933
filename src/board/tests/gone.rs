//! Stories that someone deletes over one's own work come back with one click, and what was typed into them too.

use super::desk::delete;
use super::*;
use crate::board::msg::PastMsg;
use backlog::Command;

fn restore(desk: &mut Desk) {
    let notice = desk.board.scene().notice.expect("there is a notice");
    let story = notice.deleted.expect("it offers the way back");
    desk.now(Msg::Past(PastMsg::DeletedRestored(story)));
}

#[test]
fn a_story_deleted_under_the_pen_comes_back_with_its_text() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DescriptionTyped("precious".to_owned()));
    desk.others(delete(1));
    check(
        &desk,
        "Live
         ! Bob deleted “a” while you were writing in it. precious
         Current: \n Backlog: \n Icebox:",
    );
    restore(&mut desk);
    desk.answer();
    check(&desk, "Live \n Current: [a] \n Backlog: \n Icebox:");
    desk.now(Msg::DraftSaved);
    desk.answer();
    let story = desk.ledger.project().story(story_id(1)).expect("it is there");
    assert_eq!(story.description.as_str(), "precious");
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn a_story_deleted_under_the_pen_comes_back_with_its_text_after_a_reload() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("precious".to_owned()));
    desk.others(delete(1));
    desk.reload();
    desk.open();
    restore(&mut desk);
    desk.answer();
    check(&desk, "Live \n Current: [precious] \n Backlog: \n Icebox:");
    desk.now(Msg::DraftDiscarded);
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn a_story_that_someone_else_brought_back_gets_its_text_too() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("precious".to_owned()));
    desk.others(delete(1));
    desk.others(Command::RestoreStories {
        stories: vec![story_id(1)],
    });
    restore(&mut desk);
    check(&desk, "Live \n Current: [precious] \n Backlog: \n Icebox:");
}

#[test]
fn whoever_edited_a_story_that_is_deleted_unseen_is_told_and_can_restore_it() {
    let mut desk = Desk::with(&["cart"], &[]);
    let seen = desk.ledger.version().rev;
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("basket".to_owned()));
    desk.now(Msg::DraftSaved);
    desk.answer();
    desk.others_unaware(delete(1), seen);
    check(
        &desk,
        "Live
         ! Bob deleted “basket” without having seen your change.
         Current: \n Backlog: \n Icebox:",
    );
    restore(&mut desk);
    desk.answer();
    check(&desk, "Live \n Current: basket* \n Backlog: \n Icebox:");
}

#[test]
fn a_deletion_that_knew_of_the_change_goes_by_in_silence() {
    let mut desk = Desk::with(&["cart"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("basket".to_owned()));
    desk.now(Msg::DraftSaved);
    desk.answer();
    desk.others(delete(1));
    check(&desk, "Live \n Current: \n Backlog: \n Icebox:");
}
