//! What a person has to see to: refused, lost, overwritten. Nothing of it goes by in silence.

use super::*;
use backlog::id::Bits128;
use backlog::{Description, Edit, Import, ImportId, Priority, State, Story, StoryEdits, StoryType, Title};

fn delete(n: u128) -> Command {
    Command::DeleteStories {
        stories: vec![story_id(n)],
    }
}

/// A page whose edit of a story was refused, since someone had deleted it.
fn refused_page(host: &mut Host) -> Page {
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(host);
    host.does(2, delete(1), &BOB());
    page.command(7, retitle(1, "mine"));
    page.settle(host);
    page
}

#[test]
fn a_refused_command_stays_until_it_is_thrown_away() {
    let mut host = Host::new();
    let mut page = refused_page(&mut host);
    assert!(page.seen.contains(&Output::NeedsAttention(mid(7))));
    page.reload();
    assert_eq!(page.attention(), [refused(Rejection::DeletedStory)]);
    page.handle(Input::Dismissed(mid(7)));
    assert_eq!(page.attention(), []);
    page.reload();
    assert_eq!(page.attention(), []);
}

#[test]
fn what_is_given_again_takes_the_place_of_what_was_refused() {
    let mut host = Host::new();
    let mut page = refused_page(&mut host);
    let restore = Command::RestoreStories {
        stories: vec![story_id(1)],
    };
    page.command(8, restore);
    page.give(Given {
        replaces: Some(mid(7)),
        ..given(9, retitle(1, "mine"))
    });
    assert_eq!(page.attention(), []);
    page.settle(&mut host);
    assert_eq!(page.titles(), "mine");
}

#[test]
fn another_tab_that_threw_it_away_is_followed() {
    let mut host = Host::new();
    let mut page = refused_page(&mut host);
    page.handle(Input::Loaded(Loaded::default()));
    assert_eq!(page.attention(), []);
}

#[test]
fn what_the_server_lost_is_sent_again() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let before = host.clone();
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    assert_eq!(page.waiting(), 0);
    let mut host = before;
    page.handle(Input::Woke);
    page.settle(&mut host);
    assert_eq!(page.titles(), "mine");
    assert_eq!(host.history.len(), 2);
    assert_eq!(page.attention(), []);
}

#[test]
fn what_a_restored_server_lacks_is_offered() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut restored = host.clone();
    restored.epoch = Epoch(Bits128(1));
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    page.command(8, create(2, "never sent"));
    page.requests.clear();
    page.handle(Input::SyncFailed);
    page.handle(Input::Woke);
    page.settle(&mut restored);
    assert_eq!(page.titles(), "never sent alpha");
    assert_eq!(page.attention(), [Stage::Lost]);
    assert!(page.seen.contains(&Output::NeedsAttention(mid(7))));
    assert_eq!(page.replica.epoch(), Some(Epoch(Bits128(1))));
}

#[test]
fn whoever_was_overwritten_unseen_is_told() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    let mut theirs = host.does(2, retitle(1, "theirs"), &BOB());
    theirs.base = 1;
    page.hear(&theirs);
    let told = Overwritten {
        mid: mid(7),
        story: story_id(1),
        field: Field::Title,
        by: BOB(),
    };
    assert!(page.seen.contains(&Output::Overwritten(Box::new(told))));
}

#[test]
fn whoever_edited_what_is_deleted_unseen_is_told() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    host.does(2, create(2, "beta"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    let stories = vec![story_id(2), story_id(1)];
    let mut theirs = host.does(3, Command::DeleteStories { stories }, &BOB());
    theirs.base = 2;
    page.hear(&theirs);
    let told: Vec<&Output> = page
        .seen
        .iter()
        .filter(|output| matches!(output, Output::Overwritten(_)))
        .collect();
    let expected = Output::Overwritten(Box::new(Overwritten {
        mid: mid(7),
        story: story_id(1),
        field: Field::Existence,
        by: BOB(),
    }));
    assert_eq!(told, [&expected]);
}

#[test]
fn whoever_edited_what_goes_with_an_import_unseen_is_told() {
    let id = ImportId(Bits128(5));
    let story = |n: u128| {
        let title = Title::new("alpha").expect("a title");
        let life = (StoryType::Bug, State::Unscheduled);
        Story::new(story_id(n), title, life, Millis(0))
    };
    let import = Import {
        id,
        people: Vec::new(),
        scale: None,
        epics: Vec::new(),
        stories: vec![story(1), story(2)],
    };
    let mut host = Host::new();
    host.does(1, Command::ImportStories(Box::new(import)), &BOB());
    host.does(2, create(3, "beta"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    page.command(8, retitle(3, "mine too"));
    page.settle(&mut host);
    let mut theirs = host.does(3, Command::DeleteImport { id }, &BOB());
    theirs.base = 2;
    page.hear(&theirs);
    let told = page
        .seen
        .iter()
        .filter(|output| matches!(output, Output::Overwritten(_)));
    let expected = Output::Overwritten(Box::new(Overwritten {
        mid: mid(7),
        story: story_id(1),
        field: Field::Existence,
        by: BOB(),
    }));
    assert_eq!(told.collect::<Vec<_>>(), [&expected]);
}

/// Of one field of several stories, and of a field that another command of several stories had set.
#[test]
fn whoever_was_overwritten_among_several_is_told() {
    let each = |stories: &[(u128, Option<Priority>)]| {
        let edits = stories.iter().map(|(n, priority)| StoryEdits {
            id: story_id(*n),
            edits: vec![Edit::Priority(*priority)],
        });
        Command::EditStories {
            stories: edits.collect(),
        }
    };
    let mut host = Host::new();
    for n in 1..=3 {
        host.does(n, create(n, "alpha"), &BOB());
    }
    let mut page = Page::opened(&mut host);
    page.command(7, each(&[(1, Some(Priority::P1)), (2, Some(Priority::P1))]));
    page.settle(&mut host);
    let mut theirs = host.does(
        4,
        each(&[(1, None), (2, Some(Priority::P1)), (3, Some(Priority::P3))]),
        &BOB(),
    );
    theirs.base = 3;
    page.hear(&theirs);
    let told = page
        .seen
        .iter()
        .filter(|output| matches!(output, Output::Overwritten(_)));
    let expected = Output::Overwritten(Box::new(Overwritten {
        mid: mid(7),
        story: story_id(1),
        field: Field::Priority,
        by: BOB(),
    }));
    assert_eq!(told.collect::<Vec<_>>(), [&expected]);
}

#[test]
fn whoever_was_merged_is_not() {
    let text = |text: &str| Description::new(text).expect("a description");
    let revise = |from: &str, to: &str| Command::EditStory {
        id: story_id(1),
        edits: vec![Edit::DescriptionRevised {
            from: text(from),
            to: text(to),
        }],
    };
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    host.does(2, revise("", "one\ntwo\nthree"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, revise("one\ntwo\nthree", "one\ntwo\nthree and mine"));
    page.settle(&mut host);
    let mut theirs = host.does(3, revise("one\ntwo\nthree", "theirs and one\ntwo\nthree"), &BOB());
    theirs.base = 2;
    page.hear(&theirs);
    let overwritten = |output: &Output| matches!(output, Output::Overwritten(_));
    assert!(!page.seen.iter().any(overwritten), "{:?}", page.seen);
    // Set as a whole by someone who had not seen it, it is gone.
    let set = Command::EditStory {
        id: story_id(1),
        edits: vec![Edit::Description(text("theirs alone"))],
    };
    let mut theirs = host.does(4, set, &BOB());
    theirs.base = 2;
    page.hear(&theirs);
    assert!(page.seen.iter().any(overwritten), "{:?}", page.seen);
}

#[test]
fn whoever_was_seen_is_not() {
    let mut host = Host::new();
    host.does(1, create(1, "alpha"), &BOB());
    let mut page = Page::opened(&mut host);
    page.command(7, retitle(1, "mine"));
    page.settle(&mut host);
    page.hear(&host.does(2, retitle(1, "theirs"), &BOB()));
    let overwritten = |output: &Output| matches!(output, Output::Overwritten(_));
    assert!(!page.seen.iter().any(overwritten), "{:?}", page.seen);
}
