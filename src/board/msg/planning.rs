//! What happens to the plan as one looks at it.

/// What happened to the plan as one looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanningMsg {
    /// Someone wants to see where the velocity comes from, or has seen it.
    VelocityClicked,
    /// Another velocity was typed, to be tried out; nothing for the one that follows from what was done.
    WhatIfTyped(String),
    /// The velocity that follows from what was done counts again.
    WhatIfReverted,
    /// The iteration of this number was opened for change, or closed.
    IterationClicked(u32),
    /// A length of the open iteration was chosen, in weeks; none for the usual one.
    WeeksChosen(Option<u16>),
    /// The team strength of the open iteration was typed, in per cent.
    StrengthTyped(String),
    /// The open iteration was saved.
    IterationSaved,
    /// The open iteration was made like the others.
    IterationReset,
    /// The open iteration was closed.
    IterationClosed,
}
