//! A sample project, so that a first look is not at an empty page. Its history is written by the same rules as any other,
//! with times of the last weeks, so that its velocity is a measured one.

mod parts;
mod rocket_shop;

use crate::store::{Store, StoreError};
use backlog::api::{NewProject, Sent};
use backlog::command::NewStory;
use backlog::id::Bits128;
use backlog::{
    Actor, ActorId, Command, Description, Estimate, Label, Ledger, Mid, Millis, Name, Panel, Project, ProjectId,
    StoryId, StoryType, Title, Transition,
};
use rocket_shop::{NAME, STORIES, Sample, Stage, TEAM};
use std::collections::HashMap;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How long ago the project began, in days.
const BEGAN: i64 = 30;

/// Fills the sample project where there is none yet. Answers the project that is there to look at.
pub async fn fill(store: &Store, now: Millis, ids: impl FnMut() -> Bits128) -> Result<Option<ProjectId>, StoreError> {
    if let Some(first) = store.projects().await?.first() {
        return Ok(Some(first.id));
    }
    let sample = history(now, ids);
    let began = Millis(now.0 - BEGAN * DAY);
    let project = Project::new(sample.project.name.clone(), began);
    let mut batch = store.begin().await?;
    batch.create(&sample.project, &project.snapshot(), began).await?;
    let mut ledger = Ledger::new(sample.project.id, project);
    for Event { at, actor, sent } in &sample.events {
        match ledger.enter(sent, actor, *at) {
            Ok(recorded) => batch.append(ledger.id(), &recorded, &sent.command).await?,
            Err(reason) => {
                tracing::warn!(%reason, command = ?sent.command, "a line of the sample is refused")
            }
        }
    }
    batch
        .advance(ledger.id(), ledger.project().name(), ledger.version())
        .await?;
    batch.commit().await?;
    Ok(Some(ledger.id()))
}

/// What happened in the sample project, oldest first.
struct History {
    project: NewProject,
    events: Vec<Event>,
}

struct Event {
    at: Millis,
    actor: Actor,
    sent: Sent,
}

fn history(now: Millis, mut ids: impl FnMut() -> Bits128) -> History {
    let name = Name::new(NAME).expect("the table's texts are checked by a test");
    let project = NewProject {
        id: ProjectId(ids()),
        name,
    };
    let team = TEAM.map(|name| {
        let name = Name::new(name).expect("the table's texts are checked by a test");
        Actor {
            id: ActorId(ids()),
            name,
        }
    });
    let mut steps = Vec::new();
    let mut titles = HashMap::new();
    let (mut backlog, mut icebox) = (None, None);
    for (number, sample) in (0_i64..).zip(STORIES) {
        let id = StoryId(ids());
        titles.insert(sample.title, id);
        let (panel, last) = match sample.stage {
            Stage::Idea => (Panel::Icebox, &mut icebox),
            _ => (Panel::Backlog, &mut backlog),
        };
        let story = new_story(id, sample, panel, last.replace(id));
        steps.push((
            now.0 - BEGAN * DAY + number * MINUTE,
            number,
            Command::CreateStory(story),
        ));
        for (at, transition) in life(sample, now) {
            steps.push((
                at.0,
                number,
                Command::TransitionStory {
                    id,
                    transition,
                    comment: None,
                },
            ));
        }
    }
    steps.extend(parts::steps(&titles, &team, (now, &mut ids)));
    steps.sort_by_key(|(at, _, _)| *at);
    // Each of them saw what the others had done before.
    let events = (0..).zip(steps).map(|(base, (at, number, command))| Event {
        at: Millis(at),
        actor: team[number as usize % team.len()].clone(),
        sent: Sent {
            mid: Mid(ids()),
            base,
            command,
        },
    });
    History {
        project,
        events: events.collect(),
    }
}

fn new_story(id: StoryId, sample: &Sample, panel: Panel, after: Option<StoryId>) -> NewStory {
    let label = |text| Label::new(text).expect("the table's texts are checked by a test");
    NewStory {
        id,
        title: Title::new(sample.title).expect("the table's texts are checked by a test"),
        story_type: sample.story_type,
        panel,
        after,
        estimate: sample.points.map(Estimate),
        description: Description::new(sample.description).expect("the table's texts are checked by a test"),
        labels: sample.labels.split_whitespace().map(label).collect(),
    }
}

/// The steps that bring a story to its stage, with their times. Whoever accepts does so in the afternoon.
fn life(sample: &Sample, now: Millis) -> Vec<(Millis, Transition)> {
    use Transition::{Accept, Deliver, Finish, Reject, Start};
    let ago = |days: i64, hours: i64| Millis(Millis(now.0 - days * DAY).day().start().0 + hours * HOUR);
    match (sample.stage, sample.story_type) {
        (Stage::Accepted { days_ago }, story_type) => {
            let day = i64::from(days_ago);
            let all = [
                (ago(day, 8), Start),
                (ago(day, 11), Finish),
                (ago(day, 12), Deliver),
                (ago(day, 15), Accept),
            ];
            let kept = match story_type {
                StoryType::Feature | StoryType::Bug => 0..4,
                StoryType::Chore => 0..2,
                StoryType::Release => 1..2,
            };
            all[kept].to_vec()
        }
        (Stage::Delivered, _) => vec![(ago(2, 9), Start), (ago(1, 10), Finish), (ago(1, 11), Deliver)],
        (Stage::Finished, _) => vec![(ago(2, 10), Start), (ago(1, 14), Finish)],
        (Stage::Started, _) => vec![(ago(1, 13), Start)],
        (Stage::Rejected, _) => {
            vec![
                (ago(3, 9), Start),
                (ago(2, 9), Finish),
                (ago(2, 10), Deliver),
                (ago(1, 16), Reject),
            ]
        }
        (Stage::Planned | Stage::Idea, _) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
