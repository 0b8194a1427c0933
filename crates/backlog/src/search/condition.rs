//! What a search says, as a tree. Knows neither how it is typed nor what it finds.

use super::span::Span;
use crate::{Day, Priority, State, StoryType};

/// What must be so of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Each of these; with none of them, nothing is asked.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// This.
    Term(Term),
}

/// What a story is asked for. Where there are several values, one of them is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// It has this text somewhere.
    Text(String),
    /// It has one of these texts in that place.
    In(Place, Vec<String>),
    /// It is of this type.
    Type(Vec<StoryType>),
    /// It is in this state.
    State(Vec<State>),
    /// It is so urgent.
    Priority(Vec<Priority>),
    /// It carries this label.
    Label(Vec<String>),
    /// It carries the label of an epic that is called so.
    Epic(Vec<String>),
    /// Someone has to do with it.
    Person(Role, Vec<Whom>),
    /// It has so many points.
    Estimate(Vec<Span<u16>>),
    /// It has this number, here or in the program that it was imported from.
    Number(Vec<Span<u32>>),
    /// Something was, is or will be on that day.
    Date(Moment, Vec<Span<Date>>),
    /// It is so.
    Is(Vec<Quality>),
    /// It carries this.
    Has(Vec<Part>),
    /// It carries none of one of these.
    Lacks(Vec<Part>),
}

/// Texts of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The title.
    Title,
    /// The description.
    Description,
    /// What was said about it and not taken back.
    Comments,
    /// The checklist.
    Tasks,
    /// Blockers in words.
    Blockers,
    /// The kinds of its reviews.
    Reviews,
    /// Addresses and names of what belongs to it elsewhere.
    Links,
}

/// What someone has to do with a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Works on it.
    Owner,
    /// Asked for it.
    Requester,
    /// Wants to hear of it.
    Follower,
    /// Looks at its work.
    Reviewer,
}

/// Someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Whoever searches.
    Me,
    /// Whoever has a name of which words begin so.
    Named(String),
}

/// A moment in a story's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When it was created.
    Created,
    /// When it was first started.
    Started,
    /// When it was accepted.
    Accepted,
    /// The last day on which it may be completed.
    Deadline,
}

/// A date as it is typed: one day or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Date {
    /// A day.
    Day(Day),
    /// A month of a year.
    Month(i32, u32),
    /// A year.
    Year(i32),
    /// So many days after today; before it, where negative.
    Today(i32),
}

impl Date {
    /// Its first day.
    pub fn first(self, today: Day) -> Day {
        match self {
            Date::Day(day) => day,
            Date::Month(year, month) => first_of(year, month),
            Date::Year(year) => first_of(year, 1),
            Date::Today(days) => today.plus(days),
        }
    }

    /// Its last day.
    pub fn last(self, today: Day) -> Day {
        match self {
            Date::Day(_) | Date::Today(_) => self.first(today),
            Date::Month(year, 12) | Date::Year(year) => first_of(year, 12).plus(30),
            Date::Month(year, month) => first_of(year, month + 1).plus(-1),
        }
    }
}

fn first_of(year: i32, month: u32) -> Day {
    Day::of_date(year, month, 1).unwrap_or_default()
}

/// What is so of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Something keeps it from going on.
    Blocked,
    /// Its deadline is over, or it is planned to be complete only after it.
    Late,
    /// Whoever searches owns it.
    Mine,
    /// It carries points and has none yet.
    Unestimated,
    /// It is not accepted.
    Open,
    /// It was accepted in an iteration that is over.
    Done,
    /// It stands in the current iteration.
    Current,
    /// It stands in an iteration to come.
    Planned,
    /// It is in that state.
    State(State),
    /// It is of that type.
    Type(StoryType),
}

/// What a story may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// An owner.
    Owner,
    /// Someone who asked for it.
    Requester,
    /// Someone who wants to hear of it.
    Follower,
    /// A label.
    Label,
    /// A label that is an epic's.
    Epic,
    /// Points.
    Estimate,
    /// A priority.
    Priority,
    /// A description.
    Description,
    /// A comment.
    Comment,
    /// A task.
    Task,
    /// A blocker, resolved or not.
    Blocker,
    /// A review.
    Review,
    /// A link.
    Link,
    /// A deadline.
    Deadline,
}
