//! Projects as text, and back: what is written is read into an empty project and written the same.

use super::{Present, write};
use crate::prepare::{Choices, Place, prepare};
use crate::read;
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Blocker, Command, Comment, CustomScale, Day, Description, Destination, Edit, Epic, EpicId,
    EpicWords, Estimate, Hand, Import, ImportId, Label, Line, Link, Millis, Name, Obstacle, Panel, PartId, Person,
    PointScale, Priority, Project, ProjectId, Review, State, Story, StoryId, StoryType, Task, Title, Verdict, Web,
    Words, Zone,
};
use proptest::prelude::*;

const PROJECT: ProjectId = ProjectId(Bits128(0xb));
// The 2nd of March 2015, a Monday.
const NOW: Millis = Millis(1_425_283_200_000);
const ADDRESS: &str = "https://example.org/projects/0000000000000000000000000000000b";

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(0xada)),
        name: Name::new("Ada").unwrap(),
    }
}

fn carry_out(project: &mut Project, command: &Command) {
    let by = ada();
    let hand = Hand { by: &by, at: NOW };
    let change = project.decide(command, hand).unwrap();
    project.apply(&change, hand).unwrap();
}

fn empty() -> Project {
    Project::new(Name::new("Alpha").unwrap(), NOW)
}

fn written(project: &Project, zone: &Zone) -> String {
    write(&Present {
        project,
        id: PROJECT,
        zone,
        today: zone.day(NOW),
        address: "https://example.org",
    })
}

/// What was written, read into a project that has nothing but the settings.
fn taken_over(text: &str, mut project: Project, zone: &Zone) -> Project {
    let by = ada();
    let place = Place {
        project: &project,
        id: ProjectId(Bits128(0xc)),
        zone,
        hand: Hand { by: &by, at: NOW },
    };
    let prepared = prepare(
        &read(text.as_bytes()).unwrap(),
        &place,
        &Choices::none(ImportId(Bits128(0x99))),
    )
    .unwrap();
    let lost = (
        prepared.report.left_out.count,
        prepared.report.here.count,
        prepared.report.losses.count,
    );
    assert_eq!(lost, (0, 0, 0), "{:?}", prepared.report);
    carry_out(&mut project, &Command::ImportStories(Box::new(prepared.import)));
    project
}

fn new_story(number: u128, title: &str, story_type: StoryType) -> NewStory {
    NewStory {
        id: StoryId(Bits128(number)),
        title: Title::new(title).unwrap(),
        story_type,
        panel: Panel::Backlog,
        after: None,
        estimate: None,
        description: Description::default(),
        labels: Default::default(),
    }
}

#[test]
fn an_empty_project_is_a_header() {
    let header = "Id,Title,Labels,Iteration,Iteration Start,Iteration End,Type,Estimate,Priority,Current State,Created at,Accepted at,\
        Deadline,Requested By,Description,URL,Owned By,Blocker,Blocker Status,Comment,Task,Task Status,Pull Request,Git Branch\n";
    assert_eq!(written(&empty(), &Zone::utc()), header);
}

#[test]
fn a_story_is_written_with_all_it_carries() {
    let mut project = empty();
    let mut new = new_story(7, "=HYPERLINK(\"x\")", StoryType::Feature);
    new.labels = ["web", "auth"].map(|label| Label::new(label).unwrap()).into();
    new.estimate = Some(Estimate(2));
    new.description = Description::new("- two\n- lines").unwrap();
    carry_out(&mut project, &Command::CreateStory(new));
    let line = |text: &str| Line::new(text).unwrap();
    let part = |number| PartId(Bits128(number));
    let edits = vec![
        Edit::Priority(Some(Priority::P1)),
        Edit::Requester(Some(ada().id)),
        Edit::OwnerAdded(ada().id),
        Edit::Deadline(Some(Day::of_date(2015, 4, 1).unwrap())),
        Edit::TaskAdded {
            task: Task {
                id: part(1),
                text: line("Do, it"),
                done: true,
            },
            after: None,
        },
        Edit::CommentAdded(backlog::Remark {
            id: part(2),
            text: Words::new("Fine").unwrap(),
        }),
        Edit::BlockerPut(Blocker {
            id: part(3),
            what: Obstacle::Text(line("The weather")),
            resolved: false,
        }),
        Edit::ReviewPut(Review {
            id: part(4),
            kind: line("code"),
            reviewer: None,
            verdict: Verdict::InReview,
        }),
        Edit::LinkPut(Link {
            id: part(5),
            to: Destination::Branch(line("reset")),
        }),
    ];
    let id = StoryId(Bits128(7));
    carry_out(&mut project, &Command::EditStory { id, edits });
    let text = written(&project, &Zone::utc());
    let row = text.split_once('\n').unwrap().1;
    assert_eq!(
        row,
        format!(
            "1,\"'=HYPERLINK(\"\"x\"\")\",\"auth, web\",1,\"Mar 2, 2015\",\"Mar 8, 2015\",feature,2,p1 - High,unstarted,\
             \"Mar 2, 2015\",,\"Apr 1, 2015\",Ada,\"'- two\n- lines\",{ADDRESS}#story-1,Ada,The weather,blocked,\
             \"Fine (Ada - Mar 2, 2015)\",\"Do, it\",completed,code,,in review,,reset\n"
        )
    );
}

#[test]
fn what_is_deleted_or_taken_back_is_not_written() {
    let mut project = empty();
    for number in [1, 2] {
        carry_out(
            &mut project,
            &Command::CreateStory(new_story(number, "A story", StoryType::Bug)),
        );
    }
    let [first, second] = [1, 2].map(|number| StoryId(Bits128(number)));
    let comment = PartId(Bits128(3));
    let said = Edit::CommentAdded(backlog::Remark {
        id: comment,
        text: Words::new("Oops").unwrap(),
    });
    let blocker = Edit::BlockerPut(Blocker {
        id: PartId(Bits128(4)),
        what: Obstacle::Story(second),
        resolved: false,
    });
    for edits in [vec![said, blocker], vec![Edit::CommentRemoved(comment)]] {
        carry_out(&mut project, &Command::EditStory { id: first, edits });
    }
    carry_out(&mut project, &Command::DeleteStories { stories: vec![second] });
    let text = written(&project, &Zone::utc());
    assert!(!text.contains("Oops") && text.lines().count() == 2, "{text}");
    // Nobody who reads the file finds the story, so that its title says what it was.
    assert!(text.contains(",A story,resolved,"), "{text}");
}

#[test]
fn nothing_is_called_the_same_twice() {
    let mut project = empty();
    // The second of these was number 2 here before the other came with that number from elsewhere.
    for number in [11, 12] {
        carry_out(
            &mut project,
            &Command::CreateStory(new_story(number, "Native", StoryType::Bug)),
        );
    }
    let project = {
        let by = ada();
        let zone = Zone::utc();
        let place = Place {
            project: &project,
            id: PROJECT,
            zone: &zone,
            hand: Hand { by: &by, at: NOW },
        };
        let file = read(b"Id,Title,Type,Current State\n2,Imported,bug,unstarted\n").unwrap();
        let import = prepare(&file, &place, &Choices::none(ImportId(Bits128(5))))
            .unwrap()
            .import;
        carry_out(&mut project, &Command::ImportStories(Box::new(import)));
        project
    };
    let text = written(&project, &Zone::utc());
    let ids: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, ["", "1", "2"], "{text}");
}

#[test]
fn an_accepted_story_keeps_its_iteration() {
    let text = "Title,Current State,Estimate,Accepted at\nA,accepted,1,\"Feb 10, 2015\"\nB,started,1,\n";
    let project = taken_over(text, empty(), &Zone::utc());
    let text = written(&project, &Zone::utc());
    let rows: Vec<&str> = text.lines().skip(1).collect();
    assert!(
        rows[0].starts_with("1,A,,1,\"Feb 9, 2015\",\"Feb 15, 2015\",feature,1,none,accepted,"),
        "{text}"
    );
    assert!(
        rows[1].starts_with("2,B,,4,\"Mar 2, 2015\",\"Mar 8, 2015\",feature,1,none,started,"),
        "{text}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// A project, written, read into an empty one, written again: the same text.
    #[test]
    fn a_project_comes_through_a_file_unchanged(Made(project) in project(), offset in -50_000_i32..50_000) {
        let zone = Zone::new([(Millis(0), offset)]);
        let text = written(&project, &zone);
        let settings = project.settings().clone();
        let mut snapshot = empty().snapshot();
        snapshot.settings = settings;
        let copy = taken_over(&text, Project::read(snapshot), &zone);
        // Of its numbers and its identity the copy's file tells only in its addresses.
        let plain = |text: &str| -> String { without_addresses(text) };
        prop_assert_eq!(plain(&written(&copy, &zone)), plain(&text));
    }
}

/// A table without what its column `URL` says.
fn without_addresses(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, after)) = rest.split_once(ADDRESS) {
        plain.push_str(before);
        rest = after.split_once(',').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

/// Text in which everything stands that could be taken for something else.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "=",
            "+",
            "-",
            "@",
            "'",
            "\"",
            ",",
            ";",
            "(",
            ")",
            " - ",
            " (",
            "#1",
            "\t",
            "Nov 22, 2014",
            "(Ada - Nov 22, 2014)",
            "é",
            "🚲",
            "a",
            "b ",
            " c",
        ])
        .prop_map(str::to_owned),
        "[a-z ]{1,6}",
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn lines() -> impl Strategy<Value = String> {
    prop::collection::vec(text(), 1..3).prop_map(|lines| lines.join("\n"))
}

fn line() -> impl Strategy<Value = Line> {
    text().prop_filter_map("a line", |text| Line::new(&text).ok())
}

/// A day of two years, as a moment within it.
fn moment() -> impl Strategy<Value = Millis> {
    (1_362_000_000_000_i64..NOW.0).prop_map(Millis)
}

fn person() -> impl Strategy<Value = ActorId> {
    (0_u128..4).prop_map(|number| ActorId(Bits128(0x100 + number)))
}

type Parts = (Vec<Task>, Vec<Comment>, Vec<Blocker>, Vec<Review>, Vec<Link>);

fn parts() -> impl Strategy<Value = Parts> {
    let id = || any::<u128>().prop_map(|bits| PartId(Bits128(bits)));
    let task = (id(), line(), any::<bool>()).prop_map(|(id, text, done)| Task { id, text, done });
    let words = lines().prop_filter_map("words", |text| Words::new(&text).ok());
    let comment = (id(), prop::option::of(person()), moment(), words).prop_map(|(id, author, at, text)| Comment {
        id,
        author,
        at,
        edited_at: None,
        text,
        removed: false,
    });
    let obstacle = prop_oneof![
        line().prop_map(Obstacle::Text),
        (0_u128..12).prop_map(|number| Obstacle::Story(StoryId(Bits128(0x1000 + number)))),
    ];
    let blocker = (id(), obstacle, any::<bool>()).prop_map(|(id, what, resolved)| Blocker { id, what, resolved });
    let verdict = prop::sample::select(Verdict::ALL.to_vec());
    let review = (id(), line(), prop::option::of(person()), verdict).prop_map(|(id, kind, reviewer, verdict)| Review {
        id,
        kind,
        reviewer,
        verdict,
    });
    let destination = prop_oneof![
        line().prop_map(Destination::Branch),
        "[a-z]{1,5}"
            .prop_map(|path| Destination::PullRequest(Web::new(&format!("https://example.org/{path}")).unwrap())),
    ];
    let link = (id(), destination).prop_map(|(id, to)| Link { id, to });
    (
        prop::collection::vec(task, 0..3),
        prop::collection::vec(comment, 0..3),
        prop::collection::vec(blocker, 0..3),
        prop::collection::vec(review, 0..2),
        prop::collection::vec(link, 0..3),
    )
}

prop_compose! {
    /// A story that the rules allow, at a place among the others.
    fn story(number: u128)(
        title in text().prop_filter_map("a title", |text| Title::new(&text).ok()),
        story_type in prop::sample::select(StoryType::ALL.to_vec()),
        state in prop::sample::select(vec![
            State::Unscheduled, State::Unstarted, State::Started, State::Finished, State::Delivered, State::Accepted, State::Rejected,
        ]),
        estimate in prop::option::of(prop::sample::select(vec![0_u16, 1, 2, 3, 5, 8])),
        priority in prop::option::of(prop::sample::select(Priority::ALL.to_vec())),
        description in prop::option::of(lines()),
        labels in prop::collection::btree_set("[a-z=' -]{1,6}", 0..3),
        people in (prop::option::of(person()), prop::collection::vec(person(), 0..4)),
        (tasks, comments, blockers, reviews, links) in parts(),
        times in (moment(), moment(), prop::option::of(moment()), any::<bool>()),
    ) -> Story {
        let state = if story_type.has_state(state) { state } else { State::Unstarted };
        let (created_at, accepted_at, deadline, has_origin) = times;
        let mut story = Story::new(StoryId(Bits128(0x1000 + number)), title, (story_type, state), created_at);
        story.origin = has_origin.then_some(5_000 + number as u32);
        story.estimate = match story_type {
            StoryType::Release => None,
            StoryType::Feature => Some(Estimate(estimate.unwrap_or(1))),
            StoryType::Bug | StoryType::Chore => estimate.map(Estimate),
        };
        story.priority = priority;
        story.description = Description::new(&description.unwrap_or_default()).unwrap();
        story.labels = labels.iter().filter_map(|label| Label::new(label).ok()).collect();
        story.requester = people.0;
        for owner in people.1 {
            if !story.owners.contains(&owner) {
                story.owners.push(owner);
            }
        }
        story.accepted_at = (state == State::Accepted).then_some(accepted_at);
        story.deadline = deadline.map(Millis::day);
        story.tasks = tasks;
        story.comments = comments;
        // What waits in a ring is no project's.
        story.blockers = blockers
            .into_iter()
            .map(|blocker| Blocker {
                resolved: blocker.resolved || matches!(blocker.what, Obstacle::Story(on) if on <= story.id),
                ..blocker
            })
            .collect();
        story.reviews = reviews;
        story.links = links;
        story
    }
}

/// A project that is shown, where a test fails, as the file that it becomes.
struct Made(Project);

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&written(&self.0, &Zone::utc()))
    }
}

/// A project that came about by an import of such stories.
fn project() -> impl Strategy<Value = Made> {
    let stories = (0_usize..12).prop_flat_map(|count| (0..count as u128).map(story).collect::<Vec<_>>());
    // A name is all that a file knows of a person, so that no two have the same.
    let names = prop::collection::btree_set(text().prop_filter_map("a name", |text| Name::new(&text).ok()), 4);
    (stories, names, prop::collection::vec(lines(), 0..2)).prop_map(|(stories, names, epics)| {
        let mut project = empty();
        let people = names.into_iter().zip(0..).map(|(name, number): (Name, u128)| Person {
            id: ActorId(Bits128(0x100 + number)),
            name,
        });
        let epics = epics.into_iter().zip(0_u32..).map(|(words, number)| Epic {
            id: EpicId(Bits128(0x2000 + u128::from(number))),
            number: 0,
            origin: Some(9_000 + number),
            words: EpicWords {
                name: Title::new("An epic").unwrap(),
                label: Label::new(&format!("epic {number}")).unwrap(),
                description: Description::new(&words).unwrap(),
            },
            created_at: NOW,
        });
        let import = Import {
            id: ImportId(Bits128(1)),
            people: people.collect(),
            scale: Some(PointScale::Custom(CustomScale::new(vec![0, 1, 2, 3, 5, 8]).unwrap())),
            epics: epics.collect(),
            stories,
        };
        carry_out(&mut project, &Command::ImportStories(Box::new(import)));
        Made(project)
    })
}
