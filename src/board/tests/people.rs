//! People who come and go: who is offered, who is only named, and what a role does to comments and to the tray.

use super::super::msg::{Aside, AttentionMsg, Bulk, Menu, PartsMsg, SelectionMsg};
use super::super::phrases::{Titles, phrase};
use super::super::scene::Form;
use super::super::scene::attention::{Entry, Way};
use super::desk::person;
use super::*;
use backlog::{ActorId, Edit, Rejection, Role};

fn form(desk: &Desk) -> Form {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("there are columns")
    };
    let form = columns
        .iter()
        .flat_map(|column| column.rows.iter())
        .find_map(|row| match row {
            Row::Form(form) => Some((**form).clone()),
            Row::Card(_) | Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) => None,
        });
    form.expect("a form is open")
}

fn owned_by(who: &str) -> Command {
    Command::EditStory {
        id: story_id(1),
        edits: vec![Edit::OwnerAdded(person(who).id)],
    }
}

/// A story of Bob's, owned by Cem, who is not in the project any more.
fn cem_left() -> Desk {
    let mut desk = Desk::with(&["a"], &[]);
    let role = Role::Member;
    desk.does("Cem", Command::Join { role });
    desk.does("Bob", owned_by("Cem"));
    desk.others(Command::Leave { id: person("Cem").id });
    desk.answer();
    desk.now(Msg::StoryOpened(story_id(1)));
    desk
}

#[test]
fn who_left_is_named_where_they_are_and_not_offered() {
    let desk = cem_left();
    let parts = form(&desk).parts.expect("the story is there");
    let offered: Vec<&str> = parts.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(offered, ["Ann", "Bob"]);
    assert_eq!(parts.name(person("Cem").id), "Cem");
}

#[test]
fn who_left_is_taken_off_what_they_own() {
    let mut desk = cem_left();
    desk.now(Msg::StoryFocused(story_id(1)));
    desk.now(Msg::KeyPressed(Key::Select));
    desk.now(Msg::Selection(SelectionMsg::MenuToggled(Menu::Owners)));
    let menu = desk.board.scene().selection.expect("a bar").menu.expect("a menu");
    let words: Vec<&str> = menu.choices.iter().map(|choice| choice.words.as_str()).collect();
    assert_eq!(words, ["Add Ann (you)", "Add Bob", "Remove Cem"]);
    desk.now(Msg::Selection(SelectionMsg::Chosen(Bulk::Disown(person("Cem").id))));
    let view = desk.board.replica.view().expect("a view");
    assert!(view.story(story_id(1)).expect("it is there").owners.is_empty());
}

fn followers_after_comment(role: Role) -> Vec<ActorId> {
    let mut desk = Desk::with(&["a"], &[]);
    desk.role = role;
    desk.now(Msg::Woke);
    desk.answer();
    desk.now(Msg::StoryOpened(story_id(1)));
    let typed = "@Bob: please look".to_owned();
    desk.now(Msg::Parts(PartsMsg::Typed(story_id(1), Aside::Comment, typed)));
    desk.now(Msg::Parts(PartsMsg::Sent(story_id(1), Aside::Comment)));
    let view = desk.board.replica.view().expect("a view");
    let story = view.story(story_id(1)).expect("it is there");
    assert_eq!(story.comments.len(), 1, "it is said by a {role}");
    story.followers.iter().copied().collect()
}

/// A comment that names someone has them follow, which a client may not: it is a comment all the same.
#[test]
fn a_client_has_nobody_else_follow() {
    assert_eq!(followers_after_comment(Role::Client), []);
    assert_eq!(followers_after_comment(Role::Member), [person("Bob").id]);
}

fn entry(desk: &Desk) -> Entry {
    let tray = desk.board.scene().tray.expect("it is open");
    let [entry] = &tray.entries[..] else {
        panic!("one entry")
    };
    entry.clone()
}

#[test]
fn what_the_role_forbids_waits_until_the_role_is_given_back() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.role = Role::Viewer;
    desk.now(Msg::TransitionClicked(story_id(1), Transition::Start));
    desk.answer();
    desk.now(Msg::Attention(AttentionMsg::LightClicked));
    let refused = entry(&desk);
    assert_eq!(refused.why, Rejection::NotAllowed.to_string());
    assert_eq!(
        refused.advice,
        "Ask an owner of the project, who can do it or give you another role."
    );
    assert_eq!(refused.way, Way::Closed);
    desk.role = Role::Owner;
    desk.now(Msg::Woke);
    desk.answer();
    assert_eq!(entry(&desk).way, Way::TryAgain);
}

#[test]
fn coming_and_going_in_words() {
    let desk = cem_left();
    let ann = person("Ann");
    let titles = Titles {
        view: desk.board.replica.view(),
        before: &[],
        me: Some((ann.id, &ann.name)),
    };
    let done = |command: &Command| phrase(command, titles).done;
    assert_eq!(done(&Command::Join { role: Role::Client }), "joined as a client");
    assert_eq!(done(&Command::Join { role: Role::Owner }), "joined as an owner");
    assert_eq!(done(&Command::Leave { id: person("Cem").id }), "removed Cem");
    assert_eq!(done(&Command::Leave { id: ann.id }), "left");
}
