//! What was refused or lost waits in the tray, whole, until a person has seen to it.

use super::desk::{create, delete, retitle, start};
use super::*;
use crate::board::msg::AttentionMsg;
use crate::board::scene::attention::{Entry, Way};
use backlog::Panel;
use replica::{Kept, Stage};

/// The entries of the tray, which must be open.
fn entries(desk: &Desk) -> Vec<Entry> {
    desk.board.scene().tray.expect("the tray is open").entries.to_vec()
}

fn wishes(desk: &Desk) -> Vec<String> {
    entries(desk).into_iter().map(|entry| entry.wish).collect()
}

fn click_light(desk: &mut Desk) {
    desk.now(Msg::Attention(AttentionMsg::LightClicked));
}

fn announced(desk: &Desk, text: &str) -> bool {
    desk.effects.contains(&Effect::Announce(text.to_owned()))
}

/// A desk on which the story was edited while someone else deleted it.
fn edited_and_deleted() -> Desk {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TitleTyped("basket".to_owned()));
    desk.now(Msg::DescriptionTyped("two\nlines".to_owned()));
    desk.now(Msg::DraftSaved);
    desk.others_do(delete(1));
    desk.answer();
    desk
}

#[test]
fn what_was_refused_is_in_the_tray_with_all_that_was_typed() {
    let mut desk = edited_and_deleted();
    assert_eq!(desk.light(), "Needs attention (1)");
    assert!(announced(
        &desk,
        "Needs attention: Change the title and description of “cart”. The story was deleted meanwhile."
    ));
    assert_eq!(desk.board.scene().tray, None);
    click_light(&mut desk);
    assert!(desk.effects.contains(&Effect::Focus(Target::Tray)));
    let [entry] = &entries(&desk)[..] else {
        panic!("one entry")
    };
    assert_eq!(entry.why, "The story was deleted meanwhile.");
    assert_eq!(entry.advice, "Restore the story to apply your change to it.");
    assert_eq!(entry.way, Way::RestoreAndApply);
    assert_eq!(
        entry.typed,
        [("Title", "basket".to_owned()), ("Description", "two\nlines".to_owned())]
    );
}

#[test]
fn the_tray_outlives_a_reload() {
    let mut desk = edited_and_deleted();
    desk.reload();
    desk.open();
    assert_eq!(desk.light(), "Needs attention (1)");
    click_light(&mut desk);
    assert_eq!(wishes(&desk), ["Change the title and description of “cart”"]);
}

#[test]
fn a_deleted_story_is_brought_back_and_edited() {
    let mut desk = edited_and_deleted();
    click_light(&mut desk);
    let mid = entries(&desk)[0].mid;
    desk.now(Msg::Attention(AttentionMsg::TriedAgain(mid)));
    check(&desk, "Live, saving 2 \n Current: basket* | b \n Backlog: \n Icebox:");
    assert_eq!(wishes(&desk), [""; 0]);
    desk.answer();
    assert_eq!(desk.light(), "Live");
    let story = desk.ledger.project().story(story_id(1)).expect("it is back");
    assert_eq!(story.title.as_str(), "basket");
    assert_eq!(story.description.as_str(), "two\nlines");
    assert_eq!(desk.shelf.own.len(), 2, "the refused one is gone from the device");
}

#[test]
fn what_does_not_go_again_stays_and_says_why() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), backlog::Transition::Start));
    desk.others_do(start(1));
    desk.answer();
    click_light(&mut desk);
    assert_eq!(wishes(&desk), ["Start “a”"]);
    let mid = entries(&desk)[0].mid;
    desk.now(Msg::Attention(AttentionMsg::TriedAgain(mid)));
    let [entry] = &entries(&desk)[..] else {
        panic!("one entry")
    };
    assert_eq!(entry.answer.as_deref(), Some("Tried again; the answer is the same."));
    assert_eq!(desk.requests.len(), 0);
}

#[test]
fn what_is_thrown_away_is_gone_from_the_device_and_said() {
    let mut desk = edited_and_deleted();
    click_light(&mut desk);
    let mid = entries(&desk)[0].mid;
    desk.now(Msg::Attention(AttentionMsg::ThrownAway(mid)));
    assert_eq!(wishes(&desk), [""; 0]);
    assert!(announced(
        &desk,
        "Thrown away: Change the title and description of “cart”."
    ));
    assert_eq!(desk.light(), "Live");
    assert!(desk.shelf.own.is_empty());
    desk.reload();
    desk.open();
    assert_eq!(desk.light(), "Live");
}

#[test]
fn what_a_restored_server_lacks_is_offered_again() {
    let mut desk = Desk::with(&["cart"], &[]);
    let lost = Kept {
        mid: Mid(Bits128(7)),
        at: Millis(desk.now - 1),
        base: 1,
        on: None,
        command: retitle(1, "basket"),
        undo: Vec::new(),
        undoes: None,
        stage: Stage::Lost,
    };
    desk.shelf.own.insert("7".to_owned(), lost.to_text());
    desk.reload();
    desk.open();
    click_light(&mut desk);
    let [entry] = &entries(&desk)[..] else {
        panic!("one entry")
    };
    assert_eq!(
        entry.why,
        "The server was put back to an earlier time and does not have this change."
    );
    assert_eq!((entry.way, entry.mid), (Way::ApplyAgain, lost.mid));
    desk.now(Msg::Attention(AttentionMsg::TriedAgain(lost.mid)));
    desk.answer();
    check(&desk, "Live \n Current: basket \n Backlog: \n Icebox:");
    assert_eq!(wishes(&desk), [""; 0]);
}

#[test]
fn escape_closes_the_tray_and_leaves_the_form_open() {
    let mut desk = edited_and_deleted();
    desk.others(create(9, "c", Panel::Backlog));
    desk.now(Msg::StoryOpened(story_id(2)));
    click_light(&mut desk);
    desk.effects.clear();
    desk.now(Msg::KeyPressed(Key::Escape));
    assert_eq!(desk.board.scene().tray, None);
    assert!(desk.effects.contains(&Effect::Focus(Target::Light)));
    check(&desk, "Needs attention (1) \n Current: c | [b] \n Backlog: \n Icebox:");
}
