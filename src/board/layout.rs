//! Which rows each column has, and where they stand: the plan laid out. Rebuilt after every change in one cheap pass over
//! small values, so that it costs microseconds at 10,000 stories.

use super::column::Column;
use backlog::plan::{Iteration, Pace, ReleaseDate};
use backlog::project::{Facts, Slot};
use backlog::search::Found;
use backlog::settings::Velocity;
use backlog::{Day, Panel, Plan, Planning, Project, Settings, Terms, Zone, plan};
use std::collections::HashMap;
use std::rc::Rc;

/// A row, as little of it as its place needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKey {
    /// The form of a story to be.
    NewForm,
    /// The line above an iteration: its place among those that [`Layout::iteration`] knows.
    Iteration(u32),
    /// The line that stands for the empty iterations before that one.
    Gap(u32),
    /// A story, and its place among the stories of the column, from 1.
    Story(Slot, u32),
}

/// The rows of one column.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// In order.
    pub keys: Vec<RowKey>,
    /// How many of them are stories.
    pub stories: u32,
    /// Their points.
    pub points: u32,
}

impl Rows {
    /// The row of a story.
    pub fn row_of(&self, slot: Slot) -> Option<usize> {
        self.keys.iter().position(|key| key.slot() == Some(slot))
    }

    /// The stories, in order.
    pub fn slots(&self) -> impl DoubleEndedIterator<Item = Slot> {
        self.keys.iter().filter_map(|key| key.slot())
    }

    fn push(&mut self, slot: Slot, facts: Facts) {
        self.stories += 1;
        self.points += facts.points.map_or(0, u32::from);
        self.keys.push(RowKey::Story(slot, self.stories));
    }
}

impl RowKey {
    /// The story in this row.
    pub fn slot(self) -> Option<Slot> {
        match self {
            RowKey::Story(slot, _) => Some(slot),
            RowKey::NewForm | RowKey::Iteration(_) | RowKey::Gap(_) => None,
        }
    }
}

/// The plan and the rows of every column.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The plan.
    pub plan: Plan,
    /// The day that it was made for.
    pub today: Day,
    /// The velocity that follows from what was done, whichever the plan was made with.
    pub pace: Pace,
    /// When the releases will be complete.
    pub releases: HashMap<Slot, ReleaseDate>,
    /// The points that the project estimates in.
    pub scale: Rc<[u16]>,
    /// How many stories a search found, while there is one.
    pub found: Option<usize>,
    columns: [Rows; 4],
}

/// The stories that have a row while one searches.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which.
    pub stories: Found,
    /// How many of them were found; the others are being worked on.
    pub found: usize,
}

/// How a project is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The day that it is where the project is.
    pub today: Day,
    /// Where its days begin.
    pub zone: &'a Zone,
    /// A velocity that the visitor tries out.
    pub what_if: Option<Velocity>,
    /// The columns that are shown.
    pub shown: &'a [Column],
    /// Where the form of a new story stands.
    pub new_form: Option<Column>,
}

impl Layout {
    /// Lays a project out. A column that is not shown has no rows. Where one searches, `find` says which stories have one,
    /// given the plan.
    pub fn new(project: &Project, look: Look<'_>, find: impl FnOnce(&Plan) -> Option<Shown>) -> Layout {
        let order: Vec<Slot> = project.order(Panel::Backlog).collect();
        let facts: Vec<Facts> = order.iter().map(|slot| project.facts(*slot)).collect();
        let settings = project.settings();
        let terms = Terms {
            what_if: look.what_if,
            ..Terms::new(settings, look.zone, look.today)
        };
        let plan = plan(&facts, &terms);
        let dated = plan.releases.iter().map(|release| (order[release.place], *release));
        let mut layout = Layout {
            releases: dated.collect(),
            pace: Pace::before(plan.current.number, &plan.done, settings),
            plan,
            today: look.today,
            scale: settings.scale.points().into(),
            found: None,
            columns: Default::default(),
        };
        let shown = find(&layout.plan);
        layout.found = shown.as_ref().map(|shown| shown.found);
        let stories = shown.as_ref().map(|shown| &shown.stories);
        for column in look.shown {
            let mut rows = Rows::default();
            rows.keys
                .extend((look.new_form == Some(*column)).then_some(RowKey::NewForm));
            layout.fill((*column, &mut rows), (project, &order), stories);
            layout.columns[column.index()] = rows;
        }
        layout
    }

    fn fill(&self, (column, rows): (Column, &mut Rows), (project, order): (&Project, &[Slot]), found: Option<&Found>) {
        let is_found = |slot: &Slot| found.is_none_or(|found| found.contains(*slot));
        let push = |rows: &mut Rows, slots: &[Slot]| {
            for slot in slots.iter().filter(|slot| is_found(slot)) {
                rows.push(*slot, project.facts(*slot));
            }
        };
        let over = self.plan.done.len() as u32;
        let gap = |rows: &mut Rows, index: u32| {
            let is_shown = found.is_none() && self.iteration(index).gap.is_some();
            rows.keys.extend(is_shown.then_some(RowKey::Gap(index)));
        };
        // An iteration of which nothing was found has no line either.
        let push_iterations = |rows: &mut Rows, iterations: &[Iteration], first: u32| {
            for (iteration, index) in iterations.iter().zip(first..) {
                let slots = &order[iteration.stories.clone()];
                gap(rows, index);
                if slots.iter().any(is_found) {
                    rows.keys.push(RowKey::Iteration(index));
                    push(rows, slots);
                }
            }
        };
        match column {
            Column::Done => {
                push_iterations(rows, &self.plan.done, 0);
                gap(rows, over);
            }
            Column::Current => push(rows, &order[self.plan.current.stories.clone()]),
            Column::Backlog => push_iterations(rows, &self.plan.future, over + 1),
            Column::Icebox => {
                let icebox: Vec<Slot> = project.order(Panel::Icebox).collect();
                push(rows, &icebox);
            }
        }
    }

    /// An iteration that holds a story, or the current one, by its place among these, oldest first.
    pub fn iteration(&self, index: u32) -> &Iteration {
        let done = self.plan.done.len();
        match (index as usize).checked_sub(done) {
            None => &self.plan.done[index as usize],
            Some(0) => &self.plan.current,
            Some(later) => &self.plan.future[later - 1],
        }
    }

    /// The iteration that the story in a row of a column stands in; none for ideas.
    pub fn iteration_of(&self, column: Column, row: usize) -> Option<&Iteration> {
        let line = |key: &RowKey| match key {
            RowKey::Iteration(index) => Some(self.iteration(*index)),
            RowKey::NewForm | RowKey::Gap(_) | RowKey::Story(..) => None,
        };
        match column {
            Column::Current => Some(&self.plan.current),
            Column::Done | Column::Backlog => self.rows(column).keys[..row].iter().rev().find_map(line),
            Column::Icebox => None,
        }
    }

    /// The rows of a column.
    pub fn rows(&self, column: Column) -> &Rows {
        &self.columns[column.index()]
    }

    /// The column and row of a story; none where no column that is shown holds it.
    pub fn find(&self, slot: Slot) -> Option<(Column, usize)> {
        Column::ALL
            .into_iter()
            .find_map(|column| Some((column, self.rows(column).row_of(slot)?)))
    }
}

/// Whether stories that are put into a column by hand stand in the current iteration from then on; none where the plan says so.
pub fn current_flag(column: Column, settings: &Settings) -> Option<bool> {
    match (settings.planning, column) {
        (Planning::Automatic, _) | (Planning::Manual, Column::Done) => None,
        (Planning::Manual, Column::Current) => Some(true),
        (Planning::Manual, Column::Backlog | Column::Icebox) => Some(false),
    }
}
