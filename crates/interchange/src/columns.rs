//! What the columns of a file mean: by their names, in any order, as Tracker called them and as its heirs do.

use crate::table::Row;
use crate::{BadFile, MAX_COLUMNS, guard};
use std::collections::HashMap;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Id,
    Title,
    Labels,
    Type,
    Estimate,
    Priority,
    State,
    CreatedAt,
    StartedAt,
    AcceptedAt,
    Deadline,
    RequestedBy,
    Description,
    Url,
    OwnedBy,
    Blocker,
    BlockerStatus,
    Comment,
    Task,
    TaskStatus,
    ReviewType,
    Reviewer,
    ReviewStatus,
    PullRequest,
    GitBranch,
    /// The plan's own: it comes out of the stories again.
    Iteration,
}

impl Column {
    /// The column of a name.
    fn of(name: &str) -> Option<Column> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        Some(match name.as_str() {
            "id" => Column::Id,
            "title" | "story" => Column::Title,
            "labels" => Column::Labels,
            "type" | "story type" => Column::Type,
            "estimate" => Column::Estimate,
            "priority" => Column::Priority,
            "current state" => Column::State,
            "created at" => Column::CreatedAt,
            "started at" => Column::StartedAt,
            "accepted at" => Column::AcceptedAt,
            "deadline" => Column::Deadline,
            "requested by" => Column::RequestedBy,
            "description" => Column::Description,
            "url" => Column::Url,
            "owned by" => Column::OwnedBy,
            "blocker" => Column::Blocker,
            "blocker status" => Column::BlockerStatus,
            "comment" | "note" => Column::Comment,
            "task" => Column::Task,
            "task status" => Column::TaskStatus,
            "review type" => Column::ReviewType,
            "reviewer" => Column::Reviewer,
            "review status" => Column::ReviewStatus,
            "pull request" => Column::PullRequest,
            "git branch" => Column::GitBranch,
            "iteration" | "iteration start" | "iteration end" => Column::Iteration,
            _ => return None,
        })
    }

    /// Whether there are as many of it as the busiest story needs.
    fn repeats(self) -> bool {
        match self {
            Column::OwnedBy
            | Column::Blocker
            | Column::BlockerStatus
            | Column::Comment
            | Column::Task
            | Column::TaskStatus
            | Column::ReviewType
            | Column::Reviewer
            | Column::ReviewStatus
            | Column::PullRequest
            | Column::GitBranch
            | Column::Iteration => true,
            Column::Id
            | Column::Title
            | Column::Labels
            | Column::Type
            | Column::Estimate
            | Column::Priority
            | Column::State
            | Column::CreatedAt
            | Column::StartedAt
            | Column::AcceptedAt
            | Column::Deadline
            | Column::RequestedBy
            | Column::Description
            | Column::Url => false,
        }
    }
}

/// The first row of a file.
#[derive(Debug)]
pub(crate) struct Header {
    /// The line on which it begins.
    pub line: u32,
    /// How many columns it names.
    pub width: usize,
    /// The columns that nobody here knows, or that stand twice though there is one of them: place and name, from the left.
    pub strange: Vec<(usize, String)>,
    /// The places of each column, from the left.
    places: HashMap<Column, Vec<usize>>,
}

impl Header {
    /// The header that a row is.
    pub fn read(row: &Row<'_>) -> Result<Header, BadFile> {
        if row.width > MAX_COLUMNS {
            return Err(BadFile::TooManyColumns { got: row.width });
        }
        let mut header = Header {
            line: row.line,
            width: row.cells.len(),
            strange: Vec::new(),
            places: HashMap::new(),
        };
        for (place, name) in row.cells.iter().enumerate() {
            match Column::of(name) {
                Some(column) if column.repeats() || !header.has(column) => {
                    header.places.entry(column).or_default().push(place);
                }
                Some(_) | None => header.strange.push((place, name.trim().to_owned())),
            }
        }
        if header.has(Column::Title) {
            Ok(header)
        } else {
            Err(BadFile::NoTitle { line: row.line })
        }
    }

    /// Whether there is such a column.
    pub fn has(&self, column: Column) -> bool {
        self.places.contains_key(&column)
    }
}

/// A row under its header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells<'a> {
    /// The header.
    pub header: &'a Header,
    /// The row.
    pub row: &'a Row<'a>,
}

impl<'a> Cells<'a> {
    /// What stands in a column of which there is one; empty where there is none.
    pub fn one(self, column: Column) -> &'a str {
        self.all(column).next().unwrap_or_default()
    }

    /// What stands in the columns of that name, from the left. A row may be shorter than its header.
    pub fn all(self, column: Column) -> impl Iterator<Item = &'a str> {
        let places = self.header.places.get(&column).map_or(&[] as &[usize], Vec::as_slice);
        places.iter().map_while(move |place| self.at(*place))
    }

    /// What stands in two columns of which the first of one goes with the first of the other, and so on.
    pub fn pairs(self, first: Column, second: Column) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut seconds = self.all(second);
        self.all(first)
            .map(move |first| (first, seconds.next().unwrap_or_default()))
    }

    /// What stands in a place, without the apostrophe that guards it.
    pub fn at(self, place: usize) -> Option<&'a str> {
        self.row.cells.get(place).map(|cell| guard::open(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, Column, Header};
    use crate::BadFile;
    use crate::table::Rows;

    fn with<T>(text: &str, look: impl FnOnce(Cells) -> T) -> T {
        let mut rows = Rows::new(text, b',', 100);
        let header = Header::read(&rows.next().unwrap().unwrap()).unwrap();
        let row = rows.next().unwrap().unwrap();
        look(Cells {
            header: &header,
            row: &row,
        })
    }

    #[test]
    fn columns_are_found_by_name_in_any_order_and_case() {
        let text = "estimate,TITLE, Current  State \n3,Ride,started";
        assert_eq!(with(text, |cells| cells.one(Column::Title).to_owned()), "Ride");
        assert_eq!(with(text, |cells| cells.one(Column::State).to_owned()), "started");
        assert_eq!(with(text, |cells| cells.one(Column::Labels).to_owned()), "");
    }

    #[test]
    fn heirs_call_them_otherwise() {
        let text = "Story,Story Type,Note,Note\nRide,bug,first,second";
        with(text, |cells| {
            assert_eq!((cells.one(Column::Title), cells.one(Column::Type)), ("Ride", "bug"));
            assert_eq!(cells.all(Column::Comment).collect::<Vec<_>>(), ["first", "second"]);
        });
    }

    #[test]
    fn the_nth_of_one_goes_with_the_nth_of_the_other() {
        let text = "Title,Task,Task Status,Task,Task Status,Task\nRide,a,completed,b,,c";
        with(text, |cells| {
            let tasks: Vec<_> = cells.pairs(Column::Task, Column::TaskStatus).collect();
            assert_eq!(tasks, [("a", "completed"), ("b", ""), ("c", "")]);
        });
    }

    #[test]
    fn a_short_row_is_read_as_far_as_it_goes() {
        let tasks = with("Title,Task,Task\nRide,a", |cells| cells.all(Column::Task).count());
        assert_eq!(tasks, 1);
    }

    #[test]
    fn strange_columns_are_named() {
        let mut rows = Rows::new("Title,Mood,Title,Owned By,Owned By", b',', 100);
        let header = Header::read(&rows.next().unwrap().unwrap()).unwrap();
        assert_eq!(header.strange, [(1, "Mood".to_owned()), (2, "Title".to_owned())]);
    }

    #[test]
    fn a_file_without_titles_is_none() {
        let mut rows = Rows::new("\nName,Id", b',', 100);
        let header = Header::read(&rows.next().unwrap().unwrap());
        assert_eq!(header.unwrap_err(), BadFile::NoTitle { line: 2 });
    }
}
