//! What a story carries: each gesture is a command, each text that was begun is kept until it went.

mod around;

use super::desk::{Pace, delete, name, person, retitle, start};
use super::*;
use crate::board::msg::{Aside, PartsMsg, PastMsg};
use crate::board::scene::parts::{DescriptionView, Parts, Resolved};
use crate::board::scene::past::History;
use crate::board::scene::{Card, Form};
use backlog::{
    Blocker, Comment, Destination, Edit, Label, Line, Obstacle, PartId, Priority, Remark, Review, Story, Task,
    Transition, Verdict, Words,
};

const ONE: u128 = 1;

fn rows<T>(desk: &Desk, pick: impl Fn(&Row) -> Option<T>) -> Vec<T> {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let rows = columns.iter().flat_map(|column| column.rows.iter());
    rows.filter_map(pick).collect()
}

fn form(desk: &Desk) -> Form {
    let forms = rows(desk, |row| match row {
        Row::Form(form) => Some((**form).clone()),
        _ => None,
    });
    forms.into_iter().next().expect("a form is open")
}

fn card(desk: &Desk, n: u128) -> Card {
    let cards = rows(desk, |row| match row {
        Row::Card(card) if card.story.id == story_id(n) => Some(card.clone()),
        _ => None,
    });
    cards.into_iter().next().expect("the card is there")
}

fn parts(desk: &Desk) -> Parts {
    form(desk).parts.expect("the story is there")
}

/// The story as this page sees it.
fn story(desk: &Desk, n: u128) -> Story {
    let view = desk.board.replica.view().expect("there is a view");
    Story::clone(view.story(story_id(n)).expect("the story is there"))
}

fn opened(titles: &[&str]) -> Desk {
    let mut desk = Desk::with(titles, &[]);
    desk.now(Msg::StoryOpened(story_id(ONE)));
    desk
}

fn say(desk: &mut Desk, msg: PartsMsg) {
    desk.now(Msg::Parts(msg));
}

fn type_in(desk: &mut Desk, aside: Aside, text: &str) {
    say(desk, PartsMsg::Typed(story_id(ONE), aside, text.to_owned()));
}

fn send(desk: &mut Desk, aside: Aside) {
    say(desk, PartsMsg::Sent(story_id(ONE), aside));
}

fn write(desk: &mut Desk, aside: Aside, text: &str) {
    type_in(desk, aside, text);
    send(desk, aside);
}

fn edit(n: u128, edit: Edit) -> Command {
    Command::EditStory {
        id: story_id(n),
        edits: vec![edit],
    }
}

fn line(text: &str) -> Line {
    Line::new(text).expect("a line")
}

fn remark(id: u128, text: &str) -> Remark {
    Remark {
        id: PartId(Bits128(id)),
        text: Words::new(text).expect("words"),
    }
}

fn said(story: &Story) -> Vec<&str> {
    story.said().map(|comment| comment.text.as_str()).collect()
}

fn tasks(story: &Story) -> Vec<String> {
    let spelled = |task: &Task| format!("{}{}", if task.done { "x " } else { "" }, task.text.as_str());
    story.tasks.iter().map(spelled).collect()
}

#[test]
fn one_gesture_is_one_command_with_a_way_back() {
    let ann = person("Ann").id;
    let cases = [
        (Edit::OwnerAdded(ann), "Made Ann an owner of “a”"),
        (Edit::FollowerAdded(ann), "Let Ann follow “a”"),
        (Edit::Priority(Some(Priority::P1)), "Gave “a” the priority P1, high"),
        (Edit::Current(true), "Put “a” into the current iteration"),
    ];
    for (gesture, told) in cases {
        let mut desk = opened(&["a"]);
        let before = story(&desk, ONE);
        say(&mut desk, PartsMsg::Edited(story_id(ONE), gesture));
        assert_eq!(desk.toast(), told);
        assert_eq!(desk.requests.len(), 1);
        assert_ne!(story(&desk, ONE), before);
        desk.click_undo();
        desk.answer();
        assert_eq!(story(&desk, ONE), before, "{told}");
    }
}

#[test]
fn tasks_are_added_one_after_the_other() {
    let mut desk = opened(&["a"]);
    for text in ["one", "two", "three"] {
        write(&mut desk, Aside::Task, text);
        assert_eq!(parts(&desk).asides.text(Aside::Task), "");
        assert!(
            desk.effects
                .contains(&Effect::Focus(Target::Aside(story_id(ONE), Aside::Task)))
        );
    }
    assert_eq!(tasks(&story(&desk, ONE)), ["one", "two", "three"]);
    let third = story(&desk, ONE).tasks[2].id;
    say(
        &mut desk,
        PartsMsg::Edited(story_id(ONE), Edit::TaskMoved { id: third, after: None }),
    );
    say(
        &mut desk,
        PartsMsg::Edited(story_id(ONE), Edit::TaskTicked { id: third, done: true }),
    );
    assert_eq!(tasks(&story(&desk, ONE)), ["x three", "one", "two"]);
    say(&mut desk, PartsMsg::Opened(story_id(ONE), Aside::TaskReworded(third)));
    assert_eq!(parts(&desk).asides.text(Aside::TaskReworded(third)), "three");
    write(&mut desk, Aside::TaskReworded(third), "four");
    assert_eq!(tasks(&story(&desk, ONE)), ["x four", "one", "two"]);
    assert_eq!(parts(&desk).asides.get(Aside::TaskReworded(third)), None);
}

#[test]
fn an_empty_text_is_explained_and_nothing_is_sent() {
    let mut desk = opened(&["a"]);
    for aside in [Aside::Task, Aside::Comment, Aside::Blocker, Aside::Review] {
        write(&mut desk, aside, "  ");
        assert_eq!(parts(&desk).problem(aside), Some("There is no text yet."));
        type_in(&mut desk, aside, "x");
        assert_eq!(parts(&desk).problem(aside), None);
    }
    assert!(desk.requests.is_empty());
}

#[test]
fn a_comment_is_said_and_whoever_it_names_follows() {
    let mut desk = opened(&["a"]);
    write(&mut desk, Aside::Comment, "@Bob: please look");
    assert_eq!(said(&story(&desk, ONE)), ["@Bob: please look"]);
    assert!(story(&desk, ONE).followers.contains(&person("Bob").id));
    assert_eq!(desk.requests.len(), 1);
    desk.answer();
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "");
    desk.click_undo();
    assert_eq!(said(&story(&desk, ONE)), Vec::<&str>::new());
    assert!(story(&desk, ONE).followers.is_empty());
}

#[test]
fn an_own_comment_is_said_differently_and_taken_back() {
    let mut desk = opened(&["a"]);
    write(&mut desk, Aside::Comment, "first");
    let Comment { id, .. } = story(&desk, ONE).comments[0];
    say(&mut desk, PartsMsg::Opened(story_id(ONE), Aside::Reworded(id)));
    write(&mut desk, Aside::Reworded(id), "second");
    assert_eq!(said(&story(&desk, ONE)), ["second"]);
    assert!(story(&desk, ONE).comments[0].edited_at.is_some());
    say(&mut desk, PartsMsg::Edited(story_id(ONE), Edit::CommentRemoved(id)));
    assert_eq!(said(&story(&desk, ONE)), Vec::<&str>::new());
    desk.click_undo();
    assert_eq!(said(&story(&desk, ONE)), ["second"]);
}

#[test]
fn a_text_that_was_begun_outlives_closing_and_the_changes_of_others() {
    let mut desk = opened(&["a", "b"]);
    type_in(&mut desk, Aside::Comment, "half a thou");
    desk.others(edit(ONE, Edit::CommentAdded(remark(900, "of another"))));
    desk.others(retitle(ONE, "A"));
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "half a thou");
    assert_eq!(said(&story(&desk, ONE)), ["of another"]);
    desk.now(Msg::KeyPressed(Key::Escape));
    check(&desk, "Live \n Current: A*? | b \n Backlog: \n Icebox:");
    desk.now(Msg::StoryOpened(story_id(ONE)));
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "half a thou");
}

#[test]
fn a_text_that_was_begun_is_on_the_device_until_it_is_sent() {
    let mut desk = opened(&["a"]);
    type_in(&mut desk, Aside::Comment, "half a thou");
    type_in(&mut desk, Aside::Blocker, "no key");
    desk.now(Msg::TypingPaused);
    assert_eq!(desk.shelf.drafts.len(), 1);
    desk.reload();
    desk.open();
    check(&desk, "Live \n Current: a? \n Backlog: \n Icebox:");
    desk.now(Msg::StoryOpened(story_id(ONE)));
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "half a thou");
    assert_eq!(parts(&desk).asides.text(Aside::Blocker), "no key");
    send(&mut desk, Aside::Comment);
    assert_eq!(desk.shelf.drafts.len(), 1);
    send(&mut desk, Aside::Blocker);
    assert_eq!(desk.shelf.drafts.len(), 0);
    assert_eq!(said(&story(&desk, ONE)), ["half a thou"]);
}

#[test]
fn a_text_that_was_sent_stays_on_the_device_until_its_command_is_there() {
    let mut desk = opened(&["a"]);
    type_in(&mut desk, Aside::Comment, "said");
    desk.now(Msg::TypingPaused);
    desk.pace = Pace::Slow;
    send(&mut desk, Aside::Comment);
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "");
    assert_eq!(desk.shelf.drafts.len(), 1);
    type_in(&mut desk, Aside::Comment, "and mo");
    desk.written();
    assert_eq!(said(&story(&desk, ONE)), ["said"]);
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "and mo");
    desk.now(Msg::TypingPaused);
    let kept: Vec<&String> = desk.shelf.drafts.values().collect();
    assert!(
        kept[0].contains(r#"[["comment",{"text":"and mo","from":""}]]"#),
        "{kept:?}"
    );
}

#[test]
fn saving_the_form_leaves_a_comment_that_is_not_sent_in_sight() {
    let mut desk = opened(&["a"]);
    type_in(&mut desk, Aside::Comment, "half a thou");
    desk.now(Msg::TitleTyped("A".to_owned()));
    desk.now(Msg::DraftSaved);
    assert_eq!(story(&desk, ONE).title.as_str(), "A");
    assert_eq!(
        parts(&desk).problem(Aside::Comment),
        Some("The story is saved. This text is not sent yet.")
    );
    send(&mut desk, Aside::Comment);
    desk.now(Msg::DraftSaved);
    check(&desk, "Live, saving 2 \n Current: A* \n Backlog: \n Icebox:");
}

#[test]
fn a_text_whose_place_is_gone_waits_where_a_new_one_is_written() {
    let mut desk = Desk::with(&["a"], &[]);
    let task = Task {
        id: PartId(Bits128(900)),
        text: line("one"),
        done: false,
    };
    desk.others(edit(ONE, Edit::TaskAdded { task, after: None }));
    desk.now(Msg::StoryOpened(story_id(ONE)));
    let aside = Aside::TaskReworded(PartId(Bits128(900)));
    say(&mut desk, PartsMsg::Opened(story_id(ONE), aside));
    type_in(&mut desk, aside, "one and a half");
    desk.others(edit(ONE, Edit::TaskRemoved(PartId(Bits128(900)))));
    assert_eq!(parts(&desk).asides.get(aside), None);
    assert_eq!(parts(&desk).asides.text(Aside::Task), "one and a half");
}

#[test]
fn a_task_that_another_changes_keeps_what_is_typed_and_tells_theirs() {
    let mut desk = opened(&["a"]);
    write(&mut desk, Aside::Task, "one");
    let id = story(&desk, ONE).tasks[0].id;
    let aside = Aside::TaskReworded(id);
    desk.answer();
    say(&mut desk, PartsMsg::Opened(story_id(ONE), aside));
    desk.others(edit(ONE, Edit::TaskReworded { id, text: line("uno") }));
    assert_eq!(parts(&desk).asides.text(aside), "uno");
    type_in(&mut desk, aside, "eins");
    desk.others(edit(ONE, Edit::TaskReworded { id, text: line("un") }));
    let typed = parts(&desk).asides.get(aside).cloned().expect("it is open");
    assert_eq!((typed.text.as_str(), typed.from.as_str()), ("eins", "uno"));
    assert_eq!(tasks(&story(&desk, ONE)), ["un"]);
}

#[test]
fn a_story_that_blocks_is_resolved_by_its_acceptance() {
    let mut desk = opened(&["a", "b"]);
    say(&mut desk, PartsMsg::Opened(story_id(ONE), Aside::Blocker));
    write(&mut desk, Aside::Blocker, "#1");
    let shown = parts(&desk).blockers;
    let on = shown[0].story.as_ref().expect("it is a story");
    assert_eq!(
        (on.number, on.title.as_str(), shown[0].resolved),
        (1, "b", Resolved::No)
    );
    desk.now(Msg::FormClosed);
    assert!(card(&desk, 1).signs.blocked);
    for step in [
        Transition::Start,
        Transition::Finish,
        Transition::Deliver,
        Transition::Accept,
    ] {
        desk.others(Command::TransitionStory {
            id: story_id(2),
            transition: step,
            comment: None,
        });
    }
    assert!(!card(&desk, 1).signs.blocked);
    desk.now(Msg::StoryOpened(story_id(ONE)));
    assert_eq!(parts(&desk).blockers[0].resolved, Resolved::Accepted);
}

#[test]
fn a_blocker_is_resolved_by_hand_and_taken_away() {
    let mut desk = opened(&["a"]);
    write(&mut desk, Aside::Blocker, "the key is missing");
    let blocker = story(&desk, ONE).blockers[0].clone();
    assert_eq!(blocker.what, Obstacle::Text(line("the key is missing")));
    let resolved = Blocker {
        resolved: true,
        ..blocker.clone()
    };
    say(&mut desk, PartsMsg::Edited(story_id(ONE), Edit::BlockerPut(resolved)));
    assert_eq!(parts(&desk).blockers[0].resolved, Resolved::Said);
    say(
        &mut desk,
        PartsMsg::Edited(story_id(ONE), Edit::BlockerRemoved(blocker.id)),
    );
    assert_eq!(parts(&desk).blockers, []);
}

#[test]
fn a_blocker_that_cannot_be_is_explained_and_the_text_stays() {
    let mut desk = opened(&["a", "b"]);
    let cases = [
        ("#77", "This project has no story #77."),
        (
            "#2",
            "The story would wait for itself: that one is already waiting for this one.",
        ),
    ];
    for (text, problem) in cases {
        write(&mut desk, Aside::Blocker, text);
        assert_eq!(parts(&desk).problem(Aside::Blocker), Some(problem));
        assert_eq!(parts(&desk).asides.text(Aside::Blocker), text);
    }
    assert!(desk.requests.is_empty());
}

#[test]
fn stories_are_offered_as_blockers_by_number_and_title() {
    let mut desk = opened(&["a", "cart", "cards"]);
    for (text, expected) in [
        ("#1", vec!["cards"]),
        ("CAR", vec!["cart", "cards"]),
        ("zzz", vec![]),
        ("", vec![]),
    ] {
        type_in(&mut desk, Aside::Blocker, text);
        let offered = parts(&desk).matches;
        let titles: Vec<&str> = offered.iter().map(|story| story.title.as_str()).collect();
        assert_eq!(titles, expected, "{text}");
    }
    say(&mut desk, PartsMsg::BlockerChosen(story_id(ONE), story_id(2)));
    assert_eq!(parts(&desk).asides.get(Aside::Blocker), None);
    assert_eq!(parts(&desk).blockers.len(), 1);
}

#[test]
fn a_review_is_asked_for_and_given() {
    let mut desk = opened(&["a"]);
    say(&mut desk, PartsMsg::ReviewAsked(story_id(ONE), "Code"));
    write(&mut desk, Aside::Review, "Tax law");
    let kinds: Vec<Review> = story(&desk, ONE).reviews;
    let told: Vec<(&str, Verdict)> = kinds
        .iter()
        .map(|review| (review.kind.as_str(), review.verdict))
        .collect();
    assert_eq!(told, [("Code", Verdict::Unstarted), ("Tax law", Verdict::Unstarted)]);
}

#[test]
fn a_link_needs_an_address() {
    let mut desk = opened(&["a"]);
    say(&mut desk, PartsMsg::Opened(story_id(ONE), Aside::Link));
    write(&mut desk, Aside::Link, "javascript:alert(1)");
    assert_eq!(
        parts(&desk).problem(Aside::Link),
        Some("Address begins with https:// or http:// and names a host.")
    );
    type_in(&mut desk, Aside::LinkKind, "attachment");
    type_in(&mut desk, Aside::LinkName, "Sketch");
    write(&mut desk, Aside::Link, "https://host/a.png");
    let Destination::Attachment { url, name } = &story(&desk, ONE).links[0].to else {
        panic!("it is an attachment")
    };
    assert_eq!(
        (url.as_str(), name.as_ref().map(Line::as_str)),
        ("https://host/a.png", Some("Sketch"))
    );
    assert_eq!(parts(&desk).asides.get(Aside::LinkName), None);
}

#[test]
fn a_deadline_is_a_day_that_there_is() {
    let mut desk = opened(&["a"]);
    write(&mut desk, Aside::Deadline, "2027-02-30");
    assert_eq!(
        parts(&desk).problem(Aside::Deadline),
        Some("No calendar has this date. Years go from 1900 to 2999.")
    );
    write(&mut desk, Aside::Deadline, "2027-02-28");
    assert_eq!(story(&desk, ONE).deadline.map(|day| day.date()), Some((2027, 2, 28)));
    assert_eq!(desk.toast(), "Set the deadline of “a” to 2027-02-28");
    write(&mut desk, Aside::Deadline, "");
    assert_eq!(story(&desk, ONE).deadline, None);
}
