//! An export of two years as Tracker wrote them: taken over by a project, planned, and written out again.

use backlog::id::Bits128;
use backlog::plan::Terms;
use backlog::{
    Actor, ActorId, Command, Day, Hand, ImportId, Millis, Name, Obstacle, Panel, PointScale, Project, ProjectId, State,
    Story, Zone, plan,
};
use interchange::writing::{Present, write};
use interchange::{Choices, Place, Prepared, prepare, read};
use std::sync::Arc;

const EXPORT: &str = include_str!("tracker/export.csv");
const PROJECT: ProjectId = ProjectId(Bits128(0xb));
// Wednesday, the 26th of November 2014, at ten in the morning.
const NOW: Millis = Millis(1_416_996_000_000);

fn grace() -> Actor {
    Actor {
        id: ActorId(Bits128(0x6)),
        name: Name::new("Grace Hopper").expect("a name"),
    }
}

fn empty() -> Project {
    Project::new(Name::new("Rides").expect("a name"), NOW)
}

fn prepared(text: &str) -> Prepared {
    let (project, by, zone) = (empty(), grace(), Zone::utc());
    let place = Place {
        project: &project,
        id: PROJECT,
        zone: &zone,
        hand: Hand { by: &by, at: NOW },
    };
    let mut choices = Choices::none(ImportId(Bits128(1)));
    choices.people.insert(grace().name, grace().id);
    prepare(&read(text.as_bytes()).expect("a file"), &place, &choices).expect("people who are there")
}

fn taken_over(text: &str) -> Project {
    let mut project = empty();
    let command = Command::ImportStories(Box::new(prepared(text).import));
    let by = grace();
    let hand = Hand { by: &by, at: NOW };
    let change = project.decide(&command, hand).expect("an import that the rules allow");
    project.apply(&change, hand).expect("a change that fits");
    project
}

fn written(project: &Project) -> String {
    write(&Present {
        project,
        id: PROJECT,
        zone: &Zone::utc(),
        today: NOW.day(),
        address: "https://example.org",
    })
}

/// The cells of a table, but for the addresses, which are each program's own.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.expect("a row").iter().map(String::from).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    let url = rows[0].iter().position(|name| name == "URL").expect("a column");
    let without = |row: Vec<String>| {
        row.into_iter()
            .enumerate()
            .filter(|(place, _)| *place != url)
            .map(|(_, cell)| cell)
            .collect()
    };
    rows.into_iter().map(without).collect()
}

fn story<'a>(project: &'a Project, title: &str) -> &'a Arc<Story> {
    let slots = project.order(Panel::Backlog).chain(project.order(Panel::Icebox));
    let mut stories = slots.map(|slot| project.at(slot));
    stories.find(|story| story.title.as_str() == title).expect("a story")
}

#[test]
fn nothing_of_it_is_lost() {
    let report = prepared(EXPORT).report;
    assert_eq!(
        (report.left_out.count, report.here.count, report.losses.count),
        (0, 0, 0),
        "{:?}",
        report.losses
    );
    assert_eq!((report.rows, report.story_count(), report.epics), (300, 298, 2));
    let accepted = report.accepted.expect("accepted stories");
    assert_eq!(
        (accepted.first.date(), accepted.last.date()),
        ((2013, 1, 7), (2014, 11, 25))
    );
    let names: Vec<&str> = report.people.iter().map(|found| found.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Ada Lovelace",
            "Grace Hopper",
            "Jean-Luc O'Neil",
            "José Álvarez",
            "Zoë (QA)",
            "Дмитрий Иванов"
        ]
    );
    assert_eq!(report.people[1].member, Some(grace().id));
    let scale = report.scale.expect("estimates off the scale");
    assert_eq!((scale.points, scale.offered), (vec![5, 8], Some(PointScale::Fibonacci)));
}

#[test]
fn it_is_planned_as_tracker_planned_it() {
    let report = prepared(EXPORT).report;
    // The last three weeks that are done: 3 + 5 from November 3, 5 from November 10, 8 + 1 + 2 from November 17: (8 + 5 + 11) / 3.
    assert_eq!((report.velocity.before, report.velocity.after), (10, 8));

    let project = taken_over(EXPORT);
    let slots: Vec<_> = project.order(Panel::Backlog).collect();
    let facts: Vec<_> = slots.iter().map(|slot| project.facts(*slot)).collect();
    let zone = Zone::utc();
    let plan = plan(&facts, &Terms::new(project.settings(), &zone, NOW.day()));
    // January 7, 2013 is a Monday; November 24, 2014 is the Monday 98 weeks later.
    assert_eq!((plan.current.number, plan.current.start.date()), (99, (2014, 11, 24)));
    let last: Vec<(u32, u32)> = plan
        .done
        .iter()
        .rev()
        .take(3)
        .map(|done| (done.number, done.points))
        .collect();
    assert_eq!(last, [(98, 11), (97, 5), (96, 8)]);
    // 51, 52 and 70 are weeks in which nobody worked.
    assert_eq!(plan.done.len(), 95);
}

#[test]
fn its_parts_are_where_they_belong() {
    let project = taken_over(EXPORT);
    let link = story(&project, "Sign in with a “magic” link");
    let said: Vec<(&str, &str)> = link
        .said()
        .map(|comment| {
            (
                comment.text.as_str(),
                project.people()[&comment.author.expect("an author")].as_str(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Looks good, but: what about (old) links?", "Zoë (QA)"),
            ("Done.\n\nSee the *second* paragraph", "Ada Lovelace"),
            ("Thanks", "Jean-Luc O'Neil"),
        ]
    );
    assert_eq!(link.tasks.len(), 2);
    assert!(link.description.as_str().ends_with("- \"one\" link, one hour"));
    assert_eq!(
        story(&project, "=SUM(A1:A9) in a title stays text")
            .description
            .as_str(),
        "@import is CSS, not a formula"
    );
    let refund = story(&project, "Refund a ride");
    let card = story(&project, "Pay with a card");
    assert_eq!(refund.blockers[0].what, Obstacle::Story(card.id));
    assert!(project.is_blocked(refund));
    assert_eq!((card.state, card.owners[0]), (State::Delivered, grace().id));
    let release = story(&project, "Version 2.0 beta");
    assert_eq!(release.deadline, Day::of_date(2014, 11, 28));
    let epics: Vec<&str> = project.epics().iter().map(|epic| epic.words.label.as_str()).collect();
    assert_eq!(epics, ["tandem", "checkout"]);
}

#[test]
fn it_comes_out_as_it_went_in() {
    let project = taken_over(EXPORT);
    let text = written(&project);
    let (came_out, went_in) = (cells(&text), cells(EXPORT));
    for (came, went) in came_out.iter().zip(&went_in) {
        assert_eq!(came, went);
    }
    assert_eq!(came_out.len(), went_in.len());
    // What this program wrote comes out to the letter.
    assert_eq!(written(&taken_over(&text)), text);
}
