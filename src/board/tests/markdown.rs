//! How texts read: what is asked for, once, and what shows meanwhile. The test plays the server's renderer: it puts texts in brackets.

use super::desk::{create, person, retitle};
use super::*;
use crate::board::msg::PartsMsg;
use crate::board::scene::markdown::Reading;
use crate::board::scene::parts::Parts;
use backlog::api::{Heard, Session, SessionKind};
use backlog::{Description, Panel, PartId, Remark, Sent, Words};
use std::rc::Rc;

fn remark(id: u128, text: &str) -> Command {
    let text = Words::new(text).expect("words");
    let id = PartId(Bits128(id));
    edit(Edit::CommentAdded(Remark { id, text }))
}

fn describe(text: &str) -> Command {
    edit(Edit::Description(Description::new(text).expect("a description")))
}

fn edit(edit: Edit) -> Command {
    Command::EditStory {
        id: story_id(1),
        edits: vec![edit],
    }
}

/// A page on which the story of that description is open.
fn opened(description: &str) -> Desk {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.others(describe(description));
    desk.effects.clear();
    desk.now(Msg::StoryOpened(story_id(1)));
    desk
}

/// The texts that were asked for since this was last asked.
fn asked(desk: &mut Desk) -> Vec<Vec<String>> {
    let effects = std::mem::take(&mut desk.effects);
    let texts = effects.into_iter().filter_map(|effect| match effect {
        Effect::RenderTexts(texts) => Some(texts.iter().map(ToString::to_string).collect()),
        _ => None,
    });
    texts.collect()
}

fn answer(desk: &mut Desk, html: &[&str]) {
    desk.now(Msg::TextsRendered(Ok(html
        .iter()
        .map(|html| Rc::from(*html))
        .collect())));
}

/// How a text reads in the open form.
fn read(desk: &Desk, text: &str) -> String {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let forms = columns.iter().flat_map(|column| column.rows.iter());
    let parts = forms.filter_map(|row| match row {
        Row::Form(form) => form.parts.clone(),
        _ => None,
    });
    let parts: Vec<Parts> = parts.collect();
    match parts[0].readings.of(text) {
        Reading::Asked => "asked".to_owned(),
        Reading::Ready(html) => html.to_string(),
        Reading::Unavailable => "unavailable".to_owned(),
    }
}

#[test]
fn what_is_in_sight_is_asked_for_once() {
    let mut desk = opened("*one*");
    assert_eq!(asked(&mut desk), [["*one*"]]);
    assert_eq!(read(&desk, "*one*"), "asked");
    // Nothing else is asked for while an answer is under way, however much happens.
    desk.others(remark(11, "*two*"));
    desk.others(remark(12, "*three*"));
    desk.others(remark(13, "*two*"));
    desk.now(Msg::Ticked);
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());

    answer(&mut desk, &["(one)"]);
    assert_eq!(read(&desk, "*one*"), "(one)");
    assert_eq!(read(&desk, "*two*"), "asked");
    // What was said last comes first; what was said twice is asked for once.
    assert_eq!(asked(&mut desk), [["*two*", "*three*"]]);
    answer(&mut desk, &["(two)", "(three)"]);
    assert_eq!([read(&desk, "*two*"), read(&desk, "*three*")], ["(two)", "(three)"]);

    // What is known is not asked for again, on this story or another.
    desk.now(Msg::FormClosed);
    desk.now(Msg::StoryOpened(story_id(2)));
    desk.now(Msg::StoryOpened(story_id(1)));
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());
    desk.others(describe("*two*"));
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());
    assert_eq!(read(&desk, "*two*"), "(two)");
}

#[test]
fn a_description_that_is_written_in_is_no_text_to_read() {
    let mut desk = opened("one");
    answer(&mut desk, &["(one)"]);
    asked(&mut desk);
    desk.now(Msg::Parts(PartsMsg::DescriptionTurned(story_id(1))));
    for text in ["t", "tw", "two"] {
        desk.now(Msg::DescriptionTyped(text.to_owned()));
    }
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());
    // What is typed is read before it is saved.
    desk.now(Msg::Parts(PartsMsg::DescriptionTurned(story_id(1))));
    assert_eq!(asked(&mut desk), [["two"]]);
}

#[test]
fn what_could_not_be_had_shows_as_it_is_written_and_is_asked_for_again() {
    let mut desk = opened("one");
    assert_eq!(asked(&mut desk), [["one"]]);
    desk.now(Msg::TextsRendered(Err(Failure::Unreachable)));
    assert_eq!(read(&desk, "one"), "unavailable");
    desk.now(Msg::Ticked);
    desk.now(Msg::StoryOpened(story_id(1)));
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());

    // The server answers again.
    desk.now(Msg::Woke);
    desk.answer();
    assert_eq!(asked(&mut desk), [["one"]]);
    assert_eq!(read(&desk, "one"), "asked");
    // An answer that does not fit is none.
    answer(&mut desk, &["(one)", "(two)"]);
    assert_eq!(read(&desk, "one"), "unavailable");
}

#[test]
fn without_a_session_nothing_is_asked_for() {
    let mut desk = opened("one");
    asked(&mut desk);
    answer(&mut desk, &["(one)"]);
    desk.others(remark(11, "two"));
    assert_eq!(asked(&mut desk), [["two"]]);
    desk.now(Msg::SyncFailed(Failure::NoSession));
    desk.now(Msg::TextsRendered(Err(Failure::NoSession)));
    desk.others(remark(12, "three"));
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());
    desk.now(Msg::SessionOpened(Session {
        actor: person("Ann"),
        named: true,
        kind: SessionKind::Open,
        realtime_key: "key".to_owned(),
    }));
    assert_eq!(asked(&mut desk), [["three"]]);
}

#[test]
fn a_text_that_names_someone_is_read_anew_when_others_are_known() {
    let mut desk = opened("ask @Cy, not me");
    desk.others(remark(11, "nobody"));
    asked(&mut desk);
    answer(&mut desk, &["(ask @Cy)"]);
    assert_eq!(asked(&mut desk), [["nobody"]]);
    answer(&mut desk, &["(nobody)"]);

    desk.others(retitle(2, "known already"));
    assert_eq!(asked(&mut desk), Vec::<Vec<String>>::new());
    let sent = Sent {
        mid: Mid(Bits128(77)),
        base: 0,
        command: create(3, "c", Panel::Icebox),
    };
    let recorded = desk.ledger.enter(&sent, &person("Cy"), Millis(desk.now));
    let recorded = recorded.expect("the rules allow it");
    desk.now(Msg::ChangeHeard(Heard::Change(Box::new(recorded))));
    desk.now(Msg::FrameDue);
    // What was known goes on showing meanwhile, and where the answer fails.
    assert_eq!(asked(&mut desk), [["ask @Cy, not me"]]);
    assert_eq!(read(&desk, "ask @Cy, not me"), "(ask @Cy)");
    desk.now(Msg::TextsRendered(Err(Failure::Busy)));
    assert_eq!(read(&desk, "ask @Cy, not me"), "(ask @Cy)");
}

#[test]
fn many_and_long_texts_go_in_several_requests() {
    let mut desk = opened("-");
    answer(&mut desk, &["-"]);
    for n in 0..130 {
        desk.others_do(remark(1_000 + n, &format!("text {n}")));
    }
    desk.effects.clear();
    desk.now(Msg::Woke);
    desk.answer();
    let first = asked(&mut desk);
    assert_eq!((first.len(), first[0].len()), (1, 100));
    assert_eq!((&*first[0][0], &*first[0][99]), ("text 129", "text 30"));
    let html: Vec<&str> = first[0].iter().map(|_| "x").collect();
    answer(&mut desk, &html);
    assert_eq!(asked(&mut desk)[0].len(), 30);

    // 19,999 quotes take 39,998 bytes of JSON, 40,002 with what stands around them: four stay within 200,000, five do not.
    let mut desk = opened("-");
    answer(&mut desk, &["-"]);
    for n in 0..6 {
        desk.others_do(remark(1_000 + n, &format!("{n}{}", "\"".repeat(19_999))));
    }
    desk.effects.clear();
    desk.now(Msg::Woke);
    desk.answer();
    assert_eq!(asked(&mut desk)[0].len(), 4);
}

#[test]
fn what_is_too_long_to_be_rendered_shows_as_it_is_written() {
    let mut desk = opened("one");
    answer(&mut desk, &["(one)"]);
    desk.now(Msg::Parts(PartsMsg::DescriptionTurned(story_id(1))));
    let long = "x".repeat(20_001);
    desk.now(Msg::DescriptionTyped(long.clone()));
    desk.now(Msg::Parts(PartsMsg::DescriptionTurned(story_id(1))));
    assert_eq!(asked(&mut desk), [["one"]]);
    assert_eq!(read(&desk, &long), "asked");
}

#[test]
fn an_address_names_a_story_before_the_page_knows_any() {
    let mut desk = Desk::fresh();
    desk.others_do(create(1, "a", Panel::Backlog));
    desk.others_do(create(2, "b", Panel::Backlog));
    desk.now(Msg::Parts(PartsMsg::NumberFollowed(2)));
    assert_eq!(desk.toast(), "");
    desk.open();
    assert!(desk.seen().contains("[b]"), "{}", desk.seen());

    let mut desk = Desk::fresh();
    desk.now(Msg::Parts(PartsMsg::NumberFollowed(2)));
    assert_eq!(desk.toast(), "");
    desk.open();
    assert_eq!(desk.toast(), "This project has no story #2");
    // That was said once.
    desk.now(Msg::ToastDismissed);
    desk.now(Msg::Ticked);
    assert_eq!(desk.toast(), "");
}
