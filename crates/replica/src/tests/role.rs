//! What one is in the project: what the server says of it counts, is remembered, and is asked before a command is taken.

use super::*;
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{Edit, Panel, PartId, Remark, Role, Words};

/// A page of Ann's, who is that, on a project with a story `alpha` of Bob's.
fn page_of(role: Role) -> (Host, Page) {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    host.role = role;
    let page = Page::opened(&mut host);
    (host, page)
}

fn comment(n: u128, on: u128) -> Command {
    Command::EditStory {
        id: story_id(on),
        edits: vec![Edit::CommentAdded(Remark {
            id: PartId(Bits128(n)),
            text: Words::new("Why?").expect("words"),
        })],
    }
}

fn not_allowed() -> Refusal {
    Refusal::Rejected(Rejection::NotAllowed)
}

#[test]
fn a_role_is_unknown_until_the_server_says_it() {
    let mut host = Host::new();
    host.role = Role::Client;
    let mut page = Page::new();
    assert_eq!(page.replica.role(), None);
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.replica.role(), Some(Role::Client));
    assert_eq!(page.seen[0], Output::RoleChanged);
    page.seen.clear();
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert!(!page.seen.contains(&Output::RoleChanged), "the same again is no news");
}

#[test]
fn what_the_role_does_not_allow_is_refused_at_once() {
    let (mut host, mut page) = page_of(Role::Viewer);
    page.command(7, create(2, "beta"));
    assert_eq!(page.rejected(), [not_allowed()]);
    assert_eq!((page.waiting(), page.requests.len()), (0, 0));
    assert_eq!(page.titles(), "alpha");
    host.role = Role::Client;
    page.handle(Input::Woke);
    page.settle(&mut host);
    page.command(8, retitle(1, "mine"));
    assert_eq!(page.rejected(), [not_allowed(), not_allowed()]);
    page.command(9, create(2, "beta"));
    page.command(10, retitle(2, "gamma"));
    page.command(11, comment(1, 1));
    assert_eq!(page.rejected().len(), 2, "one's own wish, and a word on another's");
    page.settle(&mut host);
    assert_eq!(page.titles(), "gamma alpha");
    assert_eq!((page.waiting(), page.attention()), (0, Vec::new()));
}

/// A client's wish that the device has not written yet is theirs already.
#[test]
fn the_role_is_asked_on_what_one_will_see() {
    let (mut host, mut page) = page_of(Role::Client);
    page.slow = true;
    page.command(7, create(2, "beta"));
    page.command(8, retitle(2, "gamma"));
    assert_eq!(page.rejected(), []);
    for kept in std::mem::take(&mut page.keeping) {
        page.keep(&kept);
    }
    page.settle(&mut host);
    assert_eq!(page.titles(), "gamma alpha");
}

#[test]
fn what_waits_when_the_role_is_taken_comes_back_whole() {
    let (mut host, mut page) = page_of(Role::Member);
    page.command(7, retitle(1, "mine"));
    host.role = Role::Viewer;
    page.settle(&mut host);
    assert_eq!(page.attention(), [refused(Rejection::NotAllowed)]);
    assert!(page.seen.contains(&Output::NeedsAttention(mid(7))));
    assert!(page.seen.contains(&Output::RoleChanged));
    assert_eq!(page.titles(), "alpha");
    page.reload();
    assert_eq!(
        page.attention(),
        [refused(Rejection::NotAllowed)],
        "also after a reload"
    );
    // Given the role back, it is given once more.
    host.role = Role::Member;
    page.handle(Input::Woke);
    page.settle(&mut host);
    page.give(Given {
        replaces: Some(mid(7)),
        ..given(8, retitle(1, "mine"))
    });
    page.settle(&mut host);
    assert_eq!((page.titles().as_str(), page.attention()), ("mine", Vec::new()));
}

#[test]
fn the_role_is_known_offline() {
    let (_, mut page) = page_of(Role::Viewer);
    page.handle(Input::SaveDue);
    page.reload();
    assert_eq!(page.replica.role(), Some(Role::Viewer));
    page.command(7, create(2, "beta"));
    assert_eq!(page.rejected(), [not_allowed()]);
}

#[test]
fn another_role_at_the_same_revision_is_written_too() {
    let (mut host, mut page) = page_of(Role::Member);
    page.handle(Input::SaveDue);
    host.role = Role::Client;
    page.handle(Input::Woke);
    page.settle(&mut host);
    page.handle(Input::SaveDue);
    page.reload();
    assert_eq!(page.replica.role(), Some(Role::Client));
    let written = page.device.base.clone();
    page.handle(Input::Woke);
    page.settle(&mut host);
    page.device.base = None;
    page.handle(Input::SaveDue);
    assert_eq!(page.device.base, None, "nothing is new");
    assert!(written.is_some());
}

/// What was saved before there were roles.
#[test]
fn a_base_without_a_role_is_read_and_nothing_is_refused_by_it() {
    let (mut host, mut page) = page_of(Role::Client);
    page.handle(Input::SaveDue);
    let text = page.device.base.take().expect("it was saved");
    assert!(text.contains(r#""role":"client","#));
    page.device.base = Some(text.replace(r#""role":"client","#, ""));
    page.reload();
    assert_eq!((page.replica.role(), page.titles().as_str()), (None, "alpha"));
    page.command(7, retitle(1, "mine"));
    assert_eq!(page.rejected(), []);
    // The server decides.
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.attention(), [refused(Rejection::NotAllowed)]);
}

/// A client's new wish is taken back by deleting it, as long as nobody has planned it.
#[test]
fn nothing_is_taken_back_by_what_one_may_not() {
    let (mut host, mut page) = page_of(Role::Client);
    page.command(7, create(2, "beta"));
    page.settle(&mut host);
    assert!(page.replica.undo(mid(7)).is_ok());
    let scheduled = Command::MoveStories {
        stories: vec![story_id(2)],
        panel: Panel::Backlog,
        after: None,
        current: None,
    };
    page.hear(&host.does(8, scheduled, &BOB()));
    assert_eq!(
        page.replica.undo(mid(7)),
        Err(NotUndone::Nothing),
        "others planned it by now"
    );
    let (mut host, mut page) = page_of(Role::Member);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    assert!(page.replica.undo_last().is_ok());
    host.role = Role::Viewer;
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.replica.undo_last(), Err(NotUndone::Nothing));
}

#[test]
fn nobody_joins_or_leaves_by_a_command_of_their_own() {
    let (_, mut page) = page_of(Role::Owner);
    page.command(7, Command::Join { role: Role::Owner });
    page.command(8, Command::Leave { id: BOB().id });
    assert_eq!(page.rejected(), [not_allowed(), not_allowed()]);
}

#[test]
fn the_rule_can_be_asked_before_anything_is_given() {
    let (_, page) = page_of(Role::Client);
    assert_eq!(page.replica.may(&comment(1, 1), ANN().id), Ok(()));
    assert_eq!(
        page.replica.may(&retitle(1, "mine"), ANN().id),
        Err(Rejection::NotAllowed)
    );
    let Command::CreateStory(wish) = create(2, "beta") else {
        panic!("a story")
    };
    let planned = Command::CreateStory(NewStory {
        panel: Panel::Backlog,
        ..wish
    });
    assert_eq!(page.replica.may(&planned, ANN().id), Err(Rejection::NotAllowed));
    assert_eq!(
        Page::new().replica.may(&planned, ANN().id),
        Ok(()),
        "nothing is known yet"
    );
}
