//! What a story carries besides its form's fields, as values: what the open story and the closed card show of it.

use super::markdown::Readings;
use crate::board::draft::Asides;
use crate::board::msg::Aside;
use backlog::{ActorId, Label, Millis, Name, PartId, Person, State, StoryId, Title};
use std::rc::Rc;

/// How the description of an open story is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescriptionView {
    /// As it reads.
    Rendered,
    /// As it is written.
    Source,
}

impl DescriptionView {
    /// How a form opens with this text.
    pub fn of(text: &str) -> DescriptionView {
        match text.trim().is_empty() {
            true => DescriptionView::Source,
            false => DescriptionView::Rendered,
        }
    }
}

/// What an open story carries, beyond what the story itself says.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Who looks at it.
    pub me: ActorId,
    /// Everyone who can be named, whoever looks first, the others by name.
    pub people: Rc<[Person]>,
    /// Who is not in the project any more: named where they are, and not offered.
    pub left: Rc<[Person]>,
    /// Whether the project plans by hand.
    pub by_hand: bool,
    /// What keeps or kept it from going on.
    pub blockers: Vec<BlockerLine>,
    /// The stories that the text of a blocker to be may mean.
    pub matches: Vec<StoryLine>,
    /// How its texts read.
    pub readings: Readings,
    /// The texts begun beside its fields.
    pub asides: Asides,
    /// The present, to the minute.
    pub now: Millis,
}

impl Parts {
    /// What someone is called.
    pub fn name(&self, person: ActorId) -> &str {
        let mut known = self.people.iter().chain(self.left.iter());
        let found = known.find(|other| other.id == person);
        found.map_or("Someone", |person| person.name.as_str())
    }

    /// Why the text in a place could not be sent.
    pub fn problem(&self, aside: Aside) -> Option<&str> {
        let (of, problem) = self.asides.problem.as_ref()?;
        (*of == aside).then_some(problem.as_str())
    }
}

/// A blocker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockerLine {
    /// Which.
    pub id: PartId,
    /// What it is, where it is no story.
    pub words: String,
    /// The story that it is.
    pub story: Option<StoryLine>,
    /// Whether it is out of the way, and by what.
    pub resolved: Resolved,
}

/// Whether a blocker is out of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// It is not.
    No,
    /// Someone said so.
    Said,
    /// The story that it is was accepted.
    Accepted,
    /// The story that it is was deleted.
    Deleted,
}

/// Another story, in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryLine {
    /// Which.
    pub id: StoryId,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: Title,
    /// Where it stands.
    pub state: State,
}

/// What a closed card shows that the story alone does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signs {
    /// Whether something keeps it from going on.
    pub blocked: bool,
    /// Who owns it.
    pub owners: Vec<Name>,
    /// Those of its labels that belong to epics.
    pub epics: Vec<Label>,
    /// Why it is to be sent back, while that is being written, and why that could not be done.
    pub reason: Option<(String, Option<String>)>,
}
