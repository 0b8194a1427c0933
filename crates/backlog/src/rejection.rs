//! Rejections: why a project did not do what it was asked. Each has a sentence for people.

use crate::{Estimate, Panel, State, StoryType, Transition};
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
    /// A reason that this program is too old to know.
    Other,
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
            Rejection::Other => f.write_str("The server refused it for a reason that this page is too old to know."),
        }
    }
}

impl std::error::Error for Rejection {}

fn spelled(word: &impl fmt::Debug) -> String {
    format!("{word:?}").to_lowercase()
}
