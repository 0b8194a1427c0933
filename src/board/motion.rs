//! A story on its way to another place, by pointer or by keys. Where it would land is kept as an anchor, "after that
//! story", so that it stays right while others change the list.

use super::column::Column;
use backlog::StoryId;

/// A story on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motion {
    /// The story.
    pub story: StoryId,
    /// What moves it.
    pub hand: Hand,
    /// Where it would land; none while the pointer is over no column.
    pub target: Option<Place>,
}

/// What moves a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Mouse, pen or finger.
    Pointer,
    /// The keyboard.
    Keys,
}

/// A place in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The column.
    pub column: Column,
    /// The story of this column that it follows; none for the column's top.
    pub after: Option<StoryId>,
}
