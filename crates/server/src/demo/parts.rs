//! What the stories of the sample carry besides their fields, and its epics, as the steps that add them.

use super::rocket_shop::{EPICS, PARTS, Part, Tick};
use super::{HOUR, MINUTE};
use backlog::id::Bits128;
use backlog::{
    Actor, Blocker, Command, Description, Edit, EpicId, EpicWords, Label, Line, Millis, Obstacle, PartId, Remark,
    Review, StoryId, Task, Title, Words,
};
use std::collections::HashMap;

/// When the first of them was added: long before today's steps, long after all stories were there.
const BEGAN: i64 = 20 * HOUR;

/// The steps: when, by whom of the team, and what.
pub fn steps(
    titles: &HashMap<&'static str, StoryId>,
    team: &[Actor],
    (now, ids): (Millis, &mut impl FnMut() -> Bits128),
) -> Vec<(i64, i64, Command)> {
    let began = now.0 - BEGAN;
    let mut steps = Vec::new();
    for (name, label, description) in EPICS {
        steps.push((0, epic(EpicId(ids()), (name, label, description))));
    }
    for (title, part) in PARTS {
        let edit = edit(part, (titles, team), (now, ids));
        let command = Command::EditStory {
            id: titles[title],
            edits: vec![edit],
        };
        steps.push((by(part), command));
    }
    let timed = |(minute, (by, command))| (began + minute * MINUTE, by, command);
    (0..).zip(steps).map(timed).collect()
}

fn epic(id: EpicId, (name, label, description): (&str, &str, &str)) -> Command {
    let words = EpicWords {
        name: Title::new(name).expect("the table's texts are checked by a test"),
        label: Label::new(label).expect("the table's texts are checked by a test"),
        description: Description::new(description).expect("the table's texts are checked by a test"),
    };
    Command::PutEpic { id, words }
}

fn by(part: &Part) -> i64 {
    match part {
        Part::Comment(person, _) => *person as i64,
        Part::Deadline(_)
        | Part::Owner(_)
        | Part::Task(..)
        | Part::Obstacle(_)
        | Part::After(_)
        | Part::Review(..)
        | Part::Urgent(_) => 0,
    }
}

fn edit(
    part: &Part,
    (titles, team): (&HashMap<&'static str, StoryId>, &[Actor]),
    (now, ids): (Millis, &mut impl FnMut() -> Bits128),
) -> Edit {
    let line = |text| Line::new(text).expect("the table's texts are checked by a test");
    let id = PartId(ids());
    let blocker = |what| {
        Edit::BlockerPut(Blocker {
            id,
            what,
            resolved: false,
        })
    };
    match part {
        Part::Deadline(days) => Edit::Deadline(Some(now.day().plus(*days))),
        Part::Owner(person) => Edit::OwnerAdded(team[*person].id),
        Part::Task(text, tick) => Edit::TaskAdded {
            task: Task {
                id,
                text: line(text),
                done: *tick == Tick::Done,
            },
            after: None,
        },
        Part::Comment(_, text) => Edit::CommentAdded(Remark {
            id,
            text: Words::new(text).expect("the table's texts are checked by a test"),
        }),
        Part::Obstacle(text) => blocker(Obstacle::Text(line(text))),
        Part::After(title) => blocker(Obstacle::Story(titles[title])),
        Part::Review(kind, person, verdict) => Edit::ReviewPut(Review {
            id,
            kind: line(kind),
            reviewer: Some(team[*person].id),
            verdict: *verdict,
        }),
        Part::Urgent(priority) => Edit::Priority(Some(*priority)),
    }
}
