//! Rejections: why a project did not do what it was asked. Each has a sentence for people.

use crate::{Estimate, Import, Label, Panel, Project, Settings, State, Story, StoryType, Transition};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "kebab-case")]
pub enum Rejection {
    /// The project has no such story.
    UnknownStory,
    /// The story was deleted.
    DeletedStory,
    /// The project has no such story to put others after.
    UnknownAnchor,
    /// A story cannot follow itself.
    AnchorMoves,
    /// No story named, or one named twice, or too many of them.
    BadSelection,
    /// Too many edits in one command.
    TooManyEdits,
    /// The step is not open from where the story stands.
    ClosedTransition {
        /// The step.
        transition: Transition,
        /// Where the story stands.
        state: State,
    },
    /// A feature is estimated before it is started.
    Unestimated,
    /// Stories of this type carry no points.
    NotEstimable {
        /// The type.
        story_type: StoryType,
    },
    /// The project's scale has no such points.
    OffScale {
        /// The points.
        estimate: Estimate,
    },
    /// A story of that type cannot be where this one stands.
    ImpossibleType {
        /// The type.
        story_type: StoryType,
        /// Where the story stands.
        state: State,
    },
    /// What was accepted stays where it is.
    AlreadyAccepted,
    /// A story in that state does not stand in that panel.
    ImpossiblePanel {
        /// The state.
        state: State,
        /// The panel.
        panel: Panel,
    },
    /// Someone went on with the story, so that an earlier step cannot be taken back.
    Overtaken,
    /// A conflicting text is kept where two edits overlap and at no other time.
    ConflictAsked,
    /// A story, or a project, holds no more of these.
    TooMany {
        /// Of what.
        what: Limit,
    },
    /// The story has no such task, comment or other part.
    UnknownPart,
    /// Nobody of that identity is known in the project.
    UnknownPerson,
    /// Only who said something can say it differently or take it back.
    NotYours,
    /// A story cannot wait for itself, nor for one that waits for it.
    BlocksItself,
    /// What is said about a step is kept where a story is sent back, and at no other time.
    NothingToSay,
    /// No iteration of that number can be set apart.
    NoSuchIteration {
        /// The number.
        iteration: u32,
    },
    /// A date before 1900 or after 2999.
    NoSuchDay,
    /// The project has no such epic.
    UnknownEpic,
    /// Another epic has that label.
    LabelTaken {
        /// The label.
        label: Label,
    },
    /// The project has no such saved search.
    UnknownSearch,
    /// The project has no such import.
    UnknownImport,
    /// The import was made already.
    AlreadyImported,
    /// A story of an import contradicts itself.
    BadImport {
        /// Which one of its stories, from 1.
        story: u32,
    },
    /// What someone is in the project does not allow that.
    NotAllowed,
    /// A reason that this program is too old to know.
    Other,
}

/// What there can be only so many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// Owners of a story.
    Owners,
    /// Labels of a story.
    Labels,
    /// Followers of a story.
    Followers,
    /// Tasks of a story.
    Tasks,
    /// Comments on a story.
    Comments,
    /// Blockers of a story.
    Blockers,
    /// Reviews of a story.
    Reviews,
    /// Links of a story.
    Links,
    /// Iterations that are set apart.
    Overrides,
    /// Epics of a project.
    Epics,
    /// Saved searches of a project.
    Searches,
    /// Imports of a project.
    Imports,
    /// Stories of one import.
    ImportedStories,
    /// Epics of one import.
    ImportedEpics,
    /// People of one import.
    ImportedPeople,
}

impl Limit {
    /// The most there can be.
    pub fn most(self) -> usize {
        match self {
            Limit::Owners => Story::MAX_OWNERS,
            Limit::Labels => Story::MAX_LABELS,
            Limit::Followers => Story::MAX_FOLLOWERS,
            Limit::Tasks | Limit::Comments | Limit::Blockers | Limit::Reviews | Limit::Links => Story::MAX_PARTS,
            Limit::Overrides => Settings::MAX_OVERRIDES,
            Limit::Epics => Project::MAX_EPICS,
            Limit::Searches => Project::MAX_SEARCHES,
            Limit::Imports => Project::MAX_IMPORTS,
            Limit::ImportedStories => Import::MAX_STORIES,
            Limit::ImportedEpics => Import::MAX_EPICS,
            Limit::ImportedPeople => Import::MAX_PEOPLE,
        }
    }

    fn phrase(self) -> &'static str {
        match self {
            Limit::Owners => "owners on a story",
            Limit::Labels => "labels on a story",
            Limit::Followers => "followers of a story",
            Limit::Tasks => "tasks on a story",
            Limit::Comments => "comments on a story",
            Limit::Blockers => "blockers on a story",
            Limit::Reviews => "reviews on a story",
            Limit::Links => "links on a story",
            Limit::Overrides => "iterations that differ from the others",
            Limit::Epics => "epics in a project",
            Limit::Searches => "saved searches in a project",
            Limit::Imports => "imports in a project",
            Limit::ImportedStories => "stories in an import",
            Limit::ImportedEpics => "epics in an import",
            Limit::ImportedPeople => "people in an import",
        }
    }
}

// With `remote = "Self"` the derived code becomes two functions of the type itself, which these two wrap.
impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Rejection::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Rejection {
    // `#[serde(other)]` would take an unknown word, but not an unknown word with fields.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(Rejection::deserialize(value).unwrap_or(Rejection::Other))
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rejection::UnknownStory => f.write_str("This project has no such story."),
            Rejection::DeletedStory => f.write_str("The story was deleted meanwhile."),
            Rejection::UnknownAnchor => f.write_str("The story to put it after is not in this project."),
            Rejection::AnchorMoves => f.write_str("A story cannot be put after itself."),
            Rejection::BadSelection => f.write_str("Name between 1 and 1,000 stories, each once."),
            Rejection::TooManyEdits => f.write_str("At most 100 edits in one command."),
            Rejection::ClosedTransition { transition, state } => {
                write!(
                    f,
                    "One cannot {} a story that is {}.",
                    spelled(transition),
                    spelled(state)
                )
            }
            Rejection::Unestimated => f.write_str("Estimate the feature before starting it."),
            Rejection::NotEstimable { story_type } => write!(f, "A {} carries no points.", spelled(story_type)),
            Rejection::OffScale { estimate } => write!(f, "The project's scale has no {} points.", estimate.0),
            Rejection::ImpossibleType { story_type, state } => {
                write!(f, "A {} cannot be {}.", spelled(story_type), spelled(state))
            }
            Rejection::AlreadyAccepted => f.write_str("An accepted story keeps its place."),
            Rejection::ImpossiblePanel { state, panel } => {
                let (state, panel) = (spelled(state), spelled(panel));
                write!(f, "A story that is {state} cannot stand in the {panel}.")
            }
            Rejection::Overtaken => f.write_str("Someone went on with the story meanwhile."),
            Rejection::ConflictAsked => {
                f.write_str("A conflicting text is kept where two edits overlap; it cannot be asked for.")
            }
            Rejection::TooMany { what } => write!(f, "At most {} {}.", grouped(what.most()), what.phrase()),
            Rejection::UnknownPart => f.write_str("Someone took it away meanwhile."),
            Rejection::UnknownPerson => f.write_str("Nobody of that name is known in this project."),
            Rejection::NotYours => f.write_str("Only whoever wrote a comment can change it or take it back."),
            Rejection::BlocksItself => {
                f.write_str("The story would wait for itself: that one is already waiting for this one.")
            }
            Rejection::NothingToSay => f.write_str("A reason is kept where a story is rejected, and at no other step."),
            Rejection::NoSuchIteration { iteration } => {
                write!(
                    f,
                    "Iteration {iteration} cannot be set apart; the first is 1, the last {}.",
                    grouped(Settings::LAST_OVERRIDE as usize)
                )
            }
            Rejection::NoSuchDay => f.write_str("A date lies between the years 1900 and 2999."),
            Rejection::UnknownEpic => f.write_str("Someone removed the epic meanwhile."),
            Rejection::LabelTaken { label } => write!(f, "Another epic has the label “{}”.", label.as_str()),
            Rejection::UnknownSearch => f.write_str("Someone removed the saved search meanwhile."),
            Rejection::UnknownImport => f.write_str("This project has no such import."),
            Rejection::AlreadyImported => f.write_str("Stories of this import are here already."),
            Rejection::BadImport { story } => write!(f, "Story {story} of the import contradicts itself."),
            Rejection::NotAllowed => f.write_str("Your role in this project does not allow that."),
            Rejection::Other => f.write_str("The server refused it for a reason that this page is too old to know."),
        }
    }
}

impl std::error::Error for Rejection {}

/// A number below a million as it is read: `1,000`.
fn grouped(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

fn spelled(word: &impl fmt::Debug) -> String {
    format!("{word:?}").to_lowercase()
}
