//! The columns of the page.

use backlog::Panel;

/// A column of the page. Done, Current and Backlog are the parts of one order, cut by the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// What was accepted in iterations that are over.
    Done,
    /// What is worked on in this iteration.
    Current,
    /// What comes in later iterations.
    Backlog,
    /// Ideas without a place in the order.
    Icebox,
}

impl Column {
    /// All columns, from left to right.
    pub const ALL: [Column; 4] = [Column::Done, Column::Current, Column::Backlog, Column::Icebox];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Column::Done => "Done",
            Column::Current => "Current",
            Column::Backlog => "Backlog",
            Column::Icebox => "Icebox",
        }
    }

    /// Its name in the page's markup.
    pub fn key(self) -> &'static str {
        match self {
            Column::Done => "done",
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
            Column::Done | Column::Current | Column::Backlog => Panel::Backlog,
            Column::Icebox => Panel::Icebox,
        }
    }

    /// Whether stories can be put into it: what is done stays as it is.
    pub fn takes_stories(self) -> bool {
        match self {
            Column::Done => false,
            Column::Current | Column::Backlog | Column::Icebox => true,
        }
    }

    /// Its place from the left.
    pub fn index(self) -> usize {
        self as usize
    }
}
