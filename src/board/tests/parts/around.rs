//! What stands around the parts: rejections, descriptions, numbers, cards and histories.

use super::*;

/// A delivered story on a card.
fn delivered() -> Desk {
    let mut desk = Desk::with(&["a"], &[]);
    for transition in [Transition::Start, Transition::Finish, Transition::Deliver] {
        desk.others(Command::TransitionStory {
            id: story_id(ONE),
            transition,
            comment: None,
        });
    }
    desk
}

#[test]
fn a_rejection_asks_for_a_reason_and_keeps_it_as_a_comment() {
    let mut desk = delivered();
    desk.now(Msg::TransitionClicked(story_id(ONE), Transition::Reject));
    assert!(desk.requests.is_empty());
    assert_eq!(card(&desk, ONE).signs.reason, Some((String::new(), None)));
    type_in(&mut desk, Aside::Reason, "It is blue");
    desk.now(Msg::TypingPaused);
    desk.reload();
    desk.open();
    assert_eq!(card(&desk, ONE).signs.reason, Some(("It is blue".to_owned(), None)));
    send(&mut desk, Aside::Reason);
    check(&desk, "Live, saving 1 \n Current: a rejected \n Backlog: \n Icebox:");
    assert_eq!(said(&story(&desk, ONE)), ["It is blue"]);
    assert_eq!(card(&desk, ONE).signs.reason, None);
    desk.click_undo();
    assert_eq!(story(&desk, ONE).state, backlog::State::Delivered);
}

#[test]
fn a_rejection_needs_no_reason_and_can_be_given_up() {
    let mut desk = delivered();
    desk.now(Msg::TransitionClicked(story_id(ONE), Transition::Reject));
    say(&mut desk, PartsMsg::Dropped(story_id(ONE), Aside::Reason));
    assert_eq!(card(&desk, ONE).signs.reason, None);
    assert_eq!(desk.board.drafts.unsaved(), 0);
    desk.now(Msg::TransitionClicked(story_id(ONE), Transition::Reject));
    send(&mut desk, Aside::Reason);
    check(&desk, "Live, saving 1 \n Current: a rejected \n Backlog: \n Icebox:");
    assert_eq!(said(&story(&desk, ONE)), Vec::<&str>::new());
}

#[test]
fn a_reason_that_comes_too_late_waits_as_a_comment() {
    let mut desk = delivered();
    desk.now(Msg::TransitionClicked(story_id(ONE), Transition::Reject));
    type_in(&mut desk, Aside::Reason, "It is blue");
    desk.others(Command::TransitionStory {
        id: story_id(ONE),
        transition: Transition::Accept,
        comment: None,
    });
    desk.now(Msg::StoryOpened(story_id(ONE)));
    assert_eq!(parts(&desk).asides.text(Aside::Comment), "It is blue");
    assert_eq!(parts(&desk).asides.get(Aside::Reason), None);
}

#[test]
fn a_text_in_a_story_that_is_deleted_is_told() {
    let mut desk = opened(&["a"]);
    type_in(&mut desk, Aside::Comment, "half a thou");
    desk.others(delete(ONE));
    check(
        &desk,
        "Live \n ! Bob deleted “a” while you were writing in it. half a thou \n Current: \n Backlog: \n Icebox:",
    );
}

#[test]
fn a_description_is_read_until_one_writes_in_it() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others(edit(
        ONE,
        Edit::Description(backlog::Description::new("As *Ann*").expect("a text")),
    ));
    desk.now(Msg::StoryOpened(story_id(ONE)));
    assert_eq!(form(&desk).view, DescriptionView::Rendered);
    say(&mut desk, PartsMsg::DescriptionTurned(story_id(ONE)));
    assert_eq!(form(&desk).view, DescriptionView::Source);
    assert!(desk.effects.contains(&Effect::Focus(Target::Description)));
    desk.now(Msg::DescriptionTyped("As *Bob*".to_owned()));
    say(&mut desk, PartsMsg::DescriptionTurned(story_id(ONE)));
    assert_eq!(
        (form(&desk).view, form(&desk).description.as_str()),
        (DescriptionView::Rendered, "As *Bob*")
    );
    let mut empty = opened(&["b"]);
    assert_eq!(form(&empty).view, DescriptionView::Source);
    empty.now(Msg::FormClosed);
}

#[test]
fn a_number_leads_to_its_story() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    say(&mut desk, PartsMsg::NumberFollowed(1));
    assert_eq!(form(&desk).title, "b");
    say(&mut desk, PartsMsg::NumberFollowed(77));
    assert_eq!(desk.toast(), "This project has no story #77");
    desk.now(Msg::PanelToggled(Column::Current));
    say(&mut desk, PartsMsg::NumberFollowed(2));
    assert_eq!(desk.toast(), "#2 “a” stands in a column that is not shown now");
}

#[test]
fn a_card_tells_owners_epics_and_blockers_of_its_story() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others(start(ONE));
    desk.others(edit(ONE, Edit::LabelAdded(Label::new("checkout").expect("a label"))));
    assert_eq!(card(&desk, ONE).signs.owners, [name("Bob")]);
    assert_eq!(card(&desk, ONE).signs.epics, []);
    desk.others(Command::PutEpic {
        id: backlog::EpicId(Bits128(7)),
        words: backlog::EpicWords {
            name: backlog::Title::new("Checkout").expect("a title"),
            label: Label::new("checkout").expect("a label"),
            description: backlog::Description::default(),
        },
    });
    assert_eq!(card(&desk, ONE).signs.epics, [Label::new("checkout").expect("a label")]);
}

#[test]
fn the_history_tells_what_was_carried_in_words() {
    let mut desk = opened(&["a"]);
    write(&mut desk, Aside::Task, "one");
    let id = story(&desk, ONE).tasks[0].id;
    say(&mut desk, PartsMsg::Opened(story_id(ONE), Aside::TaskReworded(id)));
    write(&mut desk, Aside::TaskReworded(id), "two");
    write(&mut desk, Aside::Comment, "It is blue");
    write(&mut desk, Aside::Blocker, "the key");
    say(&mut desk, PartsMsg::ReviewAsked(story_id(ONE), "Code"));
    write(&mut desk, Aside::Deadline, "2027-02-28");
    say(&mut desk, PartsMsg::Edited(story_id(ONE), Edit::TaskRemoved(id)));
    desk.answer();
    let told = backlog::history::history(story_id(ONE), desk.changes_of(story_id(ONE)));
    desk.now(Msg::Past(PastMsg::HistoryOpened(story_id(ONE))));
    desk.now(Msg::Past(PastMsg::HistoryAnswered(story_id(ONE), Ok(Box::new(told)))));
    let Some(History::Steps(steps)) = form(&desk).history else {
        panic!("the history is told")
    };
    let lines = steps.iter().rev().flat_map(|step| &step.lines);
    let told: Vec<String> = lines
        .map(|line| {
            let values = [line.before.as_deref(), line.after.as_deref()];
            let values: Vec<&str> = values.into_iter().flatten().collect();
            format!("{} {}", line.what, values.join(" -> ")).trim_end().to_owned()
        })
        .collect();
    assert_eq!(
        told,
        [
            "Added the story",
            "Added the task “one” to the story",
            "Changed a task of the story one -> two",
            "Commented on the story It is blue",
            "Said that “the key” blocks the story",
            "Set the Code review of the story to not begun",
            "Set the deadline of the story to 2027-02-28",
            "Removed a task of the story two",
        ]
    );
}
