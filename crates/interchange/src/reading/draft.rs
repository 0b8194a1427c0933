//! Stories and epics as a file has them: people are names, days are days.

use super::losses::Losses;
use backlog::{
    Day, Description, Destination, Estimate, Label, Line, Name, Priority, State, StoryType, Title, Verdict, Words,
};
use std::collections::BTreeSet;

/// A story of a file. Everything in it can be kept.
#[derive(Clone, Debug)]
pub(crate) struct DraftStory {
    /// The line on which its row begins.
    pub line: u32,
    pub origin: Option<u32>,
    /// Its address in the program that wrote the file.
    pub url: String,
    pub title: Title,
    pub story_type: StoryType,
    pub state: State,
    /// Whether it was put into the current iteration by hand.
    pub is_planned: bool,
    pub estimate: Option<Estimate>,
    pub priority: Option<Priority>,
    pub description: Description,
    pub labels: BTreeSet<Label>,
    pub requester: Option<Name>,
    pub owners: Vec<Name>,
    /// What each is, and whether it is done.
    pub tasks: Vec<(Line, bool)>,
    pub comments: Vec<DraftComment>,
    /// What each is, and whether it is resolved.
    pub blockers: Vec<(Line, bool)>,
    pub reviews: Vec<DraftReview>,
    pub links: Vec<Destination>,
    pub deadline: Option<Day>,
    pub created: Option<Day>,
    pub started: Option<Day>,
    /// None unless its state is accepted.
    pub accepted: Option<Day>,
    pub losses: Losses,
}

/// A comment of a file.
#[derive(Clone, Debug)]
pub(crate) struct DraftComment {
    pub text: Words,
    pub by: Option<(Name, Day)>,
}

/// A review of a file.
#[derive(Clone, Debug)]
pub(crate) struct DraftReview {
    pub kind: Line,
    pub reviewer: Option<Name>,
    pub verdict: Verdict,
}

/// An epic of a file.
#[derive(Clone, Debug)]
pub(crate) struct DraftEpic {
    /// The line on which its row begins.
    pub line: u32,
    pub origin: Option<u32>,
    pub name: Title,
    pub label: Label,
    pub description: Description,
    pub created: Option<Day>,
    pub losses: Losses,
}

impl DraftStory {
    /// Everyone whom it names, each once.
    pub fn people(&self) -> BTreeSet<&Name> {
        let authors = self
            .comments
            .iter()
            .filter_map(|comment| comment.by.as_ref().map(|(name, _)| name));
        let reviewers = self.reviews.iter().filter_map(|review| review.reviewer.as_ref());
        let named = self.requester.iter().chain(&self.owners);
        named.chain(authors).chain(reviewers).collect()
    }

    /// How many things it holds of which there can be many.
    pub fn parts(&self) -> usize {
        let few = self.labels.len() + self.owners.len() + self.reviews.len() + self.links.len();
        few + self.tasks.len() + self.comments.len() + self.blockers.len()
    }
}
