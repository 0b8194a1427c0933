//! The keys, named after what they do.

use crate::board::column::Column;
use crate::board::sheet::Sheet;

/// A key, named after what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Add a story.
    Add,
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// The column before.
    Left,
    /// The column after.
    Right,
    /// The first row.
    First,
    /// The last row.
    Last,
    /// Open, or drop what is carried.
    Enter,
    /// Pick up the row.
    PickUp,
    /// Close, or put back what is carried.
    Escape,
    /// Save the open form.
    Save,
    /// Take the last own command back.
    Undo,
    /// Search.
    Search,
    /// Show the list of keys, or put it away.
    Help,
    /// Select the row, or no longer.
    Select,
    /// Select on to a row so far below, or above where it is negative.
    SelectOn(isize),
    /// Select the column.
    SelectColumn,
    /// Go to what can be done to the selected stories.
    ToSelection,
    /// Show a column, or no longer.
    Panel(Column),
    /// Show a sheet, or no longer.
    Sheet(Sheet),
}
