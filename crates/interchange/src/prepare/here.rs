//! What of a file is in the project already. A story is known by its number in the program that it came from; one of this
//! project's own exports also by its number here.

use super::{Place, labels_of};
use crate::notes;
use crate::reading::DraftStory;
use backlog::api::import::Report;
use backlog::{Label, Panel, StoryId};
use std::collections::{HashMap, HashSet};

/// What is in a project and not deleted.
#[derive(Debug)]
pub(super) struct Here {
    origins: HashMap<u32, StoryId>,
    numbers: HashMap<u32, StoryId>,
    labels: HashSet<Label>,
    // What the address of a story of this project holds.
    address: String,
}

impl Here {
    pub fn new(place: &Place<'_>) -> Here {
        let project = place.project;
        let (mut origins, mut numbers) = (HashMap::new(), HashMap::new());
        for slot in project.order(Panel::Backlog).chain(project.order(Panel::Icebox)) {
            let story = project.at(slot);
            numbers.insert(story.number, story.id);
            story.origin.map(|origin| origins.entry(origin).or_insert(story.id));
        }
        Here {
            origins,
            numbers,
            labels: labels_of(project.epics()),
            address: format!("/projects/{}", place.id),
        }
    }

    /// Whether the story is here already, and if so says it.
    pub fn has(&self, draft: &DraftStory, report: &mut Report) -> bool {
        let number = draft.origin.filter(|number| self.story(*number, draft).is_some());
        if let Some(number) = number {
            notes::add(&mut report.here, draft.line, format!("Story {number} is here already."));
        }
        number.is_some()
    }

    /// The story that a row calls by that number, where it is here.
    pub fn story(&self, number: u32, row: &DraftStory) -> Option<StoryId> {
        let is_own = row.url.contains(&self.address);
        let own = self.numbers.get(&number).filter(|_| is_own);
        self.origins.get(&number).or(own).copied()
    }

    /// Whether there is an epic with that label.
    pub fn has_epic(&self, label: &Label) -> bool {
        self.labels.contains(label)
    }
}
