//! Imports as scripts: a file is chosen, looked at, imported; every answer may be bad, late or lost.

use super::desk::{name, person, retitle};
use super::*;
use crate::board::msg::{ExchangeMsg, FileEffect};
use crate::board::scene::exchange::{ExchangeScene, LookedScene, StageScene};
use crate::board::sheet::{Sheet, SheetBody};
use backlog::api::Fate;
use backlog::api::import::{Estimates, Found, ImportAnswer, ImportRequest, Meant, Notes, Report, Rescaling, Tally};
use backlog::{Import, PointScale, Rejection, State, Story, StoryType, Title};

fn report() -> Report {
    let found = |text: &str, member: Option<&str>| Found {
        name: name(text),
        stories: 2,
        member: member.map(|who| person(who).id),
    };
    Report {
        rows: 1_204,
        stories: vec![Tally {
            story_type: StoryType::Feature,
            state: State::Accepted,
            count: 1_200,
        }],
        epics: 1,
        people: vec![found("Bob", Some("Bob")), found("Cy", None)],
        scale: Some(Rescaling {
            points: vec![5, 8],
            stories: 7,
            offered: Some(PointScale::Fibonacci),
        }),
        left_out: Notes {
            count: 3,
            first: Vec::new(),
        },
        ..Report::default()
    }
}

fn say(desk: &mut Desk, msg: ExchangeMsg) {
    desk.now(Msg::Exchange(msg));
}

fn scene(desk: &Desk) -> ExchangeScene {
    match desk.board.scene().sheet.map(|sheet| sheet.body) {
        Some(SheetBody::Exchange(scene)) => *scene,
        other => panic!("no imports but {other:?}"),
    }
}

fn looked(desk: &Desk) -> LookedScene {
    match scene(desk).stage {
        StageScene::Looked(looked) => *looked,
        other => panic!("nothing looked at but {other:?}"),
    }
}

/// What is done with files.
fn files(desk: &mut Desk) -> Vec<FileEffect> {
    let files = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Files(effect) => Some(effect.clone()),
        _ => None,
    });
    let files = files.collect();
    desk.effects.clear();
    files
}

/// What was asked for.
fn asked(desk: &mut Desk) -> ImportRequest {
    match &files(desk)[..] {
        [FileEffect::Import(request)] => (**request).clone(),
        other => panic!("no import but {other:?}"),
    }
}

fn chosen(desk: &mut Desk) {
    let name = "export.csv".to_owned();
    say(desk, ExchangeMsg::FileChosen { name, size: 75_000 });
}

/// A page on which a file was looked at.
fn with_file() -> Desk {
    let mut desk = Desk::with(&["a"], &[]);
    desk.others(retitle(1, "b"));
    desk.now(Msg::SheetToggled(Sheet::Exchange));
    chosen(&mut desk);
    say(&mut desk, ExchangeMsg::Previewed(Ok(Box::new(report()))));
    desk.effects.clear();
    desk
}

/// The server carries out what was asked for.
fn made(desk: &mut Desk, request: &ImportRequest) {
    let title = Title::new("Imported").expect("a title");
    let story = Story::new(
        story_id(900),
        title,
        (StoryType::Chore, State::Unstarted),
        backlog::Millis(0),
    );
    desk.others_do(Command::ImportStories(Box::new(Import {
        id: request.id,
        people: Vec::new(),
        scale: None,
        epics: Vec::new(),
        stories: vec![story],
    })));
}

fn applied(report: Option<Report>) -> ExchangeMsg {
    ExchangeMsg::Imported(Ok(Box::new(ImportAnswer {
        fate: Fate::Applied(3),
        report,
    })))
}

/// How many rows say who changed them.
fn marked(desk: &Desk) -> usize {
    let Body::Columns(columns) = desk.board.scene().body else {
        panic!("no columns");
    };
    let rows = columns.iter().flat_map(|column| column.rows.iter());
    rows.filter(|row| matches!(row, Row::Card(card) if card.changed_by.is_some()))
        .count()
}

#[test]
fn a_file_is_looked_at_before_anything_happens() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Exchange));
    assert_eq!(scene(&desk).stage, StageScene::Waiting { trouble: None });
    desk.effects.clear();
    chosen(&mut desk);
    assert_eq!(files(&mut desk), [FileEffect::Preview]);
    for (share, words) in [(40, "Sending export.csv…"), (100, "The server reads export.csv…")] {
        say(&mut desk, ExchangeMsg::Sent(share));
        let expected = StageScene::Sending {
            words: words.to_owned(),
            share,
            can_stop: true,
        };
        assert_eq!(scene(&desk).stage, expected);
    }
    say(&mut desk, ExchangeMsg::Previewed(Ok(Box::new(report()))));
    let looked = looked(&desk);
    assert_eq!(
        looked.words,
        "export.csv has 1,204 rows and brings 1,200 stories and 1 epic."
    );
    assert_eq!(looked.import.as_deref(), Some("Import 1,200 stories and 1 epic"));
    let scale = looked.scale.expect("estimates off the scale");
    assert_eq!(
        scale.words,
        "7 stories have an estimate that this project's scale does not hold: 5, 8."
    );
    assert_eq!(scale.offered.as_deref(), Some("0, 1, 2, 3, 5, 8"));
    assert!(desk.requests.is_empty());
}

#[test]
fn a_file_that_is_no_good_says_why() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Exchange));
    let trouble = |desk: &Desk| match scene(desk).stage {
        StageScene::Waiting { trouble } => trouble.expect("trouble"),
        other => panic!("{other:?}"),
    };
    let name = "huge.csv".to_owned();
    let size = 100 * 1024 * 1024;
    say(&mut desk, ExchangeMsg::FileChosen { name, size });
    let says = "huge.csv has 100 MB; at most 32 MB can be imported. Split it and import one part after the other.";
    assert_eq!(trouble(&desk), says);
    assert_eq!(files(&mut desk), []);
    for (failure, says) in [
        (Failure::Refused("Line 2: no.".to_owned()), "Line 2: no."),
        (
            Failure::Unreachable,
            "The file did not arrive: the server does not answer, or the file was changed after it was chosen. Nothing was imported; \
             choose the file again.",
        ),
        (Failure::Busy, "The server has trouble; try again in a moment."),
    ] {
        chosen(&mut desk);
        say(&mut desk, ExchangeMsg::Previewed(Err(failure)));
        assert_eq!(trouble(&desk), says);
    }
}

#[test]
fn what_was_chosen_is_what_is_asked_for() {
    let mut desk = with_file();
    let me = person("Ann").id;
    let members: Vec<String> = looked(&desk)
        .members
        .iter()
        .map(|(_, name)| name.as_str().to_owned())
        .collect();
    assert_eq!(members, ["Ann", "Bob"]);
    say(&mut desk, ExchangeMsg::PersonChosen(name("Bob"), None));
    say(&mut desk, ExchangeMsg::PersonChosen(name("Cy"), Some(me)));
    say(&mut desk, ExchangeMsg::EstimatesChosen(Estimates::Nearest));
    let meant: Vec<_> = looked(&desk).people.iter().map(|person| person.meant).collect();
    assert_eq!(meant, [None, Some(me)]);
    say(&mut desk, ExchangeMsg::ImportClicked);
    let request = asked(&mut desk);
    let meant = Meant {
        name: name("Cy"),
        member: me,
    };
    assert_eq!((request.people, request.estimates), (vec![meant], Estimates::Nearest));
    assert_eq!((request.by, request.base), (Some(me), desk.ledger.version().rev));
}

#[test]
fn who_goes_by_the_same_name_is_meant() {
    let mut desk = with_file();
    say(&mut desk, ExchangeMsg::ImportClicked);
    let meant = Meant {
        name: name("Bob"),
        member: person("Bob").id,
    };
    assert_eq!(asked(&mut desk).people, [meant]);
}

#[test]
fn an_import_that_is_made_is_there_and_can_be_taken_back() {
    let mut desk = with_file();
    say(&mut desk, ExchangeMsg::ImportClicked);
    let request = asked(&mut desk);
    made(&mut desk, &request);
    say(&mut desk, applied(Some(report())));
    // The page asks at once.
    assert_eq!(desk.requests.len(), 1);
    desk.answer();
    let done = |taken_back| StageScene::Done {
        words: "Imported 1,200 stories and 1 epic from export.csv.".to_owned(),
        import: request.id,
        is_taken_back: taken_back,
    };
    assert_eq!(scene(&desk).stage, done(false));
    assert!(desk.seen().contains("Imported"), "{}", desk.seen());
    // The story that Bob called otherwise is marked; what comes in hundreds is not.
    assert_eq!(marked(&desk), 1);

    say(&mut desk, ExchangeMsg::ImportTakenBack(request.id));
    assert_eq!(scene(&desk).stage, done(true));
    assert!(!desk.seen().contains("Imported"), "{}", desk.seen());
    assert_eq!(desk.toast(), "Took an import back");
    say(&mut desk, ExchangeMsg::ImportBroughtBack(request.id));
    assert_eq!(scene(&desk).stage, done(false));

    say(&mut desk, ExchangeMsg::FileClosed);
    let imports = scene(&desk).imports;
    assert_eq!(
        (imports.len(), imports[0].words.as_str(), imports[0].by.as_str()),
        (1, "1 story", "Bob")
    );
}

#[test]
fn an_answer_that_is_lost_does_not_import_twice() {
    let mut desk = with_file();
    say(&mut desk, ExchangeMsg::ImportClicked);
    let first = asked(&mut desk);
    say(&mut desk, ExchangeMsg::Sent(100));
    say(&mut desk, ExchangeMsg::Imported(Err(Failure::Unreachable)));
    let says = "The server has not answered, so that it is not certain whether the stories are there. Import again: they come once.";
    assert_eq!(looked(&desk).trouble.as_deref(), Some(says));
    say(&mut desk, ExchangeMsg::ImportClicked);
    let again = asked(&mut desk);
    assert_eq!((again.id, again.mid), (first.id, first.mid));

    // Or the page hears that it was made.
    say(&mut desk, ExchangeMsg::Imported(Err(Failure::Unreachable)));
    made(&mut desk, &first);
    desk.now(Msg::Woke);
    desk.answer();
    assert!(matches!(scene(&desk).stage, StageScene::Done { import, .. } if import == first.id));
}

#[test]
fn a_refusal_is_said_and_the_next_try_is_another() {
    let mut desk = with_file();
    say(&mut desk, ExchangeMsg::ImportClicked);
    let first = asked(&mut desk);
    let fate = Fate::Rejected(Rejection::TooMany {
        what: backlog::Limit::Imports,
    });
    say(
        &mut desk,
        ExchangeMsg::Imported(Ok(Box::new(ImportAnswer { fate, report: None }))),
    );
    assert_eq!(
        looked(&desk).trouble.as_deref(),
        Some("At most 200 imports in a project.")
    );
    say(&mut desk, ExchangeMsg::ImportClicked);
    assert_ne!(asked(&mut desk).mid, first.mid);
}

#[test]
fn sending_can_be_stopped() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Exchange));
    chosen(&mut desk);
    desk.effects.clear();
    say(&mut desk, ExchangeMsg::Stopped);
    assert_eq!(files(&mut desk), [FileEffect::Stop]);
    assert_eq!(scene(&desk).stage, StageScene::Waiting { trouble: None });

    let mut desk = with_file();
    say(&mut desk, ExchangeMsg::ImportClicked);
    desk.effects.clear();
    // What is chosen while a file is imported has to wait.
    chosen(&mut desk);
    assert_eq!(files(&mut desk), []);
    say(&mut desk, ExchangeMsg::Stopped);
    assert_eq!(files(&mut desk), [FileEffect::Stop]);
    assert_eq!(looked(&desk).file, "export.csv");
}

#[test]
fn nothing_new_cannot_be_imported() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Exchange));
    chosen(&mut desk);
    let report = Report {
        rows: 1,
        ..Report::default()
    };
    say(&mut desk, ExchangeMsg::Previewed(Ok(Box::new(report))));
    let looked = looked(&desk);
    assert_eq!(
        (looked.import, looked.words.as_str()),
        (None, "export.csv has 1 row and brings nothing new.")
    );
}

#[test]
fn a_page_that_imports_asks_before_it_is_left() {
    let mut desk = with_file();
    assert!(!desk.board.holds_unsaved());
    say(&mut desk, ExchangeMsg::ImportClicked);
    assert!(desk.board.holds_unsaved());
    say(&mut desk, applied(Some(report())));
    assert!(!desk.board.holds_unsaved());
}

#[test]
fn answers_that_nobody_waits_for_change_nothing() {
    let mut desk = with_file();
    let before = scene(&desk);
    say(&mut desk, applied(None));
    say(&mut desk, ExchangeMsg::Previewed(Err(Failure::Busy)));
    say(&mut desk, ExchangeMsg::Sent(50));
    assert_eq!(scene(&desk), before);
    assert_eq!(looked(&desk).import.as_deref(), Some("Import 1,200 stories and 1 epic"));
}

#[test]
fn exports_are_those_of_the_project() {
    let mut desk = Desk::with(&["a"], &[]);
    desk.now(Msg::SheetToggled(Sheet::Exchange));
    let scene = scene(&desk);
    assert_eq!(scene.csv, "/api/projects/00000000000000000000000000000001/export.csv");
    assert_eq!(scene.json, "/api/projects/00000000000000000000000000000001/export.json");
}
