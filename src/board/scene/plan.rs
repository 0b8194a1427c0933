//! The plan as it is seen: lines of iterations, dates of stories, and the velocity.

use backlog::Day;
use backlog::plan::Lateness;
use std::rc::Rc;

/// The line above an iteration's stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IterationLine {
    /// Its number.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub last: Day,
    /// The points of its stories.
    pub points: u32,
    /// The points that it is expected to bring; none where it is over.
    pub capacity: Option<u32>,
    /// The team strength in per cent, where it is not the usual one.
    pub strength: Option<u16>,
    /// Its length in weeks, where it is not the usual one.
    pub weeks: Option<u16>,
    /// Whether its form is open.
    pub is_open: bool,
}

/// The line that stands for iterations without a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapLine {
    /// The number of the first.
    pub first: u32,
    /// The number of the last.
    pub last: u32,
    /// The first day of the first.
    pub start: Day,
    /// The last day of the last.
    pub last_day: Day,
    /// Whether they are over.
    pub is_over: bool,
}

/// What differs in one iteration, while it is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IterationForm {
    /// Its number.
    pub number: u32,
    /// The length as chosen, in weeks; none for the usual one.
    pub weeks: Option<u16>,
    /// The usual length, in weeks.
    pub usual: u16,
    /// The team strength as typed, in per cent.
    pub strength: String,
    /// Why it cannot be saved.
    pub problem: Option<String>,
    /// What another member made of the iteration meanwhile.
    pub note: Option<String>,
    /// Whether the iteration differs from the others as it is.
    pub differs: bool,
    /// The pixel of the column's content at which the form stands; none where its line stands above the content.
    pub at: Option<i32>,
}

/// When a story is to be complete, and when it will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it may be complete.
    pub deadline: Option<Day>,
    /// The day on which it is expected to be; none where nobody plans it.
    pub expected: Option<Day>,
    /// The day if things go well and the one if they go badly, where they differ from the expected one. No second: nobody can tell.
    pub bounds: Option<(Day, Option<Day>)>,
    /// What people look at first.
    pub kind: DueKind,
    /// How the two stand to each other.
    pub lateness: Option<Lateness>,
}

/// What of a date people look at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// A release: the day on which it is expected.
    Release,
    /// Another story: its deadline.
    Story,
}

/// The velocity in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VelocityScene {
    /// The one that follows from what was done, in points per iteration.
    pub points: u32,
    /// How much the iterations that it follows from differ, in per cent.
    pub volatility: u32,
    /// The one that the visitor tries out.
    pub what_if: Option<u32>,
    /// Where it comes from, while that is shown.
    pub form: Option<VelocityForm>,
}

/// Where the velocity comes from, and another one to try out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VelocityForm {
    /// The iterations that it follows from, latest first.
    pub window: Rc<[Sample]>,
    /// Whether nothing was done in them, so that the initial velocity counts.
    pub is_initial: bool,
    /// The other velocity as typed.
    pub typed: String,
    /// Why it cannot be tried out.
    pub problem: Option<String>,
}

/// An iteration that the velocity follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its number.
    pub number: u32,
    /// Its first day.
    pub start: Day,
    /// Its last day.
    pub last: Day,
    /// What it brought, in points.
    pub points: u32,
    /// The team strength in per cent.
    pub strength: u16,
    /// Its length in weeks.
    pub weeks: u16,
}
