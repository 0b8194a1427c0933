//! Taking back: the last own command first, also after a reload, and not where someone has been there since.

use super::*;
use backlog::id::Bits128;
use backlog::undo::Aspect;
use backlog::{Edit, Estimate, PartId, PointScale, Remark, SettingEdit, Words};

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

/// Another scale takes two commands to take back: the scale, and the estimates that had followed it.
#[test]
fn what_takes_several_commands_to_take_back_is_one_step() {
    let estimate = |points| Command::EditStory {
        id: story_id(1),
        edits: vec![Edit::Estimate(Some(Estimate(points)))],
    };
    let scale = |scale| Command::EditSettings {
        edits: vec![SettingEdit::Scale(scale)],
    };
    let shown = |page: &Page| {
        let view = page.replica.view().expect("a project");
        let story = view.story(story_id(1)).expect("a story");
        (view.settings().scale.clone(), story.estimate)
    };
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(2, estimate(3));
    page.command(3, scale(PointScale::PowersOfTwo));
    assert_eq!(shown(&page), (PointScale::PowersOfTwo, Some(Estimate(4))));
    page.handle(Input::SaveDue);
    page.reload();
    page.undo(10);
    assert_eq!(shown(&page), (PointScale::Linear, Some(Estimate(3))));
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(shown(&page), (PointScale::Linear, Some(Estimate(3))));
    // What was taken back is the one before next.
    assert_eq!(page.replica.undo_last().map(|undo| undo.mid), Ok(mid(2)));
}

/// An own comment is its author's from the beginning, and the author's to take back.
#[test]
fn own_commands_show_under_the_own_name() {
    let remark = Remark {
        id: PartId(Bits128(9)),
        text: Words::new("Why").expect("words"),
    };
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(
        2,
        Command::EditStory {
            id: story_id(1),
            edits: vec![Edit::CommentAdded(remark), Edit::OwnerAdded(ANN().id)],
        },
    );
    let shown = |page: &Page| {
        let view = page.replica.view().expect("a project");
        let story = view.story(story_id(1)).expect("a story");
        let named = view.people().get(&ANN().id).map(|name| name.as_str().to_owned());
        (
            story.said().filter_map(|said| said.author).collect(),
            story.owners.clone(),
            named,
        )
    };
    let ann = (vec![ANN().id], vec![ANN().id], Some("Ann".to_owned()));
    assert_eq!(shown(&page), ann);
    page.settle(&mut host);
    assert_eq!(shown(&page), ann);
    page.undo(10);
    assert_eq!(shown(&page), (Vec::new(), Vec::new(), Some("Ann".to_owned())));
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
