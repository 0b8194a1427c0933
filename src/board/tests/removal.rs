//! Who is not let in any more: signed out under an open page, or taken out of the project.

use super::super::msg::{AccountMsg, DeviceEffect};
use super::super::scene::Unsent;
use super::desk::{name, person};
use super::*;
use backlog::{Millis, Role};

/// Ann has an account; stories `a` and `b`.
fn desk() -> Desk {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.kind = SessionKind::Account;
    desk.greet("Ann");
    desk.answer();
    desk.now(Msg::Hidden);
    desk.effects.clear();
    desk
}

fn signed_out(desk: &Desk) -> Option<String> {
    let scene = desk.board.scene().signed_out?;
    Some(format!("{} {} {}", scene.what, scene.then, scene.address))
}

#[test]
fn a_stranger_is_led_to_the_door() {
    let mut desk = Desk::fresh();
    desk.now(Msg::Woke);
    desk.now(Msg::SessionFailed(Failure::NoSession));
    assert!(desk.effects.contains(&Effect::OpenDoor));
}

#[test]
fn who_was_here_before_is_led_to_the_door_too_but_not_without_a_network() {
    let mut desk = desk();
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    check(&desk, "Offline \n Current: a | b \n Backlog: \n Icebox:");
    assert!(!desk.effects.contains(&Effect::OpenDoor));
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::NoSession));
    assert!(desk.effects.contains(&Effect::OpenDoor));
}

#[test]
fn who_works_without_a_network_is_not_torn_away_when_it_comes_back() {
    let mut desk = desk();
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(Msg::SessionFailed(Failure::NoSession));
    assert!(!desk.effects.contains(&Effect::OpenDoor));
    assert!(signed_out(&desk).is_some());
}

#[test]
fn a_session_that_ends_under_an_open_page_loses_nothing() {
    let mut desk = desk();
    desk.now(Msg::StoryOpened(story_id(2)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::NoSession));
    assert!(desk.effects.contains(&Effect::OpenSession), "it is asked at once");
    desk.now(Msg::SessionFailed(Failure::NoSession));
    let words = "You are signed out. Sign in to send 1 change. /sign-in?next=/projects/";
    assert!(signed_out(&desk).is_some_and(|told| told.starts_with(words)));
    assert_eq!(desk.light(), "Signed out, 1 change kept on this device");
    check(
        &desk,
        "Signed out, 1 change kept on this device \n Current: a started | [half a thou] \n Backlog: \n Icebox:",
    );
    // They signed in on another page.
    desk.greet("Ann");
    desk.answer();
    assert_eq!(signed_out(&desk), None);
    check(
        &desk,
        "Live \n Current: a started | [half a thou] \n Backlog: \n Icebox:",
    );
}

#[test]
fn whoever_signs_in_as_someone_else_sees_nothing_of_the_one_before() {
    let mut desk = desk();
    desk.now(Msg::StoryOpened(story_id(2)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::SessionFailed(Failure::NoSession));
    desk.greet("Robert");
    assert_eq!(desk.shelf.drafts.len(), 1, "it is on the device for Ann");
    assert_eq!(desk.board.scene().header.name, Some(name("Robert")));
    assert!(
        desk.board.scene().left.is_none(),
        "what is an account's own is offered to nobody else"
    );
}

#[test]
fn whoever_is_removed_keeps_nothing_but_what_the_server_never_had() {
    let mut desk = desk();
    desk.now(Msg::StoryOpened(story_id(2)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::TypingPaused);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(Msg::SheetToggled(Sheet::Forecast));
    desk.now(Msg::SyncFailed(Failure::Removed));
    check(
        &desk,
        "Nothing to follow
         You are not in this project any more
         - Typed in “b”: half a thou
         - Start “a”:",
    );
    assert!(desk.shelf.own.is_empty() && desk.shelf.drafts.is_empty() && desk.shelf.base.is_none());
    assert!(desk.effects.contains(&Effect::LeaveChannel));
    assert!(desk.board.holds_unsaved(), "it goes with the page");
    let scene = desk.board.scene();
    assert_eq!(
        (scene.header.project, scene.sheet, scene.header.standing),
        (None, None, None)
    );
    // Nothing asks or writes any more.
    desk.requests.clear();
    desk.effects.clear();
    desk.now += 60_000;
    desk.now(Msg::Ticked);
    desk.now(Msg::Woke);
    desk.now(Msg::RetryDue);
    desk.now(Msg::ChannelSubscribed);
    desk.now(Msg::Hidden);
    assert!(desk.requests.is_empty() && desk.shelf.base.is_none());
    assert!(!desk.effects.contains(&Effect::OpenSession));
}

#[test]
fn that_something_changed_is_asked_at_once() {
    let mut desk = desk();
    assert!(desk.requests.is_empty());
    desk.now(Msg::Account(AccountMsg::AccessChanged));
    assert_eq!(desk.requests.len(), 1);
}

#[test]
fn a_removal_without_a_network_counts_from_the_first_contact() {
    let mut desk = desk();
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    check(&desk, "Offline \n Current: a | b \n Backlog: \n Icebox:");
    desk.greet("Ann");
    desk.now(Msg::SyncFailed(Failure::Removed));
    check(&desk, "Nothing to follow \n You are not in this project any more");
    assert!(desk.shelf.base.is_none());
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn what_one_page_learns_the_others_hear() {
    let mut desk = desk();
    desk.now(Msg::Account(AccountMsg::RemovedElsewhere(person("Bob").id)));
    check(&desk, "Live \n Current: a | b \n Backlog: \n Icebox:");
    desk.now(Msg::Account(AccountMsg::RemovedElsewhere(person("Ann").id)));
    check(&desk, "Nothing to follow \n You are not in this project any more");
}

#[test]
fn each_page_wipes_once() {
    let desk = desk();
    let remembered = Remembered {
        account: Some(person("Ann").id),
        ..Remembered::default()
    };
    let mut board = Board::new(desk.ledger.id(), remembered);
    let wipe = Effect::Device(DeviceEffect::WipeProject);
    let now = Now {
        at: Millis(desk.now),
        random: [1, 2],
    };
    assert!(board.update(Msg::SyncFailed(Failure::Removed), now).contains(&wipe));
    assert!(!board.update(Msg::SyncFailed(Failure::Removed), now).contains(&wipe));
}

#[test]
fn a_link_that_is_closed_says_so() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.kind = SessionKind::Guest;
    desk.role = Role::Viewer;
    desk.greet("Ann");
    desk.now(Msg::SyncFailed(Failure::Removed));
    check(&desk, "Nothing to follow \n This link is closed");
    let none: &[Unsent] = &[];
    match desk.board.scene().body {
        Body::Removed(scene) => assert_eq!(&*scene.unsent, none),
        other => panic!("{other:?}"),
    }
}
