//! What happens in the tray of what needs a person.

use backlog::Mid;

/// What happened in the tray, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttentionMsg {
    /// The light was clicked: the tray opens, or closes where it is open.
    LightClicked,
    /// The tray was closed.
    Closed,
    /// A command is to be given once more, in whatever way its entry offers.
    TriedAgain(Mid),
    /// A command was thrown away.
    ThrownAway(Mid),
}
