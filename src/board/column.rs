//! The columns of the page.

use backlog::Panel;

/// A column of the page. Current and Backlog are the two parts of one order, cut by the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// What is worked on in this iteration.
    Current,
    /// What comes in later iterations.
    Backlog,
    /// Ideas without a place in the order.
    Icebox,
}

impl Column {
    /// All columns, from left to right.
    pub const ALL: [Column; 3] = [Column::Current, Column::Backlog, Column::Icebox];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Column::Current => "Current",
            Column::Backlog => "Backlog",
            Column::Icebox => "Icebox",
        }
    }

    /// Its name in the page's markup.
    pub fn key(self) -> &'static str {
        match self {
            Column::Current => "current",
            Column::Backlog => "backlog",
            Column::Icebox => "icebox",
        }
    }

    /// The column of that name in the page's markup.
    pub fn from_key(key: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.key() == key)
    }

    /// The panel of the domain that it shows.
    pub fn panel(self) -> Panel {
        match self {
            Column::Current | Column::Backlog => Panel::Backlog,
            Column::Icebox => Panel::Icebox,
        }
    }

    /// Its place from the left.
    pub fn index(self) -> usize {
        self as usize
    }
}
