//! A small shop on 21 November: eight stories, three people, an epic.

use crate::id::Bits128;
use crate::settings::{Velocity, Window};
use crate::{
    ActorId, Blocker, Comment, Day, Description, Destination, Epic, EpicId, EpicWords, Estimate, Label, Line, Link,
    Millis, Name, Obstacle, PartId, Person, Priority, Project, Review, Settings, Snapshot, State, Story, StoryId,
    StoryType, Task, Title, Verdict, Web, Words,
};
use std::sync::Arc;

pub(super) const ANN: ActorId = ActorId(Bits128(1));
pub(super) const BOB: ActorId = ActorId(Bits128(2));
pub(super) const ANNIKA: ActorId = ActorId(Bits128(3));

pub(super) fn day(month: u32, day: u32) -> Day {
    Day::of_date(2026, month, day).unwrap()
}

/// Saturday in the iteration that began on Monday, 16 November.
pub(super) fn today() -> Day {
    day(11, 21)
}

fn story(number: u32, kind: (StoryType, State), title: &str) -> Story {
    let id = StoryId(Bits128(number.into()));
    let mut story = Story::new(id, Title::new(title).unwrap(), kind, day(11, 1).start());
    story.number = number;
    story
}

fn labels(story: &mut Story, labels: &[&str]) {
    story.labels = labels.iter().map(|label| Label::new(label).unwrap()).collect();
}

fn part(number: u128) -> PartId {
    PartId(Bits128(number))
}

fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

fn comment(author: Option<ActorId>, text: &str) -> Comment {
    Comment {
        id: part(1),
        author,
        at: Millis(0),
        edited_at: None,
        text: Words::new(text).unwrap(),
        removed: false,
    }
}

/// Eight stories; the sixth waits for the fifth, the eighth is deleted.
pub(super) fn stories() -> Vec<Story> {
    let mut card = story(1, (StoryType::Feature, State::Accepted), "Pay by card");
    (card.estimate, card.accepted_at) = (Some(Estimate(3)), Some(day(11, 5).start()));
    (card.started_at, card.created_at) = (Some(day(11, 2).start()), day(1, 31).start());
    card.owners = vec![ANN];
    labels(&mut card, &["checkout"]);

    let mut refund = story(2, (StoryType::Bug, State::Delivered), "Refund pays twice");
    refund.started_at = Some(day(11, 18).start());
    refund.owners = vec![BOB, ANNIKA];
    refund.requester = Some(ANN);
    refund.priority = Some(Priority::P0);
    refund.comments = vec![
        comment(Some(ANN), "Seen in Zürich\nand Genève"),
        comment(Some(BOB), "secret"),
    ];
    refund.comments[1].removed = true;
    labels(&mut refund, &["checkout", "needs design", "café"]);

    let mut mail = story(3, (StoryType::Feature, State::Unstarted), "Mail the receipt");
    mail.estimate = Some(Estimate(2));
    mail.deadline = Some(day(11, 20));
    mail.origin = Some(45_711);
    mail.description = Description::new("After they pay,\nmail it.").unwrap();
    mail.tasks = vec![Task {
        id: part(1),
        text: line("Write the template"),
        done: false,
    }];

    let mut launch = story(4, (StoryType::Release, State::Unstarted), "Launch");
    launch.deadline = Some(day(12, 31));
    launch.followers = [ANN, BOB].into();

    let mut search = story(5, (StoryType::Feature, State::Unstarted), "Search by colour");
    search.estimate = Some(Estimate(8));
    search.deadline = Some(day(11, 23));
    search.reviews = vec![Review {
        id: part(1),
        kind: line("Design"),
        reviewer: Some(BOB),
        verdict: Verdict::Pass,
    }];
    search.links = vec![
        Link {
            id: part(1),
            to: Destination::Branch(line("feature/colour")),
        },
        Link {
            id: part(2),
            to: Destination::PullRequest(Web::new("https://git.example/7").unwrap()),
        },
    ];

    let mut sort = story(6, (StoryType::Feature, State::Unscheduled), "Sort the list");
    sort.blockers = vec![
        Blocker {
            id: part(1),
            what: Obstacle::Story(search.id),
            resolved: false,
        },
        Blocker {
            id: part(2),
            what: Obstacle::Text(line("The mail server")),
            resolved: true,
        },
    ];

    let chore = story(7, (StoryType::Chore, State::Unscheduled), "Tidy 45711 papers");
    let mut gone = story(8, (StoryType::Bug, State::Unscheduled), "Pay for nothing");
    gone.deleted = true;
    vec![card, refund, mail, launch, search, sort, chore, gone]
}

pub(super) fn shop() -> Project {
    let person = |id, name: &str| Person {
        id,
        name: Name::new(name).unwrap(),
    };
    let words = |name: &str, label: &str| EpicWords {
        name: Title::new(name).unwrap(),
        label: Label::new(label).unwrap(),
        description: Description::default(),
    };
    let mut settings = Settings::new(day(11, 2));
    settings.velocity_window = Window::new(1).unwrap();
    settings.initial_velocity = Velocity::new(3).unwrap();
    Project::read(Snapshot {
        next_number: 9,
        people: vec![
            person(ANN, "Ann Lee"),
            person(BOB, "Bob"),
            person(ANNIKA, "Annika Ström"),
        ],
        epics: vec![Epic {
            id: EpicId(Bits128(1)),
            number: 99,
            origin: None,
            words: words("Paying for it", "checkout"),
            created_at: Millis(0),
        }],
        stories: stories().into_iter().map(Arc::new).collect(),
        ..Snapshot::of_nothing(Name::new("Shop").unwrap(), settings)
    })
}
