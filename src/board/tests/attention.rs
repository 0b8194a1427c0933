//! What was refused or lost waits in the tray, whole, until a person has seen to it.

use super::desk::{create, delete, person, retitle, start};
use super::*;
use crate::board::msg::AttentionMsg;
use crate::board::scene::attention::{Entry, Way};
use backlog::{Description, Estimate, Panel, Title, Transition};
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
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.others_do(estimate(1, None));
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

fn estimate(n: u128, points: Option<u16>) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![Edit::Estimate(points.map(Estimate))],
    }
}

/// A desk with these stories and the open tray, in which a command stands that a restored server lacks.
fn lost(stories: &[&str], command: Command) -> (Desk, Mid) {
    let mut desk = Desk::with(stories, &[]);
    let lost = Kept {
        mid: Mid(Bits128(7)),
        by: person("Ann"),
        at: Millis(desk.now - 1),
        base: 1,
        on: None,
        command,
        undo: Vec::new(),
        undoes: None,
        stage: Stage::Lost,
    };
    desk.shelf.own.insert("7".to_owned(), lost.to_text());
    desk.reload();
    desk.open();
    click_light(&mut desk);
    (desk, lost.mid)
}

/// What the tray says of the one thing in it: why, what to do, and how.
fn told(desk: &Desk) -> (String, &'static str, Way) {
    let [entry] = &entries(desk)[..] else {
        panic!("one entry")
    };
    (entry.why.clone(), entry.advice, entry.way)
}

fn step(n: u128, transition: Transition) -> Command {
    Command::TransitionStory {
        id: story_id(n),
        transition,
        comment: None,
    }
}

#[test]
fn what_someone_else_did_meanwhile_is_only_taken_note_of() {
    let done = ("Someone did it meanwhile.".to_owned(), "", Way::Fulfilled);
    for others in [&[Transition::Start][..], &[Transition::Start, Transition::Finish]] {
        let mut desk = Desk::with(&["a"], &[]);
        desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
        for transition in others {
            desk.others_do(step(1, *transition));
        }
        desk.answer();
        click_light(&mut desk);
        assert_eq!(told(&desk), done);
        let mid = entries(&desk)[0].mid;
        desk.now(Msg::Attention(AttentionMsg::ThrownAway(mid)));
        assert_eq!(wishes(&desk), [""; 0]);
        assert!(announced(&desk, "Seen to: Start “a”."));
    }
    let (desk, _) = lost(&["a"], estimate(1, Some(3)));
    assert_eq!(told(&desk), done);
    let (mut desk, _) = lost(&["a", "b"], delete(1));
    assert_eq!(told(&desk).2, Way::ApplyAgain);
    desk.others(delete(1));
    assert_eq!(told(&desk), done);
}

#[test]
fn what_can_no_longer_be_done_is_not_offered() {
    let mut desk = Desk::with(&["a"], &[]);
    for transition in [Transition::Start, Transition::Finish, Transition::Deliver] {
        desk.others(step(1, transition));
    }
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Accept));
    desk.others_do(step(1, Transition::Reject));
    desk.answer();
    click_light(&mut desk);
    let why = "One cannot accept a story that is rejected.".to_owned();
    assert_eq!(told(&desk), (why, "Look where the story stands by now.", Way::Closed));
}

#[test]
fn a_change_of_a_story_that_a_restored_server_lacks_becomes_a_story_of_its_own() {
    let edits = vec![
        Edit::Description(Description::new("\nfirst words\nmore").expect("a text")),
        Edit::Type(backlog::StoryType::Bug),
    ];
    let command = Command::EditStory { id: story_id(9), edits };
    let (mut desk, mid) = lost(&["a"], command);
    let why =
        "The server was put back to an earlier time and does not have this change. This project has no such story.";
    assert_eq!(
        told(&desk),
        (why.to_owned(), "Add a story with what is kept here.", Way::AddAnew)
    );
    desk.now(Msg::Attention(AttentionMsg::TriedAgain(mid)));
    assert_eq!(desk.toast(), "Added “first words”");
    desk.answer();
    check(&desk, "Live \n Current: a \n Backlog: \n Icebox: first words");
    assert_eq!(wishes(&desk), [""; 0]);
    let story = desk.ledger.project().story(story_id(9)).expect("it is there");
    assert_eq!(story.description.as_str(), "\nfirst words\nmore");
    assert_eq!(story.story_type, backlog::StoryType::Bug);
}

#[test]
fn a_title_that_is_kept_names_the_story_that_is_added_anew() {
    let (mut desk, mid) = lost(&["a"], retitle(9, "basket"));
    desk.now(Msg::Attention(AttentionMsg::TriedAgain(mid)));
    desk.answer();
    let story = desk.ledger.project().story(story_id(9)).expect("it is there");
    assert_eq!(story.title, Title::new("basket").expect("a title"));
}

#[test]
fn a_step_of_a_story_that_is_not_there_can_only_be_thrown_away() {
    let (desk, _) = lost(&["a"], start(9));
    let (_, advice, way) = told(&desk);
    assert_eq!((advice, way), ("There is nothing left to do it to.", Way::Closed));
}

#[test]
fn what_a_restored_server_lacks_is_offered_again() {
    let (mut desk, lost) = lost(&["cart"], retitle(1, "basket"));
    let [entry] = &entries(&desk)[..] else {
        panic!("one entry")
    };
    assert_eq!(
        entry.why,
        "The server was put back to an earlier time and does not have this change."
    );
    assert_eq!((entry.way, entry.mid), (Way::ApplyAgain, lost));
    desk.now(Msg::Attention(AttentionMsg::TriedAgain(lost)));
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
