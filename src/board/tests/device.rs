//! The device: nothing shows before it is kept, what was kept comes back once, and where it fails all goes on and says so.

use super::super::msg::{DeviceEffect, DeviceMsg, FromDevice};
use super::desk::{Pace, delete, draft_key, person, retitle};
use super::*;
use backlog::Transition;
use replica::Kept;

fn type_title(desk: &mut Desk, title: &str) {
    desk.now(Msg::TitleTyped(title.to_owned()));
}

#[test]
fn a_form_stays_open_until_the_device_holds_its_command() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.pace = Pace::Slow;
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "b");
    desk.now(Msg::DraftSaved);
    check(&desk, "Live, saving 1 \n Current: [b] \n Backlog: \n Icebox:");
    assert_eq!(desk.requests, [], "nothing is sent that a crash would lose");
    desk.effects.clear();
    desk.written();
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Story(story_id(1)))));
    assert_eq!(desk.requests.len(), 1);
    check(&desk, "Live, saving 1 \n Current: b* \n Backlog: \n Icebox:");
}

#[test]
fn a_second_enter_gives_no_second_command() {
    let mut desk = Desk::with(&[], &[]);
    desk.pace = Pace::Slow;
    desk.now(Msg::AddClicked(Column::Icebox));
    type_title(&mut desk, "Pay by card");
    desk.now(Msg::DraftSaved);
    desk.now(Msg::DraftSaved);
    assert_eq!(desk.keeping.len(), 1);
    desk.written();
    desk.answer();
    assert_eq!(desk.ledger.version().rev, 1);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: Pay by card*");
}

#[test]
fn a_form_that_one_goes_on_typing_in_stays_open_on_what_was_saved() {
    let mut desk = Desk::with(&[], &[]);
    desk.pace = Pace::Slow;
    desk.now(Msg::AddClicked(Column::Icebox));
    type_title(&mut desk, "Pay");
    desk.now(Msg::DraftSaved);
    type_title(&mut desk, "Pay by card");
    desk.written();
    check(&desk, "Live, saving 1 \n Current: \n Backlog: \n Icebox: [Pay by card]");
    desk.answer();
    desk.now(Msg::DraftSaved);
    desk.written();
    desk.answer();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: Pay by card*");
    assert_eq!(desk.ledger.version().rev, 2);
}

#[test]
fn what_was_given_offline_is_there_after_a_reload_and_goes_once() {
    let mut desk = Desk::with(&["a"], &["idea"]);
    desk.now(Msg::Hidden);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    check(
        &desk,
        "Offline, 1 change kept on this device \n Current: a started \n Backlog: \n Icebox: idea",
    );
    assert_eq!(
        desk.requests,
        [],
        "nothing is sent before the server has said who is here"
    );
    desk.now(Msg::RetryDue);
    desk.open();
    check(&desk, "Live \n Current: a started \n Backlog: \n Icebox: idea");
    assert_eq!(desk.ledger.version().rev, 3);
    desk.reload();
    desk.open();
    assert_eq!(desk.ledger.version().rev, 3);
}

#[test]
fn the_first_base_is_written_as_soon_as_the_page_is_drawn() {
    let mut desk = Desk::with(&["a"], &[]);
    assert_eq!(desk.shelf.base, None);
    desk.now(Msg::TypingPaused);
    assert!(desk.shelf.base.is_some());
    desk.others(retitle(1, "b"));
    desk.now(Msg::TypingPaused);
    let base = desk.shelf.base.clone().map(|(text, _)| text);
    assert!(base.is_some_and(|text| text.contains("\"a\"")), "later ones wait");
}

#[test]
fn the_base_is_written_when_it_has_been_quiet_for_a_tick() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::Ticked);
    assert_eq!(desk.shelf.base, None, "it changed since the last tick");
    desk.now(Msg::Ticked);
    let (first, _) = desk.shelf.base.take().expect("it was quiet");
    assert!(first.contains("\"a\""));
    desk.now(Msg::Ticked);
    assert_eq!(desk.shelf.base, None, "it is the same");
    desk.others(retitle(1, "b"));
    for _ in 0..19 {
        desk.now(Msg::Ticked);
        desk.others(retitle(1, "b"));
    }
    assert_eq!(desk.shelf.base, None, "it is never quiet");
    desk.now(Msg::Ticked);
    assert!(desk.shelf.base.is_some(), "it was behind for five minutes");
}

#[test]
fn a_device_that_fails_is_told_once_and_the_light_says_where_things_are() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    for _ in 0..2 {
        desk.now(Msg::Device(DeviceMsg::Failed("its storage is full".to_owned())));
    }
    check(
        &desk,
        "Offline, 1 change kept on this page only
         ! This browser does not keep changes: its storage is full. They are on this page only until the server has them, so leave it open until then.
         Current: a started \n Backlog: \n Icebox:",
    );
    desk.now(Msg::NoticeDismissed);
    assert_eq!(desk.board.scene().notice, None);
}

#[test]
fn what_a_later_page_wrote_is_left_alone_and_told() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.shelf
        .own
        .insert("x".to_owned(), "{\"form\":2,\"kept\":{}}".to_owned());
    desk.shelf.drafts.insert(draft_key(9, 7), "{\"form\":2}".to_owned());
    let before = (desk.shelf.own.clone(), desk.shelf.drafts.clone());
    desk.reload();
    desk.open();
    assert_eq!(
        desk.board.scene().notice.map(|notice| notice.what).as_deref(),
        Some("2 changes kept on this device are of a later version of this page; reload.")
    );
    assert_eq!((desk.shelf.own.clone(), desk.shelf.drafts.clone()), before);
}

#[test]
fn what_another_page_gave_shows_here_and_is_not_given_twice() {
    let mut here = Desk::with(&["a"], &[]);
    let mut there = Desk::with(&["a"], &[]);
    there.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    here.shelf = there.shelf.clone();
    here.now(Msg::Device(DeviceMsg::Changed));
    here.now(Msg::FrameDue);
    check(&here, "Live, saving 1 \n Current: a started \n Backlog: \n Icebox:");
    // Both send it; the server knows it by its mutation id.
    let sent = |desk: &Desk| desk.requests.last().map(|request| request.commands[0].mid);
    assert_eq!(sent(&here), sent(&there));
    here.answer();
    here.now(Msg::Device(DeviceMsg::Changed));
    check(&here, "Live \n Current: a started \n Backlog: \n Icebox:");
}

#[test]
fn what_is_read_while_one_writes_is_read_again() {
    let mut desk = Desk::with(&["a"], &[]);
    // The answer of a device that was asked before the command came.
    let old = desk.read(person("Ann").id);
    let mut effects = desk.board.update(Msg::Device(DeviceMsg::Changed), desk.present());
    assert_eq!(effects, [Effect::Device(DeviceEffect::ReadOwn)]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    effects = desk
        .board
        .update(Msg::Device(DeviceMsg::Read(Box::new(old))), desk.present());
    assert_eq!(effects, [Effect::Device(DeviceEffect::ReadOwn)]);
}

#[test]
fn a_draft_comes_back_after_a_reload_and_goes_when_it_is_saved() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "half a thou");
    assert!(desk.shelf.drafts.is_empty(), "not at each keystroke");
    desk.now(Msg::TypingPaused);
    desk.reload();
    desk.open();
    check(&desk, "Live \n Current: a? \n Backlog: \n Icebox:");
    desk.now(Msg::StoryOpened(story_id(1)));
    check(&desk, "Live \n Current: [half a thou] \n Backlog: \n Icebox:");
    desk.now(Msg::DraftSaved);
    assert!(desk.shelf.drafts.is_empty());
    desk.answer();
    desk.reload();
    desk.open();
    check(&desk, "Live \n Current: half a thou \n Backlog: \n Icebox:");
}

#[test]
fn what_two_pages_type_in_one_story_is_kept_of_both() {
    let mut here = Desk::with(&["a"], &[]);
    here.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut here, "first");
    here.now(Msg::TypingPaused);
    // Another page of the browser, which does not touch what a page that is alive has typed.
    let mut there = Desk::with(&["a"], &[]);
    there.now(Msg::StoryOpened(story_id(1)));
    there.now += 1_000;
    type_title(&mut there, "second");
    there.now(Msg::TypingPaused);
    let (_, second) = there.shelf.drafts.pop_first().expect("it was written");
    here.shelf.drafts.insert(draft_key(1, 99), second);
    here.reload();
    here.open();
    let told = "! On another page something else was typed in “a” and not saved. first";
    check(&here, &format!("Live \n {told} \n Current: a? \n Backlog: \n Icebox:"));
    here.now(Msg::StoryOpened(story_id(1)));
    assert!(here.seen().contains("[second]"), "the later one is in the form");
    here.now(Msg::DraftDiscarded);
    assert_eq!(here.shelf.drafts.keys().collect::<Vec<_>>(), [&draft_key(1, 0)]);
    here.now(Msg::NoticeDismissed);
    assert!(here.shelf.drafts.is_empty());
}

#[test]
fn a_draft_that_was_taken_over_keeps_its_place_on_the_device() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "half");
    desk.now(Msg::Hidden);
    desk.reload();
    desk.open();
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "half a thou");
    desk.now(Msg::TypingPaused);
    assert_eq!(desk.shelf.drafts.keys().collect::<Vec<_>>(), [&draft_key(1, 0)]);
    assert!(!desk.board.holds_unsaved());
    desk.now(Msg::DraftSaved);
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn a_draft_of_a_story_to_be_comes_back_in_its_column() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::AddClicked(Column::Icebox));
    type_title(&mut desk, "later");
    desk.now(Msg::Hidden);
    desk.reload();
    desk.open();
    desk.now(Msg::AddClicked(Column::Icebox));
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [later]");
    desk.now(Msg::DraftDiscarded);
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn a_draft_typed_back_to_what_the_story_says_is_kept_no_more() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "b");
    desk.now(Msg::TypingPaused);
    assert_eq!(desk.shelf.drafts.len(), 1);
    type_title(&mut desk, "a");
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn text_in_a_deleted_story_outlives_a_reload_until_it_was_read() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "precious");
    desk.others(delete(1));
    let told = "! Bob deleted “a” while you were writing in it. precious";
    assert!(desk.seen().contains(told), "{}", desk.seen());
    desk.reload();
    desk.open();
    let told = "! “a” was deleted while you were writing in it. precious";
    assert!(desk.seen().contains(told), "{}", desk.seen());
    desk.now(Msg::NoticeDismissed);
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn text_in_a_story_that_nobody_knows_is_told_once_the_page_is_live() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    type_title(&mut desk, "precious");
    desk.now(Msg::Hidden);
    let (key, text) = desk.shelf.drafts.pop_first().expect("it was written");
    let other = text.replace(&key.story.to_string(), &story_id(77).to_string());
    desk.shelf.drafts.insert(draft_key(77, 0), other);
    desk.reload();
    assert_eq!(desk.board.scene().notice, None, "it may be on its way here");
    desk.open();
    desk.others(retitle(1, "b"));
    let kept = desk.board.scene().notice.and_then(|notice| notice.kept);
    assert_eq!(kept.as_deref(), Some("precious"));
}

#[test]
fn a_draft_that_was_saved_just_before_a_crash_is_no_second_story() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::AddClicked(Column::Icebox));
    type_title(&mut desk, "Pay by card");
    desk.now(Msg::TypingPaused);
    let drafts = desk.shelf.drafts.clone();
    desk.now(Msg::DraftSaved);
    // The device took the command, and the page crashed before it let go of the draft.
    desk.shelf.drafts = drafts;
    desk.reload();
    desk.open();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: Pay by card");
    assert!(desk.shelf.drafts.is_empty());
}

#[test]
fn descriptions_of_two_people_are_merged() {
    let mut desk = Desk::with(&["a"], &[]);
    let describe = |text: &str| backlog::Command::EditStory {
        id: story_id(1),
        edits: vec![Edit::Description(backlog::Description::new(text).expect("a text"))],
    };
    desk.others(describe("one\n\ntwo\n\nthree"));
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DescriptionTyped("ONE\n\ntwo\n\nthree".to_owned()));
    desk.now(Msg::TypingPaused);
    desk.others(describe("one\n\ntwo\n\nTHREE"));
    desk.reload();
    desk.open();
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DraftSaved);
    desk.answer();
    let view = desk.ledger.project();
    let description = view
        .story(story_id(1))
        .map(|story| story.description.as_str().to_owned());
    assert_eq!(description.as_deref(), Some("ONE\n\ntwo\n\nTHREE"));
}

#[test]
fn a_late_answer_of_the_device_for_someone_else_is_not_taken() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    let anns = desk.read(person("Ann").id);
    desk.greet("Robert");
    desk.now(Msg::Device(DeviceMsg::Read(Box::new(FromDevice {
        kept: anns.kept.iter().map(Kept::clone).collect(),
        ..anns
    }))));
    desk.answer();
    desk.now(Msg::NoticeDismissed);
    check(&desk, "Live \n Current: a \n Backlog: \n Icebox:");
}
