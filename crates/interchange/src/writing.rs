//! A project as Tracker's CSV: the header that Tracker wrote, with its repeating columns as often as the busiest story needs them;
//! the backlog in order, then the icebox, then the epics. Read into an empty project and written again it is the same.
//!
//! Deleted stories and comments that were taken back are not in it.

mod row;

use crate::table::write_row;
use crate::{date, guard};
use backlog::plan::Terms;
use backlog::project::Slot;
use backlog::{Day, Destination, Epic, Panel, Plan, Project, ProjectId, Story, StoryId, Zone, plan};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A project to be written, and what it does not know itself.
#[derive(Clone, Copy, Debug)]
pub struct Present<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its identity.
    pub id: ProjectId,
    /// Where its days begin.
    pub zone: &'a Zone,
    /// The day that it is there.
    pub today: Day,
    /// Where its server answers, like `https://example.org`; without a slash at the end.
    pub address: &'a str,
}

/// The columns of which there is one.
const SINGLE: [&str; 16] = [
    "Id",
    "Title",
    "Labels",
    "Iteration",
    "Iteration Start",
    "Iteration End",
    "Type",
    "Estimate",
    "Priority",
    "Current State",
    "Created at",
    "Accepted at",
    "Deadline",
    "Requested By",
    "Description",
    "URL",
];

/// How often the other columns are repeated.
#[derive(Clone, Copy, Debug)]
struct Widths {
    owners: usize,
    blockers: usize,
    comments: usize,
    tasks: usize,
    reviews: usize,
    pull_requests: usize,
    branches: usize,
}

/// A project being written.
#[derive(Debug)]
struct Writing<'a> {
    present: Present<'a>,
    plan: Plan,
    references: HashMap<StoryId, u32>,
    widths: Widths,
}

/// Writes a project.
pub fn write(present: &Present<'_>) -> String {
    let project = present.project;
    let backlog: Vec<Slot> = project.order(Panel::Backlog).collect();
    let facts: Vec<_> = backlog.iter().map(|slot| project.facts(*slot)).collect();
    let stories: Vec<&Arc<Story>> = backlog
        .iter()
        .copied()
        .chain(project.order(Panel::Icebox))
        .map(|slot| project.at(slot))
        .collect();
    let writing = Writing {
        present: *present,
        plan: plan(&facts, &Terms::new(project.settings(), present.zone, present.today)),
        references: references(&stories),
        widths: Widths::of(&stories),
    };
    let mut table = String::new();
    write_row(&mut table, writing.widths.header());
    for (place, story) in stories.into_iter().enumerate() {
        let row = writing.story(story, place);
        write_row(&mut table, row.cells());
    }
    for epic in project.epics() {
        let row = writing.epic(epic);
        write_row(&mut table, row.cells());
    }
    table
}

/// What each story is called in the file: as in the program that it came from, else by its number. Nothing is called the same
/// twice; what would be has no number in the file.
fn references(stories: &[&Arc<Story>]) -> HashMap<StoryId, u32> {
    let mut taken = HashSet::new();
    let mut references = HashMap::with_capacity(stories.len());
    for story in stories {
        if let Some(origin) = story.origin.filter(|origin| taken.insert(*origin)) {
            references.insert(story.id, origin);
        }
    }
    for story in stories {
        if !references.contains_key(&story.id) && taken.insert(story.number) {
            references.insert(story.id, story.number);
        }
    }
    references
}

impl Widths {
    fn of(stories: &[&Arc<Story>]) -> Widths {
        let most = |count: fn(&Story) -> usize| stories.iter().map(|story| count(story)).max().unwrap_or(0);
        // Whoever opens an empty file sees what it can hold. Older exports know no reviews.
        Widths {
            owners: most(|story| story.owners.len()).max(1),
            blockers: most(|story| story.blockers.len()).max(1),
            comments: most(|story| story.said().count()).max(1),
            tasks: most(|story| story.tasks.len()).max(1),
            reviews: most(|story| story.reviews.len()),
            pull_requests: most(|story| pull_requests(story).count()).max(1),
            branches: most(|story| branches(story).count()).max(1),
        }
    }

    fn header(self) -> impl Iterator<Item = &'static str> {
        let repeated = |columns: &'static [&'static str], times| std::iter::repeat_n(columns, times).flatten();
        SINGLE
            .iter()
            .chain(repeated(&["Owned By"], self.owners))
            .chain(repeated(&["Blocker", "Blocker Status"], self.blockers))
            .chain(repeated(&["Comment"], self.comments))
            .chain(repeated(&["Task", "Task Status"], self.tasks))
            .chain(repeated(&["Review Type", "Reviewer", "Review Status"], self.reviews))
            .chain(repeated(&["Pull Request"], self.pull_requests))
            .chain(repeated(&["Git Branch"], self.branches))
            .copied()
    }
}

fn pull_requests(story: &Story) -> impl Iterator<Item = &str> {
    story.links.iter().filter_map(|link| match &link.to {
        Destination::PullRequest(address) => Some(address.as_str()),
        Destination::Branch(_) | Destination::Attachment { .. } => None,
    })
}

fn branches(story: &Story) -> impl Iterator<Item = &str> {
    story.links.iter().filter_map(|link| match &link.to {
        Destination::Branch(name) => Some(name.as_str()),
        Destination::PullRequest(_) | Destination::Attachment { .. } => None,
    })
}

#[cfg(test)]
mod tests;
