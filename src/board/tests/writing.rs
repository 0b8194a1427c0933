//! Writing: nothing that was typed is lost, whatever others do and whatever is refused.

use super::super::scene::Adds;
use super::desk::{delete, name, retitle, start};
use super::*;
use crate::board::msg::{Aside, PartsMsg};
use backlog::{Command, Estimate, StoryType, Transition};

fn typed(desk: &mut Desk, title: &str) {
    desk.now(Msg::TitleTyped(title.to_owned()));
}

#[test]
fn a_new_story_is_written_shown_and_sent() {
    let mut desk = Desk::with(&[], &["idea"]);
    desk.now(Msg::AddClicked(Column::Icebox));
    assert!(desk.effects.contains(&Effect::Focus(Target::Title)));
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [] | idea");
    typed(&mut desk, "Pay by card");
    desk.now(Msg::DraftSaved);
    check(
        &desk,
        "Live, saving 1 \n Current: \n Backlog: \n Icebox: Pay by card* | idea",
    );
    desk.answer();
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: Pay by card* | idea");
    assert_eq!(desk.ledger.version().rev, 2);
}

#[test]
fn a_story_added_to_the_backlog_stands_below_current() {
    let mut desk = Desk::with(&["a", "b", "c", "d"], &[]);
    desk.now(Msg::AddClicked(Column::Backlog));
    typed(&mut desk, "new");
    desk.now(Msg::EstimateChosen(Some(Estimate(3))));
    desk.now(Msg::DraftSaved);
    check(
        &desk,
        "Live, saving 1 \n Current: a | b | c \n Backlog: #2 | new* | d \n Icebox:",
    );
}

#[test]
fn an_empty_title_is_a_problem_and_the_form_stays() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::AddClicked(Column::Icebox));
    desk.now(Msg::DraftSaved);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [] (Title is empty.)");
    typed(&mut desk, "x");
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [x]");
}

#[test]
fn only_what_was_changed_is_sent() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::LabelsTyped("Checkout, urgent".to_owned()));
    desk.now(Msg::DraftSaved);
    let request = desk.requests.pop().expect("it was sent");
    let json = backlog::api::to_json(&request.commands[0].command);
    assert!(
        json.ends_with(r#""edits":[{"label-added":"checkout"},{"label-added":"urgent"}]}}"#),
        "{json}"
    );
}

#[test]
fn nothing_changed_is_nothing_sent() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DraftSaved);
    assert!(desk.requests.is_empty());
    check(&desk, "Live \n Current: a* \n Backlog: \n Icebox:");
}

#[test]
fn what_was_typed_survives_closing_and_says_so() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    typed(&mut desk, "half a thou");
    desk.now(Msg::KeyPressed(Key::Escape));
    check(&desk, "Live \n Current: a*? | b \n Backlog: \n Icebox:");
    desk.now(Msg::StoryOpened(story_id(2)));
    desk.now(Msg::StoryOpened(story_id(1)));
    check(&desk, "Live \n Current: [half a thou] | b \n Backlog: \n Icebox:");
    desk.now(Msg::DraftDiscarded);
    check(&desk, "Live \n Current: a* | b \n Backlog: \n Icebox:");
}

#[test]
fn a_story_to_be_that_was_closed_is_still_there() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::AddClicked(Column::Icebox));
    typed(&mut desk, "later");
    desk.now(Msg::FormClosed);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox:");
    desk.now(Msg::AddClicked(Column::Icebox));
    check(&desk, "Live \n Current: \n Backlog: \n Icebox: [later]");
}

#[test]
fn a_field_that_one_types_in_keeps_its_text_and_tells_who_overtook_it() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    typed(&mut desk, "mine");
    desk.others(retitle(1, "theirs"));
    check(
        &desk,
        "Live \n Current: [mine] <title by Bob: theirs> \n Backlog: \n Icebox:",
    );
    desk.now(Msg::DraftSaved);
    desk.answer();
    check(&desk, "Live \n Current: mine* \n Backlog: \n Icebox:");
}

#[test]
fn a_field_that_one_does_not_type_in_follows() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DescriptionTyped("words".to_owned()));
    desk.others(retitle(1, "theirs"));
    check(&desk, "Live \n Current: [theirs] \n Backlog: \n Icebox:");
    desk.now(Msg::DraftSaved);
    let request = desk.requests.pop().expect("it was sent");
    let json = backlog::api::to_json(&request.commands[0].command);
    assert!(
        json.ends_with(r#""edits":[{"description-revised":{"from":"","to":"words"}}]}}"#),
        "{json}"
    );
}

#[test]
fn a_story_deleted_under_the_pen_gives_its_text_back() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    typed(&mut desk, "precious");
    desk.others(delete(1));
    check(
        &desk,
        "Live
         ! Bob deleted “a” while you were writing in it. precious
         Current: \n Backlog: \n Icebox:",
    );
    desk.now(Msg::NoticeDismissed);
    check(&desk, "Live \n Current: \n Backlog: \n Icebox:");
}

#[test]
fn what_the_server_refuses_is_told_with_what_was_typed() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others_do(delete(1));
    desk.now(Msg::StoryOpened(story_id(1)));
    typed(&mut desk, "precious");
    desk.now(Msg::DraftSaved);
    desk.answer();
    check(
        &desk,
        "Needs attention (1)
         Current: \n Backlog: \n Icebox:",
    );
    assert_eq!(desk.toast(), "Not done: Rename “a” to “precious”");
}

#[test]
fn one_click_moves_a_story_on() {
    let mut desk = Desk::with(&["a"], &[]);
    for (transition, state) in [
        (Transition::Start, "started"),
        (Transition::Finish, "finished"),
        (Transition::Deliver, "delivered"),
        (Transition::Reject, "rejected"),
        (Transition::Restart, "started"),
    ] {
        desk.now(Msg::TransitionClicked(story_id(1), transition));
        // Whoever rejects is asked why.
        if transition == Transition::Reject {
            desk.now(Msg::Parts(PartsMsg::Sent(story_id(1), Aside::Reason)));
        }
        check(
            &desk,
            &format!("Live, saving 1 \n Current: a {state} \n Backlog: \n Icebox:"),
        );
        desk.answer();
    }
}

#[test]
fn a_step_that_is_not_open_is_refused_in_words() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Accept));
    check(
        &desk,
        "Live
         ! One cannot accept a story that is unstarted. Nothing was changed.
         Current: a \n Backlog: \n Icebox:",
    );
    assert!(desk.requests.is_empty());
}

#[test]
fn a_form_refused_by_the_rules_stays_open_with_the_reason() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others(desk::start(1));
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::TypeChosen(StoryType::Release));
    desk.now(Msg::DraftSaved);
    check(
        &desk,
        "Live \n Current: [a] (A release cannot be started.) \n Backlog: \n Icebox:",
    );
}

#[test]
fn deleting_moves_the_focus_to_the_neighbour() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DeleteClicked);
    check(&desk, "Live, saving 1 \n Current: b* \n Backlog: \n Icebox:");
    assert!(desk.effects.contains(&Effect::Announce(
        "a: deleted. Undo is at the end of the page.".to_owned()
    )));
    desk.answer();
    let view = desk.ledger.project();
    assert!(view.story(story_id(1)).is_none());
}

#[test]
fn the_own_name_is_checked_and_sent() {
    let mut desk = Desk::with(&[], &[]);
    desk.now(Msg::NameOpened);
    assert!(desk.effects.contains(&Effect::Focus(Target::Name)));
    desk.now(Msg::NameTyped("  ".to_owned()));
    desk.now(Msg::NameSaved);
    let draft = desk.board.scene().header.name_draft.expect("it is still open");
    assert_eq!(draft.problem.as_deref(), Some("Name is empty."));
    desk.now(Msg::NameTyped("Anna".to_owned()));
    desk.now(Msg::NameSaved);
    assert!(desk.effects.contains(&Effect::Rename(name("Anna"))));
}

#[test]
fn commands_while_offline_are_kept_and_sent_in_order() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Finish));
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::Unreachable));
    check(
        &desk,
        "Offline, 2 changes kept on this device \n Current: a finished \n Backlog: \n Icebox:",
    );
    desk.now(Msg::RetryDue);
    let commands: Vec<&Command> = desk.requests[0].commands.iter().map(|sent| &sent.command).collect();
    assert_eq!(commands.len(), 2);
    desk.answer();
    check(&desk, "Live \n Current: a finished \n Backlog: \n Icebox:");
}

#[test]
fn the_page_follows_the_open_story_to_another_column() {
    let titles: Vec<String> = (1..=40).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::ColumnChosen(Column::Icebox));
    desk.now(Msg::StoryOpened(story_id(110)));
    typed(&mut desk, "half a thought");
    desk.others(start(110));
    assert_eq!(desk.board.scene().shown, Column::Current);
    assert!(desk.seen().contains("Current: [half a thought]"));
}

#[test]
fn a_story_opened_low_on_the_page_comes_into_sight() {
    let titles: Vec<String> = (1..=40).map(|n| format!("s{n}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut desk = Desk::with(&[], &titles);
    desk.now(Msg::Scrolled {
        column: Column::Icebox,
        top: 0,
        height: 600,
    });
    desk.now(Msg::StoryOpened(story_id(103)));
    assert_eq!(desk.scrolls(), []);
    desk.now(Msg::StoryOpened(story_id(116)));
    // Fifteen rows stand above it; its lower edge is at the lower edge of the column.
    let lower_edge = 15 * FIRST_ROW_HEIGHT + FIRST_FORM_HEIGHT;
    assert_eq!(desk.scrolls(), [(Column::Icebox, lower_edge - 600)]);
}

#[test]
fn a_deletion_can_be_taken_back() {
    let mut desk = Desk::with(&["a", "b"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DeleteClicked);
    assert_eq!(
        desk.board.scene().toast.map(|toast| toast.words).as_deref(),
        Some("Deleted “a”")
    );
    desk.answer();
    desk.click_undo();
    check(&desk, "Live, saving 1 \n Current: a* | b \n Backlog: \n Icebox:");
    assert_eq!(desk.toast(), "Undone: deleted “a”");
    desk.answer();
    assert!(desk.ledger.project().story(story_id(1)).is_some());
}

#[test]
fn a_toast_goes_by_itself_after_a_minute() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    desk.now(Msg::DeleteClicked);
    desk.answer();
    for _ in 0..4 {
        desk.now(Msg::Ticked);
        desk.answer();
    }
    assert!(desk.board.scene().toast.is_some());
    desk.now(Msg::Ticked);
    assert_eq!(desk.board.scene().toast, None);
}

#[test]
fn what_the_server_cannot_read_is_told_in_its_words() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::StoryOpened(story_id(1)));
    typed(&mut desk, "precious");
    desk.now(Msg::DraftSaved);
    desk.requests.clear();
    desk.now(Msg::SyncFailed(Failure::Refused("title is odd".to_owned())));
    check(
        &desk,
        "Needs attention (1)
         Current: a* \n Backlog: \n Icebox:",
    );
    assert_eq!(desk.toast(), "Not done: Rename “a” to “precious”");
}

#[test]
fn a_story_that_lands_elsewhere_is_said_to() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::AddClicked(Column::Backlog));
    typed(&mut desk, "new");
    desk.now(Msg::DraftSaved);
    check(&desk, "Live, saving 1 \n Current: a | new* \n Backlog: \n Icebox:");
    let words = desk.board.scene().toast.map(|toast| toast.words);
    assert_eq!(
        words.as_deref(),
        Some("Added to Current: it still fits into this iteration")
    );
}

#[test]
fn a_story_begun_and_closed_leaves_a_mark_and_the_focus_on_its_button() {
    let mut desk = Desk::with(&[], &[]);
    let begun = |desk: &Desk| match desk.board.scene().body {
        Body::Columns(columns) => columns.iter().map(|column| column.adds == Adds::Begun).collect(),
        Body::Loading | Body::Unavailable | Body::NoProject | Body::Removed(_) => Vec::new(),
    };
    desk.now(Msg::AddClicked(Column::Icebox));
    typed(&mut desk, "later");
    assert_eq!(begun(&desk), [false, false, false]);
    desk.now(Msg::KeyPressed(Key::Escape));
    assert_eq!(begun(&desk), [false, false, true]);
    assert_eq!(desk.effects.last(), Some(&Effect::Focus(Target::Add(Column::Icebox))));
}
