//! Who is here: another visitor sees nothing of the one before, and nobody signs out past what the server does not have.

use super::super::msg::{AccountMsg, DeviceEffect, Elsewhere, Keeping, SignOut};
use super::super::scene::PartingWay;
use super::desk::{delete, name, person};
use super::*;
use backlog::Transition;
use backlog::api::SessionKind;

fn account(msg: AccountMsg) -> Msg {
    Msg::Account(msg)
}

fn parting(desk: &Desk) -> Option<(String, PartingWay)> {
    let parting = desk.board.scene().header.parting;
    parting.map(|parting| (parting.words, parting.way))
}

#[test]
fn the_last_copy_shows_before_the_server_has_said_anything() {
    let mut desk = Desk::with(&["a"], &["idea"]);
    desk.now(Msg::Hidden);
    desk.reload();
    check(&desk, "Connecting \n Current: a \n Backlog: \n Icebox: idea");
    assert!(desk.effects.contains(&Effect::OpenSession));
}

#[test]
fn who_one_is_shows_without_a_server_and_a_new_name_waits_for_it() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::Hidden);
    desk.reload();
    desk.now(Msg::SessionFailed(Failure::Unreachable));
    assert_eq!(desk.board.scene().header.name, Some(name("Ann")));
    desk.now(Msg::NameOpened);
    desk.now(Msg::NameTyped("Anna".to_owned()));
    desk.now(Msg::NameSaved);
    desk.now(Msg::RenameFailed(Failure::Unreachable));
    let draft = desk.board.scene().header.name_draft.expect("the form is open");
    assert_eq!(draft.text, "Anna");
    let told = "The server does not answer. The name is saved at the server; try again once it answers.";
    assert_eq!(draft.problem.as_deref(), Some(told));
    desk.greet("Ann");
    assert!(desk.board.scene().header.name_draft.is_some(), "one goes on in it");
}

#[test]
fn another_visitor_does_not_see_what_the_one_before_was_called() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(account(AccountMsg::SignedOutElsewhere(person("Ann").id)));
    assert_eq!(desk.board.scene().header.name, None);
    desk.greet("Robert");
    assert_eq!(desk.board.scene().header.name, Some(name("Robert")));
}

#[test]
fn whoever_was_here_last_is_loaded_once_while_the_server_is_asked() {
    let desk = Desk::fresh();
    let remembered = Remembered {
        account: Some(person("Ann").id),
        ..Remembered::default()
    };
    let mut board = Board::new(desk.ledger.id(), remembered);
    let load = Effect::Device(DeviceEffect::Load(person("Ann").id));
    assert_eq!(board.update(Msg::Woke, desk.present()), [load, Effect::OpenSession]);
    assert_eq!(board.update(Msg::Woke, desk.present()), [Effect::OpenSession]);
}

#[test]
fn another_visitor_sees_nothing_of_the_one_before() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::TypingPaused);
    desk.now(Msg::FormClosed);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.requests.clear();
    let shelf = desk.shelf.own.len();
    desk.greet("Robert");
    check(
        &desk,
        "Live
         ! You are someone else to the server than before. Changes that it did not have yet stay on this device until you take them over or throw them away.
         loading",
    );
    desk.answer();
    desk.now(Msg::NoticeDismissed);
    check(&desk, "Live \n Current: a \n Backlog: \n Icebox:");
    assert_eq!(desk.ledger.version().rev, 1, "nothing goes out in another's name");
    assert_eq!(
        (desk.shelf.own.len(), desk.shelf.drafts.len()),
        (shelf, 1),
        "it waits for whoever made it"
    );
}

#[test]
fn nothing_is_sent_once_another_page_has_another_visitor() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(account(AccountMsg::VisitorChanged));
    assert!(desk.effects.contains(&Effect::OpenSession));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    assert_eq!(desk.requests, []);
    desk.greet("Ann");
    desk.answer();
    check(&desk, "Live \n Current: a started \n Backlog: \n Icebox:");
}

#[test]
fn a_request_names_whose_commands_go_out() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    assert_eq!(desk.requests[0].by, Some(person("Ann").id));
    desk.answer();
    // One that waited for the session, too.
    desk.reload();
    assert_eq!(desk.requests, []);
    desk.greet("Ann");
    assert_eq!(desk.requests[0].by, Some(person("Ann").id));
}

#[test]
fn a_server_that_knows_the_sender_as_someone_else_gets_nothing_in_their_name() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::NoSession));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Finish));
    assert_eq!(desk.requests, [], "nothing goes out before it is known who is here");
    desk.effects.clear();
    desk.now(Msg::RetryDue);
    assert!(desk.effects.contains(&Effect::OpenSession));
    desk.greet("Robert");
    let asked: Vec<_> = desk
        .requests
        .iter()
        .map(|request| (request.by, request.commands.len()))
        .collect();
    assert_eq!(asked, [(Some(person("Robert").id), 0)]);
    desk.answer();
    assert_eq!(desk.ledger.version().rev, 1);
}

#[test]
fn with_nothing_pending_one_signs_out_at_once() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(account(AccountMsg::SignOutClicked));
    assert!(desk.effects.contains(&Effect::EndSession));
    desk.shelf.own.insert("x".to_owned(), "y".to_owned());
    desk.now(account(AccountMsg::SessionEnded));
    assert!(desk.shelf.own.is_empty(), "the device keeps nothing of it");
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn signing_out_waits_for_what_the_server_does_not_have() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(account(AccountMsg::SignOutClicked));
    assert_eq!(
        parting(&desk),
        Some((
            "1 change is not at the server yet. Wait for the server, or throw it all away?".to_owned(),
            PartingWay::WaitOrThrowAway
        ))
    );
    assert!(!desk.effects.contains(&Effect::EndSession));
    desk.now(account(AccountMsg::SignOutChosen(SignOut::Wait)));
    let waiting = Some((
        "1 change is not at the server yet. Wait for the server, or throw it all away?".to_owned(),
        PartingWay::Waiting,
    ));
    assert_eq!(parting(&desk), waiting);
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    desk.now(Msg::RetryDue);
    assert_eq!(parting(&desk), waiting, "offline, one goes on waiting");
    assert!(!desk.effects.contains(&Effect::EndSession));
    desk.answer();
    assert!(desk.effects.contains(&Effect::EndSession));
}

#[test]
fn signing_out_can_be_given_up_or_throw_away() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("b".to_owned()));
    desk.elsewhere = Elsewhere {
        changes: 2,
        ..Elsewhere::default()
    };
    desk.now(account(AccountMsg::SignOutClicked));
    assert_eq!(
        parting(&desk),
        Some((
            "Text in 1 story is not saved. 2 changes in other projects are not at the server yet.".to_owned(),
            PartingWay::ThrowAway
        ))
    );
    desk.now(account(AccountMsg::SignOutChosen(SignOut::Stay)));
    assert_eq!(parting(&desk), None);
    assert!(!desk.effects.contains(&Effect::EndSession));
    desk.now(account(AccountMsg::SignOutClicked));
    desk.now(account(AccountMsg::SignOutChosen(SignOut::ThrowAway)));
    assert!(desk.effects.contains(&Effect::EndSession));
}

#[test]
fn text_that_another_page_keeps_is_not_wiped_unasked() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.elsewhere.drafts_here = 1;
    desk.now(account(AccountMsg::SignOutClicked));
    let words = parting(&desk).map(|(words, _)| words);
    assert_eq!(words.as_deref(), Some("Text in 1 story is not saved."));
}

#[test]
fn signing_out_on_another_page_loses_no_text_of_this_one() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("precious".to_owned()));
    desk.now(Msg::TypingPaused);
    desk.now(account(AccountMsg::SignedOutElsewhere(person("Ann").id)));
    let told = "! You signed out on another page. What you had typed in “a” is not saved. precious";
    check(&desk, &format!("Live \n {told} \n loading"));
    assert!(desk.shelf.drafts.is_empty(), "the device keeps nothing of whoever left");
    assert!(desk.board.holds_unsaved());
    desk.greet("Robert");
    desk.answer();
    check(&desk, &format!("Live \n {told} \n Current: a \n Backlog: \n Icebox:"));
    desk.now(Msg::NoticeDismissed);
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn signing_out_on_another_page_tells_what_was_on_this_one_alone() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(account(AccountMsg::KeepingHeard(Keeping::Page)));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.requests.clear();
    desk.now(account(AccountMsg::SignedOutElsewhere(person("Ann").id)));
    check(
        &desk,
        "Live
         ! You signed out on another page. The server does not have this: Start “a”.
         loading",
    );
    assert_eq!(desk.requests, []);
}

#[test]
fn what_was_chosen_on_another_page_holds_here() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(account(AccountMsg::KeepingHeard(Keeping::Device)));
    assert_eq!(desk.shelf.own.len(), 1);
    desk.now(account(AccountMsg::KeepingHeard(Keeping::Page)));
    assert_eq!(desk.board.scene().header.keeping, Keeping::Page);
    assert!(desk.shelf.own.is_empty());
}

#[test]
fn a_server_that_does_not_end_the_session_leaves_all_as_it_is() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(account(AccountMsg::SignOutClicked));
    desk.now(account(AccountMsg::SignOutFailed(Failure::Unreachable)));
    check(
        &desk,
        "Live \n ! The server does not answer. \n Current: a \n Backlog: \n Icebox:",
    );
}

#[test]
fn a_device_that_may_keep_nothing_is_wiped_and_the_light_says_so() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.now(account(AccountMsg::KeepingChosen(Keeping::Page)));
    assert!(desk.shelf.own.is_empty());
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    check(
        &desk,
        "Offline, 1 change kept on this page only \n Current: a started \n Backlog: \n Icebox:",
    );
    assert!(desk.board.holds_unsaved());
    desk.now(account(AccountMsg::KeepingChosen(Keeping::Device)));
    assert_eq!(desk.shelf.own.len(), 1, "what waits is written again");
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn what_needs_attention_stays_on_a_page_that_keeps_nothing() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others_do(delete(1));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.answer();
    assert_eq!(desk.light(), "Needs attention (1)");
    desk.now(account(AccountMsg::KeepingHeard(Keeping::Page)));
    desk.now(Msg::Woke);
    desk.answer();
    assert_eq!(desk.light(), "Needs attention (1)");
}

#[test]
fn a_device_that_may_keep_things_again_holds_the_base_again() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::Hidden);
    desk.now(account(AccountMsg::KeepingChosen(Keeping::Page)));
    assert_eq!(desk.shelf.base, None);
    desk.now(account(AccountMsg::KeepingChosen(Keeping::Device)));
    desk.reload();
    check(&desk, "Connecting \n Current: a \n Backlog: \n Icebox:");
}

#[test]
fn text_stays_on_a_page_whose_browser_is_to_keep_nothing() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("half a thou".to_owned()));
    desk.now(Msg::TypingPaused);
    desk.now(account(AccountMsg::KeepingHeard(Keeping::Page)));
    desk.now(Msg::TypingPaused);
    assert!(desk.board.holds_unsaved());
    check(&desk, "Live \n Current: [half a thou] \n Backlog: \n Icebox:");
}

#[test]
fn what_waits_in_other_projects_is_not_wiped() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.elsewhere = Elsewhere {
        drafts: 1,
        ..Elsewhere::default()
    };
    desk.now(account(AccountMsg::KeepingChosen(Keeping::Page)));
    assert_eq!(desk.board.scene().header.keeping, Keeping::Device);
    assert!(
        desk.board
            .scene()
            .notice
            .is_some_and(|notice| notice.what.contains("Open those projects first"))
    );
}

#[test]
fn a_new_visitor_is_remembered_by_loading_what_is_theirs() {
    let mut desk = Desk::fresh();
    let mut board = std::mem::replace(&mut desk, Desk::fresh()).board;
    let effects = board.update(
        Msg::SessionOpened(Session {
            actor: person("Ann"),
            named: true,
            kind: SessionKind::Open,
            realtime_key: "key".to_owned(),
        }),
        desk.present(),
    );
    let load = Effect::Device(DeviceEffect::Load(person("Ann").id));
    let sign = Effect::Device(DeviceEffect::Sign(name("Ann")));
    let find = Effect::Device(DeviceEffect::FindLeft);
    assert_eq!(effects, [load, sign, find, Effect::Render]);
}
