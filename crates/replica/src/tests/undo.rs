//! Taking back: the last own command first, also after a reload, and not where someone has been there since.

use super::*;
use backlog::undo::Aspect;

impl Page {
    /// Takes the last own command back, as a page does.
    fn undo(&mut self, n: u128) {
        let undo = self.replica.undo_last().expect("there is something to take back");
        for (place, command) in undo.commands.into_iter().enumerate() {
            self.give(Given {
                undoes: Some(undo.mid),
                ..given(n + place as u128, command)
            });
        }
    }
}

#[test]
fn the_last_command_is_taken_back_first_and_then_the_one_before() {
    let mut host = Host::new();
    let mut page = Page::opened(&mut host);
    page.command(1, create(1, "alpha"));
    page.command(2, retitle(1, "beta"));
    page.settle(&mut host);
    page.undo(10);
    assert_eq!(page.titles(), "alpha");
    page.undo(20);
    assert_eq!(page.titles(), "");
    assert_eq!(page.replica.undo_last(), Err(NotUndone::Nothing));
    page.settle(&mut host);
    assert_eq!(page.titles(), "");
}

#[test]
fn it_works_after_a_reload_and_for_what_was_never_sent() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.handle(Input::SaveDue);
    page.command(2, retitle(1, "beta"));
    page.reload();
    page.undo(10);
    assert_eq!(page.titles(), "alpha");
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.titles(), "alpha");
}

#[test]
fn what_someone_changed_since_is_not_taken_back() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(2, retitle(1, "mine"));
    page.settle(&mut host);
    page.hear(&host.does(3, retitle(1, "theirs"), &BOB()));
    let overtaken = NotUndone::Overtaken {
        command: Box::new(retitle(1, "mine")),
        aspects: vec![Aspect::Title],
    };
    assert_eq!(page.replica.undo_last(), Err(overtaken));
}

#[test]
fn an_undoing_that_was_refused_did_not_happen() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(2, retitle(1, "mine"));
    page.settle(&mut host);
    host.does(
        3,
        Command::DeleteStories {
            stories: vec![story_id(1)],
        },
        &BOB(),
    );
    page.undo(10);
    page.settle(&mut host);
    assert_eq!(page.attention(), [refused(Rejection::DeletedStory)]);
    let overtaken = NotUndone::Overtaken {
        command: Box::new(retitle(1, "mine")),
        aspects: vec![Aspect::Existence],
    };
    assert_eq!(page.replica.undo_last(), Err(overtaken));
}
