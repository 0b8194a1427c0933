//! What files bring to projects: imports are carried out by the project's own rules, and reports are read as people read them.

use super::{Choices, Place, Prepared, prepare};
use crate::read;
use backlog::api::import::{Estimates, Notes, Tally};
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Command, Estimate, Hand, ImportId, Millis, Name, Obstacle, Panel, PointScale, Project, ProjectId,
    State, Story, StoryType, Zone,
};
use std::sync::Arc;

const PROJECT: ProjectId = ProjectId(Bits128(0xb));
// The 2nd of March 2015, a Monday, at eight in the morning.
const NOW: Millis = Millis(1_425_283_200_000);

fn ada() -> Actor {
    actor(0xada, "Ada Lovelace")
}

fn actor(id: u128, name: &str) -> Actor {
    Actor {
        id: ActorId(Bits128(id)),
        name: Name::new(name).unwrap(),
    }
}

fn empty() -> Project {
    Project::new(Name::new("Alpha").unwrap(), NOW)
}

/// What a file would bring to a project by Ada's hand.
fn prepared(project: &Project, text: &str, choices: &Choices) -> Prepared {
    let (by, zone) = (ada(), Zone::utc());
    let place = Place {
        project,
        id: PROJECT,
        zone: &zone,
        hand: Hand { by: &by, at: NOW },
    };
    prepare(&read(text.as_bytes()).unwrap(), &place, choices).unwrap()
}

/// The project with the file in it.
fn with(mut project: Project, text: &str, choices: &Choices) -> Project {
    let import = prepared(&project, text, choices).import;
    let by = ada();
    let hand = Hand { by: &by, at: NOW };
    let change = project.decide(&Command::ImportStories(Box::new(import)), hand).unwrap();
    project.apply(&change, hand).unwrap();
    project
}

fn choices(id: u128) -> Choices {
    Choices::none(ImportId(Bits128(id)))
}

fn stories(project: &Project) -> Vec<&Arc<Story>> {
    let slots = project.order(Panel::Backlog).chain(project.order(Panel::Icebox));
    slots.map(|slot| project.at(slot)).collect()
}

fn titles(project: &Project) -> Vec<&str> {
    stories(project).iter().map(|story| story.title.as_str()).collect()
}

fn said(notes: &Notes) -> Vec<(u32, &str)> {
    notes.first.iter().map(|note| (note.line, note.says.as_str())).collect()
}

#[test]
fn row_order_is_priority_in_each_state() {
    let text = "Title,Current State,Estimate,Accepted at\n\
        I1,unscheduled,,\n\
        U1,unstarted,1,\n\
        A2,accepted,1,\"Feb 10, 2015\"\n\
        S1,started,1,\n\
        U2,unstarted,1,\n\
        A1,accepted,1,\"Feb 3, 2015\"\n\
        A3,accepted,1,\"Feb 10, 2015\"\n\
        S2,delivered,1,\n\
        I2,,,\n";
    let project = with(empty(), text, &choices(1));
    assert_eq!(titles(&project), ["A1", "A2", "A3", "S1", "S2", "U1", "U2", "I1", "I2"]);
}

#[test]
fn velocity_is_that_of_the_dates_of_acceptance() {
    // Weeks from Monday: Feb 9 brings 4 points, Feb 16 none, Feb 23 six; in March it is the fourth week. (4 + 0 + 6) / 3 = 3.
    let text = "Title,Current State,Type,Estimate,Accepted at\n\
        A,accepted,feature,3,\"Feb 9, 2015\"\n\
        B,accepted,feature,1,\"Feb 15, 2015\"\n\
        C,accepted,bug,,\"Feb 17, 2015\"\n\
        D,accepted,feature,3,\"Feb 23, 2015\"\n\
        E,accepted,feature,3,\"Mar 1, 2015\"\n\
        F,accepted,feature,3,\"Mar 2, 2015\"\n";
    let report = prepared(&empty(), text, &choices(1)).report;
    assert_eq!((report.velocity.before, report.velocity.after), (10, 3));
    let accepted = report.accepted.unwrap();
    assert_eq!(
        (accepted.first.date(), accepted.last.date(), accepted.points),
        ((2015, 2, 9), (2015, 3, 2), 13)
    );
    let tally = |story_type, count| Tally {
        story_type,
        state: State::Accepted,
        count,
    };
    assert_eq!(report.stories, [tally(StoryType::Feature, 5), tally(StoryType::Bug, 1)]);
}

#[test]
fn a_day_is_its_noon_but_never_later_than_now() {
    let text = "Title,Current State,Estimate,Created at,Accepted at\nA,accepted,1,\"Feb 28, 2015\",\"Mar 2, 2015\"\n";
    let project = with(empty(), text, &choices(1));
    let story = stories(&project)[0];
    assert_eq!(story.created_at, Millis(1_425_124_800_000));
    assert_eq!(story.accepted_at, Some(NOW));
}

#[test]
fn days_are_those_of_the_zone() {
    let zone = Zone::new([(Millis(0), -5 * 3_600)]);
    let by = ada();
    let (project, file) = (empty(), read(b"Title,Created at\nA,\"Feb 28, 2015\"\n").unwrap());
    let place = Place {
        project: &project,
        id: PROJECT,
        zone: &zone,
        hand: Hand { by: &by, at: NOW },
    };
    let import = prepare(&file, &place, &choices(1)).unwrap().import;
    // 17:00 in UTC.
    assert_eq!(import.stories[0].created_at, Millis(1_425_142_800_000));
}

#[test]
fn names_are_members_or_kept() {
    let text = "Title,Requested By,Owned By,Owned By,Comment\n\
        A,ada lovelace,Bo,A. Lovelace,\"Fine (Cy - Feb 2, 2015)\"\n\
        B,Bo,,,\n";
    let mut choices = choices(1);
    for name in ["ada lovelace", "A. Lovelace"] {
        choices.people.insert(Name::new(name).unwrap(), ada().id);
    }
    let Prepared { import, report } = prepared(&empty(), text, &choices);
    let found: Vec<(&str, u32, bool)> = report
        .people
        .iter()
        .map(|found| (found.name.as_str(), found.stories, found.member == Some(ada().id)))
        .collect();
    assert_eq!(
        found,
        [
            ("A. Lovelace", 1, false),
            ("Bo", 2, false),
            ("Cy", 1, false),
            ("ada lovelace", 1, true)
        ]
    );
    let kept: Vec<&str> = import.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(kept, ["Bo", "Cy"]);
    let story = &import.stories[0];
    assert_eq!(story.requester, Some(ada().id));
    assert_eq!(story.owners, [import.people[0].id, ada().id]);
    assert_eq!(story.comments[0].author, Some(import.people[1].id));
    assert_eq!(import.stories[1].requester, Some(import.people[0].id));
}

#[test]
fn two_names_of_one_person_own_a_story_once() {
    let mut choices = choices(1);
    for name in ["Ada", "A."] {
        choices.people.insert(Name::new(name).unwrap(), ada().id);
    }
    let import = prepared(&empty(), "Title,Owned By,Owned By\nA,Ada,A.\n", &choices).import;
    assert_eq!(import.stories[0].owners, [ada().id]);
}

#[test]
fn a_name_can_only_mean_someone_who_is_there() {
    let mut choices = choices(1);
    choices.people.insert(Name::new("Bo").unwrap(), ActorId(Bits128(0xb0)));
    let (project, by, zone) = (empty(), ada(), Zone::utc());
    let place = Place {
        project: &project,
        id: PROJECT,
        zone: &zone,
        hand: Hand { by: &by, at: NOW },
    };
    let refused = prepare(&read(b"Title\nA\n").unwrap(), &place, &choices).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "people: “Bo” is to mean someone who is not in this project"
    );
}

#[test]
fn a_scale_that_holds_all_estimates_is_offered_and_taken() {
    let report = |text: &str| prepared(&empty(), text, &choices(1)).report.scale;
    assert_eq!(report("Title,Estimate\nA,3\nB,0\n"), None);
    let scale = report("Title,Estimate\nA,8\nB,2\nC,8\nD,5\n").unwrap();
    assert_eq!(
        (scale.points, scale.stories, scale.offered),
        (vec![5, 8], 3, Some(PointScale::Fibonacci))
    );
    let scale = report("Title,Estimate\nA,13\n").unwrap();
    assert_eq!(scale.offered.unwrap().points(), [0, 1, 2, 3, 13]);
    let many: String = (0..21).map(|points| format!("A,{}\n", points * 2)).collect();
    assert_eq!(report(&format!("Title,Estimate\n{many}")).unwrap().offered, None);

    let project = with(empty(), "Title,Estimate\nA,8\n", &choices(1));
    assert_eq!(project.settings().scale, PointScale::PowersOfTwo);
    assert_eq!(stories(&project)[0].estimate, Some(Estimate(8)));
    // What the project has counts as well: 3 is no power of two.
    let project = with(empty(), "Title,Estimate\nA,3\n", &choices(1));
    let scale = prepared(&project, "Title,Estimate\nB,8\n", &choices(2)).report.scale;
    assert_eq!(scale.unwrap().offered, Some(PointScale::Fibonacci));
}

#[test]
fn a_scale_that_is_refused_costs_estimates() {
    let mut choices = choices(1);
    choices.estimates = Estimates::Nearest;
    let text = "Title,Estimate\nA,8\nB,1\n";
    let report = prepared(&empty(), text, &choices).report;
    assert_eq!(
        said(&report.losses),
        [(2, "The scale of the project has no 8 points; it has 3 now.")]
    );
    let project = with(empty(), text, &choices);
    assert_eq!(
        (&project.settings().scale, stories(&project)[0].estimate),
        (&PointScale::Linear, Some(Estimate(3)))
    );
}

#[test]
fn a_file_that_comes_again_brings_what_is_new() {
    let first = "Id,Title,Type,Labels\n11,A,,\n12,B,,\n13,E,epic,east\n";
    let project = with(empty(), first, &choices(1));
    let again = "Id,Title,Type,Labels\n11,A,,\n14,C,,\n12,B,,\n13,E,epic,east\n";
    let Prepared { import, report } = prepared(&project, again, &choices(2));
    let brought: Vec<&str> = import.stories.iter().map(|story| story.title.as_str()).collect();
    assert_eq!((brought, import.epics.len(), report.story_count()), (vec!["C"], 0, 1));
    assert_eq!(
        said(&report.here),
        [
            (2, "Story 11 is here already."),
            (4, "Story 12 is here already."),
            (5, "An epic with the label “east” is here already."),
        ]
    );
    // What an import brought and is deleted is not here.
    let (mut project, by) = (project, ada());
    let hand = Hand { by: &by, at: NOW };
    let delete = Command::DeleteImport {
        id: ImportId(Bits128(1)),
    };
    let change = project.decide(&delete, hand).unwrap();
    project.apply(&change, hand).unwrap();
    assert_eq!(prepared(&project, first, &choices(3)).report.story_count(), 2);
}

#[test]
fn numbers_of_other_programs_are_not_this_ones() {
    let project = with(empty(), "Title\nNative\n", &choices(1));
    assert_eq!(stories(&project)[0].number, 1);
    assert_eq!(
        prepared(&project, "Id,Title\n1,Other\n", &choices(2))
            .report
            .story_count(),
        1
    );
    let own = format!("Id,Title,URL\n1,Native,https://example.org/projects/{PROJECT}#story-1\n");
    assert_eq!(prepared(&project, &own, &choices(2)).report.story_count(), 0);
}

#[test]
fn a_number_alone_names_the_story_that_blocks() {
    let text = "Id,Title,Blocker,Blocker Status,Blocker,Blocker Status,Blocker\n\
        1,A,#2,blocked,#9,resolved,see #2\n\
        2,B,#2,,#02,,\n";
    let import = prepared(&empty(), text, &choices(1)).import;
    let [a, b] = &import.stories[..] else {
        panic!("two stories")
    };
    let is_text = |what: &Obstacle| matches!(what, Obstacle::Text(_));
    assert_eq!(a.blockers[0].what, Obstacle::Story(b.id));
    assert!(is_text(&a.blockers[1].what) && a.blockers[1].resolved && is_text(&a.blockers[2].what));
    // Not itself, and not in another spelling, which would be lost.
    assert!(b.blockers.iter().all(|blocker| is_text(&blocker.what)));
    // Also a story that came earlier.
    let project = with(empty(), text, &choices(1));
    let import = prepared(&project, "Id,Title,Blocker\n3,C,#1\n", &choices(2)).import;
    assert_eq!(import.stories[0].blockers[0].what, Obstacle::Story(a.id));
}

#[test]
fn no_stories_wait_for_each_other() {
    let text =
        "Id,Title,Blocker,Blocker Status\n1,A,#2,blocked\n2,B,#3,blocked\n3,C,#1,blocked\n4,D,#5,\n5,E,#4,resolved\n";
    let Prepared { import, report } = prepared(&empty(), text, &choices(1));
    let waits: Vec<bool> = import
        .stories
        .iter()
        .map(|story| matches!(story.blockers[0].what, Obstacle::Story(_)))
        .collect();
    assert_eq!(waits, [true, true, false, true, true]);
    assert_eq!(
        said(&report.losses),
        [(4, "It waits for #1, which waits for it; the blocker is a text now.")]
    );
    // A long chain is no ring, and no deep hole either.
    let chain: String = (1..30_000)
        .map(|number| format!("{number},A,#{}\n", number + 1))
        .collect();
    let report = prepared(&empty(), &format!("Id,Title,Blocker\n{chain}"), &choices(1)).report;
    assert_eq!((report.losses.count, report.story_count()), (0, 29_999));
}

#[test]
fn losses_are_said_by_line() {
    let many_owners = "Ann,Bo,Cy,Di,Ed,Flo";
    let text = format!(
        "Mood,Id,Title,Type,Current State,Estimate,Accepted at,Owned By,Owned By,Owned By,Owned By,Owned By,Owned By,Task,Task Status,\
         Pull Request,Priority,Deadline,Comment,Labels,Blocker,Blocker Status,Review Type,Review Status\n\
         ,1,A,feature,unstarted,1,\"Feb 2, 2015\",{many_owners},,,,,,,,,,,\n\
         ,X1,B,chore,delivered,,,,,,,,,Do,maybe,here,urgent,,,,It,perhaps,code,well\n\
         ,3,C,release,started,2,,,,,,,,,,,,,,,,,,\n\
         glad,4,D,feature,started,,,,,,,,,,,,,,bell \u{7},,,,,\n\
         ,5,E,bug,accepted,,,,,,,,,,,,,,,{},,,,\n\
         ,6,F,epic,,,,Ann,,,,,,Do,,,,,,,,,,\n",
        "x".repeat(256),
    );
    let report = prepared(&empty(), &text, &choices(1)).report;
    assert_eq!(said(&report.left_out), []);
    assert_eq!(
        said(&report.losses),
        [
            (1, "The column “Mood” is not one that is kept."),
            (2, "At most five people own a story; “Flo” is left out."),
            (2, "It is not accepted; the date of its acceptance is left out."),
            (3, "A chore cannot be delivered; it is started now."),
            (3, "Its Id, “X1”, is not a number that can be kept."),
            (3, "The priority “urgent” is not known."),
            (3, "“maybe” is no status of a task; it counts as not completed."),
            (3, "“perhaps” is no status of a blocker; it counts as blocked."),
            (3, "“well” is no status of a review; it counts as unstarted."),
            (
                3,
                "The pull request “here”: address begins with https:// or http:// and names a host."
            ),
            (4, "A release cannot be started; it is unstarted now."),
            (4, "A release has no points; they are left out."),
            (5, "A comment holds control characters; they are left out."),
            (
                5,
                "A feature without an estimate cannot be started; it is unstarted now."
            ),
            (
                6,
                "The label “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”: label is too long: 256 characters, at most 255."
            ),
            (
                6,
                "It does not say when it was accepted; the day of its creation is taken."
            ),
            (7, "The epic names no label; its title is its label now."),
            (7, "An epic has no tasks, owners; they are left out."),
        ]
    );
    // All of it is sound by the project's own rules.
    assert_eq!(titles(&with(empty(), &text, &choices(1))).len(), 5);
}

#[test]
fn too_long_is_cut_and_said() {
    let text = format!(
        "Title,Description,Comment,Task\n{},{},{},{}\n",
        "t".repeat(5_001),
        "d".repeat(20_001),
        "c".repeat(20_001),
        "k".repeat(1_001)
    );
    let Prepared { import, report } = prepared(&empty(), &text, &choices(1));
    assert_eq!(
        said(&report.losses),
        [
            (2, "The title has more than 5000 characters; the rest is left out."),
            (
                2,
                "The description has more than 20000 characters; the rest is left out."
            ),
            (2, "A task has more than 1000 characters; the rest is left out."),
            (2, "A comment has more than 20000 characters; the rest is left out."),
        ]
    );
    assert_eq!(import.stories[0].title.as_str().len(), 5_000);
}

#[test]
fn a_row_with_a_thousand_losses_says_ten() {
    let text = format!("Title{}\nA{}\n", ",Task,Task Status".repeat(500), ",a,b".repeat(500));
    let losses = prepared(&empty(), &text, &choices(1)).report.losses;
    assert_eq!((losses.count, losses.first.len()), (500, 10));
}

#[test]
fn notes_have_an_end() {
    let text = format!("Title\n{}", ",\n x,y\n".repeat(1_500));
    let left_out = prepared(&empty(), &text, &choices(1)).report.left_out;
    assert_eq!((left_out.count, left_out.first.len()), (1_500, 1_000));
}

#[test]
fn epics_come_with_their_labels_each_once() {
    let text =
        "Id,Title,Type,Labels,Description\n1,East,epic,east side,Far\n2,Other,epic,East Side,\n3,A,,east side,\n";
    let Prepared { import, report } = prepared(&empty(), text, &choices(1));
    assert_eq!(
        said(&report.left_out),
        [(3, "The epic of line 2 has the label “east side” already.")]
    );
    let epic = &import.epics[0];
    assert_eq!(
        (epic.origin, epic.words.name.as_str(), epic.words.description.as_str()),
        (Some(1), "East", "Far")
    );
    let project = with(empty(), text, &choices(1));
    assert_eq!(
        (
            project.epics().len(),
            project.epics()[0].number,
            stories(&project)[0].number
        ),
        (1, 1, 2)
    );
}

#[test]
fn the_same_file_under_the_same_identity_is_the_same_import() {
    let text = "Id,Title,Owned By,Task\n1,A,Bo,x\n2,B,Bo,y\n";
    let one = prepared(&empty(), text, &choices(1)).import;
    assert_eq!(one, prepared(&empty(), text, &choices(1)).import);
    let other = prepared(&empty(), text, &choices(2)).import;
    assert!(one.stories[0].id != other.stories[0].id && one.people[0].id != other.people[0].id);
    assert_ne!(one.stories[0].tasks[0].id, one.stories[1].tasks[0].id);
}
