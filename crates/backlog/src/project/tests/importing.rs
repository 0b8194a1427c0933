//! Imports: all of one or nothing, with numbers of this project, and gone and back as a whole.

use super::check;
use super::script::{Bench, ada, bits, id, name_of, read_command};
use crate::project::Unfit;
use crate::{
    ActorId, Change, Command, Estimate, Import, ImportId, Limit, Millis, Name, Person, Project, Rejection, State,
    Story, StoryType, Title,
};

#[test]
fn stories_stand_below_those_that_are_there_as_far_as_the_order_allows() {
    check(
        "backlog: a! b* c | icebox: d",
        "
        import i story=m:feature:unstarted:1 story=n:bug:started:none story=o:chore:unscheduled:none story=p:feature:accepted:2 -> imported i: #5=m #6=n #7=o #8=p | backlog: p! a! b* n* c m | icebox: d o
        look n -> #6 bug started unestimated \"n\" []
        create e bug backlog -> created e at the top
        look e -> #9 bug unstarted unestimated \"e\" []
        ",
    );
}

#[test]
fn people_come_along_and_epics_whose_label_is_free() {
    check(
        "backlog: a | icebox:",
        "
        epic e web Web -> epic e #2 web Web
        edit a owner+cy -> rejected unknown-person
        import i person=cy epic=f:web epic=g:net epic=h:net epic=e:tax story=m:feature:started:2:cy -> imported i: #3=g #4=m
        edit a owner+cy -> edited a owner+cy
        parts m -> owner+cy
        epic f web F -> rejected label-taken web
        epic h tax H -> epic h #5 tax H
        ",
    );
}

#[test]
fn an_import_can_bring_the_scale_of_the_project() {
    check(
        "backlog: a | icebox:",
        "
        import i story=m:feature:unstarted:5 -> rejected bad-import 1
        import i scale=fibonacci story=m:feature:unstarted:5 -> imported i: #2=m
        edit a estimate=8 -> edited a estimate=8
        import j scale=0/20 story=n:feature:unstarted:5 -> rejected bad-import 1
        import j scale=0/20 -> imported j:
        look m -> #2 feature unstarted 0pt \"m\" []
        look a -> #1 feature unstarted 0pt \"a\" []
        ",
    );
}

#[test]
fn an_import_is_made_once() {
    check(
        "backlog: a | icebox:",
        "
        import i story=m:bug:unstarted:none -> imported i: #2=m
        import i story=n:bug:unstarted:none -> rejected already-imported
        import-gone i -> import gone i
        import i story=n:bug:unstarted:none -> rejected already-imported
        import j story=n:bug:unstarted:none story=m:bug:unstarted:none -> rejected bad-import 2
        import j story=n:bug:unstarted:none story=n:bug:unstarted:none -> rejected bad-import 2
        import j story=a:bug:unstarted:none -> rejected bad-import 1
        import-gone j -> rejected unknown-import
        import-back j -> rejected unknown-import
        ",
    );
}

#[test]
fn what_an_import_brought_goes_and_comes_back() {
    check(
        "backlog: a | icebox:",
        "
        import i epic=e:web story=m:bug:unstarted:none story=n:bug:unscheduled:none -> imported i: #2=e #3=m #4=n | backlog: a m | icebox: n
        import j story=o:bug:unstarted:none -> imported j: #5=o
        move m to backlog -> moved m to backlog at the top
        import-gone i -> import gone i | backlog: (m) a o | icebox: (n)
        import-gone i -> import gone i | backlog: (m) a o | icebox: (n)
        epic-move e -> rejected unknown-epic
        start m -> rejected deleted-story
        restore m -> restored m | backlog: m a o | icebox: (n)
        import-back i -> import back i | backlog: m a o | icebox: n
        epic-move e -> epic e at the top
        import-gone i -> import gone i
        epic f web F -> epic f #6 web F
        import-back i -> import back i
        epic-move e -> rejected unknown-epic
        ",
    );
}

#[test]
fn the_project_remembers_its_imports() {
    let mut bench = Bench::new("backlog: | icebox:");
    bench
        .say("bo: import i epic=e:web story=m:bug:unstarted:none story=n:bug:unstarted:none")
        .unwrap();
    let imported = &bench.project.imports()[0];
    assert_eq!(
        (name_of(imported.id.0), name_of(imported.by.0)),
        ("i".into(), "bo".into())
    );
    assert_eq!(
        (imported.at, imported.stories, imported.epics.len()),
        (bench.now(), 2, 1)
    );
    assert_eq!(bench.project.story(id("m")).unwrap().import, Some(ImportId(bits("i"))));
}

/// What an import of one story comes to that was changed so.
fn with(change: impl Fn(&mut Story)) -> Result<Change, Rejection> {
    let project = Bench::new("backlog: a | icebox:").project;
    let Command::ImportStories(mut import) =
        read_command("import i story=k:bug:unstarted:none story=m:feature:started:2")
    else {
        panic!("an import")
    };
    change(&mut import.stories[1]);
    project.decide(&Command::ImportStories(import), ada(Millis(0)))
}

/// What is done to a story, and in words.
type Said = (&'static str, fn(&mut Story));

#[test]
fn a_story_that_contradicts_itself_is_named() {
    assert!(with(|_| {}).is_ok());
    let unsound: [Said; 16] = [
        ("a chore is never delivered", |story| {
            (story.story_type, story.state) = (StoryType::Chore, State::Delivered);
        }),
        ("a release is never started", |story| {
            story.story_type = StoryType::Release
        }),
        ("accepted at no time", |story| story.state = State::Accepted),
        ("accepted and not", |story| story.accepted_at = Some(Millis(1))),
        ("off the scale", |story| story.estimate = Some(Estimate(4))),
        ("started without an estimate", |story| story.estimate = None),
        ("deleted", |story| story.deleted = true),
        ("with a conflict", |story| {
            story.conflicts.push(super::script::read_text("a"))
        }),
        ("too many owners", |story| story.owners = vec![ActorId(bits("ada")); 6]),
        ("an owner whom nobody knows", |story| {
            story.owners.push(ActorId(bits("cy")))
        }),
        ("a requester whom nobody knows", |story| {
            story.requester = Some(ActorId(bits("cy")))
        }),
        ("a follower whom nobody knows", |story| {
            story.followers.insert(ActorId(bits("cy")));
        }),
        ("a reviewer whom nobody knows", |story| {
            story.reviews = reviews(1, Some("cy"));
        }),
        ("too many reviews", |story| story.reviews = reviews(1_001, None)),
        ("too many labels", |story| {
            story.labels = (0..101).map(|n| crate::Label::new(&format!("l{n}")).unwrap()).collect();
        }),
        ("there already", |story| story.id = id("a")),
    ];
    for (what, change) in unsound {
        assert_eq!(with(change), Err(Rejection::BadImport { story: 2 }), "{what}");
    }
    let sound: [Said; 4] = [
        ("accepted without an estimate", |story| {
            (story.state, story.estimate, story.accepted_at) = (State::Accepted, None, Some(Millis(1)));
        }),
        ("not begun without an estimate", |story| {
            (story.state, story.estimate) = (State::Unstarted, None)
        }),
        ("a bug without one", |story| {
            (story.story_type, story.estimate) = (StoryType::Bug, None)
        }),
        ("by those who are known", |story| {
            story.owners = vec![ActorId(bits("ada"))];
            story.reviews = reviews(1_000, Some("ada"));
        }),
    ];
    for (what, change) in sound {
        assert!(with(change).is_ok(), "{what}");
    }
}

fn reviews(count: usize, by: Option<&str>) -> Vec<crate::Review> {
    let review = |number: usize| crate::Review {
        id: crate::PartId(bits(&format!("r{number}"))),
        kind: crate::Line::new("code").unwrap(),
        reviewer: by.map(|name| ActorId(bits(name))),
        verdict: crate::Verdict::Pass,
    };
    (0..count).map(review).collect()
}

#[test]
fn an_import_has_its_limits() {
    let project = Project::new(Name::new("Bench").unwrap(), Millis(0));
    let nothing = || Import {
        id: ImportId(bits("i")),
        people: Vec::new(),
        scale: None,
        epics: Vec::new(),
        stories: Vec::new(),
    };
    let decide = |project: &Project, import| {
        let command = Command::ImportStories(Box::new(import));
        project.decide(&command, ada(Millis(0))).map(|_| ())
    };
    let too_many = |what| Err(Rejection::TooMany { what });
    let mut import = nothing();
    let title = Title::new("Pay").unwrap();
    let story = |number: usize| {
        let life = (StoryType::Bug, State::Unstarted);
        Story::new(id(&format!("s{number}")), title.clone(), life, Millis(0))
    };
    import.stories = (0..Import::MAX_STORIES).map(story).collect();
    assert_eq!(decide(&project, import.clone()), Ok(()));
    import.stories.push(story(Import::MAX_STORIES));
    assert_eq!(decide(&project, import), too_many(Limit::ImportedStories));
    let person = |number: usize| Person {
        id: ActorId(bits(&format!("p{number}"))),
        name: Name::new("Cy").unwrap(),
    };
    let mut import = nothing();
    import.people = (0..=Import::MAX_PEOPLE).map(person).collect();
    assert_eq!(decide(&project, import), too_many(Limit::ImportedPeople));
    let Command::ImportStories(epic) = read_command("import i epic=e:web") else {
        panic!("an import")
    };
    let mut import = nothing();
    import.epics = vec![epic.epics[0].clone(); Import::MAX_EPICS + 1];
    assert_eq!(decide(&project, import), too_many(Limit::ImportedEpics));
    let mut bench = Bench::new("backlog: | icebox:");
    for number in 0..Project::MAX_IMPORTS {
        bench.say(&format!("import i{number} person=cy")).unwrap();
    }
    assert_eq!(bench.say("import more person=cy").map(|_| ()), too_many(Limit::Imports));
}

#[test]
fn an_import_that_cannot_have_happened_here_changes_nothing() {
    let mut bench = Bench::new("backlog: a | icebox:");
    bench.say("import i story=m:bug:unstarted:none").unwrap();
    let change = |text: &str| match read_command(text) {
        Command::ImportStories(import) => Change::StoriesImported(import),
        other => panic!("{other:?}"),
    };
    let impossible = [
        change("import i story=n:bug:unstarted:none"),
        change("import j story=a:bug:unstarted:none"),
        change("import j person=cy scale=fibonacci epic=e:web story=n:bug:unstarted:none story=n:bug:unstarted:none"),
        Change::ImportDeleted {
            id: ImportId(bits("j")),
        },
        Change::ImportRestored {
            id: ImportId(bits("j")),
        },
    ];
    for change in impossible {
        let (snapshot, digest) = (bench.project.snapshot(), bench.project.digest());
        assert_eq!(bench.project.apply(&change, ada(Millis(0))), Err(Unfit), "{change:?}");
        assert_eq!(
            (bench.project.snapshot(), bench.project.digest()),
            (snapshot, digest),
            "{change:?}"
        );
    }
}
