//! What was: histories, overwritten values, and texts that two people wrote in the same place.

use super::desk::{delete, retitle};
use super::*;
use crate::board::msg::PastMsg;
use crate::board::scene::Form;
use crate::board::scene::past::{History, Line, Overwritten};
use backlog::history::history;
use backlog::{Description, Panel, Title, Transition};

fn form(desk: &Desk) -> Form {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let form = columns
        .iter()
        .flat_map(|column| column.rows.iter())
        .find_map(|row| match row {
            Row::Form(form) => Some((**form).clone()),
            Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Card(_) => None,
        });
    form.expect("a form is open")
}

/// Plays the server: answers every question after a history. Says how many there were.
fn tell_histories(desk: &mut Desk) -> usize {
    let asked = desk.effects.iter().filter_map(|effect| match effect {
        Effect::FetchHistory(story) => Some(*story),
        _ => None,
    });
    let asked: Vec<StoryId> = asked.collect();
    desk.effects.clear();
    for story in &asked {
        let told = Box::new(history(*story, desk.changes_of(*story)));
        desk.now(Msg::Past(PastMsg::HistoryAnswered(*story, Ok(told))));
    }
    asked.len()
}

/// The open history, a line per step.
fn told(desk: &Desk) -> Vec<String> {
    let Some(History::Steps(steps)) = form(desk).history else {
        panic!("the history is told")
    };
    let line = |line: &Line| match (&line.before, &line.after) {
        (Some(before), Some(after)) => format!("{}: {before} -> {after}", line.what),
        (None, Some(after)) => format!("{}: {after}", line.what),
        (Some(before), None) => format!("{}: {before}", line.what),
        (None, None) => line.what.clone(),
    };
    let step = |step: &crate::board::scene::past::Step| {
        let lines: Vec<String> = step.lines.iter().map(line).collect();
        format!("{} | {}", step.who.as_str(), lines.join("; "))
    };
    steps.iter().map(step).collect()
}

fn save(desk: &mut Desk, msg: Msg) {
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(msg);
    desk.now(Msg::DraftSaved);
}

fn describe(text: &str, from: &str) -> Command {
    Command::EditStory {
        id: story_id(1),
        edits: vec![Edit::DescriptionRevised {
            from: Description::new(from).expect("a text"),
            to: Description::new(text).expect("a text"),
        }],
    }
}

#[test]
fn a_history_tells_every_step_newest_first() {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    save(&mut desk, Msg::TitleTyped("basket".to_owned()));
    desk.answer();
    desk.others(Command::MoveStories {
        stories: vec![story_id(1)],
        panel: Panel::Icebox,
        after: None,
        current: None,
    });
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.answer();
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    assert_eq!(form(&desk).history, Some(History::Asking));
    assert_eq!(tell_histories(&mut desk), 1);
    assert_eq!(
        told(&desk),
        [
            "Ann | State: unscheduled -> started; Made Ann an owner of the story",
            "Bob | Moved to the icebox, to its top",
            "Ann | Title: cart -> basket",
            "Bob | Added the story",
        ]
    );
}

#[test]
fn an_open_history_follows_the_story() {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    assert_eq!(tell_histories(&mut desk), 1);
    desk.others(retitle(2, "another story"));
    assert_eq!(tell_histories(&mut desk), 0);
    desk.others(retitle(1, "basket"));
    assert_eq!(tell_histories(&mut desk), 1);
    assert_eq!(told(&desk), ["Bob | Title: cart -> basket", "Bob | Added the story"]);
    // A move leaves the fields as they are.
    desk.others(Command::MoveStories {
        stories: vec![story_id(1)],
        panel: Panel::Backlog,
        after: Some(story_id(2)),
        current: None,
    });
    assert_eq!(tell_histories(&mut desk), 1);
    assert_eq!(told(&desk)[0], "Bob | Moved after “another story”");
}

#[test]
fn an_own_value_is_restored_and_the_history_tells_it_once_the_server_has_it() {
    let mut desk = Desk::with(&["cart"], &[]);
    desk.others(retitle(1, "basket"));
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    tell_histories(&mut desk);
    let Some(History::Steps(steps)) = form(&desk).history else {
        panic!("the history is told")
    };
    let edit = steps[0].lines[0].restore.clone().expect("a title can be restored");
    assert_eq!(edit, Edit::Title(Title::new("cart").expect("a title")));
    desk.now(Msg::Past(PastMsg::ValueRestored(story_id(1), edit)));
    assert_eq!(form(&desk).title, "cart");
    tell_histories(&mut desk);
    desk.answer();
    assert_eq!(tell_histories(&mut desk), 1);
    assert_eq!(told(&desk)[0], "Ann | Title: basket -> cart");
    desk.click_undo();
    assert_eq!(form(&desk).title, "basket");
}

#[test]
fn without_a_server_the_history_says_that_it_needs_one() {
    let mut desk = Desk::with(&["cart"], &[]);
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    let failed = Msg::Past(PastMsg::HistoryAnswered(story_id(1), Err(Failure::Unreachable)));
    desk.now(failed.clone());
    let words = "The history is kept by the server, which cannot be reached. Open it again once it can.";
    assert_eq!(form(&desk).history, Some(History::Unavailable(words.to_owned())));
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    tell_histories(&mut desk);
    desk.now(failed);
    assert_eq!(told(&desk), ["Bob | Added the story"], "what is told already stays");
}

#[test]
fn whoever_was_overwritten_sees_a_note_until_the_history_was_read() {
    let mut desk = Desk::with(&["cart"], &[]);
    let seen = desk.ledger.version().rev;
    save(&mut desk, Msg::TitleTyped("mine".to_owned()));
    desk.answer();
    desk.others_unaware(retitle(1, "theirs"), seen);
    desk.now(Msg::StoryOpened(story_id(1)));
    let note = Overwritten {
        by: Name::new("Bob").expect("a name"),
        fields: "title".to_owned(),
    };
    assert_eq!(form(&desk).overwritten, Some(note));
    assert!(desk.effects.contains(&Effect::Announce(
        "Bob changed the title of “theirs” too, without having seen yours.".to_owned()
    )));
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    tell_histories(&mut desk);
    assert_eq!(form(&desk).overwritten, None);
    assert_eq!(
        told(&desk)[..2],
        ["Bob | Title: mine -> theirs", "Ann | Title: cart -> mine"]
    );
}

#[test]
fn a_text_in_the_same_place_is_kept_and_can_be_used_or_dropped() {
    let mut desk = Desk::with(&["cart"], &[]);
    desk.others(describe("one", ""));
    save(&mut desk, Msg::DescriptionTyped("one, says Ann".to_owned()));
    desk.others_do(describe("one, says Bob", "one"));
    desk.answer();
    desk.now(Msg::StoryOpened(story_id(1)));
    assert_eq!(form(&desk).description, "one, says Bob");
    let kept = form(&desk).story.expect("it is there").conflicts.clone();
    assert_eq!(
        kept.iter().map(Description::as_str).collect::<Vec<_>>(),
        ["one, says Ann"]
    );
    desk.now(Msg::Past(PastMsg::ConflictUsed(story_id(1), kept[0].clone())));
    assert_eq!(form(&desk).description, "one, says Ann");
    assert!(form(&desk).story.expect("it is there").conflicts.is_empty());
    desk.click_undo();
    desk.answer();
    assert_eq!(form(&desk).description, "one, says Bob");
}

#[test]
fn the_history_tells_whose_the_texts_are() {
    let whose = |desk: &Desk| -> Vec<(String, Option<Name>, Option<Name>)> {
        let kept = form(desk).kept_texts.into_iter();
        kept.map(|kept| (kept.text.as_str().to_owned(), kept.by, kept.first))
            .collect()
    };
    let text = || "one, says Ann".to_owned();
    let (ann, bob) = (Name::new("Ann").expect("a name"), Name::new("Bob").expect("a name"));
    let mut desk = Desk::with(&["cart"], &[]);
    desk.others(describe("one", ""));
    save(&mut desk, Msg::DescriptionTyped("one, says Ann".to_owned()));
    desk.others_do(describe("one, says Bob", "one"));
    desk.answer();
    desk.effects.clear();
    desk.now(Msg::StoryOpened(story_id(1)));
    assert_eq!(whose(&desk), [(text(), None, None)]);
    assert_eq!(tell_histories(&mut desk), 1, "asked once");
    assert_eq!(whose(&desk), [(text(), Some(ann), Some(bob))]);
    desk.others(retitle(1, "basket"));
    assert_eq!(tell_histories(&mut desk), 0, "nothing more to learn");
    desk.now(Msg::FormClosed);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::Past(PastMsg::HistoryAnswered(
        story_id(1),
        Err(Failure::Unreachable),
    )));
    assert_eq!(whose(&desk), [(text(), None, None)], "left out where nobody tells");
}

#[test]
fn a_kept_text_that_is_dropped_stays_in_the_history() {
    let mut desk = Desk::with(&["cart"], &[]);
    desk.others(describe("one", ""));
    save(&mut desk, Msg::DescriptionTyped("one, says Ann".to_owned()));
    desk.others_do(describe("one, says Bob", "one"));
    desk.answer();
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    let kept = Description::new("one, says Ann").expect("a text");
    desk.now(Msg::Past(PastMsg::ConflictDropped(story_id(1), kept)));
    desk.answer();
    tell_histories(&mut desk);
    assert_eq!(desk.toast(), "Dropped; the history still has the text");
    assert!(form(&desk).story.expect("it is there").conflicts.is_empty());
    assert_eq!(told(&desk)[0], "Ann | Let a kept text go: one, says Ann");
}

#[test]
fn the_history_goes_with_its_form() {
    let mut desk = Desk::with(&["cart", "b"], &[]);
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    tell_histories(&mut desk);
    desk.now(Msg::StoryOpened(story_id(2)));
    assert_eq!(form(&desk).history, None);
    desk.now(Msg::StoryOpened(story_id(1)));
    assert_eq!(form(&desk).history, None);
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(1))));
    desk.others(delete(1));
    desk.others(retitle(2, "c"));
    assert_eq!(
        tell_histories(&mut desk),
        1,
        "asked when it was opened, and not after it was gone"
    );
}
