//! What an earlier visitor left on this device goes out as the own, or is thrown away after a second click.

use super::super::msg::{Left, LeftMsg};
use super::super::scene::LeftWay;
use super::desk::{name, person};
use super::*;
use backlog::Transition;

fn left(msg: LeftMsg) -> Msg {
    Msg::Left(msg)
}

fn offer(desk: &Desk) -> Option<(String, LeftWay)> {
    desk.board.scene().left.map(|left| (left.words, left.way))
}

/// Ann opens a browser on which Keen Fox started a story and typed into another one, without a network.
fn after_a_fox() -> Desk {
    let mut fox = Desk::with(&["a", "b"], &[]);
    fox.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    fox.now(Msg::StoryOpened(story_id(2)));
    fox.now(Msg::TitleTyped("half a thou".to_owned()));
    fox.now(Msg::TypingPaused);
    let mut desk = Desk::with(&["a", "b"], &[]);
    let account = person("Keen Fox").id;
    let name = Some(name("Keen Fox"));
    let (changes, drafts) = (1, 1);
    let left = Left {
        account,
        name,
        changes,
        drafts,
    };
    desk.left = Some((left, fox.shelf));
    desk.reload();
    desk.open();
    desk
}

#[test]
fn what_was_left_is_offered_at_each_visit_and_nothing_of_it_goes_out_unasked() {
    let mut desk = after_a_fox();
    let words = "This device keeps 1 change and 1 text not saved of Keen Fox that the server does not have.";
    assert_eq!(offer(&desk), Some((words.to_owned(), LeftWay::Offered)));
    check(&desk, "Live \n Current: a | b \n Backlog: \n Icebox:");
    desk.reload();
    desk.open();
    assert_eq!(offer(&desk), Some((words.to_owned(), LeftWay::Offered)));
    assert_eq!(desk.ledger.version().rev, 2);
}

#[test]
fn what_is_taken_over_shows_and_goes_out_in_the_own_name() {
    let mut desk = after_a_fox();
    desk.now(left(LeftMsg::TakenOver));
    desk.now(Msg::FrameDue);
    check(
        &desk,
        "Live, saving 1 \n Current: a started | b? \n Backlog: \n Icebox:",
    );
    let by = desk.requests.last().and_then(|request| request.by);
    assert_eq!(by, Some(person("Ann").id));
    desk.answer();
    desk.now(Msg::StoryOpened(story_id(2)));
    check(
        &desk,
        "Live \n Current: a started | [half a thou] \n Backlog: \n Icebox:",
    );
    desk.reload();
    desk.open();
    assert_eq!(offer(&desk), None);
}

#[test]
fn it_is_thrown_away_after_a_second_click_alone() {
    let mut desk = after_a_fox();
    desk.now(left(LeftMsg::ThrownAway));
    assert_eq!(
        offer(&desk).map(|(_, way)| way),
        Some(LeftWay::Offered),
        "one was not asked"
    );
    desk.now(left(LeftMsg::ThrowAwayClicked));
    assert_eq!(offer(&desk).map(|(_, way)| way), Some(LeftWay::Asked));
    desk.now(left(LeftMsg::Spared));
    assert_eq!(offer(&desk).map(|(_, way)| way), Some(LeftWay::Offered));
    desk.now(left(LeftMsg::ThrowAwayClicked));
    desk.now(left(LeftMsg::ThrownAway));
    desk.reload();
    desk.open();
    assert_eq!(offer(&desk), None);
}

#[test]
fn a_visitor_without_a_known_name_is_told_of_too() {
    let mut desk = Desk::with(&["a"], &[]);
    let found = Left {
        account: person("Keen Fox").id,
        name: None,
        changes: 0,
        drafts: 2,
    };
    desk.now(left(LeftMsg::Found(Some(found))));
    assert_eq!(
        offer(&desk).map(|(words, _)| words).as_deref(),
        Some("This device keeps 2 texts not saved of an earlier visitor that the server does not have.")
    );
}
