//! Deleted stories: gone from sight, still in their place. And changes that cannot have happened here.

use super::check;
use super::script::{Bench, ada, id};
use crate::project::Unfit;
use crate::{Change, Edit, Millis, Panel, Project, State, StoryId};

#[test]
fn a_deleted_story_keeps_its_place() {
    check(
        "backlog: a! b* c d | icebox: e",
        "
        delete c -> deleted c | backlog: a! b* (c) d | icebox: e
        look c -> nothing
        move d to backlog after c -> moved d to backlog after c | backlog: a! b* (c) d | icebox: e
        move d to backlog -> moved d to backlog at the top | backlog: a! b* d (c) | icebox: e
        delete a b e -> deleted a b e | backlog: (a!) (b*) d (c) | icebox: (e)
        start d -> transitioned d started owner+ada | backlog: (a!) (b*) d* (c) | icebox: (e)
        ",
    );
}

#[test]
fn a_restored_story_is_where_it_stood() {
    check(
        "backlog: a! b* c d | icebox: e",
        "
        delete b c e -> deleted b c e | backlog: a! (b*) (c) d | icebox: (e)
        move d to backlog -> moved d to backlog at the top | backlog: a! (b*) d (c) | icebox: (e)
        start c -> rejected deleted-story
        restore b c -> restored b c | backlog: a! b* d c | icebox: (e)
        start c -> transitioned c started owner+ada | backlog: a! b* c* d | icebox: (e)
        restore b e -> restored b e | backlog: a! b* c* d | icebox: e
        restore nobody -> rejected unknown-story
        ",
    );
}

#[test]
fn what_is_deleted_already_is_deleted() {
    check(
        "backlog: a b | icebox:",
        "
        delete a -> deleted a
        delete a b -> deleted a b | backlog: (a) (b) | icebox:
        delete a nobody -> rejected unknown-story
        ",
    );
}

#[test]
fn the_panels_show_no_deleted_story() {
    let mut bench = Bench::new("backlog: a b | icebox: c d");
    bench.carry_out(&super::script::read_command("delete a c")).unwrap();
    let seen = |panel| {
        bench
            .project
            .order(panel)
            .map(|slot| bench.project.at(slot).id)
            .collect::<Vec<StoryId>>()
    };
    assert_eq!(seen(Panel::Backlog), [id("b")]);
    assert_eq!(seen(Panel::Icebox), [id("d")]);
    let slot = bench.project.slot(id("a")).unwrap();
    assert!(bench.project.at(slot).deleted && bench.project.facts(slot).deleted);
}

#[test]
fn a_change_that_cannot_have_happened_here_is_unfit_and_changes_nothing() {
    let mut bench = Bench::new("backlog: a* b | icebox: c");
    let after = |after: &str| Some(id(after));
    let known = bench.project.story(id("b")).unwrap().clone();
    let mut foreign = (*known).clone();
    foreign.id = id("x");
    let moved = |stories: &[&str], panel, after| Change::StoryMoved {
        stories: stories.iter().map(|name| id(name)).collect(),
        panel,
        after,
        current: None,
    };
    let changes = [
        Change::StoryCreated {
            story: Box::new((*known).clone()),
            after: None,
        },
        Change::StoryCreated {
            story: Box::new(foreign.clone()),
            after: after("y"),
        },
        Change::StoryCreated {
            story: Box::new(foreign.clone()),
            after: after("c"),
        },
        Change::StoryEdited {
            id: id("x"),
            edits: vec![Edit::Title(foreign.title.clone())],
        },
        Change::StoryEdited {
            id: id("x"),
            edits: Vec::new(),
        },
        Change::StoryTransitioned {
            id: id("x"),
            state: State::Started,
            edits: Vec::new(),
        },
        moved(&["a", "x"], Panel::Icebox, None),
        moved(&["a"], Panel::Backlog, after("x")),
        moved(&["a"], Panel::Backlog, after("c")),
        moved(&["a", "b"], Panel::Backlog, after("b")),
        moved(&["a", "a"], Panel::Backlog, None),
        Change::StoryDeleted {
            stories: vec![id("a"), id("x")],
        },
    ];
    for change in changes {
        unfit(&mut bench.project, &change);
    }
}

fn unfit(project: &mut Project, change: &Change) {
    let (snapshot, digest) = (project.snapshot(), project.digest());
    assert_eq!(project.apply(change, ada(Millis(0))), Err(Unfit), "{change:?}");
    assert_eq!((project.snapshot(), project.digest()), (snapshot, digest), "{change:?}");
}
